// SPDX-License-Identifier: Apache-2.0
//
// Lines that are paid ahead, as a quote hands them to the discounts: conditions on the months paid, and
// the months that come free after them.
#include "bill/small_town.hpp"

namespace {

using dues_test::days;
using dues_test::town;

// 89.60 m2 at 3.00: 268.80 a month.
town prepaid_town(std::string discounts) {
  town of;
  of.units = R"({"unit": "1-101", "from": "2026-01-01", "area": "89.60"})";
  of.fees = R"({"id": "management", "kind": "recurring", "name": {"en": "Management"}, "quantity": "unit.area", "price": "3.00", "schedule": "monthly"})";
  of.discounts = std::move(discounts);
  return of;
}

struct lowered {
  std::vector<dues::line> lines;
  std::vector<dues::granted_discount> granted;
  std::vector<dues::diagnostic> faults;

  std::int64_t taken(std::size_t line) const {
    std::int64_t sum = 0;
    for (const dues::granted_discount& one : granted)
      if (one.line == line) sum += one.amount;
    return sum;
  }
};

// `paid` lines from January on, and after them `gifts` that may come free.
lowered paid_ahead(const town& of, std::size_t paid, std::size_t gifts, int months_a_line = 1) {
  const auto known = of.loaded().loaded;
  dues::bill_request asked = days("2026-01-01", "2029-01-01");
  asked.select = dues::selection::service;
  asked.discounted = false;
  const dues::billing plain = dues::make_lines(known, asked);
  lowered made;
  std::vector<dues::prepaid_line> prepaid;
  for (std::size_t i = 0; i < paid + gifts; ++i) {
    made.lines.push_back(plain.lines[i]);
    prepaid.push_back({static_cast<std::int32_t>(paid) * months_a_line, i >= paid});
  }
  dues::discount_stage(*known).lower(made.lines, plain.rates, made.faults, made.granted, prepaid);
  EXPECT_TRUE(made.faults.empty());
  return made;
}

constexpr const char* one_month_free = R"({"id": "gift", "of": ["management"], "when": {"prepaid_months": 12}, "give": {"free_months": 1}})";

// DS-01: twelve months are paid, 3225.60, and the thirteenth comes free.
TEST(free_months, are_lines_at_their_gross_with_an_equal_discount) {
  const lowered made = paid_ahead(prepaid_town(one_month_free), 12, 1);
  std::int64_t due = 0;
  for (std::size_t i = 0; i < 13; ++i) {
    EXPECT_EQ(made.lines[i].gross, 26880) << i;
    EXPECT_EQ(made.lines[i].amount, i < 12 ? 26880 : 0) << i;
    due += made.lines[i].amount;
  }
  EXPECT_EQ(due, 322560);
}

TEST(free_months, do_not_come_with_fewer_months_than_asked_for) {
  const lowered made = paid_ahead(prepaid_town(one_month_free), 11, 1);
  EXPECT_TRUE(made.granted.empty());
}

TEST(free_months, of_two_discounts_follow_each_other) {
  const std::string two_more = R"({"id": "more", "of": ["management"], "when": {"prepaid_months": 6}, "give": {"free_months": 2}})";
  const lowered made = paid_ahead(prepaid_town(std::string(one_month_free) + ", " + two_more), 12, 4);
  ASSERT_EQ(made.granted.size(), 3U);
  EXPECT_EQ(made.granted[0].line, 12U);
  EXPECT_EQ(made.granted[0].discount, 0);
  EXPECT_EQ(made.granted[1].line, 13U);
  EXPECT_EQ(made.granted[1].discount, 1);
  EXPECT_EQ(made.granted[2].line, 14U);
  EXPECT_EQ(made.lines[15].amount, 26880);
}

// 268.80 x 3 = 806.40 a quarter; a month of it is 268.80.
TEST(free_months, of_a_longer_period_take_their_part_of_the_line_that_follows) {
  town of = prepaid_town(one_month_free);
  of.schedules = R"({"id": "monthly", "kind": "months", "months": 3, "billed": "in_advance", "due": {"day_of_month": 10}})";
  const lowered made = paid_ahead(of, 4, 1, 3);
  EXPECT_EQ(made.lines[4].gross, 80640);
  EXPECT_EQ(made.lines[4].amount, 53760);
}

TEST(free_months, are_not_cut_by_a_cap_of_the_line_nor_lowered_by_others) {
  town of = prepaid_town(R"({"id": "five", "of": ["management"], "give": {"percent": "5%"}}, {"id": "gift", "of": ["management"], "when": {"prepaid_months": 12}, "give": {"free_months": 1}, "at_most": {"percent": "10%", "per": "line"}})");
  const lowered made = paid_ahead(of, 12, 1);
  EXPECT_EQ(made.taken(0), 1344);
  EXPECT_EQ(made.taken(12), 26880);
  EXPECT_EQ(made.granted.back().discount, 1);
}

TEST(the_best_of_a_group, may_be_free_months) {
  // 12 x 268.80 = 3225.60: 8 % is 258.05 by the bill; a month of 268.80 is more.
  const std::string group = R"({"id": "best", "best_of": [{"id": "eight", "of": ["management"], "give": {"percent": "8%"}}, )" + std::string(one_month_free) + "]}";
  const lowered made = paid_ahead(prepaid_town(group), 12, 1);
  ASSERT_EQ(made.granted.size(), 1U);
  EXPECT_EQ(made.granted[0].line, 12U);
  EXPECT_EQ(made.granted[0].amount, 26880);
}

// DS-09: 100 over twelve equal lines: four of 8.34, eight of 8.33.
TEST(an_amount_for_paying_ahead, is_spread_over_the_lines) {
  const lowered made = paid_ahead(prepaid_town(R"({"id": "hundred", "of": ["management"], "when": {"prepaid_months": 12}, "give": {"amount": "100.00"}})"), 12, 0);
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(made.taken(i), i < 4 ? 834 : 833) << i;
}

TEST(a_plain_run, grants_nothing_for_paying_ahead_and_refuses_nothing) {
  const dues::billing made = dues_test::billed(prepaid_town(one_month_free));
  ASSERT_EQ(made.lines.size(), 1U);
  EXPECT_EQ(dues_test::amount_of(made, 0), "268.80");
  EXPECT_TRUE(made.faults.empty());
}

TEST(free_months, of_a_fee_that_is_billed_once_are_a_mistake) {
  town of = prepaid_town(R"({"id": "gift", "of": ["card"], "when": {"prepaid_months": 12}, "give": {"free_months": 1}})");
  of.schedules += R"(, {"id": "once", "kind": "once", "due": {"days_after_issue": 0}})";
  of.fees += R"(, {"id": "card", "kind": "one_off", "name": {"en": "Card"}, "price": "20.00", "schedule": "once"})";
  const dues::compile_result made = dues::compile(of.tariff());
  EXPECT_EQ(made.compiled, nullptr);
  ASSERT_FALSE(made.found.all().empty());
  EXPECT_EQ(made.found.all()[0].code, "T230");
  EXPECT_EQ(made.found.all()[0].pointer, "/discounts/0/give");
}

}  // namespace
