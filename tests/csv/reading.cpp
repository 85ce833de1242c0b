// SPDX-License-Identifier: Apache-2.0
//
// What RFC 4180 says, and what people's files do besides: marks, line ends, quoted line breaks, and
// pieces that are cut anywhere.
#include "csv/rows.hpp"

#include <dues/csv/writer.hpp>

#include <rapidcheck/gtest.h>

namespace {

using dues_test::read_csv;
using dues_test::row_of_texts;
using dues_test::rows_read;

void expect_rows(std::string_view text, const row_of_texts& names, const std::vector<row_of_texts>& rows) {
  SCOPED_TRACE(text);
  const rows_read read = read_csv(text);
  EXPECT_TRUE(read.whole);
  dues_test::expect_told(read.found.all(), {});
  EXPECT_EQ(read.names, names);
  EXPECT_EQ(read.rows, rows);
}

TEST(csv, is_read_with_either_line_end_and_with_or_without_a_last_one) {
  for (const char* text : {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,2", "a,b\r\n1,2", "a,b\r\n1,2\n", "\xEF\xBB\xBF" "a,b\n1,2\n", "\xEF\xBB\xBF\"a\",b\r\n1,2", "a,b\n1,2\r"})
    expect_rows(text, {"a", "b"}, {{"1", "2"}});
}

TEST(csv, keeps_quoted_cells_as_they_are_written) {
  expect_rows("a,b\n\"1,5\",\"say \"\"yes\"\"\"\n", {"a", "b"}, {{"1,5", "say \"yes\""}});
  expect_rows("a,b\n\"two\r\nlines\",\"\"\n", {"a", "b"}, {{"two\r\nlines", ""}});
  expect_rows("a\n\"\"\"\"\n\"\"\"x\"\"\"\n", {"a"}, {{"\""}, {"\"x\""}});
  expect_rows("\"a\"\"b\",\"c,d\"\n1,2", {"a\"b", "c,d"}, {{"1", "2"}});
}

TEST(csv, keeps_spaces_and_characters_of_any_length) {
  expect_rows("单元, b \n 1 ,\xF0\x9F\x8F\xA0\n", {"单元", " b "}, {{" 1 ", "\xF0\x9F\x8F\xA0"}});
  // U+FF01 begins as a byte order mark does.
  expect_rows("\xEF\xBC\x81\n\xEF\xBB\xBF\n", {"\xEF\xBC\x81"}, {{"\xEF\xBB\xBF"}});
}

TEST(csv, has_empty_cells_at_every_place) {
  expect_rows("a,b,c\n,,\n1,,\n,2,\n,,3", {"a", "b", "c"}, {{"", "", ""}, {"1", "", ""}, {"", "2", ""}, {"", "", "3"}});
  expect_rows("a,b\n1,", {"a", "b"}, {{"1", ""}});
  expect_rows("a,b\n1,\"\"", {"a", "b"}, {{"1", ""}});
}

TEST(csv, passes_over_empty_lines_but_counts_them) {
  const rows_read read = read_csv("a\n\nx\r\n\r\n\"\"\ny\n\n\n");
  EXPECT_TRUE(read.whole);
  EXPECT_EQ(read.rows, (std::vector<row_of_texts>{{"x"}, {""}, {"y"}}));
  EXPECT_EQ(read.numbers, (std::vector<std::size_t>{3, 5, 6}));
}

TEST(csv, counts_a_row_with_line_breaks_in_quotes_as_one) {
  const rows_read read = read_csv("a,b\n\"1\n\n\n\",2\n3,4\n");
  EXPECT_EQ(read.numbers, (std::vector<std::size_t>{2, 3}));
}

TEST(csv, of_a_header_alone_has_no_rows) {
  expect_rows("a,b", {"a", "b"}, {});
  expect_rows("a,b\r\n", {"a", "b"}, {});
}

TEST(csv, is_not_read_further_when_the_header_is_of_no_use) {
  struct : dues::csv_sink {
    int rows = 0;
    bool header(std::span<const std::string>) override { return false; }
    void record(std::size_t, std::span<const std::string_view>) override { ++rows; }
  } sink;
  dues::diagnostics found;
  dues::csv_reader reader("units", sink, found);
  EXPECT_FALSE(reader.feed("a,b\n1,2\n"));
  EXPECT_FALSE(reader.feed("3,4\n"));
  EXPECT_FALSE(reader.finish());
  EXPECT_EQ(sink.rows, 0);
}

// Files with and without mistakes, and where they are cut makes no difference.
TEST(csv, reads_the_same_whatever_pieces_it_comes_in) {
  for (const std::string_view text :
       {std::string_view("\xEF\xBB\xBF" "a,b\r\n\"1\"\"2\",\"x\r\ny\"\r\n\r\n,\xE5\x8D\x95\xF0\x9F\x8F\xA0\n\"\",\"\"\n"), std::string_view("a,b\n1,2,3\n4\n5,6\n"), std::string_view("a,b\n1,\"2\n"),
        std::string_view("a,b\n1,\"2\"x\n"), std::string_view("a,b\n1,2\"\n"), std::string_view("a,b\n1,\xE5\x8D,\n"), std::string_view("a,b\n1,\xE5\x8D"), std::string_view("a,a,,b\n1"),
        std::string_view("a,b\n1\0,2", 8), std::string_view("\xEF\xBB"), std::string_view("\xEF\xBB\xBF"), std::string_view("a,b\n1,2\r3\n"), std::string_view("a\n12345678901234567890\n1\n")}) {
    SCOPED_TRACE(text);
    dues::csv_limits limits;
    limits.cell_bytes = 16;
    const rows_read whole = read_csv(text, SIZE_MAX, {"b"}, limits);
    for (std::size_t piece = 1; piece < 9; ++piece) {
      const rows_read cut = read_csv(text, piece, {"b"}, limits);
      EXPECT_EQ(cut.names, whole.names);
      EXPECT_EQ(cut.rows, whole.rows);
      EXPECT_EQ(cut.numbers, whole.numbers);
      EXPECT_EQ(cut.whole, whole.whole);
      EXPECT_TRUE(std::equal(cut.found.all().begin(), cut.found.all().end(), whole.found.all().begin(), whole.found.all().end()));
    }
  }
}

// Cells of the bytes that matter, written for exchange, come back byte for byte.
RC_GTEST_PROP(csv, gives_back_what_was_written_for_exchange, ()) {
  const auto piece = *rc::gen::inRange<std::size_t>(1, 40);
  const auto columns = *rc::gen::inRange<std::size_t>(1, 6);
  const auto text = rc::gen::container<std::string>(rc::gen::elementOf(std::string("a,\"\r\n=+-@\t' 7")));
  const auto cells = *rc::gen::container<std::vector<row_of_texts>>(rc::gen::container<row_of_texts>(columns, text));
  std::string file;
  for (std::size_t i = 0; i < columns; ++i) file += (i == 0 ? "c" : ",c") + std::to_string(i);
  for (const row_of_texts& row : cells) {
    file += "\r\n";
    for (std::size_t i = 0; i < columns; ++i) {
      if (i != 0) file += ',';
      if (columns == 1 && row[i].empty()) file += "\"\"";  // else it is an empty line
      else dues::append_csv_cell(file, row[i]);
    }
  }
  const rows_read read = read_csv(file, piece);
  RC_ASSERT(read.whole);
  RC_ASSERT(read.rows == cells);
}

TEST(csv, of_long_rows_and_many_pieces_takes_a_time_that_grows_with_its_bytes) {
  // 9 MB in one row of 9,000 cells, handed over in pieces of 7 bytes: a reader that began the row anew
  // with every piece would look at 5,000,000,000,000 bytes.
  std::string file = "c0";
  for (int i = 1; i < 9'000; ++i) file += ",c" + std::to_string(i);
  file += '\n';
  for (int i = 0; i < 9'000; ++i) file += (i == 0 ? "\"" : ",\"") + std::string(998, 'x') + "\"\"\"";
  const rows_read read = read_csv(file, 7);
  EXPECT_TRUE(read.whole);
  ASSERT_EQ(read.rows.size(), 1U);
  EXPECT_EQ(read.rows[0][8'999], std::string(998, 'x') + "\"");
}

}  // namespace
