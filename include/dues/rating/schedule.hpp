// SPDX-License-Identifier: Apache-2.0
//
// Service periods of a schedule: which dates a charge pays for, when it is issued, when it is due.
// Boundary k is always computed from the anchor, so month-ends do not drift.
#pragma once

#include <dues/facts/facts.hpp>
#include <dues/value/period.hpp>

#include <optional>
#include <vector>

DUES_BEGIN

/// Which periods a run bills: those issued in its dates, or those that begin in them.
enum class selection : std::uint8_t { issue, service };

/// One nominal period, before coverage cuts it.
struct nominal_period {
  std::int64_t index = 0;         ///< k of boundary k; the year of a season; 0 of a one-off
  day_range days;
  std::vector<day_range> months;  ///< cut at the anchor's boundaries; a season, a one-off, usage between readings is one
  civil_day named;                ///< the day in keys: the period's first, of readings the one that closes it
  civil_day issue, due;
  /// Set when the due date needs a day that the calendar does not cover; then `due` is unrolled.
  std::optional<diagnostic> problem;
};

/// Days that periods are counted from: 1 January for the calendar, the start of a subscription, a date.
civil_day anchor_of(const schedule& when, civil_day subscription_start);

/// Period number `index` of a schedule.
/// @param start  first day of the subscription; read where the schedule counts from it
nominal_period make_period(const schedule& when, const facts& known, civil_day start, std::int64_t index);

/// What a reading closes: number `index` of the unit's closings.
nominal_period make_period(const schedule& when, const facts& known, const meter_closing& closing, std::int64_t index);
/// The period of a fee that a line's key names; empty when no reading closes there any more.
/// @param start  first day of the subscription, where the schedule counts from it
nominal_period period_named(const facts& known, const fee& rule, std::uint32_t unit, civil_day start, civil_day named);

/// Numbers [first, last] of the periods that a run selects, perhaps with one more at either end;
/// `selects` decides. An empty range has last < first.
struct index_range {
  std::int64_t first = 0, last = -1;
};
index_range candidate_periods(const schedule& when, civil_day start, day_range run, selection by);
bool selects(const nominal_period& period, day_range run, selection by);

/// Number of the period in which `day` lies; of a season, the one that begins in its year.
std::int64_t period_number(const schedule& when, civil_day start, civil_day day);

DUES_END
