// SPDX-License-Identifier: Apache-2.0
//
// Worked examples of late payment: amounts worked by hand from the rule or the statute named.
#include "penalty/penalty_house.hpp"

namespace {

using dues_test::history_of;
using dues_test::receivable;
using dues_test::tariff_with;
using dues_test::total;

const std::string per_day = tariff_with(R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}})");
const std::string fee_march = history_of(receivable("268.80", "2026-03-31"));

// 268.80 x 0.0005 x 40
TEST(a_daily_penalty, counts_from_the_day_after_due_to_the_day_of_payment) {
  EXPECT_EQ(total(per_day, fee_march, "2026-05-10"), "5.38");
  EXPECT_EQ(total(per_day, fee_march, "2026-03-31"), "0.00");
  EXPECT_EQ(total(per_day, fee_march, "2026-04-01"), "0.13");  // due 31st, paid 1st: one day, 0.1344
}

// 268.80 x 0.0005 x 7 = 0.9408; where less than 1.00 is not charged the eighth day brings all eight, 1.0752.
TEST(a_daily_penalty, below_a_least_total_is_not_charged) {
  const std::string from_one = tariff_with(R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}, "limits": [{"nothing_below": {"amount": "1.00"}}]})");
  EXPECT_EQ(total(per_day, fee_march, "2026-04-07"), "0.94");
  EXPECT_EQ(total(from_one, fee_march, "2026-04-07"), "0.00");
  EXPECT_EQ(total(from_one, fee_march, "2026-04-08"), "1.08");
  // 100.00 x 0.0005 x 20 is 1.00: not below.
  EXPECT_EQ(total(from_one, history_of(receivable("100.00", "2026-03-31")), "2026-04-20"), "1.00");
  EXPECT_EQ(dues_test::accrued(from_one, fee_march, "2026-04-07").components[0].limited_by, "/penalties/0/components/0/limits/0");
}

// 15 days: 268.80 x 0.0005 x 25 after a deferral, x 40 after a cliff.
TEST(grace, as_a_deferral_counts_from_its_end_and_as_a_cliff_from_the_due_date) {
  const auto with = [](std::string_view then) {
    return tariff_with(R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}, "grace": {"days": 15, "then": ")" + std::string(then) + "\"}}");
  };
  EXPECT_EQ(total(with("from_grace_end"), fee_march, "2026-05-10"), "3.36");
  EXPECT_EQ(total(with("from_due_date"), fee_march, "2026-05-10"), "5.38");
  for (const char* then : {"from_grace_end", "from_due_date"}) EXPECT_EQ(total(with(then), fee_march, "2026-04-15"), "0.00") << then;
  EXPECT_EQ(total(with("from_grace_end"), fee_march, "2026-04-16"), "0.13");  // one day
  EXPECT_EQ(total(with("from_due_date"), fee_march, "2026-04-16"), "2.15");   // sixteen: 2.1504
}

// Rounded each day it would be 5.20.
TEST(a_penalty, is_rounded_once_on_its_total) { EXPECT_EQ(total(per_day, fee_march, "2026-05-10"), "5.38"); }

// 268.80 x 0.003 x 60; 52.93 if penalty bore penalty.
TEST(a_penalty, bears_no_penalty) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "0.3%", "per": "day"}})");
  EXPECT_EQ(total(tariff, fee_march, "2026-05-30"), "48.38");
}

const std::string lpr_history = R"("references": [
  {"reference": "lpr", "from": "2024-01-22", "value": "3.45%"}, {"reference": "lpr", "from": "2024-07-22", "value": "3.35%"},
  {"reference": "lpr", "from": "2024-10-21", "value": "3.10%"}, {"reference": "lpr", "from": "2025-05-20", "to": "2025-08-20", "value": "3.00%"}], )";

// 3225.60 / 365 x (3.45% x 21 + 3.35% x 91 + 3.10% x 211 + 3.00% x 42), due 30 June 2024.
TEST(a_published_rate, moves_on_its_days) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"reference": "lpr", "per": "year"}})");
  const auto made = dues_test::accrued(tariff, history_of(receivable("3225.60", "2024-06-30"), lpr_history), "2025-06-30");
  EXPECT_EQ(dues_test::total_of(made), "102.28");
  ASSERT_EQ(made.components.size(), 1U);
  std::vector<int> days;
  for (const dues::penalty_segment& one : made.components[0].segments) days.push_back(one.days);
  EXPECT_EQ(days, (std::vector<int>{21, 91, 211, 42}));
}

// 200 days from 21 Oct 2024: 322.56 at 0.05% a day, 219.16 at four times 3.10%.
TEST(a_legal_ceiling, of_four_times_the_published_rate_lowers_a_contract_rate) {
  const std::string open = history_of(receivable("3225.60", "2024-10-20"), lpr_history);
  EXPECT_EQ(total(per_day, open, "2025-05-08"), "322.56");
  const std::string capped = tariff_with(R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}, "limits": [{"at_most": {"rate": {"reference": "lpr", "times": 4, "per": "year"}}}]})");
  EXPECT_EQ(total(capped, open, "2025-05-08"), "219.16");
}

// 3225.60 x 3% x 90 over 365, and over 360.
TEST(a_yearly_rate, is_over_365_or_360_days) {
  const auto of = [](std::string_view year) { return tariff_with(R"({"id": "late", "rate": {"percent": "3%", "per": "year", "year_of": ")" + std::string(year) + "\"}}"); };
  const std::string open = history_of(receivable("3225.60", "2026-01-01"));
  EXPECT_EQ(total(of("365"), open, "2026-04-01"), "23.86");
  EXPECT_EQ(total(of("360"), open, "2026-04-01"), "24.19");
}

// 5000 x 0.0175% x 90.
TEST(judgment_interest, is_0_0175_percent_a_day) {
  const std::string tariff = tariff_with(R"({"id": "late", "class": "interest", "rate": {"percent": "0.0175%", "per": "day"}})");
  EXPECT_EQ(total(tariff, history_of(receivable("5000.00", "2026-01-01")), "2026-04-01"), "78.75");
}

// Half of 5.38.
TEST(a_waiver, leaves_the_accrual_and_lowers_what_is_open) {
  const auto made = dues_test::accrued(per_day, history_of(receivable("268.80", "2026-03-31", R"("settled": [{"kind": "waiver", "on": "2026-05-10", "amount": "2.69"}])")), "2026-05-10");
  EXPECT_EQ(dues_test::total_of(made), "5.38");
  EXPECT_EQ(dues_test::units(made.open()), "2.69");
}

// California Civil Code 5650(b): 10% or $10, and 12% a year from 30 days after due on all sums: 440 x 12% x 45/365.
TEST(california, charges_late_once_and_interest_on_both) {
  const std::string tariff = tariff_with(R"(
    {"id": "charge", "rate": {"higher_of": [{"percent": "10%", "per": "once"}, {"amount": "10.00", "per": "once"}]}, "grace": {"days": 15, "then": "from_grace_end"}},
    {"id": "interest", "class": "interest", "on": ["principal", "charge"], "rate": {"percent": "12%", "per": "year"}, "grace": {"days": 30, "then": "from_grace_end"}})", "USD");
  const std::string open = history_of(receivable("400.00", "2026-01-01"));
  EXPECT_EQ(total(tariff, open, "2026-03-17"), "40.00 6.51");
  EXPECT_EQ(total(tariff, open, "2026-01-16"), "0.00 0.00");
  EXPECT_EQ(total(tariff, open, "2026-01-17"), "40.00 0.00");
  EXPECT_EQ(total(tariff, history_of(receivable("50.00", "2026-01-01")), "2026-01-31"), "10.00 0.00");
}

// Florida: 18% a year simple, and the higher of $25 and 5%: 300 x 18% x 60/365.
TEST(florida, charges_18_percent_and_25_dollars) {
  const std::string tariff = tariff_with(R"(
    {"id": "interest", "class": "interest", "rate": {"percent": "18%", "per": "year"}},
    {"id": "fee", "rate": {"higher_of": [{"percent": "5%", "per": "once"}, {"amount": "25.00", "per": "once"}]}})", "USD");
  EXPECT_EQ(total(tariff, history_of(receivable("300.00", "2026-01-01")), "2026-03-02"), "8.88 25.00");
}

// 1200 x 10% x 73/365.
TEST(ten_percent_a_year, for_73_days_is_a_fiftieth) {
  const std::string tariff = tariff_with(R"({"id": "late", "class": "interest", "rate": {"percent": "10%", "per": "year"}})", "AUD");
  EXPECT_EQ(total(tariff, history_of(receivable("1200.00", "2026-01-01")), "2026-03-15"), "24.00");
}

// Prime 5% (constructed) plus 2% from a demand, 90 days, and 10% once: 2400 x 7% x 90/365.
TEST(a_published_rate, may_have_a_margin_and_run_from_a_demand) {
  const std::string tariff = tariff_with(R"(
    {"id": "interest", "class": "interest", "rate": {"reference": "lpr", "plus": "2%", "per": "year"}, "starts": {"on": "demand"}},
    {"id": "collection", "class": "costs", "rate": {"percent": "10%", "per": "once"}, "starts": {"on": "demand"}, "grace": {"days": 30, "then": "from_grace_end"}})", "HKD");
  const std::string prime = R"("references": [{"reference": "lpr", "from": "2026-01-01", "value": "5.00%"}], )";
  const std::string open = history_of(receivable("2400.00", "2026-01-10", R"("demands": ["2026-02-01"])"), prime);
  EXPECT_EQ(total(tariff, open, "2026-05-02"), "41.42 240.00");
  EXPECT_EQ(total(tariff, history_of(receivable("2400.00", "2026-01-10"), prime), "2026-05-02"), "0.00 0.00");
}

// Directive 2011/7/EU: reference 2.15% + 8 points, and EUR 40: 800 x 10.15% x 60/365.
TEST(the_european_directive, adds_eight_points_and_forty_euros) {
  const std::string tariff = tariff_with(R"(
    {"id": "interest", "class": "interest", "rate": {"reference": "lpr", "plus": "8%", "per": "year", "fixed_on": "due_date"}},
    {"id": "fixed", "class": "costs", "rate": {"amount": "40.00", "per": "once"}})", "EUR");
  EXPECT_EQ(total(tariff, history_of(receivable("800.00", "2026-01-01"), R"("references": [{"reference": "lpr", "from": "2025-06-11", "to": "2026-01-02", "value": "2.15%"}], )"), "2026-03-02"), "13.35 40.00");
}

// 30000 x 14.6% x 50/365 = 600 exactly; yen have no smaller unit, fractions are dropped: 51 days are 612.
TEST(yen, are_rounded_down_where_the_by_law_says_so) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "14.6%", "per": "year"}, "rounding": {"mode": "down"}})", "JPY");
  const std::string open = history_of(receivable("30000", "2026-01-01"));
  EXPECT_EQ(total(tariff, open, "2026-02-20", 0), "600");
  EXPECT_EQ(total(tariff, history_of(receivable("30010", "2026-01-01")), "2026-02-20", 0), "600");  // 600.2
  EXPECT_EQ(total(tariff, history_of(receivable("30049", "2026-01-01")), "2026-02-20", 0), "600");  // 600.98
}

// Three months of 268.80; 500 paid 20 April settles January with its penalty and most of February.
TEST(arrears_of_three_months, paid_in_two_parts) {
  EXPECT_EQ(total(per_day, history_of(receivable("268.80", "2026-01-31")), "2026-04-20"), "10.62");
  EXPECT_EQ(total(per_day, history_of(receivable("268.80", "2026-02-28")), "2026-04-20"), "6.85");
  // 500 - 10.62 - 268.80 - 6.85 = 213.73 of February's principal: 55.07 stays open. To date 6.8544 + 1.1289...
  const auto february = dues_test::accrued(per_day, history_of(receivable("268.80", "2026-02-28", R"("changes": [{"on": "2026-04-20", "kind": "payment", "amount": "213.73"}],
      "settled": [{"kind": "payment", "on": "2026-04-20", "amount": "6.85"}])")), "2026-05-31");
  EXPECT_EQ(dues_test::total_of(february), "7.98");
  EXPECT_EQ(dues_test::units(february.open()), "1.13");
  EXPECT_EQ(total(per_day, history_of(receivable("268.80", "2026-03-31")), "2026-05-31"), "8.20");
  // 55.07 + 1.13 + 268.80 + 8.20 = 333.20 pays it off.
}

}  // namespace
