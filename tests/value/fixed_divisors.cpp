// SPDX-License-Identifier: Apache-2.0
//
// Division by one number for many agrees with division.
#include <dues/value/fixed_divisor.hpp>
#include <dues/value/rounding.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

TEST(a_fixed_divisor, rounds_ties_away_from_zero) {
  const dues::fixed_divisor by(100);
  ASSERT_EQ(by.usable(), DUES_NATIVE_INT128 != 0);
  if (!by.usable()) return;  // then the usual division is used
  EXPECT_EQ(by.half_up(14'003'50), 14'004);  // 80.02 x 1.75 = 140.035 is 140.04
  EXPECT_EQ(by.half_up(14'003'49), 14'003);
  EXPECT_EQ(by.half_up(-14'003'50), -14'004);
  EXPECT_EQ(by.half_up(0), 0);
  EXPECT_EQ(by.half_up(49), 0);
  EXPECT_EQ(by.half_up(50), 1);
}

// Where the multiplication is nearest to being wrong: the largest numbers, by divisors beside a power of two.
TEST(a_fixed_divisor, holds_at_the_ends_of_its_range) {
  for (int bits = 1; bits <= 61; ++bits)
    for (const std::int64_t off : {-1, 0, 1}) {
      const std::int64_t divisor = (std::int64_t{1} << bits) + off;
      const dues::fixed_divisor by(divisor);
      if (!by.usable()) continue;
      const std::int64_t most = dues::fixed_divisor::most_number;
      const std::int64_t half = most / divisor * divisor - divisor / 2;
      for (const std::int64_t number : {most, most - 1, half, half - 1, half + 1})
        for (const std::int64_t sign : {1, -1}) EXPECT_EQ(by.half_up(sign * number), dues::divide_rounded<std::int64_t>(sign * number, divisor, dues::rounding_mode::half_up)) << number << " / " << divisor;
    }
}

TEST(a_fixed_divisor, is_not_usable_outside_its_range) {
  for (const std::int64_t divisor : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-5}, dues::fixed_divisor::most_divisor + 1}) EXPECT_FALSE(dues::fixed_divisor(divisor).usable()) << divisor;
}

RC_GTEST_PROP(a_fixed_divisor, agrees_with_division, ()) {
  const int bits = *rc::gen::inRange(1, 62);
  const std::int64_t divisor = std::max<std::int64_t>(2, *rc::gen::inRange<std::int64_t>(0, (std::int64_t{1} << bits) + 1));
  const dues::fixed_divisor by(divisor);
  RC_ASSERT(by.usable() == (DUES_NATIVE_INT128 != 0));
  if (!by.usable()) return;  // then the usual division is used
  // Near a multiple, near a half, or anywhere.
  const std::int64_t most = dues::fixed_divisor::most_number;
  const std::int64_t times = *rc::gen::inRange<std::int64_t>(0, most / divisor + 1);
  const std::int64_t near = std::min(most - times * divisor, *rc::gen::element<std::int64_t>(0, 1, divisor / 2, divisor - divisor / 2, divisor - 1, divisor / 3));
  const std::int64_t number = (times * divisor + near) * (*rc::gen::arbitrary<bool>() ? 1 : -1);
  RC_ASSERT(by.half_up(number) == dues::divide_rounded<std::int64_t>(number, divisor, dues::rounding_mode::half_up));
}

RC_GTEST_PROP(a_fixed_divisor, agrees_with_division_by_powers_of_two, ()) {
  const std::int64_t divisor = std::int64_t{1} << *rc::gen::inRange(1, 62);
  const dues::fixed_divisor by(divisor);
  RC_ASSERT(by.usable() == (DUES_NATIVE_INT128 != 0));
  if (!by.usable()) return;  // then the usual division is used
  const std::int64_t number = *rc::gen::inRange<std::int64_t>(-dues::fixed_divisor::most_number, dues::fixed_divisor::most_number + 1);
  RC_ASSERT(by.half_up(number) == dues::divide_rounded<std::int64_t>(number, divisor, dues::rounding_mode::half_up));
}

}  // namespace
