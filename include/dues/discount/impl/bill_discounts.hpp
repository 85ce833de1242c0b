// SPDX-License-Identifier: Apache-2.0
//
// Discounts over the lines of one bill, in their order: what each would give, the best of a group, the
// caps, and then the tax on what is left. Not public.
#pragma once

#include <dues/discount/impl/holding_days.hpp>
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
  explicit bill_discounts(const facts& known) : known_(known), tariff_(*known.tariff), days_(known) {}

  /// As discount_stage::lower.
  void lower(std::span<line> lines, std::span<const tax_rate> rates, std::vector<diagnostic>& faults, std::vector<granted_discount>& granted, prepaid_lines prepaid = {});

  /// What became of every discount of the line `of_line`, noted by the next lower().
  void note(std::size_t of_line) { noted_line_ = of_line; }
  const std::vector<discount_note>& notes() const noexcept { return notes_; }

 private:
  /// What one discount would take off each line.
  struct proposal {
    std::int32_t discount = -1;
    std::vector<std::int64_t> amounts;
    discount_note note;
    std::int64_t total() const { return std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0}); }
  };

  bool takes_part(std::size_t i) const { return lines_[i].fault < 0 && lines_[i].gross > 0; }
  int months_paid(std::size_t i) const { return prepaid_.empty() ? 0 : prepaid_[i].months; }
  bool is_gift(std::size_t i) const { return !prepaid_.empty() && prepaid_[i].gift; }
  /// Whether the discount is for lines like this: a gift month is for what gives free months alone.
  bool reaches(const discount& one, std::size_t i) const { return reaches(one.of, i) && is_gift(i) == (one.give.kind == gift_kind::free_months); }
  bool reaches(const std::vector<std::int32_t>& fees, std::size_t i) const {
    return takes_part(i) && (fees.empty() || std::binary_search(fees.begin(), fees.end(), lines_[i].fee));
  }
  std::int64_t gross_of(const std::vector<std::int32_t>& fees) const;
  lowered_line money_of(std::size_t i, std::int64_t bill_gross) const;
  std::optional<std::int64_t> bill_gross(const discount& one);
  std::optional<std::int64_t> rounded(const exact256& amount, const section_rounding& how) const;
  std::optional<std::int64_t> cap_of(const discount_cap& cap, std::int64_t gross, civil_day on);
  bool propose(std::int32_t discount, proposal& out);
  bool propose_free_months(const discount& one, std::span<const std::size_t> reached, std::span<const discount_reach> reach, proposal& out);
  bool propose_once(const discount& one, std::span<const std::size_t> reached, std::span<const discount_reach> reach, proposal& out);
  bool cap(const discount& one, proposal& out);
  void take(const proposal& made);
  void keep_note(const proposal& made, discount_note::outcome unless_granted);
  bool work_group(const discount_group& group);
  bool limit_all();
  void cut(const discount_limit& limit, std::vector<std::int64_t>& over);
  bool tax(line& one, std::span<const granted_discount> of_line, std::span<const tax_rate> rates);
  bool work();
  diagnostic too_large(const line& one, const std::string& pointer) const;
  void overflowed(std::size_t i, const std::string& pointer) { failed_.emplace_back(i, too_large(lines_[i], pointer)); }
  void broken(std::size_t i) { failed_.emplace_back(i, days_.tell(lines_[i])); }

  const facts& known_;
  const program& tariff_;
  no_trace silent_;
  discount_days days_;
  std::span<line> lines_;
  prepaid_lines prepaid_;  ///< empty, or of each line
  std::vector<std::int64_t> remaining_;
  std::vector<granted_discount> granted_;  ///< in the order of work
  std::vector<std::pair<std::size_t, diagnostic>> failed_;  ///< lines that could not be computed
  std::size_t noted_line_ = SIZE_MAX;
  std::vector<discount_note> notes_;
};

// An amount of a line that does not fit.
inline diagnostic bill_discounts::too_large(const line& one, const std::string& pointer) const {
  return make_diagnostic("R104", pointer, {{"fee", tariff_.fees[static_cast<std::size_t>(one.fee)].id}, {"unit", std::string(known_.units.at(one.unit))}});
}

inline void bill_discounts::take(const proposal& made) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (made.amounts[i] == 0) continue;
    remaining_[i] -= made.amounts[i];
    granted_.push_back({static_cast<std::uint32_t>(i), made.discount, made.amounts[i]});
  }
  keep_note(made, discount_note::outcome::nothing_left);
}

// What became of it at the noted line; it held there and nothing is granted: `unless_granted` says why.
inline void bill_discounts::keep_note(const proposal& made, discount_note::outcome unless_granted) {
  if (noted_line_ >= lines_.size() || !reaches(tariff_.discounts[static_cast<std::size_t>(made.discount)], noted_line_)) return;
  discount_note& noted = notes_.emplace_back(made.note);
  const bool taken = unless_granted != discount_note::outcome::outdone;
  if (taken) noted.amount = made.amounts[noted_line_];
  if (noted.what == discount_note::outcome::granted && noted.amount == 0) noted.what = unless_granted;
}

// The member that grants most, given what came before, over the bill or line by line; the first wins a tie.
inline bool bill_discounts::work_group(const discount_group& group) {
  std::vector<proposal> offers(group.members.size());
  for (std::size_t k = 0; k < offers.size(); ++k)
    if (!propose(group.members[k], offers[k])) return false;
  if (group.compared == group_comparison::bill) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < offers.size(); ++k)
      if (offers[k].total() > offers[best].total()) best = k;
    for (std::size_t k = 0; k < offers.size(); ++k)
      if (k == best) take(offers[k]);
      else keep_note(offers[k], discount_note::outcome::outdone);
    return true;
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < offers.size(); ++k)
      if (offers[k].amounts[i] > offers[best].amounts[i]) best = k;
    for (std::size_t k = 0; k < offers.size(); ++k) {
      if (k == best) continue;
      if (i == noted_line_ && offers[k].note.what == discount_note::outcome::granted) offers[k].note.what = discount_note::outcome::outdone;
      offers[k].amounts[i] = 0;
    }
  }
  for (const proposal& one : offers) {
    take(one);
  }
  return true;
}

// Takes back what passes a limit: of the last discount first, and of it from the last line.
// @param over  how much, of each line or, when there is one number, of all together
inline void bill_discounts::cut(const discount_limit& limit, std::vector<std::int64_t>& over) {
  const bool by_line = limit.at_most.per == cap_scope::line;
  const auto left = [&](const granted_discount& one) -> std::int64_t& { return over[by_line ? one.line : 0]; };
  const auto bound = [&](std::uint32_t i) { return reaches(limit.of, i) && !(by_line && is_gift(i)); };
  for (const granted_discount& one : granted_)
    if (bound(one.line)) left(one) += one.amount;
  for (std::size_t k = granted_.size(); k-- > 0;) {
    granted_discount& one = granted_[k];
    if (!bound(one.line) || left(one) <= 0) continue;
    const std::int64_t less = std::min(left(one), one.amount);
    one.amount -= less;
    remaining_[one.line] += less;
    left(one) -= less;
    if (one.line != noted_line_) continue;
    for (discount_note& noted : notes_) {
      if (noted.discount != one.discount || noted.what != discount_note::outcome::granted) continue;
      noted.amount = one.amount;
      if (one.amount == 0) noted.what = discount_note::outcome::cut_away;
    }
  }
  std::erase_if(granted_, [](const granted_discount& one) { return one.amount == 0; });
}

inline bool bill_discounts::limit_all() {
  for (const discount_limit& limit : tariff_.discount_limits) {
    if (granted_.empty()) return true;
    const bool by_line = limit.at_most.per == cap_scope::line;
    std::vector<std::int64_t> over(by_line ? lines_.size() : 1);  // less what is granted
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!reaches(limit.of, i)) continue;
      const auto most = cap_of(limit.at_most, by_line ? lines_[i].gross : gross_of(limit.of), lines_[i].from);
      if (!most) {
        overflowed(i, limit.pointer);
        return false;
      }
      over[by_line ? i : 0] = -*most;
      if (!by_line) break;
    }
    cut(limit, over);
  }
  return true;
}

inline bool bill_discounts::work() {
  remaining_.clear();
  for (const line& one : lines_) remaining_.push_back(one.gross);
  granted_.clear();
  notes_.clear();
  failed_.clear();
  proposal made;
  for (std::size_t d = 0; d < tariff_.discounts.size(); ++d) {
    const discount& one = tariff_.discounts[d];
    if (!one.computed) continue;
    if (one.group >= 0) {
      const discount_group& group = tariff_.discount_groups[static_cast<std::size_t>(one.group)];
      if (group.members.front() == static_cast<std::int32_t>(d) && !work_group(group)) return false;
      continue;
    }
    bool any = false;
    for (std::size_t i = 0; i < lines_.size() && !any; ++i) any = reaches(one.of, i);
    if (!any) continue;
    if (!propose(static_cast<std::int32_t>(d), made)) return false;
    take(made);
  }
  return limit_all();
}

// The tax of a lowered line; one by the bill follows later.
inline bool bill_discounts::tax(line& one, std::span<const granted_discount> of_line, std::span<const tax_rate> rates) {
  const fee& rule = tariff_.fees[static_cast<std::size_t>(one.fee)];
  std::int64_t left = one.gross;
  for (const granted_discount& each : of_line) left -= each.amount;
  one.amount = left;
  if (one.rate < 0) return true;
  const tax_rule& by = tariff_.taxes[static_cast<std::size_t>(rule.tax)];
  if (by.scope == tax_scope::per_bill && by.moment != tax_moment::service_days) return true;
  const std::int64_t base = taxed_gross(tariff_, one, of_line);
  const std::optional<std::int64_t> tax = by.moment == tax_moment::service_days ? tax_by_days(tariff_, by, base, days_.charged(one)).tax
                                                                                : tax_of(by, *rates[static_cast<std::size_t>(one.rate)].rate, base, tariff_.minor_units);
  if (!tax || add_overflows(left, by.included ? 0 : *tax, one.amount)) return false;
  one.tax = *tax;
  return true;
}

inline void bill_discounts::lower(std::span<line> lines, std::span<const tax_rate> rates, std::vector<diagnostic>& faults, std::vector<granted_discount>& granted, prepaid_lines prepaid) {
  lines_ = lines;
  prepaid_ = prepaid;
  const auto refuse = [&](std::size_t i, diagnostic why) {
    line& one = lines_[i];
    if (one.fault >= 0) return;  // one reason is enough
    one.gross = one.tax = one.amount = 0;
    one.quantity_scale = one.price_scale = -1;
    one.quantity = one.price = 0;
    one.rate = -1;
    one.fault = static_cast<std::int32_t>(faults.size());
    faults.push_back(std::move(why));
  };
  // Without the lines that fail the others are computed as if they were not there; each discount can fail
  // for lines once.
  while (!work())
    for (auto& [i, why] : failed_) refuse(i, std::move(why));
  std::stable_sort(granted_.begin(), granted_.end(), [](const granted_discount& a, const granted_discount& b) { return a.line < b.line; });
  for (auto at = granted_.begin(); at != granted_.end();) {
    const auto end = std::find_if(at, granted_.end(), [&](const granted_discount& one) { return one.line != at->line; });
    if (tax(lines_[at->line], {at, end}, rates)) granted.insert(granted.end(), at, end);
    else refuse(at->line, too_large(lines_[at->line], tariff_.fees[static_cast<std::size_t>(lines_[at->line].fee)].pointer));
    at = end;
  }
}

}  // namespace detail

DUES_END

#include <dues/discount/impl/bill_discounts_offers.hpp>
