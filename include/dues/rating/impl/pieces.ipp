// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/rating/impl/row_changes.hpp>
#include <dues/rating/pieces.hpp>

#include <algorithm>

DUES_BEGIN

fee_period make_fee_period(const program& tariff, const fee& rule, nominal_period period) {
  fee_period made;
  made.rule = &rule;
  made.when = &tariff.schedules[static_cast<std::size_t>(rule.schedule)];
  made.period = std::move(period);
  const day_range days = made.period.days;
  const auto cut = [&](civil_day day) { made.changes.push_back(day); };
  if (rule.moment == price_moment::each_day)
    for (const auto* versions : {&rule.price, &rule.ceiling, &rule.factor}) versions->cuts(days, cut);
  if (rule.on_change != price_change::price_at_reading) {
    rule.metered.cuts(days, cut);
    // Of the versions that stand on some day.
    const bool all = rule.metered.yearly();
    const int first = all ? 0 : std::max(rule.metered.index_on(days.from), 0);
    const int end = all ? static_cast<int>(rule.metered.size()) : rule.metered.index_on(days.to - 1) + 1;
    for (int i = first; i < end; ++i)
      for (const tier_step& step : rule.metered.at(static_cast<std::size_t>(i)).steps) step.up_to.cuts(days, cut);
  }
  // Usage by days counts in the window of each day.
  if (rule.has_window() && rule.belongs == usage_belongs::by_days)
    for (civil_day next = rule.window.of(days.from).to; next < days.to; next = rule.window.of(next).to) cut(next);
  for (const auto* versions : {&rule.limits.at_least, &rule.limits.at_most, &rule.limits.free}) versions->cuts(days, cut);
  for (const std::int32_t value : rule.read.values) tariff.values[static_cast<std::size_t>(value)].is.cuts(days, cut);
  if (rule.basis == price_basis::year && rule.years == year_count::days_of_that_year && !days.empty())
    for (int year = to_ymd(days.from).year + 1; year <= to_ymd(days.to - 1).year; ++year) cut(*day_from(year, 1, 1));
  std::sort(made.changes.begin(), made.changes.end());
  made.changes.erase(std::unique(made.changes.begin(), made.changes.end()), made.changes.end());
  return made;
}

void cut_days(const fee_period& what, const facts& known, std::uint32_t unit, std::uint32_t account, bool existing,
              day_range base, std::vector<civil_day>& scratch, std::vector<piece>& out) {
  out.clear();
  if (base.empty()) return;
  const attribute_rows& rows = known.unit_rows;
  scratch.clear();
  for (const civil_day day : what.changes)
    if (base.from < day && day < base.to) scratch.push_back(day);
  detail::row_changes(rows, unit, what.rule->read.unit_columns, existing, base, scratch);
  if (account != id_table::none) detail::row_changes(known.account_rows, account, what.rule->read.account_columns, false, base, scratch);
  if (scratch.size() > 1) std::sort(scratch.begin(), scratch.end());
  scratch.push_back(base.to);
  civil_day from = base.from;
  std::size_t month = 0;
  bool changed = true;
  for (const civil_day change : scratch) {
    while (from < change) {
      while (what.period.months[month].to <= from) ++month;
      const civil_day to = std::min(change, what.period.months[month].to);
      const std::int64_t row = existing ? rows.row_on(unit, from) : 0;
      if (!existing || (row >= 0 && from < rows.to[static_cast<std::size_t>(row)])) {
        out.push_back({{from, to}, static_cast<std::int32_t>(month), false, !changed, true, from, nullptr});
        changed = false;
      } else {
        changed = true;
      }
      from = to;
    }
    changed = true;
  }
}

void fill_uncovered_months(const fee_period& what, std::vector<piece>& pieces) {
  if (pieces.empty()) return;
  const std::size_t covered = pieces.size();
  std::size_t next = 0;
  for (std::size_t m = 0; m < what.period.months.size(); ++m) {
    const auto month = static_cast<std::int32_t>(m);
    while (next < covered && pieces[next].month < month) ++next;
    if (next < covered && pieces[next].month == month) continue;
    const day_range days = what.period.months[m];
    civil_day nearest;
    if (next == 0) {
      nearest = pieces[0].days.from;
    } else {
      nearest = pieces[next - 1].days.to - 1;
      // The earlier of two equally near.
      if (next < covered && pieces[next].days.from - (days.to - 1) < days.from - nearest) nearest = pieces[next].days.from;
    }
    pieces.push_back({days, month, true, false, true, nearest, nullptr});
  }
  std::stable_sort(pieces.begin(), pieces.end(), [](const piece& a, const piece& b) { return a.days.from < b.days.from; });
}

void runs_of_month(std::span<const piece> pieces, std::int32_t month, std::vector<day_range>& out) {
  out.clear();
  for (const piece& one : pieces) {
    if (one.month != month) continue;
    if (!out.empty() && out.back().to == one.days.from) out.back().to = one.days.to;
    else out.push_back(one.days);
  }
}

DUES_END
