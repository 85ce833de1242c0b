// SPDX-License-Identifier: Apache-2.0
//
// Some discounts are read and not computed yet. A line that one of them might lower must not go out at
// its full amount: it gets R116. Here is told which lines none of them can lower. Not public.
#pragma once

#include <dues/rating/context.hpp>
#include <dues/rating/impl/row_changes.hpp>
#include <dues/rating/pieces.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

class possible_discounts {
 public:
  explicit possible_discounts(const facts& known) : known_(known), tariff_(*known.tariff) {}

  /// The first discount of the fee that may lower a line on its charged days, or -1.
  std::int32_t find(const fee_period& what, std::uint32_t unit, std::uint32_t account, const subscription* subscribed, std::span<const day_range> charged) {
    for (const std::int32_t each : what.rule->discounts) {
      const discount& one = tariff_.discounts[static_cast<std::size_t>(each)];
      if (one.computed) continue;
      if (one.window && one.window->of == window_of::issue && !one.window->days.contains(what.period.issue)) continue;
      for (day_range days : charged) {
        if (one.window && one.window->of == window_of::service) days = intersect(days, one.window->days);
        if (!days.empty() && may_lower(one, unit, account, subscribed, days)) return each;
      }
    }
    return -1;
  }

 private:
  // On some day of the range. What cannot be told may be.
  bool may_lower(const discount& one, std::uint32_t unit, std::uint32_t account, const subscription* subscribed, day_range days) {
    starts_.assign(1, days.from);
    row_changes(known_.unit_rows, unit, one.read.unit_columns, false, days, starts_);
    if (account != id_table::none) row_changes(known_.account_rows, account, one.read.account_columns, false, days, starts_);
    for (const std::int32_t value : one.read.values) tariff_.values[static_cast<std::size_t>(value)].is.cuts(days, [&](civil_day day) { starts_.push_back(day); });
    return std::any_of(starts_.begin(), starts_.end(), [&](civil_day day) {
      rating_context<int256, no_trace> context(tariff_, known_, silent_);
      context.unit = unit;
      context.account = account;
      context.subscribed = subscribed;
      context.day = day;
      operand<int256> answer;
      for (const auto* condition : {&one.where, &one.when.condition})
        if (*condition && context.compute(**condition, answer) && answer.word == 0) return false;
      // Nothing percent lowers nothing.
      return !(one.give.kind == gift_kind::percent && one.give.is && context.compute(*one.give.is, answer) && answer.number.is_zero());
    });
  }

  const facts& known_;
  const program& tariff_;
  no_trace silent_;
  std::vector<civil_day> starts_;
};

}  // namespace detail

DUES_END
