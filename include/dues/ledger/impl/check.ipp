// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/ledger/impl/check.hpp>
#include <dues/ledger/impl/prepay.hpp>
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
    case event_kind::demand:
    case event_kind::close: break;
  }
  if (event_.kind == event_kind::payment || event_.kind == event_kind::credit_use)
    for (const std::string& id : event_.fees) fee("for_fees", id);
  return found_.errors() == before;
}

void check_outcome(const program& tariff, const ledger_event& event, const account_state& state, diagnostics& found) {
  for (const movement& one : state.movements)
    if (!to_int64(one.amount)) return found.add(make_diagnostic("L122", "/amount", {{"account", event.account}, {"id", event.id}}));
  if (event.kind == event_kind::waiver && event.amount == 0)
    found.add(make_diagnostic("L112", "/share", {{"event", "waiver"}, {"id", event.id}, {"is", amount_text(0, tariff.minor_units)}}));
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
  const bool moves_money = event.kind == event_kind::payment || event.kind == event_kind::credit_use;
  if (moves_money && !order_) return refuse("L119", "", {{"tariff", tariff_->id}, {"id", event.id}});
  const auto recorded = [&](std::string_view id) {
    const auto at = std::find_if(book.events.begin(), book.events.end(), [&](const ledger_event& one) { return one.id == id; });
    return at == book.events.end() ? nullptr : &*at;
  };
  for (const std::string& id : event.receivables) {
    const ledger_event* one = recorded(id);
    const bool owed = one != nullptr && ((one->kind == event_kind::charge && one->amount >= 0) || one->opens_receivable() || one->kind == event_kind::refund);
    if (!owed) return refuse("L114", "/for", {{"is", id}, {"account", event.account}});
  }
  if (const std::string by = detail::held_by(*tariff_, event, book.events); !by.empty())
    return refuse("L151", "", {{"id", event.id}, {"by", by}, {"account", event.account}});
  civil_day touched = event.date;
  if (event.kind == event_kind::reversal) {
    const ledger_event* of = recorded(event.of);
    const auto why = [&](std::string_view code) { return refuse(code, "/of", {{"id", event.id}, {"of", event.of}, {"account", event.account}}); };
    if (of == nullptr) return why("L115");
    if (of->kind == event_kind::reversal || of->kind == event_kind::close || of->kind == event_kind::reopen) return why("L127");
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
