// SPDX-License-Identifier: Apache-2.0
//
// Bodies of batch_worker that find days and amounts. Included by batch_worker.hpp.
#pragma once

#include <dues/bill/impl/batch_worker.hpp>

#include <numeric>

DUES_BEGIN

namespace detail {

/// The row of attributes that holds from `days.from` on, while nothing changes before `days.to`.
struct steady_row {
  std::int64_t row = -1;  ///< -1: there is none yet
  bool steady = true;
};

inline steady_row row_over(const attribute_rows& rows, std::uint32_t id, day_range days) {
  const std::uint32_t first = rows.begin[id];
  const std::uint32_t end = rows.begin[id + 1];
  if (end - first == 1) {  // mostly one
    if (rows.from[first] <= days.from) return {first, true};
    return {-1, !(rows.from[first] < days.to)};
  }
  if (first == end) return {};
  const std::int64_t row = rows.row_on(id, days.from);
  const auto next = row < 0 ? first : static_cast<std::uint32_t>(row) + 1;
  return {row, next == end || !(rows.from[next] < days.to)};
}

/// Finds what a row pays for. The usual row - one holder, and the latest attributes hold - is told without a search.
/// @returns none, single or done; then days and row are set
inline row_state batch_worker::cover_row(const planned_coverage& what, std::size_t i, day_range& days, std::uint32_t& row) const {
  const attribute_rows& rows = known_.unit_rows;
  const std::uint32_t unit = units_[i];
  if (payers_.of(what.fee, unit) != accounts_[i]) return row_state::none;
  days = {std::max(what.days.from, known_.first_tenure[unit]), what.days.to};
  if (days.empty()) return row_state::none;
  const std::uint32_t first = rows.begin[unit];
  row = rows.begin[unit + 1] - 1;
  if (!(rows.from[row] <= days.from)) {
    // A unit with one row exists from its first day to its last.
    if (row == first) {
      days.from = rows.from[row];
    } else {
      const steady_row found = row_over(rows, unit, days);
      if (found.row < 0 || !found.steady) return row_state::single;
      row = static_cast<std::uint32_t>(found.row);
    }
  }
  days.to = std::min(days.to, rows.to[row]);
  if (days.empty()) return row == first && rows.begin[unit + 1] - first == 1 ? row_state::none : row_state::single;
  return row_state::done;
}

// Rows that are as most are, in one pass without a call. The others are listed.
inline void batch_worker::cover_usual(const planned_coverage& what, batch_coverage& out, std::size_t count) {
  others_.resize(count);
  if (!payers_.usual_pays(what.fee)) {
    std::iota(others_.begin(), others_.end(), 0U);
    return;
  }
  out.parts.resize(count);
  const usual_holding* const holdings = holdings_;
  std::fill_n(out.state.begin(), count, row_state::done);
  // By number: the greater of two days is a register, not a choice between two places.
  const std::int32_t base_from = what.days.from.days;
  const std::int32_t base_to = what.days.to.days;
  const std::int32_t period_from = what.what->period.days.from.days;
  const std::int32_t period_to = what.what->period.days.to.days;
  std::uint32_t* const out_row = out.unit_row.data();
  civil_day* const out_from = out.from.data();
  civil_day* const out_to = out.to.data();
  // Rows are listed without a branch: which of them are parts cannot be foretold.
  std::uint32_t* part = out.parts.data();
  std::uint32_t* other = others_.data();
  for (std::size_t i = 0; i < count; ++i) {
    const usual_holding& held = holdings[i];
    const std::int32_t since = held.from.days;
    const std::int32_t until = held.to.days;
    const std::int32_t from = since > base_from ? since : base_from;
    const std::int32_t to = until < base_to ? until : base_to;
    out_row[i] = held.row & ~usual_holding::has_earlier;
    out_from[i].days = from;
    out_to[i].days = to;
    const bool latest_holds = ((held.row & usual_holding::has_earlier) == 0) | (since <= base_from);
    const bool usual = (from < to) & latest_holds;
    const bool whole = (from == period_from) & (to == period_to);
    *part = *other = static_cast<std::uint32_t>(i);
    part += (usual & !whole) ? 1 : 0;
    other += usual ? 0 : 1;
  }
  out.parts.resize(static_cast<std::size_t>(part - out.parts.data()));
  others_.resize(static_cast<std::size_t>(other - others_.data()));
}

inline void batch_worker::cover(const planned_coverage& what, batch_coverage& out, std::size_t count) {
  const nominal_period& period = what.what->period;
  out.parts.clear();
  out.from.renew(count);
  out.to.renew(count);
  cover_usual(what, out, count);
  for (const std::uint32_t i : others_) {
    day_range days;
    std::uint32_t row = 0;
    out.state[i] = cover_row(what, i, days, row);
    out.unit_row[i] = row;
    out.from[i] = days.from;
    out.to[i] = days.to;
    if (out.state[i] == row_state::done && (days.from != period.days.from || days.to != period.days.to)) out.parts.push_back(i);
  }
  // A part of several months is more than columns can count.
  if (period.months.size() != 1) {
    for (const std::uint32_t i : out.parts) out.state[i] = row_state::single;
    out.parts.clear();
  }
  if (what.reads_account) {
    for (std::size_t i = 0; i < count; ++i) {
      out.account_row[i] = -1;
      if (out.state[i] != row_state::done) continue;
      const steady_row found = row_over(known_.account_rows, accounts_[i], {out.from[i], out.to[i]});
      if (!found.steady) out.state[i] = row_state::single;
      out.account_row[i] = found.row;
    }
  }
  out.done = count;
  if (!others_.empty() || what.reads_account || period.months.size() != 1)
    out.done = static_cast<std::size_t>(std::count(out.state.begin(), out.state.begin() + static_cast<std::ptrdiff_t>(count), row_state::done));
}

inline void batch_worker::compute(std::size_t count) {
  for (std::size_t k = 0; k < covered_.size(); ++k) cover(batches_.coverages[k], covered_[k], count);
  for (std::size_t f = 0; f < batches_.fees.size(); ++f) {
    planned_fee& fee = batches_.fees[f];
    const batch_coverage& covered = covered_[fee.coverage];
    if (fee.by_columns) {
      fee.rule.rate({count, covered.unit_row.data(), covered.account_row.data()}, covered, amounts_[f]);
      continue;
    }
    amounts_[f].done = 0;
    for (std::size_t i = 0; i < count; ++i) amounts_[f].state[i] = covered.state[i] == row_state::none ? row_state::none : row_state::single;
  }
}

}  // namespace detail

DUES_END
