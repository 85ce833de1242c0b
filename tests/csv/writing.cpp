// SPDX-License-Identifier: Apache-2.0
//
// Cells for exchange keep every byte; cells for people do not run in a spreadsheet.
#include <dues/csv/writer.hpp>

#include <gtest/gtest.h>

namespace {

std::string exchanged(std::string_view text) {
  std::string out = "|";
  dues::append_csv_cell(out, text);
  return out.substr(1);
}

std::string shown(std::string_view text) {
  std::string out = "|";
  dues::append_csv_cell_for_people(out, text);
  return out.substr(1);
}

TEST(a_cell_for_exchange, is_quoted_only_where_it_must_be) {
  for (const char* plain : {"", "1-101", "80.02", " a b ", "=1+1", "@x", "it's", "单元"}) EXPECT_EQ(exchanged(plain), plain);
  EXPECT_EQ(exchanged("1,5"), "\"1,5\"");
  EXPECT_EQ(exchanged("say \"yes\""), "\"say \"\"yes\"\"\"");
  EXPECT_EQ(exchanged("\""), "\"\"\"\"");
  EXPECT_EQ(exchanged("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(exchanged("two\rlines"), "\"two\rlines\"");
  // Bare, and first in its file, it would be read as a mark of the file and no part of the cell.
  EXPECT_EQ(exchanged("\xEF\xBB\xBFunit"), "\"\xEF\xBB\xBFunit\"");
}

TEST(a_cell_for_people, does_not_run) {
  for (const char* formula : {"=cmd|' /C calc'!A0", "=1+1", "+1+1", "-2-3", "@SUM(A1)", "\t=1", "-", "+", "=", "-1-1", "-.5", "-5.", "--5", "-5%%", "+86 10"})
    EXPECT_EQ(shown(formula), std::string("'") + formula) << formula;
  EXPECT_EQ(shown("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(shown("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
}

TEST(a_cell_for_people, keeps_numbers_and_plain_texts) {
  for (const char* plain : {"", "-5", "-80.02", "+1.25", "-6%", "0", "1-101", "a=b", "'=1", " =1", "A-1"}) EXPECT_EQ(shown(plain), plain) << plain;
  EXPECT_EQ(shown("1,5"), "\"1,5\"");
}

}  // namespace
