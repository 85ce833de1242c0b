// SPDX-License-Identifier: Apache-2.0
//
// The rule of a recurring or one-off fee, over number type and recorder: pieces of a period in, one
// exact amount out. It is the only place where an amount arises; bills are loops over it and an
// explanation is one call of it with a recorder.
#pragma once

#include <dues/rating/context.hpp>
#include <dues/rating/pieces.hpp>

DUES_BEGIN

/// What the rule finds for one set of pieces.
template <class Int>
struct rated {
  exact<Int> amount;                   ///< exact, or sum of rounded months; limits applied
  std::optional<decimal> quantity, price;  ///< when one of each holds for all pieces
  exact<Int> time;                     ///< what the pieces count, in units of the price
};

/// Scratch space of one worker; no allocation once warm.
template <class Int>
struct rule_scratch {
  std::vector<exact<Int>> quantities, prices, amounts;
  std::vector<share_of_time> times;
  std::vector<day_range> runs;
  std::vector<share_of_time> counts;   ///< of each month
  std::vector<std::int64_t> covered;   ///< days of each month
};

template <class Int, class Recorder>
class fee_rule {
 public:
  fee_rule(const fee_period& what, rating_context<Int, Recorder>& context, Recorder& recorder, rule_scratch<Int>& scratch)
      : what_(what), rule_(*what.rule), context_(context), recorder_(recorder), s_(scratch) {}

  /// @param pieces     covered pieces in order, months that stand in included
  /// @param limited    whether minimum and maximum apply here (they may apply to each payer instead)
  /// @returns false when the context's failure says why, or on overflow (then `overflowed`)
  bool rate(std::span<const piece> pieces, bool limited, rated<Int>& out);

  /// Minimum and maximum on an amount; `share` is the part of the whole that the amount is.
  bool limit(std::span<const piece> pieces, const exact<Int>& share, exact<Int>& amount);

  bool overflowed = false;

 private:
  void count_months(std::span<const piece> pieces);
  share_of_time time_of(const piece& one) const;
  /// What part of the whole period a piece is, for limits.
  share_of_time part_of_period(const piece& one, std::int64_t all_days) const;
  bool values_of(const piece& one, exact<Int>& quantity, exact<Int>& price);
  bool price_on(exact<Int>& price);
  bool dated_number(const dated_expression& versions, std::optional<exact<Int>>& out);
  bool round(exact<Int>& value, int places, rounding_mode mode);
  exact<Int> amount_of(std::span<const piece> pieces, std::size_t i);
  bool bound(std::span<const piece> pieces, const dated_expression& versions, bool least, const exact<Int>& share, exact<Int>& amount);
  std::string note(std::string does, std::initializer_list<step_input> inputs, const exact<Int>& value, std::string at);

  const fee_period& what_;
  const fee& rule_;
  rating_context<Int, Recorder>& context_;
  Recorder& recorder_;
  rule_scratch<Int>& s_;
};

DUES_END

#include <dues/rating/impl/rule_time.hpp>
#include <dues/rating/impl/rule_values.hpp>
