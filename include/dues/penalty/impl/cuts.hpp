// SPDX-License-Identifier: Apache-2.0
//
// The days on which what a component accrues may change: a version, a published value, a step, a new
// year, days left out, a fact. Cutting too often does no harm: equal neighbours are joined again.
#pragma once

#include <dues/penalty/impl/component_clock.hpp>

DUES_BEGIN

namespace detail {

inline bool reads_values(const program& tariff, const penalty_component& component) {
  const auto reads_one = [&tariff](const std::optional<expression>& what) {
    if (!what) return false;
    const auto slots = what->slots_read();
    return std::any_of(slots.begin(), slots.end(), [&tariff](std::int32_t at) { return tariff.slots[static_cast<std::size_t>(at)].kind == slot_kind::value; });
  };
  const auto rate_reads = [&](const plain_rate& rate) { return reads_one(rate.percent) || reads_one(rate.amount) || reads_one(rate.plus); };
  for (std::size_t v = 0; v < component.rate.size(); ++v)
    for (const penalty_rate::step& one : component.rate.at(v).rates)
      if (rate_reads(one.rate)) return true;
  for (const penalty_limit& limit : component.limits)
    for (std::size_t v = 0; v < limit.rate.size(); ++v)
      if (limit.rate.at(v) && rate_reads(*limit.rate.at(v))) return true;
  return false;
}

template <class Cut>
void cut_at_reference(const penalty_terms& terms, std::int32_t reference, day_range all, Cut&& cut) {
  const auto series = terms.references.find(terms.tariff->references[static_cast<std::size_t>(reference)].id);
  if (series == terms.references.end()) return;
  const auto& entries = series->second.entries();
  const auto after = std::upper_bound(entries.begin(), entries.end(), all.from, [](civil_day day, const reference_series::entry& one) { return day < one.from; });
  for (auto at = after == entries.begin() ? after : std::prev(after); at != entries.end() && at->from < all.to; ++at) {
    cut(at->from);
    cut(at->to);
  }
}

/// Unsorted, from clock.first to `through`, and perhaps beyond.
/// @param through  not before clock.first
inline std::vector<civil_day> cut_days(const penalty_terms& terms, const penalty_component& component, const component_clock& clock, const base_line& principal,
                                       const arrears& owed, civil_day through) {
  std::vector<civil_day> cuts;
  const day_range all{clock.first - 1, through + 1};
  const auto cut = [&cuts](civil_day day) { cuts.push_back(day); };
  component.rate.cuts(all, cut);
  for (const day_range& out : clock.counted->left_out()) {
    cut(out.from);
    cut(out.to);
  }
  for (const known_attribute& one : owed.attributes()) cut(one.from);
  for (const base_line::level& one : principal.levels()) cut(one.from);
  bool actual = false;
  const auto of_rate = [&](const plain_rate& rate) {
    actual = actual || (rate.per == penalty_span::year && rate.year_of == penalty_year::actual);
    if (rate.is == plain_rate::form::reference && rate.fixed_on == rate_fixing::moving) cut_at_reference(terms, rate.reference, all, cut);
  };
  for (std::size_t v = 0; v < component.rate.size(); ++v)
    for (const penalty_rate::step& one : component.rate.at(v).rates) {
      of_rate(one.rate);
      if (one.days_overdue_up_to == 0) continue;
      if (const civil_day after = clock.overdue_day(std::int64_t{one.days_overdue_up_to} + 1); after != open_end) cut(after);
    }
  for (const penalty_limit& limit : component.limits) {
    limit.rate.cuts(all, cut);
    for (std::size_t v = 0; v < limit.rate.size(); ++v)
      if (limit.rate.at(v)) of_rate(*limit.rate.at(v));
  }
  if (actual)
    for (int year = to_ymd(all.from).year + 1; year <= to_ymd(through).year; ++year) cut(*day_from(year, 1, 1));
  if (reads_values(*terms.tariff, component))
    for (const named_value& one : terms.tariff->values) one.is.cuts(all, cut);
  return cuts;
}

}  // namespace detail

DUES_END
