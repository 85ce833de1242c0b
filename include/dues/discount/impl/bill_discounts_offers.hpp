// SPDX-License-Identifier: Apache-2.0
//
// Bodies of bill_discounts that find what one discount would take off each line. Included by
// bill_discounts.hpp.
#pragma once

#include <dues/discount/impl/bill_discounts.hpp>

DUES_BEGIN

namespace detail {

inline bill_discounts::quick bill_discounts::holds(const planned_condition& what, std::size_t i, std::int64_t bill_gross) const {
  switch (what.how) {
    case planned_condition::kind::always: return quick::yes;
    case planned_condition::kind::column: {
      const auto answer = asked_.of(what.column, *block_, rows_[i]);
      return answer == block_conditions::answer::unknown ? quick::ask : answer == block_conditions::answer::yes ? quick::yes : quick::no;
    }
    case planned_condition::kind::between: {
      const std::int64_t is = what.of == slot_kind::bill_gross ? bill_gross : what.of == slot_kind::line_gross ? gross_[i] : remaining_[i];
      return what.least <= is && is <= what.most ? quick::yes : quick::no;
    }
    case planned_condition::kind::ask: break;
  }
  return quick::ask;
}

// On all days of the line, on none, or on some.
inline bill_discounts::quick bill_discounts::in_window(const discount& one, std::size_t i) const {
  if (!one.window) return quick::yes;
  const std::uint32_t row = rows_[i];
  if (one.window->of == window_of::issue) return one.window->days.contains(block_->issue[row]) ? quick::yes : quick::no;
  const day_range days{block_->from[row], block_->to[row]};
  const day_range both = intersect(days, one.window->days);
  return both.empty() ? quick::no : both.from == days.from && both.to == days.to ? quick::yes : quick::ask;
}

// What rows of facts say: on all days of the line, on none, or on some.
inline bill_discounts::quick bill_discounts::by_facts(const planned_discount& one, std::size_t i) const {
  if (!one.by_facts) return quick::yes;
  const std::uint32_t row = rows_[i];
  const day_range days{block_->from[row], block_->to[row]};
  discount_note::outcome unused{};
  find_fact_days(known_, *one.rule, block_->unit[row], days, fact_days_, unused);
  if (fact_days_.empty()) return quick::no;
  return fact_days_.size() == 1 && fact_days_[0].from == days.from && fact_days_[0].to == days.to ? quick::yes : quick::ask;
}

// Whether it holds on all days of the line alike, as far as the plan can tell.
inline bill_discounts::quick bill_discounts::ask_quickly(const planned_discount& one, std::size_t i, std::int64_t bill_gross) const {
  if (months_paid(i) < one.rule->when.prepaid_months) return quick::no;
  const quick window = in_window(*one.rule, i);
  if (window == quick::no) return quick::no;
  const quick facts_say = by_facts(one, i);
  if (facts_say == quick::no) return quick::no;
  if (one.dated && !(plan_.days.from <= block_->from[rows_[i]] && block_->to[rows_[i]] <= plan_.days.to)) return quick::ask;
  const quick where = holds(one.where, i, bill_gross);
  if (where == quick::no) return quick::no;
  if (where == quick::ask || window == quick::ask || facts_say == quick::ask) return quick::ask;  // on some days: the condition may fail on others
  return holds(one.condition, i, bill_gross);
}

// The gross of the lines that it is offered for, whether its conditions hold or not.
inline std::optional<std::int64_t> bill_discounts::bill_gross(const planned_discount& one) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < count(); ++i) {
    if (!reaches(one, i)) continue;
    quick offered = in_window(*one.rule, i);
    if (offered == quick::yes) offered = holds(one.where, i, 0);
    if (offered == quick::ask) {
      const line at = full(i);
      const auto found = days_.of(*one.rule, at, money_of(at, i, 0), true, 0);
      if (!found) {
        failed_.emplace_back(i, days_.tell(at));
        continue;
      }
      offered = found->holds() ? quick::yes : quick::no;
    }
    if (offered == quick::yes) sum += gross_[i];
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

inline bool bill_discounts::propose(std::int32_t place, proposal& out) {
  const planned_discount& planned_one = planned(place);
  const discount& one = *planned_one.rule;
  out.discount = place;
  out.amounts.assign(count(), 0);
  out.total = 0;
  const bool noted = noted_line_ < count();
  if (noted) {
    out.note = {};
    out.note.discount = place;
  }
  const auto all = planned_one.reads_bill ? bill_gross(planned_one) : std::optional<std::int64_t>(0);
  if (!all) return false;
  reached_.clear();
  reached_days_.clear();
  const bool percent = one.give.kind == gift_kind::percent;
  for (std::size_t i = 0; i < count(); ++i) {
    if (!reaches(planned_one, i)) continue;
    // An explanation asks exactly.
    const quick answer = noted ? quick::ask : ask_quickly(planned_one, i, *all);
    if (answer == quick::no) continue;
    const std::int64_t base = planned_one.on_gross ? gross_[i] : remaining_[i];
    if (answer == quick::yes && percent && planned_one.percent.known && planned_one.percent.fits(base)) {
      out.amounts[i] = std::min(planned_one.percent.of(base), remaining_[i]);
      out.total += out.amounts[i];
    } else if (answer == quick::yes && planned_one.amount_known) {
      if (planned_one.once) {
        reached_.push_back(i);
        continue;
      }
      out.amounts[i] = std::clamp<std::int64_t>(planned_one.amount, 0, remaining_[i]);
      out.total += out.amounts[i];
    } else {
      propose_exactly(planned_one, i, *all, out);
    }
  }
  if (!failed_.empty()) return false;
  if (one.give.kind == gift_kind::free_months && !propose_free_months(one, out)) return false;
  if (planned_one.once && !reached_.empty() && !propose_once(planned_one, out)) return false;
  return cap(planned_one, out);
}

// One line, day by day where that matters.
inline void bill_discounts::propose_exactly(const planned_discount& planned_one, std::size_t i, std::int64_t bill_gross, proposal& out) {
  const discount& one = *planned_one.rule;
  const bool noted = i == noted_line_;
  const line at = full(i);
  if (one.give.kind == gift_kind::price && at.price_scale < 0) {  // nobody knows what it is cheaper by
    failed_.emplace_back(i, make_diagnostic("R116", one.pointer, {{"discount", one.id}, {"fee", tariff_.fees[static_cast<std::size_t>(at.fee)].id}, {"unit", std::string(known_.units.at(at.unit))}}));
    return;
  }
  const auto found = days_.of(one, at, money_of(at, i, bill_gross), false, months_paid(i));
  if (!found) {
    failed_.emplace_back(i, days_.tell(at));
    return;
  }
  if (noted) out.note.what = found->what;
  if (!found->holds()) return;
  const bool free = one.give.kind == gift_kind::free_months;
  const std::int64_t base = free || planned_one.on_gross ? gross_[i] : remaining_[i];
  if (noted) {
    out.note.base = base;
    out.note.rate = exact256::narrowed(found->rate).to_text();
    out.note.share = exact256::narrowed(one.give.kind == gift_kind::amount ? found->days : found->money).to_text();
  }
  if (planned_one.once || free) {
    if (planned_one.once && (reached_.empty() || planned_one.amount_known)) once_ = found->given;
    reached_days_.resize(reached_.size(), exact256(std::int64_t{1}));
    reached_days_.push_back(free ? found->money : found->days);
    reached_.push_back(i);
    return;
  }
  const exact256 amount = one.give.kind == gift_kind::amount ? found->given * found->days : exact256::scaled(int256(base), tariff_.minor_units) * found->given;
  const auto units = rounded(amount, one.rounding);
  if (!units) return overflowed(i, one.pointer);
  if (noted) {
    out.note.given = amount.to_text();
    out.note.rounded = out.note.came = *units;
  }
  out.amounts[i] = std::clamp<std::int64_t>(*units, 0, remaining_[i]);
  out.total += out.amounts[i];
}

// The next months of the lines that follow what is paid ahead, of each unit, fee and subscription.
inline bool bill_discounts::propose_free_months(const discount& one, proposal& out) {
  std::map<std::tuple<std::uint32_t, std::int32_t, std::uint32_t>, int> given;  // months so far
  for (std::size_t k = 0; k < reached_.size(); ++k) {
    const std::size_t i = reached_[k];
    const std::uint32_t row = rows_[i];
    const int months = tariff_.schedules[static_cast<std::size_t>(tariff_.fees[static_cast<std::size_t>(fee_of(i))].schedule)].months;
    int& so_far = given[{block_->unit[row], fee_of(i), block_->subscription[row]}];
    const int taken = std::min(months, one.give.free_months - so_far);
    if (remaining_[i] == 0 || taken == 0) continue;  // another's gift, or all is given
    so_far += taken;
    const exact256 amount = exact256::scaled(int256(gross_[i]), tariff_.minor_units) * reached_days_[k] * exact256::ratio(int256(taken), int256(months));
    const auto units = rounded(amount, one.rounding);
    if (!units) {
      overflowed(i, one.pointer);
      return false;
    }
    out.amounts[i] = std::clamp<std::int64_t>(*units, 0, remaining_[i]);
    out.total += out.amounts[i];
    if (i != noted_line_) continue;
    out.note.rate = exact256::narrowed(exact256::ratio(int256(taken), int256(months))).to_text();
    out.note.given = exact256::narrowed(amount).to_text();
    out.note.rounded = out.note.came = *units;
  }
  return true;
}

// Into parts_, by weights_: floor, then a minor unit each to the largest remainders, ties by order.
inline bool bill_discounts::spread(std::int64_t total, std::int64_t left) {
  parts_.assign(weights_.size(), 0);
  if (total == 0) return true;
  if (total == left) {
    parts_ = weights_;
    return true;
  }
  if (weights_.size() == 1) {
    parts_[0] = total;
    return true;
  }
  constexpr std::size_t few = 32;
  std::int64_t most = 0;
  if (weights_.size() <= few && !mul_overflows(total, left, most)) {
    std::array<std::int64_t, few> rest;
    std::int64_t missing = total;
    for (std::size_t k = 0; k < weights_.size(); ++k) {
      const std::int64_t product = total * weights_[k];
      parts_[k] = product / left;
      rest[k] = product % left;
      missing -= parts_[k];
    }
    for (; missing > 0; --missing) {
      std::size_t largest = 0;
      for (std::size_t k = 1; k < weights_.size(); ++k)
        if (rest[k] > rest[largest]) largest = k;
      ++parts_[largest];
      rest[largest] = -1;
    }
    return true;
  }
  std::vector<int128> weights;
  for (const std::int64_t one : weights_) weights.emplace_back(one);
  std::vector<int128> parts(weights.size(), int128(0));
  if (!split(int128(total), std::span<const int128>(weights), division::largest_remainder, 0, parts)) return false;
  for (std::size_t k = 0; k < parts.size(); ++k) parts_[k] = static_cast<std::int64_t>(parts[k]);
  return true;
}

// One amount for all lines that it reaches, spread by what remains of them.
inline bool bill_discounts::propose_once(const planned_discount& planned_one, proposal& out) {
  const discount& one = *planned_one.rule;
  // It scales by days: those on which it holds, of all that the lines charge for.
  const exact256 all(std::int64_t{1});
  const bool whole = std::all_of(reached_days_.begin(), reached_days_.end(), [&](const exact256& each) { return each == all; });
  exact256 days = all;
  if (!whole) {
    reached_days_.resize(reached_.size(), all);
    std::int64_t charged = 0;
    days = exact256();
    for (std::size_t k = 0; k < reached_.size(); ++k) {
      std::int64_t of_line = 0;
      for (const day_range& stretch : days_.charged(full(reached_[k]))) of_line += stretch.days();
      charged += of_line;
      days = days + reached_days_[k] * exact256(of_line);
    }
    if (charged == 0) return true;
    days = days / exact256(charged);
  }
  const bool settled = planned_one.amount_known && whole && noted_line_ >= count();
  const auto units = settled ? std::optional(planned_one.amount) : rounded(once_ * days, one.rounding);
  weights_.clear();
  std::int64_t left = 0;
  for (const std::size_t i : reached_) {
    weights_.push_back(remaining_[i]);
    left += remaining_[i];
  }
  const std::int64_t total = units ? std::clamp<std::int64_t>(*units, 0, left) : 0;
  if (!units || !spread(total, left)) {
    overflowed(reached_[0], one.pointer);
    return false;
  }
  for (std::size_t k = 0; k < reached_.size(); ++k) {
    const std::size_t i = reached_[k];
    out.amounts[i] = parts_[k];
    out.total += parts_[k];
    if (i != noted_line_) continue;
    out.note.part = k;
    out.note.weights = weights_;
    out.note.share = exact256::narrowed(days).to_text();
    out.note.given = exact256::narrowed(once_ * days).to_text();
    out.note.rounded = *units;
    out.note.spread = total;
    out.note.came = parts_[k];
  }
  return true;
}

}  // namespace detail

DUES_END
