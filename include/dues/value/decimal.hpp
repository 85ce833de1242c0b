// SPDX-License-Identifier: Apache-2.0
//
// A decimal number as people write it: a coefficient of at most 38 digits and 0 to 18 places. Never
// a binary floating point number, neither in nor out.
#pragma once

#include <dues/value/rounding.hpp>

#include <compare>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

DUES_BEGIN

enum class decimal_error : std::uint8_t { none, empty, not_a_number, exponent, too_many_digits, too_many_places };

class decimal {
 public:
  static constexpr int most_digits = 38;
  static constexpr int most_places = 18;

  decimal() = default;
  /// Of 64 bits at most: a wider integer may have more than 38 digits, and is made by make().
  template <std::integral Integer>
    requires(sizeof(Integer) <= sizeof(std::int64_t))
  explicit decimal(Integer value) : coefficient_(value) {}
  /// A binary fraction is no decimal: write it as text, decimal::parse("2.80").
  explicit decimal(std::floating_point auto) = delete;

  /// @returns nothing beyond 38 digits or outside 0..18 places
  static std::optional<decimal> make(int128 coefficient, int scale);
  static std::optional<decimal> make(std::floating_point auto, int) = delete;
  /// Reads -?[0-9]+(\.[0-9]+)?; leading zeros do not count as digits; -0 is 0.
  static std::optional<decimal> parse(std::string_view text, decimal_error* why = nullptr);

  int128 coefficient() const noexcept { return coefficient_; }
  int scale() const noexcept { return scale_; }
  /// Keeps the scale: 2.80.
  std::string to_text() const;
  /// Without trailing zeros after the point.
  decimal normalized() const;
  /// @returns nothing when it does not fit
  std::optional<decimal> rescaled(int places, rounding_mode mode) const;

  friend bool operator==(const decimal& a, const decimal& b) { return compare(a, b) == 0; }
  friend std::strong_ordering operator<=>(const decimal& a, const decimal& b) { return compare(a, b); }

 private:
  static std::strong_ordering compare(const decimal& a, const decimal& b);

  int128 coefficient_ = 0;
  std::int8_t scale_ = 0;
};

DUES_END
