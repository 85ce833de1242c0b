// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a day: accepted exactly when it exists in the years 1 to 9999, by the rule of leap years.
#include "fuzz/targets.hpp"

#include <dues/tariff/object_reader.hpp>
#include <dues/value/period.hpp>

#include <string>

namespace dues_fuzz {

namespace {

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = c >= '0' && c <= '9' && value >= 0 ? value * 10 + (c - '0') : -1;
  return digits.empty() ? -1 : value;
}

unsigned last_of(int year, int month) {
  static constexpr unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool exists(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= static_cast<int>(last_of(year, month));
}

}  // namespace

void date(std::string_view bytes) {
  const auto day = dues::parse_day(bytes);
  require(day.has_value() == exists(bytes), "what is a day is read");
  if (const auto yearly = dues::parse_month_day(bytes)) {
    require(exists("2024-" + std::string(bytes)), "a day of every year is a day of a leap year");
    for (const int year : {1, 1900, 2024, 9999}) require(dues::on_year(*yearly, year) >= dues::first_day && dues::on_year(*yearly, year) <= dues::last_day, "it falls into its year");
  } else {
    require(!exists("2024-" + std::string(bytes)), "a day of a leap year is one of every year");
  }
  if (!day) return;
  require(*day >= dues::first_day && *day <= dues::last_day, "a day is in range");
  require(dues::to_text(*day) == bytes, "what is written is what was read");
  const dues::ymd parts = dues::to_ymd(*day);
  require(dues::day_from(parts.year, parts.month, parts.day) == day, "its parts make it again");
  require(dues::month_begin(*day) <= *day && *day < dues::next_month_begin(*day), "a day is in its month");
  for (const int months : {1, 3, 12, 1'200}) {
    const std::int64_t k = dues::period_index(*day, months, *day);
    require(k == 0, "the anchor begins the first period");
    const dues::civil_day later = dues::add_months(*day, months);
    require(later > *day && later <= dues::last_day + 1, "a period ends after it begins, in range");
    require(dues::period_index(*day, months, later - 1) == 0, "the day before a period ends is in it");
  }
}

}  // namespace dues_fuzz
