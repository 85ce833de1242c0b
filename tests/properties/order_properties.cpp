// SPDX-License-Identifier: Apache-2.0
//
// The same facts give the same bytes: in any order of rows, on any number of threads; and who asks for one
// account or one unit gets its lines as the whole run has them.
#include "town.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

namespace {

using dues_test::town;

struct bytes {
  std::string json, csv;
  friend bool operator==(const bytes&, const bytes&) = default;
};

bytes bytes_of(const std::shared_ptr<const dues::program>& rules, const town& facts, dues::bill_request asked, unsigned threads = 1) {
  asked.threads = threads;
  const dues::billing made = dues::make_bills(dues_test::loaded(rules, facts.json()), asked);
  return {dues::to_json(made), dues::to_csv(made)};
}

// Every table in another order.
town shuffled(town facts, std::uint32_t seed) {
  std::mt19937 chance(seed);
  for (auto* rows : {&facts.units, &facts.accounts, &facts.tenures, &facts.subscriptions}) std::shuffle(rows->begin(), rows->end(), chance);
  return facts;
}

RC_GTEST_PROP(order_property, the_order_of_rows_changes_no_byte, (std::uint32_t seed)) {
  const auto rules_drawn = dues_test::draw_rules({});
  const auto rules = dues_test::compiled(rules_drawn.json);
  const town facts = dues_test::draw_town(rules_drawn, *rc::gen::inRange(1, 6), true);
  RC_LOG() << rules_drawn.json << facts.json();
  const dues::bill_request asked = dues_test::draw_run();
  RC_ASSERT(bytes_of(rules, facts, asked) == bytes_of(rules, shuffled(facts, seed), asked));
}

// More units than two ranges hold, so that threads have something to divide.
TEST(order_property, neither_threads_nor_the_order_of_rows_change_a_byte_of_a_large_town) {
  const auto drawn = rc::gen::exec([] {
    auto rules = dues_test::draw_rules({});
    town pattern = dues_test::draw_town(rules, 12, true);
    return std::pair(std::move(rules), std::move(pattern));
  });
  // A dozen units over and over, each time under other names.
  const auto renamed = [](std::string row, int copy) { return row.insert(row.find("\"U") + 2, std::to_string(copy) + "-"); };
  int towns = 0;
  for (std::uint64_t seed = 1; towns < 2; ++seed) {
    ASSERT_LT(seed, 100U);
    const auto [rules_drawn, pattern] = drawn(rc::Random(seed), 50).value();
    const auto rules = dues_test::compiled(rules_drawn.json);
    town large;
    large.accounts = pattern.accounts;
    constexpr int copies = 430;
    for (int copy = 0; copy < copies; ++copy) {
      for (const std::string& row : pattern.units) large.units.push_back(renamed(row, copy));
      for (const std::string& row : pattern.tenures) large.tenures.push_back(renamed(row, copy));
    }
    for (const std::string& row : pattern.subscriptions) large.subscriptions.push_back(renamed(row, 7));
    dues::bill_request asked;
    asked.days = {*dues::day_from(2024, 5, 1), *dues::day_from(2024, 7, 1)};
    const bytes alone = bytes_of(rules, large, asked);
    if (std::count(alone.csv.begin(), alone.csv.end(), '\n') < 10'000) continue;  // a season that does not begin now
    ++towns;
    EXPECT_EQ(dues_test::loaded(rules, large.json())->units.size(), 5'160U);
    EXPECT_TRUE(alone == bytes_of(rules, large, asked, 2)) << rules_drawn.json;
    EXPECT_TRUE(alone == bytes_of(rules, shuffled(large, 2024), asked, 5)) << rules_drawn.json;
  }
}

RC_GTEST_PROP(order_property, one_account_alone_has_its_lines_of_the_whole_run, ()) {
  const auto rules_drawn = dues_test::draw_rules({});
  const auto known = dues_test::loaded(dues_test::compiled(rules_drawn.json), dues_test::draw_town(rules_drawn, 4, true).json());
  dues::bill_request asked = dues_test::draw_run();
  const auto all = dues_test::csv_rows(dues::make_bills(known, asked));
  for (std::uint32_t account = 0; account < known->accounts.size(); ++account) {
    asked.account = known->accounts.at(account);
    std::vector<std::vector<std::string>> own;
    std::copy_if(all.begin(), all.end(), std::back_inserter(own), [&](const auto& row) { return row[dues_test::account_cell] == asked.account; });
    RC_ASSERT(dues_test::csv_rows(dues::make_bills(known, asked)) == own);
  }
}

RC_GTEST_PROP(order_property, one_unit_alone_has_its_lines_of_the_whole_run, ()) {
  const auto rules_drawn = dues_test::draw_rules({});
  const auto known = dues_test::loaded(dues_test::compiled(rules_drawn.json), dues_test::draw_town(rules_drawn, 4, true).json());
  dues::bill_request asked = dues_test::draw_run();
  const auto all = dues_test::csv_rows(dues::make_bills(known, asked));
  const std::string account = *rc::gen::element<std::string>("", "A0", "A1");
  if (known->accounts.find(account) != dues::id_table::none) asked.account = account;
  for (std::uint32_t unit = 0; unit < known->units.size(); ++unit) {
    asked.unit = known->units.at(unit);
    std::vector<std::vector<std::string>> own;
    std::copy_if(all.begin(), all.end(), std::back_inserter(own), [&](const auto& row) {
      return row[dues_test::unit_cell] == asked.unit && (asked.account.empty() || row[dues_test::account_cell] == asked.account);
    });
    RC_ASSERT(dues_test::csv_rows(dues::make_bills(known, asked)) == own);
  }
}

}  // namespace
