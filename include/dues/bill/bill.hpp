// SPDX-License-Identifier: Apache-2.0
//
// The public call: loaded facts and dates in, lines and bills out. The engine reads no clock; the
// same facts and request give the same bytes, on any number of threads.
#pragma once

#include <dues/bill/before.hpp>
#include <dues/bill/line.hpp>

#include <memory>
#include <string>
#include <vector>

DUES_BEGIN

/// What to bill.
struct bill_request {
  day_range days;                         ///< [from, to)
  selection select = selection::issue;    ///< lines issued in `days`, or those whose period begins there
  std::string account;                    ///< only this one, when not empty
  std::string unit;                       ///< only this one, when not empty
  unsigned threads = 1;                   ///< 0: as many as the machine has
  std::int64_t most_lines = 20'000'000;   ///< a run that could make more is refused (R110); a line takes about 100 bytes
};

/// The lines of one account that are issued together and fall due together.
struct bill {
  std::uint32_t account = 0;
  civil_day issue, due;
  std::uint32_t begin = 0, end = 0;  ///< into billing::bill_lines
};

/// What a run made. Immutable afterwards; any number of threads may read it.
struct billing {
  std::shared_ptr<const facts> known;
  bill_request asked;
  std::vector<line> lines;               ///< by account id, unit id, fee, date, subject, cause
  std::vector<tax_rate> rates;           ///< by tax, rate
  std::vector<diagnostic> faults;        ///< of lines that could not be computed
  std::vector<bill> bills;               ///< by account id, issue, due
  std::vector<std::uint32_t> bill_lines; ///< places in `lines`, bill after bill
  bool adjusted = false;                 ///< lines billed before were taken into account
  diagnostics found;                     ///< what is wrong with the run itself; then there are no lines
};

/// Bills. A line that cannot be computed carries a diagnostic, the others go on.
/// @param before  lines of earlier runs: then only what changed comes out, as adjustments
/// @throws std::invalid_argument when `known` is null
/// Cost: linear in units x fees x periods; of one account or unit, in its own.
billing make_bills(std::shared_ptr<const facts> known, const bill_request& asked, const billed_before* before = nullptr);

/// What one tax rate bears in a bill. Lines without tax have tax -1; a line taxed by service days at
/// several rates has no one rate.
struct rate_total {
  std::int32_t rate = -1;  ///< into billing::rates
  int128 net = 0, tax = 0, amount = 0;
};

/// Totals of a bill for each rate, in the order of billing::rates, untaxed first.
std::vector<rate_total> totals_by_rate(const billing& made, const bill& of);
/// Sum of the lines' amounts, minor units.
int128 total_of(const billing& made, const bill& of);

/// "tariff/account/issue/due", each percent-escaped: the same for the same bill whenever it is made.
std::string bill_key(const billing& made, const bill& of);
/// Commits to the content: account, dates, edition, keys and amounts of the lines (UUID version 5). It is
/// no legal number; those are the host's.
std::string bill_id(const billing& made, const bill& of);

/// Place of the line with this key, or nothing. Cost: logarithmic in lines, plus the account's own.
std::optional<std::size_t> find_line(const billing& made, std::string_view key);

DUES_END
