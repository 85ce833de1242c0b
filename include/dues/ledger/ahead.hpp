// SPDX-License-Identifier: Apache-2.0
//
// What an event `prepay` holds: the lines that were paid ahead as they were granted on that day, so that nothing
// has to be computed again when it is taken back or the payer leaves.
#pragma once

#include <dues/tariff/vocabulary.hpp>
#include <dues/value/date.hpp>

#include <string>
#include <vector>

DUES_BEGIN

/// One line that is paid ahead. Amounts are minor units, tax included but for `gross` under exclusive tax.
struct ahead_line {
  civil_day period;      ///< first day of the nominal period, as in the line's key
  civil_day from, to;    ///< what the line charges for
  civil_day issue, due;  ///< of the regular bill
  int months = 0;        ///< of the nominal period
  bool gift = false;     ///< a month that came free
  std::int64_t gross = 0, tax = 0;
  std::int64_t amount = 0;   ///< that is paid for it
  std::int64_t regular = 0;  ///< that the regular bill would ask: owed if the prepayment is taken back once it has begun
  std::string rebate;        ///< id of the discount that lowers, by `gross`, a line which is billed in its own time; such a line is not covered

  friend bool operator==(const ahead_line&, const ahead_line&) = default;
};

/// A prepayment as it was granted.
struct ahead_terms {
  int months = 0;      ///< paid
  day_range covered;   ///< nominal periods of the lines, gifts included
  prepaid_price price = prepaid_price::locked;
  early_leave leaving = early_leave::reprice;
  std::string tariff_hash;  ///< of the tariff that it was computed by
  std::vector<ahead_line> lines;  ///< by period

  friend bool operator==(const ahead_terms&, const ahead_terms&) = default;
};

DUES_END
