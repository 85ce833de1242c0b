// SPDX-License-Identifier: Apache-2.0
//
// The wide integers: the same range and the same answers whether the compiler has 128 bits or Boost lends
// them. This folder is built both ways.
#include "oracle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace {

using dues::int128;
using dues::int256;
using dues_test::integer;

TEST(int128_range, is_two_s_complement_s_in_both_builds) {
  EXPECT_EQ(dues::to_string(dues::int128_max()), "170141183460469231731687303715884105727");
  EXPECT_EQ(dues::to_string(dues::int128_min()), "-170141183460469231731687303715884105728");
}

TEST(wide_text, is_written_in_decimal) {
  for (const char* text : {"0", "-1", "9", "10", "-10", "18446744073709551616", "-99999999999999999999999999999999999999"}) {
    EXPECT_EQ(dues::to_string(dues_test::whole<int128>(text)), text);
    EXPECT_EQ(dues::to_string(dues_test::whole<int256>(text)), text);
  }
}

TEST(powers_of_ten, go_as_far_as_the_width) {
  for (int n = 0; n <= 38; ++n) EXPECT_EQ(dues::to_string(dues::pow10_128(n)), "1" + std::string(static_cast<std::size_t>(n), '0'));
  for (int n = 0; n <= 76; ++n) EXPECT_EQ(dues::to_string(dues::pow10_256(n)), "1" + std::string(static_cast<std::size_t>(n), '0'));
}

template <class Int>
void says_whether_it_fits(const integer& a, const integer& b, const integer& least, const integer& most) {
  const Int x = static_cast<Int>(a);
  const Int y = static_cast<Int>(b);
  const auto check = [&](bool overflows, const Int& out, const integer& wanted) {
    RC_ASSERT(overflows == (wanted < least || wanted > most));
    if (!overflows) RC_ASSERT(integer(out) == wanted);
  };
  Int out = 0;
  bool overflows = dues::add_overflows(x, y, out);
  check(overflows, out, a + b);
  overflows = dues::sub_overflows(x, y, out);
  check(overflows, out, a - b);
  overflows = dues::mul_overflows(x, y, out);
  check(overflows, out, a * b);
}

RC_GTEST_PROP(wide_arithmetic, of_128_bits_says_whether_it_fits, ()) {
  const integer limit = integer(1) << 127;
  says_whether_it_fits<int128>(*dues_test::integers(127), *dues_test::integers(127), -limit, limit - 1);
}
RC_GTEST_PROP(wide_arithmetic, of_256_bits_says_whether_it_fits_255, ()) {
  const integer limit = integer(1) << 255;
  says_whether_it_fits<int256>(*dues_test::integers(255), *dues_test::integers(255), 1 - limit, limit - 1);
}

TEST(wide_arithmetic, fits_up_to_the_last_number) {
  const int128 most = dues::int128_max();
  const int128 least = dues::int128_min();
  const int128 one = 1;
  int128 out = 0;
  EXPECT_FALSE(dues::add_overflows(most, int128(0), out));
  EXPECT_TRUE(dues::add_overflows(most, one, out));
  EXPECT_FALSE(dues::sub_overflows(int128(-most), one, out));
  EXPECT_TRUE(out == least);
  EXPECT_TRUE(dues::sub_overflows(least, one, out));
  EXPECT_TRUE(dues::sub_overflows(int128(0), least, out));
  EXPECT_TRUE(dues::mul_overflows(least, int128(-1), out));
  EXPECT_FALSE(dues::mul_overflows(most, int128(-1), out));
  int256 wide = (int256(1) << 254) - 1 + (int256(1) << 254);  // 2^255 - 1
  EXPECT_TRUE(dues::add_overflows(wide, int256(1), wide));
}

// GCC's builtins, handed constant references, read them again after they have written the result.
template <class Int>
void may_be_written_over_an_operand(const integer& a, const integer& b) {
  const Int x = static_cast<Int>(a);
  const Int y = static_cast<Int>(b);
  const auto check = [&](auto&& combine) {
    Int apart = 0;
    const bool overflows = combine(x, y, apart);
    Int left = x;
    RC_ASSERT(combine(left, y, left) == overflows);
    Int right = y;
    RC_ASSERT(combine(x, right, right) == overflows);
    if (!overflows) RC_ASSERT(left == apart && right == apart);
  };
  check([](const Int& l, const Int& r, Int& out) { return dues::add_overflows(l, r, out); });
  check([](const Int& l, const Int& r, Int& out) { return dues::sub_overflows(l, r, out); });
  check([](const Int& l, const Int& r, Int& out) { return dues::mul_overflows(l, r, out); });
}

RC_GTEST_PROP(wide_arithmetic, of_64_bits_may_be_written_over_an_operand, ()) {
  may_be_written_over_an_operand<std::int64_t>(*dues_test::integers(63), *dues_test::integers(63));
}
RC_GTEST_PROP(wide_arithmetic, of_128_bits_may_be_written_over_an_operand, ()) {
  may_be_written_over_an_operand<int128>(*dues_test::integers(127), *dues_test::integers(127));
}
RC_GTEST_PROP(wide_arithmetic, of_256_bits_may_be_written_over_an_operand, ()) {
  may_be_written_over_an_operand<int256>(*dues_test::integers(255), *dues_test::integers(255));
}

RC_GTEST_PROP(greatest_common_divisor, is_boost_s_for_any_signs, ()) {
  const integer factor = *dues_test::magnitudes(30) + 1;
  const integer a = *dues_test::integers(90) * factor;
  const integer b = *dues_test::integers(90) * factor;
  const integer wanted = gcd(a, b);
  RC_ASSERT(integer(dues::greatest_common_divisor(static_cast<int128>(a), static_cast<int128>(b))) == wanted);
  RC_ASSERT(integer(dues::greatest_common_divisor(static_cast<int256>(a), static_cast<int256>(b))) == wanted);
}

TEST(greatest_common_divisor, with_zero_is_the_other_s_magnitude) {
  EXPECT_TRUE(dues::greatest_common_divisor(int128(0), int128(-12)) == 12);
  EXPECT_TRUE(dues::greatest_common_divisor(int128(-12), int128(0)) == 12);
  EXPECT_TRUE(dues::greatest_common_divisor(dues::int128_min(), int128(12)) == 4);
  EXPECT_TRUE(dues::greatest_common_divisor(dues::int128_min(), int128(-1)) == 1);
}

}  // namespace
