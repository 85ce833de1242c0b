// SPDX-License-Identifier: Apache-2.0
//
// One file of units for several tariffs: each row goes to its own, and so does what names its unit.
#include "facts/as_csv.hpp"

namespace {

using dues_test::csv_table;
using dues_test::expect_told;

std::shared_ptr<const dues::program> community(const std::string& id, const std::string& currency, const std::string& unit_attribute, const std::string& account_attribute) {
  const dues::compile_result made = dues::compile(
      R"({"dues_tariff": "1", "id": ")" + id + R"(", "edition": "1", "from": "2026-01-01", "currency": ")" + currency + R"(", "name": {"en": "A community"},
      "reads": {"unit": [{"id": ")" + unit_attribute + R"(", "type": "number"}], "account": [{"id": ")" + account_attribute + R"(", "type": "text"}], "calendars": ["cn"]},
      "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}, "if_holiday": {"calendar": "cn", "roll": "following"}},
                    {"id": "at-once", "kind": "once", "due": {"days_after_issue": 0}}],
      "fees": [{"id": "management", "kind": "recurring", "name": {"en": "Management"}, "quantity": "unit.)" + unit_attribute + R"(", "price": "2.80", "schedule": "monthly"},
               {"id": "card", "kind": "one_off", "name": {"en": "Card"}, "price": "20", "schedule": "at-once"}]})");
  if (made.compiled == nullptr) throw std::logic_error(dues::message(made.found.all()[0]));
  return made.compiled;
}

const std::vector<std::shared_ptr<const dues::program>>& communities() {
  static const std::vector<std::shared_ptr<const dues::program>> all{community("east", "CNY", "area", "class"), community("west", "SGD", "rooms", "group")};
  return all;
}

dues::facts_set load(const std::vector<csv_table>& tables) {
  dues::facts_loader loader(communities());
  dues_test::take_tables(loader, tables);
  return loader.finish_all();
}

const csv_table calendar{"calendars", "calendar,from,to\ncn,2026-01-01,2027-01-01\n"};
const csv_table units{"units", "tariff,unit,from,area,rooms\neast,E-1,2026-01-01,80,\nwest,W-1,2026-01-01,,3\neast,E-2,2026-01-01,70.5,\n"};

std::vector<std::string> ids(const dues::id_table& table) {
  std::vector<std::string> all;
  for (std::uint32_t i = 0; i < table.size(); ++i) all.emplace_back(table.at(i));
  return all;
}

using texts = std::vector<std::string>;

TEST(several_tariffs, share_the_files_of_one_run) {
  const auto made = load({calendar, units, {"tenures", "unit,account,role,from\nE-2,A,owner,2026-01-01\nW-1,B,owner,2026-01-01\nE-1,B,owner,2026-01-01\n"},
                          {"subscriptions", "subscription,unit,fee,from,account\nS-1,W-1,card,2026-01-01,C\nS-2,E-1,card,2026-01-01,\n"},
                          {"occupancy", "unit,from,state\nW-1,2026-01-01,vacant\n"},
                          {"calendar_days", "calendar,date,is\ncn,2026-01-02,holiday\n"}});
  expect_told(made.found.all(), {});
  ASSERT_EQ(made.by_tariff.size(), 2U);
  const dues::facts& east = *made.by_tariff.at("east");
  const dues::facts& west = *made.by_tariff.at("west");
  EXPECT_EQ(east.tariff, communities()[0]);
  EXPECT_EQ(ids(east.units), (texts{"E-1", "E-2"}));
  EXPECT_EQ(ids(west.units), (texts{"W-1"}));
  EXPECT_EQ(ids(east.accounts), (texts{"A", "B"}));
  EXPECT_EQ(ids(west.accounts), (texts{"B", "C"}));
  EXPECT_EQ(east.unit_rows.numbers[0].at(1), *dues::decimal::parse("70.5"));
  EXPECT_EQ(west.unit_rows.numbers[0].at(0), *dues::decimal::parse("3"));
  EXPECT_EQ(east.tenures.size(), 2U);
  EXPECT_EQ(west.tenures.size(), 1U);
  EXPECT_EQ(east.subscriptions.at(0).id, "S-2");
  EXPECT_EQ(west.subscriptions.at(0).id, "S-1");
  EXPECT_EQ(east.occupancies.size() + west.occupancies.size(), 1U);
  for (const dues::facts* one : {&east, &west}) EXPECT_EQ(one->calendars.at("cn").is_business_day(*dues::parse_day("2026-01-02")), false);
}

TEST(several_tariffs, take_the_same_from_a_document) {
  dues::facts_loader loader(communities());
  EXPECT_TRUE(loader.json(R"({"dues_facts": "1", "calendars": [{"calendar": "cn"}],
    "units": [{"tariff": "west", "unit": "W-1", "from": "2026-01-01", "rooms": 3}, {"tariff": "east", "unit": "E-1", "from": "2026-01-01", "area": 80}],
    "tenures": [{"unit": "E-1", "account": "A", "role": "owner", "from": "2026-01-01"}]})"));
  const auto made = loader.finish_all();
  expect_told(made.found.all(), {});
  EXPECT_EQ(made.by_tariff.at("east")->tenures.size(), 1U);
  EXPECT_EQ(made.by_tariff.at("west")->tenures.size(), 0U);
}

TEST(several_tariffs, take_rows_of_accounts_by_the_attributes_that_they_declare) {
  const auto made = load({calendar, units, {"accounts", "account,from,class,group\nA,2026-01-01,gold,\nB,2026-01-01,,north\nC,2026-01-01,silver,south\nD,2026-01-01,,\n"}});
  expect_told(made.found.all(), {});
  EXPECT_EQ(ids(made.by_tariff.at("east")->accounts), (texts{"A", "C", "D"}));
  EXPECT_EQ(ids(made.by_tariff.at("west")->accounts), (texts{"B", "C", "D"}));
  const dues::facts& west = *made.by_tariff.at("west");
  EXPECT_EQ(west.texts.at(static_cast<std::uint32_t>(west.account_rows.words[0].at(1))), "south");
}

TEST(several_tariffs, may_have_their_holders_in_the_rows_of_units) {
  const auto made = load({calendar, {"units", "tariff,unit,account,from,area,rooms,class\neast,E-1,A,2026-01-01,80,,gold\nwest,W-1,A,2026-01-01,,3,\n"}});
  expect_told(made.found.all(), {});
  EXPECT_EQ(made.by_tariff.at("east")->tenures.size(), 1U);
  EXPECT_EQ(made.by_tariff.at("west")->tenures.size(), 1U);
  EXPECT_EQ(made.by_tariff.at("east")->account_rows.from.size(), 1U);
  EXPECT_EQ(made.by_tariff.at("west")->account_rows.from.size(), 0U);
}

TEST(mistakes_with_several_tariffs, are_told_once_and_with_their_place) {
  const auto told = [](const std::vector<csv_table>& tables, const std::vector<std::string>& mistakes) {
    SCOPED_TRACE(tables.back().text);
    expect_told(load(tables).found.all(), mistakes);
  };
  told({calendar, {"units", "unit,from,area\n1,2026-01-01,5\n"}}, {"F146 /units | is=tariff | table=units | row=1"});
  told({calendar, {"units", "tariff,unit,from\n,1,2026-01-01\n"}}, {"F104 /units/0 | name=tariff | row=2"});
  told({calendar, {"units", "tariff,unit,from\neast,1,2026-01-01\nwset,1,2026-01-01\n"}}, {"F105 /units/1/tariff | what=tariff | is=wset | row=3 | column=1"});
  told({calendar, {"units", "tariff,unit,from,rooms\neast,1,2026-01-01,3\n"}}, {"F101 /units/0/rooms | name=rooms | row=2 | column=4"});
  told({calendar, {"units", "tariff,unit,from,flats\neast,1,2026-01-01,3\n"}}, {"F101 /units | name=flats | row=1 | column=4"});
  told({calendar, {"tenures", "unit,account,role,from\nE-1,A,owner,2026-01-01\n"}, units}, {"F152 /tenures/0/unit | is=E-1 | row=2 | column=1"});
  told({calendar, units, {"tenures", "unit,account,role,from\nE-1,A,owner,2026-01-01\nE-3,A,owner,2026-01-01\n"}}, {"F152 /tenures/1/unit | is=E-3 | row=3"});
  told({calendar, units, {"tenures", "unit,account,role,from\n,A,owner,2026-01-01\n"}}, {"F104 /tenures/0 | name=unit"});
  told({calendar, {"units", "tariff,unit,from\neast,1,2026-01-01\nwest,1,2026-01-01\neast,2,2026-01-01\n"}, {"tenures", "unit,account,role,from\n1,A,owner,2026-01-01\n2,A,owner,2026-01-01\n"}},
       {"F109 /tenures/0/unit | is=1 | row=2 | column=1"});
  told({calendar, units, {"accounts", "account,from,class,group\nC,2026-02-30,silver,south\n"}}, {"F107 /accounts/0/from | row=2 | column=2"});
  told({calendar, units, {"accounts", "account,from\nC,2026-02-01\nC,2026-02-01\n"}}, {"F109 /accounts/1/from | is=C from 2026-02-01"});
  told({calendar, units, {"calendar_days", "calendar,date,is\ncn,2026-02-30,holiday\n"}}, {"F107 /calendar_days/0/date"});
  told({units}, {"F113 /calendars", "F113 /calendars"});
}

TEST(mistakes_with_several_tariffs, are_counted_beyond_the_limit_for_each) {
  std::string text = "tariff,unit,from,to\n";
  for (int i = 0; i < 1'500; ++i) text += "east,E" + std::to_string(i) + ",2026-01-01,2025-01-01\nwest,W" + std::to_string(i) + ",2026-01-01,2025-01-01\n";
  const auto made = load({calendar, {"units", text}});
  EXPECT_EQ(made.found.all().size(), dues::diagnostics::limit);
  EXPECT_EQ(made.found.errors(), 3'000U);
}

TEST(several_tariffs, have_no_single_facts) {
  dues::facts_loader loader(communities());
  EXPECT_THROW(loader.finish(), std::logic_error);
}

TEST(one_tariff, may_be_named_in_rows_of_units) {
  const auto loaded = [](const std::string& tariff) {
    dues::facts_loader loader(communities()[0]);
    dues_test::take_tables(loader, {calendar, {"units", "tariff,unit,from\n" + tariff + ",1,2026-01-01\n"}});
    return loader.finish();
  };
  expect_told(loaded("east").found.all(), {});
  expect_told(loaded("").found.all(), {});
  const auto wrong = loaded("eats");
  expect_told(wrong.found.all(), {"F105 /units/0/tariff | what=tariff | is=eats | row=2 | column=1"});
  EXPECT_EQ(dues_test::faulty_units(*wrong.loaded), texts{"1"});
}

}  // namespace
