// SPDX-License-Identifier: Apache-2.0
//
// What of a fee and period columns can do, settled once a run. Included by column_rule.hpp.
#pragma once

#include <dues/rating/column_rule.hpp>

DUES_BEGIN

namespace detail {

// The part of versions that stands; -1 where none does.
inline std::int32_t column_rule::standing(const dated_expression& versions, bool& fails) {
  const int at = versions.index_on(day_);
  if (at < 0 || !versions.at(static_cast<std::size_t>(at))) return -1;
  const std::int32_t made = columns_->build(*versions.at(static_cast<std::size_t>(at)));
  fails = fails || made < 0 || columns_->divides(made);
  return made;
}

inline bool column_rule::prepare_values(const facts& known) {
  columns_.emplace(known, day_);
  bool fails = false;
  const auto number = [&](const expression& what) {
    const std::int32_t made = columns_->build(what);
    fails = fails || made < 0 || columns_->divides(made);
    return made;
  };
  if (rule_->where) {
    where_ = columns_->build(*rule_->where);
    if (where_ < 0) return false;
  }
  if (rule_->amount) {
    product_ = number(*rule_->amount);
  } else {
    quantity_ = rule_->quantity ? number(*rule_->quantity) : columns_->literal(1, 0);
    price_ = standing(rule_->price, fails);
    if (fails || price_ < 0) return false;
    if (const std::int32_t free = standing(rule_->limits.free, fails); free >= 0 && !fails) {
      const std::int32_t rest = columns_->combine(opcode::subtract, quantity_, free);
      quantity_ = rest < 0 ? -1 : columns_->combine(opcode::maximum, rest, columns_->literal(0, 0));
      fails = fails || quantity_ < 0;
    }
    if (const std::int32_t factor = standing(rule_->factor, fails); factor >= 0 && !fails) price_ = columns_->combine(opcode::multiply, price_, factor);
    fails = fails || price_ < 0;
    if (const std::int32_t most = standing(rule_->ceiling, fails); most >= 0 && !fails) price_ = columns_->combine(opcode::minimum, price_, most);
    fails = fails || price_ < 0;
    // A price that is one for all rows needs no column.
    if (!fails && columns_->constant(price_)) {
      product_ = quantity_;
      constant_ = columns_->number(price_, 0);
      constant_scale_ = columns_->scale(price_);
    } else if (!fails) {
      product_ = columns_->combine(opcode::multiply, quantity_, price_);
    }
  }
  if (!fails) at_least_ = standing(rule_->limits.at_least, fails);
  if (!fails) at_most_ = standing(rule_->limits.at_most, fails);
  for (const std::int32_t limit : {at_least_, at_most_}) limited_ = limited_ || (!fails && limit >= 0 && !columns_->constant(limit));
  return !fails && product_ >= 0;
}

inline bool column_rule::prepare_tax(const program& tariff) {
  if (rule_->tax < 0) return true;
  const tax_rule& by = tariff.taxes[static_cast<std::size_t>(rule_->tax)];
  std::optional<exact128> rate;
  if (by.moment == tax_moment::service_days) {
    const day_range days = intersect(what_->period.days, rule_->life);
    const auto spans = rates_over(tariff, by, std::span(&days, 1));
    if (spans.size() != 1) return false;
    rate = spans[0].rate;
  } else {
    rate = rate_on(tariff, by, what_->period.issue);
  }
  if (!rate) return true;
  tax_.rate = tax_rate{rule_->tax, rate};
  if (by.scope == tax_scope::per_bill) return true;  // computed later, over the lines of the bill
  const auto lowest = rate->reduced();
  const auto num = lowest ? to_int64(lowest->num) : std::nullopt;
  const auto den = lowest ? to_int64(lowest->den) : std::nullopt;
  if (!num || !den || *num < 0) return false;
  if (by.places > tariff.minor_units) return false;
  tax_.any = true;
  tax_.on_top = !by.included;
  tax_.mode = by.mode;
  tax_.step = pow10<std::int64_t>(tariff.minor_units - by.places);
  // Inside: net = gross / (1 + rate). On top: tax = gross x rate.
  tax_.times = by.included ? *den : *num;
  if (add_overflows(*den, by.included ? *num : std::int64_t{0}, tax_.divisor) || mul_overflows(tax_.divisor, tax_.step, tax_.divisor)) return false;
  tax_.by = fixed_divisor(tax_.divisor);
  return true;
}

// A line that a discount may lower is refused by the rule for one line; what excludes it are conditions
// that do not hold. Where a discount gives nothing on any day, nothing is asked.
inline bool column_rule::prepare_discounts(const program& tariff) {
  for (const std::int32_t each : rule_->discounts) {
    const discount& one = tariff.discounts[static_cast<std::size_t>(each)];
    if (one.computed) continue;  // over the bill, when its lines are there
    const nominal_period& period = what_->period;
    if (one.window && one.window->of == window_of::issue && !one.window->days.contains(period.issue)) continue;
    if (one.window && one.window->of == window_of::service && intersect(one.window->days, period.days).empty()) continue;
    bool changes = false;
    for (const std::int32_t value : one.read.values) tariff.values[static_cast<std::size_t>(value)].is.cuts(period.days, [&](civil_day) { changes = true; });
    if (changes || one.read.subscription || one.read.period) return false;
    if (one.give.kind == gift_kind::percent && one.give.is) {
      const std::int32_t percent = columns_->build(*one.give.is);
      if (percent >= 0 && columns_->largest(percent) == 0) continue;
    }
    std::array<std::int32_t, 2> excluding{-1, -1};
    std::size_t asked = 0;
    for (const auto* condition : {&one.where, &one.when.condition})
      if (*condition)
        if (const std::int32_t made = columns_->build(**condition); made >= 0) excluding[asked++] = made;
    if (asked == 0) return false;
    excluding_.push_back(excluding);
  }
  return true;
}

inline bool column_rule::prepare(const facts& known, const fee_period& what) {
  what_ = &what;
  rule_ = what.rule;
  known_ = &known;
  minor_units_ = known.tariff->minor_units;
  const nominal_period& period = what.period;
  const day_range days = intersect(period.days, rule_->life);
  day_ = days.from;
  bool changes = !what.changes.empty() || period.problem.has_value() || days.empty();
  for (const auto* versions : {&rule_->price, &rule_->factor, &rule_->ceiling}) versions->cuts(period.days, [&](civil_day) { changes = true; });
  const bool each_month = rule_->rounded == rounding_of::each_month && period.months.size() == 1;
  if (changes || rule_->scope != fee_scope::unit || rule_->read.period || rule_->read.subscription || (rule_->rounded != rounding_of::line && !each_month)) return false;
  if (!prepare_values(known) || !prepare_tax(*known.tariff) || !prepare_discounts(*known.tariff)) return false;
  std::vector<piece> pieces;
  for (std::size_t m = 0; m < period.months.size(); ++m) pieces.push_back({period.months[m], static_cast<std::int32_t>(m), false, m != 0, true, period.months[m].from, nullptr});
  whole_ = count_time(pieces);
  if (!whole_.fits) return false;
  const int128 most = int128(columns_->largest(product_)) * int128(magnitude(whole_.grow));
  proved_ = whole_.divisor != 0 && most <= int128(largest_number);
  divided_fixed_ = whole_.by.usable() && most <= int128(fixed_divisor::most_number);
  return true;
}

// By the rule for one line: what is counted here can't be counted otherwise there.
inline auto column_rule::count_time(std::span<const piece> pieces) const -> time_ratio {
  no_trace silent;
  rule_scratch<std::int64_t> scratch;
  rating_context<std::int64_t, no_trace> context(*known_->tariff, *known_, silent);
  fee_rule<std::int64_t, no_trace> rule(*what_, context, silent, scratch);
  exact64 of_price;
  exact64 of_limits;
  rule.times(pieces, of_price, of_limits);
  time_ratio made;
  const auto price = of_price.reduced();
  const auto limits = of_limits.reduced();
  if (!price || !limits) return made;
  made.num = price->num;
  made.den = price->den;
  made.limit_num = limits->num;
  made.limit_den = limits->den;
  made.fits = fix_limit(at_least_, made, made.least) && fix_limit(at_most_, made, made.most);
  // units = round(product x num x 10^places / (10^scale x den))
  std::int64_t grow = made.num;
  std::int64_t divisor = made.den;
  const int scale = columns_->scale(product_) + constant_scale_;
  const bool wide = mul_overflows(grow, constant_, grow) || scale - rule_->places > most_pow10<std::int64_t> ||
                    (rule_->places >= scale ? mul_overflows(grow, pow10<std::int64_t>(rule_->places - scale), grow)
                                            : mul_overflows(divisor, pow10<std::int64_t>(scale - rule_->places), divisor));
  if (!wide) {
    made.grow = grow;
    made.divisor = divisor;
    if (rule_->mode == rounding_mode::half_up) made.by = fixed_divisor(divisor);
  }
  return made;
}

// A limit that is one for all rows, rounded: rounding keeps the order of amounts, so it may be held
// against the rounded ones.
inline bool column_rule::fix_limit(std::int32_t limit, const time_ratio& time, std::int64_t& units) const {
  if (limit < 0 || !columns_->constant(limit)) return true;
  int128 num;
  int128 den;
  if (mul_overflows(int128(columns_->number(limit, 0)), int128(time.limit_num), num) || mul_overflows(num, pow10_128(rule_->places), num) ||
      mul_overflows(int128(time.limit_den), pow10_128(columns_->scale(limit)), den))
    return false;
  const auto rounded = to_int64(divide_rounded<int128>(num, den, rule_->mode));
  units = rounded.value_or(0);
  return rounded && to_minor_units(units);
}

inline auto column_rule::time_over(day_range days) -> const time_ratio& {
  const auto hash = static_cast<std::uint32_t>(days.from.days) * 33U + static_cast<std::uint32_t>(days.to.days);
  kept_time& kept = times_[hash % times_.size()];
  if (!kept.time.fits || kept.from != days.from || kept.to != days.to) {
    const piece one{days, 0, false, false, true, days.from, nullptr};
    kept = {days.from, days.to, count_time(std::span(&one, 1))};
  }
  return kept.time;
}

}  // namespace detail

DUES_END
