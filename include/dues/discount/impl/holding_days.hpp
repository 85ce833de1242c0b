// SPDX-License-Identifier: Apache-2.0
//
// On which of a line's days a discount holds, and what part of the line's money these days make. A
// condition that holds on some days works on the exact money of those days. Not public.
#pragma once

#include <dues/discount/impl/fact_days.hpp>
#include <dues/rating/group.hpp>
#include <dues/rating/impl/row_changes.hpp>

DUES_BEGIN

namespace detail {

/// Of one discount and one line.
struct discount_reach {
  discount_note::outcome what = discount_note::outcome::granted;
  exact256 money;    ///< the part of the line's money on which it holds
  exact256 given;    ///< percent: the sum of each day's part times its rate; an amount: what is given, for all days
  exact256 days;     ///< the part of the charged days on which it holds
  exact256 rate;     ///< percent: of the money of those days; an amount: what is given
  bool holds() const noexcept { return what == discount_note::outcome::granted; }
};

/// One thread at a time; its scratch space is used again.
class discount_days {
 public:
  explicit discount_days(const facts& known) : known_(known), tariff_(*known.tariff), rater_(known, silent_) {}

  /// @param where_only      asks the window and `where` alone, not the conditions
  /// @param prepaid_months  paid ahead together with the line
  /// @returns nothing when an expression cannot be computed: `failure` says why
  std::optional<discount_reach> of(const discount& one, const line& at, const lowered_line& money, bool where_only, int prepaid_months);
  /// Days that the line charges for.
  std::vector<day_range> charged(const line& at) {
    rate(at);
    return rater_.charged_days({&*what_, at.unit, at.subscription}, at.account);
  }

  /// What `failure` means for a line.
  diagnostic tell(const line& at) {
    rate(at);
    return rater_.tell(failure, {&*what_, at.unit, at.subscription});
  }

  line_failure failure;

 private:
  struct stretch {
    day_range days;
    exact256 value;
  };

  bool find_stretches(const discount& one, const line& at, const lowered_line& money, bool where_only, int prepaid_months, discount_note::outcome& why);
  bool ask(const std::optional<expression>& condition, rating_context<int256, no_trace>& context, bool& holds);
  void rate(const line& at);

  const facts& known_;
  const program& tariff_;
  no_trace silent_;
  group_rater<no_trace> rater_;
  std::optional<fee_period> what_;
  group_lines lines_;
  std::vector<civil_day> starts_;
  std::vector<day_range> fact_days_;  ///< days on which facts let it hold
  std::vector<stretch> stretches_;    ///< days on which it holds
};

inline bool discount_days::ask(const std::optional<expression>& condition, rating_context<int256, no_trace>& context, bool& holds) {
  holds = true;
  if (!condition) return true;
  operand<int256> answer;
  if (!context.compute(*condition, answer)) return false;
  holds = answer.word != 0;
  return true;
}

// What part of its amount a line is cheaper by at another price.
inline exact256 cheaper(const line& at, const exact256& price) {
  const exact256 own = exact256::scaled(int256(at.price), std::max<std::int8_t>(at.price_scale, 0));
  if (own.sign() <= 0 || own < price) return exact256();
  return exact256(std::int64_t{1}) - price / own;
}

// Days of the line on which it holds, each with what is given there.
inline bool discount_days::find_stretches(const discount& one, const line& at, const lowered_line& money, bool where_only, int prepaid_months, discount_note::outcome& why) {
  stretches_.clear();
  why = discount_note::outcome::out_of_window;
  if (one.window && one.window->of == window_of::issue && !one.window->days.contains(at.issue)) return true;
  day_range days{at.from, at.to};
  if (one.window && one.window->of == window_of::service) days = intersect(days, one.window->days);
  if (days.empty()) return true;
  starts_.assign(1, days.from);
  row_changes(known_.unit_rows, at.unit, one.read.unit_columns, false, days, starts_);
  row_changes(known_.account_rows, at.account, one.read.account_columns, false, days, starts_);
  for (const std::int32_t value : one.read.values) tariff_.values[static_cast<std::size_t>(value)].is.cuts(days, [&](civil_day day) { starts_.push_back(day); });
  const bool by_facts = reads_fact_days(one) && !where_only;
  discount_note::outcome without_facts{};
  if (by_facts) {
    find_fact_days(known_, one, at.unit, days, fact_days_, without_facts);
    for (const day_range& each : fact_days_)
      for (const civil_day edge : {each.from, each.to})
        if (days.from < edge && edge < days.to) starts_.push_back(edge);
  }
  std::sort(starts_.begin(), starts_.end());
  starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
  starts_.push_back(days.to);
  why = discount_note::outcome::not_for_unit;
  rating_context<int256, no_trace> context(tariff_, known_, silent_);
  context.unit = at.unit;
  context.account = at.account;
  context.subscribed = at.subscription == id_table::none ? nullptr : &known_.subscriptions[at.subscription];
  context.lowered = &money;
  for (std::size_t i = 0; i + 1 < starts_.size(); ++i) {
    context.day = starts_[i];
    bool holds = false;
    operand<int256> given;
    bool told = ask(one.where, context, holds);
    if (told && holds && !where_only) {
      const bool granted = !by_facts || std::any_of(fact_days_.begin(), fact_days_.end(), [&](const day_range& each) { return each.contains(context.day); });
      if (granted) why = discount_note::outcome::not_met;
      else if (why != discount_note::outcome::not_met) why = without_facts;
      holds = granted && prepaid_months >= one.when.prepaid_months;
      told = !holds || (ask(one.when.condition, context, holds) && (!holds || !one.give.is || context.compute(*one.give.is, given)));
    }
    if (!told) {
      failure = context.failure;
      return false;
    }
    // A special price is the part by which it is below the line's own.
    if (holds && one.give.kind == gift_kind::price) given.number = cheaper(at, given.number);
    if (holds) stretches_.push_back({{starts_[i], starts_[i + 1]}, given.number});
  }
  return true;
}

inline void discount_days::rate(const line& at) {
  const fee& rule = tariff_.fees[static_cast<std::size_t>(at.fee)];
  const civil_day start = at.subscription == id_table::none ? first_day : known_.subscriptions[at.subscription].days.from;
  what_ = make_fee_period(tariff_, rule, period_named(known_, rule, at.unit, start, at.period));
  rater_.rate({&*what_, at.unit, at.subscription}, lines_);
}

inline std::optional<discount_reach> discount_days::of(const discount& one, const line& at, const lowered_line& money, bool where_only, int prepaid_months) {
  discount_reach found;
  discount_note::outcome why{};
  if (!find_stretches(one, at, money, where_only, prepaid_months, why)) return std::nullopt;
  if (stretches_.empty()) {
    found.what = why;
    return found;
  }
  const exact256 all(std::int64_t{1});
  const bool percent = one.give.kind == gift_kind::percent || one.give.kind == gift_kind::price;
  // On all days alike, as mostly: the whole.
  bool alike = stretches_.front().days.from == at.from && stretches_.back().days.to == at.to;
  for (std::size_t i = 1; i < stretches_.size() && alike; ++i) alike = stretches_[i].days.from == stretches_[i - 1].days.to && (!percent || stretches_[i].value == stretches_[0].value);
  if (alike || where_only) {
    found.money = found.days = all;
    found.given = found.rate = stretches_[0].value;
    return found;
  }
  rate(at);
  const charge_group group{&*what_, at.unit, at.subscription};
  std::vector<day_range> parts;
  for (const stretch& each : stretches_) parts.push_back(each.days);
  std::vector<exact256> weights;
  exact256 whole;
  if (!rater_.weigh_days(group, at.account, parts, weights, whole, failure)) return std::nullopt;
  const std::vector<day_range> charged = rater_.charged_days(group, at.account);
  std::int64_t charged_days = 0;
  std::int64_t holding_days = 0;
  for (const day_range& days : charged) {
    charged_days += days.days();
    for (const stretch& each : stretches_)
      if (const day_range both = intersect(days, each.days); !both.empty()) holding_days += both.days();
  }
  if (charged_days == 0 || holding_days == 0) {
    found.what = why;
    return found;
  }
  found.days = exact256::ratio(int256(holding_days), int256(charged_days));
  exact256 sum;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const exact256 part = whole.is_zero() ? exact256() : weights[i] / whole;
    found.money = found.money + part;
    sum = sum + part * stretches_[i].value;
  }
  found.given = percent ? sum : stretches_[0].value;
  if (found.money.overflowed() || found.given.overflowed()) {
    failure = {};
    failure.why = line_failure::reason::overflow;
    return std::nullopt;
  }
  found.rate = percent && !found.money.is_zero() ? sum / found.money : stretches_[0].value;
  return found;
}

}  // namespace detail

DUES_END
