// SPDX-License-Identifier: Apache-2.0
//
// What penalties bear on beside principal, compounding, roundings, waivers, posting, and published rates.
// Amounts worked by hand.
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

TEST(costs, bear_where_the_policy_says_so) {
  const std::string tariff = one_percent(R"(, "on": ["principal", "costs"])");
  const std::string costs = R"("costs": [{"on": "2026-02-05", "amount": "100"}, {"on": "2026-02-10", "amount": "-100"}])";
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31", costs)), "2026-02-20"), "25.00");
  EXPECT_EQ(total(one_percent(""), history_of(receivable("100", "2026-01-31", costs)), "2026-02-20"), "20.00");
}

TEST(a_component, bears_on_what_is_open_of_another_at_the_start_of_the_day) {
  // 10.00 once on 1 February, paid on the 10th: interest of 1% a day on 110 from the 2nd to the 10th, else on 100.
  const std::string tariff = tariff_with(R"({"id": "fee", "class": "costs", "rate": {"amount": "10", "per": "once"}},
    {"id": "interest", "class": "interest", "on": ["principal", "fee"], "rate": {"percent": "1%", "per": "day"}})");
  const std::string open = R"("settled": [{"kind": "payment", "component": "fee", "on": "2026-02-10", "amount": "10"}])";
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31", open)), "2026-02-20"), "10.00 20.90");
}

TEST(a_component, bears_on_another_that_grows_daily_by_its_rounded_total) {
  // 1% of 100 a day; of it 10% a day: 0, 0.10, 0.20, ... over ten days 4.50.
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}}, {"id": "more", "class": "interest", "on": ["late"], "rate": {"percent": "10%", "per": "day"}})");
  EXPECT_EQ(total(tariff, history_of(receivable("100", "2026-01-31")), "2026-02-10"), "10.00 4.50");
}

TEST(compounding, adds_what_is_unpaid_at_each_anniversary) {
  const auto of = [](std::string_view more) { return tariff_with(R"({"id": "late", "class": "interest", "rate": {"percent": "10%", "per": "year"}, "compounds_every_months": 12)" + std::string(more) + "}"); };
  const std::string open = history_of(receivable("1000", "2022-12-31"));
  EXPECT_EQ(total(of(""), open, "2023-12-31"), "100.00");
  EXPECT_EQ(total(of(""), open, "2024-12-31"), "210.00");  // a year of 366 days is a whole period too
  EXPECT_EQ(total(of(""), open, "2025-03-14"), "234.20");  // 1210 x 10% x 73/365 = 24.20
  EXPECT_EQ(total(of(R"(, "broken_year": "by_months")"), open, "2025-03-31"), "240.25");  // 1210 x 10% x 3/12
  const std::string interest_paid = history_of(receivable("1000", "2022-12-31", R"("settled": [{"kind": "payment", "on": "2023-12-31", "amount": "100"}])"));
  EXPECT_EQ(total(of(""), interest_paid, "2024-12-31"), "200.00");
}

TEST(a_rounding_of_each_segment, rounds_the_parts) {
  // 268.80 for three days 0.4032, 168.80 for three days 0.2532: 0.40 + 0.25; together 0.6564.
  const auto of = [](std::string_view which) { return tariff_with(R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}, "rounding": {"of": ")" + std::string(which) + "\"}}"); };
  const std::string open = history_of(receivable("268.80", "2026-01-31", paid("2026-02-03", "100")));
  EXPECT_EQ(total(of("segment"), open, "2026-02-06"), "0.65");
  EXPECT_EQ(total(of("total"), open, "2026-02-06"), "0.66");
}

TEST(a_waiver, takes_what_is_left_and_stays_as_recorded) {
  // 8 waived of a penalty of 4 takes 4; if a reversed payment lifts the penalty to 10, 2 is open.
  const std::string waiver = R"("settled": [{"kind": "waiver", "on": "2026-02-10", "amount": "8"}])";
  const auto low = accrued(one_percent(""), history_of(receivable("40", "2026-01-31", waiver)), "2026-02-10");
  EXPECT_EQ(total_of(low), "4.00");
  EXPECT_EQ(units(low.components[0].waived), "4.00");
  EXPECT_EQ(units(low.open()), "0.00");
  ASSERT_EQ(low.found.all().size(), 1U);
  EXPECT_EQ(low.found.all()[0].code, "P121");
  EXPECT_EQ(low.found.all()[0].level, dues::severity::warning);
  const auto high = accrued(one_percent(""), history_of(receivable("100", "2026-01-31", waiver)), "2026-02-10");
  EXPECT_EQ(units(high.open()), "2.00");
}

TEST(posting, daily_monthly_or_once_gives_the_same_and_a_late_payment_takes_back) {
  const auto made = dues_test::read(one_percent(""), history_of(receivable("33.33", "2026-01-31")));
  dues::int128 posted = 0;
  for (dues::civil_day d = day("2026-02-01"); d <= day("2026-03-31"); d = d + 1) {
    const auto now = dues::accrue(made.terms, made.receivables[0], d);
    posted += dues::to_post(now.components[0], posted);
  }
  EXPECT_EQ(units(posted), "19.66");  // 33.33 x 1% x 59 = 19.6647
  auto paid_early = made.receivables[0];
  paid_early.changes.push_back({day("2026-02-28"), dues::principal_change_kind::payment, 3333});
  const auto after = dues::accrue(made.terms, paid_early, day("2026-03-31"));
  EXPECT_EQ(units(dues::to_post(after.components[0], posted)), "-10.33");  // 9.33 instead of 19.66
}

TEST(a_rate_held_at_a_date, does_not_move) {
  const std::string rates = R"("references": [{"reference": "lpr", "from": "2026-01-01", "value": "3.65%"}, {"reference": "lpr", "from": "2026-02-11", "to": "2026-02-15", "value": "7.30%"}], )";
  const auto of = [](std::string_view fixed) { return tariff_with(R"({"id": "late", "rate": {"reference": "lpr", "times": "1.5", "per": "year")" + std::string(fixed) + "}, \"grace\": {\"days\": 11, \"then\": \"from_grace_end\"}}"); };
  // Ten days from 12 February; 1000 x 3.65% x 1.5 / 365 = 0.15 a day.
  EXPECT_EQ(total(of(R"(, "fixed_on": "due_date")"), history_of(receivable("1000", "2026-01-31"), rates), "2026-02-21"), "1.50");
  EXPECT_EQ(total(of(R"(, "fixed_on": "start")"), history_of(receivable("1000", "2026-01-31"), rates), "2026-02-21"), "3.00");
  EXPECT_EQ(total(of(R"(, "fixed_on": "demand")"), history_of(receivable("1000", "2026-01-31", R"("demands": ["2026-02-01"])"), rates), "2026-02-21"), "1.50");
  EXPECT_EQ(total(of(R"(, "fixed_on": "demand")"), history_of(receivable("1000", "2026-01-31"), rates), "2026-02-21"), "P119");
  EXPECT_EQ(total(of(""), history_of(receivable("1000", "2026-01-31"), rates), "2026-02-14"), "0.90");
  EXPECT_EQ(total(of(""), history_of(receivable("1000", "2026-01-31"), rates), "2026-02-15"), "P111");
}

TEST(a_published_rate, that_is_not_known_for_a_day_is_an_error_that_says_what_is_known) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"reference": "lpr", "per": "year"}})");
  const std::string gap = R"("references": [{"reference": "lpr", "from": "2026-01-01", "to": "2026-02-05", "value": "3%"}, {"reference": "lpr", "from": "2026-02-10", "to": "2026-03-01", "value": "3%"}], )";
  const auto told = [&](std::string_view due, std::string_view as_of) {
    const auto made = accrued(tariff, history_of(receivable("1000", due), gap), as_of);
    return made.ok() ? std::string("fine") : dues::message(made.found.all()[0]) + made.found.all()[0].pointer;
  };
  EXPECT_EQ(told("2026-01-31", "2026-02-04"), "fine");
  EXPECT_EQ(told("2026-01-31", "2026-02-20"), "lpr has no value on 2026-02-05; the first is of 2026-01-01/penalties/0/components/0/rate");
  EXPECT_EQ(told("2026-02-20", "2026-03-05"), "lpr ends: no value on 2026-03-01, the last known day is 2026-02-28/penalties/0/components/0/rate");
  EXPECT_EQ(total(tariff, history_of(receivable("1000", "2026-01-31")), "2026-02-04"), "P109");
}

}  // namespace
