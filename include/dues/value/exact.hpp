// SPDX-License-Identifier: Apache-2.0
//
// The number that every rule computes with: an exact fraction, num / (den * 10^scale). Decimals stay
// decimals (den is 1), a division by days leaves its denominator, and nothing is rounded until a rule
// says so. What does not fit is `overflowed`; that sticks, and the rule runs again with a wider integer.
#pragma once

#include <dues/value/decimal.hpp>

#include <compare>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

DUES_BEGIN

template <class Int>
class exact {
 public:
  exact() = default;
  explicit exact(std::int64_t value) : num_(value) {}
  /// Overflowed when it does not fit, which 64 bits may do.
  explicit exact(const decimal& value) : scale_(detail::narrow(value.coefficient(), num_) ? overflow : value.scale()) {}
  exact(std::floating_point auto) = delete;
  /// A narrower fraction in a wider integer; the other way is narrowed().
  template <class Other>
    requires(std::is_same_v<typename detail::twice_as_wide<Other>::type, Int>)
  explicit exact(const exact<Other>& other)
      : num_(Int(other.num_)), den_(Int(other.den_)), scale_(other.scale_) {}

  /// coefficient / 10^scale. @param scale  [0, 36]
  static exact scaled(Int coefficient, int scale) {
    exact made;
    made.num_ = std::move(coefficient);
    made.scale_ = scale;
    return made;
  }
  /// num / den. @param den  not 0
  static exact ratio(Int num, Int den) {
    DUES_ASSERT(den != 0);
    exact made;
    made.num_ = std::move(num);
    made.den_ = std::move(den);
    if (made.den_ < 0 && (negated(made.num_) || negated(made.den_))) return overflowing();
    return made;
  }
  template <class Num, class Den>
    requires(std::floating_point<Num> || std::floating_point<Den>)
  static exact ratio(Num, Den) = delete;
  /// A wider fraction in a narrower integer; overflowed when its lowest terms do not fit.
  template <class Other>
  static exact narrowed(const exact<Other>& other) {
    const auto lowest = other.reduced();
    exact made;
    if (!lowest || detail::narrow(lowest->num, made.num_) || detail::narrow(lowest->den, made.den_)) return overflowing();
    return made;
  }
  /// Reads what to_text writes: an integer, a decimal, or n/d.
  static std::optional<exact> parse(std::string_view text);

  bool overflowed() const noexcept { return scale_ < 0; }
  bool is_zero() const noexcept { return num_ == 0 && !overflowed(); }
  int sign() const noexcept { return num_ < 0 ? -1 : num_ > 0 ? 1 : 0; }

  friend exact operator-(const exact& a) {
    exact made = a;
    return negated(made.num_) ? overflowing() : made;
  }
  friend exact operator+(const exact& a, const exact& b) { return sum(a, b, false); }
  friend exact operator-(const exact& a, const exact& b) { return sum(a, b, true); }
  friend exact operator*(const exact& a, const exact& b) { return product(a, b); }
  /// @param b  not zero
  friend exact operator/(const exact& a, const exact& b) {
    DUES_ASSERT(b.num_ != 0 || b.overflowed());
    if (a.overflowed() || b.overflowed()) return overflowing();
    // a / b = a * (den_b * 10^scale_b) / num_b
    exact inverse;
    inverse.num_ = b.num_ < 0 ? Int(-b.den_) : b.den_;
    inverse.den_ = b.num_;
    if (b.num_ < 0 && negated(inverse.den_)) return overflowing();
    exact ten_power;
    if (b.scale_ > most_pow10<Int>) return overflowing();
    ten_power.num_ = pow10<Int>(b.scale_);
    return product(product(a, inverse), ten_power);
  }

  friend std::strong_ordering compare(const exact& a, const exact& b) { return compared(a, b); }
  friend bool operator==(const exact& a, const exact& b) { return compared(a, b) == 0; }
  friend std::strong_ordering operator<=>(const exact& a, const exact& b) { return compared(a, b); }

  /// The lesser and the greater of two; overflowed when either is, for then nobody knows.
  static const exact& lesser(const exact& a, const exact& b) { return b.overflowed() || (!a.overflowed() && b < a) ? b : a; }
  static const exact& greater(const exact& a, const exact& b) { return b.overflowed() || (!a.overflowed() && a < b) ? b : a; }

  exact floor() const { return whole(rounding_mode::floor); }
  exact ceil() const { return whole(rounding_mode::ceiling); }
  exact abs() const { return num_ < 0 ? -*this : *this; }

  /// The coefficient at `places`, rounded. @returns false when it does not fit, or overflowed
  bool round(int places, rounding_mode mode, int128& out) const;
  struct fraction {
    Int num, den;
  };
  /// In lowest terms; nothing when the denominator does not fit.
  std::optional<fraction> reduced() const;
  /// The same value as coefficient / 10^scale in 64 bits, where that is how it stands or a decimal says it.
  bool to_plain(std::int64_t& coefficient, std::int8_t& scale) const;
  /// The same value as a decimal, where there is one that fits.
  std::optional<decimal> to_decimal() const;
  /// "2.80" where a decimal says it, else "n/d" in lowest terms; "overflow" when it overflowed.
  std::string to_text() const;

 private:
  template <class>
  friend class exact;
  using wide = typename detail::twice_as_wide<Int>::type;
  static constexpr int most_scale = 36;
  static constexpr std::int32_t overflow = -1;

  static exact overflowing() {
    exact made;
    made.scale_ = overflow;
    return made;
  }
  // The least integer of 64 or 128 bits has no negative. @returns true when it does not fit
  static bool negated(Int& value) {
    if constexpr (std::is_same_v<Int, int128>) {
      if (value == int128_min()) return true;
    }
    if constexpr (std::is_same_v<Int, std::int64_t>) {
      if (value == std::numeric_limits<std::int64_t>::min()) return true;
    }
    value = Int(-value);
    return false;
  }
  static exact sum(const exact& a, const exact& b, bool minus);
  static exact product(const exact& a, const exact& b);
  static std::strong_ordering compared(const exact& a, const exact& b);
  exact whole(rounding_mode mode) const;
  /// Makes the numbers smaller without changing the value: tens, then common factors.
  void shrink();

  Int num_{0}, den_{1};
  std::int32_t scale_ = 0;  // `overflow` when the number did not fit
};

using exact64 = exact<std::int64_t>;  ///< enough for most lines, and the fastest
using exact128 = exact<int128>;
using exact256 = exact<int256>;

DUES_END

#include <dues/value/impl/exact.hpp>
