// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/value/split.hpp>

#include <algorithm>
#include <numeric>
#include <vector>

DUES_BEGIN

bool split(int128 total, std::span<const int256> weights, division how, std::uint64_t rotation, std::span<int128> parts) {
  DUES_ASSERT(parts.size() == weights.size());
  int256 sum = 0;
  std::vector<std::size_t> bearing;  // parts with weight
  for (std::size_t i = 0; i < weights.size(); ++i) {
    DUES_ASSERT(weights[i] >= 0);
    if (add_overflows(sum, weights[i], sum)) return false;
    if (weights[i] != 0) bearing.push_back(i);
  }
  if (sum == 0) return false;
  const bool negative = total < 0;
  const int512 whole = negative ? int512(-int512(total)) : int512(total);
  const int512 all(sum);
  std::vector<int512> remainders(weights.size());
  const int unit = negative ? -1 : 1;
  int512 left = whole;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const int512 product = whole * int512(weights[i]);
    const int512 floor = product / all;
    remainders[i] = product % all;
    parts[i] = static_cast<int128>(negative ? int512(-floor) : floor);
    left -= floor;
  }
  // Fewer units are left than there are parts with weight.
  auto units = static_cast<std::size_t>(left);
  if (how == division::largest_remainder)
    std::stable_sort(bearing.begin(), bearing.end(), [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  const std::size_t start = how == division::rotating ? static_cast<std::size_t>(rotation % bearing.size()) : 0;
  for (std::size_t i = 0; units != 0; ++i, --units) parts[bearing[(start + i) % bearing.size()]] += unit;
  return true;
}

bool split(int128 total, std::span<const int128> weights, division how, std::uint64_t rotation, std::span<int128> parts) {
  const std::vector<int256> wide(weights.begin(), weights.end());
  return split(total, std::span<const int256>(wide), how, rotation, parts);
}

bool split(int128 total, std::span<const exact256> weights, division how, std::uint64_t rotation, std::span<int128> parts) {
  std::vector<exact256::fraction> fractions;
  int256 common = 1;
  for (const exact256& weight : weights) {
    const auto lowest = weight.reduced();
    if (!lowest) return false;
    const int256 factor = lowest->den / greatest_common_divisor(common, lowest->den);
    if (mul_overflows(common, factor, common)) return false;
    fractions.push_back(*lowest);
  }
  std::vector<int256> whole(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (mul_overflows(fractions[i].num, int256(common / fractions[i].den), whole[i])) return false;
  return split(total, std::span<const int256>(whole), how, rotation, parts);
}

DUES_END
