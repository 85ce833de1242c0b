// SPDX-License-Identifier: Apache-2.0
//
// What a row of facts can get wrong: for each code at least one, with table, row and values, and which
// units carry it into their lines.
#include "facts/small_facts.hpp"

#include <dues/facts/rows.hpp>

#include <set>

namespace {

using dues_test::change;
using dues_test::expect_told;
using dues_test::faulty_units;
using dues_test::load;
using dues_test::loaded;
using dues_test::small_facts;

struct row {
  std::string why;
  std::vector<change> changes;
  std::vector<std::string> mistakes;
  std::vector<std::string> units;
};

const std::vector<row>& mistakes_of_rows() {
  static const std::vector<std::string> none, first{"1-101"}, second{"1-102"};
  static const std::vector<row> rows{
      {"an unknown column", {{"/units/1/areas", "5"}}, {"F101 /units/1/areas | name=areas | table=units | nearest=area"}, second},
      {"an unknown column of tenures", {{"/tenures/2/through", "\"2026-12-31\""}}, {"F101 /tenures/2/through | table=tenures"}, second},
      {"a column of tenures in units", {{"/units/1/role", "\"owner\""}}, {"F101 /units/1/role"}, second},
      {"an attribute of accounts in units", {{"/units/1/class", "\"normal\""}}, {"F101 /units/1/class"}, second},
      {"an end of accounts", {{"/accounts/0/to", "\"2027-01-01\""}}, {"F101 /accounts/0/to | table=accounts"}, first},
      {"a word that is none", {{"/units/1/use", "\"shops\""}}, {"F103 /units/1/use | name=use | is=shops | wanted=flat, shop or office | nearest=shop"}, second},
      {"a word as a number", {{"/units/1/use", "1"}}, {"F103 /units/1/use | is=1"}, second},
      {"an area of nothing", {{"/units/1/area", "0"}}, {"F103 /units/1/area | name=unit.area | is=0 | wanted=above 0"}, second},
      {"a negative area", {{"/units/1/area", "-65.10"}}, {"F103 /units/1/area | is=-65.10 | wanted=above 0"}, second},
      {"an area that no unit has", {{"/units/1/area", "5000.01"}}, {"F103 /units/1/area | wanted=at most 5000"}, second},
      {"a number with an exponent", {{"/units/1/area", "1e2"}}, {"F103 /units/1/area | is=1e2 | wanted=a decimal number written out, without an exponent"}, second},
      {"a number with a point and an exponent", {{"/units/1/area", "1.5e3"}}, {"F103 /units/1/area | is=1.5e3"}, second},
      {"a quantity with an exponent", {{"/subscriptions/0/quantity", "\"2E0\""}}, {"F103 /subscriptions/0/quantity | is=2E0"}, second},
      {"a number with a comma", {{"/units/1/area", "\"65,10\""}}, {"F103 /units/1/area | is=65,10 | wanted=a decimal number"}, second},
      {"a number of 39 digits", {{"/units/1/floor", "\"" + std::string(39, '1') + "\""}}, {"F103 /units/1/floor | wanted=at most 38 digits, 18 of them after the point"}, second},
      {"a number of 19 places", {{"/units/1/floor", "0.1000000000000000055"}}, {"F103 /units/1/floor | wanted=at most 38 digits, 18 of them after the point"}, second},
      {"a number that is yes", {{"/units/1/area", "true"}}, {"F103 /units/1/area | is=true"}, second},
      {"yes as a word", {{"/units/0/lift", "\"yes\""}}, {"F103 /units/0/lift | is=yes | wanted=false or true"}, first},
      {"a text that is a list", {{"/units/0/code", "[\"A\"]"}}, {"F103 /units/0/code | wanted=a text"}, first},
      {"a share without its sign", {{"/tenures/0/share", "0.5"}}, {"F103 /tenures/0/share | is=0.5 | wanted=a percentage with its sign, such as 50%"}, first},
      {"a negative share", {{"/tenures/0/share", "\"-50%\""}}, {"F103 /tenures/0/share | is=-50%"}, first},
      {"a role that is none", {{"/tenures/2/role", "\"tennant\""}}, {"F103 /tenures/2/role | wanted=owner, tenant, developer or operator | nearest=tenant"}, second},
      {"a state that is none", {{"/occupancy/0/state", "\"empty\""}}, {"F103 /occupancy/0/state | wanted=occupied or vacant"}, second},
      {"a short day of the week", {{"/calendars/0/weekend", R"(["saturday", "sun"])"}}, {"F103 /calendars/0/weekend | is=sun"}, none},
      {"a kind of day that is none", {{"/calendar_days/0/is", "\"holidays\""}}, {"F103 /calendar_days/0/is | nearest=holiday"}, none},
      {"a word of an account", {{"/accounts/0/class", "\"reducd\""}}, {"F103 /accounts/0/class | nearest=reduced"}, first},
      {"a unit that is yes", {{"/tenures/2/unit", "true"}}, {"F103 /tenures/2/unit | is=true | wanted=a text"}, none},
      {"no start", {{"/tenures/2/from", {}}}, {"F104 /tenures/2 | name=from | table=tenures"}, second},
      {"an empty start", {{"/tenures/2/from", "\"\""}}, {"F104 /tenures/2 | name=from"}, second},
      {"two columns missing", {{"/tenures/2/from", {}}, {"/tenures/2/role", {}}}, {"F104 /tenures/2 | name=role", "F104 /tenures/2 | name=from"}, second},
      {"a subscription without its fee", {{"/subscriptions/0/fee", {}}}, {"F104 /subscriptions/0 | name=fee | table=subscriptions"}, second},
      {"a tenure of no unit", {{"/tenures/2/unit", "\"1-103\""}}, {"F105 /tenures/2/unit | what=unit | is=1-103"}, none},
      {"a subscription of no unit", {{"/subscriptions/0/unit", "\"1-103\""}}, {"F105 /subscriptions/0/unit | what=unit | is=1-103"}, none},
      {"an occupancy of no unit", {{"/occupancy/0/unit", "\"1-103\""}}, {"F105 /occupancy/0/unit | what=unit | is=1-103"}, none},
      {"a subscription of no fee", {{"/subscriptions/0/fee", "\"cards\""}}, {"F105 /subscriptions/0/fee | is=cards | nearest=card"}, second},
      {"a subscription of a fee of units", {{"/subscriptions/0/fee", "\"management\""}}, {"F105 /subscriptions/0/fee | is=management"}, second},
      {"a day of no calendar", {{"/calendar_days/0/calendar", "\"sg\""}}, {"F105 /calendar_days/0/calendar | what=calendar | is=sg"}, none},
      {"shares of 150 %", {{"/tenures/0/share", "\"100%\""}}, {"F106 /tenures/1 | what=owners' shares | unit=1-101 | from=2026-01-01 | is=add to 150%"}, first},
      {"shares of 99.99 %", {{"/tenures/1/share", "\"49.99%\""}}, {"F106 /tenures/1 | is=add to 99.99%"}, first},
      {"a share of half alone", {{"/tenures/2/share", "\"50%\""}}, {"F106 /tenures/2 | what=tenants' shares | is=add to 50%"}, second},
      {"a share beside none", {{"/tenures/1/share", {}}}, {"F106 /tenures/1 | is=some rows have a share and some have none"}, first},
      {"one owner who leaves", {{"/tenures/0/to", "\"2026-05-01\""}}, {"F106 /tenures/0 | from=2026-05-01 | is=add to 50%"}, first},
      {"one account twice", {{"/tenures/1/account", "\"A-1\""}}, {"F106 /tenures/1 | is=account A-1 holds it twice"}, first},
      {"a tenure that ends first", {{"/tenures/2/to", "\"2025-12-31\""}}, {"F106 /tenures/2/to | what=tenure | is=it ends before it begins"}, second},
      {"a tenure of no day", {{"/tenures/2/to", "\"2026-01-01\""}}, {"F106 /tenures/2/to"}, second},
      {"a subscription that ends first", {{"/subscriptions/0/to", "\"2026-01-01\""}}, {"F106 /subscriptions/0/to | what=subscription"}, second},
      {"a unit that ends first", {{"/units/1/to", "\"2025-01-01\""}}, {"F106 /units/1/to | what=unit | unit=1-102"}, second},
      {"an occupancy that ends first", {{"/occupancy/0/to", "\"2025-01-01\""}}, {"F106 /occupancy/0/to | what=occupancy"}, second},
      {"a calendar that ends first", {{"/calendars/0/to", "\"2026-01-01\""}}, {"F106 /calendars/0/to | what=calendar"}, none},
      {"two states on one day", {{"/occupancy/0/to", "\"2026-03-01\""}, {"/occupancy/-", R"({"unit": "1-102", "from": "2026-02-01", "state": "vacant"})"}},
       {"F106 /occupancy/1/from | what=occupancy | unit=1-102 | is=two states on one day"}, second},
      {"a day that does not exist", {{"/tenures/2/from", "\"2026-02-30\""}}, {"F107 /tenures/2/from | name=from | is=2026-02-30"}, second},
      {"a day as a number", {{"/units/1/from", "20260101"}}, {"F107 /units/1/from | is=20260101"}, second},
      {"an attribute that is no day", {{"/units/0/built", "\"2001-5-1\""}}, {"F107 /units/0/built | is=2001-5-1"}, first},
      {"a day in a list", {{"/units/0/built", "[\"2001-05-01\"]"}}, {"F107 /units/0/built"}, first},
      {"a day of recording that does not exist", {{"/units/1/recorded", "\"2026-04-31\""}}, {"F107 /units/1/recorded"}, second},
      {"a unit twice from one day", {{"/units/2/from", "\"2026-01-01\""}}, {"F109 /units/2/from | is=1-101 from 2026-01-01"}, first},
      {"an account twice from one day", {{"/accounts/-", R"({"account": "A-1", "from": "2026-01-01"})"}}, {"F109 /accounts/1/from | is=A-1 from 2026-01-01"}, first},
      {"a subscription twice", {{"/subscriptions/-", R"({"subscription": "S-1", "unit": "1-101", "fee": "card", "from": "2026-03-01"})"}},
       {"F109 /subscriptions/1/subscription | is=S-1"}, {"1-101", "1-102"}},
      {"a calendar twice", {{"/calendars/-", R"({"calendar": "cn"})"}}, {"F109 /calendars/1/calendar | is=cn"}, none},
      {"a day of a calendar twice", {{"/calendar_days/-", R"({"calendar": "cn", "date": "2026-01-02", "is": "business_day"})"}}, {"F109 /calendar_days/1/date | is=cn 2026-01-02"}, none},
      {"a calendar that a schedule needs", {{"/calendars", {}}, {"/calendar_days", {}}}, {"F113 /calendars | is=cn"}, none},
  };
  return rows;
}

TEST(mistakes_of_facts, are_told_with_row_and_values_and_follow_their_units) {
  EXPECT_TRUE(load(small_facts).found.empty());
  for (const row& one : mistakes_of_rows()) {
    SCOPED_TRACE(one.why);
    const dues::facts_result result = loaded(one.changes);
    expect_told(result.found.all(), one.mistakes);
    ASSERT_NE(result.loaded, nullptr);
    EXPECT_EQ(faulty_units(*result.loaded), one.units);
    for (const dues::diagnostic& fault : result.loaded->faults) EXPECT_EQ(fault, result.found.all()[0]);
  }
}

TEST(mistakes_of_facts, of_whole_documents_leave_nothing_to_bill) {
  const auto refused = [](std::string_view text, const std::string& mistake) {
    SCOPED_TRACE(std::string(text.substr(0, 80)));
    const dues::facts_result result = load(text);
    expect_told(result.found.all(), {mistake});
    EXPECT_EQ(result.loaded, nullptr);
  };
  for (const char* text : {"", "5", "\"x\"", "true", "null", "[]", "[{}]", "{", "{\"dues_facts\": \"1\"} {}"}) refused(text, "F108 ");
  refused(R"({"dues_facts": "1", "units": {}})", "F108  | what=/units may not be an object at line 1, column 30");
  for (const char* cell : {"null", "{\"is\": 1}", "[[1]]", "[{}]", "[null]"})
    refused(std::string(R"({"dues_facts": "1", "units": [{"unit": "1", "from": "2026-01-01", "area": )") + cell + "}]}", "F108 ");
  for (const char* table : {"5", "null", "\"x\"", "[5]", "[null]", "[[]]", "[\"x\"]"}) refused(std::string(R"({"dues_facts": "1", "units": )") + table + "}", "F108 ");
  refused(R"({"dues_facts": [], "units": []})", "F108 ");
  refused(R"({"units": []})", "F104 /dues_facts | name=dues_facts");
  refused(R"({"dues_facts": "2", "units": []})", "F112 /dues_facts | is=2 | known=1");
  for (const char* table : {"free_days", "suspensions", "figures", "references", "coupons", "tags", "stays"}) {
    refused(std::string(R"({"dues_facts": "1", ")") + table + "\": [{\"unit\": \"1\"}, {}]}", std::string("F111 /") + table + " | table=" + table);
    refused(std::string(R"({"dues_facts": "1", ")") + table + "\": []}", std::string("F111 /") + table);
  }
  refused(R"({"dues_facts": "1", "unit": []})", "F101 /unit | name=unit | nearest=units");
  refused(R"({"dues_facts": "1", "flats": [{}, {}]})", "F101 /flats | table=the tables of facts");
}

TEST(mistakes_of_facts, of_a_column_twice_are_told_once_for_each) {
  const std::string twice = R"({"dues_facts": "1", "units": [{"unit": "1", "from": "2026-01-01", "area": 1, "area": 2, "area": 3}],
                               "calendars": [{"calendar": "cn"}]})";
  const dues::facts_result result = load(twice);
  expect_told(result.found.all(), {"F102 /units/0/area | name=area", "F102 /units/0/area"});
  EXPECT_EQ(faulty_units(*result.loaded), std::vector<std::string>{"1"});
  // A wide row is searched another way.
  std::string wide = R"({"dues_facts": "1", "calendars": [{"calendar": "cn"}], "units": [{"unit": "1", "from": "2026-01-01", "use": "flat", "use": "shop")";
  for (int i = 0; i < 70; ++i) wide += ", \"column_" + std::to_string(i) + "\": 1";
  const dues::facts_result of_wide = load(wide + "}]}");
  EXPECT_EQ(of_wide.found.all()[0].code, "F102");
  EXPECT_EQ(of_wide.found.errors(), 71U);
}

TEST(mistakes_of_facts, of_a_table_or_version_that_stands_twice_are_told) {
  const dues::facts_result result = load(R"({"dues_facts": "1", "units": [], "calendars": [{"calendar": "cn"}], "units": [], "dues_facts": "1"})");
  expect_told(result.found.all(), {"F109 /units | is=units", "F109 /dues_facts | is=dues_facts"});
}

TEST(mistakes_of_facts, are_all_told_and_each_unit_carries_its_first) {
  const dues::facts_result result = loaded({{"/units/1/area", "-1"}, {"/units/1/use", "\"x\""}, {"/tenures/2/role", "\"x\""}, {"/tenures/1/share", "\"40%\""}, {"/subscriptions/0/quantity", "\"x\""}});
  expect_told(result.found.all(), {"F103 /units/1/use", "F103 /units/1/area", "F103 /tenures/2/role", "F103 /subscriptions/0/quantity", "F106 /tenures/1 | is=add to 90%"});
  EXPECT_EQ(faulty_units(*result.loaded), (std::vector<std::string>{"1-101", "1-102"}));
  const auto& known = *result.loaded;
  EXPECT_EQ(known.faults[static_cast<std::size_t>(known.unit_fault[1])].pointer, "/units/1/use");
}

TEST(mistakes_of_facts, of_an_account_stop_all_units_that_it_pays_for) {
  const dues::facts_result result = loaded({{"/accounts/0/class", "\"reducd\""}, {"/tenures/2/account", "\"A-1\""}});
  EXPECT_EQ(faulty_units(*result.loaded), (std::vector<std::string>{"1-101", "1-102"}));
  const dues::facts_result by_subscription = loaded({{"/accounts/-", R"({"account": "A-9", "from": "2026-01-01", "class": "x"})"}, {"/subscriptions/0/account", "\"A-9\""}});
  EXPECT_EQ(faulty_units(*by_subscription.loaded), std::vector<std::string>{"1-102"});
}

TEST(mistakes_of_facts, of_every_code_that_a_loader_gives_have_a_row) {
  // F110 and F130 are of lines, F120 and F122 of readings (meters.cpp), F140 to F152 of CSV or of several tariffs; the others that are missing here stand in the tests above.
  std::set<std::string, std::less<>> seen{"F102", "F108", "F110", "F111", "F112", "F120", "F122", "F130", "F140", "F141", "F142", "F143", "F144", "F145", "F146", "F147", "F148", "F149", "F150", "F151", "F152"};
  for (const row& one : mistakes_of_rows())
    for (const std::string& mistake : one.mistakes) seen.insert(mistake.substr(0, 4));
  for (const dues::catalogue_entry& entry : dues::catalogue()) {
    const bool of_facts = entry.code.starts_with('F');
    EXPECT_TRUE(!of_facts || seen.contains(entry.code)) << entry.code;
  }
}

TEST(load_facts, without_a_tariff_is_a_mistake_of_the_caller) { EXPECT_THROW(dues::load_facts(nullptr, small_facts), std::invalid_argument); }

TEST(any_type_anywhere, in_facts_is_told_and_never_more_than_told) {
  dues_test::value document = dues_test::parsed(small_facts);
  std::vector<std::string> pointers;
  dues_test::pointers_of(document, "", pointers);
  for (const std::string& pointer : pointers) {
    if (pointer.empty()) continue;
    for (const char* other : {"null", "true", "5", "\"x\"", "\"\"", "[]", "{}", "[{}]", "[[]]", "-1e400", "\"2026-02-30\"", "\"1-101\""}) {
      SCOPED_TRACE(pointer + " is " + other);
      dues_test::value changed = document;
      dues_test::apply(changed, pointer, dues_test::parsed(other));
      const dues::facts_result result = load(dues_test::written(changed));
      EXPECT_TRUE(result.loaded != nullptr || result.found.has_errors());
      for (const dues::diagnostic& one : result.found.all()) {
        EXPECT_FALSE(dues::message(one).empty());
        // What is missing as a whole has no place of its own.
        const bool absent = one.code == "F104" || one.code == "F113";
        EXPECT_TRUE(absent || dues_test::find(changed, one.pointer) != nullptr) << dues_test::told(one);
      }
    }
  }
}

}  // namespace
