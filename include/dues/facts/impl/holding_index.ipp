// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/facts/facts.hpp>

#include <algorithm>

DUES_BEGIN

void holding_index::build(const facts& from) {
  const auto count = static_cast<std::uint32_t>(from.units.size());
  place.assign(count, plain);
  account.assign(count, id_table::none);
  others.clear();
  ends = open_end;
  roles = 0;
  for (std::uint32_t unit = 0; unit < count; ++unit) {
    const auto held = from.tenures_of(unit);
    if (held.size() == 1 && held[0].share < 0 && !held[0].days.empty() && from.unit_fault[unit] < 0) {
      account[unit] = held[0].account;
      ends = std::min(ends, held[0].days.to);
      roles |= 1U << static_cast<unsigned>(held[0].role);
      continue;
    }
    place[unit] = static_cast<std::uint32_t>(others.size());
    others.push_back(unit);
  }
}

DUES_END
