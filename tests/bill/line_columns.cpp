// SPDX-License-Identifier: Apache-2.0
//
// Lines as columns: what is written is read, a column of one value stays one value, and memory is used
// again.
#include "bill/small_town.hpp"

#include <algorithm>

namespace {

using dues_test::days;
using dues_test::town;

TEST(a_run_column, holds_one_value_until_rows_differ) {
  dues::run_column<std::int32_t> column;
  column.add(7, 3);
  EXPECT_TRUE(column.same());
  EXPECT_EQ(column.size(), 3U);
  EXPECT_TRUE(column.rows().empty());
  column.add(8);
  column.add(7);
  EXPECT_FALSE(column.same());
  EXPECT_EQ(std::vector<std::int32_t>(column.rows().begin(), column.rows().end()), (std::vector<std::int32_t>{7, 7, 7, 8, 7}));
  column.clear();
  EXPECT_EQ(column.size(), 0U);
  column.add(9, 2);
  EXPECT_TRUE(column.same());
  EXPECT_EQ(column[1], 9);
}

TEST(a_run_column, is_set_and_changed_row_by_row) {
  dues::run_column<std::int64_t> column;
  column.add(5, 3);
  column.set(1, 5);
  EXPECT_TRUE(column.same());
  column.set(1, 6);
  EXPECT_EQ(column[0], 5);
  EXPECT_EQ(column[1], 6);
  column.transform([](std::int64_t value) { return value * 2; });
  EXPECT_EQ(column[1], 12);
  EXPECT_EQ(column[2], 10);
  const dues::run_column<std::int64_t> copy = column;
  column.set(0, 1);
  EXPECT_EQ(copy[0], 10);
}

TEST(a_run_column, takes_rows_and_leaves_its_memory) {
  dues::run_column<std::int64_t> column;
  *column.extend(1) = 1;
  column.clear();
  dues::detail::unset_rows<std::int64_t> rows;
  std::int64_t* const first = rows.renew(3);
  for (std::int64_t i = 0; i < 3; ++i) first[i] = 10 + i;
  column.take(rows);
  EXPECT_EQ(column.size(), 3U);
  EXPECT_EQ(std::vector<std::int64_t>(column.rows().begin(), column.rows().end()), (std::vector<std::int64_t>{10, 11, 12}));
  rows.assign(2, 7);  // in what the column had
  column.add(13);
  EXPECT_EQ(column[3], 13);
  EXPECT_EQ(rows[0], 7);
  EXPECT_EQ(rows.size(), 2U);
}

TEST(a_list_of_lines, gives_back_what_was_added_over_many_blocks) {
  dues::line_list list;
  constexpr std::uint32_t count = 20'000;  // more than two blocks
  for (std::uint32_t i = 0; i < count; ++i) {
    dues::line one;
    one.account = i / 3;
    one.unit = i;
    one.gross = std::int64_t{i} * 100;
    one.amount = i % 2 == 0 ? one.gross : std::numeric_limits<std::int64_t>::min() + std::int64_t{i};
    list.push_back(one);
  }
  ASSERT_EQ(list.size(), count);
  EXPECT_GT(list.blocks().size(), 2U);
  for (const std::uint32_t i : {0U, 1U, 8'191U, 8'192U, 16'384U, count - 1}) {
    EXPECT_EQ(list[i].unit, i);
    EXPECT_EQ(list[i].amount, i % 2 == 0 ? std::int64_t{i} * 100 : std::numeric_limits<std::int64_t>::min() + std::int64_t{i});
  }
  EXPECT_EQ(std::ranges::lower_bound(list.begin(), list.end(), 5'000U, {}, [](const dues::line& one) { return one.account; }) - list.begin(), 15'000);
  dues::line changed = list[8'200];
  changed.tax = 3;
  list.set(8'200, changed);
  EXPECT_EQ(list[8'200].tax, 3);
  EXPECT_EQ(list[8'199].tax, 0);
}

// Ten units, of which one is handed over inside the month, one has two owners and one has no area.
town mixed_town() {
  town of;
  of.units.clear();
  of.tenures.clear();
  for (int i = 0; i < 10; ++i) {
    const std::string id = "\"U" + std::to_string(i) + "\"";
    const std::string comma = i == 0 ? "" : ", ";
    of.units += comma + R"({"unit": )" + id + R"(, "from": "2026-01-01")" + (i == 7 ? "}" : R"(, "area": ")" + std::to_string(50 + i) + "\"}");
    const auto held = [&](const std::string& account, const std::string& rest) { return R"({"unit": )" + id + R"(, "account": ")" + account + R"(", "role": "owner", )" + rest + "}"; };
    const std::string plain = held("A" + std::to_string(9 - i), R"("from": "2026-01-01")");
    const std::string resold = held("A1", R"("from": "2026-01-01", "to": "2026-03-11")") + ", " + held("B", R"("from": "2026-03-11")");
    const std::string shared = held("C", R"("from": "2026-01-01", "share": "25%")") + ", " + held("D", R"("from": "2026-01-01", "share": "75%")");
    of.tenures += comma + (i == 3 ? resold : i == 5 ? shared : plain);
  }
  return of;
}

TEST(lines_in_columns, are_in_the_order_of_accounts_wherever_they_were_made) {
  const dues::billing made = dues::make_bills(mixed_town().loaded().loaded, days("2026-03-01", "2026-04-01"));
  std::string accounts;
  for (const dues::line& one : made.lines) accounts += std::string(made.known->accounts.at(one.account)) + " ";
  EXPECT_EQ(accounts, "A0 A1 A1 A2 A3 A5 A7 A8 A9 B C D ");
  EXPECT_EQ(made.lines.size(), 12U);
  std::int64_t total = 0;
  for (const dues::line& one : made.lines) total += one.amount;
  EXPECT_EQ(total, 2 * (50 + 51 + 52 + 53 + 54 + 55 + 56 + 58 + 59) * 100);  // U7 has no area
  EXPECT_EQ(made.faults.size(), 1U);
}

TEST(lines_in_columns, are_the_same_in_the_memory_of_an_earlier_result) {
  const auto known = mixed_town().loaded().loaded;
  const auto march = days("2026-03-01", "2026-04-01");
  const std::string once = dues::to_json(dues::make_bills(known, march));
  dues::billing reused = dues::make_bills(known, days("2026-01-01", "2026-12-01"));
  reused = dues::make_bills(known, march, nullptr, std::move(reused));
  EXPECT_EQ(dues::to_json(reused), once);
  reused = dues::make_bills(known, days("2026-05-01", "2026-04-01"), nullptr, std::move(reused));
  EXPECT_TRUE(reused.lines.empty());
  EXPECT_EQ(reused.found.all()[0].code, "R113");
}

TEST(lines_without_bills, are_those_of_a_run_with_bills) {
  const auto known = mixed_town().loaded().loaded;
  const dues::billing lines = dues::make_lines(known, days("2026-03-01", "2026-04-01"));
  const dues::billing bills = dues::make_bills(known, days("2026-03-01", "2026-04-01"));
  EXPECT_TRUE(lines.bills.empty());
  EXPECT_EQ(dues::to_csv(lines), dues::to_csv(bills));
}

TEST(a_run_that_is_watched, counts_its_lines) {
  dues::run_watch watch;
  dues::bill_request asked = days("2026-03-01", "2026-04-01");
  asked.watch = &watch;
  const dues::billing made = dues::make_bills(mixed_town().loaded().loaded, asked);
  EXPECT_EQ(watch.lines.load(), made.lines.size());
  EXPECT_EQ(made.asked.watch, nullptr);
}

TEST(a_run_that_is_told_to_stop, has_no_lines_and_says_so) {
  dues::run_watch watch;
  watch.stop = true;
  dues::bill_request asked = days("2026-03-01", "2026-04-01");
  asked.watch = &watch;
  const dues::billing made = dues::make_bills(mixed_town().loaded().loaded, asked);
  EXPECT_TRUE(made.lines.empty());
  EXPECT_TRUE(made.bills.empty());
  ASSERT_EQ(made.found.all().size(), 1U);
  EXPECT_EQ(made.found.all()[0].code, "R117");
}

// Two communities, one billed in yuan and one in Singapore dollars; account S has units in both.
std::vector<std::shared_ptr<const dues::facts>> two_communities() {
  town east;
  town west;
  std::string western = west.tariff();
  western.replace(western.find("\"id\": \"town\""), 12, "\"id\": \"west\"");
  western.replace(western.find("CNY"), 3, "SGD");
  east.tenures = R"({"unit": "1-101", "account": "S", "role": "owner", "from": "2026-01-01"})";
  west.units = R"({"unit": "W-1", "from": "2026-01-01", "area": "30"}, {"unit": "W-2", "from": "2026-01-01", "area": "40"})";
  west.tenures = R"({"unit": "W-1", "account": "S", "role": "owner", "from": "2026-01-01"}, {"unit": "W-2", "account": "T", "role": "owner", "from": "2026-01-01"})";
  return {east.loaded().loaded, dues::load_facts(dues::compile(western).compiled, west.facts()).loaded};
}

TEST(a_run_over_several_tariffs, bills_each_community_in_its_own_currency) {
  const auto known = two_communities();
  const auto made = dues::make_bills(known, days("2026-03-01", "2026-04-01"));
  ASSERT_EQ(made.size(), 2U);
  ASSERT_EQ(made[0].bills.size(), 1U);
  ASSERT_EQ(made[1].bills.size(), 2U);
  EXPECT_EQ(made[0].known->tariff->currency_code, "CNY");
  EXPECT_EQ(made[1].known->tariff->currency_code, "SGD");
  EXPECT_EQ(dues::bill_key(made[0], made[0].bills[0]), "town/S/2026-03-01/2026-03-10");
  EXPECT_EQ(dues::bill_key(made[1], made[1].bills[0]), "west/S/2026-03-01/2026-03-10");
  EXPECT_EQ(dues::amount_text(dues::total_of(made[0], made[0].bills[0]), 2), "160.00");
  EXPECT_EQ(dues::amount_text(dues::total_of(made[1], made[1].bills[0]), 2), "60.00");
}

TEST(a_run_over_several_tariffs, bounds_all_its_lines_together) {
  const auto known = two_communities();
  dues::bill_request asked = days("2026-03-01", "2026-04-01");
  // The bound is counted from periods that may be issued in the month: two for each of three units.
  asked.most_lines = 6;
  EXPECT_EQ(dues::make_bills(known, asked)[1].lines.size(), 2U);
  asked.most_lines = 5;
  const auto refused = dues::make_bills(known, asked);
  for (const dues::billing& one : refused) {
    EXPECT_TRUE(one.lines.empty());
    ASSERT_EQ(one.found.all().size(), 1U);
    EXPECT_EQ(one.found.all()[0].code, "R110");
    EXPECT_EQ(one.found.all()[0].value("is"), "6");
  }
}

TEST(a_run_over_several_tariffs, for_an_account_of_one_of_them_leaves_the_others_empty) {
  const auto known = two_communities();
  dues::bill_request asked = days("2026-03-01", "2026-04-01");
  asked.account = "T";
  const auto made = dues::make_bills(known, asked);
  EXPECT_TRUE(made[0].lines.empty());
  EXPECT_TRUE(made[0].found.empty());
  EXPECT_EQ(made[1].lines.size(), 1U);
  asked.account = "nobody";
  for (const dues::billing& one : dues::make_bills(known, asked)) EXPECT_EQ(one.found.all()[0].code, "R112");
}

}  // namespace
