// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/value/wide.hpp>

#include <algorithm>

DUES_BEGIN

int128 pow10_128(int n) {
  static const auto powers = [] {
    std::array<int128, 39> made{};
    made[0] = 1;
    for (std::size_t i = 1; i < made.size(); ++i) made[i] = int128(made[i - 1] * 10);
    return made;
  }();
  DUES_ASSERT(n >= 0 && n <= 38);
  return powers[static_cast<std::size_t>(n)];
}

int256 pow10_256(int n) {
  static const auto powers = [] {
    std::array<int256, 77> made{};
    made[0] = 1;
    for (std::size_t i = 1; i < made.size(); ++i) made[i] = int256(made[i - 1] * 10);
    return made;
  }();
  DUES_ASSERT(n >= 0 && n <= 76);
  return powers[static_cast<std::size_t>(n)];
}

std::string to_string(int128 value) {
#if DUES_NATIVE_INT128
  if (value == 0) return "0";
  const bool negative = value < 0;
  uint128 rest = negative ? uint128(0) - uint128(value) : uint128(value);
  std::string out;
  for (; rest != 0; rest /= 10) out += static_cast<char>('0' + static_cast<int>(rest % 10));
  if (negative) out += '-';
  std::reverse(out.begin(), out.end());
  return out;
#else
  return value.str();
#endif
}

std::string to_string(const int256& value) { return value.str(); }

DUES_END
