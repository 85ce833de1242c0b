// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/facts/facts.hpp>

#include <algorithm>

DUES_BEGIN

std::span<const tenure> facts::tenures_over(std::uint32_t unit, payer_role role, day_range days) const {
  const auto all = tenures_of(unit);
  const auto [first, last] = std::equal_range(all.begin(), all.end(), tenure{0, {}, role, -1}, [](const tenure& a, const tenure& b) { return a.role < b.role; });
  // Later ones begin too late; of those before the first that reaches into the days, none does.
  const auto end = std::partition_point(first, last, [&](const tenure& one) { return one.days.from < days.to; });
  const auto reach = tenure_reach.begin() + (first - all.begin()) + tenure_begin[unit];
  const auto skipped = std::partition_point(reach, reach + (end - first), [&](civil_day to) { return !(days.from < to); }) - reach;
  return {first + skipped, end};
}

void holding_index::build(const facts& from) {
  const auto count = static_cast<std::uint32_t>(from.units.size());
  place.assign(count, plain);
  holder.assign(count, id_table::none);
  pairs.assign(from.held.size(), {});
  others.clear();
  ends = open_end;
  roles = 0;
  for (std::uint32_t unit = 0; unit < count; ++unit) {
    const auto held = from.tenures_of(unit);
    const bool has_rows = from.unit_rows.begin[unit] != from.unit_rows.begin[unit + 1];
    if (has_rows && held.size() == 1 && held[0].share < 0 && !held[0].days.empty() && from.unit_fault[unit] < 0) {
      holder[unit] = held[0].account;
      ends = std::min(ends, held[0].days.to);
      roles |= 1U << static_cast<unsigned>(held[0].role);
      continue;
    }
    place[unit] = static_cast<std::uint32_t>(others.size());
    others.push_back(unit);
  }
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::uint32_t unit = from.held[i];
    if (holder[unit] != from.held_by[i]) continue;
    const civil_day since = from.tenures_of(unit)[0].days.from;
    const std::uint32_t row = from.unit_rows.begin[unit + 1] - 1;
    const bool earlier = row != from.unit_rows.begin[unit] && from.unit_rows.from[row] > since;
    pairs[i] = {std::max(since, from.unit_rows.from[row]), from.unit_rows.to[row], row | (earlier ? usual_holding::has_earlier : 0U)};
  }
}

DUES_END
