// SPDX-License-Identifier: Apache-2.0
//
// What reports ask of a receivable.
#pragma once

#include <dues/ledger/account.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

/// Whether days of that kind are left out on `day`; no kind: of any.
inline bool is_left_out(const receivable& of, civil_day day, std::optional<excluded_days> kind = std::nullopt) {
  return std::any_of(of.left_out.begin(), of.left_out.end(), [&](const days_left_out& one) { return (!kind || one.kind == *kind) && one.days.contains(day); });
}

inline int128 open_penalties(const receivable& of) {
  int128 sum = 0;
  for (const penalty_part& one : of.penalties) sum += one.open();
  return sum;
}

}  // namespace detail

DUES_END
