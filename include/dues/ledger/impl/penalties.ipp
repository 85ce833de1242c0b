// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/ledger/penalties.hpp>

#include <algorithm>
#include <stdexcept>

DUES_BEGIN

namespace detail {

inline std::int32_t component_called(const penalty& policy, std::string_view id) {
  const auto at = std::find_if(policy.components.begin(), policy.components.end(), [&](const penalty_component& one) { return one.id == id; });
  return at == policy.components.end() ? -1 : static_cast<std::int32_t>(at - policy.components.begin());
}

// The account's receivable as penalty/ wants it. All of them are of one account, so its name does not matter.
inline receivable_history history_of(const program& tariff, const receivable& one) {
  receivable_history made;
  made.id = one.id;
  made.account = "-";
  made.unit = one.unit.empty() ? "-" : one.unit;
  made.bill = to_text(one.issue) + "/" + to_text(one.due);
  made.penalty = tariff.fees[static_cast<std::size_t>(one.fee)].penalty;
  made.principal = one.billed;
  made.due = one.due;
  if (one.billed != one.corrected_from_start) made.changes.push_back({one.due, principal_change_kind::correction, one.billed - one.corrected_from_start});
  for (const open_change& change : one.history) {
    if (change.by == event_kind::charge) continue;
    const principal_change_kind kind = change.by == event_kind::write_off || change.by == event_kind::transfer ? principal_change_kind::write_off
                                       : change.by == event_kind::credit_note ? principal_change_kind::credit_note : principal_change_kind::payment;
    made.changes.push_back({change.date, kind, -change.amount});
  }
  made.demands = one.demands;
  const penalty& policy = tariff.penalties[static_cast<std::size_t>(made.penalty)];
  // What a plan pauses is left out whatever the policy lists: as one of the kinds that it does list.
  for (const days_left_out& days : one.left_out) {
    const bool listed = policy.days_left_out.empty() || !days.agreed;
    made.left_out.push_back({listed ? days.kind : policy.days_left_out.front(), days.days});
  }
  for (const penalty_change& change : one.penalty_history) {
    const std::int32_t component = component_called(policy, change.component);
    if (component >= 0) made.settled.push_back({change.waived ? penalty_settlement::kind::waiver : penalty_settlement::kind::payment, component, change.date, change.amount});
  }
  return made;
}

}  // namespace detail

tariff_accruals::tariff_accruals(penalty_terms terms, attributes_of attributes) : terms_(std::move(terms)), attributes_(std::move(attributes)) {
  if (terms_.tariff == nullptr) throw std::invalid_argument("penalties need a tariff");
  for (const penalty& policy : terms_.tariff->penalties)
    for (const penalty_component& component : policy.components) leaves_payment_day_out_ = leaves_payment_day_out_ || !component.payment_day_counts;
}

// One call for all; components that leave the day of payment out ask for the day before, where a payment meets them.
void tariff_accruals::add(std::span<receivable> of, civil_day day, bool for_payment, bool to_opening, diagnostics& found) const {
  const program& tariff = *terms_.tariff;
  std::vector<receivable_history> histories;
  std::vector<receivable*> whose;
  for (receivable& one : of) {
    const bool bears = one.issued && one.fee >= 0 && one.paid_as == claim_class::principal && tariff.fees[static_cast<std::size_t>(one.fee)].penalty >= 0;
    if (!bears || (to_opening && one.opened != day)) continue;
    receivable_history made = detail::history_of(tariff, one);
    if (to_opening) made.changes.clear();
    if (attributes_) made.attributes = attributes_(one);
    histories.push_back(std::move(made));
    whose.push_back(&one);
  }
  if (histories.empty()) return;
  const arrears_accrual made = accrue_all(terms_, histories, day);
  for (std::size_t i = 0; i < whose.size(); ++i) {
    receivable& one = *whose[i];
    const accrual& its = made.receivables[i];
    for (const diagnostic& told : its.found.all())
      if (told.level == severity::error) found.add(told);
    for (const component_accrual& accrued : its.components) {
      const penalty_component& component = tariff.penalties[static_cast<std::size_t>(its.penalty)].components[static_cast<std::size_t>(accrued.component)];
      if (leaves_payment_day_out_ && component.payment_day_counts == for_payment) continue;
      auto part = std::find_if(one.penalties.begin(), one.penalties.end(), [&](const penalty_part& known) { return known.component == component.id; });
      if (part == one.penalties.end()) {
        if (accrued.total == 0) continue;
        one.penalties.push_back({component.id, component.paid_as, 0, 0, 0});
        part = one.penalties.end() - 1;
      }
      if (to_opening) part->accrued -= accrued.total;
      else part->accrued = accrued.total;
    }
  }
}

void tariff_accruals::accrue(std::span<receivable> of, civil_day day, bool for_payment, diagnostics& found) const {
  const auto through = [&](civil_day last, bool to_opening) {
    if (!leaves_payment_day_out_) return add(of, last, false, to_opening, found);
    add(of, last, false, to_opening, found);
    add(of, for_payment && !to_opening ? last - 1 : last, true, to_opening, found);
  };
  through(day, false);
  std::vector<civil_day> opened;
  for (const receivable& one : of)
    if (one.opened && one.issued) opened.push_back(*one.opened);
  std::sort(opened.begin(), opened.end());
  opened.erase(std::unique(opened.begin(), opened.end()), opened.end());
  for (const civil_day opening : opened) through(opening, true);
}

exact128 tariff_accruals::burden(const receivable& of, civil_day day) const {
  const program& tariff = *terms_.tariff;
  if (of.fee < 0 || tariff.fees[static_cast<std::size_t>(of.fee)].penalty < 0) return exact128(0);
  // What one day costs of a large principal that is just overdue, with nothing paid: the nominal rate.
  receivable_history made;
  made.id = of.id;
  made.account = made.unit = made.bill = "-";
  made.penalty = tariff.fees[static_cast<std::size_t>(of.fee)].penalty;
  made.principal = pow10_128(15);
  made.due = of.due;
  if (attributes_) made.attributes = attributes_(of);
  day = std::max(day, of.due + 1);
  const accrual its = dues::accrue(terms_, made, day);
  exact128 sum(0);
  for (const component_accrual& one : its.components)
    for (const penalty_segment& segment : one.segments)
      if (!segment.flat && segment.is != penalty_segment::kind::once && segment.from <= day && day < segment.to) {
        const exact256 daily = segment.is == penalty_segment::kind::month ? segment.rate / exact256(30) : segment.rate * segment.fraction;
        sum = sum + exact128::narrowed(daily);
      }
  return sum;
}

DUES_END
