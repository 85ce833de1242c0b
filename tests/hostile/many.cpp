// SPDX-License-Identifier: Apache-2.0
//
// Much of one thing: rows of one unit, cells of one row, prices of one fee, ids that look alike.
#include "hostile/documents.hpp"
#include "hostile/equal_hashes.hpp"

#include <dues/facts/loader.hpp>

namespace {

using namespace dues_test;

TEST(a_million_rows, of_one_unit_are_loaded) {
  std::string rows;
  for (int i = 0; i < 1'000'000; ++i) rows += std::string(i == 0 ? "" : ",") + "{\"unit\":\"U\",\"from\":\"" + dues::to_text(dues::first_day + i) + "\",\"area\":" + std::to_string(i % 100) + "}";
  const std::string text = R"({"dues_facts":"1","units":[)" + rows + "]}";
  expect_within({4, 400}, [&] {
    const dues::facts_result loaded = dues::load_facts(plain_tariff(), text);
    EXPECT_TRUE(loaded.found.empty());
    ASSERT_EQ(loaded.loaded->unit_rows.from.size(), 1'000'000U);
    EXPECT_EQ(loaded.loaded->unit_rows.numbers[0].at(999'999), dues::decimal(99));
  });
}

TEST(a_million_rows, of_one_unit_and_day_are_told_and_do_not_fill_the_memory) {
  std::string rows = R"({"unit":"U","from":"2026-01-01"})";
  for (int i = 1; i < 1'000'000; ++i) rows += R"(,{"unit":"U","from":"2026-01-01"})";
  const std::string text = R"({"dues_facts":"1","units":[)" + rows + "]}";
  expect_within({4, 400}, [&] {
    const dues::facts_result loaded = dues::load_facts(plain_tariff(), text);
    EXPECT_EQ(loaded.found.errors(), 999'999U);
    EXPECT_EQ(loaded.found.all().size(), dues::diagnostics::limit);
    EXPECT_EQ(told(loaded.found.all().first(1)).substr(0, 21), "F109 /units/1/from: '");
  });
}

TEST(a_million_cells, of_one_row_are_refused) {
  std::string cells = "\"area\":1";
  for (int i = 0; i < 1'000'000; ++i) cells += ",\"c" + std::to_string(i) + "\":1";
  const std::string text = facts_of(cells);
  expect_within({0.5, 32}, [&] { expect_one(dues::load_facts(plain_tariff(), text).found.all(), "F108 : /units/0 has more than 10000 cells at line 1"); });
}

TEST(a_million_times_one_cell, is_refused) {
  std::string cells = "\"area\":1";
  for (int i = 0; i < 1'000'000; ++i) cells += ",\"area\":1";
  const std::string text = facts_of(cells);
  expect_within({0.5, 32}, [&] { expect_one(dues::load_facts(plain_tariff(), text).found.all(), "F108 : /units/0 has more than 10000 cells at line 1"); });
}

TEST(a_thousand_rows, of_ten_thousand_unknown_cells_are_told) {
  std::string cells;
  for (int i = 0; i < 9'000; ++i) cells += ",\"c" + std::to_string(i) + "\":1";
  std::string rows;
  for (int i = 0; i < 100; ++i) rows += std::string(i == 0 ? "" : ",") + "{\"unit\":\"U" + std::to_string(i) + "\",\"from\":\"2026-01-01\"" + cells + "}";
  const std::string text = R"({"dues_facts":"1","units":[)" + rows + "]}";
  expect_within({3, 96}, [&] {
    const dues::facts_result loaded = dues::load_facts(plain_tariff(), text);
    EXPECT_EQ(loaded.found.errors(), 900'000U);
  });
}

// A table that hashes them would compare each with all others: 5 x 10^11 times.
TEST(a_million_ids, of_one_hash_are_loaded) {
  const equal_hashes ids(1'000);
#ifdef __GLIBCXX__
  for (const std::size_t i : {std::size_t{1}, std::size_t{1'000}, std::size_t{999'999}}) ASSERT_EQ(std::hash<std::string>()(ids.at(i)), std::hash<std::string>()(ids.at(0)));
#endif
  std::string units = "unit,from,code\n";
  std::string tenures = "unit,account,role,from\n";
  std::string subscriptions = "subscription,unit,fee,from\n";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string id = ids.at(i);
    units += id + ",2026-01-01," + id + "\n";
    tenures += id + "," + id + ",owner,2026-01-01\n";
    subscriptions += id + "," + id + ",s,2026-01-01\n";
  }
  std::string tariff = tariff_of("1");
  tariff.insert(tariff.rfind("]}"), R"(,{"id":"s","kind":"recurring","for_each":"subscription","name":{"en":"S"},"schedule":"m","price":1})");
  const auto compiled = dues::compile(tariff).compiled;
  ASSERT_NE(compiled, nullptr);
  expect_within({8, 700}, [&] {
    dues::facts_loader loader(compiled);
    for (const auto& [table, text] : {std::pair<const char*, const std::string*>{"units", &units}, {"tenures", &tenures}, {"subscriptions", &subscriptions}}) {
      loader.begin_csv(table);
      loader.feed(*text);
      loader.end_csv();
    }
    const dues::facts_result made = loader.finish();
    EXPECT_TRUE(made.found.empty()) << told(made.found.all().first(std::min<std::size_t>(made.found.all().size(), 3)));
    ASSERT_NE(made.loaded, nullptr);
    EXPECT_EQ(made.loaded->units.size(), ids.size());
    EXPECT_EQ(made.loaded->accounts.size(), ids.size());
    EXPECT_EQ(made.loaded->subscriptions.size(), ids.size());
    EXPECT_EQ(made.loaded->texts.size(), ids.size());
  });
}

TEST(ids_with_a_long_common_prefix, are_loaded) {
  const std::string prefix(900, 'x');
  std::string rows, tenures;
  constexpr int count = 20'000;
  for (int i = 0; i < count; ++i) {
    const std::string id = prefix + std::to_string(100'000 + i * 7'919 % count);
    rows += std::string(i == 0 ? "" : ",") + "{\"unit\":\"" + id + "\",\"from\":\"2026-01-01\"}";
    tenures += std::string(i == 0 ? "" : ",") + "{\"unit\":\"" + id + "\",\"account\":\"" + id + "\",\"role\":\"owner\",\"from\":\"2026-01-01\"}";
  }
  const std::string text = R"({"dues_facts":"1","tenures":[)" + tenures + "],\"units\":[" + rows + "]}";
  expect_within({2, 256}, [&] {
    const dues::facts_result loaded = dues::load_facts(plain_tariff(), text);
    EXPECT_TRUE(loaded.found.empty());
    EXPECT_EQ(loaded.loaded->units.size(), std::size_t{count});
    EXPECT_EQ(loaded.loaded->units.at(19'999), prefix + "119999");
  });
}

TEST(a_hundred_thousand_prices, compile_and_one_more_is_refused) {
  std::string prices;
  for (int i = 0; i < 100'000; ++i) prices += std::string(i == 0 ? "" : ",") + "{\"from\":\"" + dues::to_text(*dues::parse_day("2026-01-01") + i) + "\",\"is\":\"1.50\"}";
  const std::string fits = tariff_of("[" + prices + "]");
  const std::string beyond = tariff_of("[" + prices + ",{\"from\":\"9999-01-01\",\"is\":1}]");
  expect_within({1, 192}, [&] { EXPECT_NE(dues::compile(fits).compiled, nullptr); });
  expect_within({1, 192}, [&] { expect_one(dues::compile(beyond).found.all(), "T117 /fees/0/price: price is 100001 versions; wanted 1 to 100000"); });
}

TEST(a_document_of_empty_lists, is_refused_when_there_are_too_many) {
  std::string lists = "[[]";
  for (int i = 0; i < 10'000'000; ++i) lists += ",[]";
  const std::string text = tariff_of(lists + "]");
  expect_within({2, 900}, [&] { expect_one(dues::compile(text).found.all(), "T151 : the document is larger than 4000000 values"); });
}

// Eight levels of long keys above half a million cells: their places would be longer than the memory.
TEST(places_of_cells, are_counted_before_they_fill_the_memory) {
  std::string tariff = tariff_of("\"value.v\"");
  std::string by = "\"unit.code\"";
  std::string attributes, open, close;
  for (int i = 0; i < 7; ++i) {
    attributes += "{\"id\":\"t" + std::to_string(i) + "\",\"type\":\"text\"},";
    by += ",\"unit.t" + std::to_string(i) + "\"";
    open += "{\"" + std::string(1'000, static_cast<char>('a' + i)) + "\":";
    close += "}";
  }
  std::string cells;
  for (int i = 0; i < 500'000; ++i) cells += std::string(i == 0 ? "" : ",") + "\"" + std::to_string(i) + "\":1";
  tariff.insert(tariff.find("\"schedules\""), "\"values\":[{\"id\":\"v\",\"by\":[" + by + "],\"is\":" + open + "{" + cells + "}" + close + "}],");
  tariff.insert(tariff.find("{\"id\":\"area\""), attributes);
  expect_within({3, 700}, [&] { expect_one(dues::compile(tariff).found.all(), "T151 /values/0/is/aaa"); });
}

}  // namespace
