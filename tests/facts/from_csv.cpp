// SPDX-License-Identifier: Apache-2.0
//
// The same facts from tables of CSV.
#include "facts/small_facts.hpp"

#include <dues/facts/loader.hpp>

namespace {

using dues_test::expect_told;

// small_facts, table by table.
const std::vector<std::pair<std::string, std::string>>& small_tables() {
  static const std::vector<std::pair<std::string, std::string>> tables{
      {"units", "unit,from,use,area,floor,code,lift,built\n1-101,2026-01-01,flat,80.02,1,A,true,2001-05-01\n1-102,2026-01-01,shop,65.10,,,,\n1-101,2026-07-01,,81,,,,\n"},
      {"accounts", "account,from,class\nA-1,2026-01-01,normal\n"},
      {"tenures", "unit,account,role,from,to,share\r\n1-101,A-1,owner,2026-01-01,,50%\r\n1-101,A-2,owner,2026-01-01,,50%\r\n1-102,A-3,tenant,2026-01-01,2026-07-01,\r\n"},
      {"subscriptions", "subscription,unit,fee,from,quantity,size\nS-1,1-102,card,2026-02-01,2,small\n"},
      {"occupancy", "unit,from,state,approved\n1-102,2026-01-01,occupied,2026-01-05\n"},
      {"calendars", "calendar,from,to,weekend\ncn,2026-01-01,2027-01-01,saturday sunday\n"},
      {"calendar_days", "calendar,date,is,recorded\ncn,2026-01-02,holiday,2025-12-01\n"}};
  return tables;
}

TEST(facts_from_csv, load_table_by_table) {
  dues::facts_loader loader(dues_test::tariff_of_facts());
  for (const auto& [table, text] : small_tables()) {
    EXPECT_TRUE(loader.begin_csv(table)) << table;
    EXPECT_TRUE(loader.feed(text)) << table;
    EXPECT_TRUE(loader.end_csv()) << table;
  }
  const dues::facts_result result = loader.finish();
  expect_told(result.found.all(), {});
  ASSERT_NE(result.loaded, nullptr);
  EXPECT_EQ(result.loaded->units.size(), 2U);
  EXPECT_EQ(result.loaded->tenures.size(), 3U);
}

}  // namespace
