// SPDX-License-Identifier: Apache-2.0
//
// Civil days: which exist, how they are written, and months counted from a day. The calendar that they
// are tested against is the rule of the leap years, walked day by day.
#include <dues/value/date.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <tuple>

namespace {

using dues::civil_day;
using dues::day_range;

civil_day day(std::string_view text) { return dues::parse_day(text).value(); }

constexpr bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
constexpr unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
unsigned length_of(int year, unsigned month) { return month == 2 && is_leap(year) ? 29 : lengths[month - 1]; }

TEST(civil_days, every_fourth_year_is_a_leap_year_but_of_the_centuries_only_every_fourth) {
  struct row { int year; unsigned february; };
  for (const row& one : {row{1900, 28}, row{2000, 29}, row{2023, 28}, row{2024, 29}, row{2100, 28}, row{2400, 29}, row{4, 29}, row{100, 28}}) {
    EXPECT_EQ(dues::days_in_month(one.year, 2), one.february) << one.year;
    EXPECT_EQ(dues::days_in_year(one.year), one.february == 29 ? 366 : 365) << one.year;
    EXPECT_EQ(dues::day_from(one.year, 2, 29).has_value(), one.february == 29) << one.year;
  }
  EXPECT_EQ(day("1900-03-01") - day("1900-02-28"), 1);
  EXPECT_EQ(day("2000-03-01") - day("2000-02-28"), 2);
  EXPECT_EQ(day("2100-03-01") - day("2100-02-28"), 1);
}

TEST(civil_days, are_counted_from_1970) {
  EXPECT_EQ(day("1970-01-01").days, 0);
  EXPECT_EQ(day("1969-12-31").days, -1);
  EXPECT_EQ(day("2000-01-01").days, 10957);  // 30 x 365 and 7 leap days
  EXPECT_EQ(day("0001-01-01"), dues::first_day);
  EXPECT_EQ(day("9999-12-31"), dues::last_day);
}

TEST(civil_days, follow_each_other_as_the_months_and_leap_years_say) {
  int year = 1;
  unsigned month = 1;
  unsigned number = 1;
  for (civil_day at = dues::first_day; at <= dues::last_day; at = at + 1) {
    const dues::ymd is = dues::to_ymd(at);
    ASSERT_EQ(std::tuple(is.year, is.month, is.day), std::tuple(year, month, number)) << at.days;
    ASSERT_EQ(dues::day_from(year, month, number), at);
    if (number < length_of(year, month)) {
      ++number;
    } else {
      number = 1;
      year += month == 12 ? 1 : 0;
      month = month % 12 + 1;
    }
  }
  EXPECT_EQ(year, 10000);
}

TEST(civil_days, are_written_with_ten_characters_and_read_back) {
  EXPECT_EQ(to_text(dues::first_day), "0001-01-01");
  EXPECT_EQ(to_text(dues::last_day), "9999-12-31");
  EXPECT_EQ(to_text(civil_day{0}), "1970-01-01");
  for (civil_day at = dues::first_day; at <= dues::last_day; at = at + 37) ASSERT_EQ(dues::parse_day(to_text(at)), at);
}

TEST(civil_days, beyond_the_last_day_nothing_is_written) {
  EXPECT_EQ(to_text(dues::open_end), "");
  EXPECT_EQ(to_text(dues::last_day + 1), "");
  EXPECT_EQ(to_text(dues::first_day - 1), "");
}

TEST(civil_days, only_days_that_exist_are_read) {
  for (const char* text : {"2026-02-29", "2026-02-30", "2100-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32", "0000-12-31"})
    EXPECT_FALSE(dues::parse_day(text)) << text;
}

TEST(civil_days, are_read_only_as_year_month_day_in_ascii_digits) {
  for (const std::string& text : {std::string(), std::string("2026"), std::string("2026-1-1"), std::string("2026-01-1"), std::string("26-01-01"),
                                  std::string("2026/01/01"), std::string("20260101"), std::string("01-01-2026"), std::string("2026-01-01 "),
                                  std::string(" 2026-01-01"), std::string("2026-01-01T00:00:00"), std::string("+026-01-01"), std::string("-026-01-01"),
                                  std::string("2026--1-01"), std::string("10000-01-01"), std::string("2026-01-0\xEF\xBC\x91"), std::string("2026-01-\xD9\xA1"),
                                  std::string("2026-01-0\0", 10)})
    EXPECT_FALSE(dues::parse_day(text)) << text;
}

TEST(civil_days, numbers_that_name_no_day_give_nothing) {
  EXPECT_FALSE(dues::day_from(0, 1, 1));
  EXPECT_FALSE(dues::day_from(10000, 1, 1));
  EXPECT_FALSE(dues::day_from(-1, 1, 1));
  // 257 and 256 + 13 would be 1 and 13 if they were cut to a byte, 65537 would be 1 if cut to two.
  for (const unsigned wrong : {0U, 13U, 256U, 257U, 269U, 65537U}) EXPECT_FALSE(dues::day_from(2024, wrong, 1)) << wrong;
  for (const unsigned wrong : {0U, 32U, 256U, 257U, 287U, 65537U}) EXPECT_FALSE(dues::day_from(2024, 1, wrong)) << wrong;
  EXPECT_FALSE(dues::day_from(65536 + 2024, 1, 1));
}

// ---- months ----

TEST(months, later_keep_the_day_or_the_months_last) {
  struct row { const char* from; std::int64_t months; const char* wanted; };
  for (const row& one : {
         row{"2024-01-31", 1, "2024-02-29"}, row{"2024-01-31", 2, "2024-03-31"}, row{"2024-01-31", 3, "2024-04-30"}, row{"2023-01-31", 1, "2023-02-28"},
         row{"2024-02-29", 12, "2025-02-28"}, row{"2024-02-29", 48, "2028-02-29"}, row{"2024-03-31", -1, "2024-02-29"}, row{"2024-01-15", -1, "2023-12-15"},
         row{"2024-12-31", 1, "2025-01-31"}, row{"2024-01-01", -12, "2023-01-01"}, row{"2024-05-31", 0, "2024-05-31"}, row{"2000-02-29", 1200, "2100-02-28"}})
    EXPECT_EQ(to_text(dues::add_months(day(one.from), one.months)), one.wanted) << one.from << " " << one.months;
}

TEST(months, agree_with_walking_month_by_month) {
  for (const char* from : {"1999-12-31", "2000-02-29", "2024-01-30", "2024-08-01"}) {
    const dues::ymd start = dues::to_ymd(day(from));
    int year = start.year;
    unsigned month = start.month;
    for (int k = 0; k <= 500; ++k) {
      const unsigned last = length_of(year, month);
      ASSERT_EQ(dues::to_ymd(dues::add_months(day(from), k)), (dues::ymd{year, month, start.day < last ? start.day : last})) << from << " " << k;
      year += month == 12 ? 1 : 0;
      month = month % 12 + 1;
    }
  }
}

TEST(months, are_held_inside_the_years_1_to_9999) {
  EXPECT_EQ(dues::add_months(day("9999-11-30"), 1), day("9999-12-30"));
  EXPECT_EQ(dues::add_months(day("9999-11-30"), 2), dues::last_day + 1);
  EXPECT_EQ(dues::add_months(day("2024-01-31"), 12 * 9999), dues::last_day + 1);
  EXPECT_EQ(dues::add_months(day("2024-01-31"), INT64_MAX), dues::last_day + 1);
  EXPECT_EQ(dues::add_months(day("0001-02-15"), -1), day("0001-01-15"));
  EXPECT_EQ(dues::add_months(day("0001-02-15"), -2), dues::first_day);
  EXPECT_EQ(dues::add_months(day("2024-01-31"), INT64_MIN), dues::first_day);
}

TEST(months, begin_on_their_first_day) {
  EXPECT_EQ(dues::month_begin(day("2024-02-29")), day("2024-02-01"));
  EXPECT_EQ(dues::month_begin(day("2024-02-01")), day("2024-02-01"));
  EXPECT_EQ(dues::next_month_begin(day("2024-02-01")), day("2024-03-01"));
  EXPECT_EQ(dues::next_month_begin(day("2023-12-31")), day("2024-01-01"));
  EXPECT_EQ(dues::next_month_begin(dues::last_day), dues::last_day + 1);
  EXPECT_EQ(dues::month_begin(dues::first_day), dues::first_day);
}

// ---- ranges ----

TEST(day_ranges, hold_their_first_day_and_not_their_end) {
  const day_range january{day("2026-01-01"), day("2026-02-01")};
  EXPECT_EQ(january.days(), 31);
  EXPECT_TRUE(january.contains(day("2026-01-01")));
  EXPECT_TRUE(january.contains(day("2026-01-31")));
  EXPECT_FALSE(january.contains(day("2026-02-01")));
  EXPECT_FALSE(january.contains(day("2025-12-31")));
}

TEST(day_ranges, that_end_where_they_begin_or_before_are_empty) {
  const day_range none{day("2026-01-01"), day("2026-01-01")};
  const day_range backwards{day("2026-01-02"), day("2026-01-01")};
  EXPECT_TRUE(none.empty());
  EXPECT_TRUE(backwards.empty());
  EXPECT_EQ(none.days(), 0);
  EXPECT_EQ(backwards.days(), 0);
  EXPECT_FALSE(backwards.contains(day("2026-01-01")));
}

TEST(day_ranges, have_in_common_the_days_of_both) {
  const day_range january{day("2026-01-01"), day("2026-02-01")};
  const day_range from_20th{day("2026-01-20"), dues::open_end};
  EXPECT_EQ(intersect(january, from_20th), (day_range{day("2026-01-20"), day("2026-02-01")}));
  EXPECT_EQ(intersect(from_20th, january), intersect(january, from_20th));
  EXPECT_TRUE(intersect(january, {day("2026-02-01"), day("2026-03-01")}).empty());
}

}  // namespace
