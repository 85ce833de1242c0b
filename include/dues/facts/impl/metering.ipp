// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/facts/metering.hpp>

#include <algorithm>

DUES_BEGIN

std::span<const meter_closing> metering::closings_in(std::uint32_t unit, std::int32_t kind, day_range days) const {
  const auto all = closings_of(unit, kind);
  const auto earlier = [](const meter_closing& one, civil_day day) { return one.on < day; };
  const auto first = std::lower_bound(all.begin(), all.end(), days.from, earlier);
  return {first, std::max(first, std::lower_bound(first, all.end(), days.to, earlier))};
}

exact128 metering::turn(const meter& of) const { return exact128::ratio(pow10<int128>(of.digits), int128(1)); }

exact128 metering::usage(const usage_interval& of, std::size_t reg) const {
  const auto shown = [&](std::size_t place) {
    if (values.is_wide()) return exact128(values.at(place));
    return exact128::scaled(int128(values.narrow()[place]), values.scale());
  };
  const meter& read = meters[of.meter];
  exact128 used = shown(of.after + reg) - shown(of.before + reg);
  if (readings[of.after + reg].rolled_over) used = used + turn(read);
  return read.ratio == decimal(1) ? used : used * exact128(read.ratio);
}

const usage_before* metering::before_window(std::uint32_t unit, std::int32_t fee, civil_day window_from) const {
  const auto at = std::lower_bound(before.begin(), before.end(), 0, [&](const usage_before& one, int) {
    if (one.unit != unit) return one.unit < unit;
    return one.fee != fee ? one.fee < fee : one.window_from < window_from;
  });
  return at != before.end() && at->unit == unit && at->fee == fee && at->window_from == window_from ? &*at : nullptr;
}

DUES_END
