// SPDX-License-Identifier: Apache-2.0
//
// Conditions of a discount that rows of facts decide day by day, beside its expressions: the days of a
// vacancy on which it is granted. Not public.
#pragma once

#include <dues/discount/discount.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

/// Whether rows of facts decide it on which days it holds.
inline bool reads_fact_days(const discount& one) noexcept { return one.when.vacant.has_value(); }

/// Of one vacancy: from month n to month m, counted from its first day, as far as it is approved.
inline day_range granted_vacancy(const vacancy_rule& rule, const occupancy& empty, discount_note::outcome& why) {
  day_range days = empty.days;
  days.from = add_months(empty.days.from, rule.from_month - 1);
  if (rule.through_month != 0) days.to = std::min(days.to, add_months(empty.days.from, rule.through_month));
  if (rule.approval == vacancy_approval::not_needed || days.empty()) return days;
  why = discount_note::outcome::not_approved;
  if (!empty.approved) return {days.from, days.from};
  if (rule.approval == vacancy_approval::forward) days.from = std::max(days.from, *empty.approved);
  return days;
}

/// The days inside `within` on which what facts decide holds, in order.
/// @param why  becomes the reason why there are none
inline void find_fact_days(const facts& known, const discount& one, std::uint32_t unit, day_range within, std::vector<day_range>& out, discount_note::outcome& why) {
  out.clear();
  why = discount_note::outcome::not_vacant;
  struct by_unit {
    bool operator()(const occupancy& a, std::uint32_t b) const { return a.unit < b; }
    bool operator()(std::uint32_t a, const occupancy& b) const { return a < b.unit; }
  };
  const auto [first, end] = std::equal_range(known.occupancies.begin(), known.occupancies.end(), unit, by_unit{});
  // States of a unit follow each other.
  auto at = std::lower_bound(first, end, within.from, [](const occupancy& a, civil_day day) { return a.days.to <= day; });
  for (; at != end && at->days.from < within.to; ++at) {
    if (at->state != occupancy_state::vacant) continue;
    const day_range days = intersect(granted_vacancy(*one.when.vacant, *at, why), within);
    if (!days.empty()) out.push_back(days);
  }
}

}  // namespace detail

DUES_END
