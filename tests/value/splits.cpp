// SPDX-License-Identifier: Apache-2.0
//
// Dividing an amount: the parts add to it, always. By example, and against a division over unbounded
// integers that walks the parts one by one.
#include "oracle.hpp"

#include <dues/value/split.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace {

using dues::division;
using dues::int128;
using dues::int256;
using dues_test::integer;
using dues_test::rational;
using numbers = std::vector<std::int64_t>;

template <class Weight>
std::vector<integer> parts_of(const integer& total, const std::vector<Weight>& weights, division how, std::uint64_t rotation = 0) {
  std::vector<int128> parts(weights.size(), int128(-77));
  if (!dues::split(static_cast<int128>(total), std::span<const Weight>(weights), how, rotation, parts)) return {};
  return {parts.begin(), parts.end()};
}

std::vector<integer> simple(std::int64_t total, const numbers& weights, division how, std::uint64_t rotation = 0) {
  return parts_of(total, std::vector<int128>(weights.begin(), weights.end()), how, rotation);
}

std::vector<integer> wide(const numbers& values) { return {values.begin(), values.end()}; }

TEST(split_largest_remainder, gives_the_units_left_to_the_largest_remainders_and_ties_to_the_first) {
  struct row { std::int64_t total; numbers weights, wanted; };
  for (const row& one : {
         row{10000, {1, 1, 1}, {3334, 3333, 3333}},   // SEMANTICS.md, 2
         row{2, {1, 1, 1}, {1, 1, 0}},                // SEMANTICS.md, 2
         row{10001, {30, 30, 60}, {2500, 2500, 5001}},  // SEMANTICS.md, 9: days x share
         row{61, {1005, 1005, 1005}, {21, 20, 20}},   // SEMANTICS.md, 10
         row{100, {1, 2, 3}, {17, 33, 50}},           // 16.67, 33.33, 50
         row{10, {3, 3, 1}, {4, 4, 2}},               // 4.29, 4.29, 1.43: one left, the largest remainder is the last's
         row{7, {5}, {7}}, row{0, {1, 2}, {0, 0}}, row{1, {1, 1000000}, {0, 1}}}) {
    EXPECT_EQ(simple(one.total, one.weights, division::largest_remainder), wide(one.wanted)) << one.total;
  }
}

TEST(split_in_order, gives_the_units_left_from_the_first_part_on) {
  EXPECT_EQ(simple(11, {1, 1, 1}, division::in_order), wide({4, 4, 3}));
  EXPECT_EQ(simple(10, {3, 3, 1}, division::in_order), wide({5, 4, 1}));
  EXPECT_EQ(simple(2, {0, 1, 0, 1, 1}, division::in_order), wide({0, 1, 0, 1, 0}));
}

TEST(split_rotating, starts_at_the_rotation_modulo_the_parts_that_bear) {
  EXPECT_EQ(simple(10, {1, 1, 1}, division::rotating, 0), wide({4, 3, 3}));
  EXPECT_EQ(simple(10, {1, 1, 1}, division::rotating, 1), wide({3, 4, 3}));
  EXPECT_EQ(simple(10, {1, 1, 1}, division::rotating, 2), wide({3, 3, 4}));
  EXPECT_EQ(simple(10, {1, 1, 1}, division::rotating, 3), wide({4, 3, 3}));
  EXPECT_EQ(simple(11, {1, 1, 1}, division::rotating, 2), wide({4, 3, 4}));
  // The part of weight zero is not counted: number 1 is the last one.
  EXPECT_EQ(simple(11, {1, 0, 1}, division::rotating, 1), wide({5, 0, 6}));
  EXPECT_EQ(simple(11, {1, 0, 1}, division::rotating, UINT64_MAX), wide({5, 0, 6}));  // 2^64 - 1 is odd
}

TEST(split, a_negative_amount_is_divided_as_its_mirror_image) {
  EXPECT_EQ(simple(-10000, {1, 1, 1}, division::largest_remainder), wide({-3334, -3333, -3333}));
  EXPECT_EQ(simple(-11, {1, 1, 1}, division::in_order), wide({-4, -4, -3}));
  EXPECT_EQ(simple(-10, {1, 1, 1}, division::rotating, 2), wide({-3, -3, -4}));
}

TEST(split, a_part_of_weight_zero_gets_nothing) {
  for (const auto how : {division::largest_remainder, division::in_order, division::rotating})
    EXPECT_EQ(simple(7, {0, 1, 0}, how, 5), wide({0, 7, 0}));
}

TEST(split, without_any_weight_there_are_no_parts) {
  EXPECT_TRUE(simple(7, {0, 0}, division::largest_remainder).empty());
  std::vector<int128> none;
  EXPECT_FALSE(dues::split(int128(7), std::span<const int128>(), division::in_order, 0, none));
}

TEST(split, divides_the_largest_amounts) {
  for (const auto& total : {integer(dues::int128_max()), integer(dues::int128_min())}) {
    EXPECT_EQ(parts_of(total, std::vector<int128>{1}, division::largest_remainder), std::vector<integer>{total});
    const auto halves = parts_of(total, std::vector<int128>{dues::int128_max(), dues::int128_max()}, division::largest_remainder);
    ASSERT_EQ(halves.size(), 2U);
    EXPECT_EQ(integer(halves[0] + halves[1]), total);
  }
}

TEST(split, weights_whose_sum_does_not_fit_are_refused) {
  const int256 most = int256((int256(1) << 254) - 1 + (int256(1) << 254));
  EXPECT_TRUE(parts_of(100, std::vector<int256>{most, most}, division::largest_remainder).empty());
  EXPECT_EQ(parts_of(100, std::vector<int256>{most, 0}, division::largest_remainder), wide({100, 0}));
}

TEST(split, takes_fractions_as_they_are) {
  const auto share = [](int num, int den) { return dues::exact256::ratio(int256(num), int256(den)); };
  EXPECT_EQ(parts_of(10000, std::vector{share(1, 3), share(1, 2), share(1, 6)}, division::largest_remainder), wide({3333, 5000, 1667}));
  const auto percent = [](const char* text) { return dues::exact256(dues_test::decimal_of(text)); };
  EXPECT_EQ(parts_of(1000, std::vector{percent("0.335"), percent("0.665")}, division::largest_remainder), wide({335, 665}));
  EXPECT_EQ(parts_of(1, std::vector{percent("0.335"), percent("0.335")}, division::largest_remainder), wide({1, 0}));
}

TEST(split, fractions_without_a_common_denominator_that_fits_are_refused) {
  const auto over = [](int bits) { return dues::exact256::ratio(int256(1), int256((int256(1) << bits) - 1)); };
  // 2^251 - 1 and 2^241 - 1 have no common factor: 251 and 241 are primes.
  EXPECT_TRUE(parts_of(100, std::vector{over(251), over(241)}, division::largest_remainder).empty());
}

// ---- against a naive division ----

std::vector<integer> naive(const integer& total, const std::vector<rational>& weights, division how, std::uint64_t rotation) {
  rational sum = 0;
  for (const rational& weight : weights) sum += weight;
  if (sum == 0) return {};
  const integer whole = abs(total);
  std::vector<integer> parts;
  std::vector<rational> rest;
  std::vector<bool> served;
  integer left = whole;
  std::uint64_t bearing = 0;
  for (const rational& weight : weights) {
    const rational share = rational(whole) * weight / sum;
    parts.push_back(dues_test::floor_of(share));
    rest.push_back(share - rational(parts.back()));
    served.push_back(weight == 0);
    left -= parts.back();
    if (weight != 0) ++bearing;
  }
  std::uint64_t skip = how == division::rotating ? rotation % bearing : 0;
  for (std::size_t at = 0; left > 0 && how != division::largest_remainder; at = (at + 1) % parts.size()) {
    if (weights[at] == 0) continue;
    if (skip != 0) { --skip; continue; }
    parts[at] += 1;
    left -= 1;
  }
  while (left > 0) {  // the largest remainder that has none yet, the first of equals
    std::size_t best = parts.size();
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (!served[i] && (best == parts.size() || rest[i] > rest[best])) best = i;
    served[best] = true;
    parts[best] += 1;
    left -= 1;
  }
  if (total < 0)
    for (integer& part : parts) part = -part;
  return parts;
}

division any_division() { return *rc::gen::element(division::largest_remainder, division::in_order, division::rotating); }

/// Small weights, zeros among them, make ties; long ones make none.
std::vector<integer> any_weights() {
  const int length = *rc::gen::element(1, 2, 5, 60);
  return *rc::gen::container<std::vector<integer>>(dues_test::magnitudes(length));
}

template <class Int>
void whole_weights_divide_as_the_naive_way_does() {
  const integer total = *dues_test::integers(120);
  const auto drawn = any_weights();
  std::vector<Int> weights;
  std::vector<rational> fractions;
  for (const integer& weight : drawn) {
    weights.push_back(static_cast<Int>(weight));
    fractions.emplace_back(weight);
  }
  const auto how = any_division();
  const auto rotation = *rc::gen::arbitrary<std::uint64_t>();
  const auto is = parts_of(total, weights, how, rotation);
  RC_ASSERT(is == naive(total, fractions, how, rotation));
}

RC_GTEST_PROP(split_property, weights_of_128_bits_divide_as_the_naive_way_does, ()) { whole_weights_divide_as_the_naive_way_does<int128>(); }
RC_GTEST_PROP(split_property, weights_of_256_bits_divide_as_the_naive_way_does, ()) { whole_weights_divide_as_the_naive_way_does<int256>(); }

RC_GTEST_PROP(split_property, fractions_divide_as_the_naive_way_does, ()) {
  const integer total = *dues_test::integers(100);
  const auto drawn = *rc::gen::resize(8, rc::gen::container<std::vector<dues_test::parts>>(dues_test::fractions(30, 8, 4)));
  std::vector<dues::exact256> weights;
  std::vector<rational> fractions;
  for (const auto& part : drawn) {
    weights.push_back(part.as<int256>().abs());
    fractions.push_back(abs(part.worth()));
  }
  const auto how = any_division();
  const auto rotation = *rc::gen::arbitrary<std::uint64_t>();
  RC_ASSERT(parts_of(total, weights, how, rotation) == naive(total, fractions, how, rotation));
}

RC_GTEST_PROP(split_property, parts_add_to_the_whole_and_mirror_and_differ_from_their_share_by_no_more_than_a_unit, ()) {
  const integer total = *dues_test::integers(126);
  const auto drawn = any_weights();
  integer sum = 0;
  std::vector<int128> weights;
  for (const integer& weight : drawn) {
    sum += weight;
    weights.push_back(static_cast<int128>(weight));
  }
  RC_PRE(sum != 0);
  const auto how = any_division();
  const auto rotation = *rc::gen::arbitrary<std::uint64_t>();
  const auto parts = parts_of(total, weights, how, rotation);
  const auto mirror = parts_of(-total, weights, how, rotation);
  RC_ASSERT(parts.size() == weights.size());
  integer added = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    added += parts[i];
    RC_ASSERT(mirror[i] == -parts[i]);
    // A unit in order may go to a part whose share was whole.
    const rational apart = abs(rational(parts[i]) - rational(integer(total * drawn[i]), sum));
    const bool near = how == division::largest_remainder ? apart < 1 : apart <= 1;
    RC_ASSERT(near);
  }
  RC_ASSERT(added == total);
}

}  // namespace
