// SPDX-License-Identifier: Apache-2.0
//
// Bodies of batch_worker that put lines in order and write them. Included by batch_worker.hpp.
#pragma once

#include <dues/bill/impl/batch_worker.hpp>

DUES_BEGIN

namespace detail {

// Single lines from number `from` on come next.
inline void batch_worker::take_singles(std::size_t from) {
  for (std::size_t i = from; i < singles_.lines.size(); ++i) {
    single_at_.push_back(order_.size());
    order_.push_back(is_single | static_cast<std::uint32_t>(i));
  }
}

inline void batch_worker::add_single(const charge_group& group) {
  const std::size_t before = singles_.lines.size();
  rows_.rate(group);
  take_singles(before);
}

// The line of a planned fee in a row, if there is one.
inline void batch_worker::add_fee(std::size_t planned, std::size_t row) {
  const row_state state = amounts_[planned].state[row];
  if (state == row_state::done) order_.push_back(static_cast<std::uint32_t>(planned << row_bits | row));
  else if (state == row_state::single) add_single({batches_.fees[planned].what, units_[row], id_table::none});
}

// Lines of a pair and fee that were rated apart: their references become those of this batch.
inline void batch_worker::take_apart(std::uint32_t account, std::uint32_t unit, std::int32_t fee) {
  const std::size_t before = singles_.lines.size();
  for (; next_apart_ < apart_.lines.size(); ++next_apart_) {
    const line& one = apart_.lines[next_apart_];
    if (one.account != account || one.unit != unit || one.fee != fee) break;
    singles_.lines.push_back(adopted(one, apart_, singles_));
  }
  take_singles(before);
}

// Several subscriptions of one fee: their lines go by date.
inline void batch_worker::add_subscriptions(std::size_t fee, std::uint32_t account, std::uint32_t unit) {
  const std::size_t before = singles_.lines.size();
  const std::size_t place = order_.size();
  for (const subscription& one : known_.subscriptions_of(unit)) {
    if (one.fee != static_cast<std::int32_t>(fee) || !payers_.knows(one)) continue;
    if ((one.account != id_table::none ? one.account : payers_.of(fee, unit)) == account) rows_.rate_subscription(one);
  }
  take_singles(before);
  take_apart(account, unit, static_cast<std::int32_t>(fee));
  const auto by_order = [&](std::uint32_t a, std::uint32_t b) { return before_in_output(singles_.lines[a & ~is_single], singles_.lines[b & ~is_single]); };
  std::sort(order_.begin() + static_cast<std::ptrdiff_t>(place), order_.end(), by_order);
}

inline void batch_worker::order_pair(std::size_t row) {
  const std::uint32_t account = accounts_[row];
  const std::uint32_t unit = units_[row];
  const auto& tariff_fees = known_.tariff->fees;
  std::size_t planned = 0;
  for (std::size_t f = 0; f < tariff_fees.size(); ++f) {
    if (tariff_fees[f].scope == fee_scope::subscription) {
      add_subscriptions(f, account, unit);
      continue;
    }
    if (batches_.by_rows && payers_.of(f, unit) == account)
      for (const fee_period& what : plan_.shared(f)) add_single({&what, unit, id_table::none});
    for (; planned < batches_.fees.size() && batches_.fees[planned].fee == f; ++planned) add_fee(planned, row);
    take_apart(account, unit, static_cast<std::int32_t>(f));
  }
}

inline void batch_worker::order_lines(std::size_t count) {
  order_.clear();
  single_at_.clear();
  // Their rates stay: whoever rates a row remembers where each stands.
  singles_.lines.clear();
  singles_.faults.clear();
  const auto goes_apart = [&](std::size_t row) {
    if (next_apart_ >= apart_.lines.size()) return false;
    const line& next = apart_.lines[next_apart_];
    return next.account == accounts_[row] && next.unit == units_[row];
  };
  const std::size_t fees = batches_.fees.size();
  const bool every_row = std::all_of(amounts_.begin(), amounts_.end(), [count](const batch_amounts& one) { return one.done == count; });
  dense_ = every_row && !batches_.by_rows && !batches_.has_subscriptions && !any_apart(count) ? count : 0;
  lines_ = dense_ * fees;
  if (dense_ != 0) return;
  order_.reserve(fees * count);
  for (std::size_t i = 0; i < count; ++i) {
    if (batches_.by_rows || goes_apart(i) || (batches_.has_subscriptions && !known_.subscriptions_of(units_[i]).empty())) {
      order_pair(i);
      continue;
    }
    for (std::size_t f = 0; f < fees; ++f) add_fee(f, i);
  }
  lines_ = order_.size();
}

// Whether a line that was rated apart belongs among those of the batch.
inline bool batch_worker::any_apart(std::size_t count) const {
  if (next_apart_ >= apart_.lines.size() || count == 0) return false;
  const line& next = apart_.lines[next_apart_];
  const std::uint32_t last = accounts_[count - 1];
  return next.account != last ? next.account < last : next.unit <= units_[count - 1];
}

/// Rows that differ. of_fee(planned fee): a column_reader of its rows; of_line(line).
template <class T, class OfFee, class OfLine>
void batch_worker::write_column(run_column<T>& into, OfFee&& of_fee, OfLine&& of_line) {
  T* const out = into.extend(lines_);
  const std::size_t fees = batches_.fees.size();
  if (dense_ != 0) {
    const column_reader<T> first = of_fee(0);
    bool same = fees > 1;
    for (std::size_t f = 1; f < fees && same; ++f) same = of_fee(f).first == first.first;
    if (same) {
      T* at = out;
      for (std::size_t i = 0; i < dense_; ++i, at += fees) std::fill_n(at, fees, first[i]);
      return;
    }
    for (std::size_t f = 0; f < fees; ++f) {
      const column_reader<T> from = of_fee(f);
      if (fees == 1 && from.step == 1) {
        std::copy_n(from.first, dense_, out);
        continue;
      }
      for (std::size_t i = 0; i < dense_; ++i) out[i * fees + f] = from[i];
    }
    return;
  }
  std::vector<column_reader<T>>& readers = readers_of<T>();
  readers.clear();
  for (std::size_t f = 0; f < fees; ++f) readers.push_back(of_fee(f));
  std::size_t at = 0;
  const auto stretch = [&](std::size_t end) {
    for (; at < end; ++at) out[at] = readers[fee_of(order_[at])][row_of(order_[at])];
  };
  for (const std::size_t single : single_at_) {
    stretch(single);
    out[at++] = of_line(singles_.lines[order_[single] & ~is_single]);
  }
  stretch(order_.size());
}

/// Rows that are the same for a fee: one value where all fees agree. of_fee(planned fee), of_line(line).
template <class T, class OfFee, class OfLine>
void batch_worker::write_by_fee(run_column<T>& into, OfFee&& of_fee, OfLine&& of_line) {
  const std::size_t fees = batches_.fees.size();
  std::vector<T>& fixed = fixed_of<T>();
  fixed.resize(std::max<std::size_t>(fees, 1));
  bool agree = true;
  for (std::size_t f = 0; f < fees; ++f) {
    fixed[f] = of_fee(f);
    agree = agree && fixed[f] == fixed[0];
  }
  if (!agree) return write_column<T>(into, [&](std::size_t f) { return column_reader<T>{&fixed[f], 0}; }, of_line);
  std::size_t at = 0;
  for (const std::size_t single : single_at_) {
    if (at < single) into.add(fixed[0], single - at);
    into.add(of_line(singles_.lines[order_[single] & ~is_single]));
    at = single + 1;
  }
  if (at < lines_) into.add(fixed[0], lines_ - at);
}

// Rates get numbers of the range; faults follow each other.
inline void batch_worker::write_rates(line_block& out, line_references& refers) {
  std::vector<std::int32_t>& of_fees = rates_;
  of_fees.clear();
  for (const planned_fee& one : batches_.fees) {
    const bool has = one.by_columns && one.rule.rate_of_lines();
    of_fees.push_back(has ? rate_finder::add(refers.rates, *one.rule.rate_of_lines()) : -1);
  }
  std::vector<std::int32_t> of_singles;
  for (const tax_rate& rate : singles_.rates) of_singles.push_back(rate_finder::add(refers.rates, rate));
  const auto faults = static_cast<std::int32_t>(refers.faults.size());
  std::move(singles_.faults.begin(), singles_.faults.end(), std::back_inserter(refers.faults));
  write_by_fee(out.rate, [&](std::size_t f) { return of_fees[f]; }, [&](const line& one) { return one.rate < 0 ? -1 : of_singles[static_cast<std::size_t>(one.rate)]; });
  write_by_fee(out.fault, [](std::size_t) { return -1; }, [&](const line& one) { return one.fault < 0 ? -1 : one.fault + faults; });
}

inline void batch_worker::write(line_block& out, line_references& refers) {
  if (lines_ == 0) return;
  const auto& fees = batches_.fees;
  using ids = column_reader<std::uint32_t>;
  using days = column_reader<civil_day>;
  using units = column_reader<std::int64_t>;
  // One line in every row: what was computed for the rows is the column of the lines.
  const bool taken = dense_ != 0 && fees.size() == 1 && out.size() == 0;
  write_column(out.account, [&](std::size_t) { return ids{accounts_, 1}; }, [](const line& one) { return one.account; });
  write_column(out.unit, [&](std::size_t) { return ids{units_, 1}; }, [](const line& one) { return one.unit; });
  write_by_fee(out.fee, [&](std::size_t f) { return static_cast<std::int32_t>(fees[f].fee); }, [](const line& one) { return one.fee; });
  write_by_fee(out.subscription, [](std::size_t) { return id_table::none; }, [](const line& one) { return one.subscription; });
  write_by_fee(out.adjustment, [](std::size_t) { return 0; }, [](const line& one) { return one.adjustment; });
  write_by_fee(out.period, [&](std::size_t f) { return fees[f].what->period.days.from; }, [](const line& one) { return one.period; });
  write_by_fee(out.issue, [&](std::size_t f) { return fees[f].what->period.issue; }, [](const line& one) { return one.issue; });
  write_by_fee(out.due, [&](std::size_t f) { return fees[f].what->period.due; }, [](const line& one) { return one.due; });
  if (taken) out.from.take(covered_[fees[0].coverage].from);
  else write_column(out.from, [&](std::size_t f) { return days{covered_[fees[f].coverage].from.data(), 1}; }, [](const line& one) { return one.from; });
  if (taken) out.to.take(covered_[fees[0].coverage].to);
  else write_column(out.to, [&](std::size_t f) { return days{covered_[fees[f].coverage].to.data(), 1}; }, [](const line& one) { return one.to; });
  if (taken) out.gross.take(amounts_[0].gross);
  else write_column(out.gross, [&](std::size_t f) { return units{amounts_[f].gross.data(), 1}; }, [](const line& one) { return one.gross; });
  // Without a tax there is nothing to write for a row.
  static constexpr std::int64_t nothing = 0;
  const auto write_tax = [&](run_column<std::int64_t>& into, bool (column_rule::*bears)() const noexcept, auto&& of_line) {
    const auto of_fee = [&](std::size_t f) { return fees[f].by_columns && (fees[f].rule.*bears)() ? units{amounts_[f].tax.data(), 1} : units{&nothing, 0}; };
    const bool any = std::any_of(fees.begin(), fees.end(), [&](const planned_fee& one) { return one.by_columns && (one.rule.*bears)(); });
    if (any) write_column(into, of_fee, of_line);
    else write_by_fee(into, [](std::size_t) { return nothing; }, of_line);
  };
  write_tax(out.tax, &column_rule::taxed, [](const line& one) { return one.tax; });
  write_tax(out.added, &column_rule::tax_on_top, [](const line& one) { return one.amount - one.gross; });
  write_rates(out, refers);
  write_shown(out.price, out.price_scale, &column_rule::price, &line::price, &line::price_scale);
  // Last: the price may be of the same rows.
  unset_rows<std::int64_t>* const quantities = taken ? batches_.fees[0].rule.quantity_rows() : nullptr;
  if (quantities == nullptr) return write_shown(out.quantity, out.quantity_scale, &column_rule::quantity, &line::quantity, &line::quantity_scale);
  out.quantity_scale.add(fees[0].rule.quantity().scale, dense_);
  out.quantity.take(*quantities);
}

// Quantities and prices as lines show them.
inline void batch_worker::write_shown(run_column<std::int64_t>& numbers, run_column<std::int8_t>& scales, shown_column (column_rule::*get)() const,
                                      std::int64_t line::*number, std::int8_t line::*scale) {
  shown_.clear();
  bool same = true;
  bool mixed = false;
  for (const planned_fee& one : batches_.fees) {
    shown_.push_back(one.by_columns ? (one.rule.*get)() : shown_column{});
    same = same && shown_.back().step == 0;
    mixed = mixed || shown_.back().shown != nullptr;
  }
  const auto of_line = [&](const line& one) { return one.*number; };
  const auto scale_of_line = [&](const line& one) { return one.*scale; };
  if (same && !mixed) {
    write_by_fee(numbers, [&](std::size_t f) { return *shown_[f].numbers; }, of_line);
    return write_by_fee(scales, [&](std::size_t f) { return shown_[f].scale; }, scale_of_line);
  }
  if (!mixed) {
    write_column(numbers, [&](std::size_t f) { return column_reader<std::int64_t>{shown_[f].numbers, shown_[f].step}; }, of_line);
    return write_by_fee(scales, [&](std::size_t f) { return shown_[f].scale; }, scale_of_line);
  }
  // Rows at scales of their own: brought to them first.
  own_numbers_.resize(batches_.fees.size());
  own_scales_.resize(batches_.fees.size());
  for (std::size_t f = 0; f < batches_.fees.size(); ++f) {
    if (shown_[f].shown == nullptr || amounts_[f].done == 0) continue;  // nothing was computed where nothing is done
    const std::size_t rows = shown_[f].step == 0 ? 1 : rows_in_batch_;
    for (std::size_t i = 0; i < rows; ++i) {
      own_numbers_[f][i] = shown_[f].coefficient(i);
      own_scales_[f][i] = shown_[f].scale_of(i);
    }
  }
  write_column(numbers, [&](std::size_t f) { return column_reader<std::int64_t>{shown_[f].shown == nullptr ? shown_[f].numbers : own_numbers_[f].data(), shown_[f].step}; }, of_line);
  write_column(scales, [&](std::size_t f) { return shown_[f].shown == nullptr ? column_reader<std::int8_t>{&shown_[f].scale, 0} : column_reader<std::int8_t>{own_scales_[f].data(), shown_[f].step}; }, scale_of_line);
}

}  // namespace detail

DUES_END
