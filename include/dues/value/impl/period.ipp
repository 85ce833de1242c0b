// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/value/period.hpp>

#include <algorithm>

DUES_BEGIN

civil_day boundary(civil_day anchor, int months, std::int64_t k) noexcept {
  constexpr std::int64_t most = 12 * 9999;  // further than any two days are apart
  return add_months(anchor, std::clamp(k, -most, most) * months);
}

std::int64_t period_index(civil_day anchor, int months, civil_day day) noexcept {
  const ymd a = to_ymd(anchor);
  const ymd d = to_ymd(day);
  const std::int64_t apart = (std::int64_t{d.year} - a.year) * 12 + static_cast<int>(d.month) - static_cast<int>(a.month);
  std::int64_t k = apart >= 0 ? apart / months : -((-apart + months - 1) / months);
  while (boundary(anchor, months, k) > day) --k;      // at most once or twice
  while (boundary(anchor, months, k + 1) <= day && boundary(anchor, months, k + 1) > boundary(anchor, months, k)) ++k;
  return k;
}

DUES_END
