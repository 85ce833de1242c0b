// SPDX-License-Identifier: Apache-2.0
//
// What is open at the start of each day: a staircase of amounts. Sums of stairs are stairs.
#pragma once

#include <dues/value/date.hpp>
#include <dues/value/wide.hpp>

#include <algorithm>
#include <vector>

DUES_BEGIN

namespace detail {

class base_line {
 public:
  struct level {
    civil_day from;
    int128 units;  ///< minor units, from this day on
  };

  /// From `day` on there is `by` more (or less).
  void change(civil_day day, const int128& by) {
    if (by != 0) changes_.push_back({day, by});
  }
  /// Sums up the changes; nothing below zero. Call it before reading.
  void settle() {
    levels_.clear();
    std::stable_sort(changes_.begin(), changes_.end(), [](const level& a, const level& b) { return a.from < b.from; });
    int128 now = 0;
    for (const level& one : changes_) {
      now += one.units;
      const int128 shown = now < 0 ? int128(0) : now;
      if (!levels_.empty() && levels_.back().from == one.from) levels_.back().units = shown;
      else levels_.push_back({one.from, shown});
    }
    std::vector<level> kept;
    for (const level& one : levels_)
      if (kept.empty() ? one.units != 0 : kept.back().units != one.units) kept.push_back(one);
    levels_ = std::move(kept);
  }
  /// Adds a settled line to this one; settle() it again.
  void add(const base_line& other) {
    int128 before = 0;
    for (const level& one : other.levels_) {
      change(one.from, int128(one.units - before));
      before = one.units;
    }
  }

  const std::vector<level>& levels() const noexcept { return levels_; }
  int128 at(civil_day day) const {
    const auto after = std::upper_bound(levels_.begin(), levels_.end(), day, [](civil_day d, const level& l) { return d < l.from; });
    return after == levels_.begin() ? int128(0) : std::prev(after)->units;
  }

 private:
  std::vector<level> changes_, levels_;
};

}  // namespace detail

DUES_END
