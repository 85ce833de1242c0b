// SPDX-License-Identifier: Apache-2.0
//
// The rule of a recurring or one-off fee, over number type and recorder: pieces of a period in, one
// exact amount out. It is the only place where an amount arises; bills are loops over it and an
// explanation is one call of it with a recorder.
#pragma once

#include <dues/rating/context.hpp>
#include <dues/rating/pieces.hpp>

DUES_BEGIN

/// A quantity or a price as lines show it: coefficient / 10^scale; scale -1: there is no one that fits.
struct shown_number {
  std::int64_t coefficient = 0;
  std::int8_t scale = -1;
};

/// What the rule finds for one set of pieces.
template <class Int>
struct rated {
  term<Int> amount;  ///< exact, or a sum of rounded months; limits applied where they were asked for
  shown_number quantity, price;  ///< when one of each holds for all pieces
};

/// Usage that belongs to a line, even over its days.
struct usage_span {
  day_range days;
  std::span<const usage_interval> of;
  std::int64_t num = 1, den = 1;  ///< the part of it that belongs
};

/// Scratch space of one worker; no allocation once warm.
template <class Int>
struct rule_scratch {
  std::vector<term<Int>> quantities, prices, amounts;  ///< of each piece
  std::vector<share_of_time> counts;                   ///< of each month
  std::vector<std::int32_t> count_steps;
  std::vector<std::int64_t> covered;                   ///< days of each month
  std::vector<day_range> runs;
  std::vector<usage_span> spans;
  std::vector<term<Int>> usages;                       ///< of each piece and register
  std::vector<term<Int>> limits;                       ///< of steps, on the day that is priced
};

template <class Int, class Recorder>
class fee_rule {
 public:
  fee_rule(const fee_period& what, rating_context<Int, Recorder>& context, Recorder& recorder, rule_scratch<Int>& scratch)
      : what_(what), rule_(*what.rule), context_(context), recorder_(recorder), s_(scratch) {}

  /// @param pieces   covered pieces in order, months that stand in included; not empty
  /// @param limited  whether minimum and maximum apply here (they may apply to each payer instead)
  /// @returns false when the context's failure says why, or on overflow (then `overflowed`)
  bool rate(std::span<const piece> pieces, bool limited, rated<Int>& out);

  /// Minimum and maximum of an amount, after rate() of the same pieces.
  /// @param share  what part of the whole the amount is; limits that are prorated shrink with it
  bool limit(std::span<const piece> pieces, const term<Int>& share, term<Int>& amount);

  /// How much time the pieces count: in units of the price's time, and as a part of the period for limits.
  void times(std::span<const piece> pieces, exact<Int>& of_price, exact<Int>& of_limits);

  /// Rounds to places that the fee declares.
  bool round(term<Int>& value, int places, rounding_mode mode);

  /// After rate() of a fee by steps: what its last window has used.
  const window_use<Int>& window() const noexcept { return window_; }

  bool overflowed = false;

 private:
  // rule_time.hpp
  void count_months(std::span<const piece> pieces);
  term<Int> time_of(const piece& one);
  term<Int> of_month(const piece& one);
  term<Int> covered_days(const piece& one);
  term<Int> part_of_period(const piece& one, std::int64_t all_days);
  // rule_values.hpp
  bool values_of(const piece& one, term<Int>& quantity, term<Int>& price);
  bool price_on(term<Int>& price);
  bool adjust_price(term<Int>& price);
  const expression* standing(const dated_expression& versions) const;
  bool number_of(const expression& what, term<Int>& out, std::string_view below);
  term<Int> amount_of(std::span<const piece> pieces, std::size_t i);
  bool add_up(std::span<const piece> pieces, term<Int>& sum);
  bool bound(std::span<const piece> pieces, const dated_expression& versions, bool least, const term<Int>& share, term<Int>& amount);

  // rule_usage.hpp
  bool rate_usage(std::span<const piece> pieces, rated<Int>& out);
  bool find_spans(std::span<const piece> pieces);
  bool find_usages(std::span<const piece> pieces);
  bool divide_span(std::span<const piece> pieces, const usage_span& span, std::size_t column, const term<Int>& used);
  void add_usage(std::size_t piece, std::size_t column, const term<Int>& used);
  bool take_free(std::span<const piece> pieces);
  const metered_price* metered_price_on(civil_day on);
  bool price_usage(std::size_t piece, civil_day on, term<Int>& price, bool& one_price);
  std::size_t columns() const { return rule_.by_register ? context_.known_facts().tariff->meters[static_cast<std::size_t>(rule_.meter)].registers.size() : 1; }
  civil_day priced_on(std::span<const piece> pieces, std::size_t i) const {
    return rule_.on_change == price_change::price_at_reading ? pieces.back().days.to - 1 : pieces[i].values_on;
  }
  // rule_tiers.hpp
  bool price_tiers(std::span<const piece> pieces);
  bool enter_window(civil_day counted_on);
  bool find_limits(const metered_price& by, civil_day window_from);
  term<Int> slice_of(const tier_step& step, std::size_t k, const term<Int>& before, const term<Int>& used);
  bool price_slice(const tier_step& step, std::size_t piece, const term<Int>& used, const term<Int>& slice, term<Int>& amount, bool& any);
  bool add_flat(const tier_step& step, term<Int>& amount, bool& any);
  bool price_graduated(const metered_price& by, std::size_t piece, const term<Int>& used, term<Int>& amount);
  bool price_package(const metered_price& by, const term<Int>& used, term<Int>& amount);
  bool price_volume(std::span<const piece> pieces, term<Int>& amount);
  // What is noted costs nothing without a recorder: the inputs are only made when there is one.
  template <class Inputs>
  term<Int> noted(exact<Int> value, std::string_view below, std::string_view does, Inputs&& inputs) {
    term<Int> made{std::move(value), -1};
    if constexpr (Recorder::enabled)
      made.step = recorder_.add({rule_.pointer + std::string(below), std::string(does), inputs(), made.value.to_text(), rule_.cites});
    else
      static_cast<void>(below), static_cast<void>(does), static_cast<void>(inputs);
    return made;
  }
  // At a place of the tariff.
  template <class Inputs>
  term<Int> noted_at(exact<Int> value, const std::string& at, std::string_view does, Inputs&& inputs) {
    term<Int> made{std::move(value), -1};
    if constexpr (Recorder::enabled) made.step = recorder_.add({at, std::string(does), inputs(), made.value.to_text(), rule_.cites});
    else static_cast<void>(at), static_cast<void>(does), static_cast<void>(inputs);
    return made;
  }
  using inputs_t = std::vector<step_input>;

  const fee_period& what_;
  const fee& rule_;
  rating_context<Int, Recorder>& context_;
  Recorder& recorder_;
  rule_scratch<Int>& s_;
  window_use<Int> window_;
};

DUES_END

#include <dues/rating/impl/rule_time.hpp>
#include <dues/rating/impl/rule_values.hpp>
#include <dues/rating/impl/rule_usage.hpp>
#include <dues/rating/impl/rule_tiers.hpp>
