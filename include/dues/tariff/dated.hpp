// SPDX-License-Identifier: Apache-2.0
//
// A value that may change: a list of {from, is}. With YYYY-MM-DD each entry holds until the next;
// with MM-DD the list returns every year. Before the first absolute `from` there is no value.
#pragma once

#include <dues/value/date.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

DUES_BEGIN

/// A day of every year; 02-29 is the last of February.
struct month_day {
  std::uint8_t month = 1, day = 1;
  friend auto operator<=>(const month_day&, const month_day&) = default;
};

/// The day `when` of `year`, clipped to the month.
civil_day on_year(month_day when, int year);

template <class Value>
class dated {
 public:
  /// Holds from the first day that can be written.
  void always(Value value) { add(first_day, std::move(value)); }
  /// Entries are added in rising order; the caller has checked it.
  void add(civil_day from, Value value) { entries_.push_back({from, {}, std::move(value)}); }
  void add(month_day from, Value value) {
    yearly_ = true;
    entries_.push_back({{}, from, std::move(value)});
  }

  bool empty() const noexcept { return entries_.empty(); }
  bool yearly() const noexcept { return yearly_; }
  std::size_t size() const noexcept { return entries_.size(); }
  const Value& at(std::size_t i) const { return entries_[i].value; }
  civil_day from(std::size_t i) const { return entries_[i].from; }

  /// Entry that holds on `day`, or -1 before the first.
  int index_on(civil_day day) const {
    if (entries_.empty()) return -1;
    if (!yearly_) {
      const auto after = std::upper_bound(entries_.begin(), entries_.end(), day,
                                          [](civil_day d, const entry& e) { return d < e.from; });
      return static_cast<int>(after - entries_.begin()) - 1;
    }
    const int year = to_ymd(day).year;
    int found = static_cast<int>(entries_.size()) - 1;  // last year's last entry still holds
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (on_year(entries_[i].yearly_from, year) <= day) found = static_cast<int>(i);
    return found;
  }

  /// Calls `cut(day)` for each day strictly inside `days` on which the value may change.
  template <class Cut>
  void cuts(day_range days, Cut&& cut) const {
    if (!yearly_) {
      auto at = std::upper_bound(entries_.begin(), entries_.end(), days.from,
                                 [](civil_day d, const entry& e) { return d < e.from; });
      for (; at != entries_.end() && at->from < days.to; ++at) cut(at->from);
      return;
    }
    if (days.empty()) return;
    const int last = to_ymd(days.to - 1).year;
    for (int year = to_ymd(days.from).year; year <= last; ++year)
      for (const entry& e : entries_) {
        const civil_day day = on_year(e.yearly_from, year);
        if (days.from < day && day < days.to) cut(day);
      }
  }

 private:
  struct entry {
    civil_day from;
    month_day yearly_from;
    Value value;
  };
  std::vector<entry> entries_;
  bool yearly_ = false;
};

DUES_END
