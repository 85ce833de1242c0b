// SPDX-License-Identifier: Apache-2.0
//
// Whatever the discounts: what they take off is what stands between the charge and what is owed, nothing is
// owed twice or negative, and where they do not look at each other their order does not matter.
#include "town.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace {

RC_GTEST_PROP(discount_property, what_is_granted_is_what_lines_are_lowered_by, ()) {
  const auto drawn = dues_test::draw_rules({});
  const auto known = dues_test::loaded(dues_test::compiled(drawn.json), dues_test::draw_town(drawn, *rc::gen::inRange(1, 5), true).json());
  RC_LOG() << drawn.json;
  const dues::billing made = dues::make_bills(known, dues_test::draw_run());
  std::size_t told = 0;
  for (std::size_t i = 0; i < made.lines.size(); ++i) {
    const dues::line one = made.lines[i];
    std::int64_t sum = 0;
    for (const dues::granted_discount& each : dues::granted_to(made, i)) {
      RC_ASSERT(each.amount > 0);
      RC_ASSERT(each.line == i);
      sum += each.amount;
      ++told;
    }
    RC_ASSERT(sum == dues::discounts_of(*known->tariff, one));
    RC_ASSERT(sum <= std::max<std::int64_t>(one.gross, 0));
  }
  RC_ASSERT(told == made.granted.size());
}

// An explanation asks every discount exactly, day by day; a run settles what it can for all lines at once.
RC_GTEST_PROP(discount_property, a_run_grants_what_an_explanation_of_each_line_finds, ()) {
  const auto drawn = dues_test::draw_rules({});
  const auto known = dues_test::loaded(dues_test::compiled(drawn.json), dues_test::draw_town(drawn, *rc::gen::inRange(1, 9), true).json());
  RC_LOG() << drawn.json;
  const dues::billing made = dues::make_bills(known, dues_test::draw_run());
  std::vector<dues::line> lines;
  for (const dues::bill& one : made.bills) {
    lines.clear();
    for (std::uint32_t i = one.begin; i < one.end; ++i) lines.push_back(made.lines[made.bill_lines[i]]);
    for (std::size_t k = 0; k < lines.size(); ++k) {
      if (lines[k].fault >= 0) continue;
      std::vector<dues::granted_discount> found;
      for (const dues::discount_note& note : dues::note_discounts(*known, lines, made.rates, k))
        if (note.what == dues::discount_note::outcome::granted) found.push_back({made.bill_lines[one.begin + k], note.discount, note.amount});
      const auto granted = dues::granted_to(made, made.bill_lines[one.begin + k]);
      RC_ASSERT(found.size() == granted.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        RC_ASSERT(found[i].discount == granted[i].discount);
        RC_ASSERT(found[i].amount == granted[i].amount);
      }
    }
  }
}

// Two fees, discounts that are drawn: percent of the gross, or amounts for each line.
std::string plain_rules(const std::vector<std::string>& discounts) {
  return R"json({"dues_tariff": "1", "id": "plain", "edition": "1", "from": "2024-01-01", "currency": "CNY", "name": {"en": "Plain"},
    "reads": {"unit": [{"id": "use", "type": "choice", "of": ["flat", "shop"]}, {"id": "area", "type": "number", "above": 0}],
              "account": [{"id": "class", "type": "choice", "of": ["normal", "reduced"], "default": "normal"}]},
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
    "fees": [{"id": "fee0", "kind": "recurring", "name": {"en": "A"}, "quantity": "unit.area", "price": "2.805", "schedule": "monthly"},
             {"id": "fee1", "kind": "recurring", "name": {"en": "B"}, "price": "99.99", "schedule": "monthly"}],
    "discounts": )json" + dues_test::list(discounts) + "}";
}

std::vector<std::string> plain_discounts() {
  std::vector<std::string> all;
  const int count = *rc::gen::inRange(1, 5);
  for (int i = 0; i < count; ++i) {
    const std::string give = *rc::gen::element<std::string>(R"({"percent": "7.5%"})", R"({"percent": "19%"})", R"({"amount": "3.33", "each": "line"})");
    all.push_back(dues_test::object({{"id", "d" + std::to_string(i)}, {"of", *rc::gen::element<std::string>(R"(["fee0"])", R"(["fee0", "fee1"])")}, {"give", give}, {"works_on", "gross"},
                                     {"where", *rc::gen::element<std::string>("", "unit.use = 'flat'")}}));
  }
  return all;
}

std::vector<std::int64_t> amounts(const std::vector<std::string>& discounts, const dues_test::town& facts) {
  dues::bill_request asked;
  asked.days = {*dues::day_from(2024, 2, 1), *dues::day_from(2024, 4, 1)};
  const dues::billing made = dues::make_bills(dues_test::loaded(dues_test::compiled(plain_rules(discounts)), facts.json()), asked);
  std::vector<std::int64_t> all;
  for (const dues::line& one : made.lines) all.push_back(one.amount);
  return all;
}

RC_GTEST_PROP(discount_property, the_order_of_discounts_on_the_gross_does_not_matter, ()) {
  std::vector<std::string> discounts = plain_discounts();
  const dues_test::town facts = dues_test::draw_town({}, 3, false);
  const auto before = amounts(discounts, facts);
  std::reverse(discounts.begin(), discounts.end());
  RC_ASSERT(amounts(discounts, facts) == before);
}

RC_GTEST_PROP(discount_property, one_more_never_raises_what_is_due, ()) {
  std::vector<std::string> discounts = plain_discounts();
  const dues_test::town facts = dues_test::draw_town({}, 3, false);
  const auto before = amounts(discounts, facts);
  discounts.push_back(dues_test::object({{"id", "more"}, {"of", R"(["fee0", "fee1"])"}, {"give", *rc::gen::element<std::string>(R"({"percent": "33.3%"})", R"({"amount": "50.00"})")}}));
  const auto after = amounts(discounts, facts);
  RC_ASSERT(after.size() == before.size());
  for (std::size_t i = 0; i < after.size(); ++i) RC_ASSERT(after[i] <= before[i]);
}

}  // namespace
