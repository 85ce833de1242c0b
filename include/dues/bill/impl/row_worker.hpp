// SPDX-License-Identifier: Apache-2.0
//
// Lines by the rule for one line: groups in, their lines out, with tax by the line. Not public.
#pragma once

#include <dues/bill/impl/possible_discounts.hpp>
#include <dues/bill/impl/sole_payers.hpp>
#include <dues/tax/tax.hpp>

#include <unordered_map>

DUES_BEGIN

namespace detail {

/// What lines refer to by number.
struct line_references {
  std::vector<tax_rate> rates;
  std::vector<diagnostic> faults;
};

/// Lines with what they refer to.
struct made_lines : line_references {
  std::vector<line> lines;
};

/// Finds rates by tax and day, each looked up once.
class rate_finder {
 public:
  explicit rate_finder(const program& tariff) : tariff_(tariff) {}

  /// Place in `rates`, or -1 where no rate stands on that day.
  std::int32_t find(std::int32_t tax, civil_day day, std::vector<tax_rate>& rates) {
    if (tax == last_tax_ && day == last_day_) return last_;
    const auto key = (static_cast<std::int64_t>(tax) << 32) ^ static_cast<std::uint32_t>(day.days);
    const auto [at, fresh] = known_.try_emplace(key, -1);
    if (fresh)
      if (auto rate = rate_on(tariff_, tariff_.taxes[static_cast<std::size_t>(tax)], day)) at->second = add(rates, {tax, std::move(rate)});
    last_tax_ = tax;
    last_day_ = day;
    return last_ = at->second;
  }
  static std::int32_t add(std::vector<tax_rate>& rates, tax_rate wanted) {
    for (std::size_t i = 0; i < rates.size(); ++i)
      if (rates[i].tax == wanted.tax && rates[i].rate == wanted.rate) return static_cast<std::int32_t>(i);
    rates.push_back(std::move(wanted));
    return static_cast<std::int32_t>(rates.size()) - 1;
  }

 private:
  const program& tariff_;
  std::unordered_map<std::int64_t, std::int32_t> known_;
  std::int32_t last_tax_ = -1, last_ = -1;
  civil_day last_day_;
};

/// A line whose references were those of `from` and become those of `into`.
inline line adopted(line one, const line_references& from, line_references& into) {
  if (one.rate >= 0) one.rate = rate_finder::add(into.rates, from.rates[static_cast<std::size_t>(one.rate)]);
  if (one.fault >= 0) {
    into.faults.push_back(from.faults[static_cast<std::size_t>(one.fault)]);
    one.fault = static_cast<std::int32_t>(into.faults.size()) - 1;
  }
  return one;
}

class row_worker {
 public:
  row_worker(const run_plan& plan, made_lines& out) : plan_(plan), known_(plan.known()), tariff_(*known_.tariff), out_(out), rates_(tariff_), discounts_(known_), rater_(known_, silent_) {}

  /// What of a unit has several payers, or none that is known.
  void rate_apart(std::uint32_t unit, const sole_payers& known) {
    const auto taken = known_.subscriptions_of(unit);
    for (std::size_t f = 0; f < tariff_.fees.size(); ++f) {
      if (is_by_readings(tariff_, tariff_.fees[f])) {
        rate_readings(tariff_.fees[f], unit);
        continue;
      }
      if (tariff_.fees[f].scope == fee_scope::unit) {
        if (known.of(f, unit) == id_table::none)
          for (const fee_period& what : plan_.shared(f)) rate({&what, unit, id_table::none});
        continue;
      }
      for (const subscription& one : taken)
        if (one.fee == static_cast<std::int32_t>(f) && !known.knows(one)) rate_subscription(one);
    }
  }
  /// What the readings of a unit close in this run.
  void rate_readings(const fee& rule, std::uint32_t unit) {
    const schedule& when = tariff_.schedules[static_cast<std::size_t>(rule.schedule)];
    const meter_closing* const all = known_.meters.closings_of(unit, rule.meter).data();
    for (const meter_closing& closing : closings_of(known_, rule, unit, plan_.asked())) {
      nominal_period period = make_period(when, known_, closing, &closing - all);
      if (!selects(period, plan_.asked().days, plan_.asked().select) || intersect(period.days, rule.life).empty()) continue;
      const fee_period what = make_fee_period(tariff_, rule, std::move(period));
      rate({&what, unit, id_table::none});
    }
  }
  void rate_subscription(const subscription& taken) {
    const auto f = static_cast<std::size_t>(taken.fee);
    const auto place = static_cast<std::uint32_t>(&taken - known_.subscriptions.data());
    for (const fee_period& what : has_own_periods(tariff_, tariff_.fees[f]) ? own_periods(f, taken.days.from) : plan_.shared(f)) rate({&what, taken.unit, place});
  }
  /// Adds the lines of a group.
  void rate(const charge_group& group) {
    rater_.rate(group, lines_);
    if (lines_.lines.empty()) return;
    const fee& rule = *group.what->rule;
    const nominal_period& period = group.what->period;
    std::int32_t fault = -1;
    if (lines_.fault) fault = add_fault(*lines_.fault);
    for (const payer_line& payer : lines_.lines) {
      line& made = out_.lines.emplace_back();
      made.account = payer.account;
      made.unit = group.unit;
      made.fee = static_cast<std::int32_t>(&rule - tariff_.fees.data());
      made.subscription = group.subject;
      made.period = period.named;
      made.from = payer.hull.from;
      made.to = payer.hull.to;
      made.issue = period.issue;
      made.due = period.due;
      made.fault = fault;
      if (fault >= 0 || may_be_lowered(group, made)) continue;
      made.gross = made.amount = payer.gross;
      made.quantity = payer.quantity.coefficient;
      made.quantity_scale = payer.quantity.scale;
      made.price = payer.price.coefficient;
      made.price_scale = payer.price.scale;
      if (rule.tax >= 0) tax(rule, group, made);
    }
  }

 private:
  // Many subscriptions begin on the same day: their periods are the same.
  std::span<const fee_period> own_periods(std::size_t fee, civil_day start) {
    constexpr std::size_t most_kept = 4'096;
    if (own_.size() > most_kept) own_.clear();
    const auto key = (static_cast<std::int64_t>(fee) << 32) ^ static_cast<std::uint32_t>(start.days);
    const auto [at, fresh] = own_.try_emplace(key);
    if (fresh) at->second = periods_of(known_, tariff_.fees[fee], start, plan_.asked());
    return at->second;
  }

  bool may_be_lowered(const charge_group& group, line& made) {
    const fee& rule = *group.what->rule;
    if (rule.discounts.empty() || !plan_.asked().discounted) return false;
    const subscription* taken = group.subject == id_table::none ? nullptr : &known_.subscriptions[group.subject];
    const std::int32_t by = discounts_.find(*group.what, group.unit, made.account, taken, rater_.charged_days(group, made.account));
    if (by < 0) return false;
    const discount& one = tariff_.discounts[static_cast<std::size_t>(by)];
    made.fault = add_fault(make_diagnostic("R116", one.pointer, {{"discount", one.id}, {"fee", rule.id}, {"unit", std::string(known_.units.at(group.unit))}}));
    return true;
  }

  std::int32_t add_fault(diagnostic why) {
    out_.faults.push_back(std::move(why));
    return static_cast<std::int32_t>(out_.faults.size()) - 1;
  }

  void tax(const fee& rule, const charge_group& group, line& made) {
    const tax_rule& by = tariff_.taxes[static_cast<std::size_t>(rule.tax)];
    std::optional<std::int64_t> tax;
    if (by.moment == tax_moment::service_days) {
      const taxed_days found = tax_by_days(tariff_, by, made.gross, rater_.charged_days(group, made.account));
      if (found.any) made.rate = rate_finder::add(out_.rates, {rule.tax, found.rate});
      tax = found.tax;
    } else {
      made.rate = rates_.find(rule.tax, made.issue, out_.rates);
      if (made.rate < 0 || by.scope == tax_scope::per_bill) return;  // by the bill: later, over its lines
      tax = tax_of(by, *out_.rates[static_cast<std::size_t>(made.rate)].rate, made.gross, tariff_.minor_units);
    }
    std::int64_t amount = 0;
    if (!tax || add_overflows(made.gross, by.included ? 0 : *tax, amount)) {
      made.gross = made.amount = 0;
      made.rate = -1;
      made.fault = add_fault(make_diagnostic("R104", rule.pointer, {{"fee", rule.id}, {"unit", std::string(known_.units.at(group.unit))}}));
      return;
    }
    made.tax = *tax;
    made.amount = amount;
  }

  const run_plan& plan_;
  const facts& known_;
  const program& tariff_;
  made_lines& out_;
  rate_finder rates_;
  possible_discounts discounts_;
  no_trace silent_;
  group_rater<no_trace> rater_;
  group_lines lines_;
  std::unordered_map<std::int64_t, std::vector<fee_period>> own_;
};

}  // namespace detail

DUES_END
