// SPDX-License-Identifier: Apache-2.0
//
// Where a unit's or an account's attributes change.
#pragma once

#include <dues/facts/facts.hpp>

#include <algorithm>
#include <span>
#include <vector>

DUES_BEGIN

namespace detail {

// Whether two rows of one id differ in a column that is read.
inline bool differs(const attribute_rows& rows, std::span<const std::int32_t> columns, std::uint32_t a, std::uint32_t b) {
  return std::any_of(columns.begin(), columns.end(), [&](std::int32_t at) {
    const auto column = static_cast<std::size_t>(at);
    const number_column& numbers = rows.numbers[column];
    if (numbers.size() == 0) return rows.words[column].at(a) != rows.words[column].at(b);
    if (numbers.has(a) != numbers.has(b)) return true;
    return numbers.has(a) && numbers.at(a) != numbers.at(b);
  });
}

// Days inside `base` on which a row of `id` begins that changes what is read, or, for a unit that
// has to exist, on which one ends.
inline void row_changes(const attribute_rows& rows, std::uint32_t id, std::span<const std::int32_t> columns, bool existing, day_range base,
                        std::vector<civil_day>& out) {
  const std::uint32_t first = rows.begin[id];
  const std::uint32_t end = rows.begin[id + 1];
  const auto inside = [&](civil_day day) { return base.from < day && day < base.to; };
  if (end - first == 1) {  // mostly one row
    if (inside(rows.from[first])) out.push_back(rows.from[first]);
    if (existing && inside(rows.to[first])) out.push_back(rows.to[first]);
    return;
  }
  const std::int64_t at = rows.row_on(id, base.from);
  for (std::uint32_t row = at < 0 ? first : static_cast<std::uint32_t>(at); row < end && rows.from[row] < base.to; ++row) {
    if (inside(rows.from[row]) && (row == first || differs(rows, columns, row - 1, row) || (existing && rows.to[row - 1] < rows.from[row])))
      out.push_back(rows.from[row]);
    if (existing && inside(rows.to[row])) out.push_back(rows.to[row]);
  }
}

}  // namespace detail

DUES_END
