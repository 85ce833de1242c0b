// SPDX-License-Identifier: Apache-2.0
//
// Leaves lines out that were paid ahead, before discounts and taxes by the bill see them. Not public.
#pragma once

#include <dues/bill/bill.hpp>

DUES_BEGIN

namespace detail {

/// Cost: of the lines of accounts that paid ahead; when there are any to leave out, of all.
inline void leave_out(const paid_ahead& paid, billing& made) {
  std::set<std::size_t> places;
  for (const auto& [account, keys] : paid.keys) {
    const std::uint32_t rank = made.known->accounts.find(account);
    if (rank == id_table::none) continue;
    const place_range lines = lines_of(made, rank);
    for (std::size_t i = lines.first; i < lines.end; ++i)
      if (keys.contains(line_key_base(*made.known, made.lines[i]))) places.insert(i);
  }
  if (places.empty()) return;
  std::vector<line> kept;
  std::size_t place = 0;
  for (const line& one : made.lines)
    if (!places.contains(place++)) kept.push_back(one);
  made.lines.clear();
  for (const line& one : kept) made.lines.push_back(one);
}

}  // namespace detail

DUES_END
