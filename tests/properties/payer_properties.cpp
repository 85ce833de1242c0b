// SPDX-License-Identifier: Apache-2.0
//
// However a unit changes hands and whoever shares it, its payers together pay what one payer would
// have paid; and a tax by the bill is what the whole bill owes, spread without a cent lost.
#include "town.hpp"

#include "value/oracle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace {

using dues_test::rational;
using dues_test::town;

dues::billing run(const std::shared_ptr<const dues::program>& rules, const town& facts, const dues::bill_request& asked) {
  return dues::make_bills(dues_test::loaded(rules, facts.json()), asked);
}

// The first day of all tenures, as the rows have it.
std::string first_day_of(const std::vector<std::string>& tenures) {
  const std::string mark = "\"from\": \"";
  std::string first;
  for (const std::string& row : tenures) {
    const std::string day = row.substr(row.find(mark) + mark.size(), 10);
    if (first.empty() || day < first) first = day;
  }
  return first;
}

std::map<std::string, std::int64_t> gross_by_period(const dues::billing& made) {
  std::map<std::string, std::int64_t> sums;
  for (const dues::line& one : made.lines) sums[std::to_string(one.fee) + "/" + std::string(dues::subject_text(*made.known, one)) + "/" + dues::to_text(one.period)] += one.gross;
  return sums;
}

RC_GTEST_PROP(payer_property, the_payers_of_a_unit_pay_together_what_one_would_pay, ()) {
  dues_test::wishes wanted;
  wanted.payer_facts = false;
  wanted.line_limits = false;  // a minimum for each payer's line is meant to add up to more
  wanted.changes = {"by_days", "by_convention", "whole_at_period_start", "whole_at_issue_date", "whole_at_due_date"};
  const auto rules_drawn = dues_test::draw_rules(wanted);
  const auto rules = dues_test::compiled(rules_drawn.json);
  town several = dues_test::draw_town(rules_drawn, 1, false);
  RC_LOG() << rules_drawn.json << several.json();
  town single = several;
  single.tenures = {dues_test::object({{"unit", "U0"}, {"account", "A9"}, {"role", "owner"}, {"from", first_day_of(several.tenures)}})};
  const dues::bill_request asked = dues_test::draw_run();
  const dues::billing all = run(rules, several, asked);
  const dues::billing one = run(rules, single, asked);
  dues_test::without_faults(all);
  dues_test::without_faults(one);
  RC_ASSERT(gross_by_period(all) == gross_by_period(one));
  RC_CLASSIFY(all.lines.size() > one.lines.size(), "several payers");
  RC_CLASSIFY(one.lines.empty(), "no lines");
}

// What a tax on `gross` is, by rationals; in cents, half up.
dues_test::integer tax_of(const rational& rate, bool included, std::int64_t gross) {
  if (!included) return dues_test::round_of(gross * rate, dues::rounding_mode::half_up);
  return gross - dues_test::round_of(gross / (1 + rate), dues::rounding_mode::half_up);
}

RC_GTEST_PROP(payer_property, a_tax_by_the_bill_is_the_tax_on_the_bill, ()) {
  dues_test::wishes wanted;
  wanted.taxes = {"bill_inside", "bill_on_top", ""};
  wanted.discounts = false;  // the tax would be on what they leave
  const auto rules_drawn = dues_test::draw_rules(wanted);
  const town facts = dues_test::draw_town(rules_drawn, 3, false);
  RC_LOG() << rules_drawn.json << facts.json();
  const dues::billing made = run(dues_test::compiled(rules_drawn.json), facts, dues_test::draw_run());
  dues_test::without_faults(made);
  std::size_t spread = 0;
  for (const dues::bill& bill : made.bills) {
    dues::int128 total = 0;
    for (const dues::rate_total& of : dues::totals_by_rate(made, bill)) {
      total += of.amount;
      if (of.rate < 0) {
        RC_ASSERT(of.tax == 0);
        continue;
      }
      const dues::tax_rate& at = made.rates[static_cast<std::size_t>(of.rate)];
      const bool included = made.known->tariff->taxes[static_cast<std::size_t>(at.tax)].included;
      std::int64_t gross = 0;
      std::int64_t tax = 0;
      for (std::uint32_t i = bill.begin; i < bill.end; ++i) {
        const dues::line& one = made.lines[made.bill_lines[i]];
        if (one.rate != of.rate) continue;
        RC_ASSERT(one.amount == one.gross + (included ? 0 : one.tax));
        gross += one.gross;
        tax += one.tax;
        ++spread;
      }
      const auto percent = dues::decimal::parse(dues::percent_text(*at.rate).substr(0, 1));
      RC_ASSERT(tax_of(rational(dues_test::integer(dues::to_string(percent->coefficient())), 100), included, gross) == tax);
      RC_ASSERT(of.tax == tax);
    }
    RC_ASSERT(total == dues::total_of(made, bill));
  }
  RC_CLASSIFY(spread > made.bills.size(), "several lines a bill");
}

}  // namespace
