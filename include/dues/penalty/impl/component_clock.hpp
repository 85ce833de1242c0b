// SPDX-License-Identifier: Apache-2.0
//
// When a component's lateness begins, how its grace ends, and where its months lie.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>
#include <dues/penalty/impl/arrears.hpp>

DUES_BEGIN

namespace detail {

struct component_clock {
  const counted_days* counted = nullptr;
  civil_day start;                            ///< the due date or the demand
  int start_shift = 0;                        ///< 1 where the start's own day counts
  civil_day origin;                           ///< months run from here: the start, or the end of a deferral
  int origin_shift = 0;
  civil_day first = open_end;                 ///< the first day that accrues; open_end: none does
  civil_day silent_through = first_day;       ///< a cliff: nothing is owed until this day has passed, then from `first`

  int days_overdue(civil_day day) const noexcept { return counted->between(start - start_shift, day); }
  /// The day on which that many days are overdue.
  civil_day overdue_day(std::int64_t n) const noexcept { return counted->nth(start - start_shift, n); }
  /// The last day of month k; the day before the first for k = 0. Days left out lengthen months.
  civil_day month_end(std::int64_t k) const noexcept {
    return counted->nth(origin - origin_shift, std::int64_t{add_months(origin, k) - origin});
  }
};

/// @returns nothing, and says why in `failed`, when a grace ends on a day its calendar does not know
inline std::optional<component_clock> make_clock(const penalty_terms& terms, const penalty_component& component, const arrears& owed, diagnostic& failed) {
  component_clock made;
  made.counted = &owed.counted;
  std::optional<civil_day> start;
  for (const receivable_history* one : owed.members)
    if (const auto of = start_of(component, *one); of && (!start || *of < *start)) start = of;
  if (!start) return made;  // no demand: nothing counts
  made.start = made.origin = *start;
  made.start_shift = made.origin_shift = component.that_day_counts ? 1 : 0;
  made.first = owed.counted.nth(made.start - made.start_shift, 1);
  if (!component.grace) return made;
  const penalty_grace& grace = *component.grace;
  const int length = grace.in_months ? add_months(made.start, grace.length) - made.start : grace.length;
  civil_day end = owed.counted.nth(made.start, length);
  if (grace.last_day && end != open_end) {
    const auto calendar = terms.calendars.find(grace.last_day->calendar);
    const auto rolled = calendar == terms.calendars.end() ? std::nullopt : calendar->second.roll_day(end, grace.last_day->how);
    if (!rolled) {
      failed = make_diagnostic("P112", component.pointer + "/grace", {{"calendar", grace.last_day->calendar}, {"on", to_text(end)}, {"receivable", owed.members.front()->id}});
      return std::nullopt;
    }
    end = *rolled;
  }
  if (grace.then == grace_end::from_due_date) {
    made.silent_through = end;
    return made;
  }
  made.origin = end;
  made.origin_shift = 0;
  made.first = end == open_end ? open_end : owed.counted.nth(end, 1);
  return made;
}

}  // namespace detail

DUES_END
