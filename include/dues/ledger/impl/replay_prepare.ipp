// SPDX-License-Identifier: Apache-2.0
//
// What a replay begins with: the events that are known and not taken back, the receivables they make,
// and the steps in their order.
#pragma once

#include <dues/ledger/impl/replay.hpp>

DUES_BEGIN

namespace detail {

// A reduction of what a run billed, or one given by hand.
inline bool is_correction(const ledger_event& event) { return event.kind == event_kind::credit_note || (event.kind == event_kind::charge && event.amount < 0 && event.cause != "charge"); }

inline std::string_view key_base(std::string_view key) { return key.substr(0, key.rfind('/')); }

// Closings and reopenings by when they were recorded: the last day that is closed on `day`.
civil_day closed_through(std::span<const ledger_event* const> closings, civil_day day) {
  civil_day through = first_day - 1;
  std::vector<const ledger_event*> standing;
  for (const ledger_event* closing : closings) {
    if (day < closing->recorded) break;
    if (closing->kind == event_kind::close) standing.push_back(closing);
    else std::erase_if(standing, [&](const ledger_event* one) { return one->id == closing->of; });
  }
  for (const ledger_event* one : standing) through = std::max(through, one->through);
  return through;
}

void replay::choose(std::span<const ledger_event> events, std::span<const ledger_event> common) {
  std::vector<std::pair<std::string_view, civil_day>> reversals;
  for (const ledger_event& event : events)
    if (event.recorded <= options_.known_at && event.kind == event_kind::reversal) reversals.emplace_back(event.of, event.date);
  std::sort(reversals.begin(), reversals.end());
  for (const auto& [id, date] : reversals) taken_back_.push_back(id);
  for (const std::span<const ledger_event> list : {common, events})
    for (const ledger_event& event : list) {
      if (options_.known_at < event.recorded || event.kind == event_kind::reversal) continue;
      if (const auto at = std::lower_bound(taken_back_.begin(), taken_back_.end(), event.id); at != taken_back_.end() && *at == event.id) {
        const bool credit = event.opens_credit() || event.opens_deposit() || event.kind == event_kind::deposit || event.kind == event_kind::credit_note || (event.kind == event_kind::charge && event.amount < 0);
        const civil_day back = reversals[static_cast<std::size_t>(at - taken_back_.begin())].second;
        if (credit || event.kind == event_kind::payment || event.kind == event_kind::prepay) taken_money_.push_back({event.date, back});
        if (event.kind == event_kind::prepay) choose_ahead(event, back);
        continue;
      }
      if (event.kind == event_kind::prepay) choose_ahead(event, std::nullopt);
      const bool closing = event.kind == event_kind::close || event.kind == event_kind::reopen;
      (closing ? closings_ : events_).push_back(&event);
    }
  std::sort(events_.begin(), events_.end(), [](auto a, auto b) { return std::tie(a->date, a->id) < std::tie(b->date, b->id); });
  std::sort(closings_.begin(), closings_.end(), [](auto a, auto b) { return std::tie(a->recorded, a->date, a->kind, a->id) < std::tie(b->recorded, b->date, b->kind, b->id); });
}

void replay::add_receivable(const ledger_event& event) {
  receivable made;
  made.id = event.id;
  made.unit = event.unit;
  made.fee = event.fee.empty() ? -1 : tariff_.fee_index(event.fee);
  made.paid_as = event.paid_as;
  made.issue = event.date;
  made.due = event.due;
  made.billed = made.corrected = event.amount;
  made.taken_over = event.kind == event_kind::received;
  if (made.taken_over) made.id = taken_over_id(event);
  if (event.kind == event_kind::opening || made.taken_over) made.opened = event.date;
  if (made.opened && event.penalty > 0) {
    penalty_part& part = made.penalties.emplace_back();
    part.component = "opening";
    part.accrued = event.penalty;
  }
  if (event.kind == event_kind::refund || event.kind == event_kind::deposit) {
    // What was given out and is there no longer is owed from the day on which the money was taken back.
    made.billed = made.corrected = 0;
    made.due = event.date;
    for (const taken_money& one : taken_money_)
      if (one.date <= event.date) made.due = std::max(made.due, one.taken_back);
  }
  state_.receivables.push_back(std::move(made));
}

// What was handed over and is known by now: the sum of what the ledger recorded of it.
void replay::join_received() {
  std::map<std::string, std::size_t, std::less<>> known;
  joined_.reserve(events_.size());
  for (const ledger_event*& event : events_) {
    if (event->kind != event_kind::received) continue;
    const auto [at, first] = known.emplace(taken_over_id(*event), joined_.size());
    if (first) {
      joined_.push_back(*event);
      event = &joined_.back();
      continue;
    }
    joined_[at->second].amount += event->amount;
    joined_[at->second].penalty += event->penalty;
    event = nullptr;
  }
  std::erase_if(events_, [](const ledger_event* one) { return one == nullptr || (one->kind == event_kind::received && one->amount == 0 && one->penalty == 0); });
}

// The interest of a plan's parts, charged when the plan comes to them.
void replay::add_interest(const ledger_event& event) {
  const auto terms = std::find_if(tariff_.plans.begin(), tariff_.plans.end(), [&](const dues::plan& one) { return one.id == event.plan; });
  if (terms == tariff_.plans.end() || !terms->interest) return;
  for (std::size_t i = 0; i < event.instalments.size(); ++i) {
    receivable made;
    made.id = interest_id(event, i);
    made.paid_as = claim_class::interest;
    made.issue = event.date;
    made.due = event.instalments[i].due;
    state_.receivables.push_back(std::move(made));
  }
}

// The day on which a case was ended.
civil_day replay::case_end(const ledger_event& opened) const {
  civil_day end = opened.to;
  for (const ledger_event* event : events_)
    if (event->kind == event_kind::legal_case && event->of == opened.id) end = std::min(end, std::max(event->date, opened.date));
  return end;
}

// Whatever the day that is asked about: days that are left out were never counted.
void replay::leave_out() {
  for (const ledger_event* event : events_) {
    const bool disputed = event->kind == event_kind::legal_case && event->of.empty();
    if (event->kind != event_kind::exclusion && !disputed) continue;
    const civil_day end = disputed ? case_end(*event) : event->to;
    for (receivable& one : state_.receivables)
      if (event->receivables.empty() || std::find(event->receivables.begin(), event->receivables.end(), one.id) != event->receivables.end())
        one.left_out.push_back({event->excluded, {event->date, end}});
  }
}

void replay::add_receivables() {
  join_received();
  for (const ledger_event* event : events_) {
    const bool charged = event->kind == event_kind::charge && event->amount >= 0;
    const bool returned = event->kind == event_kind::refund || (event->kind == event_kind::deposit && event->step == deposit_step::give_back);
    if (charged || event->opens_receivable() || returned || event->kind == event_kind::received) add_receivable(*event);
    if (event->kind == event_kind::plan) add_interest(*event);
    if (event->kind == event_kind::prepay) add_ahead(*event);
  }
  std::sort(state_.receivables.begin(), state_.receivables.end(), [](const receivable& a, const receivable& b) { return a.id < b.id; });
  leave_out();
}

std::optional<std::uint32_t> replay::place_of(std::string_view id) const {
  const auto at = std::lower_bound(state_.receivables.begin(), state_.receivables.end(), id, [](const receivable& a, std::string_view wanted) { return a.id < wanted; });
  if (at == state_.receivables.end() || at->id != id) return std::nullopt;
  return static_cast<std::uint32_t>(at - state_.receivables.begin());
}

// A note corrects the receivable that it names; a run's adjustment the charge of its key, then what
// later runs added under the same key.
std::vector<std::uint32_t> replay::corrected_by(const ledger_event& event) const {
  std::vector<std::uint32_t> places;
  if (event.kind == event_kind::credit_note) {
    if (const auto place = place_of(event.receivables.front())) places.push_back(*place);
    return places;
  }
  const std::string base = std::string(key_base(event.id)) + "/";
  if (const auto place = place_of(base + "charge")) places.push_back(*place);
  auto at = std::lower_bound(state_.receivables.begin(), state_.receivables.end(), base, [](const receivable& a, const std::string& wanted) { return a.id < wanted; });
  for (; at != state_.receivables.end() && at->id.starts_with(base); ++at)
    if (at->id != base + "charge") places.push_back(static_cast<std::uint32_t>(at - state_.receivables.begin()));
  return places;
}

// Whether the charge lay in a period that was closed when its correction was recorded.
bool replay::closed_for(const ledger_event& correction, const receivable& target) const {
  const civil_day through = closed_through(closings_, correction.recorded);
  return target.issue <= through;
}

// A correction lowers what was billed from the first day on; what it takes beyond is credit on its date.
void replay::correct(const ledger_event& event, std::span<const std::uint32_t> places) {
  int128 left = event.kind == event_kind::credit_note ? int128(event.amount) : int128(-int128(event.amount));
  for (const std::uint32_t place : places) {
    receivable& one = state_.receivables[place];
    const int128 taken = std::min(left, one.corrected);
    if (taken == 0) continue;
    one.corrected -= taken;
    left -= taken;
    if (options_.as_of < one.issue) continue;
    movement& made = move(movement_kind::correction, event.id, one.issue, taken);
    made.receivable = one.id;
    made.part = words::claim_class[static_cast<std::size_t>(one.paid_as)];
  }
  const bool nothing_known = event.kind == event_kind::credit_note && places.empty();  // its charge was taken back
  if (left > 0 && !nothing_known) steps_.push_back({event.date, stage::credit, event.id, &event, 0, left});
}

void replay::add_steps() {
  for (const ledger_event* event : events_) {
    const auto add = [&](stage at, std::uint32_t place = 0) { steps_.push_back({event->date, at, event->id, event, place, event->amount}); };
    if (is_correction(*event)) {
      const std::vector<std::uint32_t> places = corrected_by(*event);
      if (!places.empty() && state_.receivables[places.front()].ahead) add(stage::ahead, places.front());
      // Of a line whose prepayment was taken back nothing is left to correct; a free month lowers only what is billed.
      else if (places.empty() && (!event->of.empty() || cancelled_.contains(key_base(event->id)))) continue;
      else if (!places.empty() && closed_for(*event, state_.receivables[places.front()])) add(stage::correction, places.front());
      else if (places.empty() && event->kind == event_kind::charge && std::binary_search(taken_back_.begin(), taken_back_.end(), std::string(key_base(event->id)) + "/charge")) continue;
      else if (places.empty() && event->kind == event_kind::charge) steps_.push_back({event->due, stage::credit, event->id, event, 0, -int128(event->amount)});
      else correct(*event, places);
      continue;
    }
    switch (event->kind) {
      case event_kind::charge:
        if (event->amount >= 0) add(stage::charge, *place_of(event->id));
        else steps_.push_back({event->due, stage::credit, event->id, event, 0, -int128(event->amount)});
        break;
      case event_kind::opening:
        if (event->opens_credit() || event->opens_deposit()) add(stage::credit);
        else add(stage::charge, *place_of(event->id));
        break;
      case event_kind::received: add(stage::charge, *place_of(taken_over_id(*event))); break;
      case event_kind::plan:
        add(stage::plan);
        for (std::size_t i = 0; i < event->instalments.size(); ++i)
          steps_.push_back({event->instalments[i].due + 1, stage::plan_day, event->id, event, static_cast<std::uint32_t>(i), 0});
        break;
      case event_kind::transfer: add(stage::transfer); break;
      case event_kind::deposit:
        if (event->step == deposit_step::hold) add(stage::credit);
        else if (event->step == deposit_step::settle) add(stage::payment);
        else add(stage::refund, event->step == deposit_step::give_back ? *place_of(event->id) : 0);
        break;
      case event_kind::acknowledgement:
      case event_kind::demand: add(stage::demand); break;
      case event_kind::waiver: add(stage::waiver); break;
      case event_kind::write_off: add(stage::write_off); break;
      case event_kind::credit_use: add(stage::credit_use); break;
      case event_kind::payment:
      case event_kind::prepay: add(stage::payment); break;
      case event_kind::leave: add(stage::ahead); break;
      case event_kind::refund: add(stage::refund, *place_of(event->id)); break;
      default: break;
    }
  }
  std::sort(steps_.begin(), steps_.end(), [](const replay_step& a, const replay_step& b) { return std::tie(a.date, a.at, a.id) < std::tie(b.date, b.at, b.id); });
}

}  // namespace detail

DUES_END
