// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/value/calendar.hpp>

#include <algorithm>

DUES_BEGIN

std::optional<bool> business_calendar::is_business_day(civil_day day) const noexcept {
  if (!covered_.contains(day)) return std::nullopt;
  const auto at = std::lower_bound(exceptions_.begin(), exceptions_.end(), std::pair(day, false));
  if (at != exceptions_.end() && at->first == day) return at->second;
  constexpr int week = 7;
  constexpr int epoch_weekday = 3;  // 1970-01-01 was a Thursday
  const int weekday = ((day.days + epoch_weekday) % week + week) % week;
  return (weekend_ >> weekday & 1U) == 0;
}

std::optional<civil_day> business_calendar::walk(civil_day day, int step) const noexcept {
  // A calendar that rests for longer is a mistake, not a feast.
  constexpr int longest_rest_days = 366;
  for (int walked = 0; walked <= longest_rest_days; ++walked, day = day + step) {
    const auto business = is_business_day(day);
    if (!business) return std::nullopt;
    if (*business) return day;
  }
  return std::nullopt;
}

std::optional<civil_day> business_calendar::roll_day(civil_day day, roll how) const noexcept {
  if (!covered_.contains(day)) return std::nullopt;
  if (how != roll::modified_following) return walk(day, how == roll::preceding ? -1 : 1);
  const civil_day month_end = next_month_begin(day);
  for (civil_day at = day; at < month_end; at = at + 1) {
    const auto business = is_business_day(at);
    if (!business) return std::nullopt;
    if (*business) return at;
  }
  return walk(day, -1);
}

DUES_END
