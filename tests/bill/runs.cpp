// SPDX-License-Identifier: Apache-2.0
//
// What a run may be asked, what it refuses, and what its bills are.
#include "bill/small_town.hpp"

namespace {

using dues_test::amount_of;
using dues_test::billed;
using dues_test::days;
using dues_test::town;

std::string refusal(const town& of, const dues::bill_request& asked) {
  const dues::billing made = dues::make_bills(of.loaded().loaded, asked);
  EXPECT_TRUE(made.lines.empty());
  return made.found.all().empty() ? std::string() : made.found.all()[0].code;
}

TEST(a_run, over_no_units_makes_nothing) {
  town of;
  of.units = "";
  of.tenures = "";
  const dues::billing made = billed(of);
  EXPECT_TRUE(made.found.empty());
  EXPECT_TRUE(made.lines.empty());
  EXPECT_TRUE(made.bills.empty());
  EXPECT_EQ(dues::to_csv(made).find("\r\n"), dues::to_csv(made).size() - 2);  // the header alone
}

TEST(a_run, that_ends_before_it_begins_is_refused) { EXPECT_EQ(refusal({}, days("2026-04-01", "2026-03-01")), "R113"); }

TEST(a_run, over_no_days_makes_nothing) { EXPECT_TRUE(billed({}, "2026-03-01", "2026-03-01").lines.empty()); }

TEST(a_run, for_an_unknown_account_or_unit_is_refused) {
  dues::bill_request asked = days("2026-03-01", "2026-04-01");
  asked.account = "Z";
  EXPECT_EQ(refusal({}, asked), "R112");
  asked.account.clear();
  asked.unit = "9-999";
  EXPECT_EQ(refusal({}, asked), "R112");
}

TEST(a_run, bounds_its_lines_before_it_starts) {
  dues::bill_request asked = days("0001-01-01", "9999-12-31");
  asked.most_lines = 1'000;
  EXPECT_EQ(refusal({}, asked), "R110");
}

TEST(a_run, needs_facts) { EXPECT_THROW(dues::make_bills(nullptr, {}), std::invalid_argument); }

TEST(a_run, by_the_last_days_of_the_calendar_ends) {
  const dues::billing made = billed({}, "9999-11-01", "9999-12-31");
  ASSERT_EQ(made.lines.size(), 2U);
  EXPECT_EQ(amount_of(made, 1), "160.00");
}

TEST(anniversaries_of_31_january_2024, fall_on_29_feb_31_mar_30_apr_31_may) {
  town of;
  of.schedules = R"({"id": "own_month", "kind": "months", "months": 1, "counted_from": "subscription_start", "billed": "in_advance", "due": {"days_after_issue": 0}})";
  of.fees = R"({"id": "parking", "kind": "recurring", "for_each": "subscription", "name": {"en": "Parking"}, "price": "280.00", "schedule": "own_month"})";
  of.units = R"({"unit": "1-101", "from": "2024-01-01"})";
  of.tenures = R"({"unit": "1-101", "account": "A", "role": "owner", "from": "2024-01-01"})";
  of.more_tables = R"(, "subscriptions": [{"subscription": "P-1", "unit": "1-101", "fee": "parking", "from": "2024-01-31"}])";
  std::string tariff = of.tariff();
  tariff.replace(tariff.find("2026-01-01"), 10, "2024-01-01");
  const auto facts = dues::load_facts(dues::compile(tariff).compiled, of.facts());
  const dues::billing made = dues::make_bills(facts.loaded, days("2024-01-31", "2024-05-31"));
  std::string boundaries;
  for (const dues::line& one : made.lines) boundaries += dues::to_text(one.from) + ".." + dues::to_text(one.to) + " ";
  EXPECT_EQ(boundaries, "2024-01-31..2024-02-29 2024-02-29..2024-03-31 2024-03-31..2024-04-30 2024-04-30..2024-05-31 ");
}

TEST(a_line_key, escapes_its_parts_and_says_the_same_each_time) {
  town of;
  of.units = R"({"unit": "1/101 东", "from": "2026-01-01", "area": "80"})";
  of.tenures = R"({"unit": "1/101 东", "account": "A%", "role": "owner", "from": "2026-01-01"})";
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 1U);
  const std::string key = dues::line_key(*made.known, made.lines[0]);
  EXPECT_EQ(key, "town/A%25/1%2F101%20%E4%B8%9C/management/-/2026-03-01/charge");
  EXPECT_EQ(dues::find_line(made, key), 0U);
  EXPECT_EQ(dues::find_line(made, "town/A/x"), std::nullopt);
  EXPECT_EQ(dues::find_line(made, ""), std::nullopt);
}

TEST(a_bill, has_an_id_that_follows_its_content) {
  town of;
  const dues::billing made = billed(of);
  const dues::billing again = billed(of);
  ASSERT_EQ(made.bills.size(), 1U);
  EXPECT_EQ(dues::bill_id(made, made.bills[0]), dues::bill_id(again, again.bills[0]));
  EXPECT_EQ(dues::bill_key(made, made.bills[0]), "town/A/2026-03-01/2026-03-10");
  of.units = R"({"unit": "1-101", "from": "2026-01-01", "area": "81"})";
  const dues::billing other = billed(of);
  EXPECT_NE(dues::bill_id(made, made.bills[0]), dues::bill_id(other, other.bills[0]));
  EXPECT_EQ(dues::bill_key(made, made.bills[0]), dues::bill_key(other, other.bills[0]));
}

TEST(a_bill, totals_each_tax_rate) {
  town of;
  of.taxes = R"({"id": "vat", "rate": "6%", "included": true})";
  of.fees += R"(, {"id": "waste", "kind": "recurring", "name": {"en": "Waste"}, "price": "5.00", "schedule": "monthly"})";
  of.fees = of.fees.replace(of.fees.find("\"schedule\""), 0, "\"tax\": \"vat\", ");
  const dues::billing made = billed(of);
  ASSERT_EQ(made.bills.size(), 1U);
  const auto totals = dues::totals_by_rate(made, made.bills[0]);
  ASSERT_EQ(totals.size(), 2U);
  EXPECT_EQ(totals[0].rate, -1);
  EXPECT_EQ(dues::amount_text(totals[0].amount, 2), "5.00");
  EXPECT_EQ(dues::amount_text(totals[1].amount, 2), "160.00");
  EXPECT_EQ(dues::amount_text(totals[1].tax, 2), "9.06");  // 160 - 150.943... rounded to 150.94
  EXPECT_EQ(dues::amount_text(dues::total_of(made, made.bills[0]), 2), "165.00");
}

TEST(what_was_billed_before, must_be_a_result_of_this_tariff) {
  const auto program = town().compiled();
  const auto told = [&](std::string_view text) {
    dues::billed_before before;
    dues::diagnostics found;
    EXPECT_FALSE(dues::read_billed(*program, text, before, found));
    return found.all().empty() ? std::string() : found.all()[0].code + " " + found.all()[0].pointer;
  };
  EXPECT_EQ(told("{"), "T116 ");
  EXPECT_EQ(told(R"({"tariff": "other", "lines": []})"), "R114 /tariff");
  EXPECT_EQ(told(R"({"tariff": "town"})"), "R114 /lines");
  EXPECT_EQ(told(R"({"tariff": "town", "lines": [{"key": "x"}]})"), "R114 /lines/0");
}

TEST(what_was_billed_before, is_reported_when_its_unit_is_gone) {
  const town was;
  dues::billed_before before;
  dues::diagnostics found;
  ASSERT_TRUE(dues::read_billed(*was.compiled(), dues::to_json(billed(was)), before, found));
  town now;
  now.units = R"({"unit": "2-201", "from": "2026-01-01", "area": "80"})";
  now.tenures = R"({"unit": "2-201", "account": "B", "role": "owner", "from": "2026-01-01"})";
  const dues::billing made = dues::make_bills(now.loaded().loaded, days("2026-03-01", "2026-04-01"), &before);
  ASSERT_EQ(made.lines.size(), 1U);
  ASSERT_EQ(made.found.all().size(), 1U);
  EXPECT_EQ(made.found.all()[0].code, "R115");
  EXPECT_EQ(made.found.all()[0].value("is"), "town/A/1-101/management/-/2026-03-01");
}

}  // namespace
