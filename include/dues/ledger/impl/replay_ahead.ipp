// SPDX-License-Identifier: Apache-2.0
//
// What is paid ahead, in the replay: its lines are issued and settled at once. Taken back, the periods not begun
// are cancelled and those begun are owed as regular bills ask them.
#pragma once

#include <dues/ledger/impl/prepay.hpp>
#include <dues/ledger/impl/replay_prepare.ipp>

DUES_BEGIN

namespace detail {

// Charges that follow: rebates while it stands; once it is taken back what had begun by then.
void replay::choose_ahead(const ledger_event& event, std::optional<civil_day> taken_back) {
  for (const ahead_line& line : event.ahead.lines) {
    const bool rebate = !line.rebate.empty();
    ledger_event charge = regular_charge(tariff_, event, line);
    charge.of = event.id;
    if (taken_back && !rebate && *taken_back < line.from) cancelled_.insert(std::string(key_base(charge.id)));
    else if (rebate != taken_back.has_value()) events_.push_back(&derived_.emplace_back(std::move(charge)));
  }
}

void replay::add_ahead(const ledger_event& event) {
  for (const ahead_line& line : event.ahead.lines) {
    if (!line.rebate.empty()) continue;
    receivable made;
    made.id = regular_charge(tariff_, event, line).id;
    made.unit = event.unit;
    made.fee = tariff_.fee_index(event.fee);
    made.issue = made.due = event.date;
    made.billed = made.corrected = line.amount;
    made.ahead = true;
    state_.receivables.push_back(std::move(made));
  }
}

// Its money is for its own lines, whatever the order of payments says.
void replay::prepay(const ledger_event& event) {
  std::vector<money> from;
  int128 paid = 0;
  for (const money_source& source : event.sources) {
    if (source.kind != "credit") {
      from.push_back({source.kind, source.amount, false, {}});
      paid += source.amount;
      continue;
    }
    const std::vector<money> drawn = draw_credit(source.amount);
    int128 found = 0;
    for (const money& one : drawn) {
      found += one.amount;
      move(movement_kind::credit, event.id, event.date, -one.amount).part = fee_list(one.bound_to);
    }
    if (found < source.amount) state_.shortfalls.push_back({event.id, source.amount, found});
    from.insert(from.end(), drawn.begin(), drawn.end());
  }
  if (event.sources.empty()) {
    from.push_back({"", event.amount, false, {}});
    paid = event.amount;
  }
  if (paid > 0) move(movement_kind::payment, event.id, event.date, paid);
  std::size_t source = 0;
  for (const ahead_line& line : event.ahead.lines) {
    if (!line.rebate.empty()) continue;
    const auto place = place_of(regular_charge(tariff_, event, line).id);
    if (!place) continue;
    issue(*place, event.date, event.id);
    receivable& one = state_.receivables[*place];
    for (int128 left = one.open(); left > 0 && source < from.size();) {
      const int128 taken = std::min(left, from[source].amount);
      left -= taken;
      from[source].amount -= taken;
      if (taken > 0) {
        one.settled += taken;
        one.history.push_back({event.date, -taken, event_kind::payment});
        movement& made = move(movement_kind::allocation, event.id, event.date, taken);
        made.receivable = one.id;
        made.part = words::claim_class[static_cast<std::size_t>(one.paid_as)];
        made.source = from[source].source;
      }
      if (from[source].amount == 0) ++source;
    }
  }
}

// Of each line what is kept; the money for the rest is credit from this day on.
void replay::leave(const ledger_event& event) {
  const auto stands = [&](const ledger_event* one) { return one->kind == event_kind::prepay && one->id == event.of; };
  const auto prepay = std::find_if(events_.begin(), events_.end(), stands);
  if (prepay == events_.end()) return;  // it was taken back
  int128 credit = 0;
  for (const ahead_line& line : event.ahead.lines) {
    const auto place = place_of(regular_charge(tariff_, **prepay, line).id);
    if (!place || !state_.receivables[*place].ahead) continue;
    receivable& one = state_.receivables[*place];
    const int128 less = one.corrected - line.amount;
    if (less == 0) continue;
    one.corrected -= less;
    one.settled -= less;
    credit += less;
    const std::string_view part = words::claim_class[static_cast<std::size_t>(one.paid_as)];
    for (const auto& [kind, amount] : {std::pair(movement_kind::correction, less), std::pair(movement_kind::allocation, int128(-less))}) {
      movement& made = move(kind, event.id, event.date, amount);
      made.receivable = one.id;
      made.part = part;
    }
  }
  if (credit != event.amount) state_.shortfalls.push_back({event.id, event.amount, credit});
  if (credit <= 0) return;
  move(movement_kind::credit, event.id, event.date, credit);
  add_credit({}, credit);
}

}  // namespace detail

DUES_END
