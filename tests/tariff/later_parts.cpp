// SPDX-License-Identifier: Apache-2.0
//
// What version 1 of the language has and this release does not build is refused, each part at its
// place, and nothing is skipped in silence.
#include "tariff/small_tariff.hpp"

namespace {

using dues_test::change;
using dues_test::compiled;
using dues_test::expect_told;

struct later_part {
  std::vector<change> changes;
  std::vector<std::string> mistakes;
};

TEST(later_parts, are_refused_at_their_place) {
  const std::string fee = R"(, "name": {"en": "Later"}, "schedule": "monthly", "price": "value.nowhere", "meter": "water"})";
  const std::vector<later_part> parts{
      {{{"/reads/stay", "[]"}}, {"T150 /reads/stay | what=reads.stay"}},
      {{{"/reads/meters", R"([{"id": "lift", "of": "unit.building", "unit": "kWh"}])"}}, {"T150 /reads/meters/0/of | what=a meter of unit.building"}},
      {{{"/reads/figures", "[]"}}, {"T150 /reads/figures | what=reads.figures"}},
      {{{"/fees/-", R"({"id": "later", "kind": "share")" + fee}}, {"T150 /fees/3/kind | what=a fee of kind share"}},
      {{{"/fees/-", R"({"id": "later", "kind": "deposit")" + fee}}, {"T150 /fees/3/kind | what=a fee of kind deposit"}},
      {{{"/fees/-", R"({"id": "later", "kind": "stay")" + fee}}, {"T150 /fees/3/kind | what=a fee of kind stay"}},
      {{{"/schedules/-", R"({"id": "later", "kind": "stays", "due": {"days_after_issue": 0}})"}}, {"T150 /schedules/3/kind | what=a schedule of kind stays"}},
      {{{"/schedules/-", R"({"id": "later", "kind": "instalments", "instalments": [{"due": "2026-03-01"}]})"}}, {"T150 /schedules/3/kind | what=a schedule of kind instalments"}},
      {{{"/fees/1/price", R"({"tiers": "graduated", "steps": []})"}}, {"T150 /fees/1/price | what=a price by tiers or by register"}},
      {{{"/fees/1/price", R"([{"from": "2026-01-01", "is": {"tiers": "volume", "steps": []}}, {"from": "2026-07-01", "is": "3"}])"}}, {"T150 /fees/1/price/0/is"}},
      {{{"/fees/0/growth", "{}"}}, {"T150 /fees/0/growth | what=fee.growth"}},
      {{{"/fees/0/rent_free", "[]"}}, {"T150 /fees/0/rent_free | what=fee.rent_free"}},
      {{{"/fees/0/suspended_at", "\"30%\""}}, {"T150 /fees/0/suspended_at | what=fee.suspended_at"}},
      {{{"/fees/0/revenue", "{}"}}, {"T150 /fees/0/revenue | what=fee.revenue"}},
      {{{"/taxes/0/margin_over", "\"unit.area\""}}, {"T150 /taxes/0/margin_over | what=tax.margin_over"}},
      {{{"/taxes/0/rate_on", "\"payment\""}}, {"T150 /taxes/0/rate_on | what=rate_on payment"}},
      {{{"/fees/2/amount", "\"billed(management) * 2\""}}, {"T150 /fees/2/amount@0 | what=billed()"}},
  };
  for (const later_part& one : parts) {
    SCOPED_TRACE(one.mistakes[0]);
    const dues::compile_result result = compiled(one.changes);
    expect_told(result.found.all(), one.mistakes);
    EXPECT_EQ(result.compiled, nullptr);
  }
}

TEST(later_parts, bring_no_second_mistake_for_what_reads_them) {
  // The turnover is declared, in a part that is refused; to call it unknown would send people to search.
  const dues::compile_result result = compiled({{"/reads/figures", R"([{"id": "turnover"}])"}, {"/fees/2/amount", "\"figure.turnover * 2\""},
                                                {"/discounts", R"([{"id": "d", "of": ["card"], "when": {"condition": "figure.turnover > 5"}, "give": {"percent": "5%"}}])"}});
  expect_told(result.found.all(), {"T150 /reads/figures"});
}

TEST(later_parts, are_not_called_unused_for_want_of_a_reader_that_is_refused) {
  const dues::compile_result result = compiled({{"/taxes/-", R"({"id": "vat_water", "rate": "3%", "included": true})"},
                                                {"/fees/-", R"({"id": "water", "kind": "share", "tax": "vat_water"})"}});
  expect_told(result.found.all(), {"T150 /fees/3/kind"});
}

}  // namespace
