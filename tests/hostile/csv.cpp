// SPDX-License-Identifier: Apache-2.0
//
// Tables of CSV that are broken, or made to be dear: each mistake with its row and column.
#include "hostile/documents.hpp"

#include <dues/facts/loader.hpp>

namespace {

using namespace dues_test;

dues::facts_result load(std::string_view units, std::size_t piece = std::size_t{1} << 16) {
  dues::facts_loader loader(plain_tariff());
  loader.begin_csv("units");
  for (std::size_t at = 0; at < units.size(); at += piece) loader.feed(units.substr(at, piece));
  loader.end_csv();
  return loader.finish();
}

struct table {
  const char* what;
  std::string text;
  std::string wanted;
};

TEST(a_broken_table, is_told_with_row_and_column) {
  const std::vector<table> tables{
      {"too few cells", "unit,from,area\nU,2026-01-01\n", "F143 /units/0: row 2 has 2 cells; the header has 3"},
      {"too many cells", "unit,from\nU,2026-01-01\nV,2026-01-01,7\n", "F143 /units/1: row 3 has 3 cells; the header has 2"},
      {"no column unit", "from,area\n2026-01-01,7\n", "F146 /units: the header of units (row 1) has no column 'unit'"},
      {"a column twice", "unit,from,area,area\nU,2026-01-01,1,2\n", "F144 /units: row 1, column 4: two columns are called 'area'"},
      {"a column without name", "unit,from,,area\nU,2026-01-01,1,2\n", "F145 /units: row 1, column 3: this column has no name"},
      {"a quote that is not closed", "unit,from\nU,\"2026-01-01\nV,2026-01-01\n", "F140 /units/0/from: row 2, column 2: "},
      {"text behind a quote", "unit,from\n\"U\"x,2026-01-01\n", "F141 /units/0/unit: row 2, column 1: "},
      {"a quote inside", "unit,from\nU\"x,2026-01-01\n", "F142 /units/0/unit: row 2, column 1: "},
      {"a byte that is no UTF-8", "unit,from\nU,2026-01-01\nV\xFF,2026-01-01\n", "F147 /units/1/unit: row 3, column 1: not UTF-8 (byte 0xff)"},
      {"a surrogate", "unit,from\nU\xED\xA0\x80,2026-01-01\n", "F147 /units/0/unit: row 2, column 1: not UTF-8"},
      {"an end inside a character", "unit,from\nU,\xE4\xBD", "F147 /units/0/from: row 2, column 2: not UTF-8 (the end of the file inside a character)"},
      {"a NUL", std::string("unit,from\nU\0,2026-01-01\n", 24), "F148 /units/0/unit: row 2, column 1: a NUL"},
      {"nothing", "", "F150 /units: units holds no header"},
  };
  for (const table& one : tables)
    for (const std::size_t piece : {std::size_t{1}, std::size_t{1} << 16}) {
      SCOPED_TRACE(one.what);
      expect_within(at_once, [&] { expect_one(load(one.text, piece).found.all(), one.wanted); });
    }
}

TEST(a_cell_that_is_none, is_told_with_row_and_column) {
  const std::string forty(40, '7');
  const std::vector<table> cells{
      {"40 digits", forty, "F103 /units/0/area: area is " + forty + "; wanted at most 38 digits"},
      {"1e400", "1e400", "F103 /units/0/area: area is 1e400; wanted a decimal number written out"},
      {"1e2147483647", "1e2147483647", "F103 /units/0/area: "},
      {"NaN", "NaN", "F103 /units/0/area: area is NaN; wanted a decimal number"},
      {"full-width digits", "\uFF11\uFF12", "F103 /units/0/area: area is \uFF11\uFF12; wanted a decimal number"},
      {"a formula", "=1+1", "F103 /units/0/area: area is =1+1; wanted a decimal number"},
      {"a space", " 1", "F103 /units/0/area: "},
  };
  for (const table& one : cells) {
    SCOPED_TRACE(one.what);
    const auto made = load("unit,from,area\nU,2026-01-01," + one.text + "\n");
    expect_one(made.found.all(), one.wanted);
    EXPECT_EQ(made.found.all()[0].value("row"), "2");
    EXPECT_EQ(made.found.all()[0].value("column"), "3");
  }
  EXPECT_EQ(load("unit,from,area\nU,2026-01-01,-0.00\n").loaded->unit_rows.numbers[0].at(0), dues::decimal(0));
  for (const char* const day : {"0000-01-01", "2023-02-30", "10000-01-01", "1/2/2026"}) expect_one(load("unit,from,built\nU,2026-01-01," + std::string(day) + "\n").found.all(), "F107 /units/0/built: ");
}

TEST(a_hundred_megabytes, of_one_cell_are_refused_after_a_megabyte) {
  const std::string piece(1'000'000, 'x');
  for (const char* const quote : {"", "\""}) {
    expect_within({0.5, 64}, [&] {
      dues::facts_loader loader(plain_tariff());
      loader.begin_csv("units");
      loader.feed(std::string("unit,from\n") + quote);
      int fed = 0;
      while (fed < 100 && loader.feed(piece)) ++fed;
      EXPECT_EQ(fed, 1);  // the first is within 1 MiB
      EXPECT_FALSE(loader.end_csv());
      expect_one(loader.finish().found.all(), "F149 /units/0/unit: row 2: a cell is beyond the limit of 1048576 bytes");
    });
  }
}

TEST(a_hundred_thousand_columns, are_refused) {
  std::string header = "unit,from";
  for (int i = 0; i < 100'000; ++i) header += ",c" + std::to_string(i);
  expect_within({0.5, 64}, [&] { expect_one(load(header + "\n").found.all(), "F149 /units: row 1: the number of columns is beyond the limit of 10000"); });
  expect_one(load("unit,from," + std::string(1'001, 'c') + "\nU,2026-01-01,1\n").found.all(), "F149 /units: row 1: the name of a column is beyond the limit of 1000 bytes");
}

TEST(a_million_ragged_rows, are_counted_and_a_thousand_told) {
  std::string text = "unit,from\n";
  for (int i = 0; i < 1'000'000; ++i) text += "U\n";
  expect_within({2, 64}, [&] {
    const auto made = load(text);
    EXPECT_EQ(made.found.errors(), 1'000'000U);
    EXPECT_EQ(made.found.all().size(), dues::diagnostics::limit);
    EXPECT_EQ(made.loaded, nullptr);
  });
}

TEST(ten_million_empty_lines, are_passed_over) {
  const std::string text = "unit,from\nU,2026-01-01\n" + std::string(10'000'000, '\n');
  expect_within({2, 32}, [&] {
    const auto made = load(text);
    EXPECT_TRUE(made.found.empty()) << told(made.found.all());
    EXPECT_EQ(made.loaded->units.size(), 1U);
  });
}

}  // namespace
