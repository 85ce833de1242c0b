// SPDX-License-Identifier: Apache-2.0
//
// Dividing an amount into parts that sum to it, always.
#pragma once

#include <dues/value/exact.hpp>

#include <cstdint>
#include <span>

DUES_BEGIN

/// largest_remainder: floor shares, then one unit each to the largest remainders, ties by position.
/// in_order: floor, then one unit each from the first part with weight. rotating: the same, starting
/// at the part with weight numbered `rotation` modulo their count.
enum class division : std::uint8_t { largest_remainder, in_order, rotating };

/// Divides `total` by weights; negative totals divide as mirror images. Parts of weight 0 get 0.
/// @param weights   none negative
/// @param rotation  read by division::rotating
/// @param parts     as many as weights
/// @returns false, and no parts, when all weights are 0 or a product does not fit 512 bits
/// Cost: n log n.
bool split(int128 total, std::span<const int256> weights, division how, std::uint64_t rotation, std::span<int128> parts);
bool split(int128 total, std::span<const int128> weights, division how, std::uint64_t rotation, std::span<int128> parts);
/// Fractions are brought to a common denominator exactly.
bool split(int128 total, std::span<const exact256> weights, division how, std::uint64_t rotation, std::span<int128> parts);

DUES_END
