// SPDX-License-Identifier: Apache-2.0
//
// Receivables that are counted as one: which of them are late together, which days count for all, and how
// what accrues is spread over them.
#pragma once

#include <dues/penalty/impl/accrual_run.hpp>
#include <dues/value/split.hpp>

DUES_BEGIN

namespace detail {

struct episode {
  std::vector<std::size_t> members;  ///< into the group's, by due date and id
  day_range days{first_day, open_end};
};

/// Cuts what a component sees of a group into episodes: one ends when nothing that was overdue is open.
inline std::vector<episode> episodes_of(const penalty_component& component, std::span<const receivable_history* const> group) {
  std::vector<base_line> lines;
  std::vector<civil_day> cuts, firsts;
  for (const receivable_history* one : group) {
    lines.push_back(open_principal(component, *one, std::nullopt));
    firsts.push_back(lines.back().levels().empty() ? open_end : lines.back().levels().front().from);
    for (const base_line::level& level : lines.back().levels()) cuts.push_back(level.from);
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<episode> made;
  bool going = false;
  for (const civil_day day : cuts) {
    bool carried = false;
    for (std::size_t i = 0; i < lines.size(); ++i) carried = carried || (firsts[i] < day && lines[i].at(day) != 0);
    if (going && !carried) {
      made.back().days.to = day;
      going = false;
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (firsts[i] != day) continue;
      if (!going) made.push_back({{}, {day, open_end}});
      going = true;
      made.back().members.push_back(i);
    }
  }
  for (episode& one : made) std::sort(one.members.begin(), one.members.end());
  return made;
}

/// Days of an episode on which all that is open is left out.
inline counted_days days_counted(const penalty& policy, const penalty_component& component, std::span<const receivable_history* const> members) {
  std::vector<base_line> lines;
  std::vector<counted_days> out;
  std::vector<civil_day> cuts;
  for (const receivable_history* one : members) {
    lines.push_back(open_principal(component, *one, std::nullopt));
    out.emplace_back(days_out(policy, *one));
    for (const base_line::level& level : lines.back().levels()) cuts.push_back(level.from);
    for (const day_range& days : out.back().left_out()) {
      cuts.push_back(days.from);
      cuts.push_back(days.to);
    }
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<day_range> none_counts;
  for (std::size_t c = 0; c < cuts.size() && cuts[c] != open_end; ++c) {
    bool open = false;
    bool counts = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].at(cuts[c]) == 0) continue;
      open = true;
      counts = counts || out[i].counts(cuts[c]);
    }
    if (open && !counts) none_counts.push_back({cuts[c], c + 1 < cuts.size() ? cuts[c + 1] : open_end});
  }
  return counted_days(std::move(none_counts));
}

/// Spreads an episode's rounded total over its members, day by day.
template <class Int>
class spreader {
 public:
  spreader(accrual_run<Int>& run, const penalty_component& component, std::size_t at, const arrears& owed) : run_(run), component_(component), at_(at), owed_(owed) {}

  /// @returns false when the run failed
  bool spread(const component_total<Int>& whole, civil_day as_of, std::vector<int128>& parts) {
    parts.assign(owed_.members.size(), 0);
    if (whole.segments.empty() || owed_.members.size() == 1) {
      parts[0] = whole.total;
      return true;
    }
    std::vector<base_line> lines;
    for (const receivable_history* one : owed_.members) lines.push_back(bearing_of(whole.clock, *one));
    const bool cliff = component_.grace && component_.grace->then == grace_end::from_due_date;
    const civil_day known = cliff ? std::max(whole.clock.first, whole.clock.silent_through + 1) : whole.clock.first;
    std::vector<exact256> weights(parts.size());
    std::vector<int128> shares(parts.size());
    int128 before = 0;
    const bool holds_back = std::any_of(component_.limits.begin(), component_.limits.end(), [](const penalty_limit& one) { return one.is == penalty_limit::form::nothing_below; });
    typename accrual_run<Int>::by_day totals(run_, at_, whole);
    std::size_t passed = 0;
    for (civil_day day = whole.segments.front().from; day <= as_of; day = day + 1) {
      const bool accrues = add_weights(whole, lines, day, passed, weights);
      if (day < known || (!accrues && day != known && day != as_of)) continue;
      const auto known_total = day == as_of ? std::optional(whole.total) : totals.total_on(day);
      if (!known_total) return false;
      const int128 now = *known_total;
      // What is held back is spread when it is charged, by all that it grew from.
      if (holds_back && now == 0 && before == 0) continue;
      if (now != before) {
        const auto any = std::any_of(weights.begin(), weights.end(), [](const exact256& one) { return one.sign() > 0; });
        if (!any) by_principal(weights);
        if (!split(int128(now - before), std::span<const exact256>(weights), division::largest_remainder, 0, std::span<int128>(shares))) return false;
        for (std::size_t i = 0; i < parts.size(); ++i) parts[i] += shares[i];
        before = now;
      }
      for (exact256& one : weights) one = exact256();
    }
    return true;
  }

 private:
  base_line bearing_of(const component_clock& clock, const receivable_history& of) const {
    base_line line;
    if (component_.on_principal) line.add(run_.member_line(component_, clock, of));
    if (component_.on_costs)
      for (const cost_change& change : of.costs) line.change(change.on + 1, change.raises_by);
    line.settle();
    return line;
  }

  // What each bears on, as a share of what the day accrued. @returns false when it accrued nothing
  bool add_weights(const component_total<Int>& whole, const std::vector<base_line>& lines, civil_day day, std::size_t& passed, std::vector<exact256>& weights) const {
    bool accrues = false;
    int128 all = 0;
    exact<Int> growth;
    const auto& all_segments = whole.segments;
    while (passed < all_segments.size() && all_segments[passed].to <= day) ++passed;
    for (std::size_t i = passed; i < all_segments.size() && all_segments[i].from <= day; ++i)
      if (day < all_segments[i].to) {
        accrues = true;
        growth = growth + all_segments[i].growth;
      }
    if (!accrues) return false;
    for (const base_line& line : lines) all += line.at(day);
    if (all == 0) return true;
    const exact256 share = wide(growth) / exact256::scaled(int256(all), 0);
    for (std::size_t i = 0; i < lines.size(); ++i) weights[i] = weights[i] + share * exact256::scaled(int256(lines[i].at(day)), 0);
    return true;
  }

  static exact256 wide(const exact<int256>& value) { return value; }
  static exact256 wide(const exact<int128>& value) { return exact256(value); }

  void by_principal(std::vector<exact256>& weights) const {
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = exact256::scaled(int256(corrected_principal(*owed_.members[i])), 0);
  }

  accrual_run<Int>& run_;
  const penalty_component& component_;
  std::size_t at_;
  const arrears& owed_;
};

}  // namespace detail

DUES_END
