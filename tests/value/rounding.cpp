// SPDX-License-Identifier: Apache-2.0
//
// The seven roundings. The table is the one that java.math.RoundingMode's manual gives for its modes of
// the same names, in tenths, with the ties at 0.5 and 1.5 added by hand.
#include "oracle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using dues::divide_rounded;
using dues::int128;
using dues::int256;
using dues::rounding_mode;
using dues_test::integer;
using dues_test::modes;
using dues_test::rational;

struct tenths { int num; int wanted[7]; };  // in the order of rounding_mode

// half_up, half_even, half_down, up, down, ceiling, floor
constexpr tenths table[] = {
  {55, {6, 6, 5, 6, 5, 6, 5}},   {-55, {-6, -6, -5, -6, -5, -5, -6}},
  {25, {3, 2, 2, 3, 2, 3, 2}},   {-25, {-3, -2, -2, -3, -2, -2, -3}},
  {16, {2, 2, 2, 2, 1, 2, 1}},   {-16, {-2, -2, -2, -2, -1, -1, -2}},
  {15, {2, 2, 1, 2, 1, 2, 1}},   {-15, {-2, -2, -1, -2, -1, -1, -2}},
  {11, {1, 1, 1, 2, 1, 2, 1}},   {-11, {-1, -1, -1, -2, -1, -1, -2}},
  {10, {1, 1, 1, 1, 1, 1, 1}},   {-10, {-1, -1, -1, -1, -1, -1, -1}},
  {5, {1, 0, 0, 1, 0, 1, 0}},    {-5, {-1, 0, 0, -1, 0, 0, -1}},
  {1, {0, 0, 0, 1, 0, 1, 0}},    {-1, {0, 0, 0, -1, 0, 0, -1}},
  {0, {0, 0, 0, 0, 0, 0, 0}},
};

template <class Int>
class rounded_quotient : public testing::Test {};
using widths = testing::Types<std::int64_t, int128, int256, dues::int512>;
TYPED_TEST_SUITE(rounded_quotient, widths, );

TYPED_TEST(rounded_quotient, is_the_table_s) {
  for (const tenths& one : table)
    for (std::size_t i = 0; i < modes.size(); ++i)
      EXPECT_TRUE(divide_rounded<TypeParam>(TypeParam(one.num), TypeParam(10), modes[i]) == one.wanted[i])
          << one.num << "/10 " << to_text(modes[i]);
}

TYPED_TEST(rounded_quotient, has_no_tie_where_the_divisor_is_odd) {
  for (const auto mode : {rounding_mode::half_up, rounding_mode::half_even, rounding_mode::half_down}) {
    EXPECT_TRUE(divide_rounded<TypeParam>(TypeParam(1), TypeParam(3), mode) == 0);
    EXPECT_TRUE(divide_rounded<TypeParam>(TypeParam(2), TypeParam(3), mode) == 1);
    EXPECT_TRUE(divide_rounded<TypeParam>(TypeParam(-1), TypeParam(3), mode) == 0);
    EXPECT_TRUE(divide_rounded<TypeParam>(TypeParam(-2), TypeParam(3), mode) == -1);
  }
}

TEST(rounding, the_largest_divisor_is_halved_without_doubling_it) {
  const int128 most = dues::int128_max();      // odd, so the middle is not a tie
  const int128 middle = int128((most - 1) / 2);
  EXPECT_TRUE(divide_rounded<int128>(middle, most, rounding_mode::half_up) == 0);
  EXPECT_TRUE(divide_rounded<int128>(int128(middle + 1), most, rounding_mode::half_up) == 1);
  EXPECT_TRUE(divide_rounded<int128>(int128(-middle - 1), most, rounding_mode::half_up) == -1);
  EXPECT_TRUE(divide_rounded<int128>(most, int128(2), rounding_mode::half_down) == middle);
}

RC_GTEST_PROP(rounding, agrees_with_the_floor_in_every_mode, ()) {
  const integer num = *dues_test::integers(126);
  const integer den = *dues_test::magnitudes(126) + 1;
  const auto mode = *rc::gen::elementOf(modes);
  const auto is = divide_rounded<int128>(static_cast<int128>(num), static_cast<int128>(den), mode);
  RC_ASSERT(integer(is) == dues_test::round_of(rational(num, den), mode));
}

RC_GTEST_PROP(rounding, mirrors_negatives_in_the_first_five_modes_and_swaps_ceiling_and_floor, ()) {
  const auto num = static_cast<int128>(*dues_test::integers(40));
  const auto den = static_cast<int128>(integer(*dues_test::magnitudes(12) + 1));
  for (const auto mode : modes) {
    const auto mirror = mode == rounding_mode::ceiling ? rounding_mode::floor : mode == rounding_mode::floor ? rounding_mode::ceiling : mode;
    RC_ASSERT(divide_rounded<int128>(int128(-num), den, mode) == -divide_rounded<int128>(num, den, mirror));
  }
}

TEST(rounding, modes_are_named_as_tariffs_write_them) {
  const std::string_view names[] = {"half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"};
  for (std::size_t i = 0; i < modes.size(); ++i) {
    EXPECT_EQ(to_text(modes[i]), names[i]);
    EXPECT_EQ(dues::rounding_mode_from(names[i]), modes[i]);
  }
  for (const char* wrong : {"", "half", "HALF_UP", "half-up", "bankers"}) EXPECT_FALSE(dues::rounding_mode_from(wrong)) << wrong;
}

}  // namespace
