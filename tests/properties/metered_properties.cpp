// SPDX-License-Identifier: Apache-2.0
//
// What holds for metered fees whatever is read and when: the steps of a year care nothing for how it is cut
// into bills, and estimates cost nothing in the end.
#include <dues/dues.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace {

struct shown {
  int month;  ///< read on its last day, of 2026; 0: the last of 2025
  std::int64_t tenths;
  bool estimated = false;
};

std::string tariff_text(const std::string& price, const std::string& more) {
  return R"({"dues_tariff": "1", "id": "t", "edition": "1", "from": "2020-01-01", "currency": "CNY", "name": {"en": "T"},
             "reads": {"meters": [{"id": "water", "of": "unit", "unit": "m3"}]},
             "schedules": [{"id": "read", "kind": "readings", "due": {"days_after_issue": 15}}],
             "fees": [{"id": "water", "kind": "metered", "name": {"en": "W"}, "meter": "water", "schedule": "read", "price": )" + price + more + "}]}";
}

std::string decimal_text(std::int64_t units, int places) { return dues::decimal::make(dues::int128(units), places)->to_text(); }

std::string facts_text(std::span<const shown> readings) {
  std::string rows;
  for (const shown& one : readings) {
    const dues::civil_day end = dues::add_months(*dues::day_from(2026, 1, 1), one.month) - 1;
    rows += std::string(rows.empty() ? "" : ", ") + R"({"meter": "M", "read_on": ")" + dues::to_text(end) + R"(", "reading": ")" + decimal_text(one.tenths, 1) + R"(", "kind": ")" + (one.estimated ? "estimated" : "actual") + "\"}";
  }
  return R"({"dues_facts": "1", "units": [{"unit": "1", "from": "2020-01-01"}], "tenures": [{"unit": "1", "account": "A", "role": "owner", "from": "2020-01-01"}],
             "meters": [{"meter": "M", "kind": "water", "unit": "1", "from": "2020-01-01"}], "readings": [)" + rows + "]}";
}

dues::billing bill(const std::shared_ptr<const dues::program>& tariff, std::span<const shown> readings, dues::day_range days, const dues::billed_before* before = nullptr) {
  const dues::facts_result known = dues::load_facts(tariff, facts_text(readings));
  RC_ASSERT(known.found.all().empty());
  dues::bill_request asked;
  asked.days = days;
  asked.select = dues::selection::service;
  return dues::make_bills(known.loaded, asked, before);
}

const dues::day_range whole_year{*dues::day_from(2026, 1, 1), *dues::day_from(2027, 1, 1)};

std::int64_t total(const dues::billing& made) {
  std::int64_t sum = 0;
  for (const dues::line& one : made.lines) {
    RC_ASSERT(one.fault < 0);
    sum += one.amount;
  }
  return sum;
}

/// Steps of a year; limits in whole units, prices in cents or in hundredths of a cent.
std::string steps(int places) {
  std::string all;
  std::int64_t limit = 0;
  const auto count = *rc::gen::inRange(0, 4);
  const auto price = [&] { return "\"is\": \"" + decimal_text(*rc::gen::inRange<std::int64_t>(0, 99'999), places) + "\"}"; };
  for (int k = 0; k < count; ++k) all += "{\"up_to\": " + std::to_string(limit += *rc::gen::inRange<std::int64_t>(1, 150)) + ", " + price() + ", ";
  return R"({"tiers": "graduated", "window": "calendar_year", "steps": [)" + all + "{" + price() + "]}";
}

/// The last of each year, and any months between.
std::vector<shown> readings_of_a_year(std::int64_t unit) {
  std::vector<shown> all{{0, *rc::gen::inRange<std::int64_t>(0, 1'000) * unit}};
  for (int month = 1; month <= 12; ++month)
    if (month == 12 || *rc::gen::arbitrary<bool>()) all.push_back({month, all.back().tenths + *rc::gen::inRange<std::int64_t>(0, 90) * unit});
  return all;
}

RC_GTEST_PROP(a_year_of_usage, cut_into_any_bills_has_the_exact_sum_of_one, ()) {
  const auto tariff = dues::compile(tariff_text(steps(2), "")).compiled;
  RC_ASSERT(tariff != nullptr);
  const std::vector<shown> readings = readings_of_a_year(10);
  const std::vector<shown> once{readings.front(), readings.back()};
  const dues::billing cut = bill(tariff, readings, whole_year);
  RC_ASSERT(cut.lines.size() == readings.size() - 1);
  RC_ASSERT(total(cut) == total(bill(tariff, once, whole_year)));
  // Each line of it alone is what it is among the others.
  const std::size_t k = *rc::gen::inRange<std::size_t>(1, readings.size());
  const dues::civil_day closed = dues::add_months(*dues::day_from(2026, 1, 1), readings[k].month) - 1;
  RC_ASSERT(total(bill(tariff, readings, {closed, closed + 1})) == cut.lines[k - 1].amount);
}

RC_GTEST_PROP(a_year_of_usage, has_the_same_cents_where_the_running_total_rounds, ()) {
  const auto tariff = dues::compile(tariff_text(steps(4), R"(, "rounding": {"of": "running_total"})")).compiled;
  RC_ASSERT(tariff != nullptr);
  const std::vector<shown> readings = readings_of_a_year(1);
  const std::vector<shown> once{readings.front(), readings.back()};
  RC_ASSERT(total(bill(tariff, readings, whole_year)) == total(bill(tariff, once, whole_year)));
}

RC_GTEST_PROP(estimates, once_corrected_cost_what_real_readings_alone_cost, ()) {
  const auto tariff = dues::compile(tariff_text(steps(4), "")).compiled;
  RC_ASSERT(tariff != nullptr);
  std::vector<shown> readings = readings_of_a_year(1);
  std::vector<shown> real{readings.front()};
  for (std::size_t i = 1; i + 1 < readings.size(); ++i) {
    readings[i].estimated = *rc::gen::arbitrary<bool>();
    if (!readings[i].estimated) real.push_back(readings[i]);
  }
  real.push_back(readings.back());
  // Billed month by month as the readings come; estimates guess what they like, but not more than is read later.
  dues::billed_before before;
  std::int64_t billed = 0;
  for (std::size_t i = 1; i < readings.size(); ++i) {
    const dues::civil_day end = dues::add_months(*dues::day_from(2026, 1, 1), readings[i].month);
    const dues::billing made = bill(tariff, std::span(readings).first(i + 1), {end - 1, end}, &before);
    RC_ASSERT(made.found.all().empty());
    billed += total(made);
    dues::diagnostics found;
    RC_ASSERT(dues::read_billed(*tariff, dues::to_json(made), before, found));
  }
  RC_ASSERT(billed == total(bill(tariff, real, whole_year)));
}

}  // namespace
