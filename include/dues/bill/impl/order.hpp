// SPDX-License-Identifier: Apache-2.0
//
// The order of lines. Not public.
#pragma once

#include <dues/bill/line.hpp>

#include <algorithm>
#include <vector>

DUES_BEGIN

namespace detail {

// By account id; a line without an account has the empty id, and comes first.
inline bool before_in_output(const line& a, const line& b) {
  static_assert(static_cast<std::uint32_t>(id_table::none + 1) == 0);
  if (a.account != b.account) return a.account + 1 < b.account + 1;
  if (a.unit != b.unit) return a.unit < b.unit;
  if (a.fee != b.fee) return a.fee < b.fee;
  if (a.from != b.from) return a.from < b.from;
  if (a.period != b.period) return a.period < b.period;
  if (a.subscription != b.subscription) return a.subscription < b.subscription;  // places go by id
  return a.adjustment < b.adjustment;
}

inline void sort_lines(std::vector<line>& lines) {
  if (!std::is_sorted(lines.begin(), lines.end(), before_in_output)) std::sort(lines.begin(), lines.end(), before_in_output);
}

}  // namespace detail

DUES_END
