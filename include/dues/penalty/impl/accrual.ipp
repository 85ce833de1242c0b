// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/penalty/accrual.hpp>
#include <dues/penalty/impl/accrual_run.hpp>

#include <algorithm>

DUES_BEGIN

reference_series::reference_series(std::string id, std::vector<entry> entries) : id_(std::move(id)), entries_(std::move(entries)) {
  std::sort(entries_.begin(), entries_.end(), [](const entry& a, const entry& b) { return a.from < b.from; });
  for (std::size_t i = 1; i < entries_.size(); ++i) entries_[i - 1].to = std::min(entries_[i - 1].to, entries_[i].from);
}

const reference_series::entry* reference_series::find(civil_day day) const noexcept {
  const auto after = std::upper_bound(entries_.begin(), entries_.end(), day, [](civil_day d, const entry& e) { return d < e.from; });
  if (after == entries_.begin()) return nullptr;
  const entry& found = *std::prev(after);
  return day < found.to ? &found : nullptr;
}

civil_day reference_series::last_known() const noexcept { return entries_.empty() ? first_day - 1 : entries_.back().to - 1; }

namespace detail {

inline exact256 widened(const exact<int256>& value) { return value; }
inline exact256 widened(const exact<int128>& value) { return exact256(value); }

template <class Int>
penalty_segment told_segment(const accrued_segment<Int>& one) {
  penalty_segment made;
  made.is = one.is;
  made.from = one.from;
  made.to = one.to;
  made.days = one.days;
  made.base = widened(one.base);
  made.rate = widened(one.rate.rate);
  made.flat = one.rate.flat;
  made.per = one.rate.of->per;
  made.fraction = widened(one.rate.fraction);
  made.amount = widened(one.amount());
  made.rate_at = one.rate.of->pointer;
  if (one.ceiling_at != nullptr) made.ceiling_at = *one.ceiling_at;
  return made;
}

// Money and waivers of one component: a waiver shrinks to what is left, and never becomes credit.
inline void settle(const receivable_history& of, std::size_t component, civil_day as_of, int minor_units, component_accrual& made, diagnostics& found) {
  int128 waived = 0;
  for (const penalty_settlement& one : of.settled) {
    if (static_cast<std::size_t>(std::max(one.component, 0)) != component || as_of < one.on) continue;
    (one.is == penalty_settlement::kind::payment ? made.paid : waived) += one.amount;
  }
  const int128 left = made.total > made.paid ? int128(made.total - made.paid) : int128(0);
  made.waived = std::min(waived, left);
  made.open = left - made.waived;
  if (left < waived) {
    const auto amount = [minor_units](const int128& units) { return exact128::scaled(units, minor_units).to_text(); };
    found.add(make_diagnostic("P121", {}, {{"receivable", of.id}, {"is", amount(waived)}, {"most", amount(left)}, {"on", to_text(as_of)}}));
  }
}

// One component of what is owed together. @returns false when it failed; `wider` when the number type was too narrow
template <class Int>
bool accrue_component(accrual_run<Int>& run, const penalty& policy, const arrears& owed, std::size_t at, civil_day as_of,
                      component_accrual& told, diagnostic& failed, bool& wider) {
  const auto one = run.component(at, as_of);
  wider = run.overflowed || run.failed.code == "P115";
  if (wider && run.failed.code.empty())
    run.failed = make_diagnostic("P115", policy.components[at].pointer, {{"name", policy.components[at].id}, {"receivable", owed.members.front()->id}, {"on", to_text(as_of)}});
  if (!one) {
    failed = run.failed;
    return false;
  }
  told.component = static_cast<std::int32_t>(at);
  for (const auto& segment : one->segments) told.segments.push_back(told_segment(segment));
  told.exact_total = widened(one->raw);
  told.total = one->total;
  if (one->limited_by != nullptr) told.limited_by = *one->limited_by;
  return true;
}

// @returns false when the number type was too narrow
template <class Int>
bool accrue_with(const penalty_terms& terms, const receivable_history& of, civil_day as_of, accrual& made) {
  const penalty& policy = terms.tariff->penalties[static_cast<std::size_t>(of.penalty)];
  arrears owed;
  owed.members = {&of};
  owed.counted = counted_days(days_out(policy, of));
  accrual_run<Int> run(terms, policy, owed, as_of);
  for (std::size_t i = 0; i < policy.components.size(); ++i) {
    component_accrual told;
    diagnostic failed;
    bool wider = false;
    if (!accrue_component(run, policy, owed, i, as_of, told, failed, wider)) {
      made.components.clear();
      made.found.add(std::move(failed));
      return !wider;
    }
    settle(of, i, as_of, terms.tariff->minor_units, told, made.found);
    made.components.push_back(std::move(told));
  }
  return true;
}

}  // namespace detail

accrual accrue(const penalty_terms& terms, const receivable_history& of, civil_day as_of) {
  accrual made;
  made.receivable = of.id;
  made.penalty = of.penalty;
  made.as_of = as_of;
  if (of.penalty < 0) return made;
  if (detail::accrue_with<int128>(terms, of, as_of, made)) return made;
  accrual wider = std::move(made);
  wider.found = {};
  detail::accrue_with<int256>(terms, of, as_of, wider);
  return wider;
}

DUES_END
