// SPDX-License-Identifier: Apache-2.0
//
// Bodies of bill_discounts that find what one discount would take off each line. Included by
// bill_discounts.hpp.
#pragma once

#include <dues/discount/impl/bill_discounts.hpp>

DUES_BEGIN

namespace detail {

inline std::int64_t bill_discounts::gross_of(const std::vector<std::int32_t>& fees) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i)
    if (reaches(fees, i)) sum += lines_[i].gross;
  return sum;
}

inline lowered_line bill_discounts::money_of(std::size_t i, std::int64_t bill_gross) const {
  const line& one = lines_[i];
  return {one.gross, remaining_[i], bill_gross, one.quantity, one.quantity_scale};
}

// The gross of the lines that it is offered for, whether its condition holds or not.
inline std::optional<std::int64_t> bill_discounts::bill_gross(const discount& one) {
  std::int64_t sum = 0;
  if (!one.read.line) return sum;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (!reaches(one, i)) continue;
    const auto found = days_.of(one, lines_[i], money_of(i, 0), true, months_paid(i));
    if (!found) broken(i);
    else if (found->holds()) sum += lines_[i].gross;
  }
  return failed_.empty() ? std::optional(sum) : std::nullopt;
}

inline std::optional<std::int64_t> bill_discounts::rounded(const exact256& amount, const section_rounding& how) const {
  int128 units;
  if (!amount.round(how.places, how.mode, units)) return std::nullopt;
  const auto narrow = to_int64(units);
  std::int64_t minor = 0;
  if (!narrow || mul_overflows(*narrow, pow10<std::int64_t>(tariff_.minor_units - how.places), minor)) return std::nullopt;
  return minor;
}

// Of what a cap allows the part below a minor unit is not granted.
inline std::optional<std::int64_t> bill_discounts::cap_of(const discount_cap& cap, std::int64_t gross, civil_day on) {
  rating_context<int256, no_trace> context(tariff_, known_, silent_);
  context.day = on;
  operand<int256> value;
  if (!context.compute(cap.percent ? *cap.percent : *cap.amount, value)) return std::nullopt;
  const exact256 most = cap.percent ? exact256::scaled(int256(gross), tariff_.minor_units) * value.number : value.number;
  int128 units;
  if (!most.round(tariff_.minor_units, rounding_mode::floor, units)) return std::nullopt;
  return to_int64(units < 0 ? int128(0) : units);
}

inline bool bill_discounts::propose(std::int32_t place, proposal& out) {
  const discount& one = tariff_.discounts[static_cast<std::size_t>(place)];
  out = {};
  out.discount = place;
  out.note.discount = place;
  out.amounts.assign(lines_.size(), 0);
  const auto all = bill_gross(one);
  if (!all) return false;
  std::vector<std::size_t> reached;
  std::vector<discount_reach> reach;
  const bool free = one.give.kind == gift_kind::free_months;
  const bool once = free || (one.give.kind == gift_kind::amount && !one.give.each_line);
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (!reaches(one, i)) continue;
    const auto found = days_.of(one, lines_[i], money_of(i, *all), false, months_paid(i));
    if (!found) {
      broken(i);
      continue;
    }
    const bool noted = i == noted_line_;
    if (noted) out.note.what = found->what;
    if (!found->holds()) continue;
    const std::int64_t base = free || one.works_on == discount_base::gross ? lines_[i].gross : remaining_[i];
    if (noted) {
      out.note.base = base;
      out.note.rate = exact256::narrowed(found->rate).to_text();
      out.note.share = exact256::narrowed(one.give.kind == gift_kind::amount ? found->days : found->money).to_text();
    }
    reached.push_back(i);
    reach.push_back(*found);
    if (once) continue;
    const exact256 amount = one.give.kind == gift_kind::percent ? exact256::scaled(int256(base), tariff_.minor_units) * found->given : found->given * found->days;
    const auto units = rounded(amount, one.rounding);
    if (!units) {
      overflowed(i, one.pointer);
      continue;
    }
    if (noted) {
      out.note.given = amount.to_text();
      out.note.rounded = out.note.came = *units;
    }
    out.amounts[i] = std::clamp<std::int64_t>(*units, 0, remaining_[i]);
  }
  if (!failed_.empty()) return false;
  if (free && !propose_free_months(one, reached, reach, out)) return false;
  if (once && !free && !reached.empty() && !propose_once(one, reached, reach, out)) return false;
  return cap(one, out);
}

// The next months of the lines that follow what is paid ahead, of each unit, fee and subscription.
inline bool bill_discounts::propose_free_months(const discount& one, std::span<const std::size_t> reached, std::span<const discount_reach> reach, proposal& out) {
  std::map<std::tuple<std::uint32_t, std::int32_t, std::uint32_t>, int> given;  // months so far
  for (std::size_t k = 0; k < reached.size(); ++k) {
    const std::size_t i = reached[k];
    const line& at = lines_[i];
    const int months = tariff_.schedules[static_cast<std::size_t>(tariff_.fees[static_cast<std::size_t>(at.fee)].schedule)].months;
    int& so_far = given[{at.unit, at.fee, at.subscription}];
    const int taken = std::min(months, one.give.free_months - so_far);
    if (remaining_[i] == 0 || taken == 0) continue;  // another's gift, or all is given
    so_far += taken;
    const exact256 amount = exact256::scaled(int256(at.gross), tariff_.minor_units) * reach[k].money * exact256::ratio(int256(taken), int256(months));
    const auto units = rounded(amount, one.rounding);
    if (!units) {
      overflowed(i, one.pointer);
      return false;
    }
    out.amounts[i] = std::clamp<std::int64_t>(*units, 0, remaining_[i]);
    if (i != noted_line_) continue;
    out.note.rate = exact256::narrowed(exact256::ratio(int256(taken), int256(months))).to_text();
    out.note.given = exact256::narrowed(amount).to_text();
    out.note.rounded = out.note.came = *units;
  }
  return true;
}

// One amount for all lines that it reaches, spread by what remains of them.
inline bool bill_discounts::propose_once(const discount& one, std::span<const std::size_t> reached, std::span<const discount_reach> reach, proposal& out) {
  // It scales by days: those on which it holds, of all that the lines charge for.
  exact256 days;
  bool whole = true;
  for (const discount_reach& each : reach) whole = whole && each.days == exact256(std::int64_t{1});
  if (whole) {
    days = exact256(std::int64_t{1});
  } else {
    std::int64_t charged = 0;
    for (std::size_t k = 0; k < reached.size(); ++k) {
      std::int64_t of_line = 0;
      for (const day_range& each : days_.charged(lines_[reached[k]])) of_line += each.days();
      charged += of_line;
      days = days + reach[k].days * exact256(of_line);
    }
    if (charged == 0) return true;
    days = days / exact256(charged);
  }
  const auto units = rounded(reach[0].given * days, one.rounding);
  std::vector<int128> weights;
  std::int64_t left = 0;
  for (const std::size_t i : reached) {
    weights.emplace_back(remaining_[i]);
    left += remaining_[i];
  }
  std::vector<int128> parts(weights.size(), int128(0));
  const std::int64_t total = units ? std::clamp<std::int64_t>(*units, 0, left) : 0;
  if (!units || (total != 0 && !split(int128(total), std::span<const int128>(weights), division::largest_remainder, 0, parts))) {
    overflowed(reached[0], one.pointer);
    return false;
  }
  for (std::size_t k = 0; k < reached.size(); ++k) {
    out.amounts[reached[k]] = static_cast<std::int64_t>(parts[k]);
    if (reached[k] != noted_line_) continue;
    out.note.part = k;
    for (const std::size_t i : reached) out.note.weights.push_back(remaining_[i]);
    out.note.share = exact256::narrowed(days).to_text();
    out.note.given = exact256::narrowed(reach[0].given * days).to_text();
    out.note.rounded = *units;
    out.note.spread = total;
    out.note.came = out.amounts[reached[k]];
  }
  return true;
}

// The discount's own cap, by the line or over the bill; the last line is cut first.
inline bool bill_discounts::cap(const discount& one, proposal& out) {
  if (!one.at_most) return true;
  std::int64_t gross = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i)
    if (out.amounts[i] > 0) gross += lines_[i].gross;
  std::int64_t over = out.total();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (out.amounts[i] == 0) continue;
    const bool by_line = one.at_most->per == cap_scope::line;
    const auto most = cap_of(*one.at_most, by_line ? lines_[i].gross : gross, lines_[i].from);
    if (!most) {
      overflowed(i, one.pointer + "/at_most");
      return false;
    }
    if (by_line && is_gift(i)) continue;
    if (by_line) {
      out.amounts[i] = std::min(out.amounts[i], *most);
      continue;
    }
    over = std::max<std::int64_t>(over - *most, 0);
    for (std::size_t k = lines_.size(); k-- > 0 && over > 0;) {
      const std::int64_t less = std::min(over, out.amounts[k]);
      out.amounts[k] -= less;
      over -= less;
    }
    break;
  }
  return true;
}

}  // namespace detail

DUES_END
