// SPDX-License-Identifier: Apache-2.0
//
// The public call: loaded facts and dates in, lines and bills out. The engine reads no clock; the
// same facts and request give the same bytes, on any number of threads.
#pragma once

#include <dues/bill/before.hpp>
#include <dues/bill/columns.hpp>
#include <dues/bill/paid_ahead.hpp>
#include <dues/discount/discount.hpp>

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <vector>

DUES_BEGIN

/// Lets another thread watch a run, or end it. Must live until the call returns.
struct run_watch {
  std::atomic<bool> stop{false};               ///< once set, the run ends soon, with R117 and no lines
  mutable std::atomic<std::size_t> lines{0};   ///< made so far

  bool stopped() const noexcept { return stop.load(std::memory_order_relaxed); }
  bool go_on(std::size_t more) const noexcept {
    lines.fetch_add(more, std::memory_order_relaxed);
    return !stopped();
  }
};

/// What to bill.
struct bill_request {
  day_range days;                         ///< [from, to)
  selection select = selection::issue;    ///< lines issued in `days`, or those whose period begins there
  std::string account;                    ///< only this one, when not empty
  std::string unit;                       ///< only this one, when not empty
  unsigned threads = 1;                   ///< 0: as many as the machine has
  std::int64_t most_lines = 20'000'000;   ///< a run that could make more is refused (R110); a line takes 40 to 110 bytes
  run_watch* watch = nullptr;             ///< may be null
  const paid_ahead* paid = nullptr;       ///< lines that are left out; may be null; must live until the call returns
  bool discounted = true;                 ///< false: lines as they are before discounts
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
  line_list lines;                       ///< by account id, unit id, fee, date, subject, cause
  std::vector<granted_discount> granted; ///< by line, then in the order of work; none of adjustments
  std::vector<tax_rate> rates;           ///< by tax, rate
  std::vector<diagnostic> faults;        ///< of lines that could not be computed
  std::vector<bill> bills;               ///< by account id, issue, due
  std::vector<std::uint32_t> bill_lines; ///< places in `lines`, bill after bill
  bool adjusted = false;                 ///< lines billed before were taken into account
  diagnostics found;                     ///< what is wrong with the run itself; then there are no lines
};

/// Bills. A line that cannot be computed carries a diagnostic, the others go on.
/// @param before  lines of earlier runs: then only what changed comes out, as adjustments
/// @param reused  an earlier result whose memory is used again; what it held is gone
/// @throws std::invalid_argument when `known` is null
/// Cost: linear in units x fees x periods; of one account or unit, in its own.
billing make_bills(std::shared_ptr<const facts> known, const bill_request& asked, const billed_before* before = nullptr, billing reused = {});

/// As make_bills, but lines only: `bills` stays empty.
billing make_lines(std::shared_ptr<const facts> known, const bill_request& asked, const billed_before* before = nullptr, billing reused = {});

/// Several communities in one run, each with its tariff: results in the order given. A bill has the lines
/// of one community, so currencies never mix. `asked.most_lines` bounds all of them together.
std::vector<billing> make_bills(std::span<const std::shared_ptr<const facts>> known, const bill_request& asked);

/// What one tax rate bears in a bill. Lines without tax have tax -1; a line taxed by service days at
/// several rates has no one rate.
struct rate_total {
  std::int32_t rate = -1;  ///< into billing::rates
  int128 net = 0, tax = 0, amount = 0;
};

/// What discounts take off a line: minor units, of an adjustment what they changed.
std::int64_t discounts_of(const program& tariff, const line& one);
/// What is granted to a line, in the order of work.
std::span<const granted_discount> granted_to(const billing& made, std::size_t place);

/// Totals of a bill for each rate, in the order of billing::rates, untaxed first.
std::vector<rate_total> totals_by_rate(const billing& made, const bill& of);
/// Sum of the lines' amounts, minor units.
int128 total_of(const billing& made, const bill& of);

/// "tariff/account/issue/due", each percent-escaped: the same for the same bill whenever it is made.
std::string bill_key(const billing& made, const bill& of);
/// Commits to the content: account, dates, edition, keys and amounts of the lines (UUID version 5). It is
/// no legal number; those are the host's.
std::string bill_id(const billing& made, const bill& of);

/// Places [first, end) of an account's lines.
struct place_range {
  std::size_t first = 0, end = 0;
};
place_range lines_of(const billing& made, std::uint32_t account);

/// Place of the line with this key, or nothing. Cost: logarithmic in lines, plus the account's own.
std::optional<std::size_t> find_line(const billing& made, std::string_view key);

DUES_END
