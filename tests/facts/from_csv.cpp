// SPDX-License-Identifier: Apache-2.0
//
// The same facts from tables of CSV as from a document of JSON, and what the files can get wrong.
#include "facts/as_csv.hpp"

#include <rapidcheck/gtest.h>

namespace {

using dues_test::all_of;
using dues_test::as_csv;
using dues_test::csv_table;
using dues_test::expect_told;
using dues_test::faulty_units;
using dues_test::load_csv;
using dues_test::small_facts;

// small_facts, as a person would write it.
const std::vector<csv_table>& small_tables() {
  static const std::vector<csv_table> tables{
      {"units", "unit,from,use,area,floor,code,lift,built\n1-101,2026-01-01,flat,80.02,1,A,true,2001-05-01\n1-102,2026-01-01,shop,65.10,,,,\n1-101,2026-07-01,,81,,,,\n"},
      {"accounts", "account,from,class\nA-1,2026-01-01,normal\n"},
      {"tenures", "unit,account,role,from,to,share\r\n1-101,A-1,owner,2026-01-01,,50%\r\n1-101,A-2,owner,2026-01-01,,50%\r\n1-102,A-3,tenant,2026-01-01,2026-07-01,\r\n"},
      {"subscriptions", "subscription,unit,fee,from,quantity,size\nS-1,1-102,card,2026-02-01,2,small\n"},
      {"occupancy", "unit,from,state,approved\n1-102,2026-01-01,occupied,2026-01-05\n"},
      {"calendars", "calendar,from,to,weekend\ncn,2026-01-01,2027-01-01,saturday sunday\n"},
      {"calendar_days", "calendar,date,is,recorded\ncn,2026-01-02,holiday,2025-12-01\n"}};
  return tables;
}

// small_tables with one table written anew.
std::vector<csv_table> with(const std::string& name, const std::string& text) {
  std::vector<csv_table> tables = small_tables();
  for (csv_table& one : tables)
    if (one.name == name) one.text = text;
  return tables;
}

TEST(facts_from_csv, are_those_of_the_document) {
  const dues::facts_result of_json = dues_test::load(small_facts);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{SIZE_MAX}}) {
    const dues::facts_result of_csv = load_csv(small_tables(), piece);
    expect_told(of_csv.found.all(), {});
    ASSERT_NE(of_csv.loaded, nullptr);
    EXPECT_EQ(all_of(*of_csv.loaded), all_of(*of_json.loaded));
    EXPECT_EQ(of_csv.loaded->unit_rows.source, of_json.loaded->unit_rows.source);
    EXPECT_EQ(of_csv.loaded->subscription_rows.source, of_json.loaded->subscription_rows.source);
  }
}

TEST(facts_from_csv, are_those_of_a_larger_document_whatever_order_its_tables_have) {
  dues_test::value document = dues_test::portfolio(20);
  const std::string wanted = all_of(*dues_test::load(dues_test::written(document)).loaded);
  for (int turn = 0; turn < 3; ++turn) {
    std::rotate(document.members.begin(), document.members.begin() + 2, document.members.end());
    const dues::facts_result of_csv = load_csv(as_csv(document), 100);
    expect_told(of_csv.found.all(), {});
    EXPECT_EQ(all_of(*of_csv.loaded), wanted);
  }
}

TEST(facts_from_csv, may_stand_beside_a_document) {
  dues::facts_loader loader(dues_test::tariff_of_facts());
  EXPECT_TRUE(loader.json(R"({"dues_facts": "1", "calendars": [{"calendar": "cn"}]})"));
  dues_test::take_tables(loader, {small_tables()[0]});
  EXPECT_TRUE(loader.json(R"({"dues_facts": "1", "tenures": [{"unit": "1-101", "account": "A", "role": "owner", "from": "2026-01-01"}]})"));
  const dues::facts_result result = loader.finish();
  expect_told(result.found.all(), {});
  EXPECT_EQ(result.loaded->tenures.size(), 1U);
}

TEST(facts_from_csv, take_truths_as_spreadsheets_save_them) {
  const auto result = load_csv({{"calendars", "calendar\ncn\n"}, {"units", "unit,from,lift\n1,2026-01-01,TRUE\n2,2026-01-01,FALSE\n3,2026-01-01,False\n"}});
  expect_told(result.found.all(), {"F103 /units/2/lift | is=False"});
  EXPECT_EQ(result.loaded->unit_rows.words[4].at(0), 1);
  EXPECT_EQ(result.loaded->unit_rows.words[4].at(1), 0);
}

struct wrong_table {
  std::string table, text;
  std::vector<std::string> mistakes;
  std::vector<std::string> units;  ///< that carry it
};

TEST(mistakes_of_facts_from_csv, in_rows_name_row_and_column_and_follow_their_units) {
  static const std::vector<std::string> none, first{"1-101"}, second{"1-102"}, both{"1-101", "1-102"};
  const std::string units = "unit,from,use,area\n1-101,2026-01-01,flat,80.02\n1-102,2026-01-01,";
  const std::string tenures = "unit,account,role,from,share\n1-101,A-1,owner,2026-01-01,50%\n";
  for (const wrong_table& one : std::vector<wrong_table>{
           {"units", units + "shops,65\n", {"F103 /units/1/use | is=shops | nearest=shop | row=3 | column=3"}, second},
           {"units", units + "shop,-1\n", {"F103 /units/1/area | name=unit.area | is=-1 | wanted=above 0 | row=3 | column=4"}, second},
           {"units", units + "shop,\"1,5\"\n", {"F103 /units/1/area | is=1,5 | wanted=a decimal number | row=3 | column=4"}, second},
           {"units", units + "shop,1e2\n", {"F103 /units/1/area | is=1e2 | wanted=a decimal number written out, without an exponent"}, second},
           {"units", units + "shop,5\n\n1-102,2026-13-01,,\n", {"F107 /units/3/from | is=2026-13-01 | row=5 | column=2"}, second},
           {"units", units + "shop,5\n1-102,,,\n", {"F104 /units/2 | name=from | table=units | row=4"}, second},
           {"units", units + "shop,5\n,2026-01-01,,\n", {"F104 /units/2 | name=unit | row=4"}, none},
           {"units", units + "shop,5\n1-101,2026-01-01,,9\n", {"F109 /units/2/from | is=1-101 from 2026-01-01 | row=4 | column=2"}, first},
           {"tenures", tenures + "1-101,A-2,owner,2026-01-01,40%\n", {"F106 /tenures/1 | what=owners' shares | is=add to 90% | row=3"}, first},
           {"tenures", tenures + "1-103,A-2,owner,2026-01-01,50%\n", {"F105 /tenures/1/unit | is=1-103 | row=3 | column=1", "F106 /tenures/0 | is=add to 50%"}, first},
           {"tenures", "unit,account,role,from\n1-101,A-1,ownr,2026-01-01\n", {"F103 /tenures/0/role | nearest=owner | row=2 | column=3"}, first},
           {"subscriptions", "unit,subscription,fee,from\n1-101,S,card,2026-01-01\n1-102,S,card,2026-01-01\n", {"F109 /subscriptions/1/subscription | is=S | row=3 | column=2"}, both},
           {"calendars", "calendar,weekend\ncn,saturday;sunday\n", {"F103 /calendars/0/weekend | is=saturday;sunday | row=2 | column=2"}, none},
       }) {
    SCOPED_TRACE(one.text);
    const dues::facts_result result = load_csv(with(one.table, one.text));
    expect_told(result.found.all(), one.mistakes);
    ASSERT_NE(result.loaded, nullptr);
    EXPECT_EQ(faulty_units(*result.loaded), one.units);
  }
}

TEST(mistakes_of_facts_from_csv, in_header_or_form_leave_nothing_to_bill) {
  for (const wrong_table& one : std::vector<wrong_table>{
           {"units", "unit,from,areas\n1-101,2026-01-01,5\n", {"F101 /units | name=areas | table=units | nearest=area | row=1 | column=3"}, {}},
           {"units", "unit,from,class\n1-101,2026-01-01,normal\n", {"F101 /units | name=class | column=3"}, {}},
           {"units", "unit,from,role\n1-101,2026-01-01,owner\n", {"F101 /units | name=role"}, {}},
           {"units", "unit,area\n1-101,5\n", {"F146 /units | is=from | table=units"}, {}},
           {"units", "unit,from,area,area\n1-101,2026-01-01,5,6\n", {"F144 /units | name=area | column=4"}, {}},
           {"units", "unit,from,area\n1-101,2026-01-01\n", {"F143 /units/0 | is=2 | wanted=3"}, {}},
           {"units", "unit,from,area\n1-101,\"2026-01-01,5\n", {"F140 /units/0/from | row=2 | column=2"}, {}},
           {"tenures", "unit,account,role,from,through\n", {"F101 /tenures | name=through | row=1 | column=5"}, {}},
           {"figures", "figure,from\n", {"F111 /figures | table=figures"}, {}},
           {"unit", "unit,from\n", {"F101 /unit | nearest=units"}, {}},
       }) {
    SCOPED_TRACE(one.text);
    const dues::facts_result result = load_csv({{"calendars", "calendar\ncn\n"}, {one.table, one.text}});
    expect_told(result.found.all(), one.mistakes);
    EXPECT_EQ(result.loaded, nullptr);
  }
}

TEST(mistakes_of_facts_from_csv, are_told_with_their_place_in_the_file_in_both_languages) {
  const dues::facts_result result = load_csv(with("accounts", "account,class,from\nA-1,norml,2026-01-01\n"));
  ASSERT_EQ(result.found.all().size(), 1U);
  EXPECT_EQ(message(result.found.all()[0]), "class is norml; wanted normal or reduced (row 2, column 2); did you mean 'normal'?");
  EXPECT_EQ(message(result.found.all()[0], dues::language::chinese()), "class 为 norml；应为 normal 或 reduced（第 2 行第 2 列）；是否想写“normal”？");
}

TEST(mistakes_of_facts_from_csv, of_a_table_that_stands_twice_are_told) {
  const auto result = load_csv({{"calendars", "calendar\ncn\n"}, {"units", "unit,from\n1,2026-01-01\n"}, {"units", "unit,from\n2,2026-01-01\n"}});
  expect_told(result.found.all(), {"F109 /units | is=units | what=a table stands once"});
  EXPECT_EQ(result.loaded->units.size(), 2U);
}

TEST(facts_loader, refuses_calls_in_a_wrong_order) {
  EXPECT_THROW(dues::facts_loader(std::shared_ptr<const dues::program>()), std::invalid_argument);
  EXPECT_THROW(dues::facts_loader(std::vector<std::shared_ptr<const dues::program>>()), std::invalid_argument);
  EXPECT_THROW(dues::facts_loader(std::vector{dues_test::tariff_of_facts(), dues_test::tariff_of_facts()}), std::invalid_argument);
  dues::facts_loader loader(dues_test::tariff_of_facts());
  EXPECT_FALSE(loader.feed("unit,from\n"));
  EXPECT_FALSE(loader.end_csv());
  EXPECT_TRUE(loader.begin_csv("units"));
  EXPECT_THROW(loader.begin_csv("tenures"), std::logic_error);
  EXPECT_THROW(loader.json("{}"), std::logic_error);
  EXPECT_THROW(loader.finish(), std::logic_error);
}

TEST(facts_loader, keeps_to_the_limits_of_a_file) {
  dues::facts_loader loader(dues_test::tariff_of_facts());
  EXPECT_TRUE(loader.begin_csv("units", {.cell_bytes = 10}));
  EXPECT_FALSE(loader.feed("unit,from\n12345678901,2026-01-01\n"));
  EXPECT_FALSE(loader.end_csv());
  const auto result = loader.finish();
  expect_told(result.found.all(), {"F149 /units/0/unit | limit=10 bytes"});
  EXPECT_EQ(result.loaded, nullptr);
}

}  // namespace
