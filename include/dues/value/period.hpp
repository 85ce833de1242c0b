// SPDX-License-Identifier: Apache-2.0
//
// Periods counted from an anchor. Boundary k is anchor + k months, always from the anchor: a fee
// that began on 31 January has boundaries 29 February, 31 March, 30 April.
#pragma once

#include <dues/value/date.hpp>

DUES_BEGIN

/// anchor + k * months, the day clipped to the month's length.
civil_day boundary(civil_day anchor, int months, std::int64_t k) noexcept;
/// The largest k with boundary(k) <= day. Cost: constant.
std::int64_t period_index(civil_day anchor, int months, civil_day day) noexcept;

DUES_END
