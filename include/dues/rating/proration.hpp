// SPDX-License-Identifier: Apache-2.0
//
// How much of a month a partly covered month counts: one convention a function. A whole month
// counts 1 under each of them.
#pragma once

#include <dues/tariff/vocabulary.hpp>
#include <dues/value/date.hpp>

#include <span>

DUES_BEGIN

/// A small exact ratio; den > 0.
struct share_of_time {
  std::int64_t num = 0, den = 1;
};

/// What a month counts of which `covered` days are covered.
/// @param month    as cut at the anchor's boundaries
/// @param covered  maximal runs of covered days inside the month, in order
/// @returns exact ratio; 0 when nothing is covered, 1 when all is
/// @source semantics: proration
share_of_time month_count(proration convention, int from_day, day_range month, std::span<const day_range> covered);

/// In lowest terms.
share_of_time reduced(share_of_time ratio);
share_of_time sum_of(share_of_time a, share_of_time b);
share_of_time product_of(share_of_time a, share_of_time b);

DUES_END
