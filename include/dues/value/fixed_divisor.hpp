// SPDX-License-Identifier: Apache-2.0
//
// Division of many numbers by one: a multiplication and a shift in place of the division that a
// processor is slow at. The quotient is exact.
#pragma once

#include <dues/value/wide.hpp>

#include <bit>

DUES_BEGIN

class fixed_divisor {
 public:
  static constexpr std::int64_t most_divisor = std::int64_t{1} << 61;
  static constexpr std::int64_t most_number = std::int64_t{1} << 62;

  fixed_divisor() = default;
  /// @param divisor  usable() says whether it can be one: [2, most_divisor], where 128-bit integers are native
  explicit fixed_divisor([[maybe_unused]] std::int64_t divisor) {
#if DUES_NATIVE_INT128
    if (divisor < 2 || divisor > most_divisor) return;
    // With 2^(bits-1) < divisor <= 2^bits, `inverse` is 2^(63+bits) / divisor, rounded up: too large by less
    // than divisor / divisor. For n < 2^63 that adds less than 1 / divisor to the quotient, so its floor is right.
    const auto d = static_cast<std::uint64_t>(divisor);
    const int bits = static_cast<int>(std::bit_width(d - 1));
    half_ = d / 2;
    shift_ = bits - 1;
    inverse_ = static_cast<std::uint64_t>(((uint128{1} << (63 + bits)) + (d - 1)) / d);
#endif
  }
  bool usable() const noexcept { return inverse_ != 0; }

  /// number / divisor to the nearest integer, ties away from zero.
  /// @param number  of a magnitude up to most_number
  std::int64_t half_up(std::int64_t number) const noexcept {
    // n / d + 1/2 has the floor of (n + floor(d / 2)) / d: where d is odd, the half that is left makes no whole.
    const auto magnitude = static_cast<std::uint64_t>(number < 0 ? -number : number) + half_;
    const auto quotient = static_cast<std::int64_t>(static_cast<std::uint64_t>((static_cast<uint128>(magnitude) * inverse_) >> 64) >> shift_);
    return number < 0 ? -quotient : quotient;
  }

 private:
  std::uint64_t inverse_ = 0, half_ = 0;
  int shift_ = 0;
};

DUES_END
