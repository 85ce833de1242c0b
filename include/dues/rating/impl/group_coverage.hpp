// SPDX-License-Identifier: Apache-2.0
//
// Bodies of group_rater that find which days are charged for, and who pays for them. Included by
// group.hpp.
#pragma once

#include <dues/rating/group.hpp>

DUES_BEGIN

template <class Recorder>
day_range group_rater<Recorder>::hull_of(std::span<const piece> pieces) const {
  day_range hull{open_end, first_day};
  for (const piece& one : pieces)
    if (!one.stands_in) hull = {std::min(hull.from, one.days.from), std::max(hull.to, one.days.to)};
  return hull;
}

// Leaves the pieces on whose days the fee's condition holds.
template <class Recorder>
bool group_rater<Recorder>::keep_where(const charge_group& group, std::uint32_t account, std::vector<piece>& pieces) {
  if (!group.what->rule->where) return true;
  bool wider = false;
  if (keep_where_as<std::int64_t>(group, account, pieces, wider)) return true;
  return wider && keep_where_as<int256>(group, account, pieces, wider);
}

/// @param wider  set when the condition needs more digits; then the pieces are as they were
template <class Recorder>
template <class Int>
bool group_rater<Recorder>::keep_where_as(const charge_group& group, std::uint32_t account, std::vector<piece>& pieces, bool& wider) {
  const expression& where = *group.what->rule->where;
  no_trace silent;
  rating_context<Int, no_trace> context(tariff_, known_, silent);
  context.unit = group.unit;
  context.account = account;
  context.subscribed = subscribed(group);
  bool holds = false;
  bool all = true;
  for (piece& one : pieces) {
    if (!one.same_values) {
      context.day = one.values_on;
      operand<Int> answer;
      if (!context.compute(where, answer)) {
        failure_ = context.failure;
        wider = failure_.why == line_failure::reason::overflow;
        return false;
      }
      holds = answer.word != 0;
    }
    one.kept = holds;
    all = all && holds;
  }
  if (!all) std::erase_if(pieces, [](const piece& one) { return !one.kept; });
  return true;
}

// Fills base_, pieces_ and holdings_. False when the condition cannot be told; then failure_ says why.
template <class Recorder>
bool group_rater<Recorder>::cover(const charge_group& group) {
  const fee& rule = *group.what->rule;
  const subscription* taken = subscribed(group);
  pieces_.clear();
  holdings_.clear();
  base_ = intersect(group.what->period.days, rule.life);
  if (taken != nullptr) base_ = intersect(base_, taken->days);
  // Days before the first tenure are not covered; where there is none at all, an owner is missing.
  const bool own_payer = taken != nullptr && taken->account != id_table::none;
  const civil_day first = known_.first_tenure[group.unit];
  if (!own_payer && first != open_end) base_.from = std::max(base_.from, first);
  if (base_.empty()) return true;
  cut_days(*group.what, known_, group.unit, id_table::none, rule.scope == fee_scope::unit, base_, days_, pieces_);
  // A condition that reads the payer is asked for each payer.
  const bool told = reads_account(rule) || keep_where(group, id_table::none, pieces_);
  if (pieces_.empty()) return told;
  holdings_over(known_, rule, group.unit, taken, hull_of(pieces_), holdings_);
  return told;
}

// The days that one account is rated for on its own.
template <class Recorder>
void group_rater<Recorder>::own_pieces(const charge_group& group, std::uint32_t account, const exact128* share_of_all) {
  const fee& rule = *group.what->rule;
  const bool existing = rule.scope == fee_scope::unit;
  const exact128 one(std::int64_t{1});
  own_.clear();
  std::vector<piece> stretch;
  if (share_of_all != nullptr) {
    cut_days(*group.what, known_, group.unit, account, existing, base_, days_, own_);
    if (!(*share_of_all == one))
      for (piece& each : own_) each.share = share_of_all;
    return;
  }
  for (const holding& held : holdings_) {
    if (held.account != account) continue;
    cut_days(*group.what, known_, group.unit, account, existing, intersect(held.days, base_), days_, stretch);
    for (piece& each : stretch) {
      if (!(held.share == one)) each.share = &held.share;
      own_.push_back(each);
    }
  }
}

// Fills parts_ with weights of the accounts that divide the line.
template <class Recorder>
void group_rater<Recorder>::find_parts(const charge_group& group) {
  const fee& rule = *group.what->rule;
  const nominal_period& period = group.what->period;
  const day_range hull = hull_of(pieces_);
  if (on_one_day(rule)) {
    const civil_day day = rule.change == payer_change::whole_at_period_start ? period.days.from
                        : rule.change == payer_change::whole_at_issue_date   ? period.issue
                                                                             : period.due;
    std::vector<holding> then;
    holdings_over(known_, rule, group.unit, subscribed(group), {day, day + 1}, then);
    if (then.empty()) holdings_over(known_, rule, group.unit, subscribed(group), {hull.from, hull.from + 1}, then);
    parts_.clear();
    for (const holding& one : then) add_part(parts_, one.account, hull, exact256(one.share));
    order_parts(parts_);
    return;
  }
  if (rule.change == payer_change::by_convention) parts_by_convention(*group.what, pieces_, holdings_, parts_);
  const bool any = rule.change == payer_change::by_convention &&
                   std::any_of(parts_.begin(), parts_.end(), [](const payer_part& part) { return !part.weight.is_zero(); });
  if (!any) parts_by_days(pieces_, holdings_, parts_);
}

template <class Recorder>
std::vector<day_range> group_rater<Recorder>::charged_days(const charge_group& group, std::uint32_t account) const {
  std::vector<day_range> days;
  const auto add = [&](day_range more) {
    if (more.empty()) return;
    if (!days.empty() && days.back().to == more.from) days.back().to = more.to;
    else days.push_back(more);
  };
  const bool whole = on_one_day(*group.what->rule);
  for (const piece& one : pieces_) {
    if (one.stands_in) continue;
    if (whole) add(one.days);
    for (const holding& held : holdings_)
      if (!whole && held.account == account) add(intersect(one.days, held.days));
  }
  return days;
}

// Fills parts_ with the accounts that pay on any covered day, in order of date, then id.
template <class Recorder>
void group_rater<Recorder>::list_accounts() {
  parts_.clear();
  for (const holding& held : holdings_) add_part(parts_, held.account, held.days, exact256(held.share));
  order_parts(parts_);
}

DUES_END
