// SPDX-License-Identifier: Apache-2.0
//
// What a window of a price by steps has used, from line to line.
#pragma once

#include <dues/explain/trace.hpp>
#include <dues/value/date.hpp>

#include <optional>
#include <vector>

DUES_BEGIN

/// Usage of a window, and the day whose price it takes.
template <class Int>
struct used_part {
  civil_day on;
  term<Int> used;
};

/// A fraction in the width of a rule; overflowed when it does not fit.
template <class Int, class Other>
exact<Int> to_width(const exact<Other>& value) {
  if constexpr (std::is_same_v<Int, Other>) return value;
  else if constexpr (std::is_same_v<Int, int256>) return exact<Int>(value);
  else return exact<Int>::narrowed(value);
}

template <class Int>
struct window_use {
  std::optional<civil_day> from;           ///< its first day; none: not begun
  term<Int> used;
  std::int64_t billed = 0;                 ///< minor units, of a price by volume
  bool begun = false;                      ///< a line has been made in it
  std::vector<used_part<Int>> parts;       ///< of a price by volume

  template <class Other>
  void take(const window_use<Other>* other) {
    *this = {};
    if (other == nullptr || !other->from) return;
    from = other->from;
    used.value = to_width<Int>(other->used.value);
    billed = other->billed;
    begun = other->begun;
    for (const auto& part : other->parts) parts.push_back({part.on, {to_width<Int>(part.used.value), -1}});
  }
};

DUES_END
