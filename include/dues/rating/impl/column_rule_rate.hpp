// SPDX-License-Identifier: Apache-2.0
//
// Amounts of a batch. Included by column_rule.hpp.
#pragma once

#include <dues/rating/column_rule.hpp>

#include <cstring>
#include <utility>

DUES_BEGIN

namespace detail {

// From the places that the fee rounds to, to the currency's.
inline bool column_rule::to_minor_units(std::int64_t& units) const {
  if (rule_->places < minor_units_) return !mul_overflows(units, pow10<std::int64_t>(minor_units_ - rule_->places), units);
  if (rule_->places > minor_units_) units = divide_rounded<std::int64_t>(units, pow10<std::int64_t>(rule_->places - minor_units_), rule_->mode);
  return true;
}

// Lifts or lowers num / den to a limit. @returns false when it does not fit
inline bool column_rule::limit_row(std::size_t row, const time_ratio& time, std::int32_t limit, bool least, int128& num, int128& den) const {
  int128 limit_num;
  int128 limit_den = int128(time.limit_den);
  int128 left;
  int128 right;
  if (mul_overflows(int128(columns_->number(limit, row)), int128(time.limit_num), limit_num) ||
      mul_overflows(limit_den, pow10_128(columns_->scale(limit)), limit_den) || mul_overflows(num, limit_den, left) || mul_overflows(limit_num, den, right))
    return false;
  if (least ? left < right : right < left) {
    num = limit_num;
    den = limit_den;
  }
  return true;
}

// One row with everything checked: a part of a month, a limit, or numbers that may not fit.
inline bool column_rule::finish_row(std::size_t row, const time_ratio& time, std::int64_t& out) const {
  if (!time.fits) return false;
  if (!limited_ && time.divisor != 0) {
    std::int64_t small = 0;
    if (!mul_overflows(columns_->number(product_, row), time.grow, small)) {
      const bool fixed = time.by.usable() && magnitude(small) <= fixed_divisor::most_number;
      out = fixed ? time.by.half_up(small) : divide_rounded<std::int64_t>(small, time.divisor, rule_->mode);
      const bool fits = to_minor_units(out);
      out = std::min(std::max(out, time.least), time.most);
      return fits;
    }
  }
  int128 num;
  int128 den = int128(time.den);
  if (mul_overflows(int128(columns_->number(product_, row)), int128(constant_), num) || mul_overflows(num, int128(time.num), num) ||
      mul_overflows(den, pow10_128(columns_->scale(product_) + constant_scale_), den))
    return false;
  if (at_least_ >= 0 && !limit_row(row, time, at_least_, true, num, den)) return false;
  if (at_most_ >= 0 && !limit_row(row, time, at_most_, false, num, den)) return false;
  if (mul_overflows(num, pow10_128(rule_->places), num)) return false;
  const std::optional<std::int64_t> small_num = to_int64(num);
  const std::optional<std::int64_t> small_den = to_int64(den);
  const auto units = small_num && small_den ? std::optional(divide_rounded<std::int64_t>(*small_num, *small_den, rule_->mode)) : to_int64(divide_rounded<int128>(num, den, rule_->mode));
  if (!units) return false;
  out = *units;
  return to_minor_units(out);
}

inline bool column_rule::tax_row(std::int64_t gross, std::int64_t& tax) const {
  std::int64_t num = 0;
  if (mul_overflows(gross, tax_.times, num)) return false;
  const std::int64_t part = divide_rounded<std::int64_t>(num, tax_.divisor, tax_.mode) * tax_.step;
  tax = tax_.on_top ? part : gross - part;
  std::int64_t amount = 0;
  return !tax_.on_top || !add_overflows(gross, tax, amount);
}

inline void column_rule::tax_rows(std::size_t count, batch_amounts& out) const {
  out.tax.renew(count);
  if (tax_.mode == rounding_mode::half_up && tax_.by.usable()) {
    // Amounts of which no product overflows, as nearly always.
    const std::int64_t most = largest_number / std::max<std::int64_t>(tax_.times, 1) / 2;
    bool small = true;
    for (std::size_t i = 0; i < count; ++i) small = small & (out.state[i] != row_state::done || (out.gross[i] <= most && out.gross[i] >= -most));
    if (small) {
      const fixed_divisor by = tax_.by;
      const std::int64_t times = tax_.times;
      for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t gross = out.state[i] == row_state::done ? out.gross[i] : 0;
        const std::int64_t part = by.half_up(gross * times) * tax_.step;
        out.tax[i] = tax_.on_top ? part : gross - part;
      }
      return;
    }
  }
  for (std::size_t i = 0; i < count; ++i)
    if (out.state[i] == row_state::done && !tax_row(out.gross[i], out.tax[i])) {
      out.state[i] = row_state::single;
      --out.done;
    }
}

inline void column_rule::rate(const batch_facts& batch, const batch_coverage& covered, batch_amounts& out) {
  const std::size_t count = batch.count;
  std::copy_n(covered.state.begin(), count, out.state.begin());
  out.done = covered.done;
  if (covered.done == 0) return;
  out.gross.renew(count);
  std::array<std::uint8_t, batch_rows> bad;
  std::fill_n(bad.begin(), count, std::uint8_t{0});
  const auto leave = [&](std::size_t i, row_state state) {
    if (out.state[i] != row_state::done) return;
    out.state[i] = state;
    --out.done;
  };
  const auto leave_bad = [&] {
    if (std::memchr(bad.data(), 1, count) == nullptr) return;
    for (std::size_t i = 0; i < count; ++i)
      if (bad[i] != 0) leave(i, row_state::single);
    std::fill_n(bad.begin(), count, std::uint8_t{0});
  };
  if (where_ >= 0) {
    columns_->run(where_, batch, bad.data());
    leave_bad();
    for (std::size_t i = 0; i < count; ++i)
      if (columns_->word(where_, i) == 0) leave(i, row_state::none);
  }
  for (const auto& conditions : excluding_) {
    std::array<std::uint8_t, batch_rows> excluded;
    std::fill_n(excluded.begin(), count, std::uint8_t{0});
    for (const std::int32_t condition : conditions) {
      if (condition < 0) continue;
      columns_->run(condition, batch, bad.data());
      for (std::size_t i = 0; i < count; ++i)
        if (std::exchange(bad[i], std::uint8_t{0}) == 0 && columns_->word(condition, i) == 0) excluded[i] = 1;
    }
    for (std::size_t i = 0; i < count; ++i)
      if (excluded[i] == 0) leave(i, row_state::single);
  }
  columns_->run(product_, batch, bad.data());
  if (at_least_ >= 0) columns_->run(at_least_, batch, bad.data());
  if (at_most_ >= 0) columns_->run(at_most_, batch, bad.data());
  leave_bad();

  if (proved_ && !limited_) {
    whole_rows(count, out.gross.data());
    if (rule_->places != minor_units_)
      for (std::size_t i = 0; i < count; ++i)
        if (!to_minor_units(out.gross[i])) leave(i, row_state::single);
    if (at_least_ >= 0 || at_most_ >= 0)
      for (std::size_t i = 0; i < count; ++i) out.gross[i] = std::min(std::max(out.gross[i], whole_.least), whole_.most);
  } else {
    for (std::size_t i = 0; i < count; ++i)
      if (out.state[i] == row_state::done && !finish_row(i, whole_, out.gross[i])) leave(i, row_state::single);
  }
  for (const std::uint32_t i : covered.parts)
    if (out.state[i] == row_state::done && !finish_row(i, time_over({covered.from[i], covered.to[i]}), out.gross[i])) leave(i, row_state::single);
  if (!tax_.any) return;
  tax_rows(count, out);
}

// Every row as if it paid for the whole period: no branch, no check.
inline void column_rule::whole_rows(std::size_t count, std::int64_t* out) const {
  const auto product = column_reader<std::int64_t>{columns_->numbers(product_), columns_->constant(product_) ? 0U : 1U};
  const std::int64_t grow = whole_.grow;
  if (whole_.divisor == 1) {
    for (std::size_t i = 0; i < count; ++i) out[i] = product[i] * grow;
    return;
  }
  if (divided_fixed_) {
    const fixed_divisor by = whole_.by;
    for (std::size_t i = 0; i < count; ++i) out[i] = by.half_up(product[i] * grow);
    return;
  }
  const std::int64_t divisor = whole_.divisor;
  const rounding_mode mode = rule_->mode;
  for (std::size_t i = 0; i < count; ++i) out[i] = divide_rounded<std::int64_t>(product[i] * grow, divisor, mode);
}

}  // namespace detail

DUES_END
