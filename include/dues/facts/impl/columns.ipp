// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/facts/columns.hpp>
#include <dues/facts/impl/reorder_rows.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

// The coefficient of `value` at `scale`, if it fits 64 bits and is not the mark of a missing row.
inline std::optional<std::int64_t> narrow_coefficient(const decimal& value, int scale) {
  if (value.scale() > scale) return std::nullopt;
  int128 scaled;
  if (mul_overflows(value.coefficient(), pow10_128(scale - value.scale()), scaled)) return std::nullopt;
  if (scaled > int128(std::numeric_limits<std::int64_t>::max()) || scaled <= int128(number_column::missing)) return std::nullopt;
  return static_cast<std::int64_t>(scaled);
}

}  // namespace detail

void number_column::add_missing() {
  if (is_wide_) wide_.emplace_back();
  else narrow_.push_back(missing);
}

void number_column::widen() {
  is_wide_ = true;
  wide_.reserve(narrow_.size());
  for (const std::int64_t c : narrow_)
    wide_.push_back(c == missing ? std::nullopt : decimal::make(int128(c), scale_));
  narrow_.clear();
  narrow_.shrink_to_fit();
}

void number_column::add(const decimal& value) {
  if (!is_wide_ && value.scale() > scale_) {
    // One more place for the whole column: at most 18 times in its life.
    const std::int64_t factor = static_cast<std::int64_t>(pow10_128(value.scale() - scale_));
    const std::int64_t most = std::numeric_limits<std::int64_t>::max() / factor;
    const bool fits = std::all_of(narrow_.begin(), narrow_.end(), [&](std::int64_t c) { return c == missing || (c <= most && c >= -most); });
    if (fits) {
      for (std::int64_t& c : narrow_)
        if (c != missing) c *= factor;
      largest_ *= factor;
      scale_ = value.scale();
    } else {
      widen();
    }
  }
  if (!is_wide_) {
    if (const auto coefficient = detail::narrow_coefficient(value, scale_)) {
      narrow_.push_back(*coefficient);
      largest_ = std::max(largest_, *coefficient < 0 ? -*coefficient : *coefficient);
      return;
    }
    widen();
  }
  wide_.emplace_back(value);
}

decimal number_column::at(std::size_t row) const {
  return is_wide_ ? *wide_[row] : *decimal::make(int128(narrow_[row]), scale_);
}

void number_column::copy_from(std::size_t row, std::size_t source) {
  if (is_wide_) wide_[row] = wide_[source];
  else narrow_[row] = narrow_[source];
}

void number_column::reorder(std::span<const std::uint32_t> order) {
  if (is_wide_) detail::reorder_rows(wide_, order);
  else detail::reorder_rows(narrow_, order);
}

void word_column::reorder(std::span<const std::uint32_t> order) { detail::reorder_rows(rows_, order); }

void word_column::renumber(std::span<const std::uint32_t> to) {
  for (std::int32_t& word : rows_)
    if (word != missing) word = static_cast<std::int32_t>(to[static_cast<std::size_t>(word)]);
}

id_table::id_table(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  for (const std::string& id : ids) {
    bytes_.insert(bytes_.end(), id.begin(), id.end());
    ends_.push_back(bytes_.size());
  }
}

std::uint32_t id_table::find(std::string_view id) const noexcept {
  std::uint32_t first = 0;
  auto last = static_cast<std::uint32_t>(size());
  while (first < last) {
    const std::uint32_t middle = first + (last - first) / 2;
    if (at(middle) < id) first = middle + 1;
    else last = middle;
  }
  return first < size() && at(first) == id ? first : none;
}

DUES_END
