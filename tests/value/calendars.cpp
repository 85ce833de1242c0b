// SPDX-License-Identifier: Apache-2.0
//
// Business days and rolling, over a made-up year 2026 with the weekend of Saturday and Sunday. 26
// September 2026 is a Saturday, and so are 10 and 31 October; 31 December is a Thursday.
#include <dues/value/calendar.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <optional>
#include <string>

namespace {

using dues::business_calendar;
using dues::civil_day;
using dues::roll;

civil_day day(std::string_view text) { return dues::parse_day(text).value(); }
constexpr unsigned saturday_and_sunday = 0b1100000;

business_calendar year_2026() {
  return {"made-up", {day("2026-01-01"), day("2027-01-01")}, saturday_and_sunday,
          {{day("2026-01-01"), false}, {day("2026-10-01"), false}, {day("2026-10-02"), false}, {day("2026-10-10"), true}, {day("2026-12-31"), false}}};
}

TEST(business_days, are_weekdays_but_for_holidays_and_weekends_worked) {
  struct row { const char* on; bool wanted; };
  for (const row& one : {row{"2026-09-25", true}, row{"2026-09-26", false}, row{"2026-09-27", false}, row{"2026-09-28", true}, row{"2026-10-01", false},
                         row{"2026-10-02", false}, row{"2026-10-10", true}, row{"2026-10-11", false}, row{"2026-01-01", false}, row{"2026-01-02", true}})
    EXPECT_EQ(year_2026().is_business_day(day(one.on)), one.wanted) << one.on;
}

TEST(business_days, before_1970_have_weekdays_too) {
  // 20 July 1969 was a Sunday.
  const business_calendar calendar("old", {day("1969-01-01"), day("1970-01-10")}, saturday_and_sunday, {});
  EXPECT_EQ(calendar.is_business_day(day("1969-07-18")), true);
  EXPECT_EQ(calendar.is_business_day(day("1969-07-19")), false);
  EXPECT_EQ(calendar.is_business_day(day("1969-07-20")), false);
  EXPECT_EQ(calendar.is_business_day(day("1969-07-21")), true);
}

TEST(business_days, outside_the_calendar_are_not_known) {
  for (const char* outside : {"2025-12-31", "2027-01-01", "2027-01-04", "0001-01-01", "9999-12-31"}) EXPECT_FALSE(year_2026().is_business_day(day(outside))) << outside;
  EXPECT_FALSE(year_2026().is_business_day(dues::open_end));
}

struct rolling { const char* from; const char* following; const char* preceding; const char* modified; };  // "": nothing

class rolled_day : public testing::TestWithParam<rolling> {};

TEST_P(rolled_day, lands_on_a_business_day_or_nowhere) {
  const rolling& one = GetParam();
  const auto text = [&](roll how) {
    const auto to = year_2026().roll_day(day(one.from), how);
    return to ? to_text(*to) : std::string();
  };
  EXPECT_EQ(text(roll::following), one.following) << one.from;
  EXPECT_EQ(text(roll::preceding), one.preceding) << one.from;
  EXPECT_EQ(text(roll::modified_following), one.modified) << one.from;
}

INSTANTIATE_TEST_SUITE_P(in_2026, rolled_day, testing::Values(
  rolling{"2026-09-25", "2026-09-25", "2026-09-25", "2026-09-25"},  // a business day stays
  rolling{"2026-09-26", "2026-09-28", "2026-09-25", "2026-09-28"},  // SEMANTICS.md, 3
  rolling{"2026-10-01", "2026-10-05", "2026-09-30", "2026-10-05"},  // two holidays and a weekend
  rolling{"2026-10-03", "2026-10-05", "2026-09-30", "2026-10-05"},
  rolling{"2026-10-11", "2026-10-12", "2026-10-10", "2026-10-12"},  // back to the Saturday that is worked
  rolling{"2026-10-31", "2026-11-02", "2026-10-30", "2026-10-30"},  // the next one is in November
  rolling{"2026-12-31", "", "2026-12-30", "2026-12-30"},            // the next one is in another month, whichever it is
  rolling{"2026-01-01", "2026-01-02", "", "2026-01-02"},
  rolling{"2025-12-31", "", "", ""}, rolling{"2027-01-01", "", "", ""}, rolling{"9999-12-31", "", "", ""}));

TEST(rolled_day, is_nothing_where_the_calendar_ends_within_the_month) {
  const business_calendar calendar("short", {day("2026-10-01"), day("2026-10-18")}, saturday_and_sunday, {});
  // 17 October is a Saturday; what the 18th and 19th are is not known.
  EXPECT_FALSE(calendar.roll_day(day("2026-10-17"), roll::following));
  EXPECT_FALSE(calendar.roll_day(day("2026-10-17"), roll::modified_following));
  EXPECT_EQ(calendar.roll_day(day("2026-10-17"), roll::preceding), day("2026-10-16"));
}

TEST(rolled_day, is_nothing_where_no_day_is_a_business_day_or_there_is_no_day) {
  const business_calendar closed("closed", {day("2026-01-01"), day("2027-01-01")}, 0b1111111, {});
  for (const auto how : {roll::following, roll::preceding, roll::modified_following}) {
    EXPECT_FALSE(closed.roll_day(day("2026-06-15"), how));
    EXPECT_FALSE(year_2026().roll_day(dues::open_end, how));
  }
}

// Found by trying every day of the range in turn.
std::optional<civil_day> naive(const std::map<civil_day, bool>& business, civil_day from, roll how) {
  if (!business.contains(from)) return std::nullopt;
  std::optional<civil_day> next;
  std::optional<civil_day> before;
  for (const auto& [at, open] : business) {
    if (open && at >= from && !next) next = at;
    if (open && at <= from) before = at;
  }
  if (how == roll::following) return next;
  if (how == roll::preceding) return before;
  const dues::ymd month = dues::to_ymd(from);
  const bool range_goes_on = business.contains(from) && business.rbegin()->first >= dues::next_month_begin(from) - 1;
  if (next && dues::to_ymd(*next).month == month.month && dues::to_ymd(*next).year == month.year) return next;
  return range_goes_on ? before : std::nullopt;
}

RC_GTEST_PROP(rolled_day_property, is_the_one_that_trying_every_day_finds, ()) {
  const civil_day first = day("2026-01-01") + *rc::gen::inRange(-400, 400);
  const int length = *rc::gen::inRange(1, 80);
  const auto weekend = *rc::gen::inRange(0U, 128U);
  std::vector<std::pair<civil_day, bool>> exceptions;
  std::map<civil_day, bool> business;
  for (int i = 0; i < length; ++i) {
    const auto weekday = static_cast<unsigned>((first + i - day("2024-01-01")) % 7 + 7) % 7;  // 1 January 2024 was a Monday
    business[first + i] = (weekend & (1U << weekday)) == 0;
    if (*rc::gen::inRange(0, 8) == 0) {
      const bool open = *rc::gen::arbitrary<bool>();
      exceptions.emplace_back(first + i, open);
      business[first + i] = open;
    }
  }
  const business_calendar calendar("drawn", {first, first + length}, weekend, exceptions);
  const civil_day from = first + *rc::gen::inRange(-2, length + 2);
  for (const auto how : {roll::following, roll::preceding, roll::modified_following}) {
    const bool same = calendar.roll_day(from, how) == naive(business, from, how);
    RC_ASSERT(same);
  }
}

}  // namespace
