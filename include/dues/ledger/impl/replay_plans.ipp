// SPDX-License-Identifier: Apache-2.0
//
// Arrears that are paid in parts by agreement. What a plan covers stays what it is, with its own due date
// for what lateness costs; for money it is due in the plan's parts. A part that is not paid by its day ends
// the plan.
#pragma once

#include <dues/ledger/impl/replay.hpp>
#include <dues/value/split.hpp>

DUES_BEGIN

namespace detail {

/// The ledger knows no published rates, and a plan reads no facts.
inline bool plan_interest_is_plain(const plain_rate& rate) {
  return rate.is != plain_rate::form::reference && (rate.is == plain_rate::form::percent ? rate.percent : rate.amount)->is_literal();
}

/// How much of its span [from, to) is: whole months and the rest of one by its days; days of a year by its kind.
inline exact256 span_share(const plain_rate& rate, civil_day from, civil_day to) {
  constexpr std::int64_t of_365 = 365;
  constexpr std::int64_t of_360 = 360;
  const std::int64_t days = to - from;
  switch (rate.per) {
    case penalty_span::once: return exact256(std::int64_t{1});
    case penalty_span::day: return exact256(days);
    case penalty_span::month: {
      std::int64_t months = 0;
      while (add_months(from, months + 1) <= to) ++months;
      const civil_day begun = add_months(from, months);
      return exact256(months) + exact256::ratio(int256(to - begun), int256(add_months(from, months + 1) - begun));
    }
    case penalty_span::year: break;
  }
  if (rate.year_of == penalty_year::of_365) return exact256::ratio(int256(days), int256(of_365));
  if (rate.year_of == penalty_year::of_360) return exact256::ratio(int256(days), int256(of_360));
  exact256 sum;
  for (civil_day day = from; day < to;) {
    const int year = to_ymd(day).year;
    const civil_day next = std::min(to, *day_from(year, 12, 31) + 1);
    sum = sum + exact256::ratio(int256(next - day), int256(days_in_year(year)));
    day = next;
  }
  return sum;
}

// What is named, or all that is past due or due; what another plan covers is left to it.
void replay::agree(const ledger_event& event) {
  const auto terms = std::find_if(tariff_.plans.begin(), tariff_.plans.end(), [&](const dues::plan& one) { return one.id == event.plan; });
  if (terms == tariff_.plans.end() || event.instalments.empty()) return;
  running_plan made;
  made.event = &event;
  made.terms = &*terms;
  made.state = state_.plans.size();
  plan_state& state = state_.plans.emplace_back();
  state.id = event.id;
  state.plan = static_cast<std::int32_t>(terms - tariff_.plans.begin());
  for (std::size_t i = 0; i < state_.receivables.size(); ++i) {
    const receivable& one = state_.receivables[i];
    const bool named = std::find(event.receivables.begin(), event.receivables.end(), one.id) != event.receivables.end();
    const running_plan* other = nullptr;
    if (one.open() == 0 || !(event.receivables.empty() ? one.due <= event.date : named) || covering(static_cast<std::uint32_t>(i), other) != nullptr) continue;
    made.covers.push_back({static_cast<std::uint32_t>(i), one.open(), one.settled, {}});
    state.covered += one.open();
  }
  const auto earlier = [&](const covered_receivable& a, const covered_receivable& b) {
    const receivable &first = state_.receivables[a.place], &second = state_.receivables[b.place];
    return std::tie(first.due, first.id) < std::tie(second.due, second.id);
  };
  std::sort(made.covers.begin(), made.covers.end(), earlier);
  // Without amounts equal parts, an odd cent to each of the first.
  const std::size_t parts = event.instalments.size();
  std::vector<int128> amounts(parts);
  const bool given = std::any_of(event.instalments.begin(), event.instalments.end(), [](const planned_instalment& one) { return one.amount != 0; });
  if (given) std::transform(event.instalments.begin(), event.instalments.end(), amounts.begin(), [](const planned_instalment& one) { return int128(one.amount); });
  else split(state.covered, std::span<const int128>(std::vector<int128>(parts, int128(1))), division::largest_remainder, 0, amounts);
  for (std::size_t i = 0; i < parts; ++i) state.parts.push_back({event.instalments[i].due, amounts[i], 0, 0});
  std::size_t part = 0;
  for (covered_receivable& one : made.covers) {
    state.receivables.push_back(state_.receivables[one.place].id);
    int128 left = one.planned;
    one.planned = 0;
    while (left > 0 && part < parts) {
      const int128 taken = std::min(left, amounts[part]);
      if (taken > 0) one.pieces.emplace_back(static_cast<std::uint32_t>(part), taken);
      one.planned += taken;
      left -= taken;
      amounts[part] -= taken;
      if (amounts[part] == 0) ++part;
    }
    if (terms->penalties == plan_penalties::pause) {
      receivable& paused = state_.receivables[one.place];
      paused.left_out.push_back({excluded_days::deferral, {event.date + 1, event.instalments.back().due + 1}, true});
    }
  }
  plans_.push_back(std::move(made));
  charge_interest(plans_.back(), 0, event.date);
}

// The part that was due the day before: paid, and the next begins; or missed, and the plan ends.
void replay::plan_day(const ledger_event& event, std::uint32_t part) {
  const auto at = std::find_if(plans_.begin(), plans_.end(), [&](const running_plan& one) { return one.event == &event; });
  if (at == plans_.end() || !at->runs) return;
  running_plan& of = *at;
  const civil_day today = event.instalments[part].due + 1;
  bool missed = false;
  for (const covered_receivable& one : of.covers) {
    const std::vector<int128> open = open_pieces(one);
    for (std::size_t i = 0; i < open.size(); ++i) missed = missed || (one.pieces[i].first <= part && open[i] > 0);
  }
  for (std::uint32_t i = 0; i <= part; ++i)
    if (const auto place = place_of(interest_id(event, i))) missed = missed || state_.receivables[*place].open() > 0;
  if (missed) end_plan(of, today);
  else if (part + 1 < event.instalments.size()) charge_interest(of, part + 1, today - 1);
}

// On what is open of the plan when the part's time begins, in advance; due with the part.
void replay::charge_interest(running_plan& of, std::uint32_t part, civil_day from) {
  const auto place = place_of(interest_id(*of.event, part));
  if (!place || !plan_interest_is_plain(*of.terms->interest) || (part > 0 && of.terms->interest->per == penalty_span::once)) return;
  const plain_rate& rate = *of.terms->interest;
  const exact256 share = span_share(rate, from, of.event->instalments[part].due);
  const bool percent = rate.is == plain_rate::form::percent;
  exact256 amount = exact256((percent ? rate.percent : rate.amount)->literal()) * share;
  if (percent) amount = amount * exact256::scaled(int256(open_of(of)), tariff_.minor_units);
  else if (open_of(of) == 0) amount = exact256();
  int128 rounded = 0;
  if (!amount.round(tariff_.minor_units, rounding_mode::half_up, rounded) || rounded <= 0) return;
  receivable& one = state_.receivables[*place];
  one.billed = one.corrected = rounded;
  state_.plans[of.state].parts[part].interest = one.billed;
  one.issue = part == 0 ? from : from + 1;
  issue(*place, one.issue, of.event->id);
  issued_today_ = true;
}

void replay::end_plan(running_plan& of, civil_day day) {
  of.runs = false;
  state_.plans[of.state].missed = day - 1;
  for (const covered_receivable& one : of.covers) {
    std::vector<days_left_out>& out = state_.receivables[one.place].left_out;
    const auto paused = std::find_if(out.begin(), out.end(), [&](const days_left_out& days) { return days.agreed && days.days.from == of.event->date + 1; });
    if (paused == out.end()) continue;
    if (of.terms->when_missed == plan_missed::ends) paused->days.to = std::max(paused->days.from, day);
    else out.erase(paused);
  }
}

const replay::covered_receivable* replay::covering(std::uint32_t place, const running_plan*& of) const {
  for (const running_plan& one : plans_) {
    if (!one.runs) continue;
    for (const covered_receivable& covered : one.covers)
      if (covered.place == place) {
        of = &one;
        return &covered;
      }
  }
  return nullptr;
}

// Money settles the first pieces; what lowers the receivable otherwise takes the last.
std::vector<int128> replay::open_pieces(const covered_receivable& of) const {
  const receivable& one = state_.receivables[of.place];
  const int128 open = std::min(one.open(), of.planned);
  int128 paid = std::clamp<int128>(one.settled - of.settled_before, 0, of.planned - open), lowered = of.planned - open - paid;
  std::vector<int128> left;
  for (const auto& [part, amount] : of.pieces) left.push_back(amount);
  for (std::size_t i = left.size(); i-- > 0 && lowered > 0;) {
    const int128 taken = std::min(lowered, left[i]);
    left[i] -= taken;
    lowered -= taken;
  }
  for (std::size_t i = 0; i < left.size() && paid > 0; ++i) {
    const int128 taken = std::min(paid, left[i]);
    left[i] -= taken;
    paid -= taken;
  }
  return left;
}

int128 replay::open_of(const running_plan& of) const {
  int128 sum = 0;
  for (const covered_receivable& one : of.covers)
    for (const int128& open : open_pieces(one)) sum += open;
  return sum;
}

// What is open of each part on the day that was asked.
void replay::close_plans() {
  for (const running_plan& one : plans_)
    for (const covered_receivable& covered : one.covers) {
      const std::vector<int128> open = open_pieces(covered);
      for (std::size_t i = 0; i < open.size(); ++i) state_.plans[one.state].parts[covered.pieces[i].first].open += open[i];
    }
  std::sort(state_.plans.begin(), state_.plans.end(), [](const plan_state& a, const plan_state& b) { return a.id < b.id; });
}

}  // namespace detail

DUES_END
