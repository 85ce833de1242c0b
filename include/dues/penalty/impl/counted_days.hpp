// SPDX-License-Identifier: Apache-2.0
//
// Which days count as overdue. Days that are left out lengthen everything that is counted in days:
// grace, months, steps.
#pragma once

#include <dues/value/date.hpp>

#include <algorithm>
#include <vector>

DUES_BEGIN

namespace detail {

class counted_days {
 public:
  counted_days() = default;
  /// @param out  in any order, may overlap
  explicit counted_days(std::vector<day_range> out) {
    std::erase_if(out, [](const day_range& one) { return one.empty(); });
    std::sort(out.begin(), out.end(), [](const day_range& a, const day_range& b) { return a.from < b.from; });
    for (const day_range& one : out) {
      if (!out_.empty() && one.from <= out_.back().to) out_.back().to = std::max(out_.back().to, one.to);
      else out_.push_back(one);
    }
  }

  const std::vector<day_range>& left_out() const noexcept { return out_; }

  bool counts(civil_day day) const noexcept {
    return std::none_of(out_.begin(), out_.end(), [day](const day_range& one) { return one.contains(day); });
  }

  /// Counted days of (after, through].
  int between(civil_day after, civil_day through) const noexcept {
    if (through <= after) return 0;
    const day_range all{after + 1, through + 1};
    int count = all.days();
    for (const day_range& one : out_) count -= intersect(all, one).days();
    return count;
  }

  /// The n-th counted day after `after`; `after` itself for n = 0; open_end when there is none.
  civil_day nth(civil_day after, std::int64_t n) const noexcept {
    if (n <= 0) return after;
    std::int64_t day = std::int64_t{after.days} + n;
    for (const day_range& one : out_) {
      if (one.to.days <= after.days + 1) continue;
      if (one.from.days > day) break;
      if (one.to == open_end) return open_end;
      day += one.to.days - std::max(one.from.days, after.days + 1);
    }
    return day > last_day.days ? open_end : civil_day{static_cast<std::int32_t>(day)};
  }

 private:
  std::vector<day_range> out_;
};

}  // namespace detail

DUES_END
