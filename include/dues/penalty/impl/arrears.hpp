// SPDX-License-Identifier: Apache-2.0
//
// What is owed together: one receivable, or those of a group's episode. When each begins to be late,
// which days count, and what of the principal is open at the start of each day.
#pragma once

#include <dues/penalty/history.hpp>
#include <dues/penalty/impl/base_line.hpp>
#include <dues/penalty/impl/counted_days.hpp>

#include <span>

DUES_BEGIN

namespace detail {

/// Whether days of this kind are taken out by the policy; it lists kinds, or all are.
inline bool leaves_out(const penalty& policy, excluded_days kind) {
  return policy.days_left_out.empty() || std::find(policy.days_left_out.begin(), policy.days_left_out.end(), kind) != policy.days_left_out.end();
}

inline std::vector<day_range> days_out(const penalty& policy, const receivable_history& of) {
  std::vector<day_range> out;
  for (const left_out_days& one : of.left_out)
    if (leaves_out(policy, one.kind)) out.push_back(one.days);
  return out;
}

/// The principal as corrected: what shares of it are taken of. Not below zero.
inline int128 corrected_principal(const receivable_history& of) {
  int128 sum = of.principal;
  for (const principal_change& one : of.changes)
    if (one.kind == principal_change_kind::correction) sum -= one.lowers_by;
  return sum < 0 ? int128(0) : sum;
}

/// The earliest demand made when the receivable was due.
inline std::optional<civil_day> first_demand(const receivable_history& of) {
  std::optional<civil_day> found;
  for (const civil_day one : of.demands)
    if (of.due <= one && (!found || one < *found)) found = one;
  return found;
}

/// From when its lateness is counted.
inline std::optional<civil_day> start_of(const penalty_component& component, const receivable_history& of) {
  if (component.starts == penalty_start::due_date) return of.due;
  return first_demand(of);
}

/// The first day at whose start a change lowers what is open.
inline civil_day lowers_from(const penalty_component& component, const principal_change& one) {
  const bool at_once = one.kind == principal_change_kind::payment && !component.payment_day_counts;
  return at_once ? one.on : one.on + 1;
}

/// What is open of one receivable's principal on each day from the first that may count.
/// @param forgiven_through  the last day of a cliff: what was settled by then bears nothing at all
inline base_line open_principal(const penalty_component& component, const receivable_history& of, std::optional<civil_day> forgiven_through) {
  base_line line;
  const auto start = start_of(component, of);
  if (!start) return line;
  const civil_day first = component.that_day_counts ? *start : *start + 1;
  line.change(first, corrected_principal(of));
  for (const principal_change& one : of.changes) {
    if (one.kind == principal_change_kind::correction) continue;
    const bool forgiven = forgiven_through && one.on <= *forgiven_through;
    line.change(forgiven ? first : std::max(first, lowers_from(component, one)), int128(-one.lowers_by));
  }
  line.settle();
  return line;
}

/// The line, with nothing open on days that are left out.
inline base_line without_days(const base_line& line, const counted_days& counted) {
  if (counted.left_out().empty()) return line;
  base_line made = line;
  for (const day_range& out : counted.left_out()) {
    int128 gone = line.at(out.from);
    made.change(out.from, int128(-gone));
    for (const base_line::level& one : line.levels())
      if (out.from < one.from && one.from < out.to) {
        made.change(one.from, int128(gone - one.units));
        gone = one.units;
      }
    if (out.to != open_end) made.change(out.to, gone);
  }
  made.settle();
  return made;
}

/// Receivables whose lateness is counted together.
struct arrears {
  std::vector<const receivable_history*> members;  ///< by due date, then id; at least one
  counted_days counted;
  day_range within{first_day, open_end};           ///< an episode of a group ends; one receivable does not

  bool is_group() const noexcept { return members.size() > 1; }
  civil_day due() const noexcept { return members.front()->due; }
  const std::vector<known_attribute>& attributes() const noexcept { return members.front()->attributes; }
  int128 principal() const {
    int128 sum = 0;
    for (const receivable_history* one : members) sum += corrected_principal(*one);
    return sum;
  }
};

}  // namespace detail

DUES_END
