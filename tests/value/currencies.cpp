// SPDX-License-Identifier: Apache-2.0
//
// ISO 4217's minor units, and money: one currency at a time, exact or not at all. The lists are ISO
// 4217 list one's (active codes), those of other than two places in full.
#include "oracle.hpp"

#include <dues/value/money.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace {

using dues::find_currency;
using dues::int128;
using dues::money;
using dues_test::decimal_of;

using codes = std::set<std::string>;

codes with_places(int places) {
  codes found;
  for (const auto& one : dues::currencies())
    if (one.minor_units == places && one.until.empty()) found.emplace(one.code);
  return found;
}

TEST(currency_table, is_sorted_by_code_and_names_each_once) {
  const auto all = dues::currencies();
  EXPECT_GT(all.size(), 150U);
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(all[i - 1].code, all[i].code);
}

TEST(currency_table, has_three_capitals_and_a_number_for_each) {
  std::set<unsigned> numbers;
  for (const auto& one : dues::currencies()) {
    EXPECT_EQ(one.code.size(), 3U) << one.code;
    for (const char c : one.code) EXPECT_TRUE(c >= 'A' && c <= 'Z') << one.code;
    EXPECT_GT(one.number, 0) << one.code;
    EXPECT_LT(one.number, 1000) << one.code;
    if (one.until.empty()) {
      EXPECT_TRUE(numbers.insert(one.number).second) << one.code;
    }
  }
}

TEST(currency_table, has_the_places_of_iso_4217) {
  EXPECT_EQ(with_places(0), (codes{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"}));
  EXPECT_EQ(with_places(3), (codes{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}));
  EXPECT_EQ(with_places(4), (codes{"CLF", "UYW"}));
  EXPECT_EQ(with_places(-1), (codes{"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX"}));
  for (const auto& one : dues::currencies()) EXPECT_TRUE(one.minor_units >= -1 && one.minor_units <= 4 && one.minor_units != 1) << one.code;
}

TEST(currency_table, finds_by_code_with_its_number) {
  struct row { const char* code; int number, places; };
  for (const row& one : {row{"AED", 784, 2}, row{"CNY", 156, 2}, row{"EUR", 978, 2}, row{"JPY", 392, 0}, row{"KWD", 414, 3}, row{"USD", 840, 2}, row{"ZWG", 924, 2}}) {
    const auto* found = find_currency(one.code);
    ASSERT_NE(found, nullptr) << one.code;
    EXPECT_EQ(found->code, one.code);
    EXPECT_EQ(found->number, one.number) << one.code;
    EXPECT_EQ(found->minor_units, one.places) << one.code;
    EXPECT_EQ(found->until, "") << one.code;
  }
}

TEST(currency_table, knows_no_other_code) {
  for (const char* code : {"", "RMB", "cny", "CN", "CNYY", "AAA", "ZZZ", "156", " CNY"}) EXPECT_EQ(find_currency(code), nullptr) << code;
}

TEST(currency_table, keeps_withdrawn_currencies_with_their_last_month) {
  // ISO 4217 list three: kroon and kuna, which the euro replaced, and the ouguiya of before 2018.
  struct row { const char* code; const char* until; };
  for (const row& one : {row{"EEK", "2011-01"}, row{"HRK", "2023-01"}, row{"MRO", "2017-12"}, row{"SKK", "2009-01"}}) {
    ASSERT_NE(find_currency(one.code), nullptr) << one.code;
    EXPECT_EQ(find_currency(one.code)->until, one.until) << one.code;
  }
  for (const auto& one : dues::currencies()) {
    if (one.until.empty()) continue;
    ASSERT_EQ(one.until.size(), 7U) << one.code;
    EXPECT_TRUE(one.until[4] == '-' && one.until.substr(5) >= "01" && one.until.substr(5) <= "12") << one.code;
    EXPECT_TRUE(one.until >= "2009" && one.until < "2100") << one.code;
  }
}

// ---- money ----

money of(const char* amount, const char* code) { return money::make(decimal_of(amount), code).value(); }

TEST(money_test, holds_whole_minor_units) {
  struct row { const char* amount; const char* code; const char* units; const char* text; };
  for (const row& one : {row{"2.80", "CNY", "280", "CNY 2.80"}, row{"2.8", "CNY", "280", "CNY 2.80"}, row{"2.800", "CNY", "280", "CNY 2.80"},
                         row{"-0.01", "CNY", "-1", "CNY -0.01"}, row{"100", "JPY", "100", "JPY 100"}, row{"100.0", "JPY", "100", "JPY 100"},
                         row{"1.234", "KWD", "1234", "KWD 1.234"}, row{"0", "CNY", "0", "CNY 0.00"}, row{"5.00", "HRK", "500", "HRK 5.00"}}) {
    const auto is = money::make(decimal_of(one.amount), one.code);
    ASSERT_TRUE(is) << one.text;
    EXPECT_EQ(dues::to_string(is->units()), one.units) << one.text;
    EXPECT_EQ(is->to_text(), one.text);
    EXPECT_EQ(is->in().code, one.code);
  }
}

TEST(money_test, is_not_made_where_it_would_round_or_has_no_minor_unit) {
  struct row { const char* amount; const char* code; };
  for (const row& one : {row{"2.805", "CNY"}, row{"100.5", "JPY"}, row{"1.2345", "KWD"}, row{"1", "XAU"}, row{"1", "XXX"}, row{"1", "RMB"}, row{"1", ""},
                         row{"99999999999999999999999999999999999999", "CNY"}})
    EXPECT_FALSE(money::make(decimal_of(one.amount), one.code)) << one.amount << " " << one.code;
  EXPECT_TRUE(money::make(decimal_of("99999999999999999999999999999999999999"), "JPY"));
}

TEST(money_test, adds_and_subtracts_in_one_currency) {
  EXPECT_EQ(of("87.74", "CNY") + of("5.26", "CNY"), of("93.00", "CNY"));
  EXPECT_EQ(of("194.22", "CNY") - of("272.98", "CNY"), of("-78.76", "CNY"));
  EXPECT_EQ(-of("5.26", "CNY"), of("-5.26", "CNY"));
  EXPECT_THROW(of("1.00", "CNY") + of("1.00", "USD"), std::invalid_argument);
  EXPECT_THROW(of("1.00", "CNY") - of("1.00", "HKD"), std::invalid_argument);
}

TEST(money_test, beyond_38_digits_there_is_none) {
  const money most = of("99999999999999999999999999999999999999", "JPY");
  EXPECT_THROW(most + of("1", "JPY"), std::overflow_error);
  EXPECT_THROW(-most - of("1", "JPY"), std::overflow_error);
  EXPECT_EQ(most - of("1", "JPY") + of("1", "JPY"), most);
  EXPECT_FALSE(most * 2);
  EXPECT_FALSE(most * INT64_MIN);
  EXPECT_EQ((most * -1).value(), -most);
}

TEST(money_test, is_multiplied_by_whole_numbers_only) {
  EXPECT_EQ((of("2.80", "CNY") * 3).value(), of("8.40", "CNY"));
  EXPECT_EQ((of("2.80", "CNY") * -1).value(), of("-2.80", "CNY"));
  EXPECT_EQ((of("0.01", "CNY") * UINT64_MAX).value(), of("184467440737095516.15", "CNY"));
}

// Money times money, times a fraction, or plus a bare number means nothing. An integer wider than 64
// bits would be cut on its way in.
template <class Other>
constexpr bool multiplies = requires(const money& m, const Other& other) { m * other; };
template <class Other>
constexpr bool adds = requires(const money& m, const Other& other) { m + other; };
static_assert(multiplies<int> && multiplies<std::uint64_t>);
static_assert(!multiplies<money> && !multiplies<dues::decimal> && !multiplies<double> && !multiplies<dues::uint128>);
static_assert(adds<money> && !adds<int> && !adds<dues::decimal> && !adds<double>);

TEST(money_test, of_two_currencies_has_no_order_and_is_not_equal) {
  EXPECT_LT(of("1.00", "CNY"), of("1.01", "CNY"));
  EXPECT_GT(of("1.00", "CNY"), of("-1.01", "CNY"));
  EXPECT_EQ(of("1.0", "CNY"), of("1.00", "CNY"));
  EXPECT_NE(of("1.00", "CNY"), of("1.00", "USD"));
  EXPECT_EQ(of("1.00", "CNY") <=> of("2.00", "USD"), std::partial_ordering::unordered);
  EXPECT_FALSE(of("1.00", "CNY") < of("2.00", "USD"));
  EXPECT_FALSE(of("1.00", "CNY") >= of("2.00", "USD"));
}

}  // namespace
