// SPDX-License-Identifier: Apache-2.0
//
// Lines as Arrow: the same values as line by line, batches that outlive everything, columns that move.
#include "arrow_read.hpp"

#include <vector>

namespace {

using namespace house;
using arrow_read::cell;
using arrow_read::released;

void open_stream(const dues_result* of, released<ArrowArrayStream>& out) { ASSERT_EQ(dues_result_arrow(of, &out.is, nullptr), DUES_OK); }

std::vector<std::vector<std::string>> rows_of(const dues_result* of) {
  released<ArrowArrayStream> stream;
  open_stream(of, stream);
  return arrow_read::rows_of(stream.is);
}

TEST(arrow_out_test, the_schema_says_what_stands_where) {
  const result_ptr made = bill_july();
  released<ArrowArrayStream> stream;
  open_stream(made.get(), stream);
  released<ArrowSchema> schema;
  ASSERT_EQ(stream.is.get_schema(&stream.is, &schema.is), 0);
  EXPECT_STREQ(schema.is.format, "+s");
  struct expected {
    const char *name, *format;
    bool words, nullable;
  };
  const expected all[] = {{"account", "u", false, true}, {"unit", "u", false, false}, {"fee", "i", true, false}, {"subject", "u", false, true},
                          {"period", "tdD", false, false}, {"from", "tdD", false, false}, {"to", "tdD", false, false}, {"adjustment", "i", false, false},
                          {"issue", "tdD", false, false}, {"due", "tdD", false, false}, {"quantity", "d:38,18", false, true}, {"price", "d:38,18", false, true},
                          {"gross", "d:19,2", false, true}, {"net", "d:19,2", false, true}, {"tax", "d:19,2", false, true}, {"amount", "d:19,2", false, true},
                          {"tax_id", "i", true, true}, {"rate", "i", true, true}, {"fund", "i", true, true}, {"diagnostic", "i", true, true}};
  ASSERT_EQ(schema.is.n_children, 20);
  for (std::size_t i = 0; i < 20; ++i) {
    const ArrowSchema& one = *schema.is.children[i];
    EXPECT_STREQ(one.name, all[i].name);
    EXPECT_STREQ(one.format, all[i].format) << one.name;
    EXPECT_EQ(one.dictionary != nullptr, all[i].words) << one.name;
    EXPECT_STREQ(one.dictionary == nullptr ? "u" : one.dictionary->format, "u") << one.name;
    EXPECT_EQ((one.flags & ARROW_FLAG_NULLABLE) != 0, all[i].nullable) << one.name;
  }
  std::int32_t pairs = 0, size = 0;
  std::memcpy(&pairs, schema.is.metadata, 4);
  std::memcpy(&size, schema.is.metadata + 4, 4);
  EXPECT_EQ(pairs, 4);
  EXPECT_EQ(std::string_view(schema.is.metadata + 8, static_cast<std::size_t>(size)), "dues.tariff");
}

TEST(arrow_out_test, rows_are_the_lines_of_the_readme) {
  const std::vector<std::vector<std::string>> expected = {
      {"Chen", "1-101", "management", "null", "2026-07-01", "2026-07-01", "2026-07-11", "0", "2026-07-01", "2026-07-10", "null", "null", "76.27", "71.95", "4.32", "76.27", "vat", "6%", "null", "null"},
      {"Lin", "1-101", "management", "null", "2026-07-01", "2026-07-11", "2026-08-01", "0", "2026-07-01", "2026-07-10", "null", "null", "160.18", "151.11", "9.07", "160.18", "vat", "6%", "null", "null"},
      {"Lin", "S-1", "management", "null", "2026-07-01", "2026-07-01", "2026-08-01", "0", "2026-07-01", "2026-07-10", "null", "null", "307.49", "290.08", "17.41", "307.49", "vat", "6%", "null", "null"}};
  EXPECT_EQ(rows_of(bill_july().get()), expected);
}

// June: 80.02 x 2.80 = 224.056, rounded 224.06; tax inside 224.06 x 6/106 = 12.68. 45.50 x 6.50 = 295.75; tax 16.74.
TEST(arrow_out_test, quantity_and_price_have_eighteen_places) {
  constexpr std::int32_t june = 20'605;
  const auto rows = rows_of(bill(load(compile().get()).get(), run_of(june, july)).get());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0][10], "80.020000000000000000");
  EXPECT_EQ(rows[0][11], "2.800000000000000000");
  EXPECT_EQ(rows[0][15], "224.06");
  EXPECT_EQ(rows[1][14], "16.74");
}

TEST(arrow_out_test, a_line_that_could_not_be_computed_has_a_code_and_no_amounts) {
  std::string wrong(facts);
  wrong.replace(wrong.find("80.02"), 5, "-8.02");
  const auto rows = rows_of(bill(load(compile().get(), wrong).get(), run_of(july, august)).get());
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows[0][1], "1-101");
  EXPECT_EQ(rows[0][19], "F103");
  for (const std::size_t column : {10, 11, 12, 13, 14, 15}) EXPECT_EQ(rows[0][column], "null") << column;
  EXPECT_EQ(rows.back()[15], "307.49");
  EXPECT_EQ(rows.back()[19], "null");
}

TEST(arrow_out_test, what_was_taken_lives_after_stream_and_result_and_columns_move) {
  result_ptr made = bill_july();
  released<ArrowSchema> schema;
  ArrowArray unit = {};
  {
    released<ArrowArrayStream> stream;
    open_stream(made.get(), stream);
    ASSERT_EQ(stream.is.get_schema(&stream.is, &schema.is), 0);
    released<ArrowArray> batch;
    while (stream.is.get_next(&stream.is, &batch.is) == 0 && batch.is.length == 0) batch.is.release(&batch.is);
    made.reset();
    stream.is.release(&stream.is);
    ASSERT_NE(batch.is.release, nullptr);
    unit = *batch.is.children[1];  // moved out, as the specification allows
    batch.is.children[1]->release = nullptr;
  }
  EXPECT_EQ(cell(*schema.is.children[1], unit, 0), "1-101");
  unit.release(&unit);
  EXPECT_EQ(unit.release, nullptr);
}

TEST(arrow_out_test, a_result_without_lines_gives_a_schema_and_no_batch) {
  const result_ptr made = bill(load(compile().get()).get(), run_of(july + 1, july + 2));
  EXPECT_TRUE(rows_of(made.get()).empty());
}

}  // namespace
