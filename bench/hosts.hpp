// SPDX-License-Identifier: Apache-2.0
//
// What else a host waits for: loading, compiling, one account out of a nation, why a line is so, writing.
#pragma once

#include <dues/value/date.hpp>

#include <cstddef>
#include <string>

namespace dues_bench {

/// Registers them over the city, what grows with it at a quarter, a half and all of `units`.
void register_hosts(std::size_t units);

/// Files that somebody has in place of the made-up city.
struct own_files {
  std::string units_csv;    ///< file name; rows may say who holds the unit
  std::string tenures_csv;  ///< file name, or empty
  std::string tariff;       ///< file name
  dues::day_range days;     ///< what is billed
};
/// Registers them, and lines, over these files. There is no loop by hand: nobody has written one for this
/// tariff. Files are read whole before anything is timed. @throws std::runtime_error when one cannot be
/// read or used
void register_own_files(const own_files& given);

}  // namespace dues_bench
