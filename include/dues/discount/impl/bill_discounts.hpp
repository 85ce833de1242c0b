// SPDX-License-Identifier: Apache-2.0
//
// Discounts over the lines of one bill, in their order: what each would give, the best of a group, the
// caps, and then the tax on what is left. Lines stand in a block and are changed there. What the plan
// settles is computed in minor units; all else, and every line of an explanation, exactly. Not public.
#pragma once

#include <dues/bill/columns.hpp>
#include <dues/discount/impl/block_conditions.hpp>
#include <dues/discount/impl/holding_days.hpp>
#include <dues/tax/plain_tax.hpp>
#include <dues/tax/tax.hpp>
#include <dues/value/split.hpp>

#include <map>
#include <numeric>
#include <tuple>

DUES_BEGIN

namespace detail {

/// One thread at a time; its scratch space is used again.
class bill_discounts {
 public:
  bill_discounts(const facts& known, const discount_plan& plan) : known_(known), tariff_(*known.tariff), plan_(plan), days_(known), asked_(known, plan) {}

  /// Bills of this block come next. @param rates  that its lines refer to; they stay where they are
  void open(line_block& block, std::span<const tax_rate> rates, std::vector<diagnostic>& faults);
  /// Lowers the lines of one bill and taxes them anew. A line that cannot be computed gets a fault.
  /// @param rows     of the block, in the order of lines
  /// @param granted  gets what is granted, by line, then in the order of work; `line` is the row
  /// @param prepaid  empty, or of each of the rows
  void lower(std::span<const std::uint32_t> rows, std::vector<granted_discount>& granted, prepaid_lines prepaid = {});

  /// What became of every discount of the row, noted by the next lower().
  void note(std::size_t of_line) { noted_line_ = of_line; }
  const std::vector<discount_note>& notes() const noexcept { return notes_; }

 private:
  /// What one discount would take off each line.
  struct proposal {
    std::int32_t discount = -1;
    std::vector<std::int64_t> amounts;
    std::int64_t total = 0;
    discount_note note;
  };
  enum class quick : std::uint8_t { no, yes, ask };

  std::size_t count() const noexcept { return rows_.size(); }
  std::int32_t fee_of(std::size_t i) const { return block_->fee[rows_[i]]; }
  line full(std::size_t i) const { return block_->at(rows_[i]); }
  int months_paid(std::size_t i) const { return prepaid_.empty() ? 0 : prepaid_[i].months; }
  bool is_gift(std::size_t i) const { return !prepaid_.empty() && prepaid_[i].gift; }
  /// Whether the discount is for lines like this: a gift month is for what gives free months alone.
  bool reaches(const planned_discount& one, std::size_t i) const {
    return one.reaches[fees_[i]] != 0 && is_gift(i) == one.free;
  }
  bool reaches(const std::vector<std::int32_t>& fees, std::size_t i) const {
    return fees_[i] < tariff_.fees.size() && (fees.empty() || std::binary_search(fees.begin(), fees.end(), fee_of(i)));
  }
  const planned_discount& planned(std::int32_t discount) const { return plan_.discounts[static_cast<std::size_t>(discount)]; }
  std::int64_t gross_of(const std::vector<std::int32_t>& fees) const;
  lowered_line money_of(const line& at, std::size_t i, std::int64_t bill_gross) const;
  // bill_discounts_offers.hpp
  quick holds(const planned_condition& what, std::size_t i, std::int64_t bill_gross) const;
  quick in_window(const discount& one, std::size_t i) const;
  quick by_facts(const planned_discount& one, std::size_t i) const;
  quick ask_quickly(const planned_discount& one, std::size_t i, std::int64_t bill_gross) const;
  std::optional<std::int64_t> bill_gross(const planned_discount& one);
  std::optional<std::int64_t> rounded(const exact256& amount, const section_rounding& how) const;
  std::optional<std::int64_t> cap_of(const plain_cap& plain, const discount_cap& cap, std::int64_t gross, civil_day on);
  bool propose(std::int32_t discount, proposal& out);
  void propose_exactly(const planned_discount& planned, std::size_t i, std::int64_t bill_gross, proposal& out);
  bool propose_free_months(const discount& one, proposal& out);
  bool propose_once(const planned_discount& planned, proposal& out);
  bool spread(std::int64_t total, std::int64_t left);
  bool cap(const planned_discount& planned, proposal& out);
  void take(const proposal& made);
  void keep_note(const proposal& made, discount_note::outcome unless_granted);
  bool work_group(const discount_group& group);
  // bill_discounts_limits.hpp
  bool limit_all();
  void cut(const discount_limit& limit, std::vector<std::int64_t>& over);
  // bill_discounts_tax.hpp
  bool tax(std::size_t i, std::span<const granted_discount> of_line);
  bool tax_exactly(std::size_t i, std::int64_t left, std::int64_t base);
  void refuse(std::size_t i, diagnostic why);
  bool work();
  diagnostic too_large(std::size_t i, const std::string& pointer) const;
  void overflowed(std::size_t i, const std::string& pointer) { failed_.emplace_back(i, too_large(i, pointer)); }

  const facts& known_;
  const program& tariff_;
  const discount_plan& plan_;
  no_trace silent_;
  discount_days days_;
  block_conditions asked_;
  line_block* block_ = nullptr;
  std::span<const tax_rate> rates_;
  std::vector<diagnostic>* faults_ = nullptr;
  std::vector<plain_tax> taxes_;          ///< by rate, where it is computed by the line
  std::span<const std::uint32_t> rows_;   ///< of the bill; lines are numbered by their place here
  prepaid_lines prepaid_;                 ///< empty, or of each line
  std::vector<std::uint32_t> fees_;       ///< of the lines; past the last where one takes no part: it has a fault, or is not above nothing
  std::vector<std::int64_t> gross_, remaining_;
  std::vector<granted_discount> granted_; ///< in the order of work
  std::vector<std::uint32_t> begins_;     ///< of what is granted to each line, when it goes by line
  std::vector<granted_discount> by_line_;
  std::vector<std::pair<std::size_t, diagnostic>> failed_;  ///< lines that could not be computed
  proposal made_;
  std::vector<proposal> offers_;          ///< of a group
  std::vector<std::size_t> reached_;      ///< lines that one amount for all reaches
  std::vector<exact256> reached_days_;    ///< what part of each it reaches, where any was asked exactly
  exact256 once_;                         ///< what is given once for them, when the plan does not know it
  std::vector<std::int64_t> weights_, parts_;
  std::vector<std::int64_t> over_;
  mutable std::vector<day_range> fact_days_;
  std::size_t noted_line_ = SIZE_MAX;
  std::vector<discount_note> notes_;
};

inline void bill_discounts::open(line_block& block, std::span<const tax_rate> rates, std::vector<diagnostic>& faults) {
  block_ = &block;
  faults_ = &faults;
  asked_.open(block);
  for (std::size_t r = 0; r < rates.size(); ++r) {
    if (r >= taxes_.size()) taxes_.emplace_back();
    const tax_rule& by = tariff_.taxes[static_cast<std::size_t>(rates[r].tax)];
    const bool by_line = rates[r].rate && by.scope == tax_scope::per_line && by.moment != tax_moment::service_days;
    taxes_[r] = by_line ? plain_tax(by, *rates[r].rate, tariff_.minor_units) : plain_tax();
  }
  rates_ = rates;
}

inline std::int64_t bill_discounts::gross_of(const std::vector<std::int32_t>& fees) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < count(); ++i)
    if (reaches(fees, i)) sum += gross_[i];
  return sum;
}

inline lowered_line bill_discounts::money_of(const line& at, std::size_t i, std::int64_t bill_gross) const {
  return {gross_[i], remaining_[i], bill_gross, at.quantity, at.quantity_scale};
}

// An amount of a line that does not fit.
inline diagnostic bill_discounts::too_large(std::size_t i, const std::string& pointer) const {
  return make_diagnostic("R104", pointer, {{"fee", tariff_.fees[static_cast<std::size_t>(fee_of(i))].id}, {"unit", std::string(known_.units.at(block_->unit[rows_[i]]))}});
}

inline void bill_discounts::take(const proposal& made) {
  if (made.total != 0)
    for (std::size_t i = 0; i < count(); ++i) {
      if (made.amounts[i] == 0) continue;
      remaining_[i] -= made.amounts[i];
      granted_.push_back({static_cast<std::uint32_t>(i), made.discount, made.amounts[i]});
    }
  keep_note(made, discount_note::outcome::nothing_left);
}

// What became of it at the noted line; it held there and nothing is granted: `unless_granted` says why.
inline void bill_discounts::keep_note(const proposal& made, discount_note::outcome unless_granted) {
  if (noted_line_ >= count() || !reaches(planned(made.discount), noted_line_)) return;
  discount_note& noted = notes_.emplace_back(made.note);
  const bool taken = unless_granted != discount_note::outcome::outdone;
  if (taken) noted.amount = made.amounts[noted_line_];
  if (noted.what == discount_note::outcome::granted && noted.amount == 0) noted.what = unless_granted;
}

// The member that grants most, given what came before, over the bill or line by line; the first wins a tie.
inline bool bill_discounts::work_group(const discount_group& group) {
  if (offers_.size() < group.members.size()) offers_.resize(group.members.size());
  const auto offers = std::span(offers_).first(group.members.size());
  for (std::size_t k = 0; k < offers.size(); ++k)
    if (!propose(group.members[k], offers[k])) return false;
  if (group.compared == group_comparison::bill) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < offers.size(); ++k)
      if (offers[k].total > offers[best].total) best = k;
    for (std::size_t k = 0; k < offers.size(); ++k)
      if (k == best) take(offers[k]);
      else keep_note(offers[k], discount_note::outcome::outdone);
    return true;
  }
  for (std::size_t i = 0; i < count(); ++i) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < offers.size(); ++k)
      if (offers[k].amounts[i] > offers[best].amounts[i]) best = k;
    for (std::size_t k = 0; k < offers.size(); ++k) {
      if (k == best) continue;
      if (i == noted_line_ && offers[k].note.what == discount_note::outcome::granted) offers[k].note.what = discount_note::outcome::outdone;
      offers[k].amounts[i] = 0;
    }
  }
  for (const proposal& one : offers) take(one);
  return true;
}

inline bool bill_discounts::work() {
  gross_.resize(count());
  fees_.resize(count());
  for (std::size_t i = 0; i < count(); ++i) {
    const std::uint32_t row = rows_[i];
    gross_[i] = block_->gross[row];
    fees_[i] = block_->fault[row] < 0 && gross_[i] > 0 ? static_cast<std::uint32_t>(block_->fee[row]) : static_cast<std::uint32_t>(tariff_.fees.size());
  }
  remaining_ = gross_;
  granted_.clear();
  notes_.clear();
  failed_.clear();
  for (std::size_t d = 0; d < plan_.discounts.size(); ++d) {
    const planned_discount& one = plan_.discounts[d];
    if (one.rule == nullptr) continue;
    if (one.rule->group >= 0) {
      const discount_group& group = tariff_.discount_groups[static_cast<std::size_t>(one.rule->group)];
      if (group.members[0] == one.place && !work_group(group)) return false;
      continue;
    }
    if (!propose(one.place, made_)) return false;
    take(made_);
  }
  return limit_all();
}

inline void bill_discounts::lower(std::span<const std::uint32_t> rows, std::vector<granted_discount>& granted, prepaid_lines prepaid) {
  rows_ = rows;
  prepaid_ = prepaid;
  // Without the lines that fail the others are computed as if they were not there; each discount can fail
  // for lines once.
  while (!work())
    for (auto& [i, why] : failed_) refuse(i, std::move(why));
  if (granted_.empty()) return;
  // In their order by line: counted, then put in place.
  begins_.assign(count() + 1, 0);
  for (const granted_discount& one : granted_) ++begins_[one.line + 1];
  for (std::size_t i = 0; i < count(); ++i) begins_[i + 1] += begins_[i];
  by_line_.resize(granted_.size());
  for (const granted_discount& one : granted_) by_line_[begins_[one.line]++] = {rows_[one.line], one.discount, one.amount};
  std::size_t at = 0;
  for (std::size_t i = 0; i < count(); ++i) {
    const std::size_t end = begins_[i];  // where the next line's begin
    if (end == at) continue;
    const auto of_line = std::span<const granted_discount>(by_line_).subspan(at, end - at);
    if (tax(i, of_line)) granted.insert(granted.end(), of_line.begin(), of_line.end());
    else refuse(i, too_large(i, tariff_.fees[static_cast<std::size_t>(fee_of(i))].pointer));
    at = end;
  }
}

}  // namespace detail

DUES_END

#include <dues/discount/impl/bill_discounts_limits.hpp>
#include <dues/discount/impl/bill_discounts_offers.hpp>
#include <dues/discount/impl/bill_discounts_tax.hpp>
