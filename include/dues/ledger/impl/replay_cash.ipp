// SPDX-License-Identifier: Apache-2.0
//
// Cash that is rounded: what an account would pay, and what a payment of that settles.
#pragma once

#include <dues/ledger/impl/replay.hpp>

DUES_BEGIN

namespace detail {

// What is owed is rounded, not what is paid: cash that equals what is owed, rounded, settles all of it.
void replay::round_cash(const ledger_event& event, money& cash) {
  if (order_ == nullptr || !tariff_.payments->cash) return;
  accrue(event.date, true);
  collect(event.date, &event, {});
  int128 chosen = 0, due = 0, issued = 0;
  for (const claim& one : claims_) {
    issued += one.open;
    if (one.due <= event.date) due += one.open;
    if (one.designated) chosen += one.open;
  }
  for (const int128& owed : {chosen, due, issued}) {
    if (owed == 0 || rounded_cash(tariff_, owed) != cash.amount) continue;
    if (owed != cash.amount) move(movement_kind::rounding, event.id, event.date, owed - cash.amount);
    cash.amount = owed;
    return;
  }
}

}  // namespace detail

cash_quote quote_cash(const program& tariff, const account_state& state, civil_day on) {
  cash_quote made;
  for (const receivable& one : state.receivables) {
    if (on < one.due) continue;
    made.owed += one.open();
    for (const penalty_part& part : one.penalties) made.owed += part.open();
  }
  made.to_pay = detail::rounded_cash(tariff, made.owed);
  return made;
}

DUES_END
