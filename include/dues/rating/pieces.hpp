// SPDX-License-Identifier: Apache-2.0
//
// A period cut into pieces on which nothing changes. Cuts come from the calendar and the tariff
// (the same for all units: computed once a run) and from the unit's own facts.
#pragma once

#include <dues/rating/schedule.hpp>
#include <dues/value/exact.hpp>

DUES_BEGIN

/// Days of one month of a period on which every fact and value that the fee reads is constant.
struct piece {
  day_range days;
  std::int32_t month = 0;  ///< number within the period
  /// Under proration `none` a month that is not covered is charged by a neighbour's values:
  /// such a piece stands for the whole month.
  bool stands_in = false;
  /// Nothing changed since the piece before, which it touches: only a month began.
  bool same_values = false;
  bool kept = true;        ///< while the fee's condition is asked
  civil_day values_on;     ///< the day whose facts it takes
  const exact128* share = nullptr;  ///< a co-holder's part; null: all of it
};

/// One fee in one nominal period, with the cuts that all units share.
struct fee_period {
  const fee* rule = nullptr;
  const schedule* when = nullptr;
  nominal_period period;
  std::vector<civil_day> changes;  ///< sorted, strictly inside the period; months are not among them
};

/// Finds the days on which prices, values, limits or calendar years change.
fee_period make_fee_period(const program& tariff, const fee& rule, nominal_period period);

/// The days of `base` cut at months, and where something changes that the fee reads.
/// @param existing  leave out days on which the unit does not exist
/// @param account   also cut where this account's facts change; id_table::none: no account
void cut_days(const fee_period& what, const facts& known, std::uint32_t unit, std::uint32_t account, bool existing,
              day_range base, std::vector<civil_day>& scratch, std::vector<piece>& out);

/// Adds a piece for each month that no piece covers, with the values of the nearest covered day.
void fill_uncovered_months(const fee_period& what, std::vector<piece>& pieces);

/// Joins touching runs: maximal runs of covered days of one month.
void runs_of_month(std::span<const piece> pieces, std::int32_t month, std::vector<day_range>& out);

DUES_END
