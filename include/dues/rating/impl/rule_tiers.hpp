// SPDX-License-Identifier: Apache-2.0
//
// Bodies of fee_rule for prices by steps: slices of usage at their own prices, all at the price reached,
// or started blocks. What the window had used before decides where a line begins. Included by rule.hpp.
#pragma once

#include <dues/rating/rule.hpp>

DUES_BEGIN

// On each day the limits then in force apply to all usage of the window so far.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::find_limits(const metered_price& by, civil_day window_from) {
  s_.limits.clear();
  term<Int> wider;
  if (by.widen_by) {
    if (!number_of(*by.widen_by, wider, "/widen_by")) return false;
    if (wider.value.sign() < 0) {
      context_.failure = {line_failure::reason::negative_widening, -1, by.widen_by->pointer(), -1, context_.account, context_.day};
      return false;
    }
  }
  const share_of_time served = by.by_months_served ? context_.served(window_from) : share_of_time{1, 1};
  for (const tier_step& step : by.steps) {
    if (step.up_to.empty()) break;  // the last
    const int at = step.up_to.index_on(context_.day);
    if (at < 0) {
      context_.failure = {line_failure::reason::no_value, -1, step.pointer + "/up_to", -1, context_.account, context_.day};
      return false;
    }
    term<Int> limit{exact<Int>(step.up_to.at(static_cast<std::size_t>(at))), -1};
    if (by.widen_by) {
      const term<Int> before = limit;
      limit = noted_at(before.value + wider.value, step.pointer, "add", [&] { return inputs_t{input("left", before, step.pointer + "/up_to"), input("right", wider)}; });
    }
    if (served.num != served.den) {
      const term<Int> before = limit;
      const exact<Int> part = detail::to_number<Int>(served);
      limit = noted_at(before.value * part, step.pointer, "multiply", [&] { return inputs_t{input("limit", before, step.pointer + "/up_to"), {"months_served", part.to_text(), {}}}; });
    }
    s_.limits.push_back(limit);
  }
  return true;
}

// The usage of a piece beyond `from` and up to `to`, both counted from the window's first day.
template <class Int, class Recorder>
term<Int> fee_rule<Int, Recorder>::slice_of(const tier_step& step, std::size_t k, const term<Int>& before, const term<Int>& used) {
  const exact<Int> zero;
  const term<Int> lower = k == 0 ? term<Int>{zero, -1} : s_.limits[k - 1];
  const bool last = k == s_.limits.size();
  const exact<Int> after = before.value + used.value;
  const exact<Int>& end = last ? after : exact<Int>::lesser(after, s_.limits[k].value);
  const exact<Int> slice = exact<Int>::greater(end - exact<Int>::greater(before.value, lower.value), zero);
  return noted_at(slice, step.pointer, "slice", [&] {
    inputs_t made{input("used_before", before), input("usage", used, rule_.pointer + "/meter"), input("above", lower, step.pointer)};
    if (!last) made.push_back(input("up_to", s_.limits[k], step.pointer + "/up_to"));
    return made;
  });
}

// Price of a slice; of several registers each by its part of the usage.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::price_slice(const tier_step& step, std::size_t piece, const term<Int>& used, const term<Int>& slice, term<Int>& amount, bool& any) {
  const std::size_t count = columns();
  for (std::size_t c = 0; c < (step.is.size() > 1 ? count : 1); ++c) {
    term<Int> price;
    if (!number_of(step.is[c], price, "/price") || !adjust_price(price)) return false;
    term<Int> part = slice;
    if (step.is.size() > 1) {
      const term<Int>& mine = s_.usages[piece * count + c];
      const term<Int> share = noted_at(mine.value / used.value, step.pointer, "divide", [&] { return inputs_t{input("left", mine), input("right", used)}; });
      part = noted_at(slice.value * share.value, step.pointer, "multiply", [&] { return inputs_t{input("slice", slice), input("share", share)}; });
    }
    const term<Int> one = noted_at(part.value * price.value, step.pointer, "multiply", [&] { return inputs_t{input("slice", part), input("price", price, step.pointer + "/is")}; });
    context_.add_to(amount, one, std::exchange(any, true), step.pointer);
  }
  return true;
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::add_flat(const tier_step& step, term<Int>& amount, bool& any) {
  if (!step.flat) return true;
  term<Int> flat;
  if (!number_of(*step.flat, flat, "/flat")) return false;
  context_.add_to(amount, flat, std::exchange(any, true), step.pointer);
  return true;
}

// Each slice at its own price; a flat amount for each slice that is entered, the first always, once a window.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::price_graduated(const metered_price& by, std::size_t piece, const term<Int>& used, term<Int>& amount) {
  bool any = false;
  for (std::size_t k = 0; k < by.steps.size(); ++k) {
    const tier_step& step = by.steps[k];
    const exact<Int> lower = k == 0 ? exact<Int>() : s_.limits[k - 1].value;
    if (k != 0 && !(lower < window_.used.value + used.value)) break;  // it is not reached, nor are those above
    if (k < s_.limits.size() && !(window_.used.value < s_.limits[k].value) && (k != 0 || window_.begun)) continue;  // used up before
    const term<Int> slice = slice_of(step, k, window_.used, used);
    const bool entered = k == 0 ? !window_.begun : slice.value.sign() > 0 && !(lower < window_.used.value);
    if (slice.value.sign() > 0 && !price_slice(step, piece, used, slice, amount, any)) return false;
    if (entered && !add_flat(step, amount, any)) return false;
  }
  return true;
}

// Started blocks of each slice; one that an earlier line began is paid.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::price_package(const metered_price& by, const term<Int>& used, term<Int>& amount) {
  bool any = false;
  for (std::size_t k = 0; k < by.steps.size(); ++k) {
    const tier_step& step = by.steps[k];
    const term<Int> lower = k == 0 ? term<Int>{} : s_.limits[k - 1];
    if (k != 0 && !(lower.value < window_.used.value + used.value)) break;
    const bool last = k == s_.limits.size();
    const exact<Int> block(step.block);
    const auto begun = [&](const exact<Int>& total) {
      const exact<Int>& end = last ? total : exact<Int>::lesser(total, s_.limits[k].value);
      return (exact<Int>::greater(end - lower.value, exact<Int>()) / block).ceil();
    };
    const term<Int> blocks = noted_at(begun(window_.used.value + used.value) - begun(window_.used.value), step.pointer, "blocks", [&] {
      inputs_t made{input("used_before", window_.used), input("usage", used, rule_.pointer + "/meter"), input("above", lower, step.pointer), {"block", block.to_text(), step.pointer + "/block"}};
      if (!last) made.push_back(input("up_to", s_.limits[k], step.pointer + "/up_to"));
      return made;
    });
    if (blocks.value.is_zero()) continue;
    term<Int> price;
    if (!number_of(step.is[0], price, "/price") || !adjust_price(price)) return false;
    const term<Int> one = noted_at(blocks.value * price.value, step.pointer, "multiply", [&] { return inputs_t{input("blocks", blocks), input("price", price, step.pointer + "/is")}; });
    context_.add_to(amount, one, std::exchange(any, true), step.pointer);
  }
  return true;
}

// All usage of the window at the step that it has reached, each part at the price of its own day, less what
// was billed: the one price that corrects earlier lines.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::price_volume(std::span<const piece> pieces, term<Int>& amount) {
  const term<Int> total = window_.used;
  bool any = false;
  const tier_step* reached = nullptr;
  for (const auto& part : window_.parts) {
    context_.day = part.on;
    const int version = rule_.metered.index_on(part.on);
    if (version < 0) {
      context_.failure = {line_failure::reason::no_value, -1, rule_.pointer + "/price", -1, context_.account, part.on};
      return false;
    }
    const metered_price& by = rule_.metered.at(static_cast<std::size_t>(version));
    term<Int> price;
    if (by.tiers == tier_kind::none) {
      if (!number_of(by.is[0], price, "/price") || !adjust_price(price)) return false;
      reached = nullptr;
    } else {
      if (!find_limits(by, *window_.from)) return false;
      std::size_t k = 0;
      while (k < s_.limits.size() && s_.limits[k].value < total.value) ++k;
      reached = &by.steps[k];
      noted_at(total.value, reached->pointer, k < s_.limits.size() ? "reached" : "reached_last", [&] {
        inputs_t made{input("usage", total)};
        if (k < s_.limits.size()) made.push_back(input("up_to", s_.limits[k], reached->pointer + "/up_to"));
        return made;
      });
      if (!number_of(reached->is[0], price, "/price") || !adjust_price(price)) return false;
    }
    const term<Int> one = noted(part.used.value * price.value, "/price", "multiply", [&] { return inputs_t{input("usage", part.used, rule_.pointer + "/meter"), input("price", price, rule_.pointer + "/price")}; });
    context_.add_to(amount, one, std::exchange(any, true), rule_.pointer + "/price");
  }
  context_.day = pieces.back().values_on;
  if (reached != nullptr && !add_flat(*reached, amount, any)) return false;
  if (window_.billed == 0) return true;
  const term<Int> all = amount;
  const term<Int> billed{exact<Int>::scaled(Int(window_.billed), context_.known_facts().tariff->minor_units), -1};
  amount = noted(all.value - billed.value, "/price", "less_billed", [&] { return inputs_t{input("left", all), input("billed", billed)}; });
  return true;
}

// The window that a day's usage counts in. What it had used before these facts begin is a fact.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::enter_window(civil_day counted_on) {
  const bool own = !rule_.has_window();  // each line begins anew
  if (rule_.window.kind == window_kind::rolling && counted_on < rule_.window.anchor) {
    context_.failure = {line_failure::reason::before_window, -1, rule_.pointer + "/price", -1, context_.account, counted_on};
    return false;
  }
  const civil_day from = own ? what_.period.days.from : rule_.window.of(counted_on).from;
  if (window_.from == from) return true;
  window_ = {};
  window_.from = from;
  const usage_before* told = own ? nullptr : context_.known_facts().meters.before_window(context_.unit, static_cast<std::int32_t>(&rule_ - context_.known_facts().tariff->fees.data()), from);
  if (told == nullptr) return true;
  window_.begun = true;
  window_.used.value = exact<Int>(told->usage);
  window_.used.step = noted(window_.used.value, "/price", "read", [&] { return inputs_t{{"used_before", told->usage.to_text(), "/usage_before/" + std::to_string(told->row) + "/usage"}}; }).step;
  window_.parts.push_back({from, window_.used});
  if (told->billed) {
    int128 minor;
    exact128(*told->billed).round(context_.known_facts().tariff->minor_units, rounding_mode::half_up, minor);
    window_.billed = static_cast<std::int64_t>(minor);
  }
  return !window_.used.value.overflowed();
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::price_tiers(std::span<const piece> pieces) {
  const std::size_t count = columns();
  window_.take(context_.window);
  const civil_day closing = what_.when->kind == schedule_kind::readings ? what_.period.named : what_.period.days.to - 1;
  exact<Int> quantity;
  const bool volume = rule_.by_volume;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const civil_day on = priced_on(pieces, i);
    if (!enter_window(rule_.belongs == usage_belongs::by_days ? pieces[i].days.from : closing)) {
      overflowed = context_.failure.why == line_failure::reason::none;
      return false;
    }
    term<Int> used;
    for (std::size_t c = 0; c < count; ++c) context_.add_to(used, s_.usages[i * count + c], c != 0, rule_.pointer + "/meter");
    const metered_price* const in_force = metered_price_on(on);
    if (in_force == nullptr) return false;
    const metered_price& by = *in_force;
    term<Int> amount;
    if (volume) {
      window_.parts.push_back({on, used});
    } else if (by.tiers == tier_kind::none) {
      bool one = true;
      if (!price_usage(i, on, s_.prices[i], one)) return false;
      amount = s_.amounts[i];
    } else {
      if (!find_limits(by, *window_.from)) return false;
      if (!(by.tiers == tier_kind::graduated ? price_graduated(by, i, used, amount) : price_package(by, used, amount))) return false;
    }
    s_.amounts[i] = amount;
    quantity = quantity + used.value;
    const term<Int> before = window_.used;
    window_.used = used.value.is_zero() ? before : before.value.is_zero() && before.step < 0 ? used : noted(before.value + used.value, "/price", "add", [&] { return inputs_t{input("left", before), input("right", used)}; });
    window_.begun = true;
    overflowed = amount.value.overflowed() || window_.used.value.overflowed();
    if (overflowed) return false;
  }
  if (!volume) return true;
  term<Int> all;
  if (!price_volume(pieces, all)) return false;
  overflowed = all.value.overflowed();
  // The correction is the line's; its days have it by their usage.
  const std::int64_t days = context_.covered_days;
  for (std::size_t i = 0; i < pieces.size() && !overflowed; ++i) {
    exact<Int> mine;
    for (std::size_t c = 0; c < count; ++c) mine = mine + s_.usages[i * count + c].value;
    const exact<Int> part = quantity.is_zero() ? exact<Int>::ratio(Int(pieces[i].days.days()), Int(days)) : mine / quantity;
    s_.amounts[i] = pieces.size() == 1 ? all : noted(all.value * part, "/price", "multiply", [&] { return inputs_t{input("amount", all), {"part", part.to_text(), {}}}; });
  }
  return !overflowed;
}

DUES_END
