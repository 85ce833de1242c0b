// SPDX-License-Identifier: Apache-2.0
//
// What the numbers are tested against: Boost's unbounded integers and rationals, and roundings derived
// from the floor, so that no step is shared with the library.
#pragma once

#include <dues/value/exact.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <rapidcheck.h>

#include <array>
#include <optional>
#include <ostream>
#include <string_view>
#include <tuple>

namespace dues_test {

using integer = boost::multiprecision::cpp_int;
using rational = boost::multiprecision::cpp_rational;

inline constexpr std::array modes{dues::rounding_mode::half_up, dues::rounding_mode::half_even, dues::rounding_mode::half_down,
                                  dues::rounding_mode::up,      dues::rounding_mode::down,      dues::rounding_mode::ceiling,
                                  dues::rounding_mode::floor};

inline integer ten_to(int n) {
  integer power = 1;
  for (; n > 0; --n) power *= 10;
  return power;
}

inline integer floor_of(const rational& value) {
  const integer num = numerator(value);
  const integer den = denominator(value);
  const integer rest = ((num % den) + den) % den;
  return (num - rest) / den;
}

inline integer round_of(const rational& value, dues::rounding_mode mode) {
  const integer below = floor_of(value);
  const rational rest = value - rational(below);  // [0, 1)
  if (rest == 0) return below;
  const integer above = below + 1;
  const integer outer = value < 0 ? below : above;
  const integer inner = value < 0 ? above : below;
  const rational half(1, 2);
  const integer nearer = rest < half ? below : above;
  switch (mode) {
    case dues::rounding_mode::half_up: return rest == half ? outer : nearer;
    case dues::rounding_mode::half_down: return rest == half ? inner : nearer;
    case dues::rounding_mode::half_even: return rest == half ? (below % 2 == 0 ? below : above) : nearer;
    case dues::rounding_mode::up: return outer;
    case dues::rounding_mode::down: return inner;
    case dues::rounding_mode::ceiling: return above;
    case dues::rounding_mode::floor: return below;
  }
  return below;
}

/// An integer of any width from its digits.
template <class Int>
Int whole(std::string_view text) {
  const bool negative = text.front() == '-';
  Int made = 0;
  for (const char c : text.substr(negative ? 1 : 0)) made = Int(made * 10 + (c - '0'));
  return negative ? Int(-made) : made;
}

inline dues::decimal decimal_of(std::string_view text) { return dues::decimal::parse(text).value(); }

/// What a number is worth by its lowest terms; nothing when it overflowed or they do not fit.
template <class Int>
std::optional<rational> worth(const dues::exact<Int>& number) {
  if constexpr (!std::is_same_v<Int, dues::int256>) {
    return worth(dues::exact256(number));
  } else {
    const auto lowest = number.reduced();
    if (!lowest) return std::nullopt;
    return rational(integer(lowest->num), integer(lowest->den));
  }
}

/// num / (den * 10^scale), before any width is chosen.
struct parts {
  integer num, den;
  int scale = 0;

  rational worth() const { return rational(num, integer(den * ten_to(scale))); }
  template <class Int>
  dues::exact<Int> as() const {
    if constexpr (std::is_same_v<Int, std::int64_t>) {
      const integer most = std::numeric_limits<std::int64_t>::max();
      if (abs(num) > most || abs(den) > most) return dues::exact<Int>(dues::decimal::parse(std::string(38, '9')).value());  // overflowed
    }
    const auto tenths = [](int places) { return dues::exact<Int>(dues::decimal::make(1, places).value()); };
    return dues::exact<Int>::ratio(static_cast<Int>(num), static_cast<Int>(den)) * tenths(scale / 2) * tenths(scale - scale / 2);
  }
  friend void showValue(const parts& p, std::ostream& out) { out << p.num << " / (" << p.den << " * 10^" << p.scale << ")"; }
};

/// Magnitudes of 0 to `bits` bits, each length as likely as the others.
inline rc::Gen<integer> magnitudes(int bits) {
  const auto word = rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>());
  return rc::gen::map(rc::gen::tuple(rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, bits + 1)), word, word, word, word),
                      [](const std::tuple<int, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t>& drawn) {
                        const auto& [length, a, b, c, d] = drawn;
                        integer made = a;
                        for (const std::uint64_t next : {b, c, d}) made = (made << 64) + next;
                        return integer(made & ((integer(1) << length) - 1));
                      });
}

inline rc::Gen<integer> integers(int bits) {
  return rc::gen::map(rc::gen::pair(magnitudes(bits), rc::gen::arbitrary<bool>()),
                      [](const std::pair<integer, bool>& drawn) { return drawn.second ? integer(-drawn.first) : drawn.first; });
}

inline rc::Gen<parts> fractions(int num_bits, int den_bits, int most_scale) {
  return rc::gen::map(rc::gen::tuple(integers(num_bits), magnitudes(den_bits), rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, most_scale + 1))),
                      [](const std::tuple<integer, integer, int>& drawn) {
                        const auto& [num, den, scale] = drawn;
                        return parts{num, den == 0 ? integer(1) : den, scale};
                      });
}

}  // namespace dues_test
