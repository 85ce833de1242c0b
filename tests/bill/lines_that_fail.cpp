// SPDX-License-Identifier: Apache-2.0
//
// What cannot be computed says so on its own line, with code, place and values; the others go on.
#include "bill/small_town.hpp"

namespace {

using dues_test::amount_of;
using dues_test::billed;
using dues_test::fault_of;
using dues_test::town;

TEST(a_line_that_fails, leaves_the_others_alone) {
  town of;
  of.units += R"(, {"unit": "1-102", "from": "2026-01-01"})";
  of.tenures += R"(, {"unit": "1-102", "account": "B", "role": "owner", "from": "2026-01-01"})";
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 2U);
  EXPECT_EQ(amount_of(made, 0), "160.00");
  EXPECT_EQ(fault_of(made, 1).code, "F110");
  EXPECT_EQ(fault_of(made, 1).pointer, "/units/1");
  EXPECT_EQ(fault_of(made, 1).value("name"), "unit.area");
  EXPECT_EQ(fault_of(made, 1).value("of"), "1-102");
  EXPECT_EQ(fault_of(made, 1).value("on"), "2026-03-01");
  EXPECT_EQ(made.lines[1].amount, 0);
}

TEST(a_line_that_fails, names_the_day_without_a_payer) {
  town of;
  of.tenures = R"({"unit": "1-101", "account": "A", "role": "owner", "from": "2026-01-01", "to": "2026-03-11"},
                  {"unit": "1-101", "account": "B", "role": "owner", "from": "2026-03-15"})";
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 2U);  // a line for each known payer, both without an amount
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(fault_of(made, i).code, "R102");
    EXPECT_EQ(fault_of(made, i).value("on"), "2026-03-11");
    EXPECT_EQ(fault_of(made, i).value("unit"), "1-101");
    EXPECT_EQ(fault_of(made, i).pointer, "/fees/0/payers");
  }
}

TEST(a_line_that_fails, is_there_for_a_unit_that_nobody_holds) {
  town of;
  of.tenures = "";
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 1U);
  EXPECT_EQ(fault_of(made, 0).code, "R102");
  EXPECT_EQ(made.lines[0].account, dues::id_table::none);
  EXPECT_TRUE(made.bills.empty());
}

TEST(a_formula, that_may_divide_by_zero_is_refused_with_its_place) {
  town of;
  of.reads = R"("unit": [{"id": "area", "type": "number"}, {"id": "rooms", "type": "number", "above": -1, "default": 1}])";
  of.fees = R"({"id": "management", "kind": "recurring", "name": {"en": "Management"}, "amount": "100 / unit.rooms", "schedule": "monthly"})";
  const dues::compile_result made = dues::compile(of.tariff());
  EXPECT_EQ(made.compiled, nullptr);
  ASSERT_EQ(made.found.all().size(), 1U);
  EXPECT_EQ(made.found.all()[0].code, "T205");
  EXPECT_EQ(made.found.all()[0].pointer, "/fees/0/amount");
  EXPECT_EQ(made.found.all()[0].position, 6);
}

TEST(a_line_that_fails, has_no_cell_for_its_facts) {
  town of;
  of.values = R"({"id": "price", "by": ["unit.use"], "is": {"flat": "2.00"}})";
  of.fees = R"({"id": "management", "kind": "recurring", "name": {"en": "Management"}, "quantity": "unit.area", "price": "value.price", "schedule": "monthly"})";
  of.units = R"({"unit": "1-101", "from": "2026-01-01", "area": "80", "use": "shop"})";
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 1U);
  EXPECT_EQ(fault_of(made, 0).code, "R105");
  EXPECT_EQ(fault_of(made, 0).value("name"), "value.price");
}

TEST(a_line_that_fails, is_too_large_for_a_line_and_never_wraps) {
  town of;
  of.units = R"({"unit": "1-101", "from": "2026-01-01", "area": "99999999999999999999999999999999999999"})";
  of.fees = R"({"id": "management", "kind": "recurring", "name": {"en": "Management"}, "quantity": "unit.area", "price": "99999999999999999999.99", "schedule": "monthly"})";
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 1U);
  EXPECT_EQ(fault_of(made, 0).code, "R104");
  EXPECT_EQ(fault_of(made, 0).pointer, "/fees/0");
}

TEST(a_large_amount, is_exact_beyond_128_bits_on_the_way) {
  // 10^37 x 10^-18 x 1 has an intermediate coefficient of more than 38 digits; the amount is 1e19 / 1000.
  town of;
  of.units = R"({"unit": "1-101", "from": "2026-01-01", "area": "12345678901234567890123456789012345678"})";
  of.fees = R"({"id": "management", "kind": "recurring", "name": {"en": "Management"}, "quantity": "unit.area / 10000000000000000000000", "price": "1.000000000000000001", "schedule": "monthly"})";
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 1U);
  // 1234567890123456.7890123... x 1.000000000000000001 = 1234567890123456.7890... + 0.0012: 1234567890123456.79
  EXPECT_EQ(amount_of(made, 0), "1234567890123456.79");
}

TEST(a_line_that_fails, tells_that_the_calendar_does_not_reach_its_due_date) {
  town of;
  of.reads += R"(, "calendars": ["public"])";
  of.schedules = R"({"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}, "if_holiday": {"calendar": "public", "roll": "following"}})";
  of.more_tables = R"(, "calendars": [{"calendar": "public", "from": "2025-01-01", "to": "2026-03-01", "weekend": ["saturday", "sunday"]}])";
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 1U);
  EXPECT_EQ(fault_of(made, 0).code, "F130");
  EXPECT_EQ(fault_of(made, 0).value("on"), "2026-03-10");
  EXPECT_EQ(fault_of(made, 0).pointer, "/schedules/0/if_holiday");
}

TEST(a_unit_with_a_mistake_in_its_rows, carries_it_in_every_line) {
  town of;
  of.units = R"({"unit": "1-101", "from": "2026-01-01", "area": "-1"}, {"unit": "1-102", "from": "2026-01-01", "area": "50"})";
  of.tenures += R"(, {"unit": "1-102", "account": "B", "role": "owner", "from": "2026-01-01"})";
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 2U);
  EXPECT_EQ(fault_of(made, 0).code, "F103");
  EXPECT_EQ(fault_of(made, 0).pointer, "/units/0/area");
  EXPECT_EQ(amount_of(made, 1), "100.00");
}

TEST(overlapping_tenures, are_an_error_of_the_unit_s_lines) {
  town of;
  of.tenures = R"({"unit": "1-101", "account": "A", "role": "owner", "from": "2026-01-01", "share": "100%"},
                  {"unit": "1-101", "account": "B", "role": "owner", "from": "2026-03-19", "share": "50%"})";
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 2U);
  EXPECT_EQ(fault_of(made, 0).code, "F106");
  EXPECT_NE(fault_of(made, 0).value("is").find("150%"), std::string_view::npos);
  EXPECT_EQ(fault_of(made, 0).value("from"), "2026-03-19");
}

TEST(the_catalogue, has_words_for_every_fault) {
  town of;
  of.tenures = "";
  const dues::billing made = billed(of);
  const dues::diagnostic& fault = fault_of(made, 0);
  EXPECT_EQ(dues::message(fault), "1-101 has no payer for management on 2026-03-01");
  EXPECT_EQ(dues::message(fault, dues::language::chinese()), "1-101 在 2026-03-01 没有 management 的付款人");
}

// A rebate for accounts with a voucher that pay early: half in April 2026, nothing in other months. Who pays
// early is not known yet when a bill is made.
town with_rebate() {
  town of;
  of.reads += R"(, "account": [{"id": "voucher", "type": "yes_no", "default": false}])";
  of.values = R"({"id": "rebate", "is": [{"from": "2026-01-01", "is": "0%"}, {"from": "2026-04-01", "is": "50%"}, {"from": "2026-05-01", "is": "0%"}]})";
  of.discounts = R"({"id": "voucher", "name": {"en": "Voucher"}, "of": ["management"], "when": {"condition": "account.voucher", "paid_by": {"days_before_due": 0}}, "give": {"percent": "value.rebate"}})";
  of.units += R"(, {"unit": "1-102", "from": "2026-01-01", "area": "90"})";
  of.tenures += R"(, {"unit": "1-102", "account": "B", "role": "owner", "from": "2026-01-01"})";
  of.more_tables = R"(, "accounts": [{"account": "B", "from": "2026-01-01", "voucher": true}])";
  return of;
}

TEST(a_line_that_a_discount_may_lower, is_refused_and_its_neighbour_billed) {
  const dues::billing made = billed(with_rebate(), "2026-04-01", "2026-05-01");
  ASSERT_EQ(made.lines.size(), 2U);
  EXPECT_EQ(amount_of(made, 0), "160.00");
  EXPECT_EQ(fault_of(made, 1).code, "R116");
  EXPECT_EQ(fault_of(made, 1).pointer, "/discounts/0");
  EXPECT_EQ(fault_of(made, 1).value("discount"), "voucher");
  EXPECT_EQ(fault_of(made, 1).value("unit"), "1-102");
  EXPECT_EQ(made.lines[1].amount, 0);
}

TEST(a_line_that_a_discount_may_lower, is_billed_in_months_in_which_nothing_is_given) {
  const dues::billing made = billed(with_rebate());
  ASSERT_EQ(made.lines.size(), 2U);
  EXPECT_EQ(amount_of(made, 0), "160.00");
  EXPECT_EQ(amount_of(made, 1), "180.00");
}

TEST(a_line_that_a_discount_may_lower, is_told_the_same_for_its_account_alone) {
  const town of = with_rebate();
  dues::bill_request asked = dues_test::days("2026-01-01", "2026-07-01");
  const dues::billing all = dues::make_bills(of.loaded().loaded, asked);
  ASSERT_EQ(all.lines.size(), 12U);
  asked.account = "B";
  const dues::billing alone = dues::make_bills(of.loaded().loaded, asked);
  ASSERT_EQ(alone.lines.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(alone.lines[i].amount, all.lines[6 + i].amount) << i;
  EXPECT_EQ(fault_of(all, 9).code, "R116");
  EXPECT_EQ(fault_of(alone, 3).code, "R116");
}

TEST(a_line_that_a_discount_may_lower, is_one_whose_days_lie_in_the_window) {
  town of = with_rebate();
  of.discounts = R"({"id": "voucher", "name": {"en": "Voucher"}, "of": ["management"], "window": {"of": "service", "from": "2026-06-10", "through": "2026-06-12"}, "when": {"paid_by": {"days_before_due": 0}}, "give": {"percent": "10%"}})";
  const dues::billing made = billed(of, "2026-05-01", "2026-07-01");
  ASSERT_EQ(made.lines.size(), 4U);
  EXPECT_EQ(amount_of(made, 0), "160.00");
  EXPECT_EQ(fault_of(made, 1).code, "R116");
  EXPECT_EQ(amount_of(made, 2), "180.00");
  EXPECT_EQ(fault_of(made, 3).code, "R116");
}

}  // namespace
