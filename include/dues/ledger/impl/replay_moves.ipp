// SPDX-License-Identifier: Apache-2.0
//
// Money that is held and is nobody's income yet, and what one account hands over to another.
#pragma once

#include <dues/ledger/impl/replay.hpp>

DUES_BEGIN

namespace detail {

int128 replay::held_for(std::string_view subscription) const noexcept {
  for (const deposit_balance& one : state_.deposits)
    if (one.subscription == subscription) return one.amount;
  return 0;
}

void replay::change_deposit(std::string_view subscription, int128 amount, std::string_view cause, civil_day day) {
  if (amount == 0) return;
  const auto at = std::lower_bound(state_.deposits.begin(), state_.deposits.end(), subscription, [](const deposit_balance& one, std::string_view wanted) { return one.subscription < wanted; });
  if (at != state_.deposits.end() && at->subscription == subscription) at->amount += amount;
  else state_.deposits.insert(at, {std::string(subscription), amount});
  std::erase_if(state_.deposits, [](const deposit_balance& one) { return one.amount == 0; });
  move(movement_kind::deposit, cause, day, amount).part = subscription;
}

void replay::hold(const ledger_event& event) {
  if (event.kind == event_kind::deposit) move(movement_kind::payment, event.id, event.date, event.amount);
  change_deposit(event.subscription, event.amount, event.id, event.date);
}

// As much as settles something, at most what was asked for; the rest stays held.
void replay::use_deposit(const ledger_event& event) {
  const int128 held = held_for(event.subscription), asked = event.amount == 0 ? held : int128(event.amount);
  std::vector<money> from{{"deposit", std::min(asked, held), false, {}, event.subscription}};
  if (from.front().amount > 0) settle(event.id, event.date, from, &event, from.front().amount);
  const int128 used = std::min(asked, held) - from.front().amount;
  change_deposit(event.subscription, -used, event.id, event.date);
  if (event.amount != 0 && used < asked) state_.shortfalls.push_back({event.id, asked, used});
}

// What is given back and is not there any longer is owed again, as a refund is.
void replay::return_deposit(const ledger_event& event, std::uint32_t place) {
  const int128 held = held_for(event.subscription), asked = event.amount == 0 ? held : int128(event.amount), taken = std::min(asked, held);
  if (asked > 0) move(movement_kind::refund, event.id, event.date, asked).part = event.subscription;
  change_deposit(event.subscription, -taken, event.id, event.date);
  if (taken == asked) return;
  state_.shortfalls.push_back({event.id, asked, taken});
  receivable& owed = state_.receivables[place];
  owed.billed = owed.corrected = asked - taken;
  issue(place, event.date, event.id);
}

void replay::forfeit(const ledger_event& event) {
  const int128 held = held_for(event.subscription), asked = event.amount == 0 ? held : int128(event.amount), taken = std::min(asked, held);
  change_deposit(event.subscription, -taken, event.id, event.date);
  if (taken > 0) move(movement_kind::forfeit, event.id, event.date, taken).part = event.subscription;
  if (taken < asked) state_.shortfalls.push_back({event.id, asked, taken});
}

// For a payment that names deposits as a source: by subscription.
std::vector<replay::money> replay::draw_deposits(int128 most, std::span<const money> drawn_before) const {
  std::vector<money> drawn;
  for (const deposit_balance& one : state_.deposits) {
    int128 left = one.amount;
    for (const money& before : drawn_before)
      if (before.held_for == one.subscription) left -= before.amount;
    const int128 taken = std::min(most, left);
    if (taken == 0) continue;
    most -= taken;
    drawn.push_back({"deposit", taken, false, {}, one.subscription});
  }
  return drawn;
}

// All that is open of the unit, or of what is named, and what lateness cost of it so far. The rest stays.
void replay::transfer(const ledger_event& event) {
  accrue(event.date, false);
  for (receivable& one : state_.receivables) {
    const bool named = std::find(event.receivables.begin(), event.receivables.end(), one.id) != event.receivables.end();
    if (one.issued && (event.unit.empty() ? named : one.unit == event.unit)) move_away(one, event);
  }
}

void replay::move_away(receivable& one, const ledger_event& event) {
  for (penalty_part& part : one.penalties) {
    const int128 open = part.open();
    if (open == 0) continue;
    record_penalty(one, part, event.date);
    part.moved += open;
    one.penalty_history.push_back({event.date, part.component, open, false});
    movement& made = move(movement_kind::transfer, event.id, event.date, open);
    made.receivable = one.id;
    made.part = part.component;
  }
  const int128 open = one.open();
  if (open == 0) return;
  one.moved += open;
  one.history.push_back({event.date, -open, event_kind::transfer});
  movement& made = move(movement_kind::transfer, event.id, event.date, open);
  made.receivable = one.id;
  made.part = words::claim_class[static_cast<std::size_t>(one.paid_as)];
}

}  // namespace detail

DUES_END
