// SPDX-License-Identifier: Apache-2.0
//
// A fee in one period for many units at once, where one payer holds a unit and nothing changes over the
// days that he pays for. Time is counted by the rule for one line (rule.hpp); the product, its limits
// and its rounding are done by columns. Rows that do not fit are left to the rule. Not public.
#pragma once

#include <dues/rating/column_expression.hpp>
#include <dues/rating/rule.hpp>
#include <dues/tax/tax.hpp>
#include <dues/value/fixed_divisor.hpp>

#include <array>

DUES_BEGIN

namespace detail {

enum class row_state : std::uint8_t {
  none,    ///< no line
  done,    ///< computed
  single   ///< has one payer, and goes to the rule for one line
};

/// Which days of a period each row of a batch pays for. Fees with the same payers and days share it.
struct batch_coverage {
  std::size_t done = 0;  ///< rows that are
  std::array<row_state, batch_rows> state;
  std::vector<std::uint32_t> parts;  ///< rows that are done, and pay for a part of the period only
  unset_rows<civil_day> from, to;
  std::array<std::uint32_t, batch_rows> unit_row;
  std::array<std::int64_t, batch_rows> account_row;
};

/// What a fee comes to, row by row. Read where `state` is done.
struct batch_amounts {
  std::size_t done = 0;  ///< rows that are
  std::array<row_state, batch_rows> state;
  unset_rows<std::int64_t> gross, tax;
};

class column_rule {
 public:
  /// @returns whether columns can do it; else every row goes to the rule for one line
  bool prepare(const facts& known, const fee_period& what);
  void rate(const batch_facts& batch, const batch_coverage& covered, batch_amounts& out);

  bool reads_account() const noexcept { return columns_->reads_account(); }
  bool taxed() const noexcept { return tax_.any; }
  bool tax_on_top() const noexcept { return tax_.on_top; }
  /// The rate that stands on the lines, where one does.
  const std::optional<tax_rate>& rate_of_lines() const noexcept { return tax_.rate; }
  /// After rate(), until it is called again.
  unset_rows<std::int64_t>* quantity_rows() { return quantity_ < 0 ? nullptr : columns_->rows(quantity_); }
  shown_column quantity() const { return quantity_ < 0 ? shown_column{} : columns_->shown_as(quantity_); }
  shown_column price() const { return price_ < 0 ? shown_column{} : columns_->shown_as(price_); }

 private:
  struct time_ratio {
    std::int64_t num = 1, den = 1;            ///< of the price's unit of time
    std::int64_t limit_num = 1, limit_den = 1;///< of the period, for limits
    std::int64_t grow = 0, divisor = 0;       ///< units = round(product x grow / divisor); 0: 64 bits do not hold them
    fixed_divisor by;                         ///< the same divisor, where the fee rounds half up
    std::int64_t least = std::numeric_limits<std::int64_t>::min();  ///< limits that are one for all rows, in minor units
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    bool fits = false;
  };
  struct kept_time {
    civil_day from, to;
    time_ratio time;
  };
  struct tax_columns {
    bool any = false, on_top = false;
    std::optional<tax_rate> rate;
    std::int64_t times = 0, divisor = 0;  ///< tax = round(gross x times / divisor) x step; inside, what is left is the tax
    std::int64_t step = 1;                ///< of the places that it is rounded to, in minor units
    fixed_divisor by;
    rounding_mode mode = rounding_mode::half_up;
  };

  bool prepare_values(const facts& known);
  bool prepare_tax(const program& tariff);
  bool prepare_discounts(const program& tariff);
  std::int32_t standing(const dated_expression& versions, bool& missing);
  time_ratio count_time(std::span<const piece> pieces) const;
  bool fix_limit(std::int32_t limit, const time_ratio& time, std::int64_t& units) const;
  const time_ratio& time_over(day_range days);
  void whole_rows(std::size_t count, std::int64_t* out) const;
  bool finish_row(std::size_t row, const time_ratio& time, std::int64_t& out) const;
  bool limit_row(std::size_t row, const time_ratio& time, std::int32_t limit, bool least, int128& num, int128& den) const;
  bool to_minor_units(std::int64_t& units) const;
  bool tax_row(std::int64_t gross, std::int64_t& tax) const;
  void tax_rows(std::size_t count, batch_amounts& out) const;

  const fee_period* what_ = nullptr;
  const fee* rule_ = nullptr;
  const facts* known_ = nullptr;
  std::optional<column_expressions> columns_;
  civil_day day_;                       ///< any day of the period: nothing changes in it
  std::int32_t where_ = -1, quantity_ = -1, price_ = -1, at_least_ = -1, at_most_ = -1;
  std::int32_t product_ = -1;           ///< x constant_: quantity x price
  std::int64_t constant_ = 1;
  int constant_scale_ = 0;
  std::vector<std::array<std::int32_t, 2>> excluding_;  ///< of each discount, conditions of which one must not hold
  int minor_units_ = 2;
  time_ratio whole_;
  bool limited_ = false;                ///< by limits that differ from row to row
  bool proved_ = false;                 ///< bounds exclude an overflow of a whole row
  bool divided_fixed_ = false;          ///< and `by` divides every one
  std::array<kept_time, 64> times_{};   ///< of parts of the month, by their days
  tax_columns tax_;
};

}  // namespace detail

DUES_END

#include <dues/rating/impl/column_rule_prepare.hpp>
#include <dues/rating/impl/column_rule_rate.hpp>
