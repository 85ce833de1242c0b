// SPDX-License-Identifier: Apache-2.0
//
// The one owner of 128- and 256-bit integers: native where there are any, Boost.Multiprecision
// otherwise and beyond. Sums and products say whether they fit; nothing wraps.
#pragma once

#include <dues/config.hpp>

#include <boost/multiprecision/cpp_int.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>

DUES_BEGIN

#if DUES_NATIVE_INT128
__extension__ using int128 = __int128;
__extension__ using uint128 = unsigned __int128;
#else
using int128 = boost::multiprecision::number<
    boost::multiprecision::cpp_int_backend<128, 128, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>,
    boost::multiprecision::et_off>;
using uint128 = boost::multiprecision::number<
    boost::multiprecision::cpp_int_backend<128, 128, boost::multiprecision::unsigned_magnitude, boost::multiprecision::unchecked, void>,
    boost::multiprecision::et_off>;
#endif
using int256 = boost::multiprecision::number<
    boost::multiprecision::cpp_int_backend<256, 256, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>,
    boost::multiprecision::et_off>;
using int512 = boost::multiprecision::number<
    boost::multiprecision::cpp_int_backend<512, 512, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>,
    boost::multiprecision::et_off>;

/// The same range in both builds: [-(2^127), 2^127 - 1].
inline int128 int128_max() { return int128((uint128(1) << 127) - 1); }
inline int128 int128_min() { return int128(-int128_max() - 1); }

namespace detail {

template <class Int>
inline constexpr bool has_builtin_overflow = std::is_same_v<Int, std::int64_t> || (DUES_NATIVE_INT128 && std::is_same_v<Int, int128>);

/// An integer in which a sum or product of two `Int` always fits.
template <class Int>
struct twice_as_wide { using type = int256; };
template <>
struct twice_as_wide<int256> { using type = int512; };

template <class Int, class Wide>
bool narrow(const Wide& wide, Int& out) {
  if constexpr (std::is_same_v<Int, int256>) {
    // 255 bits either side, the same everywhere.
    if constexpr (!std::is_same_v<Wide, std::int64_t> && !std::is_same_v<Wide, int128>)
      if (wide != 0 && boost::multiprecision::msb(wide < 0 ? Wide(-wide) : wide) >= 255) return true;
  } else if constexpr (std::is_same_v<Int, std::int64_t>) {
    if (wide > Wide(std::numeric_limits<std::int64_t>::max()) || wide < Wide(std::numeric_limits<std::int64_t>::min())) return true;
  } else if constexpr (!std::is_same_v<Wide, std::int64_t>) {
    if (wide > Wide(int128_max()) || wide < Wide(int128_min())) return true;
  }
  out = static_cast<Int>(wide);
  return false;
}

}  // namespace detail

/// Sets `out`, which may be a or b, to a + b. @returns true when it does not fit; then `out` is unspecified
template <class Int>
bool add_overflows(const Int& a, const Int& b, Int& out) {
  if constexpr (detail::has_builtin_overflow<Int>) {
    // Not into out at once: GCC reads operands that are constant references again after it has written,
    // and out may be one of them.
    Int made;
    const bool overflows = __builtin_add_overflow(a, b, &made);
    out = made;
    return overflows;
  } else {
    using wide = typename detail::twice_as_wide<Int>::type;
    return detail::narrow(wide(wide(a) + wide(b)), out);
  }
}

template <class Int>
bool sub_overflows(const Int& a, const Int& b, Int& out) {
  if constexpr (detail::has_builtin_overflow<Int>) {
    Int made;
    const bool overflows = __builtin_sub_overflow(a, b, &made);
    out = made;
    return overflows;
  } else {
    using wide = typename detail::twice_as_wide<Int>::type;
    return detail::narrow(wide(wide(a) - wide(b)), out);
  }
}

template <class Int>
bool mul_overflows(const Int& a, const Int& b, Int& out) {
  if constexpr (detail::has_builtin_overflow<Int>) {
    Int made;
    const bool overflows = __builtin_mul_overflow(a, b, &made);
    out = made;
    return overflows;
  } else {
    using wide = typename detail::twice_as_wide<Int>::type;
    return detail::narrow(wide(wide(a) * wide(b)), out);
  }
}

/// Nothing outside 63 bits and a sign.
inline std::optional<std::int64_t> to_int64(const int128& value) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  if (value > int128(most) || value < -int128(most)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

/// 10^n, n in [0, 38].
int128 pow10_128(int n);
/// 10^n, n in [0, 76].
int256 pow10_256(int n);

namespace detail {
inline constexpr std::array<std::int64_t, 19> pow10_table = [] {
  std::array<std::int64_t, 19> made{};
  made[0] = 1;
  for (std::size_t i = 1; i < made.size(); ++i) made[i] = made[i - 1] * 10;
  return made;
}();
}  // namespace detail

/// The greatest n for which 10^n fits.
template <class Int>
inline constexpr int most_pow10 = std::is_same_v<Int, std::int64_t> ? 18 : std::is_same_v<Int, int256> ? 76 : 38;

/// 10^n. @param n  [0, most_pow10<Int>]
template <class Int>
Int pow10(int n) {
  if constexpr (std::is_same_v<Int, int256>) return pow10_256(n);
  else if constexpr (std::is_same_v<Int, std::int64_t>) return detail::pow10_table[static_cast<std::size_t>(n)];
  else return n <= most_pow10<std::int64_t> ? Int(detail::pow10_table[static_cast<std::size_t>(n)]) : pow10_128(n);
}

/// Multiplies by 10^n, n >= 0. @returns true when it does not fit; then `value` is unspecified
template <class Int>
bool scale_overflows(Int& value, int n) {
  return n > most_pow10<Int> || mul_overflows(value, pow10<Int>(n), value);
}

std::string to_string(int128 value);
std::string to_string(const int256& value);

/// Greatest common divisor of two magnitudes; gcd(0, b) = |b|.
/// @param b  not the least integer, which has no magnitude of its width; nor a, where b is 0
template <class Int>
Int greatest_common_divisor(Int a, Int b) {
  if (b == 0) return a < 0 ? Int(-a) : a;
  if (b < 0) b = Int(-b);
  a = Int(a % b);  // first: a itself may be the least integer
  if (a < 0) a = Int(-a);
  while (a != 0) {
    Int rest = Int(b % a);
    b = a;
    a = rest;
  }
  return b;
}

DUES_END
