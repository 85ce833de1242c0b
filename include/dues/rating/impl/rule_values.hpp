// SPDX-License-Identifier: Apache-2.0
//
// Bodies of fee_rule that find quantity, price and amount. Included by rule.hpp.
#pragma once

#include <dues/rating/rule.hpp>

DUES_BEGIN

/// A wide fraction in the width of a rule; overflowed when it does not fit.
template <class Int>
exact<Int> to_width(const exact256& value) {
  if constexpr (std::is_same_v<Int, int256>) return value;
  else return exact<Int>::narrowed(value);
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::round(exact<Int>& value, int places, rounding_mode mode) {
  int128 coefficient;
  if (value.overflowed() || !value.round(places, mode, coefficient)) {
    overflowed = true;
    return false;
  }
  const auto rounded = decimal::make(coefficient, places);
  if (!rounded) {
    overflowed = true;
    return false;
  }
  const exact<Int> before = value;
  value = exact<Int>(*rounded);
  note("round", {{"exact", before.to_text(), {}}, {"places", std::to_string(places), {}}, {"mode", std::string(words::rounding_mode[static_cast<std::size_t>(mode)]), {}}}, value, rule_.pointer);
  return true;
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::dated_number(const dated_expression& versions, std::optional<exact<Int>>& out) {
  out.reset();
  const int at = versions.index_on(context_.day);
  if (at < 0 || !versions.at(static_cast<std::size_t>(at))) return true;
  operand<Int> value;
  if (!context_.compute(*versions.at(static_cast<std::size_t>(at)), value)) return false;
  out = value.number;
  return true;
}

// Price, then factor, then ceiling: what is charged never exceeds it.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::price_on(exact<Int>& price) {
  std::optional<exact<Int>> found;
  if (!dated_number(rule_.price, found)) return false;
  if (!found) {
    context_.failure = {line_failure::reason::no_value, -1, rule_.pointer + "/price", -1, context_.account, context_.day};
    return false;
  }
  price = *found;
  note("price", {{"price", price.to_text(), rule_.pointer + "/price"}, {"on", to_text(context_.day), {}}}, price, rule_.pointer + "/price");
  if (!rule_.factor.empty()) {
    if (!dated_number(rule_.factor, found)) return false;
    if (found) {
      const exact<Int> before = price;
      price = price * *found;
      note("multiply", {{"price", before.to_text(), {}}, {"factor", found->to_text(), rule_.pointer + "/factor"}}, price, rule_.pointer + "/factor");
    }
  }
  if (!rule_.ceiling.empty()) {
    if (!dated_number(rule_.ceiling, found)) return false;
    if (found) {
      const exact<Int> before = price;
      if (*found < price) price = *found;
      note("at_most", {{"value", before.to_text(), {}}, {"limit", found->to_text(), rule_.pointer + "/price_ceiling"}}, price, rule_.pointer + "/price_ceiling");
    }
  }
  return true;
}

// Quantity and price of a piece; a formula is a quantity of 1 at its own amount.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::values_of(const piece& one, exact<Int>& quantity, exact<Int>& price) {
  context_.day = one.values_on;
  quantity = exact<Int>(std::int64_t{1});
  operand<Int> value;
  if (rule_.amount) {
    if (!context_.compute(*rule_.amount, value)) return false;
    price = value.number;
    return true;
  }
  if (rule_.quantity) {
    if (!context_.compute(*rule_.quantity, value)) return false;
    quantity = value.number;
  }
  if (!rule_.limits.free.empty()) {
    std::optional<exact<Int>> free;
    if (!dated_number(rule_.limits.free, free)) return false;
    if (free) {
      const exact<Int> before = quantity;
      quantity = *free < quantity ? quantity - *free : exact<Int>();
      note("less_free", {{"quantity", before.to_text(), {}}, {"free", free->to_text(), rule_.pointer + "/limits/free"}}, quantity, rule_.pointer + "/limits/free");
    }
  }
  return price_on(price);
}

// Amount of one piece under the rounding that the contract declares for its price.
template <class Int, class Recorder>
exact<Int> fee_rule<Int, Recorder>::amount_of(std::span<const piece> pieces, std::size_t i) {
  const piece& one = pieces[i];
  const auto m = static_cast<std::size_t>(one.month);
  exact<Int> each = s_.quantities[i] * s_.prices[i];
  const bool whole = s_.counts[m].num == s_.counts[m].den && s_.covered[m] == what_.period.months[m].days();
  const std::string at = rule_.pointer;
  if (rule_.rounded == rounding_of::month_price) {
    note("multiply", {{"quantity", s_.quantities[i].to_text(), {}}, {"price", s_.prices[i].to_text(), {}}}, each, at);
    round(each, rule_.places, rule_.mode);
  } else if (rule_.rounded == rounding_of::day_price && !whole) {
    const exact<Int> days(std::int64_t{what_.period.months[m].days()});
    const exact<Int> month = each;
    each = each / days;
    note("multiply", {{"quantity", s_.quantities[i].to_text(), {}}, {"price", s_.prices[i].to_text(), {}}}, month, at);
    note("divide", {{"left", month.to_text(), {}}, {"right", days.to_text(), {}}}, each, at);
    round(each, rule_.places, rule_.mode);
    const exact<Int> covered(std::int64_t{one.days.days()});
    const exact<Int> amount = each * covered;
    note("multiply", {{"day_price", each.to_text(), {}}, {"days", covered.to_text(), {}}}, amount, at);
    return amount;
  }
  const exact<Int> time = detail::to_number<Int>(s_.times[i]);
  const exact<Int> amount = each * time;
  if (rule_.rounded == rounding_of::month_price)
    note("multiply", {{"month_price", each.to_text(), {}}, {"time", time.to_text(), {}}}, amount, at);
  else
    note("multiply", {{"quantity", s_.quantities[i].to_text(), {}}, {"price", s_.prices[i].to_text(), {}}, {"time", time.to_text(), {}}, {"days", detail::range_text(one.days), {}}}, amount, at);
  return amount;
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::rate(std::span<const piece> pieces, bool limited, rated<Int>& out) {
  out = {};
  count_months(pieces);
  const std::size_t n = pieces.size();
  s_.quantities.assign(n, {});
  s_.prices.assign(n, {});
  s_.amounts.assign(n, {});
  s_.times.assign(n, {});
  exact<Int> fixed_price;
  for (std::size_t i = 0; i < n; ++i) {
    if (rule_.moment == price_moment::period_start && i == 0) {
      piece first = pieces[0];
      for (const piece& one : pieces)
        if (!one.stands_in) {
          first.values_on = one.values_on;
          break;
        }
      exact<Int> unused;
      if (!values_of(first, unused, fixed_price)) return false;
    }
    if (!values_of(pieces[i], s_.quantities[i], s_.prices[i])) return false;
    if (rule_.moment == price_moment::period_start) s_.prices[i] = fixed_price;
    s_.times[i] = time_of(pieces[i]);
  }
  bool one_value = n != 0 && !rule_.amount;
  exact<Int> month_sum;
  exact<Int> time;
  for (std::size_t i = 0; i < n; ++i) {
    s_.amounts[i] = amount_of(pieces, i);
    if (overflowed) return false;
    if (pieces[i].share != nullptr) {
      const exact<Int> all = s_.amounts[i];
      const exact<Int> share = to_width<Int>(*pieces[i].share);
      s_.amounts[i] = all * share;
      note("multiply", {{"amount", all.to_text(), {}}, {"share", share.to_text(), {}}}, s_.amounts[i], rule_.pointer);
    }
    time = time + detail::to_number<Int>(s_.times[i]);
    one_value = one_value && s_.quantities[i] == s_.quantities[0] && s_.prices[i] == s_.prices[0];
    if (rule_.rounded != rounding_of::each_month) {
      out.amount = out.amount + s_.amounts[i];
      continue;
    }
    month_sum = month_sum + s_.amounts[i];
    if (i + 1 == n || pieces[i + 1].month != pieces[i].month) {
      if (!round(month_sum, rule_.places, rule_.mode)) return false;
      out.amount = out.amount + month_sum;
      month_sum = {};
    }
  }
  if (out.amount.overflowed()) {
    overflowed = true;
    return false;
  }
  if constexpr (Recorder::enabled) {
    if (n > 1) {
      step sum{rule_.pointer, rule_.rounded == rounding_of::each_month ? "add_rounded_months" : "add", {}, out.amount.to_text(), {}};
      exact<Int> month;
      for (std::size_t i = 0; i < n; ++i) {
        month = month + s_.amounts[i];
        const bool last = i + 1 == n || pieces[i + 1].month != pieces[i].month;
        if (rule_.rounded != rounding_of::each_month) {
          sum.inputs.push_back({"value" + std::to_string(i + 1), s_.amounts[i].to_text(), {}});
        } else if (last) {
          int128 coefficient;
          month.round(rule_.places, rule_.mode, coefficient);
          sum.inputs.push_back({"value" + std::to_string(pieces[i].month + 1), decimal::make(coefficient, rule_.places)->to_text(), {}});
          month = {};
        }
      }
      recorder_.add(std::move(sum));
    }
  }
  out.time = time;
  if (one_value) {
    out.quantity = s_.quantities[0].to_decimal();
    out.price = s_.prices[0].to_decimal();
  }
  return !limited || limit(pieces, exact<Int>(std::int64_t{1}), out.amount);
}

// A dated limit is weighted by days; where it does not stand, it does not bind.
template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::bound(std::span<const piece> pieces, const dated_expression& versions, bool least, const exact<Int>& share, exact<Int>& amount) {
  if (versions.empty()) return true;
  std::int64_t all_days = 0;
  for (const piece& one : pieces) all_days += one.days.days();
  exact<Int> bounded;
  bool stands = false;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    context_.day = pieces[i].values_on;
    std::optional<exact<Int>> found;
    if (!dated_number(versions, found)) return false;
    stands = stands || found.has_value();
    exact<Int> part = detail::to_number<Int>(part_of_period(pieces[i], all_days));
    if (pieces[i].share != nullptr && rule_.limits.prorated) part = part * to_width<Int>(*pieces[i].share);
    bounded = bounded + (found ? *found * part : s_.amounts[i]);
  }
  if (!stands) return true;
  if (rule_.limits.prorated) bounded = bounded * share;
  const exact<Int> before = amount;
  if (bounded.overflowed()) {
    overflowed = true;
    return false;
  }
  if (least ? amount < bounded : bounded < amount) amount = bounded;
  note(least ? "at_least" : "at_most", {{"value", before.to_text(), {}}, {"limit", bounded.to_text(), rule_.pointer + "/limits"}}, amount, rule_.pointer + "/limits");
  return true;
}

template <class Int, class Recorder>
bool fee_rule<Int, Recorder>::limit(std::span<const piece> pieces, const exact<Int>& share, exact<Int>& amount) {
  return bound(pieces, rule_.limits.at_least, true, share, amount) && bound(pieces, rule_.limits.at_most, false, share, amount);
}

DUES_END
