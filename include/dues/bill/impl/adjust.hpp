// SPDX-License-Identifier: Apache-2.0
//
// What changes of what was billed before. Not public.
#pragma once

#include <dues/bill/impl/order.hpp>
#include <dues/bill/impl/plan.hpp>

#include <set>

DUES_BEGIN

namespace detail {

// Whether a line of an earlier run is one that this run would make.
inline bool concerns(const bill_request& asked, const billed_line& one) {
  if (!asked.account.empty() && one.account != asked.account) return false;
  if (!asked.unit.empty() && one.unit != asked.unit) return false;
  return asked.days.contains(asked.select == selection::issue ? one.issue : one.period);
}

// Whether a line of an earlier run was of an estimate, or of a reading, whose days a line of this run bills.
inline bool is_replaced(const facts& known, const bill_request& asked, const billed_line& was) {
  const program& tariff = *known.tariff;
  const std::int32_t of = tariff.fee_index(was.fee);
  const std::uint32_t unit = known.units.find(was.unit);
  if (of < 0 || unit == id_table::none || (!asked.account.empty() && was.account != asked.account) || (!asked.unit.empty() && was.unit != asked.unit)) return false;
  const fee& rule = tariff.fees[static_cast<std::size_t>(of)];
  if (!is_by_readings(tariff, rule)) return false;
  const auto all = known.meters.closings_of(unit, rule.meter);
  const auto at = std::lower_bound(all.begin(), all.end(), was.period, [](const meter_closing& one, civil_day day) { return one.on < day; });
  if (at == all.end() || at->on == was.period || !at->days.contains(was.period)) return false;
  return selects(make_period(tariff.schedules[static_cast<std::size_t>(rule.schedule)], known, *at, 0), asked.days, asked.select);
}

// What was billed and is not owed any more: back to zero.
inline std::optional<line> taken_back(const facts& known, const billed_line& was) {
  line made;
  made.account = known.accounts.find(was.account);
  made.unit = known.units.find(was.unit);
  made.fee = known.tariff->fee_index(was.fee);
  if (made.account == id_table::none || made.unit == id_table::none || made.fee < 0) return std::nullopt;
  if (was.subject != "-") {
    const auto taken = known.subscriptions_of(made.unit);
    const auto at = std::find_if(taken.begin(), taken.end(), [&](const subscription& one) { return one.id == was.subject; });
    if (at == taken.end()) return std::nullopt;
    made.subscription = static_cast<std::uint32_t>(&*at - known.subscriptions.data());
  }
  made.period = was.period;
  made.from = was.from;
  made.to = was.to;
  made.issue = was.issue;
  made.due = was.due;
  made.gross = -was.gross;
  made.tax = -was.tax;
  made.amount = -was.amount;
  made.adjustment = was.adjustments + 1;
  return made;
}

/// Leaves of the lines what differs from `before`. A line that cannot be computed stays as it is, with
/// its diagnostic; what was paid ahead is no matter of this run; a line billed for an account or unit that is gone from the facts is reported (R115).
inline void adjust(const run_plan& plan, const billed_before& before, const paid_ahead* paid, billing& made) {
  std::set<std::string, std::less<>> seen;
  std::vector<line> changed;
  for (const line& fresh : made.lines) {
    const std::string key = line_key_base(*made.known, fresh);
    const auto was = before.lines.find(key);
    if (was == before.lines.end()) {
      changed.push_back(fresh);
      continue;
    }
    seen.insert(key);
    line one = fresh;
    if (one.fault < 0) {
      one.gross -= was->second.gross;
      one.tax -= was->second.tax;
      one.amount -= was->second.amount;
      one.adjustment = was->second.adjustments + 1;
      if (one.gross == 0 && one.tax == 0 && one.amount == 0) continue;
    }
    changed.push_back(one);
  }
  for (const auto& [key, was] : before.lines) {
    const bool elsewhere = paid != nullptr && paid->holds(was.account, key);
    if (seen.contains(key) || elsewhere || !(concerns(plan.asked(), was) || is_replaced(*made.known, plan.asked(), was)) || (was.gross == 0 && was.tax == 0 && was.amount == 0)) continue;
    if (const auto back = taken_back(*made.known, was)) changed.push_back(*back);
    else made.found.add(make_diagnostic("R115", "", {{"is", key}}));
  }
  sort_lines(changed);
  made.granted.clear();  // of the lines as they were
  made.lines.clear();
  for (const line& one : changed) made.lines.push_back(one);
}

}  // namespace detail

DUES_END
