// SPDX-License-Identifier: Apache-2.0
//
// Division of many numbers by one: a multiplication and a correction in place of the division that a
// processor is slow at. The quotient is exact.
#pragma once

#include <dues/value/wide.hpp>

DUES_BEGIN

class fixed_divisor {
 public:
  fixed_divisor() = default;
  /// @param divisor  usable() says whether it can be one: [2, 2^62], where 128-bit integers are native
  explicit fixed_divisor(std::int64_t divisor) {
    constexpr std::int64_t most = std::int64_t{1} << 62;
    if (DUES_NATIVE_INT128 == 0 || divisor < 2 || divisor > most) return;
    divisor_ = static_cast<std::uint64_t>(divisor);
    // floor(2^64 / d), from floor((2^64 - 1) / d): the same unless d divides 2^64.
    inverse_ = ~std::uint64_t{0} / divisor_ + ((divisor_ & (divisor_ - 1)) == 0 ? 1 : 0);
  }
  bool usable() const noexcept { return divisor_ != 0; }

  /// number / divisor to the nearest integer, ties away from zero.
  /// @param number  not the least of its type
  std::int64_t half_up(std::int64_t number) const noexcept {
    const std::uint64_t magnitude = static_cast<std::uint64_t>(number < 0 ? -number : number);
    // The estimate is the quotient or one less: number x (2^64 mod d) / (d x 2^64) is below 1.
    auto quotient = static_cast<std::uint64_t>((static_cast<uint128>(magnitude) * inverse_) >> 64);
    std::uint64_t rest = magnitude - quotient * divisor_;
    const std::uint64_t short_by = rest >= divisor_ ? 1U : 0U;
    quotient += short_by;
    rest -= short_by * divisor_;
    quotient += rest >= divisor_ - rest ? 1U : 0U;
    return number < 0 ? -static_cast<std::int64_t>(quotient) : static_cast<std::int64_t>(quotient);
  }

 private:
  std::uint64_t divisor_ = 0, inverse_ = 0;
};

DUES_END
