// SPDX-License-Identifier: Apache-2.0
//
// Exact fractions against Boost's rationals on random numbers of every length. A width that is too small
// says overflow; it never gives another number, and with ordinary numbers it never says so.
#include "oracle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using dues::exact;
using dues::exact128;
using dues::exact256;
using dues::int128;
using dues::int256;
using dues_test::integer;
using dues_test::modes;
using dues_test::parts;
using dues_test::rational;

template <class Int>
constexpr int bits = std::is_same_v<Int, std::int64_t> ? 63 : std::is_same_v<Int, int128> ? 127 : 255;

/// Numbers up to the width's own edge.
template <class Int>
parts any() { return *dues_test::fractions(bits<Int>, bits<Int>, 36); }
/// Numbers whose sum or product, of two, leaves room in lowest terms.
template <class Int>
parts middling() { return *dues_test::fractions(bits<Int> / 2, bits<Int> / 4, 18); }
/// What bills are made of: amounts to 10^12, days, six places.
parts ordinary() { return *dues_test::fractions(40, 10, 6); }

template <class Int>
void same_or_overflowed(const exact<Int>& is, const rational& wanted) {
  if (is.overflowed()) return;
  if (const auto has = dues_test::worth(is)) {
    RC_ASSERT(*has == wanted);
    return;
  }
  // Its lowest terms are too long to be looked at; its integer part is not.
  const auto below = is.floor();
  if (!below.overflowed()) RC_ASSERT(*dues_test::worth(below) == rational(dues_test::floor_of(wanted)));
}

template <class Int>
void arithmetic_is_right_or_overflows(const parts& p, const parts& q) {
  const auto a = p.as<Int>();
  const auto b = q.as<Int>();
  same_or_overflowed(a, p.worth());
  same_or_overflowed(a + b, p.worth() + q.worth());
  same_or_overflowed(a - b, p.worth() - q.worth());
  same_or_overflowed(a * b, p.worth() * q.worth());
  same_or_overflowed(-a, -p.worth());
  same_or_overflowed(a.abs(), rational(abs(p.worth())));
  if (q.num != 0) same_or_overflowed(a / b, p.worth() / q.worth());
}

RC_GTEST_PROP(exact64_arithmetic, is_right_or_overflows_at_the_edge, ()) { arithmetic_is_right_or_overflows<std::int64_t>(any<std::int64_t>(), any<std::int64_t>()); }
RC_GTEST_PROP(exact128_arithmetic, is_right_or_overflows_at_the_edge, ()) { arithmetic_is_right_or_overflows<int128>(any<int128>(), any<int128>()); }
RC_GTEST_PROP(exact256_arithmetic, is_right_or_overflows_at_the_edge, ()) { arithmetic_is_right_or_overflows<int256>(any<int256>(), any<int256>()); }
RC_GTEST_PROP(exact64_arithmetic, is_right_or_overflows_in_the_middle, ()) { arithmetic_is_right_or_overflows<std::int64_t>(middling<std::int64_t>(), middling<std::int64_t>()); }
RC_GTEST_PROP(exact128_arithmetic, is_right_or_overflows_in_the_middle, ()) { arithmetic_is_right_or_overflows<int128>(middling<int128>(), middling<int128>()); }
RC_GTEST_PROP(exact256_arithmetic, is_right_or_overflows_in_the_middle, ()) { arithmetic_is_right_or_overflows<int256>(middling<int256>(), middling<int256>()); }

template <class Int>
void ordinary_numbers_fit() {
  const parts p = ordinary();
  const parts q = ordinary();
  const auto a = p.as<Int>();
  const auto b = q.as<Int>();
  RC_ASSERT(dues_test::worth(a + b).value() == p.worth() + q.worth());
  RC_ASSERT(dues_test::worth(a - b).value() == p.worth() - q.worth());
  RC_ASSERT(dues_test::worth(a * b).value() == p.worth() * q.worth());
  if (q.num != 0) RC_ASSERT(dues_test::worth(a / b).value() == p.worth() / q.worth());
}

RC_GTEST_PROP(exact128_arithmetic, has_room_for_what_bills_are_made_of, ()) { ordinary_numbers_fit<int128>(); }
RC_GTEST_PROP(exact256_arithmetic, has_room_for_what_bills_are_made_of, ()) { ordinary_numbers_fit<int256>(); }

template <class Int>
void order_is_the_rationals(const parts& p, const parts& q) {
  const auto a = p.as<Int>();
  const auto b = q.as<Int>();
  RC_PRE(!a.overflowed() && !b.overflowed());
  RC_ASSERT((a < b) == (p.worth() < q.worth()));
  RC_ASSERT((a == b) == (p.worth() == q.worth()));
  RC_ASSERT((a > b) == (p.worth() > q.worth()));
  RC_ASSERT(a == a);
}

RC_GTEST_PROP(exact64_order, is_the_rationals, ()) { order_is_the_rationals<std::int64_t>(any<std::int64_t>(), any<std::int64_t>()); }
RC_GTEST_PROP(exact128_order, is_the_rationals, ()) { order_is_the_rationals<int128>(any<int128>(), any<int128>()); }
RC_GTEST_PROP(exact256_order, is_the_rationals, ()) { order_is_the_rationals<int256>(any<int256>(), any<int256>()); }

// Neighbours differ in the last place only, and one value is written in two ways.
template <class Int>
void order_sees_neighbours() {
  const integer num = *dues_test::integers(60);
  const integer den = *dues_test::magnitudes(40) + 1;
  const int more = *rc::gen::inRange(0, 10);
  const parts longer{num * dues_test::ten_to(more), den, more};
  order_is_the_rationals<Int>(parts{num, den, 0}, longer);
  order_is_the_rationals<Int>(parts{num, den, 0}, parts{longer.num + 1, den, more});
}

RC_GTEST_PROP(exact64_order, sees_neighbours, ()) { order_sees_neighbours<std::int64_t>(); }
RC_GTEST_PROP(exact128_order, sees_neighbours, ()) { order_sees_neighbours<int128>(); }
RC_GTEST_PROP(exact256_order, sees_neighbours, ()) { order_sees_neighbours<int256>(); }

template <class Int>
void rounds_as_the_rationals(const parts& p) {
  const auto a = p.as<Int>();
  RC_PRE(!a.overflowed());
  same_or_overflowed(a.floor(), rational(dues_test::round_of(p.worth(), dues::rounding_mode::floor)));
  same_or_overflowed(a.ceil(), rational(dues_test::round_of(p.worth(), dues::rounding_mode::ceiling)));
  const integer limit = integer(1) << 127;
  const int places = *rc::gen::inRange(0, 19);
  for (const auto mode : modes) {
    const integer wanted = dues_test::round_of(p.worth() * rational(dues_test::ten_to(places)), mode);
    int128 out = 0;
    const bool fits = a.round(places, mode, out);
    RC_ASSERT(fits == (wanted < limit && wanted >= -limit));  // a coefficient that fits is always found
    if (fits) RC_ASSERT(integer(out) == wanted);
  }
}

RC_GTEST_PROP(exact64_rounding, is_the_rationals_in_every_mode, ()) { rounds_as_the_rationals<std::int64_t>(any<std::int64_t>()); }
RC_GTEST_PROP(exact128_rounding, is_the_rationals_in_every_mode, ()) { rounds_as_the_rationals<int128>(any<int128>()); }
RC_GTEST_PROP(exact256_rounding, is_the_rationals_in_every_mode, ()) { rounds_as_the_rationals<int256>(any<int256>()); }
RC_GTEST_PROP(exact64_rounding, of_ordinary_numbers_is_the_rationals, ()) { rounds_as_the_rationals<std::int64_t>(ordinary()); }
RC_GTEST_PROP(exact128_rounding, of_ordinary_numbers_is_the_rationals, ()) { rounds_as_the_rationals<int128>(ordinary()); }
// Few digits and short denominators make many ties.
RC_GTEST_PROP(exact64_rounding, of_ties_is_the_rationals, ()) { rounds_as_the_rationals<std::int64_t>(*dues_test::fractions(8, 3, 3)); }
RC_GTEST_PROP(exact128_rounding, of_ties_is_the_rationals, ()) { rounds_as_the_rationals<int128>(*dues_test::fractions(8, 3, 3)); }
RC_GTEST_PROP(exact256_rounding, of_ties_is_the_rationals, ()) { rounds_as_the_rationals<int256>(*dues_test::fractions(8, 3, 3)); }

template <class Int>
void text_comes_back(const parts& p) {
  const auto a = p.as<Int>();
  const auto lowest = a.reduced();
  RC_PRE(lowest.has_value());
  const auto again = exact<Int>::parse(a.to_text());
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == a);
  RC_ASSERT(dues_test::worth(*again).value() == p.worth());
}

RC_GTEST_PROP(exact128_text, comes_back, ()) { text_comes_back<int128>(any<int128>()); }
RC_GTEST_PROP(exact256_text, comes_back, ()) { text_comes_back<int256>(any<int256>()); }
RC_GTEST_PROP(exact128_text, of_ordinary_numbers_comes_back, ()) { text_comes_back<int128>(ordinary()); }

template <class Int>
void decimals_are_found(const parts& p) {
  const auto a = p.as<Int>();
  const auto is = a.to_decimal();
  const integer coefficient = numerator(rational(p.worth() * rational(dues_test::ten_to(18))));
  const bool has_18_places = denominator(rational(p.worth() * rational(dues_test::ten_to(18)))) == 1;
  if (is) {
    RC_ASSERT(rational(integer(is->coefficient()), dues_test::ten_to(is->scale())) == p.worth());
  } else if (has_18_places && a.reduced()) {
    // Written without zeros at its end it has more than 38 digits.
    integer shortest = coefficient;
    int places = 18;
    for (; places > 0 && shortest % 10 == 0; --places) shortest /= 10;
    RC_ASSERT(abs(shortest) >= dues_test::ten_to(38));
  }
}

RC_GTEST_PROP(exact64_decimal, is_the_same_value_and_found_where_there_is_one, ()) { decimals_are_found<std::int64_t>(*dues_test::fractions(63, 4, 20)); }
RC_GTEST_PROP(exact128_decimal, is_the_same_value_and_found_where_there_is_one, ()) { decimals_are_found<int128>(*dues_test::fractions(127, 4, 20)); }
RC_GTEST_PROP(exact256_decimal, is_the_same_value_and_found_where_there_is_one, ()) { decimals_are_found<int256>(*dues_test::fractions(140, 4, 20)); }

RC_GTEST_PROP(exact_widths, a_wide_fraction_is_narrowed_when_its_lowest_terms_fit_and_else_overflows, ()) {
  const parts p = *dues_test::fractions(200, 140, 18);
  const exact256 wide = p.as<int256>();
  const auto lowest = wide.reduced();
  RC_PRE(lowest.has_value());
  const integer limit = integer(1) << 127;
  const bool fits = abs(numerator(p.worth())) < limit && denominator(p.worth()) < limit;
  const exact128 narrow = exact128::narrowed(wide);
  RC_ASSERT(narrow.overflowed() == !fits);
  if (fits) RC_ASSERT(dues_test::worth(narrow).value() == p.worth());
}

RC_GTEST_PROP(exact_widths, a_narrow_fraction_widens_to_the_same_value, ()) {
  const parts p = any<int128>();
  const exact128 narrow = p.as<int128>();
  RC_PRE(!narrow.overflowed());
  RC_ASSERT(dues_test::worth(exact256(narrow)).value() == p.worth());
  RC_ASSERT(exact128::narrowed(exact256(narrow)).overflowed() || exact128::narrowed(exact256(narrow)) == narrow);
}

}  // namespace
