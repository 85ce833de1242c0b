// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/rating/proration.hpp>

#include <algorithm>
#include <numeric>

DUES_BEGIN

share_of_time reduced(share_of_time ratio) {
  if (ratio.num == ratio.den) return {1, 1};
  const std::int64_t common = std::gcd(ratio.num, ratio.den);
  return common > 1 ? share_of_time{ratio.num / common, ratio.den / common} : ratio;
}

share_of_time sum_of(share_of_time a, share_of_time b) {
  if (a.den == b.den) return reduced({a.num + b.num, a.den});
  return reduced({a.num * b.den + b.num * a.den, a.den * b.den});
}

share_of_time product_of(share_of_time a, share_of_time b) {
  // Crosswise first, so that the products stay small.
  const share_of_time left = reduced({a.num, b.den});
  const share_of_time right = reduced({b.num, a.den});
  return {left.num * right.num, left.den * right.den};
}

namespace detail {

inline bool any_covered(std::span<const day_range> covered, day_range wanted) {
  return std::any_of(covered.begin(), covered.end(), [&](day_range run) { return !intersect(run, wanted).empty(); });
}

// 30 x months + min(day2, 30) - min(day1, 30), on half-open dates (ISDA 30/360 in spirit).
inline std::int64_t days_360(day_range run) {
  constexpr unsigned thirty = 30;
  const ymd a = to_ymd(run.from);
  const ymd b = to_ymd(run.to);
  const std::int64_t months = (std::int64_t{b.year} - a.year) * 12 + static_cast<int>(b.month) - static_cast<int>(a.month);
  return 30 * months + static_cast<int>(std::min(b.day, thirty)) - static_cast<int>(std::min(a.day, thirty));
}

// Twelve times each day over the days of its own calendar year.
inline share_of_time actual_actual(std::span<const day_range> covered) {
  std::int64_t plain = 0;
  std::int64_t leap = 0;
  constexpr int plain_year = 365;
  constexpr int leap_year = 366;
  for (day_range run : covered)
    while (!run.empty()) {
      const int year = to_ymd(run.from).year;
      const civil_day end = std::min(run.to, *day_from(year, 12, 31) + 1);
      (days_in_year(year) == leap_year ? leap : plain) += end - run.from;
      run.from = end;
    }
  return reduced({12 * (plain * leap_year + leap * plain_year), std::int64_t{plain_year} * leap_year});
}

inline share_of_time half_months(day_range month, std::span<const day_range> covered) {
  constexpr int first_half = 15;
  const civil_day middle = std::min(month.from + first_half, month.to);
  const int halves = (any_covered(covered, {month.from, middle}) ? 1 : 0) + (any_covered(covered, {middle, month.to}) ? 1 : 0);
  return reduced({halves, 2});
}

}  // namespace detail

share_of_time month_count(proration convention, int from_day, day_range month, std::span<const day_range> covered) {
  std::int64_t days = 0;
  for (const day_range run : covered) days += run.days();
  if (days == 0) return {0, 1};
  if (days == month.days()) return {1, 1};
  switch (convention) {
    case proration::actual_days: return reduced({days, month.days()});
    case proration::thirty_day: return reduced({std::min<std::int64_t>(days, 30), 30});
    case proration::thirty_360: {
      std::int64_t counted = 0;
      for (const day_range run : covered) counted += detail::days_360(run);
      return reduced({std::max<std::int64_t>(counted, 0), 30});
    }
    case proration::actual_365: return reduced({12 * days, 365});
    case proration::actual_actual: return detail::actual_actual(covered);
    case proration::whole_month:
    case proration::none: return {1, 1};
    case proration::half_month: return detail::half_months(month, covered);
    case proration::next_month: return {covered.front().from == month.from ? 1 : 0, 1};
    case proration::from_day: {
      const civil_day wanted = month.from + (std::min(from_day, month.days()) - 1);
      return {detail::any_covered(covered, {wanted, wanted + 1}) ? 1 : 0, 1};
    }
  }
  return {0, 1};
}

DUES_END
