// SPDX-License-Identifier: Apache-2.0
//
// A table of units that also says who holds them, and what the accounts are.
#include "facts/as_csv.hpp"

namespace {

using dues_test::expect_told;
using dues_test::faulty_units;
using dues_test::load_csv;

dues::facts_result load_units(const std::string& units, const std::string& tenures = {}) {
  std::vector<dues_test::csv_table> tables{{"units", units}, {"calendars", "calendar\ncn\n"}};
  if (!tenures.empty()) tables.push_back({"tenures", tenures});
  return load_csv(tables);
}

// "A owner 2026-01-01 2026-07-01; B tenant 2026-01-01 -": of one unit, in order.
std::string held(const dues::facts_result& result, std::string_view unit) {
  const dues::facts& known = *result.loaded;
  std::string out;
  for (const dues::tenure& one : known.tenures_of(known.units.find(unit))) {
    if (!out.empty()) out += "; ";
    out += std::string(known.accounts.at(one.account)) + (one.role == dues::payer_role::owner ? " owner " : " tenant ") + dues::to_text(one.days.from) + " " +
           (one.days.to == dues::open_end ? "-" : dues::to_text(one.days.to));
    if (one.share >= 0) out += " " + known.shares[static_cast<std::size_t>(one.share)].to_text();
  }
  return out;
}

TEST(a_row_of_units_with_an_account, holds_the_unit_from_the_rows_first_day_on) {
  const auto result = load_units("unit,account,from,use,area\n1,A,2026-01-01,flat,80\n2,B,2026-02-01,shop,20\n3,,2026-01-01,flat,10\n");
  expect_told(result.found.all(), {});
  EXPECT_EQ(held(result, "1"), "A owner 2026-01-01 -");
  EXPECT_EQ(held(result, "2"), "B owner 2026-02-01 -");
  EXPECT_EQ(held(result, "3"), "");
  EXPECT_EQ(dues::to_text(result.loaded->first_tenure[1]), "2026-02-01");
}

TEST(a_row_of_units_with_an_account, holds_it_to_the_rows_end_or_the_next_holder) {
  // Sold on 1 July; measured anew in March, which changes nobody; ends with the year.
  const auto result = load_units("unit,account,from,to,area\n1,A,2026-01-01,,80\n1,,2026-03-01,,81\n1,B,2026-07-01,2027-01-01,\n");
  expect_told(result.found.all(), {});
  EXPECT_EQ(held(result, "1"), "A owner 2026-01-01 2026-07-01; B owner 2026-07-01 2027-01-01");
  // An end that an earlier row gave holds for the later ones.
  EXPECT_EQ(held(load_units("unit,account,from,to\n1,A,2026-01-01,2026-12-01\n1,B,2026-07-01,\n"), "1"), "A owner 2026-01-01 2026-07-01; B owner 2026-07-01 2026-12-01");
}

TEST(a_row_of_units_with_an_account, goes_on_when_the_account_is_named_again) {
  EXPECT_EQ(held(load_units("unit,account,from,area\n1,A,2026-01-01,80\n1,A,2026-03-01,81\n1,A,2026-05-01,82\n1,B,2026-07-01,82\n"), "1"), "A owner 2026-01-01 2026-07-01; B owner 2026-07-01 -");
  // Not over a gap.
  EXPECT_EQ(held(load_units("unit,account,from,to\n1,A,2026-01-01,2026-02-01\n1,A,2026-03-01,\n"), "1"), "A owner 2026-01-01 2026-02-01; A owner 2026-03-01 -");
}

TEST(a_row_of_units_with_an_account, has_the_role_and_share_that_it_says) {
  const auto result = load_units("unit,account,role,from,share\n1,A,owner,2026-01-01,\n1,T,tenant,2026-03-01,100%\n1,U,tenant,2026-06-01,100%\n");
  expect_told(result.found.all(), {});
  EXPECT_EQ(held(result, "1"), "A owner 2026-01-01 -; T tenant 2026-03-01 2026-06-01 1.00; U tenant 2026-06-01 - 1.00");
}

TEST(a_row_of_units_with_an_account, stands_beside_rows_of_tenures) {
  const auto result = load_units("unit,account,from\n2,B,2026-01-01\n1,A,2026-01-01\n3,,2026-01-01\n", "unit,account,role,from,share\n3,C,owner,2026-01-01,\n1,T,tenant,2026-02-01,\n1,D,owner,2026-05-01,\n");
  expect_told(result.found.all(), {});
  EXPECT_EQ(held(result, "1"), "A owner 2026-01-01 -; D owner 2026-05-01 -; T tenant 2026-02-01 -");
  EXPECT_EQ(held(result, "2"), "B owner 2026-01-01 -");
  EXPECT_EQ(held(result, "3"), "C owner 2026-01-01 -");
}

TEST(a_row_of_units_with_an_account, may_tell_attributes_of_the_account) {
  // Two units of one account say the same; a third says nothing about it.
  const auto result = load_units("unit,account,from,class\n1,A,2026-01-01,reduced\n2,A,2026-01-01,reduced\n3,A,2026-01-01,\n4,B,2026-01-01,normal\n");
  expect_told(result.found.all(), {});
  const dues::facts& known = *result.loaded;
  const auto class_of = [&](std::string_view account) {
    const auto row = known.account_rows.row_on(known.accounts.find(account), *dues::parse_day("2026-02-01"));
    return row < 0 ? -1 : known.account_rows.words[0].at(static_cast<std::size_t>(row));
  };
  EXPECT_EQ(class_of("A"), 1);
  EXPECT_EQ(class_of("B"), 0);
}

TEST(mistakes_of_holders_in_units, are_told_with_row_and_column) {
  const auto told = [](const std::string& units, const std::vector<std::string>& mistakes, const std::vector<std::string>& faulty) {
    SCOPED_TRACE(units);
    const auto result = load_units(units);
    expect_told(result.found.all(), mistakes);
    ASSERT_NE(result.loaded, nullptr);
    EXPECT_EQ(faulty_units(*result.loaded), faulty);
  };
  told("unit,account,from,role\n1,A,2026-01-01,ownr\n", {"F103 /units/0/role | nearest=owner | row=2 | column=4"}, {"1"});
  told("unit,account,from,share\n1,A,2026-01-01,0.5\n", {"F103 /units/0/share | is=0.5 | row=2 | column=4"}, {"1"});
  told("unit,account,from,share\n1,A,2026-01-01,50%\n", {"F106 /units/0 | what=owners' shares | is=add to 50% | row=2"}, {"1"});
  told("unit,account,from,role\n1,,2026-01-01,owner\n", {"F104 /units/0 | name=account | table=units | row=2"}, {"1"});
  told("unit,account,from,class\n1,,2026-01-01,normal\n", {"F104 /units/0 | name=account"}, {"1"});
  told("unit,account,from,class\n1,A,2026-01-01,norml\n2,A,2026-02-01,\n", {"F103 /units/0/class | nearest=normal | row=2 | column=4"}, {"1", "2"});
  told("unit,account,from,class\n1,A,2026-01-01,normal\n2,A,2026-01-01,reduced\n", {"F109 /units/1/from | is=A from 2026-01-01 | row=3 | column=3"}, {"1", "2"});
  told("unit,account,from,to\n1,A,2026-02-01,2026-01-01\n", {"F106 /units/0/to | what=unit | row=2 | column=4"}, {"1"});
}

TEST(mistakes_of_holders_in_units, include_a_name_that_may_be_the_units_or_the_accounts) {
  const auto tariff = dues_test::compiled({{"/reads/account/-", R"({"id": "code", "type": "text"})"}}).compiled;
  ASSERT_NE(tariff, nullptr);
  for (const auto& [header, mistakes] : std::vector<std::pair<std::string, std::vector<std::string>>>{
           {"unit,account,from,code\n1,A,2026-01-01,x\n", {"F151 /units | name=code | row=1 | column=4"}}, {"unit,from,code\n1,2026-01-01,x\n", {}}}) {
    dues::facts_loader loader(tariff);
    dues_test::take_tables(loader, {{"calendars", "calendar\ncn\n"}, {"units", header}});
    const auto result = loader.finish();
    expect_told(result.found.all(), mistakes);
    EXPECT_EQ(result.loaded == nullptr, !mistakes.empty());
  }
}

}  // namespace
