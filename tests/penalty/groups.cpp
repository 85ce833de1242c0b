// SPDX-License-Identifier: Apache-2.0
//
// Receivables counted as one, by bill or by unit: episodes, what counts once, and how each day's growth
// is spread. Amounts worked by hand.
#include "penalty/penalty_house.hpp"

namespace {

using dues_test::day;
using dues_test::history_of;
using dues_test::tariff_with;
using dues_test::units;

std::string owed(std::string_view id, std::string_view principal, std::string_view due, std::string_view more = "") {
  return R"({"receivable": ")" + std::string(id) + R"(", "penalty": "late", "account": "li", "unit": "101", "bill": "b1", "principal": ")" + std::string(principal) + R"(", "due": ")" + std::string(due) + '"' +
         (more.empty() ? "" : ", " + std::string(more)) + "}";
}

/// Totals of the receivables as they stand in the document: "1.60 0.40".
std::string totals(const std::string& tariff, const std::string& history, std::string_view as_of) {
  const auto made = dues_test::read(tariff, history);
  const auto all = dues::accrue_all(made.terms, made.receivables, day(as_of));
  std::string out;
  for (const dues::accrual& one : all.receivables) out += (out.empty() ? "" : " ") + dues_test::total_of(one);
  return out;
}

std::string per_unit(std::string_view components) { return tariff_with(components, "SGD", R"(, "counted_per": "unit")"); }

const std::string one_a_month = per_unit(R"({"id": "late", "rate": {"amount": "1.00", "per": "month"}})");

TEST(a_flat_amount_per_unit, counts_once_a_month_and_is_spread_by_what_each_bears) {
  const std::string two = history_of(owed("R1", "60", "2026-01-31") + "," + owed("R2", "40", "2026-02-28"));
  EXPECT_EQ(totals(one_a_month, two, "2026-02-28"), "1.00 0.00");  // on 28 February R2 is not overdue
  EXPECT_EQ(totals(one_a_month, two, "2026-03-30"), "1.00 0.00");
  EXPECT_EQ(totals(one_a_month, two, "2026-03-31"), "1.60 0.40");
  const std::string apart = tariff_with(R"({"id": "late", "rate": {"amount": "1.00", "per": "month"}})", "SGD");
  EXPECT_EQ(totals(apart, two, "2026-03-31"), "2.00 1.00");
}

TEST(an_episode, ends_when_nothing_overdue_is_open_and_the_next_counts_anew) {
  const std::string paid = R"("changes": [{"on": "2026-02-10", "kind": "payment", "amount": "60"}])";
  const std::string once = per_unit(R"({"id": "late", "rate": {"amount": "5.00", "per": "once"}})");
  EXPECT_EQ(totals(once, history_of(owed("R1", "60", "2026-01-31", paid) + "," + owed("R2", "40", "2026-02-28")), "2026-03-31"), "5.00 5.00");
  EXPECT_EQ(totals(once, history_of(owed("R1", "60", "2026-01-31") + "," + owed("R2", "40", "2026-02-28")), "2026-03-31"), "5.00 0.00");
  // Paid on the day the next one falls due: nothing overdue is open that evening.
  const std::string paid_late = R"("changes": [{"on": "2026-02-28", "kind": "payment", "amount": "60"}])";
  EXPECT_EQ(totals(once, history_of(owed("R1", "60", "2026-01-31", paid_late) + "," + owed("R2", "40", "2026-02-28")), "2026-03-31"), "5.00 5.00");
  // Months of the second episode run from 28 February.
  EXPECT_EQ(totals(one_a_month, history_of(owed("R1", "60", "2026-01-31", paid) + "," + owed("R2", "40", "2026-02-28")), "2026-03-27"), "0.00 0.00");
  EXPECT_EQ(totals(one_a_month, history_of(owed("R1", "60", "2026-01-31", paid) + "," + owed("R2", "40", "2026-02-28")), "2026-03-28"), "0.00 1.00");
}

TEST(a_minimum_and_a_maximum_per_bill, count_once) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "limits": [{"at_least": {"amount": "5"}}, {"at_most": {"amount": "12"}}]})", "CNY", R"(, "counted_per": "bill")");
  const std::string two = history_of(owed("R1", "60", "2026-01-31") + "," + owed("R2", "40", "2026-01-31"));
  EXPECT_EQ(totals(tariff, two, "2026-02-01"), "3.00 2.00");
  EXPECT_EQ(totals(tariff, two, "2026-02-05"), "3.00 2.00");
  EXPECT_EQ(totals(tariff, two, "2026-02-10"), "6.00 4.00");
  EXPECT_EQ(totals(tariff, two, "2026-12-31"), "7.20 4.80");
}

TEST(a_least_total_per_bill, is_spread_by_all_days_when_it_is_reached) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "limits": [{"nothing_below": {"amount": "3.10"}}]})", "CNY", R"(, "counted_per": "bill")");
  // 0.60 and 0.40 a day; R1 is paid on the second day and bears for two: 1.20 and 0.40 a day of R2.
  const std::string two = history_of(owed("R1", "60", "2026-01-31", R"("changes": [{"on": "2026-02-02", "kind": "payment", "amount": "60"}])") + "," + owed("R2", "40", "2026-01-31"));
  EXPECT_EQ(totals(tariff, two, "2026-02-04"), "0.00 0.00");  // 2.80
  EXPECT_EQ(totals(tariff, two, "2026-02-05"), "1.20 2.00");  // 3.20
  EXPECT_EQ(totals(tariff, two, "2026-02-06"), "1.20 2.40");
}

TEST(a_daily_rate_per_unit, is_spread_by_the_day_and_nothing_moves) {
  // 1.00 a day on R1 alone for ten days, then 1.50 a day on both.
  const std::string tariff = per_unit(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}})");
  const std::string two = history_of(owed("R2", "50", "2026-02-10") + "," + owed("R1", "100", "2026-01-31"));
  EXPECT_EQ(totals(tariff, two, "2026-02-10"), "0.00 10.00");
  EXPECT_EQ(totals(tariff, two, "2026-02-20"), "5.00 20.00");
  const auto made = dues_test::read(tariff, two);
  const auto all = dues::accrue_all(made.terms, made.receivables, day("2026-02-20"));
  ASSERT_EQ(all.episodes.size(), 1U);
  EXPECT_EQ(all.episodes[0].receivables, (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(units(all.episodes[0].accrued.total), "25.00");
  EXPECT_EQ(all.episodes[0].accrued.segments.size(), 2U);
}

TEST(odd_cents_of_a_group, go_by_largest_remainder_each_day) {
  // 0.1 a day on three equal receivables: 0.04, 0.03, 0.03 by due date and id.
  const std::string tariff = per_unit(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}})");
  const std::string three = history_of(owed("B", "3.333", "2026-01-31") + "," + owed("C", "3.33", "2026-01-31") + "," + owed("A", "3.33", "2026-01-31"));
  const auto refused = dues::read_penalty_history(dues_test::compiled_penalty(tariff), three);
  ASSERT_FALSE(refused.found.empty());
  EXPECT_EQ(refused.found.all()[0].code, "T117");  // 3.333 is no amount of two places
  const std::string fine = history_of(owed("B", "3.33", "2026-01-31") + "," + owed("C", "3.33", "2026-01-31") + "," + owed("A", "3.33", "2026-01-31"));
  EXPECT_EQ(totals(tariff, fine, "2026-02-01"), "0.03 0.03 0.04");
  EXPECT_EQ(totals(tariff, fine, "2026-02-02"), "0.06 0.06 0.08");
}

TEST(days_left_out_of_a_group, stop_the_receivable_and_count_for_all_only_when_all_are_out) {
  const std::string tariff = per_unit(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}})");
  const std::string out = R"("left_out": [{"kind": "dispute", "from": "2026-02-01", "to": "2026-02-11"}])";
  EXPECT_EQ(totals(tariff, history_of(owed("R1", "100", "2026-01-31", out) + "," + owed("R2", "50", "2026-01-31")), "2026-02-20"), "10.00 10.00");
  EXPECT_EQ(totals(one_a_month, history_of(owed("R1", "100", "2026-01-31", out) + "," + owed("R2", "50", "2026-01-31")), "2026-02-28"), "0.67 0.33");
  EXPECT_EQ(totals(one_a_month, history_of(owed("R1", "100", "2026-01-31", out) + "," + owed("R2", "50", "2026-01-31", out)), "2026-03-09"), "0.00 0.00");
  EXPECT_EQ(totals(one_a_month, history_of(owed("R1", "100", "2026-01-31", out) + "," + owed("R2", "50", "2026-01-31", out)), "2026-03-10"), "0.67 0.33");
}

TEST(a_cliff_of_a_group, counts_from_the_earliest_due_date) {
  const std::string tariff = per_unit(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "grace": {"days": 10, "then": "from_due_date"}})");
  const std::string two = history_of(owed("R1", "100", "2026-01-31") + "," + owed("R2", "50", "2026-02-05"));
  EXPECT_EQ(totals(tariff, two, "2026-02-10"), "0.00 0.00");
  EXPECT_EQ(totals(tariff, two, "2026-02-11"), "11.00 3.00");
}

TEST(a_receivable, that_names_nothing_to_count_by_is_refused) {
  const auto made = dues_test::read(one_a_month, history_of(R"({"receivable": "R1", "penalty": "late", "account": "li", "principal": "60", "due": "2026-01-31"})"));
  const auto all = dues::accrue_all(made.terms, made.receivables, day("2026-03-31"));
  ASSERT_FALSE(all.ok());
  EXPECT_EQ(dues::message(all.receivables[0].found.all()[0]), "late counts several receivables as one, and R1 names no unit");
}

TEST(accounts_of_one_unit, are_counted_apart) {
  const std::string other = R"({"receivable": "R2", "penalty": "late", "account": "wang", "unit": "101", "principal": "40", "due": "2026-01-31"})";
  EXPECT_EQ(totals(one_a_month, history_of(owed("R1", "60", "2026-01-31") + "," + other), "2026-02-28"), "1.00 1.00");
}

}  // namespace
