// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/impl/escaped.hpp>
#include <dues/ledger/event.hpp>

DUES_BEGIN

std::string charge_key(std::string_view tariff, const ledger_event& charge) {
  std::string out;
  detail::append_escaped(out, tariff);
  for (const std::string_view part : {std::string_view(charge.account), std::string_view(charge.unit), std::string_view(charge.fee), std::string_view(charge.subject)}) {
    out += '/';
    detail::append_escaped(out, part);
  }
  out += "/" + to_text(charge.period) + "/";
  detail::append_escaped(out, charge.cause);
  return out;
}

std::vector<ledger_event> charges_of(const billing& made, civil_day recorded) {
  std::vector<ledger_event> out;
  const facts& known = *made.known;
  for (const line one : made.lines) {
    if (one.fault >= 0) continue;
    ledger_event event;
    event.kind = event_kind::charge;
    event.account = known.accounts.at(one.account);
    event.unit = known.units.at(one.unit);
    event.fee = known.tariff->fees[static_cast<std::size_t>(one.fee)].id;
    event.subject = subject_text(known, one);
    event.period = one.period;
    event.cause = cause_text(one);
    event.date = one.issue;
    event.due = one.due;
    event.amount = one.amount;
    event.recorded = recorded;
    event.id = charge_key(known.tariff->id, event);
    out.push_back(std::move(event));
  }
  return out;
}

std::vector<ledger_event> charges_of(const program& tariff, const billed_before& billed) {
  std::vector<ledger_event> out;
  for (const auto& [base, one] : billed.lines) {
    ledger_event event;
    event.kind = event_kind::charge;
    event.account = one.account;
    event.unit = one.unit;
    event.fee = one.fee;
    event.subject = one.subject;
    event.period = one.period;
    event.cause = one.adjustments == 0 ? "charge" : "adjustment:" + std::to_string(one.adjustments);
    event.date = event.recorded = one.issue;
    event.due = one.due;
    event.amount = one.amount;
    event.id = charge_key(tariff.id, event);
    out.push_back(std::move(event));
  }
  return out;
}

DUES_END
