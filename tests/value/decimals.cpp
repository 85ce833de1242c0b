// SPDX-License-Identifier: Apache-2.0
//
// Decimals as people write them, and the door that is closed to binary fractions.
#include "oracle.hpp"

#include <dues/value/money.hpp>

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

namespace {

using dues::decimal;
using dues::decimal_error;
using dues::rounding_mode;
using dues_test::decimal_of;

// ---- no binary fraction becomes a number of ours ----

template <class Binary>
constexpr bool stays_outside =
    !std::is_constructible_v<decimal, Binary> && !std::is_convertible_v<Binary, decimal> && !std::is_assignable_v<decimal&, Binary> &&
    !std::is_constructible_v<dues::exact128, Binary> && !std::is_convertible_v<Binary, dues::exact128> &&
    !std::is_constructible_v<dues::exact256, Binary> && !std::is_convertible_v<Binary, dues::exact256> &&
    !std::is_constructible_v<dues::money, Binary> && !std::is_constructible_v<dues::money, Binary, const char*> &&
    !requires(Binary b) { decimal::make(b, 2); } && !requires(Binary b) { dues::money::make(b, "CNY"); } &&
    !requires(Binary b) { dues::exact128::ratio(b, 1); } && !requires(Binary b) { dues::exact128::ratio(1, b); } &&
    !requires(Binary b) { dues::exact256::ratio(b, b); } && !requires(const dues::money& m, Binary b) { m * b; } &&
    !requires(const dues::money& m, Binary b) { m + b; } && !requires(const dues::exact128& e, Binary b) { e * b; } &&
    !requires(const dues::exact128& e, Binary b) { e == b; } && !requires(const decimal& d, Binary b) { d < b; };
static_assert(stays_outside<float>);
static_assert(stays_outside<double>);
static_assert(stays_outside<long double>);

template <class Binary>
constexpr bool never_comes_out = !std::is_convertible_v<decimal, Binary> && !std::is_constructible_v<Binary, decimal> &&
                                 !std::is_constructible_v<Binary, dues::exact128> && !std::is_constructible_v<Binary, dues::exact256> &&
                                 !std::is_constructible_v<Binary, dues::money>;
static_assert(never_comes_out<float> && never_comes_out<double> && never_comes_out<long double>);

// A whole number is one only explicitly, and only of a width that always fits 38 digits.
static_assert(std::is_constructible_v<decimal, int> && std::is_constructible_v<decimal, std::uint64_t>);
static_assert(!std::is_convertible_v<int, decimal>);
static_assert(!std::is_constructible_v<decimal, dues::int128> && !std::is_constructible_v<decimal, dues::uint128>);

// ---- reading and writing ----

constexpr const char* digits_38 = "99999999999999999999999999999999999999";

TEST(decimal_test, keeps_the_places_it_was_written_with) {
  struct row { const char* text; const char* coefficient; int scale; };
  for (const row& one : {row{"0", "0", 0}, row{"7", "7", 0}, row{"2.80", "280", 2}, row{"-2.80", "-280", 2}, row{"0.05", "5", 2},
                         row{"-0.05", "-5", 2}, row{"0.000000000000000001", "1", 18}, row{"100", "100", 0}, row{"10.0", "100", 1},
                         row{digits_38, digits_38, 0}, row{"-99999999999999999999.999999999999999999", "-99999999999999999999999999999999999999", 18}}) {
    const auto read = decimal::parse(one.text);
    ASSERT_TRUE(read) << one.text;
    EXPECT_EQ(dues::to_string(read->coefficient()), one.coefficient) << one.text;
    EXPECT_EQ(read->scale(), one.scale) << one.text;
    EXPECT_EQ(read->to_text(), one.text);
  }
}

TEST(decimal_test, leading_zeros_are_not_digits_and_are_not_written_again) {
  EXPECT_EQ(decimal_of("007").to_text(), "7");
  EXPECT_EQ(decimal_of("00.50").to_text(), "0.50");
  EXPECT_EQ(decimal_of(std::string(60, '0') + digits_38).to_text(), digits_38);
}

TEST(decimal_test, minus_zero_is_zero) {
  for (const char* text : {"-0", "-0.00", "-000"}) {
    EXPECT_EQ(decimal_of(text), decimal(0)) << text;
    EXPECT_EQ(decimal_of(text).to_text().find('-'), std::string::npos) << text;
  }
}

TEST(decimal_test, what_is_no_decimal_is_told_apart) {
  const std::string digits_39 = std::string(digits_38) + "9";
  struct row { std::string text; decimal_error why; };
  using enum decimal_error;
  for (const row& one : {
         row{"", empty}, row{"-", not_a_number}, row{".", not_a_number}, row{".5", not_a_number}, row{"5.", not_a_number}, row{"-.5", not_a_number},
         row{"+5", not_a_number}, row{"--5", not_a_number}, row{"1.2.3", not_a_number}, row{"1,000", not_a_number}, row{"1_000", not_a_number},
         row{" 5", not_a_number}, row{"5 ", not_a_number}, row{"5%", not_a_number}, row{"0x10", not_a_number}, row{"NaN", not_a_number},
         row{"Infinity", not_a_number}, row{std::string("5\0", 2), not_a_number}, row{"\xEF\xBC\x95", not_a_number},  // full-width 5
         row{"1\xEF\xBC\x8E" "5", not_a_number},                                                                       // full-width point
         row{"\xD9\xA5", not_a_number},                                                                               // Arabic 5
         row{"1e5", exponent}, row{"1E5", exponent}, row{"1.5e-3", exponent}, row{"1e+5", exponent}, row{"1e", not_a_number}, row{"1e+", not_a_number},
         row{"e5", not_a_number}, row{"1.e5", not_a_number}, row{"1e5x", not_a_number}, row{digits_39, too_many_digits}, row{"-" + digits_39, too_many_digits},
         row{digits_39 + "x", not_a_number}, row{std::string(500, '9'), too_many_digits}, row{"0.0000000000000000001", too_many_places},
         row{"1.0000000000000000000", too_many_places}, row{"0." + std::string(500, '0'), too_many_places}}) {
    decimal_error why = none;
    EXPECT_FALSE(decimal::parse(one.text, &why)) << one.text;
    EXPECT_EQ(static_cast<int>(why), static_cast<int>(one.why)) << one.text;
  }
}

TEST(decimal_test, a_number_that_is_read_leaves_no_error) {
  decimal_error why = decimal_error::exponent;
  EXPECT_TRUE(decimal::parse("2.80", &why));
  EXPECT_EQ(why, decimal_error::none);
}

TEST(decimal_test, is_made_of_at_most_38_digits_and_18_places) {
  const auto most = dues_test::whole<dues::int128>(digits_38);
  EXPECT_EQ(decimal::make(most, 18).value().to_text(), "99999999999999999999.999999999999999999");
  EXPECT_EQ(decimal::make(-most, 0).value().to_text(), std::string("-") + digits_38);
  EXPECT_FALSE(decimal::make(dues::int128(most + 1), 0));
  EXPECT_FALSE(decimal::make(dues::int128(-most - 1), 0));
  EXPECT_FALSE(decimal::make(dues::int128_max(), 0));
  EXPECT_FALSE(decimal::make(dues::int128_min(), 0));
  EXPECT_FALSE(decimal::make(1, 19));
  EXPECT_FALSE(decimal::make(1, -1));
}

TEST(decimal_test, drops_only_zeros_after_the_point_when_normalized) {
  struct row { const char* is; const char* wanted; };
  for (const row& one : {row{"2.80", "2.8"}, row{"2.00", "2"}, row{"200", "200"}, row{"0.000", "0"}, row{"-0.050", "-0.05"}, row{"10.010", "10.01"}})
    EXPECT_EQ(decimal_of(one.is).normalized().to_text(), one.wanted);
}

// ---- order ----

TEST(decimal_test, compares_by_value_whatever_the_places) {
  EXPECT_EQ(decimal_of("2.8"), decimal_of("2.800"));
  EXPECT_EQ(decimal_of("0"), decimal_of("-0.000000000000000000"));
  const char* rising[] = {"-99999999999999999999999999999999999999", "-2", "-1.999999999999999999", "-0.000000000000000001", "0.0",
                          "0.000000000000000001", "1.9", "1.90000000000000001", "2.00", "99999999999999999999.999999999999999999",
                          "99999999999999999999999999999999999998", digits_38};
  for (std::size_t i = 0; i < std::size(rising); ++i)
    for (std::size_t j = 0; j < std::size(rising); ++j)
      EXPECT_EQ(decimal_of(rising[i]) <=> decimal_of(rising[j]), i <=> j) << rising[i] << " and " << rising[j];
}

// ---- other places ----

struct rescaling { const char* is; int places; const char* wanted[7]; };  // in the order of rounding_mode

class rescaled_decimal : public testing::TestWithParam<rescaling> {};

TEST_P(rescaled_decimal, rounds_by_its_mode) {
  const rescaling& one = GetParam();
  for (std::size_t i = 0; i < dues_test::modes.size(); ++i) {
    const auto is = decimal_of(one.is).rescaled(one.places, dues_test::modes[i]);
    ASSERT_TRUE(is) << one.is;
    EXPECT_EQ(is->to_text(), one.wanted[i]) << one.is << " " << to_text(dues_test::modes[i]);
  }
}

// half_up, half_even, half_down, up, down, ceiling, floor
INSTANTIATE_TEST_SUITE_P(in_seven_modes, rescaled_decimal, testing::Values(
  rescaling{"140.035", 2, {"140.04", "140.04", "140.03", "140.04", "140.03", "140.04", "140.03"}},
  rescaling{"-140.035", 2, {"-140.04", "-140.04", "-140.03", "-140.04", "-140.03", "-140.03", "-140.04"}},
  rescaling{"140.031", 2, {"140.03", "140.03", "140.03", "140.04", "140.03", "140.04", "140.03"}},
  rescaling{"-140.031", 2, {"-140.03", "-140.03", "-140.03", "-140.04", "-140.03", "-140.03", "-140.04"}},
  rescaling{"140.045", 2, {"140.05", "140.04", "140.04", "140.05", "140.04", "140.05", "140.04"}},
  rescaling{"-140.045", 2, {"-140.05", "-140.04", "-140.04", "-140.05", "-140.04", "-140.04", "-140.05"}},
  rescaling{"0.5", 0, {"1", "0", "0", "1", "0", "1", "0"}},
  rescaling{"-0.5", 0, {"-1", "0", "0", "-1", "0", "0", "-1"}},
  rescaling{"-0.4", 0, {"0", "0", "0", "-1", "0", "0", "-1"}},
  rescaling{"9.995", 2, {"10.00", "10.00", "9.99", "10.00", "9.99", "10.00", "9.99"}},
  rescaling{"2.80", 4, {"2.8000", "2.8000", "2.8000", "2.8000", "2.8000", "2.8000", "2.8000"}},
  rescaling{"-2.80", 2, {"-2.80", "-2.80", "-2.80", "-2.80", "-2.80", "-2.80", "-2.80"}},
  rescaling{"0.000000000000000001", 0, {"0", "0", "0", "1", "0", "1", "0"}}));

TEST(decimal_test, other_places_that_do_not_fit_give_nothing) {
  EXPECT_FALSE(decimal_of(digits_38).rescaled(1, rounding_mode::half_up));
  EXPECT_FALSE(decimal_of("1").rescaled(19, rounding_mode::half_up));
  EXPECT_FALSE(decimal_of("1").rescaled(-1, rounding_mode::half_up));
  EXPECT_EQ(decimal_of("99999999999999999999").rescaled(18, rounding_mode::half_up).value().to_text(), "99999999999999999999.000000000000000000");
}

}  // namespace
