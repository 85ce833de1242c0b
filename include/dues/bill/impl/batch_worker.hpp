// SPDX-License-Identifier: Apache-2.0
//
// One thread's part of a run: ranges of accounts and their units in, blocks of lines out, in order.
// Fees are computed a column at a time where that goes, by the rule for one line where not; lines that
// were rated apart are sorted in. Not public.
#pragma once

#include <dues/bill/columns.hpp>
#include <dues/bill/impl/order.hpp>
#include <dues/bill/impl/row_worker.hpp>
#include <dues/rating/column_rule.hpp>

#include <map>
#include <tuple>

DUES_BEGIN

namespace detail {

/// A fee in one period, and how its rows are computed.
struct planned_fee {
  std::size_t fee = 0;
  const fee_period* what = nullptr;
  bool by_columns = false;
  column_rule rule;          ///< when by columns
  std::size_t coverage = 0;  ///< place among those that fees share
};

/// Days and payers that several fees have in common.
struct planned_coverage {
  day_range days;
  std::size_t fee = 0;  ///< one of them: says who pays
  const fee_period* what = nullptr;
  bool reads_account = false;
};

/// What all threads share. Column rules keep scratch space, so each thread copies it.
struct batch_plan {
  std::vector<planned_fee> fees;         ///< empty when all goes by rows
  std::vector<planned_coverage> coverages;
  bool has_subscriptions = false;
  bool by_rows = false;                  ///< few lines for many periods: the rule for one line costs less than its columns
  std::size_t rows = batch_rows;  ///< of a batch

  batch_plan(const run_plan& plan, const sole_payers& payers);
};

class batch_worker {
 public:
  batch_worker(const run_plan& plan, const sole_payers& payers, const batch_plan& batches, const made_lines& apart)
      : plan_(plan), known_(plan.known()), payers_(payers), batches_(batches), apart_(apart), rows_(plan, singles_) {
    amounts_.resize(batches_.fees.size());
    covered_.resize(batches_.coverages.size());
  }

  /// Lines of pairs [first, end) of the run; there is at least one. What they refer to is numbered in `refers`.
  void make(std::size_t first, std::size_t end, line_block& out, line_references& refers);

 private:
  // batch_rows.hpp: which days, which amounts
  void compute(std::size_t count);
  row_state cover_row(const planned_coverage& what, std::size_t i, day_range& days, std::uint32_t& row) const;
  void cover_usual(const planned_coverage& what, batch_coverage& out, std::size_t count);
  void cover(const planned_coverage& what, batch_coverage& out, std::size_t count);
  // batch_lines.hpp: lines in order, column by column
  void order_lines(std::size_t count);
  void order_pair(std::size_t row);
  void add_fee(std::size_t planned, std::size_t row);
  void add_single(const charge_group& group);
  void take_singles(std::size_t from);
  void add_subscriptions(std::size_t fee, std::uint32_t account, std::uint32_t unit);
  bool any_apart(std::size_t count) const;
  void take_apart(std::uint32_t account, std::uint32_t unit, std::int32_t fee);
  void write(line_block& out, line_references& refers);
  void write_rates(line_block& out, line_references& refers);
  void write_shown(run_column<std::int64_t>& numbers, run_column<std::int8_t>& scales, shown_column (column_rule::*get)() const,
                   std::int64_t line::*number, std::int8_t line::*scale);
  template <class T, class OfFee, class OfLine>
  void write_column(run_column<T>& into, OfFee&& of_fee, OfLine&& of_line);
  template <class T, class OfFee, class OfLine>
  void write_by_fee(run_column<T>& into, OfFee&& of_fee, OfLine&& of_line);

  template <class T>
  std::vector<column_reader<T>>& readers_of() {
    return std::get<std::vector<column_reader<T>>>(readers_);
  }
  template <class T>
  std::vector<T>& fixed_of() {
    return std::get<std::vector<T>>(fixed_);
  }

  static constexpr std::uint32_t is_single = 1U << 31;
  static constexpr std::uint32_t row_mask = batch_rows - 1;
  static constexpr int row_bits = 11;
  static_assert(std::size_t{1} << row_bits == batch_rows);
  static std::size_t fee_of(std::uint32_t slot) { return slot >> row_bits; }
  static std::size_t row_of(std::uint32_t slot) { return slot & row_mask; }

  const run_plan& plan_;
  const facts& known_;
  const sole_payers& payers_;
  batch_plan batches_;
  const made_lines& apart_;               ///< lines rated apart, in order
  std::size_t next_apart_ = 0;
  const std::uint32_t* accounts_ = nullptr;  ///< of the rows of the batch
  const std::uint32_t* units_ = nullptr;
  const usual_holding* holdings_ = nullptr;
  std::vector<batch_amounts> amounts_;    ///< of each planned fee
  std::vector<batch_coverage> covered_;
  std::vector<std::uint32_t> others_;     ///< rows that need a closer look
  std::vector<std::uint32_t> order_;      ///< slots: fee and row, or a single line
  std::vector<std::size_t> single_at_;    ///< places of singles in the order
  std::size_t dense_ = 0;                 ///< rows, when every fee has a line in each: then there is no need of an order
  std::size_t lines_ = 0;                 ///< of the batch
  std::size_t rows_in_batch_ = 0;
  std::vector<shown_column> shown_;       ///< of each planned fee
  std::vector<std::array<std::int64_t, batch_rows>> own_numbers_;
  std::vector<std::array<std::int8_t, batch_rows>> own_scales_;
  // Scratch of write_column and write_by_fee, by the type of the column.
  std::tuple<std::vector<column_reader<std::uint32_t>>, std::vector<column_reader<std::int32_t>>, std::vector<column_reader<civil_day>>,
             std::vector<column_reader<std::int64_t>>, std::vector<column_reader<std::int8_t>>> readers_;
  std::tuple<std::vector<std::uint32_t>, std::vector<std::int32_t>, std::vector<civil_day>, std::vector<std::int64_t>, std::vector<std::int8_t>> fixed_;
  std::vector<std::int32_t> rates_;
  made_lines singles_;
  row_worker rows_;
};

inline batch_plan::batch_plan(const run_plan& plan, const sole_payers& payers) {
  const program& tariff = *plan.known().tariff;
  std::size_t planned = 0;
  for (std::size_t f = 0; f < tariff.fees.size(); ++f) {
    if (tariff.fees[f].scope == fee_scope::subscription) has_subscriptions = true;
    else planned += plan.shared(f).size();
  }
  std::map<std::tuple<civil_day, civil_day, civil_day, civil_day, std::size_t, std::size_t, bool>, std::size_t> places;  // of coverages
  constexpr std::size_t always = 64;
  // Where units have had very many holders, most rows of columns would be empty.
  constexpr std::size_t many_holders = 64;
  const bool mostly_empty = planned > always && plan.pairs() / many_holders > plan.known().units.size();
  // One account with one unit, as a host asks again and again: preparing columns would cost more than its lines.
  const bool alone = plan.pairs() <= 1;
  by_rows = plan.narrowed() || alone || planned > std::max(always, plan.pairs()) || mostly_empty;
  for (std::size_t f = 0; f < tariff.fees.size() && !by_rows; ++f) {
    const fee& rule = tariff.fees[f];
    if (rule.scope != fee_scope::unit) continue;
    for (const fee_period& what : plan.shared(f)) {
      planned_fee& made = fees.emplace_back();
      made.fee = f;
      made.what = &what;
      made.by_columns = made.rule.prepare(plan.known(), what);
      const bool reads_account = made.by_columns && made.rule.reads_account();
      const day_range days = intersect(what.period.days, rule.life);
      const auto [at, fresh] = places.try_emplace(std::tuple(what.period.days.from, what.period.days.to, days.from, days.to, what.period.months.size(), payers.kind(f), reads_account), coverages.size());
      made.coverage = at->second;
      if (fresh) coverages.push_back({days, f, &what, reads_account});
    }
  }
  // Many fees and periods: shorter batches stay in the cache.
  constexpr std::size_t most_slots = 8 * batch_rows;
  constexpr std::size_t least_rows = 64;
  if (fees.size() * rows > most_slots) rows = std::max(least_rows, most_slots / fees.size());
}

inline void batch_worker::make(std::size_t first, std::size_t end, line_block& out, line_references& refers) {
  out.clear();
  const run_plan::pair begin{plan_.pair_accounts()[first], plan_.pair_units()[first]};
  next_apart_ = static_cast<std::size_t>(std::lower_bound(apart_.lines.begin(), apart_.lines.end(), begin, [](const line& one, const run_plan::pair& wanted) {
                  return one.account != wanted.account ? one.account + 1 < wanted.account + 1 : one.unit < wanted.unit;
                }) - apart_.lines.begin());
  for (std::size_t at = first; at < end; at += batches_.rows) {
    const std::size_t count = std::min(batches_.rows, end - at);
    accounts_ = plan_.pair_accounts().data() + at;
    units_ = plan_.pair_units().data() + at;
    holdings_ = plan_.pair_holdings().data() + at;
    rows_in_batch_ = count;
    compute(count);
    order_lines(count);
    write(out, refers);
  }
}

}  // namespace detail

DUES_END

#include <dues/bill/impl/batch_lines.hpp>
#include <dues/bill/impl/batch_rows.hpp>
