// SPDX-License-Identifier: Apache-2.0
//
// Values that change on dates, whose days are which version's, and what two documents share.
#include "tariff/small_tariff.hpp"

#include <dues/tariff/content_hash.hpp>

#include <rapidcheck/gtest.h>

#include <set>

namespace {

using dues::civil_day;
using dues::dated;
using dues::day_range;
using dues::month_day;
using dues_test::compiled;
using dues_test::patched;
using dues_test::small_tariff;

civil_day day(std::string_view text) { return *dues::parse_day(text); }

std::vector<std::string> cuts_of(const dated<int>& value, std::string_view from, std::string_view to) {
  std::vector<std::string> days;
  value.cuts({day(from), day(to)}, [&](civil_day cut) { days.push_back(dues::to_text(cut)); });
  return days;
}

TEST(a_dated_value, holds_from_its_day_until_the_next) {
  dated<int> price;
  price.add(day("2026-01-01"), 10);
  price.add(day("2026-07-01"), 20);
  EXPECT_EQ(price.index_on(day("2025-12-31")), -1);
  EXPECT_EQ(price.index_on(day("2026-01-01")), 0);
  EXPECT_EQ(price.index_on(day("2026-06-30")), 0);
  EXPECT_EQ(price.index_on(day("2026-07-01")), 1);
  EXPECT_EQ(price.index_on(day("9999-12-31")), 1);
}

TEST(a_dated_value, cuts_only_strictly_inside_a_range) {
  dated<int> price;
  price.add(day("2026-01-01"), 10);
  price.add(day("2026-07-01"), 20);
  using days = std::vector<std::string>;
  EXPECT_EQ(cuts_of(price, "2026-01-01", "2026-07-01"), days{});
  EXPECT_EQ(cuts_of(price, "2025-12-31", "2026-07-02"), (days{"2026-01-01", "2026-07-01"}));
  EXPECT_EQ(cuts_of(price, "2026-07-01", "2026-08-01"), days{});
  EXPECT_EQ(cuts_of(price, "2026-08-01", "2026-08-01"), days{});
}

TEST(a_yearly_value, returns_every_year_and_holds_over_new_year) {
  dated<int> limit;  // summer from 1 May, winter from 1 November
  limit.add(month_day{5, 1}, 1);
  limit.add(month_day{11, 1}, 2);
  EXPECT_EQ(limit.index_on(day("2026-01-01")), 1);
  EXPECT_EQ(limit.index_on(day("2026-04-30")), 1);
  EXPECT_EQ(limit.index_on(day("2026-05-01")), 0);
  EXPECT_EQ(limit.index_on(day("2026-10-31")), 0);
  EXPECT_EQ(limit.index_on(day("2026-11-01")), 1);
  EXPECT_EQ(limit.index_on(day("2027-05-01")), 0);
  using days = std::vector<std::string>;
  EXPECT_EQ(cuts_of(limit, "2026-10-01", "2027-06-01"), (days{"2026-11-01", "2027-05-01"}));
  EXPECT_EQ(cuts_of(limit, "2026-11-01", "2027-05-01"), days{});
  EXPECT_EQ(cuts_of(limit, "2026-12-15", "2027-01-15"), days{});
}

TEST(a_yearly_value, of_29_february_begins_on_the_28th_of_other_years) {
  dated<int> price;
  price.add(month_day{1, 1}, 1);
  price.add(month_day{2, 29}, 2);
  EXPECT_EQ(price.index_on(day("2024-02-28")), 0);
  EXPECT_EQ(price.index_on(day("2024-02-29")), 1);
  EXPECT_EQ(price.index_on(day("2026-02-27")), 0);
  EXPECT_EQ(price.index_on(day("2026-02-28")), 1);
  EXPECT_EQ(cuts_of(price, "2026-01-10", "2026-12-01"), (std::vector<std::string>{"2026-02-28"}));
}

// What cuts() promises to billing: between two cuts one version holds, and at a cut it may change.
RC_GTEST_PROP(a_dated_value, is_constant_between_its_cuts, ()) {
  dated<int> value;
  const bool yearly = *rc::gen::arbitrary<bool>();
  std::set<int> offsets;
  for (const int at : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 360))) offsets.insert(at);
  for (const int at : offsets) {
    const civil_day from = day("2026-01-01") + at;
    const dues::ymd parts = dues::to_ymd(from);
    if (yearly) value.add(month_day{static_cast<std::uint8_t>(parts.month), static_cast<std::uint8_t>(parts.day)}, at);
    else value.add(from, at);
  }
  const civil_day begin = day("2025-11-20") + *rc::gen::inRange(0, 400);
  const day_range range{begin, begin + *rc::gen::inRange(0, 800)};
  std::set<civil_day> cuts;
  value.cuts(range, [&](civil_day cut) { cuts.insert(cut); });
  for (civil_day at = range.from; at + 1 < range.to; at = at + 1) RC_ASSERT(value.index_on(at) == value.index_on(at + 1) || cuts.contains(at + 1));
  for (const civil_day cut : cuts) RC_ASSERT(range.from < cut && cut < range.to);
}

TEST(a_compiled_price, keeps_its_versions_and_where_they_stand) {
  const auto made = compiled({{"/fees/1/price", R"([{"from": "2026-01-01", "is": "20.00"}, {"from": "2026-07-01", "is": 25.50}])"}}).compiled;
  ASSERT_NE(made, nullptr);
  const auto& price = made->fees[1].price;
  ASSERT_EQ(price.size(), 2U);
  const int july = price.index_on(day("2026-07-01"));
  EXPECT_EQ(price.at(static_cast<std::size_t>(july))->literal().to_text(), "25.50");
  EXPECT_EQ(price.at(1)->pointer(), "/fees/1/price/1/is");
}

TEST(a_compiled_ceiling, ends_with_none) {
  const auto made = compiled({{"/fees/0/price_ceiling", R"([{"from": "2026-01-01", "is": 3}, {"from": "2026-07-01", "is": "none"}])"}}).compiled;
  ASSERT_NE(made, nullptr);
  EXPECT_TRUE(made->fees[0].ceiling.at(0).has_value());
  EXPECT_FALSE(made->fees[0].ceiling.at(1).has_value());
}

TEST(a_compiled_season, may_run_over_new_year) {
  const auto made = dues::compile(small_tariff).compiled;
  EXPECT_EQ(made->schedules[2].season_from, (month_day{11, 15}));
  EXPECT_EQ(made->schedules[2].season_through, (month_day{3, 15}));
  EXPECT_EQ(made->fees[2].basis, dues::price_basis::season);
}

TEST(a_yearly_price, has_no_gap_before_its_first_day) {
  EXPECT_TRUE(compiled({{"/fees/1/price", R"([{"from": "05-01", "is": 1}, {"from": "11-01", "is": 2}])"}}).found.empty());
}

TEST(a_price_that_begins_with_its_fee, has_no_gap) {
  const std::string july = R"([{"from": "2026-07-01", "is": 1}])";
  EXPECT_TRUE(compiled({{"/fees/1/price", july}, {"/fees/1/from", "\"2026-07-01\""}}).found.empty());
  dues_test::expect_told(compiled({{"/fees/1/price", july}, {"/fees/1/from", "\"2026-06-30\""}}).found.all(),
                         {"T111 /fees/1/price | name=card | first=2026-07-01 | from=2026-06-30"});
}

TEST(a_through, is_the_last_day_and_included) {
  const auto made = compiled({{"/through", "\"2026-12-31\""}, {"/fees/1/through", "\"2026-01-01\""}}).compiled;
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->life, (day_range{day("2026-01-01"), day("2027-01-01")}));
  EXPECT_EQ(made->fees[1].life, (day_range{day("2026-01-01"), day("2026-01-02")}));
  EXPECT_EQ(made->fees[0].life, made->life);
}

std::string hash_of(const std::string& text) {
  const auto made = dues::compile(text).compiled;
  return made == nullptr ? "refused" : made->content_hash;
}

TEST(a_content_hash, is_of_what_a_tariff_says_and_not_of_how_it_is_written) {
  const std::string plain = hash_of(std::string(small_tariff));
  EXPECT_EQ(plain.size(), 36U);
  EXPECT_EQ(plain[14], '5');  // a UUID of version 5, RFC 4122
  EXPECT_EQ(hash_of(patched(small_tariff, {})), plain);  // no white space
  EXPECT_EQ(hash_of("\n\t " + std::string(small_tariff) + "\r\n"), plain);
  // The id to the end of the object, and a text written with an escape.
  EXPECT_EQ(hash_of(patched(small_tariff, {{"/fees/1/id", {}}, {"/fees/1/id", "\"card\""}})), plain);
  EXPECT_EQ(hash_of(patched(small_tariff, {{"/id", {}}, {"/id", "\"\\u0073mall\""}})), plain);
}

TEST(a_content_hash, changes_with_a_price_a_note_and_the_order_of_fees) {
  std::set<std::string> hashes{hash_of(std::string(small_tariff))};
  hashes.insert(hash_of(patched(small_tariff, {{"/fees/1/price", "\"20.01\""}})));
  hashes.insert(hash_of(patched(small_tariff, {{"/fees/1/price", "\"20.0\""}})));
  hashes.insert(hash_of(patched(small_tariff, {{"/note", "{\"en\": \"A remark\"}"}})));
  const std::string card = R"({"id": "card", "kind": "one_off", "name": {"en": "Card"}, "price": "20.00", "schedule": "at-once"})";
  hashes.insert(hash_of(patched(small_tariff, {{"/fees/1", {}}, {"/fees/-", card}})));
  EXPECT_EQ(hashes.size(), 5U);
  EXPECT_FALSE(hashes.contains("refused"));
}

}  // namespace
