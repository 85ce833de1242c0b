// SPDX-License-Identifier: Apache-2.0
//
// What stands in the columns once facts are loaded: values as written, later rows filled up from
// earlier ones, whole by whatever order the rows came in.
#include "facts/written_out.hpp"

#include <rapidcheck/gtest.h>

namespace {

using dues::decimal;
using dues_test::all_of;
using dues_test::cell_text;
using dues_test::load;
using dues_test::loaded;
using dues_test::portfolio;
using dues_test::small_facts;
using dues_test::value;

dues::civil_day day(std::string_view text) { return *dues::parse_day(text); }
decimal number(std::string_view text) { return *decimal::parse(text); }

std::string cell_on(const dues::facts& known, std::string_view unit, std::string_view attribute, std::string_view on) {
  const auto& declared = known.tariff->unit_attributes;
  for (std::size_t column = 0; column < declared.size(); ++column)
    if (declared[column].id == attribute) {
      const std::int64_t row = known.unit_rows.row_on(known.units.find(unit), day(on));
      return row < 0 ? "no row" : cell_text(known, declared, known.unit_rows, column, static_cast<std::size_t>(row));
    }
  return "no attribute";
}

TEST(facts, of_an_empty_portfolio_load) {
  for (const char* text : {R"({"dues_facts": "1", "calendars": [{"calendar": "cn"}]})", R"({"units": [], "tenures": [], "calendars": [{"calendar": "cn"}], "dues_facts": "1"})"}) {
    const dues::facts_result result = load(text);
    EXPECT_TRUE(result.found.empty());
    ASSERT_NE(result.loaded, nullptr);
    EXPECT_EQ(result.loaded->units.size(), 0U);
    EXPECT_EQ(result.loaded->tenure_begin, std::vector<std::uint32_t>{0});
    EXPECT_EQ(result.loaded->units.find("1-101"), dues::id_table::none);
  }
}

TEST(facts, keep_numbers_as_written_whether_text_or_number) {
  const auto text = loaded({{"/units/0/area", "\"80.02\""}}).loaded;
  const auto plain = loaded({{"/units/0/area", "80.02"}}).loaded;
  EXPECT_EQ(cell_on(*text, "1-101", "area", "2026-01-01"), "80.02");
  EXPECT_EQ(text->unit_rows.numbers[1].at(0), plain->unit_rows.numbers[1].at(0));
  // 18 places, and 0.1 is no binary fraction, which would be 0.100000000000000006 here.
  EXPECT_EQ(cell_on(*loaded({{"/units/0/area", "0.100000000000000005"}}).loaded, "1-101", "area", "2026-01-01"), "0.100000000000000005");
  EXPECT_EQ(cell_on(*loaded({{"/units/0/area", "0.1"}, {"/units/1/area", "0.000000000000000001"}}).loaded, "1-101", "area", "2026-01-01"), "0.1");
}

TEST(facts, take_negative_numbers_where_no_bound_forbids_them) {
  const dues::facts_result result = loaded({{"/units/0/floor", "-2"}, {"/units/1/floor", "\"-0.5\""}});
  EXPECT_TRUE(result.found.empty());
  EXPECT_EQ(cell_on(*result.loaded, "1-101", "floor", "2026-01-01"), "-2");
  EXPECT_EQ(cell_on(*result.loaded, "1-102", "floor", "2026-01-01"), "-0.5");
}

TEST(facts, take_ids_that_are_written_as_numbers) {
  const dues::facts_result result = load(R"({"dues_facts": "1", "calendars": [{"calendar": "cn"}], "units": [{"unit": 101, "from": "2026-01-01"}],
                                             "tenures": [{"unit": "101", "account": 7, "role": "owner", "from": "2026-01-01"}]})");
  EXPECT_TRUE(result.found.empty());
  EXPECT_EQ(result.loaded->accounts.at(result.loaded->tenures_of(result.loaded->units.find("101"))[0].account), "7");
}

TEST(a_later_row, says_only_what_changes) {
  const auto known = load(small_facts).loaded;
  EXPECT_EQ(cell_on(*known, "1-101", "area", "2026-06-30"), "80.02");
  EXPECT_EQ(cell_on(*known, "1-101", "area", "2026-07-01"), "81");
  for (const auto& [attribute, cell] : {std::pair("use", "0"), {"floor", "1"}, {"code", "A"}, {"lift", "1"}, {"built", "2001-05-01"}})
    EXPECT_EQ(cell_on(*known, "1-101", attribute, "2026-07-01"), cell) << attribute;
  EXPECT_EQ(cell_on(*known, "1-101", "area", "2025-12-31"), "no row");
  EXPECT_EQ(cell_on(*known, "1-102", "floor", "2026-07-01"), "-");
  // Nothing comes from the unit before it in the table, nor from a later row.
  const auto two = loaded({{"/units/1/area", {}}, {"/units/2/code", "\"B\""}}).loaded;
  EXPECT_EQ(cell_on(*two, "1-102", "area", "2026-07-01"), "-");
  EXPECT_EQ(cell_on(*two, "1-101", "code", "2026-06-30"), "A");
}

TEST(a_later_row, keeps_the_end_of_the_unit_that_an_earlier_row_gave) {
  const auto known = loaded({{"/units/0/to", "\"2026-10-01\""}}).loaded;
  ASSERT_EQ(known->unit_rows.to.size(), 3U);
  EXPECT_EQ(dues::to_text(known->unit_rows.to[1]), "2026-10-01");
  EXPECT_EQ(known->unit_rows.to[2], dues::open_end);
  // A unit that comes back after its end is open again.
  const auto back = loaded({{"/units/0/to", "\"2026-03-01\""}}).loaded;
  EXPECT_EQ(back->unit_rows.to[1], dues::open_end);
}

TEST(an_empty_text, is_an_empty_cell) {
  const dues::facts_result result = loaded({{"/units/2/area", "\"\""}, {"/tenures/2/to", "\"\""}, {"/subscriptions/0/account", "\"\""}});
  EXPECT_TRUE(result.found.empty());
  EXPECT_EQ(cell_on(*result.loaded, "1-101", "area", "2026-07-01"), "80.02");
  EXPECT_EQ(result.loaded->tenures_of(1)[0].days.to, dues::open_end);
  EXPECT_EQ(result.loaded->subscriptions[0].account, dues::id_table::none);
}

TEST(tenures, stand_by_unit_and_know_their_shares_and_first_day) {
  const auto known = load(small_facts).loaded;
  ASSERT_EQ(known->tenures_of(0).size(), 2U);
  EXPECT_EQ(known->shares.at(static_cast<std::size_t>(known->tenures_of(0)[0].share)), number("0.5"));
  EXPECT_EQ(known->shares.size(), 1U);  // two halves are one share
  EXPECT_EQ(known->accounts.at(known->tenures_of(1)[0].account), "A-3");
  EXPECT_LT(known->tenures_of(1)[0].share, 0);
  EXPECT_EQ(dues::to_text(known->first_tenure[1]), "2026-01-01");
  EXPECT_EQ(known->subscriptions_of(1)[0].quantity, number("2"));
  EXPECT_EQ(known->subscriptions_of(0).size(), 0U);
  // A unit that nobody has held yet.
  EXPECT_EQ(loaded({{"/tenures/2", {}}}).loaded->first_tenure[1], dues::open_end);
}

TEST(shares, may_change_hands_on_any_day_while_they_add_to_the_whole) {
  // Half and half until May, then a third account takes one half over.
  EXPECT_TRUE(loaded({{"/tenures/0/to", "\"2026-05-01\""}, {"/tenures/-", R"({"unit": "1-101", "account": "A-4", "role": "owner", "from": "2026-05-01", "share": "50%"})"}}).found.empty());
  // Three of a third each need no share; an owner and a tenant do not add.
  EXPECT_TRUE(loaded({{"/tenures/0/share", {}}, {"/tenures/1/share", {}}, {"/tenures/-", R"({"unit": "1-101", "account": "A-4", "role": "owner", "from": "2026-05-01"})"},
                      {"/tenures/-", R"({"unit": "1-101", "account": "A-4", "role": "tenant", "from": "2026-05-01", "share": "100%"})"}}).found.empty());
}

TEST(a_calendar, knows_weekends_holidays_and_working_days) {
  const auto known = loaded({{"/calendar_days/-", R"({"calendar": "cn", "date": "2026-01-04", "is": "business_day"})"}}).loaded;
  const dues::business_calendar& cn = known->calendars.at("cn");
  EXPECT_EQ(cn.is_business_day(day("2026-01-02")), false);  // Friday, a holiday
  EXPECT_EQ(cn.is_business_day(day("2026-01-03")), false);  // Saturday
  EXPECT_EQ(cn.is_business_day(day("2026-01-04")), true);   // Sunday, worked
  EXPECT_EQ(cn.is_business_day(day("2026-01-05")), true);
  EXPECT_EQ(cn.is_business_day(day("2025-12-31")), std::nullopt);
}

TEST(a_number_column, takes_more_places_and_more_digits_as_they_come) {
  dues::number_column column;
  column.add(number("7"));
  column.add_missing();
  column.add(number("80.02"));
  EXPECT_FALSE(column.is_wide());
  EXPECT_EQ(column.scale(), 2);
  EXPECT_EQ(column.narrow()[0], 700);
  EXPECT_FALSE(column.has(1));
  column.add(number("-9223372036854775807"));  // more than 64 bits at two places
  EXPECT_TRUE(column.is_wide());
  EXPECT_EQ(column.at(0), number("7"));
  EXPECT_FALSE(column.has(1));
  EXPECT_EQ(column.at(2), number("80.02"));
  EXPECT_EQ(column.at(3), number("-9223372036854775807"));
  column.add(number("99999999999999999999.999999999999999999"));
  column.copy_from(1, 4);
  EXPECT_EQ(column.at(1), number("99999999999999999999.999999999999999999"));
  const std::vector<std::uint32_t> order{4, 3, 2, 1, 0};
  column.reorder(order);
  EXPECT_EQ(column.at(4), number("7"));
}

TEST(a_number_column, does_not_take_a_number_for_the_mark_of_a_missing_one) {
  dues::number_column column;
  column.add(number("-9223372036854775808"));  // the mark itself
  column.add(number("9223372036854775807"));
  EXPECT_TRUE(column.has(0));
  EXPECT_EQ(column.at(0), number("-9223372036854775808"));
  EXPECT_EQ(column.at(1), number("9223372036854775807"));
  dues::number_column scaled;  // a place more would make it the mark
  scaled.add(number("-922337203685477580.8"));
  EXPECT_EQ(scaled.at(0), number("-922337203685477580.8"));
}

// Every number comes back, in whatever order numbers of any size stand in a column.
RC_GTEST_PROP(a_number_column, gives_back_what_it_took, ()) {
  dues::number_column column;
  std::vector<std::optional<decimal>> taken;
  for (int i = *rc::gen::inRange(0, 30); i > 0; --i) {
    const auto high = *rc::gen::arbitrary<std::int64_t>();
    const auto low = *rc::gen::arbitrary<std::int64_t>();
    const bool large = *rc::gen::inRange(0, 8) == 0;
    auto made = decimal::make(large ? dues::int128(high) * dues::int128(1'000'000'000) + dues::int128(low % 1'000'000'000) : dues::int128(high % 1'000'000), *rc::gen::inRange(0, 19));
    if (*rc::gen::inRange(0, 5) == 0) made.reset();
    taken.push_back(made);
    if (made) column.add(*made);
    else column.add_missing();
  }
  RC_ASSERT(column.size() == taken.size());
  for (std::size_t i = 0; i < taken.size(); ++i) {
    RC_ASSERT(column.has(i) == taken[i].has_value());
    if (taken[i]) RC_ASSERT(column.at(i) == *taken[i]);
  }
}



RC_GTEST_PROP(facts, are_the_same_in_whatever_order_their_rows_and_tables_came, ()) {
  static const value made = portfolio(12);
  static const std::string wanted = all_of(*load(dues_test::written(made)).loaded);
  value shuffled = made;
  std::uint64_t state = *rc::gen::arbitrary<std::uint64_t>();
  const auto shuffle = [&](auto& members) {  // Fisher and Yates, over Knuth's linear congruences
    for (std::size_t i = members.size(); i > 1; --i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      std::swap(members[i - 1], members[static_cast<std::size_t>((state >> 33) % i)]);
    }
  };
  shuffle(shuffled.members);
  for (auto& [name, table] : shuffled.members) shuffle(table.members);
  const dues::facts_result result = load(dues_test::written(shuffled));
  RC_ASSERT(result.found.empty());
  RC_ASSERT(all_of(*result.loaded) == wanted);
}

}  // namespace
