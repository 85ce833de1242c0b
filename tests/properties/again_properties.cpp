// SPDX-License-Identifier: Apache-2.0
//
// Billing again: with the same facts nothing comes out; with other facts, what was billed and the
// adjustments together are what a fresh run bills, key by key, taxes included.
#include "town.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace {

using dues_test::town;
using amounts = std::array<std::int64_t, 3>;  // gross, tax, amount

std::map<std::string, amounts> by_key(const dues::billing& made) {
  std::map<std::string, amounts> sums;
  for (const dues::line& one : made.lines) {
    amounts& sum = sums[dues::line_key_base(*made.known, one)];
    sum[0] += one.gross;
    sum[1] += one.tax;
    sum[2] += one.amount;
  }
  return sums;
}

std::vector<std::string> keys(const dues::billing& made) {
  std::vector<std::string> all;
  for (const dues::line& one : made.lines) all.push_back(dues::line_key(*made.known, one));
  return all;
}

void remember(const dues::billing& made, dues::billed_before& into) {
  dues::diagnostics found;
  RC_ASSERT(dues::read_billed(*made.known->tariff, dues::to_json(made), into, found));
  RC_ASSERT(found.empty());
}

// Without what may be missing: rows go, others come. Units keep their first row, the rest of it may change.
town changed(const dues_test::drawn_rules& rules, town facts, int units) {
  const int unit = *rc::gen::inRange(0, units);
  const std::string mark = "\"U" + std::to_string(unit) + "\"";
  const auto without = [&](std::vector<std::string>& rows) { std::erase_if(rows, [&](const std::string& row) { return row.find(mark) != std::string::npos; }); };
  const int what = *rc::gen::inRange(0, 4);
  if (what == 0) facts.subscriptions.clear();
  if (what == 1) facts.accounts.clear();
  if (what >= 2) {
    without(facts.units);
    without(facts.tenures);
    // Drawn anew, or gone with what hangs on it.
    if (what == 2) dues_test::draw_unit(rules, "U" + std::to_string(unit), false, facts);
    else without(facts.subscriptions);
  }
  if (*rc::gen::arbitrary<bool>()) dues_test::draw_unit(rules, "U9", false, facts);
  return facts;
}

RC_GTEST_PROP(again_property, the_same_facts_give_the_same_keys_and_nothing_new, ()) {
  const auto rules_drawn = dues_test::draw_rules({});
  const auto rules = dues_test::compiled(rules_drawn.json);
  const town facts = dues_test::draw_town(rules_drawn, 3, false);
  RC_LOG() << rules_drawn.json << facts.json();
  const dues::bill_request asked = dues_test::draw_run();
  const dues::billing first = dues::make_bills(dues_test::loaded(rules, facts.json()), asked);
  const dues::billing second = dues::make_bills(dues_test::loaded(rules, facts.json()), asked);
  dues_test::without_faults(first);
  RC_ASSERT(keys(first) == keys(second));
  const auto all = keys(first);
  RC_ASSERT(std::set<std::string>(all.begin(), all.end()).size() == all.size());
  dues::billed_before before;
  remember(first, before);
  const dues::billing nothing = dues::make_bills(first.known, asked, &before);
  RC_ASSERT(nothing.lines.empty());
  RC_ASSERT(nothing.bills.empty());
  RC_ASSERT(nothing.found.empty());
}

RC_GTEST_PROP(again_property, what_was_billed_and_the_adjustments_are_a_fresh_run, ()) {
  constexpr int units = 3;
  const auto rules_drawn = dues_test::draw_rules({});
  const auto rules = dues_test::compiled(rules_drawn.json);
  const town then = dues_test::draw_town(rules_drawn, units, false);
  const town now = changed(rules_drawn, then, units);
  RC_LOG() << rules_drawn.json << then.json() << now.json();
  const dues::bill_request asked = dues_test::draw_run();
  const dues::billing first = dues::make_bills(dues_test::loaded(rules, then.json()), asked);
  dues::billed_before before;
  remember(first, before);

  const auto known = dues_test::loaded(rules, now.json());
  const dues::billing fresh = dues::make_bills(known, asked);
  const dues::billing more = dues::make_bills(known, asked, &before);
  dues_test::without_faults(fresh);

  // What hangs on a unit, an account or a subscription that is gone is reported, and stays.
  std::set<std::string> reported;
  for (const dues::diagnostic& one : more.found.all()) {
    RC_ASSERT(one.code == "R115");
    reported.insert(std::string(one.value("is")));
  }
  auto sums = by_key(first);
  for (const auto& [key, sum] : by_key(more))
    for (std::size_t i = 0; i < sum.size(); ++i) sums[key][i] += sum[i];
  auto wanted = by_key(fresh);
  for (const std::string& key : reported) {
    RC_ASSERT(!wanted.contains(key));
    sums.erase(key);
  }
  for (const auto& [key, sum] : sums) wanted.try_emplace(key, amounts{});
  for (const auto& [key, sum] : wanted) sums.try_emplace(key, amounts{});
  RC_ASSERT(sums == wanted);

  // Every adjustment has something to say, and once all is billed nothing is left.
  for (const dues::line& one : more.lines) RC_ASSERT(one.adjustment == 0 || one.gross != 0 || one.tax != 0 || one.amount != 0);
  remember(more, before);
  RC_ASSERT(dues::make_bills(known, asked, &before).lines.empty());
  RC_CLASSIFY(!more.lines.empty(), "adjusted");
  RC_CLASSIFY(!reported.empty(), "something is gone");
}

// Who adjusts one account gets what the whole run adjusts for it.
RC_GTEST_PROP(again_property, one_account_alone_is_adjusted_as_in_the_whole_run, ()) {
  constexpr int units = 3;
  const auto rules_drawn = dues_test::draw_rules({});
  const auto rules = dues_test::compiled(rules_drawn.json);
  const town then = dues_test::draw_town(rules_drawn, units, false);
  const auto known = dues_test::loaded(rules, changed(rules_drawn, then, units).json());
  dues::bill_request asked = dues_test::draw_run();
  dues::billed_before before;
  remember(dues::make_bills(dues_test::loaded(rules, then.json()), asked), before);
  const auto all = dues_test::csv_rows(dues::make_bills(known, asked, &before));
  for (std::uint32_t account = 0; account < known->accounts.size(); ++account) {
    asked.account = known->accounts.at(account);
    std::vector<std::vector<std::string>> own;
    std::copy_if(all.begin(), all.end(), std::back_inserter(own), [&](const auto& row) { return row[dues_test::account_cell] == asked.account; });
    RC_ASSERT(dues_test::csv_rows(dues::make_bills(known, asked, &before)) == own);
  }
}

}  // namespace
