// SPDX-License-Identifier: Apache-2.0
//
// What earlier runs billed. With it a run gives adjustments: what was billed plus the adjustments is
// what a fresh run would bill, taken after everything, tax and rounding included.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>
#include <dues/tariff/program.hpp>

#include <map>

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

/// Reads lines as `to_json` writes them; several results may be read into one.
/// @returns false when the document is no such result: R114 tells
bool read_billed(const program& tariff, std::string_view result_json, billed_before& into, diagnostics& found);

DUES_END
