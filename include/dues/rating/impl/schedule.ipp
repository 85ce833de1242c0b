// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/rating/schedule.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

// First such day of a month on or after `start`, the day clipped to the month's length.
inline civil_day next_day_of_month(civil_day start, int day) {
  for (civil_day month = month_begin(start);; month = next_month_begin(month)) {
    const ymd at = to_ymd(month);
    const int clipped = std::min(day, static_cast<int>(days_in_month(at.year, at.month)));
    if (month + (clipped - 1) >= start) return month + (clipped - 1);
  }
}

inline civil_day next_month_day(civil_day start, month_day when) {
  const int year = to_ymd(start).year;
  const civil_day this_year = on_year(when, year);
  return this_year >= start ? this_year : on_year(when, year + 1);
}

inline civil_day unrolled_due(const due_rule& rule, civil_day base, civil_day issue) {
  constexpr int last_of_any_month = 31;
  switch (rule.kind) {
    case due_kind::days_after_issue: return issue + rule.days;
    case due_kind::day_of_month: return next_day_of_month(base, rule.days);
    case due_kind::last_day_of_month: return next_day_of_month(base, last_of_any_month);
    case due_kind::month_day: return next_month_day(base, rule.yearly);
  }
  return issue;
}

inline day_range season_of(const schedule& when, int year) {
  const bool wraps = when.season_through < when.season_from;
  return {on_year(when.season_from, year), on_year(when.season_through, wraps ? year + 1 : year) + 1};
}

// Issue, due date, and what is wrong with it.
inline void set_dates(const schedule& when, const facts& known, nominal_period& made) {
  // The date from which issue and due date count: the start; in arrears the end, `to` itself.
  const bool arrears = when.kind != schedule_kind::once && when.billed == billed_when::in_arrears;
  const civil_day base = arrears ? made.days.to : made.days.from;
  made.issue = base + when.issue_shift_days;
  const civil_day due = std::max(detail::unrolled_due(when.due, base, made.issue), made.issue);
  made.due = due;
  if (!when.due.rolls) return;
  const auto calendar = known.calendars.find(when.due.calendar);
  const auto rolled = calendar == known.calendars.end() ? std::nullopt : calendar->second.roll_day(due, when.due.how);
  if (rolled) {
    made.due = std::max(*rolled, made.issue);
  } else if (calendar != known.calendars.end()) {
    const day_range covered = calendar->second.covered();
    made.problem = make_diagnostic("F130", when.pointer + "/if_holiday", {{"name", when.due.calendar}, {"on", to_text(due)}, {"from", to_text(covered.from)}, {"to", to_text(covered.to)}});
  } else {
    made.problem = make_diagnostic("F113", when.pointer + "/if_holiday/calendar", {{"is", when.due.calendar}});
  }
}

}  // namespace detail

civil_day anchor_of(const schedule& when, civil_day subscription_start) {
  switch (when.counted_from) {
    case anchor_kind::calendar: return civil_day{0};  // 1 January 1970: months divide 12
    case anchor_kind::subscription_start: return subscription_start;
    case anchor_kind::date: return when.anchor;
  }
  return {};
}

nominal_period make_period(const schedule& when, const facts& known, civil_day start, std::int64_t index) {
  nominal_period made;
  made.index = index;
  switch (when.kind) {
    case schedule_kind::months: {
      const civil_day anchor = anchor_of(when, start);
      made.days = {boundary(anchor, when.months, index), boundary(anchor, when.months, index + 1)};
      made.months.reserve(static_cast<std::size_t>(when.months));
      civil_day from = made.days.from;
      for (int j = 1; j <= when.months; ++j) {
        const civil_day to = boundary(anchor, 1, index * when.months + j);
        made.months.push_back({from, to});
        from = to;
      }
      break;
    }
    case schedule_kind::season:
      made.days = detail::season_of(when, static_cast<int>(index));
      made.months = {made.days};
      break;
    case schedule_kind::once:
      made.days = {start, start + 1};
      made.months = {made.days};
      break;
    case schedule_kind::readings: break;  // of each unit: by its closings
  }
  made.named = made.days.from;
  detail::set_dates(when, known, made);
  return made;
}

nominal_period make_period(const schedule& when, const facts& known, const meter_closing& closing, std::int64_t index) {
  nominal_period made;
  made.index = index;
  made.days = closing.days;
  made.months = {made.days};
  made.named = closing.on;
  detail::set_dates(when, known, made);
  return made;
}

nominal_period period_named(const facts& known, const fee& rule, std::uint32_t unit, civil_day start, civil_day named) {
  const schedule& when = known.tariff->schedules[static_cast<std::size_t>(rule.schedule)];
  if (when.kind != schedule_kind::readings) return make_period(when, known, start, period_number(when, start, named));
  const auto at = known.meters.closings_in(unit, rule.meter, {named, named + 1});
  if (!at.empty()) return make_period(when, known, at.front(), &at.front() - known.meters.closings_of(unit, rule.meter).data());
  nominal_period gone;
  gone.named = named;
  gone.days = {named, named};
  gone.months = {gone.days};
  return gone;
}

std::int64_t period_number(const schedule& when, civil_day start, civil_day day) {
  switch (when.kind) {
    case schedule_kind::months: return period_index(anchor_of(when, start), when.months, day);
    case schedule_kind::season: return to_ymd(day).year;
    case schedule_kind::once:
    case schedule_kind::readings: return 0;
  }
  return 0;
}

index_range candidate_periods(const schedule& when, civil_day start, day_range run, selection by) {
  if (run.empty()) return {};
  if (when.kind == schedule_kind::once || when.kind == schedule_kind::readings) return {0, 0};
  const int shift = by == selection::issue ? when.issue_shift_days : 0;
  const civil_day low = std::clamp(run.from - shift, first_day, last_day);
  const civil_day high = std::clamp(run.to - shift, first_day, last_day);
  // In arrears the issue counts from the end: the period before may be issued on `low`.
  index_range found{period_number(when, start, low) - 2, period_number(when, start, high)};
  if (when.kind == schedule_kind::season) found.first = std::max<std::int64_t>(found.first, to_ymd(first_day).year);
  return found;
}

bool selects(const nominal_period& period, day_range run, selection by) {
  return run.contains(by == selection::issue ? period.issue : period.named);
}

DUES_END
