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

TEST(a_fixed_divisor, is_not_usable_outside_its_range) {
  for (const std::int64_t divisor : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-5}, (std::int64_t{1} << 62) + 1}) EXPECT_FALSE(dues::fixed_divisor(divisor).usable()) << divisor;
}

RC_GTEST_PROP(a_fixed_divisor, agrees_with_division, ()) {
  const int bits = *rc::gen::inRange(1, 63);
  const std::int64_t divisor = std::max<std::int64_t>(2, *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << bits));
  const dues::fixed_divisor by(divisor);
  RC_ASSERT(by.usable() == (DUES_NATIVE_INT128 != 0));
  if (!by.usable()) return;  // then the usual division is used
  // Near a multiple, near a half, or anywhere.
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const std::int64_t times = *rc::gen::inRange<std::int64_t>(0, most / divisor + 1);
  const std::int64_t near = std::min(most - times * divisor, *rc::gen::element<std::int64_t>(0, 1, divisor / 2, divisor - divisor / 2, divisor - 1, divisor / 3));
  const std::int64_t number = (times * divisor + near) * (*rc::gen::arbitrary<bool>() ? 1 : -1);
  RC_ASSERT(by.half_up(number) == dues::divide_rounded<std::int64_t>(number, divisor, dues::rounding_mode::half_up));
}

RC_GTEST_PROP(a_fixed_divisor, agrees_with_division_by_powers_of_two, ()) {
  const std::int64_t divisor = std::int64_t{1} << *rc::gen::inRange(1, 63);
  const dues::fixed_divisor by(divisor);
  RC_ASSERT(by.usable() == (DUES_NATIVE_INT128 != 0));
  if (!by.usable()) return;  // then the usual division is used
  const std::int64_t number = *rc::gen::inRange<std::int64_t>(-std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max());
  RC_ASSERT(by.half_up(number) == dues::divide_rounded<std::int64_t>(number, divisor, dues::rounding_mode::half_up));
}

}  // namespace
