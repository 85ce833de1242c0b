// SPDX-License-Identifier: Apache-2.0
//
// The replay itself: day after day, and within a day in the order of stages.
#pragma once

#include <dues/ledger/impl/replay.hpp>
#include <dues/ledger/impl/replay_moves.ipp>
#include <dues/ledger/impl/replay_plans.ipp>
#include <dues/ledger/impl/replay_prepare.ipp>
#include <dues/ledger/impl/replay_ahead.ipp>
#include <dues/ledger/impl/replay_settle.ipp>

DUES_BEGIN

namespace detail {

account_state replay::run(std::span<const ledger_event> events, std::span<const ledger_event> common) {
  choose(events, common);
  add_receivables();
  add_steps();
  const bool by_credit = order_ != nullptr && tariff_.payments->credit && tariff_.payments->credit->settles_later_bills;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const replay_step& step = steps_[i];
    if (options_.as_of < step.date) break;
    take(step);
    issued_today_ = issued_today_ || (step.at == stage::charge && step.event->kind == event_kind::charge);
    const bool day_goes_on = i + 1 < steps_.size() && steps_[i + 1].date == step.date;
    // Credit settles the bills of a day after what is credit that day, before its payments.
    if (!issued_today_ || (day_goes_on && steps_[i + 1].at <= stage::credit)) continue;
    if (by_credit && !state_.credit.empty()) use_credit("credit:" + to_text(step.date), step.date, nullptr);
    issued_today_ = false;
  }
  if (!events.empty() && options_.as_of != last_day) accrue(options_.as_of, false);
  close_plans();
  std::stable_sort(state_.movements.begin(), state_.movements.end(), [](const movement& a, const movement& b) { return a.date < b.date; });
  std::erase_if(state_.receivables, [](const receivable& one) { return !one.issued; });
  return std::move(state_);
}

void replay::take(const replay_step& step) {
  switch (step.at) {
    case stage::plan_day: plan_day(*step.event, step.place); break;
    case stage::charge: issue(step.place, step.date, step.id); break;
    case stage::correction: correct_later(step); break;
    case stage::demand: demand(*step.event); break;
    case stage::waiver: waive(*step.event); break;
    case stage::write_off: write_off(*step.event); break;
    case stage::plan: agree(*step.event); break;
    case stage::credit: {
      if (step.event->kind == event_kind::deposit || step.event->opens_deposit()) return hold(*step.event);
      std::vector<std::int32_t> bound_to;
      if (step.event->kind == event_kind::opening)
        for (const std::string& fee : step.event->fees) bound_to.push_back(tariff_.fee_index(fee));
      std::sort(bound_to.begin(), bound_to.end());
      move(movement_kind::credit, step.id, step.date, step.amount).part = fee_list(bound_to);
      add_credit(std::move(bound_to), step.amount);
      break;
    }
    case stage::credit_use: use_credit(step.id, step.date, step.event); break;
    case stage::payment:
      if (step.event->kind == event_kind::prepay) prepay(*step.event);
      else if (step.event->kind == event_kind::deposit) use_deposit(*step.event);
      else pay(*step.event);
      break;
    case stage::ahead:
      if (step.event->kind == event_kind::leave) leave(*step.event);
      else correct_later(step);
      break;
    case stage::refund:
      if (step.event->kind == event_kind::refund) refund(*step.event, step.place);
      else if (step.event->step == deposit_step::forfeit) forfeit(*step.event);
      else return_deposit(*step.event, step.place);
      break;
    case stage::transfer: transfer(*step.event); break;
  }
}

void replay::issue(std::uint32_t place, civil_day day, std::string_view cause) {
  receivable& one = state_.receivables[place];
  one.issued = true;
  one.corrected_from_start = one.corrected;
  one.history.push_back({day, one.corrected, event_kind::charge});
  open_.insert(std::upper_bound(open_.begin(), open_.end(), place), place);
  const std::string_view part = words::claim_class[static_cast<std::size_t>(one.paid_as)];
  const movement_kind kind = one.taken_over ? movement_kind::received : movement_kind::charge;
  movement& made = move(kind, cause, day, one.billed);
  made.receivable = one.id;
  made.part = part;
  for (const penalty_part& penalty : one.penalties) {
    movement& more = move(kind, cause, day, penalty.accrued);
    more.receivable = one.id;
    more.part = penalty.component;
  }
}

// A correction of a closed period takes effect on its own date; what was paid of it is credit.
void replay::correct_later(const replay_step& step) {
  receivable& one = state_.receivables[step.place];
  const int128 asked = step.amount < 0 ? int128(-step.amount) : step.amount;
  const int128 taken = one.issued ? std::min<int128>(asked, one.corrected - one.written_off - one.moved) : int128(0);
  const int128 paid = std::max<int128>(0, taken - one.open());
  const std::string part(words::claim_class[static_cast<std::size_t>(one.paid_as)]);
  one.corrected -= taken;
  one.settled -= paid;
  if (taken > 0) {
    if (taken > paid) one.history.push_back({step.date, -int128(taken - paid), event_kind::credit_note});
    movement& made = move(movement_kind::correction, step.id, step.date, taken);
    made.receivable = one.id;
    made.part = part;
  }
  if (paid > 0) {
    movement& made = move(movement_kind::allocation, step.id, step.date, -paid);
    made.receivable = one.id;
    made.part = part;
  }
  const int128 credit = paid + (asked - taken);
  if (credit == 0) return;
  move(movement_kind::credit, step.id, step.date, credit);
  add_credit({}, credit);
}

void replay::demand(const ledger_event& event) {
  for (receivable& one : state_.receivables) {
    const bool named = std::find(event.receivables.begin(), event.receivables.end(), one.id) != event.receivables.end();
    if (!one.issued || one.due > event.date || !(event.receivables.empty() || named)) continue;
    (event.kind == event_kind::demand ? one.demands : one.acknowledged).push_back(event.date);
  }
}

void replay::waive(const ledger_event& event) {
  const auto place = place_of(event.receivables.front());
  accrue(event.date, false);
  int128 left = event.amount;
  if (left == 0 && place)
    for (const penalty_part& part : state_.receivables[*place].penalties) left += part.open();
  // A share that is being recorded: what it comes to today is fixed then.
  if (event.amount == 0) left = divide_rounded<int128>(left * event.share.coefficient(), pow10_128(event.share.scale()), rounding_mode::half_up);
  if (place && state_.receivables[*place].issued)
    for (penalty_part& part : state_.receivables[*place].penalties) {
      const int128 taken = std::min(left, part.open());
      if (taken == 0) continue;
      record_penalty(state_.receivables[*place], part, event.date);
      part.waived += taken;
      state_.receivables[*place].penalty_history.push_back({event.date, part.component, taken, true});
      left -= taken;
      movement& made = move(movement_kind::waiver, event.id, event.date, taken);
      made.receivable = state_.receivables[*place].id;
      made.part = part.component;
    }
  if (left > 0) state_.shortfalls.push_back({event.id, event.amount, event.amount - left});
}

void replay::write_off(const ledger_event& event) {
  const auto place = place_of(event.receivables.front());
  const int128 open = place ? state_.receivables[*place].open() : int128(0);
  const int128 taken = std::min<int128>(event.amount, open);
  if (taken > 0) {
    receivable& one = state_.receivables[*place];
    one.written_off += taken;
    one.history.push_back({event.date, -taken, event_kind::write_off});
    movement& made = move(movement_kind::write_off, event.id, event.date, taken);
    made.receivable = one.id;
    made.part = words::claim_class[static_cast<std::size_t>(one.paid_as)];
  }
  if (taken < event.amount) state_.shortfalls.push_back({event.id, event.amount, taken});
}

// Money that is given back and is not there any longer is owed again.
void replay::refund(const ledger_event& event, std::uint32_t place) {
  move(movement_kind::refund, event.id, event.date, event.amount);
  std::vector<money> drawn = draw_credit(event.amount);
  int128 taken = 0;
  for (const money& one : drawn) {
    taken += one.amount;
    move(movement_kind::credit, event.id, event.date, -one.amount).part = fee_list(one.bound_to);
  }
  if (taken == event.amount) return;
  state_.shortfalls.push_back({event.id, event.amount, taken});
  receivable& owed = state_.receivables[place];
  owed.billed = owed.corrected = event.amount - taken;
  issue(place, event.date, event.id);
}

}  // namespace detail

account_state derive(const program& tariff, const payment_order* order, std::span<const ledger_event> events, const derive_options& options, std::span<const ledger_event> common) {
  account_state state = detail::replay(tariff, order, options).run(events, common);
  for (const ledger_event& event : events)
    if (!event.account.empty()) {
      state.account = event.account;
      break;
    }
  return state;
}

int128 account_state::open_principal() const noexcept {
  int128 sum = 0;
  for (const receivable& one : receivables) sum += one.open();
  return sum;
}

int128 account_state::open_penalties() const noexcept {
  int128 sum = 0;
  for (const receivable& one : receivables)
    for (const penalty_part& part : one.penalties) sum += part.open();
  return sum;
}

int128 account_state::credit_total() const noexcept {
  int128 sum = 0;
  for (const credit_balance& one : credit) sum += one.amount;
  return sum;
}

int128 account_state::deposit_total() const noexcept {
  int128 sum = 0;
  for (const deposit_balance& one : deposits) sum += one.amount;
  return sum;
}

const receivable* account_state::find(std::string_view id) const noexcept {
  const auto at = std::lower_bound(receivables.begin(), receivables.end(), id, [](const receivable& a, std::string_view wanted) { return a.id < wanted; });
  return at == receivables.end() || at->id != id ? nullptr : &*at;
}

DUES_END
