// SPDX-License-Identifier: Apache-2.0
//
// Bodies of fee_rule that find quantity, price and amount. Included by rule.hpp.
#pragma once

#include <dues/rating/rule.hpp>

DUES_BEGIN

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::round(term<Int>& value, int places, rounding_mode mode) {
  int128 coefficient;
  const auto rounded = value.value.round(places, mode, coefficient) ? decimal::make(coefficient, places) : std::nullopt;
  if (!rounded) {
    overflowed = true;
    return false;
  }
  const term<Int> before = value;
  exact<Int> again(*rounded);
  if (again.overflowed()) {
    overflowed = true;
    return false;
  }
  value = noted(std::move(again), "", "round", [&] {
    return inputs_t{input("exact", before), {"places", std::to_string(places), {}},
                    {"mode", std::string(words::rounding_mode[static_cast<std::size_t>(mode)]), rule_.pointer + "/rounding"}};
  });
  return true;
}

// What stands on the day of the context, or null.
template <class Int, class Recorder>
const expression* fee_rule<Int, Recorder>::standing(const dated_expression& versions) const {
  const int at = versions.index_on(context_.day);
  if (at < 0) return nullptr;
  const auto& what = versions.at(static_cast<std::size_t>(at));
  return what ? &*what : nullptr;
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::number_of(const expression& what, term<Int>& out, std::string_view below) {
  operand<Int> value;
  if (!context_.compute(what, value)) return false;
  out = {value.number, value.step};
  if constexpr (Recorder::enabled)
    if (value.step < 0)
      out = noted(value.number, below, "read", [&] { return inputs_t{{std::string(below.substr(1)), value.number.to_text(), what.pointer()}}; });
  return true;
}

// Price, then factor, then ceiling: what is charged never exceeds it.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::price_on(term<Int>& price) {
  const expression* what = standing(rule_.price);
  if (what == nullptr) {
    context_.failure = {line_failure::reason::no_value, -1, rule_.pointer + "/price", -1, context_.account, context_.day};
    return false;
  }
  return number_of(*what, price, "/price") && adjust_price(price);
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::adjust_price(term<Int>& price) {
  term<Int> found;
  const expression* what = rule_.factor.empty() ? nullptr : standing(rule_.factor);
  if (what != nullptr) {
    if (!number_of(*what, found, "/factor")) return false;
    const term<Int> before = price;
    price = noted(price.value * found.value, "/factor", "multiply", [&] { return inputs_t{input("price", before), input("factor", found)}; });
  }
  what = rule_.ceiling.empty() ? nullptr : standing(rule_.ceiling);
  if (what != nullptr) {
    if (!number_of(*what, found, "/price_ceiling")) return false;
    const term<Int> before = price;
    price = noted(exact<Int>::lesser(price.value, found.value), "/price_ceiling", "at_most",
                  [&] { return inputs_t{input("value", before), input("limit", found)}; });
  }
  return true;
}

// Quantity and price of a piece; a formula is a quantity of 1 at its own amount.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::values_of(const piece& one, term<Int>& quantity, term<Int>& price) {
  context_.day = one.values_on;
  quantity = {exact<Int>(std::int64_t{1}), -1};
  operand<Int> value;
  if (rule_.amount) {
    if (!context_.compute(*rule_.amount, value)) return false;
    price = {value.number, value.step};
    return true;
  }
  if (rule_.quantity) {
    if (!context_.compute(*rule_.quantity, value)) return false;
    quantity = {value.number, value.step};
  }
  if (const expression* what = rule_.limits.free.empty() ? nullptr : standing(rule_.limits.free)) {
    term<Int> free;
    if (!number_of(*what, free, "/limits/free")) return false;
    const term<Int> before = quantity;
    quantity = noted(exact<Int>::greater(quantity.value - free.value, exact<Int>()), "/limits/free", "less_free",
                     [&] { return inputs_t{input("quantity", before), input("free", free)}; });
  }
  return price_on(price);
}

// Amount of one piece under the rounding that the contract declares for its price.
template <class Int, class Recorder>
term<Int> fee_rule<Int, Recorder>::amount_of(std::span<const piece> pieces, std::size_t i) {
  const piece& one = pieces[i];
  const auto m = static_cast<std::size_t>(one.month);
  const term<Int>& quantity = s_.quantities[i];
  const term<Int>& price = s_.prices[i];
  const auto month_price = [&] {
    return noted(quantity.value * price.value, "", "multiply",
                 [&] { return inputs_t{input("quantity", quantity, rule_.pointer + "/quantity"), input("price", price, rule_.pointer + "/price")}; });
  };
  const bool whole = s_.counts[m].num == s_.counts[m].den && s_.covered[m] == what_.period.months[m].days();
  if (rule_.rounded == rounding_of::day_price && !whole) {
    const term<Int> month = month_price();
    const std::int64_t month_days = what_.period.months[m].days();
    term<Int> day = noted(month.value / exact<Int>(month_days), "", "divide",
                          [&] { return inputs_t{input("left", month), {"right", std::to_string(month_days), {}}}; });
    if (!round(day, rule_.places, rule_.mode)) return {};
    const term<Int> days = covered_days(one);
    return noted(day.value * days.value, "", "multiply", [&] { return inputs_t{input("day_price", day), input("days", days)}; });
  }
  if (rule_.rounded == rounding_of::month_price) {
    term<Int> month = month_price();
    if (!round(month, rule_.places, rule_.mode)) return {};
    const term<Int> time = time_of(one);
    return noted(month.value * time.value, "", "multiply", [&] { return inputs_t{input("month_price", month), input("time", time)}; });
  }
  const term<Int> time = time_of(one);
  return noted(quantity.value * price.value * time.value, "", "multiply", [&] {
    return inputs_t{input("quantity", quantity, rule_.pointer + "/quantity"), input("price", price, rule_.pointer + (rule_.amount ? "/amount" : "/price")),
                    input("time", time, detail::range_text(one.days))};
  });
}

// The pieces together; where each month rounds, the sum of rounded months.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::add_up(std::span<const piece> pieces, term<Int>& sum) {
  const bool each_month = rule_.rounded == rounding_of::each_month;
  if (pieces.size() == 1 && !each_month) {
    sum = s_.amounts[0];
    return true;
  }
  const auto add = [&](const term<Int>& a, const term<Int>& b) {
    return noted(a.value + b.value, "", "add", [&] { return inputs_t{input("left", a), input("right", b)}; });
  };
  term<Int> month;
  bool any = false, any_of_month = false;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    month = any_of_month ? add(month, s_.amounts[i]) : s_.amounts[i];
    any_of_month = true;
    const bool month_ends = i + 1 == pieces.size() || pieces[i + 1].month != pieces[i].month;
    if (each_month && !month_ends) continue;
    if (each_month && !round(month, rule_.places, rule_.mode)) return false;
    sum = any ? add(sum, month) : month;
    any = true;
    any_of_month = false;
  }
  return true;
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::rate(std::span<const piece> pieces, bool limited, rated<Int>& out) {
  out.amount = {};
  out.quantity = {};
  out.price = {};
  count_months(pieces);
  const std::size_t n = pieces.size();
  s_.quantities.resize(n);
  s_.prices.resize(n);
  s_.amounts.resize(n);
  if (rule_.kind == fee_kind::metered && !rule_.amount) {
    if (!rate_usage(pieces, out)) return false;
    return !limited || !rule_.limits.any() || limit(pieces, {exact<Int>(std::int64_t{1}), -1}, out.amount);
  }
  term<Int> fixed_price;
  const bool fixed = rule_.moment == price_moment::period_start;
  if (fixed) {
    std::size_t first = 0;
    while (first + 1 < n && pieces[first].stands_in) ++first;
    term<Int> unused;
    if (!values_of(pieces[first], unused, fixed_price)) return false;
  }
  bool one_value = !rule_.amount;
  for (std::size_t i = 0; i < n; ++i) {
    if (i != 0 && pieces[i].same_values) {
      s_.quantities[i] = s_.quantities[i - 1];
      s_.prices[i] = s_.prices[i - 1];
    } else {
      if (!values_of(pieces[i], s_.quantities[i], s_.prices[i])) return false;
      if (fixed) s_.prices[i] = fixed_price;
      one_value = one_value && (i == 0 || (s_.quantities[i].value == s_.quantities[0].value && s_.prices[i].value == s_.prices[0].value));
    }
    s_.amounts[i] = amount_of(pieces, i);
    if (overflowed) return false;
    if (pieces[i].share != nullptr) {
      const term<Int> all = s_.amounts[i];
      const term<Int> share{to_width<Int>(*pieces[i].share), -1};
      s_.amounts[i] = noted(all.value * share.value, "", "multiply", [&] { return inputs_t{input("amount", all), input("share", share, "/tenures")}; });
    }
  }
  if (!add_up(pieces, out.amount)) return false;
  if (out.amount.value.overflowed()) {
    overflowed = true;
    return false;
  }
  if (one_value) {
    s_.quantities[0].value.to_plain(out.quantity.coefficient, out.quantity.scale);
    s_.prices[0].value.to_plain(out.price.coefficient, out.price.scale);
  }
  return !limited || !rule_.limits.any() || limit(pieces, {exact<Int>(std::int64_t{1}), -1}, out.amount);
}

// A dated limit is weighted by days; where it does not stand, it does not bind.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::bound(std::span<const piece> pieces, const dated_expression& versions, bool least, const term<Int>& share, term<Int>& amount) {
  if (versions.empty()) return true;
  const std::string_view below = least ? "/limits/at_least" : "/limits/at_most";
  const auto times = [&](const term<Int>& a, const term<Int>& b) {
    return noted(a.value * b.value, below, "multiply", [&] { return inputs_t{input("limit", a), input("part", b, "/tenures")}; });
  };
  const bool whole = share.value == exact<Int>(std::int64_t{1});
  term<Int> bounded;
  bool stands = false;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    context_.day = pieces[i].values_on;
    const expression* what = standing(versions);
    stands = stands || what != nullptr;
    term<Int> part = s_.amounts[i];
    if (what == nullptr && !rule_.limits.prorated && !whole) part = times(part, share);
    if (what != nullptr) {
      term<Int> found;
      if (!number_of(*what, found, below)) return false;
      part = times(found, part_of_period(pieces[i], context_.covered_days));
      if (pieces[i].share != nullptr && rule_.limits.prorated) part = times(part, {to_width<Int>(*pieces[i].share), -1});
    }
    bounded = i == 0 ? part : noted(bounded.value + part.value, below, "add", [&] { return inputs_t{input("left", bounded), input("right", part)}; });
  }
  if (!stands) return true;
  if (rule_.limits.prorated && !whole) bounded = times(bounded, share);
  const term<Int> before = amount;
  amount = noted(least ? exact<Int>::greater(amount.value, bounded.value) : exact<Int>::lesser(amount.value, bounded.value), below, least ? "at_least" : "at_most",
                 [&] { return inputs_t{input("value", before), input("limit", bounded)}; });
  overflowed = amount.value.overflowed();
  return !overflowed;
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::limit(std::span<const piece> pieces, const term<Int>& share, term<Int>& amount) {
  return bound(pieces, rule_.limits.at_least, true, share, amount) && bound(pieces, rule_.limits.at_most, false, share, amount);
}

DUES_END
