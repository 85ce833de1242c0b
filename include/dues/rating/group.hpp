// SPDX-License-Identifier: Apache-2.0
//
// What is rated at once: one fee, one unit, one subject, one nominal period. Out come the lines of
// its payers, which add up to the whole.
#pragma once

#include <dues/rating/payers.hpp>
#include <dues/rating/rule.hpp>

DUES_BEGIN

struct charge_group {
  const fee_period* what = nullptr;
  std::uint32_t unit = 0;
  std::uint32_t subject = id_table::none;  ///< place of the subscription in facts, or none
};

/// One payer's part of a group, rounded.
struct payer_line {
  std::uint32_t account = id_table::none;
  day_range hull;                          ///< first to last day that it pays for
  std::int64_t gross = 0;                  ///< minor units of the currency
  shown_number quantity, price;            ///< when one of each holds for the whole line
  std::int32_t step = -1;                  ///< of an explanation: the step that gave `gross`
};

struct group_lines {
  std::vector<payer_line> lines;    ///< empty when nothing is covered
  std::optional<diagnostic> fault;  ///< then the lines carry it and no amount
};

/// Rates groups, one after another; one worker each thread. Its scratch space is reused.
/// @tparam Recorder  no_trace, or trace for an explanation
template <class Recorder>
class group_rater {
 public:
  group_rater(const facts& known, Recorder& recorder) : known_(known), tariff_(*known.tariff), recorder_(recorder) {}

  /// In 64 bits; where they overflow, once more in 128, then in 256.
  void rate(const charge_group& group, group_lines& out);
  /// The exact amount of a group before rounding and division; nothing when it fails, and `why` says how.
  std::optional<exact256> exact_amount(const charge_group& group, line_failure& why);
  /// The days of the group rated last that an account is charged for; all of them where one pays the
  /// whole. In order, touching days joined.
  std::vector<day_range> charged_days(const charge_group& group, std::uint32_t account) const;
  /// What parts of an account's days come to before limits, each piece of the period spread evenly over its
  /// days; of the group rated last. @param whole  becomes what all its days come to
  /// @returns false when it cannot be computed: `why` says why
  bool weigh_days(const charge_group& group, std::uint32_t account, std::span<const day_range> parts, std::vector<exact256>& weights, exact256& whole, line_failure& why);
  /// What a failure means for a group.
  diagnostic tell(const line_failure& why, const charge_group& group) const;
  /// Of an explanation: leave out what other accounts are rated for on their own.
  void only(std::uint32_t account) { only_ = account; }

 private:
  template <class>
  friend class group_rater;
  enum class outcome : std::uint8_t { done, failed, overflow };

  // group_coverage.hpp
  bool cover(const charge_group& group);
  bool keep_where(const charge_group& group, std::uint32_t account, std::vector<piece>& pieces);
  template <class Int>
  bool keep_where_as(const charge_group& group, std::uint32_t account, std::vector<piece>& pieces, bool& wider);
  void own_pieces(const charge_group& group, std::uint32_t account, const exact128* share_of_all);
  void find_parts(const charge_group& group);
  void list_accounts();
  day_range hull_of(std::span<const piece> pieces) const;
  // group_window.hpp
  std::int64_t first_of_window(const charge_group& group, civil_day from) const;
  bool count_served(const charge_group& group, civil_day from);
  bool begin_window(const charge_group& group);
  template <class Int>
  bool keep_window(const charge_group& group, const fee_rule<Int, Recorder>& rule, std::int64_t units);
  // group_amounts.hpp
  template <class Int>
  outcome rate_again(const charge_group& group, rule_scratch<Int>& scratch, std::size_t steps, group_lines& out);
  template <class Int>
  outcome rate_as(const charge_group& group, rule_scratch<Int>& scratch, group_lines& out);
  template <class Int>
  outcome rate_together(const charge_group& group, rating_context<Int, Recorder>& context, rule_scratch<Int>& scratch, group_lines& out);
  template <class Int>
  outcome rate_each(const charge_group& group, rating_context<Int, Recorder>& context, rule_scratch<Int>& scratch, group_lines& out);
  template <class Int>
  outcome running_total(const charge_group& group, fee_rule<Int, Recorder>& rule, term<Int>& amount);
  template <class Int>
  outcome limit_parts(fee_rule<Int, Recorder>& rule, const fee& of, term<Int>& total);
  template <class Int>
  bool finish(fee_rule<Int, Recorder>& rule, const fee& of, term<Int>& amount, std::int64_t& units);
  bool share_out(const charge_group& group, std::int64_t total, std::int32_t step, group_lines& out);
  // group_faults.hpp
  void fail(const charge_group& group, diagnostic why, bool by_parts, group_lines& out);
  diagnostic overflowed(const charge_group& group) const;

  const subscription* subscribed(const charge_group& group) const {
    return group.subject == id_table::none ? nullptr : &known_.subscriptions[group.subject];
  }
  static bool reads_account(const fee& rule) { return !rule.read.account_columns.empty(); }
  static bool on_one_day(const fee& rule) { return rule.change >= payer_change::whole_at_period_start; }

  const facts& known_;
  const program& tariff_;
  Recorder& recorder_;
  std::uint32_t only_ = id_table::none;
  line_failure failure_;
  day_range base_;
  std::vector<piece> pieces_, own_;  ///< covered days of the group; of one payer
  std::vector<holding> holdings_;
  std::vector<payer_part> parts_;
  std::vector<civil_day> days_;
  rule_scratch<std::int64_t> usual_;
  rule_scratch<int128> wider_;
  rule_scratch<int256> widest_;
  /// Of prices by steps: what the window had used before the line that is rated, and what it has after.
  struct {
    const fee* rule = nullptr;
    std::uint32_t unit = 0;
    std::int64_t next = 0;
    window_use<int256> before, after;
  } window_;
  window_use<int256> carried_;
  std::vector<served_window> served_;
  /// Of running totals: what was due through the period before the next one.
  struct {
    const fee* rule = nullptr;
    std::uint32_t unit = 0, subject = 0;
    std::int64_t next = 0;
    exact256 due;
  } running_;
};

DUES_END

#include <dues/rating/impl/group_amounts.hpp>
#include <dues/rating/impl/group_coverage.hpp>
#include <dues/rating/impl/group_faults.hpp>
#include <dues/rating/impl/group_window.hpp>
