// SPDX-License-Identifier: Apache-2.0
//
// A made-up city to measure with: flats and shops whose area was measured anew, and their owners. The same
// size gives the same city on every machine, and a smaller one is the beginning of a larger one.
#pragma once

#include <dues/value/date.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace dues_bench {

/// One unit, as it is in the month that is billed.
struct house {
  std::uint32_t unit = 0;     ///< its place in the city
  std::uint32_t account = 0;  ///< number of the owner
  dues::civil_day owned_from; ///< a tenth of them inside the month
  bool shop = false, stairs = false;
  bool measured_anew = false; ///< in an earlier year; before, its area was half a square metre larger
  std::int64_t area_hundredths = 0;
};

using city = std::vector<house>;

/// The month that is billed.
inline dues::day_range billed_month() { return {*dues::day_from(2026, 7, 1), *dues::day_from(2026, 8, 1)}; }

/// Of `units` units one in ten is handed over inside the month, one in five was measured anew in an
/// earlier year, one in twenty was resold to an account whose number is out of the order of units.
city make_city(std::size_t units);

/// "U-00000012" and "A-00000012": of one width, so that the order of texts is that of numbers.
std::string unit_id(const house& of);
std::string account_id(const house& of);

/// The same facts three times: two tables of CSV, or one document of JSON.
std::string units_csv(const city& of);
std::string tenures_csv(const city& of);
std::string facts_json(const city& of);

}  // namespace dues_bench
