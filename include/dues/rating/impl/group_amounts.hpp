// SPDX-License-Identifier: Apache-2.0
//
// Bodies of group_rater that make amounts: rate, limit, round, divide among payers - in this order.
// Included by group.hpp.
#pragma once

#include <dues/rating/group.hpp>

DUES_BEGIN

// Rounds an exact amount to a line's; a rounded month or day price leaves the line's own rounding.
template <class Recorder>
template <class Int>
bool group_rater<Recorder>::finish(fee_rule<Int, Recorder>& rule, const fee& of, term<Int>& amount, std::int64_t& units) {
  const bool of_price = of.rounded == rounding_of::month_price || of.rounded == rounding_of::day_price;
  int128 minor;
  if (!rule.round(amount, of_price ? tariff_.minor_units : of.places, of.mode) || !amount.value.round(tariff_.minor_units, of.mode, minor)) return false;
  const auto narrow = to_int64(minor);
  units = narrow.value_or(0);
  return narrow.has_value();
}

// Each payer's part under his own limits; the parts become the weights by which the total divides.
template <class Recorder>
template <class Int>
auto group_rater<Recorder>::limit_parts(fee_rule<Int, Recorder>& rule, const fee& of, term<Int>& total) -> outcome {
  exact256 all;
  for (const payer_part& part : parts_) all = all + part.weight;
  if (all.is_zero()) return outcome::done;
  term<Int> sum;
  bool any = false;
  for (payer_part& part : parts_) {
    const term<Int> share{to_width<Int>(part.weight / all), -1};
    term<Int> mine{total.value * share.value, -1};
    if constexpr (Recorder::enabled)
      mine.step = recorder_.add({of.pointer + "/change_of_payer", "multiply", {input("amount", total), input("share", share, "/tenures")}, mine.value.to_text(), of.cites});
    if (!rule.limit(pieces_, share, mine)) return rule.overflowed ? outcome::overflow : outcome::failed;
    if (mine.value.overflowed()) return outcome::overflow;
    part.weight = mine.value.sign() < 0 ? exact256() - exact256(mine.value) : exact256(mine.value);
    const term<Int> before = sum;
    sum = any ? term<Int>{sum.value + mine.value, -1} : mine;
    if constexpr (Recorder::enabled)
      if (any) sum.step = recorder_.add({of.pointer + "/change_of_payer", "add", {input("left", before), input("right", mine)}, sum.value.to_text(), {}});
    any = true;
  }
  total = sum;
  return sum.value.overflowed() ? outcome::overflow : outcome::done;
}

// What is due so far less what was due before: the exact sums are rounded, never their difference.
template <class Recorder>
template <class Int>
auto group_rater<Recorder>::running_total(const charge_group& group, fee_rule<Int, Recorder>& rule, term<Int>& amount) -> outcome {
  const fee& of = *group.what->rule;
  const nominal_period& period = group.what->period;
  const bool continues = running_.rule == &of && running_.unit == group.unit && running_.subject == group.subject && running_.next == period.index;
  if (!continues) {
    const subscription* taken = subscribed(group);
    const civil_day start = taken != nullptr ? taken->days.from : first_day;
    civil_day begin = std::max(of.life.from, taken != nullptr ? taken->days.from : std::max(known_.unit_rows.from[known_.unit_rows.begin[group.unit]],
                                                                                            known_.first_tenure[group.unit] == open_end ? first_day : known_.first_tenure[group.unit]));
    no_trace silent;
    group_rater<no_trace> quiet(known_, silent);
    running_.rule = nullptr;  // until this period is done, nothing continues from here
    running_.due = {};
    const bool by_readings = group.what->when->kind == schedule_kind::readings;
    const auto closings = by_readings ? known_.meters.closings_of(group.unit, of.meter) : std::span<const meter_closing>();
    for (std::int64_t k = period_number(*group.what->when, start, begin); k < period.index; ++k) {
      nominal_period earlier = by_readings ? make_period(*group.what->when, known_, closings[static_cast<std::size_t>(k)], k) : make_period(*group.what->when, known_, start, k);
      const fee_period before = make_fee_period(tariff_, of, std::move(earlier));
      const auto more = quiet.exact_amount({&before, group.unit, group.subject}, failure_);
      if (!more) return outcome::failed;
      running_.due = running_.due + *more;
    }
  }
  const term<Int> before{to_width<Int>(running_.due), -1};
  term<Int> through{before.value + amount.value, -1};
  term<Int> rounded_before = before;
  if constexpr (Recorder::enabled)
    through.step = recorder_.add({of.pointer + "/rounding", "add", {input("left", before, "due before " + to_text(period.days.from)), input("right", amount)}, through.value.to_text(), of.cites});
  term<Int> rounded = through;
  if (through.value.overflowed()) return outcome::overflow;
  if (!rule.round(rounded, of.places, of.mode) || !rule.round(rounded_before, of.places, of.mode)) return outcome::overflow;
  running_.rule = &of;
  running_.unit = group.unit;
  running_.subject = group.subject;
  running_.next = period.index + 1;
  running_.due = exact256(through.value);
  amount = {rounded.value - rounded_before.value, -1};
  if constexpr (Recorder::enabled)
    amount.step = recorder_.add({of.pointer + "/rounding", "subtract", {input("left", rounded), input("right", rounded_before)}, amount.value.to_text(), {}});
  return outcome::done;
}

// Divides whole minor units by the weights of parts_; they add up to `total`, always.
template <class Recorder>
bool group_rater<Recorder>::share_out(const charge_group& group, std::int64_t total, std::int32_t step, group_lines& out) {
  const fee& of = *group.what->rule;
  std::uint64_t rotation = 0;
  std::vector<exact256> weights;
  for (const payer_part& part : parts_) weights.push_back(part.weight);
  if (of.divided == division::rotating) {
    // Number 0 is the period of the tariff's first day.
    const subscription* taken = subscribed(group);
    const std::int64_t from = period_number(*group.what->when, taken == nullptr ? first_day : taken->days.from, tariff_.life.from);
    const auto parts = std::count_if(weights.begin(), weights.end(), [](const exact256& weight) { return !weight.is_zero(); });
    const std::int64_t modulo = std::max<std::int64_t>(parts, 1);
    rotation = static_cast<std::uint64_t>(((group.what->period.index - from) % modulo + modulo) % modulo);
  }
  std::vector<int128> units(parts_.size(), int128(0));
  if (total != 0 && !split(int128(total), std::span<const exact256>(weights), of.divided, rotation, units)) return false;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    payer_line made{parts_[i].account, parts_[i].hull, static_cast<std::int64_t>(units[i]), {}, {}, step};
    if constexpr (Recorder::enabled) {
      // All weights stand in the step, so it is only made for who asks.
      if (only_ == id_table::none || only_ == made.account) {
        std::string text;
        for (const exact256& weight : weights) text += (text.empty() ? "" : " ") + exact256::narrowed(weight).to_text();
        const std::string amount = decimal::make(int128(total), tariff_.minor_units)->to_text();
        made.step = recorder_.add({of.pointer + "/change_of_payer", "share_out",
                                   {{"amount", amount, trace::mark(step)}, {"weights", text, "/tenures"}, {"part", std::to_string(i + 1), {}},
                                    {"division", std::string(words::division[static_cast<std::size_t>(of.divided)]), of.pointer + "/division"},
                                    {"rotation", std::to_string(rotation), {}}, {"places", std::to_string(tariff_.minor_units), {}}},
                                   decimal::make(units[i], tariff_.minor_units)->to_text(), of.cites});
      }
    }
    out.lines.push_back(std::move(made));
  }
  return true;
}

template <class Recorder>
template <class Int>
auto group_rater<Recorder>::rate_together(const charge_group& group, rating_context<Int, Recorder>& context, rule_scratch<Int>& scratch, group_lines& out) -> outcome {
  const fee& of = *group.what->rule;
  const bool alone = holdings_.size() == 1 && !on_one_day(of);
  if (!alone) find_parts(group);
  const bool several = !alone && parts_.size() > 1;
  const bool each_limited = several && of.limits.any() && of.limits.per == limit_scope::line;
  fee_rule<Int, Recorder> rule(*group.what, context, recorder_, scratch);
  rated<Int> whole;
  if (!rule.rate(pieces_, !each_limited, whole)) return rule.overflowed ? outcome::overflow : outcome::failed;
  outcome so_far = outcome::done;
  if (each_limited) so_far = limit_parts(rule, of, whole.amount);
  if (of.rounded == rounding_of::running_total) so_far = running_total(group, rule, whole.amount);
  if (so_far != outcome::done) return so_far;
  std::int64_t units = 0;
  if (!finish(rule, of, whole.amount, units)) return outcome::overflow;
  if (!keep_window(group, rule, units)) return outcome::overflow;
  if (!several) {
    const std::uint32_t account = alone ? holdings_[0].account : parts_[0].account;
    out.lines.push_back({account, hull_of(pieces_), units, {}, {}, whole.amount.step});
  } else if (!share_out(group, units, whole.amount.step, out)) {
    return outcome::overflow;
  }
  for (payer_line& one : out.lines) {
    one.quantity = whole.quantity;
    one.price = whole.price;
  }
  return outcome::done;
}

// Each payer is rated on his own: for his days, or for all of them by his share.
template <class Recorder>
template <class Int>
auto group_rater<Recorder>::rate_each(const charge_group& group, rating_context<Int, Recorder>& context, rule_scratch<Int>& scratch, group_lines& out) -> outcome {
  const fee& of = *group.what->rule;
  if (on_one_day(of)) find_parts(group);
  else list_accounts();
  const std::vector<payer_part> payers = parts_;
  for (const payer_part& payer : payers) {
    if (only_ != id_table::none && only_ != payer.account) continue;
    const exact128 share = exact128::narrowed(payer.weight);
    own_pieces(group, payer.account, on_one_day(of) ? &share : nullptr);
    if (!keep_where(group, payer.account, own_)) return outcome::failed;
    if (own_.empty()) continue;
    const day_range hull = hull_of(own_);
    if (of.convention == proration::none) fill_uncovered_months(*group.what, own_);
    context.account = payer.account;
    fee_rule<Int, Recorder> rule(*group.what, context, recorder_, scratch);
    rated<Int> mine;
    if (!rule.rate(own_, true, mine)) return rule.overflowed ? outcome::overflow : outcome::failed;
    std::int64_t units = 0;
    if (!finish(rule, of, mine.amount, units)) return outcome::overflow;
    out.lines.push_back({payer.account, hull, units, mine.quantity, mine.price, mine.amount.step});
  }
  return outcome::done;
}

template <class Recorder>
template <class Int>
auto group_rater<Recorder>::rate_as(const charge_group& group, rule_scratch<Int>& scratch, group_lines& out) -> outcome {
  const fee& of = *group.what->rule;
  out.lines.clear();
  rating_context<Int, Recorder> context(tariff_, known_, recorder_);
  context.unit = group.unit;
  context.window = &carried_;
  context.served_windows = served_;
  context.subscribed = subscribed(group);
  const bool each = reads_account(of) || of.change == payer_change::rated_apart;
  const outcome how = each ? rate_each(group, context, scratch, out) : rate_together(group, context, scratch, out);
  if (how == outcome::failed && context.failure.why != line_failure::reason::none) failure_ = context.failure;
  return how == outcome::failed && failure_.why == line_failure::reason::overflow ? outcome::overflow : how;
}

// What the narrower attempt noted and found is forgotten.
template <class Recorder>
template <class Int>
auto group_rater<Recorder>::rate_again(const charge_group& group, rule_scratch<Int>& scratch, std::size_t steps, group_lines& out) -> outcome {
  if constexpr (Recorder::enabled) recorder_.steps.resize(steps);
  failure_ = {};
  return rate_as<Int>(group, scratch, out);
}

template <class Recorder>
void group_rater<Recorder>::rate(const charge_group& group, group_lines& out) {
  const fee& of = *group.what->rule;
  out.lines.clear();
  out.fault.reset();
  if (failure_.why != line_failure::reason::none) failure_ = {};
  const bool told = cover(group);
  if (pieces_.empty() && told) return;
  const std::int32_t broken = known_.unit_fault[group.unit];
  if (broken >= 0) return fail(group, known_.faults[static_cast<std::size_t>(broken)], false, out);
  if (!told) {
    holdings_over(known_, of, group.unit, subscribed(group), base_, holdings_);
    return fail(group, tell(failure_, group), false, out);
  }
  if (const auto day = day_without_payer(pieces_, holdings_)) {
    std::string roles;
    for (const payer_role role : of.payers) roles += (roles.empty() ? "" : ", ") + std::string(words::payer_role[static_cast<std::size_t>(role)]);
    return fail(group, make_diagnostic("R102", of.pointer + "/payers", {{"unit", std::string(known_.units.at(group.unit))}, {"fee", of.id}, {"on", to_text(*day)}, {"roles", roles}}), false, out);
  }
  for (const std::int32_t kind : of.read.meters)
    if (const std::int32_t wrong = known_.meters.fault[known_.meters.place(group.unit, kind)]; wrong >= 0) return fail(group, known_.faults[static_cast<std::size_t>(wrong)], false, out);
  if (group.what->period.problem) return fail(group, *group.what->period.problem, true, out);
  if (of.convention == proration::none) fill_uncovered_months(*group.what, pieces_);
  std::size_t steps = 0;
  if constexpr (Recorder::enabled) steps = recorder_.steps.size();
  // A recorder notes the same at any width: explanations begin with the widest, so that no rule is compiled
  // more than once for the few of them.
  if (of.by_tiers && !begin_window(group)) return fail(group, tell(failure_, group), true, out);
  outcome how = outcome::overflow;
  if constexpr (!Recorder::enabled) {
    how = rate_as<std::int64_t>(group, usual_, out);
    if (how == outcome::overflow) how = rate_again<int128>(group, wider_, steps, out);
  }
  if (how == outcome::overflow) how = rate_again<int256>(group, widest_, steps, out);
  if (how == outcome::done) return;
  window_.rule = nullptr;
  fail(group, how == outcome::overflow ? overflowed(group) : tell(failure_, group), true, out);
}

template <class Recorder>
bool group_rater<Recorder>::weigh_days(const charge_group& group, std::uint32_t account, std::span<const day_range> parts, std::vector<exact256>& weights, exact256& whole, line_failure& why) {
  const fee& of = *group.what->rule;
  const bool each = reads_account(of) || of.change == payer_change::rated_apart;
  rating_context<int256, Recorder> context(tariff_, known_, recorder_);
  context.unit = group.unit;
  context.subscribed = subscribed(group);
  if (each) {
    context.account = account;
    own_pieces(group, account, nullptr);
    if (!keep_where(group, account, own_)) {
      why = failure_;
      return false;
    }
    if (!own_.empty() && of.convention == proration::none) fill_uncovered_months(*group.what, own_);
  }
  const std::vector<piece>& pieces = each ? own_ : pieces_;
  weights.assign(parts.size(), exact256());
  whole = {};
  if (pieces.empty()) return true;
  fee_rule<int256, Recorder> rule(*group.what, context, recorder_, widest_);
  if (of.by_tiers && !begin_window(group)) {
    why = failure_;
    return false;
  }
  context.window = &carried_;
  context.served_windows = served_;
  rated<int256> unused;
  if (!rule.rate(pieces, false, unused)) {
    why = context.failure;
    if (rule.overflowed) why.why = line_failure::reason::overflow;
    return false;
  }
  const bool one_pays = on_one_day(of);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].stands_in) continue;
    const exact256 of_day = widest_.amounts[i].value / exact256(pieces[i].days.days());
    const auto add = [&](day_range days, const exact256& share) {
      if (days.empty()) return;
      whole = whole + of_day * exact256(days.days()) * share;
      for (std::size_t k = 0; k < parts.size(); ++k)
        if (const day_range both = intersect(days, parts[k]); !both.empty()) weights[k] = weights[k] + of_day * exact256(both.days()) * share;
    };
    const exact256 all(std::int64_t{1});
    if (one_pays || each) add(pieces[i].days, all);
    else
      for (const holding& held : holdings_)
        if (held.account == account) add(intersect(pieces[i].days, held.days), exact256(held.share));
  }
  if (!whole.overflowed()) return true;
  why = {};
  why.why = line_failure::reason::overflow;
  return false;
}

template <class Recorder>
std::optional<exact256> group_rater<Recorder>::exact_amount(const charge_group& group, line_failure& why) {
  failure_ = {};
  if (!cover(group)) {
    why = failure_;
    return std::nullopt;
  }
  if (pieces_.empty()) return exact256();
  if (group.what->rule->convention == proration::none) fill_uncovered_months(*group.what, pieces_);
  rating_context<int256, Recorder> context(tariff_, known_, recorder_);
  context.unit = group.unit;
  context.subscribed = subscribed(group);
  fee_rule<int256, Recorder> rule(*group.what, context, recorder_, widest_);
  if (group.what->rule->by_tiers && !begin_window(group)) {
    why = failure_;
    return std::nullopt;
  }
  context.window = &carried_;
  context.served_windows = served_;
  rated<int256> whole;
  if (rule.rate(pieces_, true, whole)) {
    term<int256> rounded = whole.amount;
    std::int64_t units = 0;
    if (finish(rule, *group.what->rule, rounded, units)) {
      if (keep_window(group, rule, units)) return whole.amount.value;
    }
  }
  why = context.failure;
  if (rule.overflowed) why.why = line_failure::reason::overflow;
  return std::nullopt;
}

DUES_END
