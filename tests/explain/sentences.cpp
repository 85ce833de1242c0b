// SPDX-License-Identifier: Apache-2.0
//
// Explanations as people read them, and what a wrong one is worth.
#include "bill/small_town.hpp"

#include <algorithm>
#include <set>

namespace {

using dues_test::billed;
using dues_test::town;

town with_everything() {
  town of;
  of.reads = R"("unit": [{"id": "area", "type": "number", "above": 0, "name": {"en": "floor area", "zh": "建筑面积"}}])";
  of.taxes = R"({"id": "vat", "rate": "6%", "included": true, "cites": ["VAT Act, art. 10"]})";
  of.fees = R"({"id": "management", "kind": "recurring", "name": {"en": "Management", "zh": "物业费"}, "cites": ["Notice 1"], "quantity": "unit.area",
                "price": [{"from": "2026-01-01", "is": "1.75"}, {"from": "2026-03-16", "is": "2.00"}], "price_ceiling": "1.90", "schedule": "monthly", "tax": "vat"})";
  of.units = R"({"unit": "1-101", "from": "2026-01-01", "area": "80.02"})";
  return of;
}

std::vector<std::string> told(const town& of, const dues::language& words) {
  const dues::billing made = billed(of);
  const auto why = dues::explain_line(made, 0);
  std::vector<std::string> out;
  if (why)
    for (const dues::step& one : why->steps) out.push_back(dues::sentence(*made.known->tariff, one, words));
  return out;
}

bool has(const std::vector<std::string>& all, std::string_view wanted) { return std::find(all.begin(), all.end(), wanted) != all.end(); }

TEST(an_explanation, says_every_step_in_english) {
  const auto all = told(with_everything(), dues::language::english());
  // 80.02 x 1.75 x 15/31 = 67.758870... and 80.02 x 1.90 x 16/31 = 78.471225...: together 146.230...
  EXPECT_TRUE(has(all, "floor area: 80.02")) << testing::PrintToString(all);
  EXPECT_TRUE(has(all, "15 of 31 days of 1: 15/31")) << testing::PrintToString(all);
  EXPECT_TRUE(has(all, "not more than 1.90: 2.00 becomes 1.90")) << testing::PrintToString(all);
  EXPECT_TRUE(has(all, "146.23 contains tax at 6%: 8.28")) << testing::PrintToString(all);
  EXPECT_EQ(all.back(), "the line comes to 146.23");
}

TEST(an_explanation, says_the_same_in_chinese) {
  const auto all = told(with_everything(), dues::language::chinese());
  EXPECT_TRUE(has(all, "建筑面积：80.02")) << testing::PrintToString(all);
  EXPECT_TRUE(has(all, "不高于 1.90：2.00 取 1.90")) << testing::PrintToString(all);
  EXPECT_EQ(all.back(), "本行金额为 146.23");
}

TEST(an_explanation, names_facts_and_rules_by_their_place) {
  const dues::billing made = billed(with_everything());
  const auto why = dues::explain_line(made, 0);
  ASSERT_TRUE(why);
  std::set<std::string> places, cited;
  for (const dues::step& one : why->steps) {
    for (const dues::step_input& in : one.inputs) places.insert(in.from);
    cited.insert(one.cites.begin(), one.cites.end());
  }
  for (const char* place : {"/units/0/area", "/fees/0/price/0/is", "/fees/0/price/1/is", "/fees/0/price_ceiling", "/taxes/0/rate"}) EXPECT_TRUE(places.contains(place)) << place;
  EXPECT_EQ(cited, (std::set<std::string>{"Notice 1", "VAT Act, art. 10"}));
}

TEST(an_explanation, that_was_tampered_with_does_not_replay) {
  const dues::billing made = billed(with_everything());
  const auto why = dues::explain_line(made, 0);
  ASSERT_TRUE(why && dues::replay(*why));
  for (std::size_t i = 0; i < why->steps.size(); ++i) {
    if (why->steps[i].does == "applies") continue;
    dues::explanation wrong = *why;
    wrong.steps[i].value += "1";
    EXPECT_FALSE(dues::replay(wrong)) << why->steps[i].does;
  }
  dues::explanation wrong = *why;
  wrong.amount = "146.24";
  EXPECT_FALSE(dues::replay(wrong));
}

TEST(an_explanation, of_a_line_without_an_amount_is_its_diagnostic) {
  town of;
  of.tenures = "";
  EXPECT_FALSE(dues::explain_line(billed(of), 0));
  EXPECT_FALSE(dues::explain_line(billed(of), 7));
}

TEST(sentences, take_a_further_language_from_the_host) {
  const dues::language french("fr", {{"step.amount", "la ligne s'élève à {value}"}});
  const auto all = told(with_everything(), french);
  EXPECT_EQ(all.back(), "la ligne s'élève à 146.23");
  EXPECT_TRUE(has(all, "146.23 contains tax at 6%: 8.28"));  // what is missing stays English
}

std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> found;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) found.emplace(text.substr(at, text.find('}', at) - at));
  return found;
}

TEST(the_catalogue_of_sentences, is_sorted_and_says_the_same_in_both_languages) {
  const auto all = dues::phrases();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i != 0) {
      EXPECT_LT(all[i - 1].key, all[i].key);
    }
    EXPECT_FALSE(all[i].en.empty() || all[i].zh.empty()) << all[i].key;
    EXPECT_EQ(placeholders(all[i].en), placeholders(all[i].zh)) << all[i].key;
  }
}

}  // namespace
