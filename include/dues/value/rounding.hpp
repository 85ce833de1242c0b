// SPDX-License-Identifier: Apache-2.0
//
// Seven ways to round a quotient. A lossy step takes its mode as an argument; there is no default.
#pragma once

#include <dues/value/wide.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

DUES_BEGIN

/// half_up: ties away from zero (四舍五入). half_even: ties to the even neighbour. half_down: ties
/// towards zero. up: away from zero. down: towards zero. ceiling, floor: towards plus, minus infinity.
/// Negative values round as mirror images in the first five.
enum class rounding_mode : std::uint8_t { half_up, half_even, half_down, up, down, ceiling, floor };

std::string_view to_text(rounding_mode mode) noexcept;
std::optional<rounding_mode> rounding_mode_from(std::string_view text) noexcept;

/// num / den rounded to an integer.
/// @param den  > 0
template <class Int>
constexpr Int divide_rounded(const Int& num, const Int& den, rounding_mode mode) {
  Int quotient = Int(num / den);
  const Int rest = Int(num % den);  // sign of num
  if (rest == 0) return quotient;
  const bool negative = num < 0;
  const Int magnitude = negative ? Int(-rest) : rest;
  const Int other = Int(den - magnitude);  // magnitude against half of den, without doubling
  bool away = false;
  switch (mode) {
    case rounding_mode::half_up: away = magnitude >= other; break;
    case rounding_mode::half_down: away = magnitude > other; break;
    case rounding_mode::half_even: away = magnitude > other || (magnitude == other && Int(quotient % 2) != 0); break;
    case rounding_mode::up: away = true; break;
    case rounding_mode::down: away = false; break;
    case rounding_mode::ceiling: away = !negative; break;
    case rounding_mode::floor: away = negative; break;
  }
  if (away) quotient = negative ? Int(quotient - 1) : Int(quotient + 1);
  return quotient;
}

DUES_END
