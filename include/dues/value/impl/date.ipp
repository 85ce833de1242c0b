// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/value/date.hpp>

#include <algorithm>
#include <date/date.h>

DUES_BEGIN

namespace detail {
inline constexpr int first_year = 1;
inline constexpr int last_year = 9999;
}  // namespace detail

std::optional<civil_day> day_from(int year, unsigned month, unsigned day) noexcept {
  // date's own month and day are bytes: 257 would be 1 there.
  if (year < detail::first_year || year > detail::last_year || month > 12 || day > 31) return std::nullopt;
  const ::date::year_month_day made{::date::year{year}, ::date::month{month}, ::date::day{day}};
  if (!made.ok()) return std::nullopt;
  return civil_day{static_cast<std::int32_t>(::date::sys_days{made}.time_since_epoch().count())};
}

ymd to_ymd(civil_day day) noexcept {
  const ::date::year_month_day at{::date::sys_days{::date::days{day.days}}};
  return {static_cast<int>(at.year()), static_cast<unsigned>(at.month()), static_cast<unsigned>(at.day())};
}

std::optional<civil_day> parse_day(std::string_view text) noexcept {
  constexpr std::size_t length = 10;
  if (text.size() != length || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  std::size_t part = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (i == 4 || i == 7) {
      ++part;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    parts[part] = parts[part] * 10 + (text[i] - '0');
  }
  return day_from(parts[0], static_cast<unsigned>(parts[1]), static_cast<unsigned>(parts[2]));
}

std::string to_text(civil_day day) {
  if (day < first_day || day > last_day) return {};
  const ymd at = to_ymd(day);
  std::string out = "0000-00-00";
  const auto put = [&](std::size_t last, int value) {
    for (; value != 0; value /= 10) out[last--] = static_cast<char>('0' + value % 10);
  };
  put(3, at.year);
  put(6, static_cast<int>(at.month));
  put(9, static_cast<int>(at.day));
  return out;
}

unsigned days_in_month(int year, unsigned month) noexcept {
  const ::date::year_month_day_last last{::date::year{year}, ::date::month_day_last{::date::month{month}}};
  return static_cast<unsigned>(last.day());
}

int days_in_year(int year) noexcept { return ::date::year{year}.is_leap() ? 366 : 365; }

civil_day add_months(civil_day day, std::int64_t months) noexcept {
  const ymd at = to_ymd(day);
  constexpr std::int64_t year_months = 12;
  constexpr std::int64_t most = year_months * detail::last_year;  // further than any two days are apart
  months = std::clamp(months, -most, most);
  const std::int64_t total = at.year * year_months + static_cast<std::int64_t>(at.month) - 1 + months;
  const std::int64_t year = total >= 0 ? total / year_months : -((-total + year_months - 1) / year_months);
  if (year < detail::first_year) return first_day;
  if (year > detail::last_year) return last_day + 1;
  const auto month = static_cast<unsigned>(total - year * year_months + 1);
  const unsigned clipped = std::min(at.day, days_in_month(static_cast<int>(year), month));
  return *day_from(static_cast<int>(year), month, clipped);
}

civil_day month_begin(civil_day day) noexcept { return day - (static_cast<int>(to_ymd(day).day) - 1); }
civil_day next_month_begin(civil_day day) noexcept {
  const ymd at = to_ymd(day);
  return month_begin(day) + static_cast<int>(days_in_month(at.year, at.month));
}

DUES_END
