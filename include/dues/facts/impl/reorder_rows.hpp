// SPDX-License-Identifier: Apache-2.0
//
// Columns of rows that are put in order.
#pragma once

#include <dues/config.hpp>

#include <cstdint>
#include <span>
#include <utility>

DUES_BEGIN

namespace detail {

// Row i becomes what row order[i] was.
template <class Rows>
void reorder_rows(Rows& rows, std::span<const std::uint32_t> order) {
  Rows sorted;
  sorted.reserve(order.size());
  for (const std::uint32_t from : order) sorted.push_back(rows[from]);
  rows = std::move(sorted);
}

}  // namespace detail

DUES_END
