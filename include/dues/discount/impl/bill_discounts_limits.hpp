// SPDX-License-Identifier: Apache-2.0
//
// Bodies of bill_discounts that hold what is granted to caps. Included by bill_discounts.hpp.
#pragma once

#include <dues/discount/impl/bill_discounts.hpp>

DUES_BEGIN

namespace detail {

// Of what a cap allows the part below a minor unit is not granted.
inline std::optional<std::int64_t> bill_discounts::cap_of(const plain_cap& plain, const discount_cap& cap, std::int64_t gross, civil_day on) {
  const bool settled = plain.known && (!plain.dated || plan_.days.contains(on));
  if (settled && !plain.percent) return plain.amount;
  if (settled && plain.share.fits(gross)) return plain.share.of(gross);
  rating_context<int256, no_trace> context(tariff_, known_, silent_);
  context.day = on;
  operand<int256> value;
  if (!context.compute(cap.percent ? *cap.percent : *cap.amount, value)) return std::nullopt;
  const exact256 most = cap.percent ? exact256::scaled(int256(gross), tariff_.minor_units) * value.number : value.number;
  int128 units;
  if (!most.round(tariff_.minor_units, rounding_mode::floor, units)) return std::nullopt;
  return to_int64(units < 0 ? int128(0) : units);
}

// The discount's own cap, by the line or over the bill; the last line is cut first.
inline bool bill_discounts::cap(const planned_discount& planned, proposal& out) {
  const discount& one = *planned.rule;
  if (!one.at_most || out.total == 0) return true;
  const bool by_line = one.at_most->per == cap_scope::line;
  if (planned.cap.known && !planned.cap.percent && !planned.cap.dated && out.total <= planned.cap.amount) return true;
  std::int64_t gross = 0;
  for (std::size_t i = 0; i < count(); ++i)
    if (out.amounts[i] > 0) gross += gross_[i];
  for (std::size_t i = 0; i < count(); ++i) {
    if (out.amounts[i] == 0 || (by_line && is_gift(i))) continue;
    const auto most = cap_of(planned.cap, *one.at_most, by_line ? gross_[i] : gross, block_->from[rows_[i]]);
    if (!most) {
      overflowed(i, one.pointer + "/at_most");
      return false;
    }
    if (by_line) {
      const std::int64_t less = std::max<std::int64_t>(out.amounts[i] - *most, 0);
      out.amounts[i] -= less;
      out.total -= less;
      continue;
    }
    std::int64_t over = std::max<std::int64_t>(out.total - *most, 0);
    for (std::size_t k = count(); k-- > 0 && over > 0;) {
      const std::int64_t less = std::min(over, out.amounts[k]);
      out.amounts[k] -= less;
      out.total -= less;
      over -= less;
    }
    break;
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
  if (std::all_of(over.begin(), over.end(), [](std::int64_t one) { return one <= 0; })) return;
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
  for (const planned_limit& planned : plan_.limits) {
    if (granted_.empty()) return true;
    const discount_limit& limit = *planned.rule;
    const bool by_line = limit.at_most.per == cap_scope::line;
    over_.assign(by_line ? count() : 1, 0);  // less what is granted
    for (std::size_t i = 0; i < count(); ++i) {
      if (!reaches(limit.of, i)) continue;
      const auto most = cap_of(planned.cap, limit.at_most, by_line ? gross_[i] : gross_of(limit.of), block_->from[rows_[i]]);
      if (!most) {
        overflowed(i, limit.pointer);
        return false;
      }
      over_[by_line ? i : 0] = -*most;
      if (!by_line) break;
    }
    cut(limit, over_);
  }
  return true;
}

}  // namespace detail

DUES_END
