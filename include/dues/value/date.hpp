// SPDX-License-Identifier: Apache-2.0
//
// Civil days without a time zone, by Howard Hinnant's date. Periods are half-open.
#pragma once

#include <dues/config.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

DUES_BEGIN

/// Days since 1970-01-01, proleptic Gregorian, years 1 to 9999.
struct civil_day {
  std::int32_t days = 0;

  friend constexpr auto operator<=>(const civil_day&, const civil_day&) = default;
  friend constexpr civil_day operator+(civil_day day, int n) { return {day.days + n}; }
  friend constexpr civil_day operator-(civil_day day, int n) { return {day.days - n}; }
  friend constexpr int operator-(civil_day a, civil_day b) { return a.days - b.days; }
};

struct ymd {
  int year = 1970;
  unsigned month = 1, day = 1;
  friend bool operator==(const ymd&, const ymd&) = default;
};

inline constexpr civil_day first_day{-719162};  // 0001-01-01
inline constexpr civil_day last_day{2932896};   // 9999-12-31
inline constexpr civil_day open_end{INT32_MAX}; // no end

/// Nothing for a day that does not exist, or outside the years 1 to 9999.
std::optional<civil_day> day_from(int year, unsigned month, unsigned day) noexcept;
ymd to_ymd(civil_day day) noexcept;
/// Reads YYYY-MM-DD, ASCII digits only.
std::optional<civil_day> parse_day(std::string_view text) noexcept;
/// YYYY-MM-DD; empty for open_end and every other day outside the years 1 to 9999.
std::string to_text(civil_day day);

unsigned days_in_month(int year, unsigned month) noexcept;
int days_in_year(int year) noexcept;
/// The same day of the month `months` later, clipped to the month's length; held inside the years
/// 1 to 9999, where the day after last_day stands for all that lies beyond.
civil_day add_months(civil_day day, std::int64_t months) noexcept;
civil_day month_begin(civil_day day) noexcept;
civil_day next_month_begin(civil_day day) noexcept;

/// [from, to)
struct day_range {
  civil_day from, to;

  constexpr bool empty() const noexcept { return !(from < to); }
  constexpr int days() const noexcept { return empty() ? 0 : to - from; }
  constexpr bool contains(civil_day day) const noexcept { return from <= day && day < to; }
  friend bool operator==(const day_range&, const day_range&) = default;
};

constexpr day_range intersect(day_range a, day_range b) noexcept {
  return {a.from < b.from ? b.from : a.from, a.to < b.to ? a.to : b.to};
}

DUES_END
