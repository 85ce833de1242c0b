// SPDX-License-Identifier: Apache-2.0
//
// Bodies of fee_rule for metered fees: which usage belongs to a line, how it falls on the pieces of its
// days, and what it costs. Included by rule.hpp.
#pragma once

#include <dues/rating/rule.hpp>
#include <dues/value/split.hpp>

#include <algorithm>

DUES_BEGIN

// Usage belongs to the reading that closes it, or to the days on which it is spread evenly.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::find_spans(std::span<const piece> pieces) {
  const metering& meters = context_.known_facts().meters;
  const nominal_period& period = what_.period;
  s_.spans.clear();
  if (what_.when->kind == schedule_kind::readings) {
    for (const meter_closing& closing : meters.closings_in(context_.unit, rule_.meter, {period.named, period.named + 1}))
      for (const usage_interval& one : meters.intervals_of(closing)) s_.spans.push_back({one.days, {&one, 1}});
    return true;
  }
  const std::int32_t slot = context_.known_facts().tariff->meters[static_cast<std::size_t>(rule_.meter)].slot;
  if (rule_.belongs == usage_belongs::to_closing_reading) {
    const auto closed = meters.closings_in(context_.unit, rule_.meter, period.days);
    if (closed.empty()) {
      context_.day = period.days.to - 1;
      context_.miss(slot);
      return false;
    }
    s_.spans.push_back({period.days, std::span(meters.intervals).subspan(closed.front().first, closed.back().end - closed.front().first)});
    return true;
  }
  for (const usage_interval& one : meters.intervals_of(context_.unit, rule_.meter))
    if (const day_range both = intersect(one.days, period.days); !both.empty()) s_.spans.push_back({both, {&one, 1}, both.days(), one.days.days()});
  std::sort(s_.spans.begin(), s_.spans.end(), [](const usage_span& a, const usage_span& b) { return a.days.from < b.days.from; });
  for (const piece& covered : pieces) {
    civil_day reached = covered.days.from;
    for (const usage_span& span : s_.spans)
      if (span.days.from <= reached && reached < span.days.to) reached = span.days.to;
    if (covered.days.to <= reached) continue;
    context_.day = reached;
    context_.miss(slot);  // no reading ends it yet
    return false;
  }
  return true;
}

template <class Int, class Recorder>
void fee_rule<Int, Recorder>::add_usage(std::size_t piece, std::size_t column, const term<Int>& used) {
  term<Int>& sum = s_.usages[piece * columns() + column];
  if (sum.value.is_zero()) {
    sum = used;
    return;
  }
  const term<Int> before = sum;
  sum = noted(before.value + used.value, "/meter", "add", [&] { return inputs_t{input("left", before), input("right", used)}; });
}

// The usage of a span on the pieces, by days; what falls on days that are not covered is not charged.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::divide_span(std::span<const piece> pieces, const usage_span& span, std::size_t column, const term<Int>& used) {
  const std::int64_t all = span.days.days();
  const auto overlap = [&](const piece& one) { return static_cast<std::int64_t>(intersect(one.days, span.days).days()); };
  if (rule_.on_change != price_change::divide_in_whole_units) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::int64_t days = overlap(pieces[i]);
      if (days == all) add_usage(i, column, used);
      if (days == 0 || days == all) continue;
      add_usage(i, column, noted(used.value * detail::to_number<Int>(reduced({days, all})), "/price_change", "part_by_days", [&] {
                  return inputs_t{input("count", used), {"days", std::to_string(days), detail::range_text(intersect(pieces[i].days, span.days))}, {"of", std::to_string(all), detail::range_text(span.days)}};
                }));
    }
    return true;
  }
  std::vector<int128> weights;
  std::string text;
  std::int64_t covered = 0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::int64_t days = overlap(pieces[i]);
    weights.emplace_back(days);
    covered += days;
    if (days != 0) last = i;
  }
  weights.emplace_back(all - covered);
  for (const int128& weight : weights) text += (text.empty() ? "" : " ") + decimal::make(weight, 0)->to_text();
  int128 whole;
  const term<Int> units = noted(used.value.floor(), "/price_change", "floor", [&] { return inputs_t{input("value", used)}; });
  if (!units.value.round(0, rounding_mode::floor, whole)) {
    overflowed = true;
    return false;
  }
  std::vector<int128> parts(weights.size(), int128(0));
  if (whole != 0 && !split(whole, std::span<const int128>(weights), division::largest_remainder, 0, parts)) {
    overflowed = true;
    return false;
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (weights[i] == 0) continue;
    add_usage(i, column, noted(exact<Int>(*decimal::make(parts[i], 0)), "/price_change", "share_out", [&] {
                return inputs_t{input("amount", units), {"weights", text, {}}, {"part", std::to_string(i + 1), {}}, {"division", "largest_remainder", {}}, {"rotation", "0", {}}, {"places", "0", {}}};
              }));
  }
  // What is less than a unit goes with the reading.
  const term<Int> rest = noted(used.value - units.value, "/price_change", "subtract", [&] { return inputs_t{input("left", used), input("right", units)}; });
  if (!rest.value.is_zero() && covered != 0) add_usage(last, column, rest);
  return true;
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::find_usages(std::span<const piece> pieces) {
  if (!find_spans(pieces)) return false;
  const std::size_t count = columns();
  s_.usages.assign(pieces.size() * count, {});
  for (const usage_span& span : s_.spans)
    for (std::size_t c = 0; c < count; ++c) {
      term<Int> used;
      bool any = false;
      for (const usage_interval& one : span.of) {
        term<Int> more;
        if (!context_.usage_between(one, count > 1 ? static_cast<std::int32_t>(c) : -1, more)) return false;
        context_.add_to(used, more, std::exchange(any, true), rule_.pointer + "/meter");
      }
      if (span.num != span.den) {
        const term<Int> all = used;
        used = noted(all.value * detail::to_number<Int>(reduced({span.num, span.den})), "/usage_belongs", "part_by_days",
                     [&] { return inputs_t{input("count", all), {"days", std::to_string(span.num), detail::range_text(span.days)}, {"of", std::to_string(span.den), {}}}; });
      }
      if (!divide_span(pieces, span, c, used)) return false;
    }
  return rule_.limits.free.empty() || take_free(pieces);
}

// Free usage is taken out first, from the earliest days on; of several registers from each alike.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::take_free(std::span<const piece> pieces) {
  const std::size_t count = columns();
  term<Int> free;
  bool any = false;
  for (const piece& one : pieces) {
    context_.day = one.values_on;
    const expression* what = standing(rule_.limits.free);
    if (what == nullptr) continue;
    term<Int> mine;
    if (!number_of(*what, mine, "/limits/free")) return false;
    const term<Int> part = part_of_period(one, context_.covered_days);
    const term<Int> here = noted(mine.value * part.value, "/limits/free", "multiply", [&] { return inputs_t{input("free", mine), input("part", part)}; });
    context_.add_to(free, here, std::exchange(any, true), rule_.pointer + "/limits/free");
  }
  for (std::size_t i = 0; i < pieces.size() && free.value.sign() > 0; ++i) {
    exact<Int> used;
    for (std::size_t c = 0; c < count; ++c) used = used + s_.usages[i * count + c].value;
    if (used.sign() <= 0) continue;
    const exact<Int> taken = exact<Int>::lesser(free.value, used);
    for (std::size_t c = 0; c < count; ++c) {
      term<Int>& one = s_.usages[i * count + c];
      const term<Int> before = one;
      const term<Int> less{count == 1 ? free.value : taken * (before.value / used), count == 1 ? free.step : -1};
      one = noted(exact<Int>::greater(before.value - less.value, exact<Int>()), "/limits/free", "less_free", [&] { return inputs_t{input("quantity", before), input("free", less, rule_.pointer + "/limits/free")}; });
    }
    const term<Int> before = free;
    const term<Int> gone{taken, -1};
    free = noted(free.value - taken, "/limits/free", "subtract", [&] { return inputs_t{input("left", before), input("right", gone)}; });
    if (free.value.overflowed()) {
      overflowed = true;
      return false;
    }
  }
  return true;
}

// The price in force; null, and the failure is told, when there is none. The context then stands on that day.
template <class Int, class Recorder>
const metered_price* fee_rule<Int, Recorder>::metered_price_on(civil_day on) {
  context_.day = on;
  const int version = rule_.metered.index_on(on);
  if (version >= 0) return &rule_.metered.at(static_cast<std::size_t>(version));
  context_.failure = {line_failure::reason::no_value, -1, rule_.pointer + "/price", -1, context_.account, on};
  return nullptr;
}

// The amount of a piece goes to s_.amounts. @param price  of its one price, when `one_price`
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::price_usage(std::size_t piece, civil_day on, term<Int>& price, bool& one_price) {
  const metered_price* const in_force = metered_price_on(on);
  if (in_force == nullptr) return false;
  const metered_price& by = *in_force;
  const std::size_t count = columns();
  term<Int> sum;
  for (std::size_t c = 0; c < count; ++c) {
    if (c == 0 || by.is.size() > 1)
      if (!number_of(by.is[c], price, "/price") || !adjust_price(price)) return false;
    const term<Int>& used = s_.usages[piece * count + c];
    const term<Int> one = noted(used.value * price.value, "/price", "multiply",
                                [&] { return inputs_t{input("usage", used, rule_.pointer + "/meter"), input("price", price, rule_.pointer + "/price")}; });
    context_.add_to(sum, one, c != 0, rule_.pointer + "/price");
  }
  one_price = one_price && by.is.size() == 1;
  s_.amounts[piece] = sum;
  overflowed = sum.value.overflowed();
  return !overflowed;
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::rate_usage(std::span<const piece> pieces, rated<Int>& out) {
  if (!find_usages(pieces)) return false;
  exact<Int> quantity;
  for (const term<Int>& used : s_.usages) quantity = quantity + used.value;
  bool one_price = !rule_.by_tiers;
  if (rule_.by_tiers && !price_tiers(pieces)) return false;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!rule_.by_tiers && !price_usage(i, priced_on(pieces, i), s_.prices[i], one_price)) return false;
    one_price = one_price && s_.prices[i].value == s_.prices[0].value;
    if (pieces[i].share != nullptr) {
      const term<Int> all = s_.amounts[i];
      const term<Int> share{to_width<Int>(*pieces[i].share), -1};
      s_.amounts[i] = noted(all.value * share.value, "", "multiply", [&] { return inputs_t{input("amount", all), input("share", share, "/tenures")}; });
    }
  }
  if (!add_up(pieces, out.amount)) return false;
  overflowed = out.amount.value.overflowed() || quantity.overflowed();
  if (overflowed) return false;
  quantity.to_plain(out.quantity.coefficient, out.quantity.scale);
  if (one_price) s_.prices[0].value.to_plain(out.price.coefficient, out.price.scale);
  return true;
}

DUES_END
