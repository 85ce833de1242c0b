// SPDX-License-Identifier: Apache-2.0
//
// What earlier runs billed. With it a run gives adjustments: what was billed plus the adjustments is
// what a fresh run would bill, taken after everything, tax and rounding included.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>
#include <dues/tariff/program.hpp>

#include <map>
#include <memory>

DUES_BEGIN

/// All that was billed under one key, adjustments added.
struct billed_line {
  std::string account, unit, fee, subject;
  civil_day period, from, to, issue, due;
  std::int64_t gross = 0, tax = 0, amount = 0;  ///< minor units
  std::int32_t adjustments = 0;                 ///< the number of the last one
};

/// Lines of earlier runs, by key without its cause.
struct billed_before {
  std::map<std::string, billed_line, std::less<>> lines;
};

/// Reads what earlier runs billed, from files as `to_json` and `to_csv` write them, each in pieces of any
/// size: begin(), feed() any number of times, finish(). A file is CSV unless it begins with '{' or '['.
/// CSV is read row by row; JSON stands in memory until its end. Lines without an amount were not billed
/// and are passed over. What cannot be read: R114, R118, or what the readers of JSON and CSV tell.
/// One thread at a time.
class billed_reader {
 public:
  /// @param tariffs  of the run: a line of any other is a mistake. None may be null
  billed_reader(std::vector<std::shared_ptr<const program>> tariffs, diagnostics& found);
  ~billed_reader();
  billed_reader(const billed_reader&) = delete;
  billed_reader& operator=(const billed_reader&) = delete;

  void begin();
  /// @returns false when nothing further of this file will be read
  bool feed(std::string_view chunk);
  /// @returns whether all of this file was read
  bool finish();
  /// Of each tariff, in the order given; several files may be read into one.
  std::vector<billed_before> take();

 private:
  struct state;
  std::unique_ptr<state> state_;
};

/// As above, of one file and tariff, into what was read already.
/// @returns false when it cannot be read
bool read_billed(const program& tariff, std::string_view result, billed_before& into, diagnostics& found);

DUES_END
