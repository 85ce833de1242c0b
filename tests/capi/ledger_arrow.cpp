// SPDX-License-Identifier: Apache-2.0
//
// Tables of a ledger as Arrow: what they hold, and that they need the ledger no longer.
#include "arrow_read.hpp"
#include "book.hpp"

namespace {

using namespace book;
using row = std::vector<std::string>;

std::vector<row> table(const dues_ledger* of, std::int32_t which, const dues_ledger_view* view = nullptr) {
  arrow_read::released<ArrowArrayStream> stream;
  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(dues_ledger_arrow(of, view, which, &stream.is, &error), DUES_OK) << error.message;
  return arrow_read::rows_of(stream.is);
}

TEST(ledger_arrow, balances_of_all_accounts_stand_by_account) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  record(kept.get(), R"({"event": "payment", "id": "p2", "account": "Lin", "date": "2026-01-16", "amount": "7.00"})");
  EXPECT_EQ(table(kept.get(), DUES_BALANCES), (std::vector<row>{{"Chen", "3", "40.00", "0.00", "0.00"}, {"Lin", "1", "0.00", "0.00", "7.00"}}));
  const dues_ledger_view earlier = as_of(on_january(14));
  EXPECT_EQ(table(kept.get(), DUES_BALANCES, &earlier), (std::vector<row>{{"Chen", "3", "140.00", "4.00", "0.00"}, {"Lin", "1", "0.00", "0.00", "0.00"}}));
}

TEST(ledger_arrow, open_items_are_those_of_which_something_is_open) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  record(kept.get(), R"({"event": "opening", "id": "old", "account": "Chen", "date": "2026-01-15", "due": "2025-12-01", "amount": "3.00", "penalty": "0.50"})");
  const dues_ledger_view on_15 = as_of(on_january(15), "Chen");
  // On that day 0.50 and 5.00 of penalties come first, then by due date the 3.00 and 96.50 of the 100.00.
  EXPECT_EQ(table(kept.get(), DUES_OPEN_ITEMS, &on_15),
            (std::vector<row>{{"Chen", management, "1", "management", "2026-01-01", "2026-01-10", "100.00", "100.00", "96.50", "0.00", "3.50", "0.00"},
                              {"Chen", water, "1", "water", "2026-01-01", "2026-01-20", "40.00", "40.00", "0.00", "0.00", "40.00", "0.00"}}));
  const dues_ledger_view on_16 = as_of(on_january(16), "Chen");
  EXPECT_EQ(table(kept.get(), DUES_OPEN_ITEMS, &on_16)[0].back(), "0.04") << "a day of 1 % of 3.50, rounded";
}

TEST(ledger_arrow, entries_are_the_rows_of_the_csv) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  std::string rows = "account,entry,id,date,recorded,cause,receivable,part,source,amount,by,reason,actor,reference\n";
  for (const row& one : table(kept.get(), DUES_ENTRIES)) {
    for (std::size_t i = 0; i < one.size(); ++i) rows += (i == 0 ? "" : ",") + (one[i] == "null" ? std::string() : one[i]);
    rows += '\n';
  }
  EXPECT_EQ(rows, text_of(kept.get(), DUES_ENTRIES_CSV));
  const dues_ledger_view first = as_of(on_january(1));
  EXPECT_EQ(table(kept.get(), DUES_ENTRIES, &first).size(), 2U) << "two charges";
}

TEST(ledger_arrow, an_empty_ledger_has_a_schema_and_no_rows) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = open(of.get());
  for (const std::int32_t which : {DUES_BALANCES, DUES_OPEN_ITEMS, DUES_ENTRIES}) {
    arrow_read::released<ArrowArrayStream> stream;
    ASSERT_EQ(dues_ledger_arrow(kept.get(), nullptr, which, &stream.is, nullptr), DUES_OK);
    arrow_read::released<ArrowSchema> schema;
    ASSERT_EQ(stream.is.get_schema(&stream.is, &schema.is), 0);
    EXPECT_STREQ(schema.is.format, "+s");
    EXPECT_STREQ(schema.is.children[0]->name, "account");
    EXPECT_NE(schema.is.metadata, nullptr);
    EXPECT_TRUE(arrow_read::rows_of(stream.is).empty());
  }
}

TEST(ledger_arrow, a_stream_is_a_picture_that_outlives_the_ledger_and_its_batches_outlive_it) {
  const house::tariff_ptr of = compile();
  ledger_ptr kept = book::kept(of.get());
  arrow_read::released<ArrowArrayStream> stream;
  ASSERT_EQ(dues_ledger_arrow(kept.get(), nullptr, DUES_BALANCES, &stream.is, nullptr), DUES_OK);
  record(kept.get(), R"({"event": "payment", "id": "p2", "account": "Chen", "date": "2026-01-21", "amount": "40.00"})");
  kept.reset();
  arrow_read::released<ArrowArray> batch;
  ASSERT_EQ(stream.is.get_next(&stream.is, &batch.is), 0);
  arrow_read::released<ArrowSchema> schema;
  ASSERT_EQ(stream.is.get_schema(&stream.is, &schema.is), 0);
  stream.is.release(&stream.is);
  arrow_read::released<ArrowArray> open;  // a column that is moved out
  open.is = *batch.is.children[2];
  batch.is.children[2]->release = nullptr;
  batch.is.release(&batch.is);
  EXPECT_EQ(arrow_read::cell(*schema.is.children[2], open.is, 0), "40.00");
}

TEST(ledger_arrow, many_accounts_come_in_several_batches) {
  constexpr int accounts = 66'000;
  const house::tariff_ptr of = compile();
  std::string events = "[";
  for (int i = 0; i < accounts; ++i) {
    const std::string id = std::to_string(100'000 + i);
    events += (i == 0 ? "" : ",") + (R"({"event": "opening", "id": "o)" + id + R"(", "account": "a)" + id + R"(", "date": "2026-01-01", "due": "2026-01-10", "amount": "1.00"})");
  }
  const ledger_ptr kept = open(of.get());
  record(kept.get(), events + "]");
  arrow_read::released<ArrowArrayStream> stream;
  ASSERT_EQ(dues_ledger_arrow(kept.get(), nullptr, DUES_OPEN_ITEMS, &stream.is, nullptr), DUES_OK);
  std::vector<std::int64_t> lengths;
  for (;;) {
    arrow_read::released<ArrowArray> batch;
    ASSERT_EQ(stream.is.get_next(&stream.is, &batch.is), 0);
    if (batch.is.release == nullptr) break;
    lengths.push_back(batch.is.length);
    EXPECT_EQ(batch.is.children[2]->null_count, batch.is.length) << "openings without a unit";
  }
  EXPECT_EQ(lengths, (std::vector<std::int64_t>{65'536, accounts - 65'536}));
}

}  // namespace
