// SPDX-License-Identifier: Apache-2.0
//
// What the base is on each day, how limits and roundings meet, what demands, left-out days, steps and
// months do. Amounts worked by hand.
#include "penalty/penalty_house.hpp"

namespace {

using dues_test::accrued;
using dues_test::day;
using dues_test::history_of;
using dues_test::one_percent;
using dues_test::paid;
using dues_test::receivable;
using dues_test::tariff_with;
using dues_test::total;
using dues_test::total_of;
using dues_test::units;

TEST(a_payment, lowers_the_base_from_the_next_day) {
  // Ten days at 1.00, the day of payment included, ten at 0.40.
  EXPECT_EQ(total(one_percent(""), history_of(receivable("100", "2026-01-31", paid("2026-02-10", "60"))), "2026-02-20"), "14.00");
  EXPECT_EQ(total(one_percent(""), history_of(receivable("100", "2026-01-31", paid("2026-01-31", "100"))), "2026-02-20"), "0.00");
}

TEST(a_payment, whose_day_is_left_out_meets_what_accrued_through_the_day_before) {
  const std::string tariff = one_percent(R"(, "payment_day_counts": false)");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31", paid("2026-02-10", "60"))), "2026-02-20"), "13.40");  // nine days, eleven at 0.40
  const auto program = dues_test::compiled_penalty(tariff);
  EXPECT_EQ(dues::counted_through(program->penalties[0].components[0], day("2026-02-10")), day("2026-02-09"));
}

TEST(a_correction, counts_from_the_due_date) {
  EXPECT_EQ(total(one_percent(""), history_of(receivable("100", "2026-01-31", paid("2026-02-10", "-50", "correction"))), "2026-02-20"), "10.00");
  EXPECT_EQ(total(one_percent(""), history_of(receivable("100", "2026-01-31", paid("2026-02-10", "20", "correction"))), "2026-02-20"), "24.00");
}

TEST(a_write_off, lowers_the_base_from_the_next_day_and_leaves_the_principal_of_limits) {
  const std::string capped = one_percent(R"(, "limits": [{"at_most": {"of_principal": "12%"}}])");
  EXPECT_EQ(total(one_percent(""), history_of(receivable("100", "2026-01-31", paid("2026-02-10", "50", "write_off"))), "2026-02-20"), "15.00");
  EXPECT_EQ(total(capped, history_of(receivable("100", "2026-01-31", paid("2026-02-10", "50", "write_off"))), "2026-02-20"), "12.00");
  EXPECT_EQ(total(capped, history_of(receivable("100", "2026-01-31", paid("2026-02-10", "50", "credit_note"))), "2026-02-20"), "12.00");
  EXPECT_EQ(total(capped, history_of(receivable("100", "2026-01-31", paid("2026-02-10", "-50", "correction"))), "2026-02-20"), "6.00");  // 12% of 50
}

TEST(a_total, that_would_round_past_a_maximum_is_rounded_down) {
  const std::string tariff = one_percent(R"(, "limits": [{"at_most": {"of_principal": "5%"}}])");
  EXPECT_EQ(total(tariff, history_of(receivable("100.10", "2026-01-31")), "2026-03-01"), "5.00");  // 5.005
}

TEST(a_minimum, gives_way_to_a_maximum) {
  const std::string tariff = one_percent(R"(, "limits": [{"at_least": {"amount": "5"}}, {"at_most": {"of_principal": "100%"}}])");
  EXPECT_EQ(total(tariff, history_of(receivable("3", "2026-01-31")), "2026-02-05"), "3.00");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31")), "2026-02-03"), "5.00");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31")), "2026-01-31"), "0.00");  // nothing accrued, no minimum
  const auto made = accrued(tariff, history_of(receivable("3", "2026-01-31")), "2026-02-05");
  EXPECT_EQ(made.components[0].limited_by, "/penalties/0/components/0/limits/1");
}

TEST(a_ceiling, holds_day_by_day_and_nothing_is_caught_up) {
  // 24% under 12% until 9 February, then 36%: 36500 x 12% / 365 = 12 a day for nine days, then 24 a day.
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "24%", "per": "year"}, "limits": [{"at_most": {"rate": [
    {"from": "2020-01-01", "is": {"percent": "12%", "per": "year"}}, {"from": "2026-02-10", "is": {"percent": "36%", "per": "year"}}]}}]})");
  const auto made = accrued(tariff, history_of(receivable("36500", "2026-01-31")), "2026-02-20");
  EXPECT_EQ(total_of(made), "372.00");  // 9 x 12 + 11 x 24
  ASSERT_EQ(made.components[0].segments.size(), 2U);
  EXPECT_EQ(made.components[0].segments[0].ceiling_at, "/penalties/0/components/0/limits/0");
  EXPECT_EQ(made.components[0].segments[0].rate.to_text(), "0.12");
  EXPECT_EQ(made.components[0].segments[1].ceiling_at, "");
}

TEST(a_ceiling, may_end) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "36.5%", "per": "year"}, "limits": [{"at_most": {"rate": [
    {"from": "2020-01-01", "is": {"percent": "3.65%", "per": "year"}}, {"from": "2026-02-10", "is": "none"}]}}]})");
  EXPECT_EQ(total(tariff, history_of(receivable("1000", "2026-01-31")), "2026-02-20"), "11.90");  // 9 x 0.10 + 11 x 1
}

TEST(a_ceiling, of_completed_months_is_that_of_their_days) {
  // 10% of 1000 a month; 36.5% a year allow 1 a day: 28 days of February.
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "10%", "per": "month"}, "limits": [{"at_most": {"rate": {"percent": "36.5%", "per": "year"}}}]})");
  EXPECT_EQ(total(tariff, history_of(receivable("1000", "2026-01-31")), "2026-02-28"), "28.00");
}

TEST(a_ceiling_on_what_falls_due_at_once, is_refused) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "10%", "per": "once"}, "limits": [{"at_most": {"rate": {"percent": "36.5%", "per": "year"}}}]})");
  EXPECT_EQ(total(tariff, history_of(receivable("1000", "2026-01-31")), "2026-02-28"), "P118");
}

TEST(the_higher_of_two, of_one_period_is_chosen_each_time) {
  // 300 due 31 January, 230 paid 1 March: 30 for February, 20 for March on the 70 left.
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"higher_of": [{"amount": "20.00", "per": "month"}, {"percent": "10%", "per": "month"}]}})", "SGD");
  EXPECT_EQ(total(tariff, history_of(receivable("300.00", "2026-01-31", paid("2026-03-01", "230.00"))), "2026-03-31"), "50.00");
  EXPECT_EQ(total(tariff, history_of(receivable("300.00", "2026-01-31", paid("2026-03-01", "230.00"))), "2026-03-30"), "30.00");
}

TEST(the_higher_of_two, of_different_periods_compares_totals_to_date) {
  const auto of = [](std::string_view which) {
    return tariff_with(R"({"id": "late", "rate": {")" + std::string(which) + R"(": [{"amount": "5.00", "per": "once"}, {"percent": "1%", "per": "day"}]}})");
  };
  const std::string open = history_of(receivable("100", "2026-01-31"));
  EXPECT_EQ(total(of("higher_of"), open, "2026-02-03"), "5.00");
  EXPECT_EQ(total(of("higher_of"), open, "2026-02-08"), "8.00");
  EXPECT_EQ(total(of("lower_of"), open, "2026-02-03"), "3.00");
  EXPECT_EQ(total(of("lower_of"), open, "2026-02-08"), "5.00");
}

TEST(steps, take_each_day_at_its_own) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"steps": [{"days_overdue_up_to": 10, "rate": {"percent": "1%", "per": "day"}}, {"days_overdue_up_to": 20, "rate": {"percent": "2%", "per": "day"}},
    {"rate": {"percent": "3%", "per": "day"}}]}})");
  const std::string open = history_of(receivable("100", "2026-01-31"));
  EXPECT_EQ(total(tariff, open, "2026-02-10"), "10.00");
  EXPECT_EQ(total(tariff, open, "2026-02-11"), "12.00");
  EXPECT_EQ(total(tariff, open, "2026-02-21"), "33.00");
}

TEST(steps, of_flat_amounts_are_incurred_as_each_is_entered) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"steps": [{"days_overdue_up_to": 10, "rate": {"amount": "5", "per": "once"}}, {"rate": {"amount": "7", "per": "once"}}]}})");
  const std::string open = history_of(receivable("100", "2026-01-31"));
  EXPECT_EQ(total(tariff, open, "2026-02-10"), "5.00");
  EXPECT_EQ(total(tariff, open, "2026-02-11"), "12.00");
  EXPECT_EQ(total(tariff, open, "2026-12-31"), "12.00");
}

TEST(steps_after_a_deferral, still_go_by_days_overdue) {
  const std::string tariff = tariff_with(R"({"id": "late", "grace": {"days": 5, "then": "from_grace_end"}, "rate": {"steps": [{"days_overdue_up_to": 10, "rate": {"percent": "1%", "per": "day"}}, {"rate": {"percent": "2%", "per": "day"}}]}})");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31")), "2026-02-11"), "7.00");  // 6th to 10th, then 2
}

TEST(days_left_out, neither_accrue_nor_count) {
  const std::string out = R"("left_out": [{"kind": "dispute", "from": "2026-02-05", "to": "2026-02-10"}])";
  EXPECT_EQ(total(one_percent(""), history_of(receivable("100", "2026-01-31", out)), "2026-02-20"), "15.00");
  EXPECT_EQ(total(one_percent("", R"(, "days_left_out": ["moratorium"])"), history_of(receivable("100", "2026-01-31", out)), "2026-02-20"), "20.00");
  EXPECT_EQ(total(one_percent("", R"(, "days_left_out": ["dispute"])"), history_of(receivable("100", "2026-01-31", out)), "2026-02-20"), "15.00");
  // A grace of ten days ends on the 15th instead of the 10th; a month on 5 March.
  const std::string cliff = one_percent(R"(, "grace": {"days": 10, "then": "from_due_date"})");
  EXPECT_EQ(total(cliff, history_of(receivable("100", "2026-01-31", out)), "2026-02-15"), "0.00");
  EXPECT_EQ(total(cliff, history_of(receivable("100", "2026-01-31", out)), "2026-02-16"), "11.00");
  const std::string monthly = tariff_with(R"({"id": "late", "rate": {"percent": "3%", "per": "month"}})");
  EXPECT_EQ(total(monthly, history_of(receivable("100", "2026-01-31", out)), "2026-03-04"), "0.00");
  EXPECT_EQ(total(monthly, history_of(receivable("100", "2026-01-31", out)), "2026-03-05"), "3.00");
  const std::string steps = tariff_with(R"({"id": "late", "rate": {"steps": [{"days_overdue_up_to": 10, "rate": {"percent": "1%", "per": "day"}}, {"rate": {"percent": "2%", "per": "day"}}]}})");
  EXPECT_EQ(total(steps, history_of(receivable("100", "2026-01-31", out)), "2026-02-16"), "12.00");
}

TEST(what_is_paid_within_a_cliff, bears_nothing) {
  const std::string tariff = one_percent(R"(, "grace": {"days": 10, "then": "from_due_date"})");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31", paid("2026-02-10", "60"))), "2026-02-20"), "8.00");   // 40 from the 1st
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31", paid("2026-02-11", "60"))), "2026-02-20"), "14.60");  // 11 x 1 + 9 x 0.40
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31", paid("2026-02-10", "100"))), "2026-02-20"), "0.00");
}

TEST(a_grace_of_a_month, ends_on_the_day_clipped_to_the_month) {
  const std::string tariff = one_percent(R"(, "grace": {"months": 1, "then": "from_due_date"})");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31")), "2026-02-28"), "0.00");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31")), "2026-03-01"), "29.00");
}

TEST(the_last_day_of_grace, may_move_to_a_business_day) {
  const std::string tariff = one_percent(R"(, "grace": {"days": 8, "then": "from_grace_end", "last_day": {"calendar": "cn", "roll": "following"}})");
  const std::string open = receivable("100", "2026-01-30");  // the 8th day is Saturday 7 February
  const std::string calendar = R"("calendars": [{"calendar": "cn", "from": "2026-01-01", "to": "2026-02-20", "weekend": ["saturday", "sunday"], "days": [{"date": "2026-02-09", "is": "holiday"}]}], )";
  EXPECT_EQ(total(tariff, history_of(open, calendar), "2026-02-10"), "0.00");
  EXPECT_EQ(total(tariff, history_of(open, calendar), "2026-02-11"), "1.00");
  EXPECT_EQ(total(tariff, history_of(open), "2026-02-11"), "P112");
}

TEST(the_start, may_be_a_demand_that_counts_or_not) {
  const std::string later = R"("demands": ["2026-03-10", "2026-02-10", "2026-01-15"])";
  EXPECT_EQ(total(one_percent(R"(, "starts": {"on": "demand"})"), history_of(receivable("100", "2026-01-31", later)), "2026-02-20"), "10.00");
  EXPECT_EQ(total(one_percent(R"(, "starts": {"on": "demand", "that_day_counts": true})"), history_of(receivable("100", "2026-01-31", later)), "2026-02-20"), "11.00");
  EXPECT_EQ(total(one_percent(R"(, "starts": {"on": "demand"})"), history_of(receivable("100", "2026-01-31", R"("demands": ["2026-01-15"])")), "2026-02-20"), "0.00");
  EXPECT_EQ(total(one_percent(R"(, "starts": {"that_day_counts": true})"), history_of(receivable("100", "2026-01-31")), "2026-02-10"), "11.00");
}

TEST(a_monthly_rate, bears_at_completion_or_as_a_month_starts) {
  const auto of = [](std::string_view month) { return tariff_with(R"({"id": "late", "rate": {"percent": "2%", "per": "month", "month": ")" + std::string(month) + "\"}}"); };
  const std::string open = history_of(receivable("100", "2026-01-31", paid("2026-03-15", "50")));
  EXPECT_EQ(total(of("completed"), open, "2026-02-27"), "0.00");
  EXPECT_EQ(total(of("completed"), open, "2026-02-28"), "2.00");
  EXPECT_EQ(total(of("completed"), open, "2026-03-31"), "3.00");
  EXPECT_EQ(total(of("started"), open, "2026-02-01"), "2.00");
  EXPECT_EQ(total(of("started"), open, "2026-03-01"), "4.00");
  EXPECT_EQ(total(of("started"), open, "2026-04-01"), "5.00");
}

TEST(months_after_a_deferral, run_from_its_end) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "2%", "per": "month"}, "grace": {"days": 10, "then": "from_grace_end"}})");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31")), "2026-03-09"), "0.00");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31")), "2026-03-10"), "2.00");
}

TEST(a_yearly_rate, of_actual_years_takes_each_day_over_its_own) {
  // 36500 x 10%: ten days of 2023 at 10 a day, ten of 2024 at 3650/366.
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "10%", "per": "year", "year_of": "actual"}})");
  EXPECT_EQ(total(tariff, history_of(receivable("36500", "2023-12-21")), "2024-01-10"), "199.73");
}

TEST(a_table_by_attribute, gives_so_much_a_month) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"amount": "value.by_type", "per": "month"}})", "SGD");
  const auto of = [](std::string_view type) { return history_of(receivable("60.00", "2026-01-31", R"("facts": [{"name": "unit.type", "is": ")" + std::string(type) + "\"}]")); };
  EXPECT_EQ(total(tariff, of("one_room"), "2026-04-30"), "3.00");
  EXPECT_EQ(total(tariff, of("shop"), "2026-04-30"), "60.00");
  EXPECT_EQ(total(tariff, history_of(receivable("60.00", "2026-01-31")), "2026-04-30"), "P113");
}

TEST(a_rate, may_change_on_a_date) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": [{"from": "2015-01-01", "is": {"percent": "1%", "per": "day"}}, {"from": "2026-02-11", "is": {"percent": "2%", "per": "day"}}]})");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31")), "2026-02-20"), "30.00");
}

}  // namespace
