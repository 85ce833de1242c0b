// SPDX-License-Identifier: Apache-2.0
//
// The event prepay: its lines as receivables have their keys, its form in documents, and what else may not
// be recorded while it holds a period. Not public.
#pragma once

#include <dues/bill/impl/escaped.hpp>
#include <dues/json/writer.hpp>
#include <dues/ledger/event.hpp>

#include <set>

DUES_BEGIN

namespace detail {

inline constexpr int most_ahead_months = 1'200;  // a century

/// The charge that a line of a prepayment stands for, as a regular bill would make it.
inline ledger_event regular_charge(const program& tariff, const ledger_event& prepay, const ahead_line& line) {
  ledger_event made;
  made.kind = event_kind::charge;
  made.account = prepay.account;
  made.unit = prepay.unit;
  made.fee = prepay.fee;
  made.subject = prepay.subject;
  made.period = line.period;
  made.cause = line.rebate.empty() ? "charge" : "rebate:" + line.rebate;
  made.date = line.issue;
  made.recorded = prepay.recorded;
  made.due = line.due;
  made.amount = line.rebate.empty() ? line.regular : -line.amount;
  made.id = charge_key(tariff.id, made);
  return made;
}

/// Keys of the lines that the events hold: while a prepayment stands all of its own, once it is taken back
/// those that had begun.
inline void add_held(const program& tariff, std::span<const ledger_event> events, std::map<std::string, std::string, std::less<>>& keys) {
  std::map<std::string_view, civil_day> taken_back;
  for (const ledger_event& one : events)
    if (one.kind == event_kind::reversal) taken_back.emplace(one.of, one.date);
  for (const ledger_event& one : events) {
    const auto back = taken_back.find(one.id);
    if (one.kind == event_kind::charge && one.cause == "charge" && back == taken_back.end()) keys.emplace(one.id, one.id);
    if (one.kind != event_kind::prepay) continue;
    for (const ahead_line& line : one.ahead.lines)
      if (line.rebate.empty() && (back == taken_back.end() || line.from <= back->second)) keys.emplace(regular_charge(tariff, one, line).id, one.id);
  }
}

/// The id of what holds a period already that the event would bill, or nothing.
inline std::string held_by(const program& tariff, const ledger_event& event, std::span<const ledger_event> events) {
  const bool charge = event.kind == event_kind::charge && event.cause == "charge";
  if (!charge && event.kind != event_kind::prepay) return {};
  if (charge && std::none_of(events.begin(), events.end(), [](const ledger_event& one) { return one.kind == event_kind::prepay; })) return {};
  std::map<std::string, std::string, std::less<>> keys;
  add_held(tariff, events, keys);
  if (charge) {
    const auto at = keys.find(event.id);
    return at == keys.end() ? std::string() : at->second;
  }
  for (const ahead_line& line : event.ahead.lines)
    if (line.rebate.empty())
      if (const auto at = keys.find(regular_charge(tariff, event, line).id); at != keys.end()) return at->second;
  return {};
}

/// The code of why a leave is refused, or nothing: its prepayment stands, and no other leave of it does.
inline std::string cannot_leave(const ledger_event& event, std::span<const ledger_event> events) {
  std::set<std::string_view> taken_back;
  for (const ledger_event& one : events)
    if (one.kind == event_kind::reversal) taken_back.insert(one.of);
  bool stands = false;
  for (const ledger_event& one : events) {
    if (taken_back.contains(one.id)) continue;
    stands = stands || (one.kind == event_kind::prepay && one.id == event.of && one.date <= event.date);
    if (one.kind == event_kind::leave && one.of == event.of) return "L151";
  }
  return stands ? std::string() : std::string("L115");
}

inline void write_kept(json_writer& out, const program& tariff, const ledger_event& event) {
  out.key("lines").begin_array();
  for (const ahead_line& one : event.ahead.lines) out.begin_object().member("period", to_text(one.period)).member("amount", amount_text(one.amount, tariff.minor_units)).end_object();
  out.end_array();
}

// What a prepayment says beside what every event does.
inline void write_ahead(json_writer& out, const program& tariff, const ledger_event& event) {
  const auto money = [&](std::int64_t amount) { return amount_text(amount, tariff.minor_units); };
  out.member("unit", event.unit).member("fee", event.fee);
  if (event.subject != "-") out.member("subscription", event.subject);
  out.key("months").integer(event.ahead.months);
  out.member("from", to_text(event.period));
  out.key("terms").begin_object();
  out.member("to", to_text(event.ahead.covered.to)).member("price", words::prepaid_price[static_cast<std::size_t>(event.ahead.price)]);
  out.member("leaving_early", words::early_leave[static_cast<std::size_t>(event.ahead.leaving)]).member("tariff_hash", event.ahead.tariff_hash);
  out.key("lines").begin_array();
  for (const ahead_line& one : event.ahead.lines) {
    out.begin_object().member("period", to_text(one.period)).member("from", to_text(one.from)).member("to", to_text(one.to)).member("issue", to_text(one.issue)).member("due", to_text(one.due));
    out.key("months").integer(one.months);
    if (one.gift) out.key("gift").boolean(true);
    if (!one.rebate.empty()) out.member("rebate", one.rebate);
    out.member("gross", money(one.gross)).member("tax", money(one.tax)).member("amount", money(one.amount)).member("regular", money(one.regular)).end_object();
  }
  out.end_array().end_object();
}

}  // namespace detail

DUES_END
