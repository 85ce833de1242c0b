// SPDX-License-Identifier: Apache-2.0
//
// The lines of periods that are paid ahead, by the rules of every bill: each rated as the facts stand, all of
// them lowered together as one bill of the day, taxed by that day. Not public.
#pragma once

#include <dues/bill/impl/row_worker.hpp>
#include <dues/quote/impl/covered.hpp>

#include <numeric>

DUES_BEGIN

namespace detail {

/// Lines of one bill, and beside each what it is to the prepayment.
struct priced_ahead {
  std::vector<line> lines;
  std::vector<prepaid_line> ahead;
  std::vector<prepaid_part> parts;
  std::vector<tax_rate> rates;
  std::vector<granted_discount> granted;  ///< by line
  std::vector<diagnostic> faults;

  /// A month that came free, but not the whole line: it is billed in its own time and lowered then.
  struct rebate {
    line of;
    prepaid_part part;
    std::int32_t discount = -1;
    std::int64_t amount = 0;
  };
  std::vector<rebate> rebates;

  // As they were before discounts, lines that might have come free included: for the reasons of an offer.
  std::vector<line> offered;
  std::vector<prepaid_line> offered_ahead;

  bool ok() const noexcept { return faults.empty(); }
};

class ahead_pricer {
 public:
  ahead_pricer(const facts& known, const covered_periods& of) : known_(known), tariff_(*known.tariff), of_(of), rule_(tariff_.fees[static_cast<std::size_t>(of.fee)]), when_(tariff_.schedules[static_cast<std::size_t>(rule_.schedule)]) {}

  /// @param paid    numbers of the periods that are paid, rising; those without a line of the payer are left out
  /// @param gifts   how many periods after the last one covered may come free
  /// @param months  that the conditions are told
  /// @param on      day of issue
  priced_ahead price(std::span<const std::int64_t> paid, std::int64_t first_gift, std::int64_t gifts, int months, civil_day on);

  /// Months that may come free with so many paid ones, counted in periods.
  std::int64_t most_gifts(int months) const {
    std::int64_t free = 0;
    for (const std::int32_t each : rule_.discounts) {
      const discount& one = tariff_.discounts[static_cast<std::size_t>(each)];
      if (one.give.kind == gift_kind::free_months && one.when.prepaid_months <= months) free += one.give.free_months;
    }
    return (free + when_.months - 1) / when_.months;
  }

 private:
  void add(std::int64_t index, bool gift, int months, civil_day on, row_worker& worker, made_lines& rated, priced_ahead& out);
  void lower(priced_ahead& out);

  const facts& known_;
  const program& tariff_;
  const covered_periods& of_;
  const fee& rule_;
  const schedule& when_;
};

inline void ahead_pricer::add(std::int64_t index, bool gift, int months, civil_day on, row_worker& worker, made_lines& rated, priced_ahead& out) {
  nominal_period period = make_period(when_, known_, of_.start, index);
  prepaid_part part{when_.months, gift, period.issue, period.due, 0};
  period.issue = period.due = on;
  period.problem.reset();  // the regular due date is not asked for
  const fee_period what = make_fee_period(tariff_, rule_, std::move(period));
  const std::size_t before = rated.lines.size();
  worker.rate({&what, of_.unit, of_.subject});
  for (std::size_t i = before; i < rated.lines.size(); ++i) {
    const line& one = rated.lines[i];
    if (one.account != of_.account) continue;
    if (one.fault >= 0) {
      if (!gift && out.faults.empty()) out.faults.push_back(rated.faults[static_cast<std::size_t>(one.fault)]);
      continue;
    }
    out.lines.push_back(one);
    out.ahead.push_back({months, gift});
    out.parts.push_back(part);
  }
}

// Discounts over all lines, then taxes by the bill over what they left.
inline void ahead_pricer::lower(priced_ahead& out) {
  out.offered = out.lines;
  out.offered_ahead = out.ahead;
  if (has_computed_discounts(tariff_, rule_)) {
    std::vector<diagnostic> faults;
    discount_stage(known_).lower(out.lines, out.rates, faults, out.granted, out.ahead);
    if (!faults.empty()) out.faults.push_back(faults.front());
  }
  // A month that does not come free, or not wholly, is not billed now.
  std::vector<bool> kept;
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    const auto sum = [i](std::int64_t taken, const granted_discount& one) { return one.line == i ? taken + one.amount : taken; };
    kept.push_back(!out.ahead[i].gift || (out.lines[i].gross > 0 && std::accumulate(out.granted.begin(), out.granted.end(), std::int64_t{0}, sum) == out.lines[i].gross));
  }
  for (const granted_discount& one : out.granted)
    if (!kept[one.line]) out.rebates.push_back({out.lines[one.line], out.parts[one.line], one.discount, one.amount});
  std::size_t place = 0;
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    places.push_back(static_cast<std::uint32_t>(place));
    if (!kept[i]) continue;
    out.lines[place] = out.lines[i];
    out.ahead[place] = out.ahead[i];
    out.parts[place++] = out.parts[i];
  }
  out.lines.resize(place);
  out.ahead.resize(place);
  out.parts.resize(place);
  std::erase_if(out.granted, [&](const granted_discount& one) { return !kept[one.line]; });
  for (granted_discount& one : out.granted) one.line = places[one.line];
  for (std::size_t r = 0; r < out.rates.size(); ++r) {
    const tax_rule& by = tariff_.taxes[static_cast<std::size_t>(out.rates[r].tax)];
    if (by.scope != tax_scope::per_bill || by.moment == tax_moment::service_days || !out.ok()) continue;
    std::vector<std::int64_t> bases;
    for (std::size_t i = 0; i < out.lines.size(); ++i) {
      std::vector<granted_discount> of_line;
      for (const granted_discount& one : out.granted)
        if (one.line == i) of_line.push_back(one);
      bases.push_back(taxed_gross(tariff_, out.lines[i], of_line));
    }
    if (!spread_bill_tax(tariff_, out.rates[r], out.lines, bases)) out.faults.push_back(make_diagnostic("R104", rule_.pointer, {{"fee", rule_.id}, {"unit", std::string(known_.units.at(of_.unit))}}));
  }
}

inline priced_ahead ahead_pricer::price(std::span<const std::int64_t> paid, std::int64_t first_gift, std::int64_t gifts, int months, civil_day on) {
  priced_ahead out;
  const bill_request plain;
  const run_plan plan(known_, plain);
  made_lines rated;
  row_worker worker(plan, rated);
  for (const std::int64_t index : paid) add(index, false, months, on, worker, rated, out);
  for (std::int64_t k = 0; k < gifts; ++k) add(first_gift + k, true, months, on, worker, rated, out);
  out.rates = rated.rates;
  if (out.ok()) lower(out);
  return out;
}

}  // namespace detail

DUES_END
