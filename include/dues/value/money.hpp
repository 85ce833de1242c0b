// SPDX-License-Identifier: Apache-2.0
//
// An amount in the minor units of one currency. Money plus money needs one currency; money times
// money does not compile.
#pragma once

#include <dues/value/currency.hpp>
#include <dues/value/decimal.hpp>

#include <compare>
#include <optional>
#include <stdexcept>
#include <string>

DUES_BEGIN

class money {
 public:
  /// @returns nothing when the code is unknown or the amount has more places than the currency
  static std::optional<money> make(const decimal& amount, std::string_view code) {
    const currency* in = find_currency(code);
    if (in == nullptr || in->minor_units < 0) return std::nullopt;
    const decimal plain = amount.normalized();
    if (plain.scale() > in->minor_units) return std::nullopt;
    const auto scaled = plain.rescaled(in->minor_units, rounding_mode::half_up);
    if (!scaled) return std::nullopt;
    return money(scaled->coefficient(), in);
  }

  /// Minor units: 1230 for CNY 12.30.
  int128 units() const noexcept { return units_; }
  const currency& in() const noexcept { return *in_; }
  /// At most 38 digits.
  decimal amount() const { return *decimal::make(units_, in_->minor_units); }
  std::string to_text() const { return std::string(in_->code) + " " + amount().to_text(); }

  friend money operator-(const money& a) { return {int128(-a.units_), a.in_}; }
  /// @throws std::invalid_argument when the currencies differ, std::overflow_error beyond 38 digits
  friend money operator+(const money& a, const money& b) { return a.plus(b.units_, b); }
  friend money operator-(const money& a, const money& b) { return a.plus(int128(-b.units_), b); }
  template <std::integral Integer>
    requires(sizeof(Integer) <= sizeof(std::int64_t))
  friend std::optional<money> operator*(const money& a, Integer times) {
    int128 units;
    if (mul_overflows(a.units_, int128(times), units) || !decimal::make(units, a.in_->minor_units)) return std::nullopt;
    return money(units, a.in_);
  }
  friend std::optional<money> operator*(const money&, std::floating_point auto) = delete;

  friend bool operator==(const money& a, const money& b) { return a.in_ == b.in_ && a.units_ == b.units_; }
  /// Amounts of two currencies have no order.
  friend std::partial_ordering operator<=>(const money& a, const money& b) {
    if (a.in_ != b.in_) return std::partial_ordering::unordered;
    return a.units_ < b.units_ ? std::partial_ordering::less : a.units_ > b.units_ ? std::partial_ordering::greater : std::partial_ordering::equivalent;
  }

 private:
  money(int128 units, const currency* in) : units_(units), in_(in) {}
  money plus(int128 units, const money& other) const {
    if (in_ != other.in_) throw std::invalid_argument("amounts of two currencies do not add");
    int128 sum;
    if (add_overflows(units_, units, sum) || !decimal::make(sum, in_->minor_units)) throw std::overflow_error("an amount has at most 38 digits");
    return {sum, in_};
  }

  int128 units_ = 0;
  const currency* in_ = nullptr;
};

DUES_END
