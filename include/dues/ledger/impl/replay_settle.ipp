// SPDX-License-Identifier: Apache-2.0
//
// How money settles what is open: a payment with its sources, credit.
#pragma once

#include <dues/ledger/impl/replay_cash.ipp>

DUES_BEGIN

namespace detail {

movement& replay::move(movement_kind kind, std::string_view cause, civil_day day, int128 amount) {
  movement& made = state_.movements.emplace_back();
  made.kind = kind;
  made.cause = cause;
  made.date = day;
  made.amount = amount;
  return made;
}

std::string replay::fee_list(std::span<const std::int32_t> fees) const {
  std::string out;
  for (const std::int32_t fee : fees) {
    if (!out.empty()) out += ',';
    out += tariff_.fees[static_cast<std::size_t>(fee)].id;
  }
  return out;
}

std::string replay::part_name(std::size_t at) const {
  const receivable& one = state_.receivables[claims_[at].receivable];
  if (claim_part_[at] >= 0) return one.penalties[static_cast<std::size_t>(claim_part_[at])].component;
  return std::string(words::claim_class[static_cast<std::size_t>(one.paid_as)]);
}

void replay::accrue(civil_day day, bool for_payment) {
  if (options_.penalties == nullptr) return;
  std::span<receivable> all(state_.receivables);
  options_.penalties->accrue(all, day, for_payment, state_.found);
}

// Money meets what has accrued whether or not it was posted; so the posting comes with the money.
void replay::record_penalty(receivable& one, penalty_part& part, civil_day day) {
  if (part.component == "opening") return;
  int128& before = recorded_penalties_[{one.id, part.component}];
  if (before == part.accrued) return;
  movement& made = move(movement_kind::penalty, "accrual:" + to_text(day), day, part.accrued - before);
  made.receivable = one.id;
  made.part = part.component;
  before = part.accrued;
}

// All that is open on the day and may be settled: restricted to `only`, when it names fees.
void replay::collect(civil_day day, const ledger_event* event, std::span<const std::int32_t> only) {
  claims_.clear();
  claim_part_.clear();
  withheld_ = false;
  const std::vector<payment_rank>& then = order_->policy().then;
  const auto ranked = [&](payment_rank rank) { return std::find(then.begin(), then.end(), rank) != then.end(); };
  const bool may_choose = event != nullptr && ranked(payment_rank::designated), burdens = options_.penalties != nullptr && ranked(payment_rank::heaviest_burden);
  if (options_.penalties == nullptr)
    std::erase_if(open_, [&](std::uint32_t place) {
      const receivable& one = state_.receivables[place];
      return one.open() == 0 && one.penalties.empty();
    });
  for (const std::uint32_t place : open_) {
    const receivable& one = state_.receivables[place];
    if (!only.empty() && std::find(only.begin(), only.end(), one.fee) == only.end()) continue;
    claim made;
    made.due = one.due;
    made.receivable = place;
    made.fee = one.fee;
    if (may_choose) {
      const bool by_fee = one.fee >= 0 && std::find(event->fees.begin(), event->fees.end(), tariff_.fees[static_cast<std::size_t>(one.fee)].id) != event->fees.end();
      made.designated = by_fee || std::find(event->receivables.begin(), event->receivables.end(), one.id) != event->receivables.end();
    }
    if (burdens) made.burden = options_.penalties->burden(one, day);
    const auto add = [&](int128 open, claim_class paid_as, std::int32_t part) {
      if (open <= 0) return;
      made.open = open;
      made.paid_as = paid_as;
      claims_.push_back(made);
      claim_part_.push_back(part);
    };
    const running_plan* plan = nullptr;
    const covered_receivable* covered = plans_.empty() ? nullptr : covering(place, plan);
    // While a plan runs, money goes to its parts before what lateness costs of what it covers.
    const bool withheld = covered != nullptr && open_of(*plan) > 0;
    for (std::size_t part = 0; part < one.penalties.size(); ++part) {
      if (withheld && one.penalties[part].open() > 0) withheld_ = true;
      else add(one.penalties[part].open(), one.penalties[part].paid_as, static_cast<std::int32_t>(part));
    }
    int128 rest = one.open();
    if (covered != nullptr) {
      const std::vector<int128> pieces = open_pieces(*covered);
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        made.due = plan->event->instalments[covered->pieces[i].first].due;
        add(pieces[i], one.paid_as, -1);
        rest -= pieces[i];
      }
      made.due = one.due;
    }
    add(rest, one.paid_as, -1);
  }
}

// Sources of one kind of binding settle together: so much for the claims, in their order, from the
// sources, in theirs. Says whether money is left for what a plan held back, now that it is paid to the end.
bool replay::settle_group(std::string_view cause, civil_day day, std::span<money*> group, const ledger_event* event, int128& most) {
  int128 total = 0;
  for (const money* one : group) total += one->amount;
  total = std::min(total, most);
  if (total == 0) return false;
  collect(day, event, group.front()->bound_to);
  if (claims_.empty()) return false;
  const int128 left_over = allocation_.allocate(*order_, claims_, day, total);
  most -= total - left_over;
  const std::span<const std::uint32_t> order = allocation_.order();
  std::size_t source = 0, place = 0;
  for (const allocation::part& part : allocation_.parts()) {
    const claim& settled = claims_[part.claim];
    receivable& one = state_.receivables[settled.receivable];
    const bool principal = claim_part_[part.claim] < 0;
    if (principal) {
      one.settled += part.amount;
      one.history.push_back({day, -part.amount, event_kind::payment});
    } else {
      penalty_part& penalty = one.penalties[static_cast<std::size_t>(claim_part_[part.claim])];
      record_penalty(one, penalty, day);
      penalty.paid += part.amount;
      one.penalty_history.push_back({day, penalty.component, part.amount, false});
    }
    order_step why = order_step::alone;
    std::string before;
    if (options_.explain) {
      while (order[place] != part.claim) place = (place + 1) % order.size();
      if (place + 1 < order.size()) {
        const claim& next = claims_[order[place + 1]];
        why = why_before(*order_, settled, next, day);
        before = state_.receivables[next.receivable].id;
      }
    }
    for (int128 left = part.amount; left > 0;) {
      while (group[source]->amount == 0) ++source;
      const int128 taken = std::min(left, group[source]->amount);
      group[source]->amount -= taken;
      left -= taken;
      movement& made = move(movement_kind::allocation, cause, day, taken);
      made.receivable = one.id;
      made.part = part_name(part.claim);
      made.source = group[source]->source;
      made.why = why;
      made.before = before;
    }
  }
  return withheld_ && left_over > 0;
}

// Bound money goes first, since free money can settle what is left. No more than `most` settles.
void replay::settle(std::string_view cause, civil_day day, std::vector<money>& from, const ledger_event* event, int128 most) {
  if (order_ == nullptr) return;
  accrue(day, true);
  std::vector<money*> group;
  std::vector<bool> done(from.size());
  for (const bool bound : {true, false})
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (done[i] || from[i].bound_to.empty() == bound) continue;
      group.clear();
      for (std::size_t j = i; j < from.size(); ++j)
        if (!done[j] && from[j].bound_to == from[i].bound_to) {
          group.push_back(&from[j]);
          done[j] = true;
        }
      while (settle_group(cause, day, group, event, most)) continue;
    }
}

void replay::pay(const ledger_event& event) {
  std::vector<money> from;
  int128 paid = 0;
  bool all_cash = !event.sources.empty();
  for (const money_source& source : event.sources) {
    all_cash = all_cash && source.kind == "cash";
    if (source.kind == "credit") {
      const std::vector<money> drawn = draw_credit(source.amount);
      int128 found = 0;
      for (const money& one : drawn) found += one.amount;
      if (found < source.amount) state_.shortfalls.push_back({event.id, source.amount, found});
      from.insert(from.end(), drawn.begin(), drawn.end());
    } else if (source.kind == "deposit") {
      const std::vector<money> drawn = draw_deposits(source.amount, from);
      int128 found = 0;
      for (const money& one : drawn) found += one.amount;
      if (found < source.amount) state_.shortfalls.push_back({event.id, source.amount, found});
      from.insert(from.end(), drawn.begin(), drawn.end());
    } else {
      from.push_back({source.kind, source.amount, false, {}});
      paid += source.amount;
    }
  }
  if (event.sources.empty()) {
    from.push_back({"", event.amount, false, {}});
    paid = event.amount;
  }
  if (paid > 0) move(movement_kind::payment, event.id, event.date, paid);
  if (all_cash) {
    from.resize(1);
    from.front().amount = paid;
    round_cash(event, from.front());
  }
  std::vector<int128> before;
  int128 all = 0;
  for (const money& one : from) {
    before.push_back(one.amount);
    all += one.amount;
  }
  settle(event.id, event.date, from, &event, all);
  give_back(from, before, event.id, event.date);
  int128 left = 0;
  for (const money& one : from)
    if (!one.was_credit && one.held_for.empty()) left += one.amount;
  if (left == 0) return;
  std::vector<std::int32_t> bound_to;
  if (order_ != nullptr && tariff_.payments->credit) bound_to = tariff_.payments->credit->bound_to;
  move(movement_kind::credit, event.id, event.date, left).part = fee_list(bound_to);
  add_credit(std::move(bound_to), left);
}

void replay::use_credit(std::string_view cause, civil_day day, const ledger_event* event) {
  int128 all = 0;
  for (const credit_balance& one : state_.credit) all += one.amount;
  const int128 asked = event != nullptr ? int128(event->amount) : all;
  std::vector<money> from = draw_credit(all);
  std::vector<int128> before;
  for (const money& one : from) before.push_back(one.amount);
  settle(cause, day, from, event, asked);
  int128 left = 0;
  for (const money& one : from) left += one.amount;
  give_back(from, before, cause, day);
  if (event != nullptr && all - left < asked) state_.shortfalls.push_back({event->id, asked, all - left});
}

void replay::add_credit(std::vector<std::int32_t> bound_to, int128 amount) {
  for (credit_balance& one : state_.credit)
    if (one.bound_to == bound_to) {
      one.amount += amount;
      return;
    }
  state_.credit.push_back({std::move(bound_to), amount});
  std::sort(state_.credit.begin(), state_.credit.end(), [](const credit_balance& a, const credit_balance& b) { return a.bound_to < b.bound_to; });
}

// Free credit first. What is taken is gone from the balances; give_back() records what was used of it.
std::vector<replay::money> replay::draw_credit(int128 most) {
  std::vector<money> drawn;
  for (credit_balance& one : state_.credit) {
    const int128 taken = std::min(most, one.amount);
    if (taken == 0) continue;
    one.amount -= taken;
    most -= taken;
    drawn.push_back({"credit", taken, true, one.bound_to});
  }
  std::erase_if(state_.credit, [](const credit_balance& one) { return one.amount == 0; });
  return drawn;
}

void replay::give_back(std::vector<money>& drawn, std::span<const int128> before, std::string_view cause, civil_day day) {
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    if (!drawn[i].held_for.empty()) change_deposit(drawn[i].held_for, drawn[i].amount - before[i], cause, day);
    if (!drawn[i].was_credit) continue;
    if (before[i] != drawn[i].amount) move(movement_kind::credit, cause, day, drawn[i].amount - before[i]).part = fee_list(drawn[i].bound_to);
    if (drawn[i].amount > 0) add_credit(drawn[i].bound_to, drawn[i].amount);
  }
}

}  // namespace detail

DUES_END
