// SPDX-License-Identifier: Apache-2.0
//
// Everything that a file of CSV can get wrong, with row and column as a person counts them.
#include "csv/rows.hpp"

#include <dues/diagnostic/catalogue.hpp>

#include <set>

namespace {

using dues_test::expect_told;
using dues_test::read_csv;
using dues_test::rows_read;
using std::string_literals::operator""s;

struct wrong_file {
  std::string why, text;
  std::vector<std::string> mistakes;
  std::size_t rows;  ///< that are handed over all the same
};

const std::vector<wrong_file>& wrong_files() {
  static const std::vector<wrong_file> files{
      {"a quote that is never closed", "unit,from\n1,2\n3,\"4\n5,6\n", {"F140 /units/1/from | row=3 | column=2 | name=from"}, 1},
      {"a quote that opens at the end", "unit,from\n1,\"", {"F140 /units/0/from | row=2 | column=2"}, 0},
      {"a header whose quote is never closed", "unit,\"from\n1,2", {"F140 /units | row=1 | column=2"}, 0},
      {"text after the closing quote", "unit,from\n\"1\"x,2\n", {"F141 /units/0/unit | row=2 | column=1"}, 0},
      {"a space after the closing quote", "unit,from\n1,\"2\" \n", {"F141 /units/0/from | row=2 | column=2"}, 0},
      {"a quote inside a bare cell", "unit,from\n1,2\n1\"2,3\n", {"F142 /units/1/unit | what=\" | row=3 | column=1"}, 1},
      {"a space before a quote", "unit,from\n1, \"2\"\n", {"F142 /units/0/from | row=2 | column=2"}, 0},
      {"a carriage return alone", "unit,from\n1,2\r3,4\n", {"F142 /units/0/from | what=CR | row=2 | column=2"}, 0},
      {"too few cells", "unit,from\n1\n2,3\n", {"F143 /units/0 | is=1 | wanted=2 | row=2"}, 1},
      {"too many cells", "unit,from\n1,2,3\n2,3\n", {"F143 /units/0 | is=3 | wanted=2 | row=2"}, 1},
      {"two ragged rows", "unit,from\n1,2,3\n2,3\n\n4\n", {"F143 /units/0 | row=2", "F143 /units/3 | is=1 | row=5"}, 1},
      {"a comma at the end of a row", "unit,from\n1,2,\n", {"F143 /units/0 | is=3"}, 0},
      {"a column twice", "unit,from,unit\n1,2,3\n", {"F144 /units | row=1 | column=3 | name=unit"}, 0},
      {"columns twice and three times", "unit,from,unit,from,unit\n", {"F144 /units | column=3", "F144 /units | column=4 | name=from", "F144 /units | column=5"}, 0},
      {"a column without a name", "unit,,from\n1,2,3\n", {"F145 /units | row=1 | column=2"}, 0},
      {"a comma at the end of the header", "unit,from,\n1,2,\n", {"F145 /units | row=1 | column=3"}, 0},
      {"a column missing", "unit,frm\n1,2\n", {"F146 /units | is=from | table=units | nearest=frm | row=1"}, 0},
      {"columns that semicolons separate", "unit;from\n1;2\n", {"F146 /units | is=unit", "F146 /units | is=from"}, 0},
      {"all that a header can get wrong", "unit,,unit\n", {"F145 /units | column=2", "F144 /units | column=3", "F146 /units | is=from"}, 0},
      {"Latin-1", "unit,from\n1,2\n3,caf\xE9\n", {"F147 /units/1/from | what=byte 0x0a | row=3 | column=2"}, 1},
      {"a byte that begins no character", "unit,from\n\xFF,2\n", {"F147 /units/0/unit | what=byte 0xff | row=2 | column=1"}, 0},
      {"an overlong slash", "unit,from\n1,\xC0\xAF\n", {"F147 /units/0/from | what=byte 0xc0"}, 0},
      {"an overlong character of three bytes", "unit,from\n1,\xE0\x9F\xBF\n", {"F147 /units/0/from | what=byte 0x9f"}, 0},
      {"half of a surrogate pair", "unit,from\n1,\xED\xA0\x80\n", {"F147 /units/0/from | what=byte 0xa0"}, 0},
      {"a character beyond U+10FFFF", "unit,from\n1,\xF4\x90\x80\x80\n", {"F147 /units/0/from | what=byte 0x90"}, 0},
      {"a file that ends inside a character", "unit,from\n1,\xE5\x8D", {"F147 /units/0/from | what=the end of the file inside a character | row=2 | column=2"}, 0},
      {"a file that ends inside its mark", "\xEF\xBB", {"F147 /units | row=1 | column=1"}, 0},
      {"UTF-16", "\xFF\xFEu\0n\0"s, {"F147 /units | what=byte 0xff | row=1 | column=1"}, 0},
      {"a NUL", "unit,from\n1,2\0\n"s, {"F148 /units/0/from | row=2 | column=2"}, 0},
      {"a NUL in quotes", "unit,from\n\"\0\",2\n"s, {"F148 /units/0/unit | row=2 | column=1"}, 0},
      {"nothing", "", {"F150 /units | table=units"}, 0},
      {"a mark alone", "\xEF\xBB\xBF", {"F150 /units"}, 0},
      {"empty lines", "\n\r\n\n", {"F150 /units"}, 0},
  };
  return files;
}

TEST(mistakes_of_csv, are_told_with_row_and_column) {
  for (const wrong_file& one : wrong_files()) {
    SCOPED_TRACE(one.why);
    const rows_read read = read_csv(one.text, SIZE_MAX, {"unit", "from"});
    expect_told(read.found.all(), one.mistakes);
    EXPECT_EQ(read.rows.size(), one.rows);
    EXPECT_FALSE(read.whole);
  }
}

TEST(mistakes_of_csv, of_every_code_have_a_file) {
  std::set<std::string> seen{"F149"};  // below
  for (const wrong_file& one : wrong_files())
    for (const std::string& mistake : one.mistakes) seen.insert(mistake.substr(0, 4));
  for (const dues::catalogue_entry& entry : dues::catalogue())
    EXPECT_TRUE(entry.code < "F140" || entry.code > "F150" || seen.contains(std::string(entry.code))) << entry.code;
}

TEST(mistakes_of_csv, tell_where_in_both_languages) {
  const rows_read read = read_csv("unit,from\n1,2\n1\"2,3\n");
  EXPECT_EQ(message(read.found.all()[0]), "row 3, column 1: \" stands inside a cell without quotes");
  EXPECT_EQ(message(read.found.all()[0], dues::language::chinese()), "第 3 行第 1 列：未加引号的单元格内有 \"");
}

TEST(limits_of_csv, are_kept_to_the_byte) {
  const auto at_limit = [](dues::csv_limits limits, const std::string& within, const std::string& beyond, const std::string& mistake) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{SIZE_MAX}}) {
      EXPECT_TRUE(read_csv(within, piece, {}, limits).whole);
      const rows_read read = read_csv(beyond, piece, {}, limits);
      expect_told(read.found.all(), {mistake});
      EXPECT_FALSE(read.whole);
    }
  };
  at_limit({.cell_bytes = 5}, "a,b\n12345,1\n", "a,b\n123456,1\n", "F149 /units/0/a | what=a cell | limit=5 bytes | row=2 | column=1");
  at_limit({.cell_bytes = 5}, "a,b\n1,\"123\"\"5\"\n", "a,b\n1,\"12345\"\"\"\n", "F149 /units/0/b | what=a cell | limit=5 bytes | row=2 | column=2");
  at_limit({.cell_bytes = 5}, "a,b\n1,\"12345\"\n", "a,b\n1,\"never closed\n", "F149 /units/0/b | what=a cell");
  at_limit({.row_bytes = 9}, "a,b\n1234,6789\n", "a,b\n1234,67890\n", "F149 /units/0/b | what=a row | limit=9 bytes | row=2 | column=2");
  at_limit({.columns = 2}, "a,b\n1,2\n", "a,b,c\n1,2,3\n", "F149 /units | what=the number of columns | limit=2 | row=1 | column=3");
  at_limit({.columns = 2}, "a,b\n1,2\n", "a,b\n1,2,3\n", "F149 /units/0 | what=the number of columns | row=2 | column=3");
  at_limit({.rows = 3}, "a\n1\n2\n", "a\n1\n2\n3\n", "F149 /units/2 | what=the number of rows | limit=3 | row=4");
}

TEST(limits_of_csv, stop_a_file_that_never_ends_a_cell_or_a_row) {
  dues::diagnostics found;
  rows_read sink;
  for (const std::string& piece : {std::string(1'000, 'x'), std::string(1'000, ',')}) {
    dues::csv_reader reader("units", sink, found);
    std::size_t taken = 0;
    while (taken < 100'000 && reader.feed(piece)) ++taken;
    EXPECT_LT(taken, 2'000U);  // of 100 MB: a cell of 1 MiB, or 10,000 columns
  }
  EXPECT_EQ(found.errors(), 2U);
}

}  // namespace
