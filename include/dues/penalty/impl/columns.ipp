// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/penalty/columns.hpp>
#include <dues/penalty/impl/accrual_run.hpp>
#include <dues/value/fixed_divisor.hpp>

DUES_BEGIN

namespace detail {

/// What one minor unit has borne by the end of each day, over one denominator; and the limits in minor units.
struct borne_by_day {
  civil_day first;                     ///< of `through`, the day before the first that may count
  std::vector<std::int64_t> through;   ///< numerators, never falling
  std::int64_t denominator = 1;
  int payment_shift = 0;               ///< 1 where the day of payment is left out
  std::int64_t at_least = 0, nothing_below = 0;
  std::optional<std::int64_t> at_most;
  std::optional<exact128> of_principal;
  rounding_mode mode = rounding_mode::half_up;
  fixed_divisor divisor;

  std::int64_t rounded(std::int64_t sum) const {
    if (mode == rounding_mode::half_up && divisor.usable()) return divisor.half_up(sum);
    return divide_rounded<std::int64_t>(sum, denominator, mode);
  }
};

// Only a share of the base, each day the same for everybody.
inline bool is_share_a_day(const plain_rate& rate) {
  if (rate.per != penalty_span::day && (rate.per != penalty_span::year || rate.year_of == penalty_year::actual)) return false;
  if (rate.is == plain_rate::form::amount || (rate.is == plain_rate::form::reference && rate.fixed_on != rate_fixing::moving)) return false;
  return (!rate.percent || rate.percent->is_literal()) && (!rate.plus || rate.plus->is_literal());
}

inline bool is_share_a_day(const penalty_component& of) {
  if (!of.on_principal || of.on_costs || !of.on_components.empty() || of.compounds_every_months != 0 || of.starts != penalty_start::due_date || of.that_day_counts || of.grace ||
      of.rounded != penalty_rounded::total)
    return false;
  for (std::size_t v = 0; v < of.rate.size(); ++v)
    if (of.rate.at(v).is != penalty_rate::form::plain || !is_share_a_day(of.rate.at(v).rates[0].rate)) return false;
  for (const penalty_limit& limit : of.limits) {
    if (limit.value && !limit.value->is_literal()) return false;
    for (std::size_t v = 0; v < limit.rate.size(); ++v)
      if (limit.rate.at(v) && !is_share_a_day(*limit.rate.at(v))) return false;
  }
  return true;
}

inline std::optional<std::int64_t> minor_units_of(const decimal& amount, int places) {
  const decimal plain = amount.normalized();
  if (plain.scale() > places) return std::nullopt;
  const auto scaled = plain.rescaled(places, rounding_mode::half_up);
  return scaled ? to_int64(scaled->coefficient()) : std::nullopt;
}

inline bool set_limits(const penalty_component& what, int places, borne_by_day& into) {
  for (const penalty_limit& limit : what.limits) {
    if (!limit.value) continue;
    const auto amount = limit.is == penalty_limit::form::at_most_of_principal ? std::optional<std::int64_t>(0) : minor_units_of(limit.value->literal(), places);
    if (!amount || *amount < 0 || limit.value->literal() < decimal()) return false;
    if (limit.is == penalty_limit::form::at_least_amount) into.at_least = *amount;
    else if (limit.is == penalty_limit::form::nothing_below) into.nothing_below = *amount;
    else if (limit.is == penalty_limit::form::at_most_amount) into.at_most = into.at_most ? std::min(*into.at_most, *amount) : *amount;
    else if (const exact128 share(limit.value->literal()); !into.of_principal || share < *into.of_principal) into.of_principal = share;
  }
  return true;
}

// The segments of a receivable that was due when the first of all was, and never paid, hold every rate there is.
inline std::optional<borne_by_day> sum_up_days(const penalty_terms& terms, std::int32_t penalty_place, std::size_t component, civil_day first_due, civil_day as_of, std::int64_t largest) {
  const penalty& policy = terms.tariff->penalties[static_cast<std::size_t>(penalty_place)];
  const penalty_component& what = policy.components[component];
  borne_by_day made;
  if (!is_share_a_day(what) || what.rounding.places != terms.tariff->minor_units || !set_limits(what, terms.tariff->minor_units, made)) return std::nullopt;
  receivable_history sample;
  sample.penalty = penalty_place;
  sample.due = first_due;
  sample.principal = pow10_128(terms.tariff->minor_units);  // one unit of the currency
  // Only this component: another may need what no column gives.
  arrears owed;
  owed.members = {&sample};
  accrual_run<int256> run(terms, policy, owed, as_of);
  const auto all = run.component(component, as_of);
  if (!all) return std::nullopt;
  made.first = first_due;
  made.payment_shift = what.payment_day_counts ? 0 : 1;
  made.mode = what.rounding.mode;
  int256 common = 1;
  std::vector<exact256::fraction> growths;
  for (const auto& one : all->segments) {
    const auto lowest = one.growth.reduced();
    if (!lowest) return std::nullopt;
    growths.push_back(*lowest);
    common = int256(common / greatest_common_divisor<int256>(common, lowest->den) * lowest->den);
    if (common > int256(std::int64_t{1} << 62)) return std::nullopt;
  }
  made.denominator = static_cast<std::int64_t>(common);
  made.divisor = fixed_divisor(made.denominator);
  made.through.assign(static_cast<std::size_t>(as_of - first_due) + 1, 0);
  int256 sum = 0;
  std::size_t day = 0;
  for (std::size_t i = 0; i < growths.size(); ++i) {
    const int256 each = int256(growths[i].num * (common / growths[i].den));
    for (; day < static_cast<std::size_t>(all->segments[i].from - first_due); ++day) made.through[day] = static_cast<std::int64_t>(sum);
    for (; day < static_cast<std::size_t>(all->segments[i].to - first_due); ++day) {
      sum += each;
      if (sum * int256(std::max<std::int64_t>(largest, 1)) > int256(std::int64_t{1} << 62)) return std::nullopt;
      made.through[day] = static_cast<std::int64_t>(sum);
    }
  }
  for (; day < made.through.size(); ++day) made.through[day] = static_cast<std::int64_t>(sum);
  return made;
}

// One receivable by look-ups. @returns false when its payments do not rise
inline bool look_up(const borne_by_day& borne, const overdue_columns& of, std::size_t row, civil_day as_of, std::int64_t& total) {
  const std::int64_t* const through = borne.through.data();
  const std::int32_t base = borne.first.days;
  const std::int32_t last = as_of.days - base;
  std::int32_t at = of.due[row].days - base;
  std::int64_t open = of.principal[row];
  std::int64_t sum = 0;
  total = 0;
  if (at >= last) return true;
  std::int64_t here = through[at];
  if (!of.paid_until.empty()) {
    std::int32_t before = INT32_MIN;
    const std::uint32_t end = of.paid_until[row];
    for (std::uint32_t p = row == 0 ? 0 : of.paid_until[row - 1]; p < end; ++p) {
      const std::int32_t on = of.paid_on[p].days;
      if (on < before) return false;
      before = on;
      const std::int32_t until = std::min(on - base - borne.payment_shift, last);
      if (until > at) {
        const std::int64_t then = through[until];
        sum += open * (then - here);
        here = then;
        at = until;
      }
      open -= std::min(open, of.paid[p]);
    }
  }
  sum += open * (through[last] - here);
  if (sum == 0) return true;
  total = std::max(borne.rounded(sum), borne.at_least);
  if (borne.at_most) total = std::min(total, *borne.at_most);
  if (borne.of_principal) {
    const exact128 most = *borne.of_principal * exact128(of.principal[row]);
    int128 units;
    if (most.round(0, rounding_mode::floor, units) && units < int128(total)) total = static_cast<std::int64_t>(units);
  }
  if (total < borne.nothing_below) total = 0;
  return true;
}

inline bool accrue_row(const penalty_terms& terms, std::int32_t penalty, std::size_t component, const overdue_columns& of, std::size_t row, civil_day as_of, std::int64_t& total,
                       diagnostics& found) {
  receivable_history one;
  one.id = std::to_string(row);
  one.penalty = penalty;
  one.principal = of.principal[row];
  one.due = of.due[row];
  if (!of.paid_until.empty())
    for (std::uint32_t p = row == 0 ? 0 : of.paid_until[row - 1]; p < of.paid_until[row]; ++p) one.changes.push_back({of.paid_on[p], principal_change_kind::payment, int128(of.paid[p])});
  const accrual made = accrue(terms, one, as_of);
  total = 0;
  for (const diagnostic& each : made.found.all()) found.add(each);
  if (!made.ok()) return false;
  const auto narrow = to_int64(made.components[component].total);
  if (narrow) total = *narrow;
  else found.add(make_diagnostic("P115", terms.tariff->penalties[static_cast<std::size_t>(penalty)].pointer, {{"name", terms.tariff->penalties[static_cast<std::size_t>(penalty)].id}, {"receivable", one.id}, {"on", to_text(as_of)}}));
  return narrow.has_value();
}

}  // namespace detail

bool accrue_columns(const penalty_terms& terms, std::int32_t penalty, std::size_t component, const overdue_columns& of, civil_day as_of, std::span<std::int64_t> totals,
                    diagnostics& found) {
  if (of.size() == 0) return true;
  civil_day first = of.due[0];
  std::int64_t largest = 0;
  for (const civil_day due : of.due) first = std::min(first, due);
  for (const std::int64_t principal : of.principal) largest = std::max(largest, principal);
  std::optional<detail::borne_by_day> borne;
  if (first < as_of) borne = detail::sum_up_days(terms, penalty, component, first, as_of, largest);
  bool fine = true;
  for (std::size_t row = 0; row < of.size(); ++row) {
    if (borne && detail::look_up(*borne, of, row, as_of, totals[row])) continue;
    fine = detail::accrue_row(terms, penalty, component, of, row, as_of, totals[row], found) && fine;
  }
  return fine;
}

DUES_END
