// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/ledger/impl/check.hpp>
#include <dues/ledger/impl/prepay.hpp>
#include <dues/ledger/impl/replay_plans.ipp>
#include <dues/ledger/impl/replay_prepare.ipp>

DUES_BEGIN

namespace detail {

inline std::string_view kind_word(const ledger_event& event) { return words::event_kind[static_cast<std::size_t>(event.kind)]; }

void event_check::positive() {
  if (event_.amount > 0) return;
  found_.add(make_diagnostic("L112", "/amount", {{"event", std::string(kind_word(event_))}, {"id", event_.id}, {"is", amount_text(event_.amount, tariff_.minor_units)}}));
}

void event_check::fee(std::string_view field, const std::string& id) {
  if (tariff_.fee_index(id) < 0) found_.add(make_diagnostic("L124", "/" + std::string(field), {{"is", id}, {"tariff", tariff_.id}}));
}

void event_check::charge() {
  fee("fee", event_.fee);
  if (event_.id != charge_key(tariff_.id, event_)) wrong("id", event_.id, charge_key(tariff_.id, event_));
  if (event_.due < event_.date) wrong("due", to_text(event_.due), "a day not before the date of issue");
}

void event_check::opening() {
  if (event_.opens_deposit()) return positive();
  if (event_.opens_credit()) {
    positive();
    for (const std::string& id : event_.fees) fee("fees", id);
    return;
  }
  if (!event_.fee.empty()) fee("fee", event_.fee);
  if (event_.amount < 0 || event_.penalty < 0 || (event_.amount == 0 && event_.penalty == 0)) positive();
}

void event_check::sources() {
  int128 sum = 0;
  for (const money_source& one : event_.sources) {
    if (one.amount <= 0) wrong("sources", amount_text(one.amount, tariff_.minor_units), "an amount above 0");
    if (one.kind.empty()) wrong("sources", "''", "what kind of money it is");
    sum += one.amount;
  }
  if (!event_.sources.empty() && sum != event_.amount)
    found_.add(make_diagnostic("L121", "/sources", {{"id", event_.id}, {"is", amount_text(sum, tariff_.minor_units)}, {"wanted", amount_text(event_.amount, tariff_.minor_units)}}));
}

void event_check::plan() {
  const auto terms = std::find_if(tariff_.plans.begin(), tariff_.plans.end(), [&](const dues::plan& one) { return one.id == event_.plan; });
  if (terms == tariff_.plans.end()) return found_.add(make_diagnostic("L130", "/plan", {{"is", event_.plan}, {"tariff", tariff_.id}}));
  if (event_.instalments.size() > static_cast<std::size_t>(terms->at_most_instalments))
    found_.add(make_diagnostic("L131", "/instalments", {{"id", event_.id}, {"is", std::to_string(event_.instalments.size())}, {"plan", terms->id}, {"most", std::to_string(terms->at_most_instalments)}}));
  if (terms->interest && !plan_interest_is_plain(*terms->interest)) found_.add(make_diagnostic("L132", "/plan", {{"id", event_.id}, {"plan", terms->id}}));
  if (event_.instalments.empty()) wrong("instalments", "[]", "at least one");
  civil_day before = event_.date - 1;
  for (const planned_instalment& one : event_.instalments) {
    if (one.due <= before || last_day <= one.due) return wrong("instalments", to_text(one.due), "a day after " + to_text(before));
    before = one.due;
    if (one.amount < 0) wrong("instalments", amount_text(one.amount, tariff_.minor_units), "an amount above 0");
  }
}

void event_check::transfer() {
  if (event_.other_account.empty() || event_.other_account == event_.account) wrong("to", event_.other_account.empty() ? "''" : event_.other_account, "the id of another account");
  if (event_.unit.empty() == event_.receivables.empty()) wrong("transfer", "''", "either a unit or 'for'");
}

// Without an amount it is all that is held, or as much of it as settles something.
void event_check::deposit() {
  if (event_.subscription.empty()) wrong("subscription", "''", "the id of a subscription");
  if (event_.step == deposit_step::hold || event_.amount < 0) positive();
}

bool event_check::good() {
  const std::size_t before = found_.errors();
  const bool closing = event_.kind == event_kind::close || event_.kind == event_kind::reopen;
  if (event_.id.empty() || event_.id.size() > longest_event_id) wrong("id", event_.id.empty() ? "''" : std::to_string(event_.id.size()) + " bytes", "a text of 1 to 16000 bytes");
  if (event_.account.empty() && !closing) wrong("account", "''", "the id of an account");
  for (const auto& [name, day] : {std::pair("date", event_.date), std::pair("recorded", event_.recorded)})
    if (day < first_day || last_day < day) wrong(name, std::to_string(day.days), "a day of the years 1 to 9999");
  switch (event_.kind) {
    case event_kind::charge: charge(); break;
    case event_kind::opening: opening(); break;
    case event_kind::payment:
      positive();
      sources();
      break;
    case event_kind::credit_note:
    case event_kind::waiver:
      if (event_.share < decimal() || decimal(1) < event_.share || event_.share.scale() > 8) wrong("share", event_.share.to_text(), "0 to 1, with at most 8 places");
      [[fallthrough]];
    case event_kind::write_off:
      if (event_.kind != event_kind::waiver || event_.share <= decimal() || event_.amount != 0) positive();
      if (event_.receivables.size() != 1) wrong("receivable", std::to_string(event_.receivables.size()), "one receivable");
      break;
    case event_kind::credit_use:
    case event_kind::refund: positive(); break;
    case event_kind::reversal:
    case event_kind::reopen:
      if (event_.of.empty()) wrong("of", "''", "the id of an event");
      break;
    case event_kind::exclusion:
      if (event_.to <= event_.date) wrong("to", to_text(event_.to), "a day after from");
      break;
    case event_kind::prepay: prepay(); break;
    case event_kind::leave: leave(); break;
    case event_kind::plan: plan(); break;
    case event_kind::transfer: transfer(); break;
    case event_kind::deposit: deposit(); break;
    case event_kind::legal_case:
      if (event_.of.empty() && event_.to <= event_.date) wrong("to", to_text(event_.to), "a day after from");
      if (event_.of.empty() == event_.receivables.empty()) wrong("for", "''", "the lines that it holds");
      break;
    case event_kind::received:
      if (event_.receivables.size() != 1 || event_.due == ledger_event::no_day) wrong("receivable", std::to_string(event_.receivables.size()), "one receivable");
      if (!event_.fee.empty()) fee("fee", event_.fee);
      break;
    case event_kind::acknowledgement:
    case event_kind::demand:
    case event_kind::close: break;
  }
  if (event_.kind == event_kind::payment || event_.kind == event_kind::credit_use || event_.kind == event_kind::deposit)
    for (const std::string& id : event_.fees) fee("for_fees", id);
  return found_.errors() == before;
}

inline void check_plan(const program& tariff, const ledger_event& event, const account_state& state, diagnostics& found) {
  const auto made = std::find_if(state.plans.begin(), state.plans.end(), [&](const plan_state& one) { return one.id == event.id; });
  if (made == state.plans.end() || made->covered == 0) return found.add(make_diagnostic("L134", "/for", {{"id", event.id}, {"is", event.account}}));
  for (const std::string& named : event.receivables)
    if (std::find(made->receivables.begin(), made->receivables.end(), named) == made->receivables.end()) found.add(make_diagnostic("L134", "/for", {{"id", event.id}, {"is", named}}));
  int128 sum = 0;
  for (const plan_part& one : made->parts) sum += one.amount;
  if (sum != made->covered)
    found.add(make_diagnostic("L135", "/instalments", {{"id", event.id}, {"is", amount_text(sum, tariff.minor_units)}, {"wanted", amount_text(made->covered, tariff.minor_units)}}));
}

bool is_owed(std::span<const ledger_event> events, std::string_view id) {
  return std::any_of(events.begin(), events.end(), [&](const ledger_event& one) {
    switch (one.kind) {
      case event_kind::charge: return one.id == id && one.amount >= 0;
      case event_kind::opening: return one.id == id && one.opens_receivable();
      case event_kind::refund: return one.id == id;
      case event_kind::deposit: return one.id == id && one.step == deposit_step::give_back;
      case event_kind::received: return id.ends_with(one.receivables.front()) && taken_over_id(one) == id;
      case event_kind::plan:
        for (std::size_t i = 0; id.starts_with(one.id) && i < one.instalments.size(); ++i)
          if (interest_id(one, i) == id) return true;
        return false;
      default: return false;
    }
  });
}

void check_outcome(const program& tariff, const ledger_event& event, const account_state& state, diagnostics& found) {
  for (const movement& one : state.movements)
    if (!to_int64(one.amount)) return found.add(make_diagnostic("L122", "/amount", {{"account", event.account}, {"id", event.id}}));
  if (event.kind == event_kind::waiver && event.amount == 0)
    found.add(make_diagnostic("L112", "/share", {{"event", "waiver"}, {"id", event.id}, {"is", amount_text(0, tariff.minor_units)}}));
  if (event.kind == event_kind::plan) return check_plan(tariff, event, state, found);
  const auto moves = [&](movement_kind kind) { return std::any_of(state.movements.begin(), state.movements.end(), [&](const movement& one) { return one.kind == kind && one.cause == event.id; }); };
  const bool nothing = (event.kind == event_kind::transfer && !moves(movement_kind::transfer)) || (event.kind == event_kind::deposit && event.amount == 0);
  if (nothing) found.add(make_diagnostic("L112", "", {{"event", std::string(kind_word(event))}, {"id", event.id}, {"is", amount_text(0, tariff.minor_units)}}));
  if (event.kind == event_kind::waiver) return;  // it shrinks to what is left
  for (const shortfall& one : state.shortfalls)
    if (one.event == event.id)
      found.add(make_diagnostic("L116", "/amount", {{"event", std::string(kind_word(event))}, {"id", event.id}, {"is", amount_text(one.asked, tariff.minor_units)},
                                                    {"most", amount_text(one.taken, tariff.minor_units)}}));
}

}  // namespace detail

bool ledger::check(const ledger_event& event, const account_book& book, diagnostics& found) const {
  if (!detail::event_check(*tariff_, event, found).good()) return false;
  const auto refuse = [&](std::string_view code, std::string pointer, std::initializer_list<std::pair<std::string_view, std::string>> values) {
    found.add(make_diagnostic(code, std::move(pointer), values));
    return false;
  };
  const bool moves_money = event.kind == event_kind::payment || event.kind == event_kind::credit_use || (event.kind == event_kind::deposit && event.step == deposit_step::settle);
  if (moves_money && !order_) return refuse("L119", "", {{"tariff", tariff_->id}, {"id", event.id}});
  const auto recorded = [&](std::string_view id) {
    const auto at = std::find_if(book.events.begin(), book.events.end(), [&](const ledger_event& one) { return one.id == id; });
    return at == book.events.end() ? nullptr : &*at;
  };
  if (event.kind != event_kind::received)
    for (const std::string& id : event.receivables)
      if (!detail::is_owed(book.events, id)) return refuse("L114", "/for", {{"is", id}, {"account", event.account}});
  if (event.kind == event_kind::legal_case && !event.of.empty()) {
    const ledger_event* of = recorded(event.of);
    if (of == nullptr || of->kind != event_kind::legal_case || !of->of.empty()) return refuse("L133", "/of", {{"id", event.id}, {"of", event.of}, {"account", event.account}});
  }
  if (const std::string by = detail::held_by(*tariff_, event, book.events); !by.empty())
    return refuse("L151", "", {{"id", event.id}, {"by", by}, {"account", event.account}});
  if (event.kind == event_kind::leave)
    if (const std::string why = detail::cannot_leave(event, book.events); !why.empty())
      return refuse(why, "/of", {{"id", event.id}, {"of", event.of}, {"by", event.of}, {"account", event.account}});
  civil_day touched = event.date;
  if (event.kind == event_kind::reversal) {
    const ledger_event* of = recorded(event.of);
    const auto why = [&](std::string_view code) { return refuse(code, "/of", {{"id", event.id}, {"of", event.of}, {"account", event.account}}); };
    if (of == nullptr) return why("L115");
    if (of->kind == event_kind::reversal || of->kind == event_kind::close || of->kind == event_kind::reopen || of->kind == event_kind::received) return why("L127");
    if (std::any_of(book.events.begin(), book.events.end(), [&](const ledger_event& one) { return one.kind == event_kind::reversal && one.of == event.of; })) return why("L128");
    if (event.date < of->date) return refuse("L103", "/date", {{"name", "date"}, {"is", to_text(event.date)}, {"wanted", "a day not before " + to_text(of->date)}});
    touched = of->date;
  }
  if (event.kind == event_kind::reopen) {
    const ledger_event* of = recorded(event.of);
    if (of == nullptr || of->kind != event_kind::close) return refuse("L115", "/of", {{"id", event.id}, {"of", event.of}, {"account", event.account}});
    return true;
  }
  if (event.kind == event_kind::close) return true;
  for (const ledger_event& one : book.events)
    if (one.kind == event_kind::opening && event.kind != event_kind::opening && touched < one.date)
      return refuse("L117", "/date", {{"id", event.id}, {"is", to_text(touched)}, {"account", event.account}, {"first", to_text(one.date)}});
  // What is recorded after a closing says so: a correction that claims to be older would change what is closed.
  const civil_day closed = closed_through(event.account);
  const bool claims_to_be_older = detail::is_correction(event) && closed_through(event.account, event.recorded) < closed;
  if (touched <= closed || claims_to_be_older) return refuse("L118", "/date", {{"id", event.id}, {"is", to_text(touched)}, {"closed", to_text(closed)}, {"open", to_text(closed + 1)}});
  return true;
}

DUES_END
