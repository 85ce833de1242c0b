// SPDX-License-Identifier: Apache-2.0
//
// Boundaries from an anchor, and the period that a day lies in, which is their inverse.
#include <dues/value/period.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>

namespace {

using dues::boundary;
using dues::civil_day;
using dues::period_index;

civil_day day(std::string_view text) { return dues::parse_day(text).value(); }

TEST(boundaries, of_31_january_by_the_month_do_not_stick_to_the_29th) {
  const civil_day anchor = day("2024-01-31");
  const char* wanted[] = {"2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"};
  for (std::int64_t k = 0; k < 5; ++k) EXPECT_EQ(to_text(boundary(anchor, 1, k)), wanted[k]);
  EXPECT_EQ(to_text(boundary(anchor, 1, -1)), "2023-12-31");
  EXPECT_EQ(to_text(boundary(anchor, 1, -2)), "2023-11-30");
}

TEST(boundaries, of_longer_periods_are_counted_in_months_too) {
  EXPECT_EQ(to_text(boundary(day("2023-11-30"), 3, 1)), "2024-02-29");
  EXPECT_EQ(to_text(boundary(day("2023-11-30"), 3, 2)), "2024-05-30");
  EXPECT_EQ(to_text(boundary(day("2024-02-29"), 12, 1)), "2025-02-28");
  EXPECT_EQ(to_text(boundary(day("2024-02-29"), 12, 4)), "2028-02-29");
}

TEST(boundaries, stay_inside_the_years_however_far_they_are_asked) {
  EXPECT_EQ(boundary(day("2024-01-31"), 24, INT64_MAX), dues::last_day + 1);
  EXPECT_EQ(boundary(day("2024-01-31"), 24, INT64_MIN), dues::first_day);
}

TEST(period_of_a_day, begins_on_its_boundary) {
  struct row { const char* anchor; int months; const char* at; std::int64_t wanted; };
  for (const row& one : {
         row{"2024-01-31", 1, "2024-02-28", 0}, row{"2024-01-31", 1, "2024-02-29", 1}, row{"2024-01-31", 1, "2024-03-30", 1},
         row{"2024-01-31", 1, "2024-03-31", 2}, row{"2024-01-31", 1, "2024-01-30", -1}, row{"2024-01-31", 1, "2023-12-31", -1},
         row{"2024-01-31", 1, "2023-12-30", -2}, row{"2026-01-01", 3, "2026-03-31", 0}, row{"2026-01-01", 3, "2026-04-01", 1},
         row{"2026-01-01", 3, "2025-12-31", -1}, row{"2024-02-29", 12, "2025-02-27", 0}, row{"2024-02-29", 12, "2025-02-28", 1}})
    EXPECT_EQ(period_index(day(one.anchor), one.months, day(one.at)), one.wanted) << one.anchor << " " << one.at;
}

TEST(period_of_a_day, is_found_at_both_ends_of_the_calendar) {
  for (const char* anchor : {"0001-01-01", "0001-01-15", "0001-03-31", "2024-01-31", "9999-12-31", "9999-12-01"})
    for (const int months : {1, 3, 12, 24})
      for (const civil_day at : {dues::first_day, dues::first_day + 2, dues::last_day - 1, dues::last_day}) {
        const std::int64_t k = period_index(day(anchor), months, at);
        EXPECT_LE(boundary(day(anchor), months, k), at) << anchor << " " << months << " " << to_text(at);
        EXPECT_GT(boundary(day(anchor), months, k + 1), at) << anchor << " " << months << " " << to_text(at);
      }
}

civil_day any_day(int first_year, int last_year) {
  const int year = *rc::gen::inRange(first_year, last_year + 1);
  const auto month = *rc::gen::inRange(1U, 13U);
  // The days at the month's end, which are clipped, come up as often as all others.
  const auto number = *rc::gen::oneOf(rc::gen::inRange(1U, 32U), rc::gen::inRange(28U, 32U));
  return dues::day_from(year, month, std::min(number, dues::days_in_month(year, month))).value();
}

RC_GTEST_PROP(period_property, a_day_lies_between_its_boundaries, ()) {
  const civil_day anchor = any_day(1600, 2600);
  const civil_day at = any_day(1600, 2600);
  const int months = *rc::gen::inRange(1, 25);
  const std::int64_t k = period_index(anchor, months, at);
  RC_ASSERT(boundary(anchor, months, k) <= at);
  RC_ASSERT(at < boundary(anchor, months, k + 1));
}

RC_GTEST_PROP(period_property, the_period_of_a_boundary_is_its_number, ()) {
  const civil_day anchor = any_day(1600, 2600);
  const int months = *rc::gen::inRange(1, 25);
  const auto k = *rc::gen::inRange<std::int64_t>(-500, 501);
  RC_ASSERT(period_index(anchor, months, boundary(anchor, months, k)) == k);
  RC_ASSERT(period_index(anchor, months, boundary(anchor, months, k) - 1) == k - 1);
}

RC_GTEST_PROP(period_property, boundaries_rise_and_keep_the_anchors_day_or_the_months_last, ()) {
  const civil_day anchor = any_day(1600, 2600);
  const int months = *rc::gen::inRange(1, 25);
  const auto k = *rc::gen::inRange<std::int64_t>(-500, 501);
  const dues::ymd is = dues::to_ymd(boundary(anchor, months, k));
  RC_ASSERT(is.day == std::min(dues::to_ymd(anchor).day, dues::days_in_month(is.year, is.month)));
  RC_ASSERT(boundary(anchor, months, k) < boundary(anchor, months, k + 1));
}

}  // namespace
