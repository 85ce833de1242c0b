// SPDX-License-Identifier: Apache-2.0
//
// Exact fractions by example: how they are written, what they fit, and that a width which is too small
// says so.
#include "oracle.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using dues::exact128;
using dues::exact256;
using dues::int128;
using dues::int256;
using dues::rounding_mode;
using dues_test::decimal_of;

// The way from a wide fraction to a narrow one is narrowed(), which checks.
static_assert(std::is_constructible_v<exact256, exact128> && !std::is_constructible_v<exact128, exact256>);
static_assert(!std::is_convertible_v<exact128, exact256>);

template <class Int>
class exact_value : public testing::Test {
 protected:
  using number = dues::exact<Int>;
  static number of(const char* text) { return number(decimal_of(text)); }
  static number ratio(std::int64_t num, std::int64_t den) { return number::ratio(Int(num), Int(den)); }
};
using widths = testing::Types<int128, int256>;
TYPED_TEST_SUITE(exact_value, widths, );

TYPED_TEST(exact_value, is_written_as_a_decimal_where_one_says_it_and_else_in_lowest_terms) {
  using t = TestFixture;
  EXPECT_EQ(t::of("2.80").to_text(), "2.80");
  EXPECT_EQ((t::of("80.02") * t::of("1.75")).to_text(), "140.0350");
  EXPECT_EQ(t::ratio(1, 3).to_text(), "1/3");
  EXPECT_EQ(t::ratio(-6, 9).to_text(), "-2/3");
  EXPECT_EQ(t::ratio(6, -9).to_text(), "-2/3");
  EXPECT_EQ(t::ratio(-6, -9).to_text(), "2/3");
  EXPECT_EQ(t::ratio(1, 8).to_text(), "0.125");
  EXPECT_EQ(t::ratio(7, 20).to_text(), "0.35");
  EXPECT_EQ(t::ratio(21, 7).to_text(), "3");
  EXPECT_EQ(t::ratio(0, 7).to_text(), "0");
  EXPECT_EQ((t::of("140.4351") * t::ratio(20, 31)).to_text(), "1404351/15500");
  EXPECT_EQ(t::ratio(1, 1 << 18).to_text(), "0.000003814697265625");  // 18 places, the last that a decimal has
  EXPECT_EQ(t::ratio(1, 1 << 19).to_text(), "1/524288");              // would take 19
}

TYPED_TEST(exact_value, reads_what_it_writes) {
  using t = TestFixture;
  for (const char* text : {"0", "-3", "2.80", "-0.05", "1/3", "-2/3", "1/524288", "99999999999999999999999999999999999999",
                           "-99999999999999999999.999999999999999999", "170141183460469231731687303715884105727",  // 2^127 - 1 has 39 digits
                           "-170141183460469231731687303715884105727", "1/170141183460469231731687303715884105727"}) {
    const auto read = t::number::parse(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->to_text(), text);
  }
}

TYPED_TEST(exact_value, reads_nothing_else) {
  using t = TestFixture;
  for (const char* text : {"", "/", "1/", "/2", "1/0", "1/2/3", "1 / 2", "overflow", "1e5", "0x1", "1/-", "--1", "-", "\xEF\xBC\x91"})
    EXPECT_FALSE(t::number::parse(text)) << text;
  // Of 80 digits, and so more than either width holds.
  EXPECT_FALSE(t::number::parse("1" + std::string(79, '0')));
  EXPECT_FALSE(t::number::parse("1/1" + std::string(79, '0')));
}

TYPED_TEST(exact_value, comes_back_whole_when_days_are_divided_and_multiplied_again) {
  using t = TestFixture;
  const auto days = t::ratio(31, 1);
  EXPECT_EQ((t::of("100.00") / days * days).to_text(), "100.00");
  EXPECT_EQ(t::ratio(15, 31) + t::ratio(16, 31), t::ratio(1, 1));
}

TYPED_TEST(exact_value, is_rounded_only_when_told) {
  using t = TestFixture;
  // SEMANTICS.md, 1 and 6: 80.02 x 1.75, and 280 x 15/31 + 310 x 16/31.
  int128 out = 0;
  ASSERT_TRUE((t::of("80.02") * t::of("1.75")).round(2, rounding_mode::half_up, out));
  EXPECT_TRUE(out == 14004);
  ASSERT_TRUE((t::of("280") * t::ratio(15, 31) + t::of("310") * t::ratio(16, 31)).round(2, rounding_mode::half_up, out));
  EXPECT_TRUE(out == 29548);
  ASSERT_TRUE(t::ratio(-7, 2).round(0, rounding_mode::half_even, out));
  EXPECT_TRUE(out == -4);
}

TYPED_TEST(exact_value, floors_and_ceils_towards_the_infinities) {
  using t = TestFixture;
  struct row { const char* is; int floor, ceil; };
  for (const row& one : {row{"1.5", 1, 2}, row{"-1.5", -2, -1}, row{"2.00", 2, 2}, row{"-2.00", -2, -2}, row{"0.000000000000000001", 0, 1}, row{"0", 0, 0}}) {
    EXPECT_EQ(t::of(one.is).floor(), t::ratio(one.floor, 1)) << one.is;
    EXPECT_EQ(t::of(one.is).ceil(), t::ratio(one.ceil, 1)) << one.is;
  }
  EXPECT_EQ(t::ratio(-1, 3).floor(), t::ratio(-1, 1));
  EXPECT_EQ(t::ratio(-1, 3).ceil(), t::ratio(0, 1));
  EXPECT_EQ(t::ratio(-1, 3).abs(), t::ratio(1, 3));
}

TYPED_TEST(exact_value, has_a_sign_and_a_zero) {
  using t = TestFixture;
  EXPECT_EQ(t::of("-0.01").sign(), -1);
  EXPECT_EQ(t::of("0.00").sign(), 0);
  EXPECT_EQ(t::ratio(1, -3).sign(), -1);
  EXPECT_TRUE(t::of("0.00").is_zero());
  EXPECT_TRUE((t::ratio(1, 3) - t::ratio(2, 6)).is_zero());
  EXPECT_FALSE(t::of("0.000000000000000001").is_zero());
}

TYPED_TEST(exact_value, overflow_sticks) {
  using t = TestFixture;
  auto huge = t::of("99999999999999999999999999999999999999");
  for (int i = 0; i < 3; ++i) huge = huge * huge;
  ASSERT_TRUE(huge.overflowed());
  const auto one = t::of("1");
  for (const auto& is : {huge + one, one - huge, huge * t::of("0"), huge / one, one / huge, -huge, huge.abs(), huge.floor(), huge.ceil()})
    EXPECT_TRUE(is.overflowed());
  int128 out = 0;
  EXPECT_FALSE(huge.round(2, rounding_mode::half_up, out));
  EXPECT_FALSE(huge.to_decimal());
  EXPECT_FALSE(huge.reduced());
  EXPECT_FALSE(huge.is_zero());
  EXPECT_EQ(huge.to_text(), "overflow");
}

// ---- the edge of the narrow width ----

exact128 narrow(const char* digits) { return exact128::ratio(dues_test::whole<int128>(digits), int128(1)); }
constexpr const char* most = "170141183460469231731687303715884105727";  // 2^127 - 1

TEST(narrow_exact, beyond_2_to_the_127_it_overflows_and_the_wide_one_goes_on) {
  const exact128 edge = narrow(most);
  const exact128 one(std::int64_t{1});
  EXPECT_FALSE((edge - one).overflowed());
  EXPECT_TRUE((edge + one).overflowed());
  EXPECT_TRUE((-edge - one - one).overflowed());
  EXPECT_TRUE((edge * edge).overflowed());
  EXPECT_EQ((exact256(edge) + exact256(one)).to_text(), "170141183460469231731687303715884105728");
  EXPECT_EQ((exact256(edge) * exact256(edge)).to_text(),
            "28948022309329048855892746252171976962977213799489202546401021394546514198529");  // 2^254 - 2^128 + 1
}

TEST(narrow_exact, the_least_number_has_no_negative_and_says_so) {
  const exact128 least = -narrow(most) - exact128(std::int64_t{1});  // -2^127
  const auto is_honest = [](const exact128& is, const char* wanted) { return is.overflowed() || is.to_text() == wanted; };
  EXPECT_TRUE(is_honest(least, "-170141183460469231731687303715884105728")) << least.to_text();
  EXPECT_TRUE((-least).overflowed());
  EXPECT_TRUE(least.abs().overflowed());
  EXPECT_TRUE(exact128::ratio(dues::int128_min(), int128(-1)).overflowed());
  EXPECT_TRUE(exact128::ratio(int128(1), dues::int128_min()).overflowed());
  EXPECT_TRUE(is_honest(exact128(std::int64_t{1}) / least, "-1/170141183460469231731687303715884105728"));
  EXPECT_TRUE(is_honest(least / least, "1"));
  EXPECT_TRUE(is_honest(least * exact128::ratio(int128(2), int128(6)), "-170141183460469231731687303715884105728/3"));
  EXPECT_TRUE(is_honest(least * exact128::ratio(int128(1), int128(6)), "-85070591730234615865843651857942052864/3"));
  EXPECT_TRUE(is_honest(least + exact128::ratio(int128(1), int128(2)), "-340282366920938463463374607431768211455/2"));
  EXPECT_TRUE(is_honest(least * exact128(decimal_of("0.1")), "-85070591730234615865843651857942052864/5"));
}

TEST(narrow_exact, a_product_that_fits_in_lowest_terms_is_found) {
  const exact128 large = narrow("100000000000000000000000000000000000000");
  EXPECT_EQ((large * exact128::ratio(int128(1), int128(7)) * exact128::ratio(int128(7), int128(9))).to_text(),
            "100000000000000000000000000000000000000/9");
  EXPECT_EQ(exact128(decimal_of("0.000000000000000001")) * exact128(decimal_of("1000000000000000000")), exact128(std::int64_t{1}));
}

TEST(narrow_exact, forty_places_do_not_fit) {
  const exact128 tiny(decimal_of("0.000000000000000001"));
  EXPECT_EQ((tiny * tiny).to_text(), "1/1000000000000000000000000000000000000");
  EXPECT_TRUE((tiny * tiny * tiny).overflowed());
}

TEST(narrow_exact, is_narrowed_from_a_wide_one_only_where_its_lowest_terms_fit) {
  const exact256 third = exact256::ratio(int256(10), int256(30));
  EXPECT_EQ(exact128::narrowed(third).to_text(), "1/3");
  EXPECT_EQ(exact128::narrowed(exact256(narrow(most))).to_text(), most);
  EXPECT_TRUE(exact128::narrowed(exact256(narrow(most)) + exact256(std::int64_t{1})).overflowed());
  EXPECT_TRUE(exact128::narrowed(exact256(std::int64_t{1}) / (exact256(narrow(most)) + exact256(std::int64_t{1}))).overflowed());
  // Both sides are too long for 128 bits until the common factor is taken out.
  const exact256 wide = exact256(narrow(most)) * exact256(std::int64_t{12}) / (exact256(narrow(most)) * exact256(std::int64_t{8}));
  EXPECT_EQ(exact128::narrowed(wide).to_text(), "1.5");
  EXPECT_TRUE(exact128::narrowed(exact256(narrow(most) + narrow(most))).overflowed());
}

TEST(narrow_exact, a_decimal_is_found_among_39_digits_that_end_in_a_zero) {
  // 39 digits at two places; 38 at one.
  const exact128 is = narrow("123456789012345678901234567890123456780") * exact128(decimal_of("0.01"));
  EXPECT_EQ(is.to_decimal().value_or(dues::decimal(0)).to_text(), "1234567890123456789012345678901234567.8");
}

TEST(narrow_exact, is_written_also_when_its_lowest_terms_do_not_fit_its_width) {
  // 10^36 x (2^127 - 1) does not fit; the number does, for its scale is kept apart.
  const exact128 is = exact128::ratio(int128(1), dues::int128_max()) * exact128(decimal_of("0.000000000000000001")) *
                      exact128(decimal_of("0.000000000000000001"));
  ASSERT_FALSE(is.overflowed());
  EXPECT_FALSE(is.reduced());
  EXPECT_EQ(is.to_text(), std::string("1/") + most + std::string(36, '0'));
  EXPECT_LT(is, exact128::ratio(int128(1), dues::int128_max()));
  EXPECT_GT(is, exact128(std::int64_t{0}));
}

TEST(exact_division, by_zero_is_a_mistake_of_ours_and_stops) {
  EXPECT_DEATH(static_cast<void>(exact128(std::int64_t{1}) / exact128(std::int64_t{0})), "internal error");
  EXPECT_DEATH(static_cast<void>(exact256::ratio(int256(1), int256(0))), "internal error");
}

}  // namespace
