// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/impl/escaped.hpp>
#include <dues/ledger/limitation.hpp>
#include <dues/ledger/migration.hpp>

#include <algorithm>

DUES_BEGIN

std::vector<ledger_event> openings_of(const program& tariff, const account_state& state, civil_day on) {
  std::vector<ledger_event> made;
  const auto opening = [&](std::string id) -> ledger_event& {
    ledger_event& one = made.emplace_back();
    one.kind = event_kind::opening;
    one.id = std::move(id);
    one.account = state.account;
    one.date = one.recorded = on;
    return one;
  };
  for (const receivable& owed : state.receivables) {
    int128 penalty = 0;
    for (const penalty_part& part : owed.penalties) penalty += part.open();
    if (owed.open() == 0 && penalty == 0) continue;
    ledger_event& one = opening(owed.id);
    one.unit = owed.unit;
    if (owed.fee >= 0) one.fee = tariff.fees[static_cast<std::size_t>(owed.fee)].id;
    one.due = owed.due;
    one.paid_as = owed.paid_as;
    one.amount = static_cast<std::int64_t>(owed.open());
    one.penalty = static_cast<std::int64_t>(penalty);
  }
  for (const credit_balance& credit : state.credit) {
    std::string id;
    detail::append_escaped(id, state.account);
    ledger_event& one = opening("opening/" + id + "/credit/" + std::to_string(made.size()));
    one.amount = static_cast<std::int64_t>(credit.amount);
    for (const std::int32_t fee : credit.bound_to) one.fees.push_back(tariff.fees[static_cast<std::size_t>(fee)].id);
  }
  for (const deposit_balance& held : state.deposits) {
    std::string id;
    detail::append_escaped(id, state.account);
    ledger_event& one = opening("opening/" + id + "/deposit/" + held.subscription);
    one.amount = static_cast<std::int64_t>(held.amount);
    one.subscription = held.subscription;
  }
  return made;
}

std::optional<claim_end> claim_ends(const program& tariff, const receivable& of, civil_day known_to, const business_calendar* roll_by) {
  if (!tariff.arrears || !tariff.arrears->claim_lapses) return std::nullopt;
  const claim_lapse& rule = *tariff.arrears->claim_lapses;
  const auto restarts = [&](lapse_restart what) { return std::find(rule.restarts_on.begin(), rule.restarts_on.end(), what) != rule.restarts_on.end(); };
  std::vector<civil_day> days;
  if (restarts(lapse_restart::demand)) days = of.demands;
  if (restarts(lapse_restart::acknowledgement)) days.insert(days.end(), of.acknowledged.begin(), of.acknowledged.end());
  if (restarts(lapse_restart::part_payment))
    for (const open_change& change : of.history)
      if (change.by == event_kind::payment && change.amount < 0) days.push_back(change.date);
  std::sort(days.begin(), days.end());
  const auto last = [&](civil_day from) -> std::optional<civil_day> {
    const civil_day day = add_months(from, std::int64_t{12} * rule.years);
    if (!rule.last_day) return day;
    return roll_by == nullptr ? std::nullopt : roll_by->roll_day(day, rule.last_day->how);
  };
  claim_end made{of.due, of.due};
  auto end = last(of.due);
  for (const civil_day day : days) {
    if (!end || known_to < day || *end < day) break;
    if (day < of.due) continue;
    made.counted_from = day;
    end = last(day);
  }
  if (!end) return std::nullopt;
  made.last_day = *end;
  return made;
}

DUES_END
