// SPDX-License-Identifier: Apache-2.0
//
// The whole way through the C boundary: compile, load, bill, read, explain, free.
#include "house.hpp"

#include <vector>

namespace {

using namespace house;

TEST(whole_path_test, a_tariff_says_what_it_is) {
  const tariff_ptr made = compile();
  dues_tariff_info info{};
  info.struct_size = sizeof info;
  ASSERT_EQ(dues_tariff_get(made.get(), &info, nullptr), DUES_OK);
  EXPECT_EQ(view(info.id), "lime-court");
  EXPECT_EQ(view(info.edition), "2026-1");
  EXPECT_EQ(view(info.currency), "CNY");
  EXPECT_EQ(view(info.name_en), "Lime Court: what is charged");
  EXPECT_EQ(view(info.name_zh), "青柠苑收费标准");
  EXPECT_EQ(info.minor_units, 2);
  EXPECT_EQ(day(info.from), "2026-01-01");
  EXPECT_EQ(day(info.to), "");
  EXPECT_EQ(view(info.hash).size(), 36U);
}

// 80.02 x 2.80 x 15/31 + 80.02 x 3.10 x 16/31 = 236.45; Chen held 10 of 31 days: 76.27, Lin 160.18 (README).
// The shop: 45.50 x 6.50 x 15/31 + 45.50 x 7.00 x 16/31 = 295.75 x 15/31 + 318.50 x 16/31 = 307.49.
// Tax inside at 6%: 76.27 x 6/106 = 4.32, 160.18 x 6/106 = 9.07, 307.49 x 6/106 = 17.41.
TEST(whole_path_test, lines_are_read_one_by_one) {
  const result_ptr made = bill_july();
  dues_result_info info{};
  info.struct_size = sizeof info;
  ASSERT_EQ(dues_result_get(made.get(), &info, nullptr), DUES_OK);
  EXPECT_EQ(info.lines, 3U);
  EXPECT_EQ(info.bills, 2U);
  EXPECT_EQ(info.bad_lines, 0U);
  EXPECT_EQ(text(info.amount), "543.94");
  EXPECT_EQ(text(info.tax), "30.80");
  EXPECT_EQ(view(info.tariff), "lime-court");
  EXPECT_EQ(view(info.currency), "CNY");

  struct expected {
    const char *account, *unit, *from, *to, *gross, *net, *tax, *amount;
  };
  const expected all[] = {{"Chen", "1-101", "2026-07-01", "2026-07-11", "76.27", "71.95", "4.32", "76.27"},
                          {"Lin", "1-101", "2026-07-11", "2026-08-01", "160.18", "151.11", "9.07", "160.18"},
                          {"Lin", "S-1", "2026-07-01", "2026-08-01", "307.49", "290.08", "17.41", "307.49"}};
  for (std::size_t i = 0; i < 3; ++i) {
    dues_line line{};
    line.struct_size = sizeof line;
    ASSERT_EQ(dues_result_line(made.get(), i, &line, nullptr), DUES_OK);
    EXPECT_EQ(view(line.account), all[i].account);
    EXPECT_EQ(view(line.unit), all[i].unit);
    EXPECT_EQ(view(line.fee), "management");
    EXPECT_EQ(view(line.subject), "-");
    EXPECT_EQ(view(line.tax_id), "vat");
    EXPECT_EQ(view(line.rate), "6%");
    EXPECT_EQ(line.fund.data, nullptr);
    EXPECT_EQ(line.adjustment, 0);
    EXPECT_EQ(day(line.period), "2026-07-01");
    EXPECT_EQ(day(line.from), all[i].from);
    EXPECT_EQ(day(line.to), all[i].to);
    EXPECT_EQ(day(line.issue), "2026-07-01");
    EXPECT_EQ(day(line.due), "2026-07-10");
    EXPECT_EQ(text(line.gross), all[i].gross);
    EXPECT_EQ(text(line.net), all[i].net);
    EXPECT_EQ(text(line.tax), all[i].tax);
    EXPECT_EQ(text(line.amount), all[i].amount);
    EXPECT_EQ(text(line.price), "") << "the price changed inside the month";
  }
}

TEST(whole_path_test, bills_name_their_lines) {
  const result_ptr made = bill_july();
  dues_bill_info bill{};
  bill.struct_size = sizeof bill;
  ASSERT_EQ(dues_result_bill(made.get(), 1, &bill, nullptr), DUES_OK);
  EXPECT_EQ(view(bill.account), "Lin");
  EXPECT_EQ(text(bill.total), "467.67");  // 160.18 + 307.49
  ASSERT_EQ(bill.line_count, 2U);
  EXPECT_EQ(bill.lines[0], 1U);
  EXPECT_EQ(bill.lines[1], 2U);
  EXPECT_EQ(text_of(made.get(), DUES_BILL_KEY, 1), "lime-court/Lin/2026-07-01/2026-07-10");
  EXPECT_EQ(text_of(made.get(), DUES_BILL_ID, 1).size(), 36U);
  dues_run lines_only = run_of(july, august);
  lines_only.flags = DUES_LINES_ONLY;
  const result_ptr without = house::bill(load(compile().get()).get(), lines_only);
  EXPECT_EQ(dues_result_bill(without.get(), 0, &bill, nullptr), DUES_OUT_OF_RANGE);
}

TEST(whole_path_test, a_line_is_found_by_its_key_and_explains_itself) {
  const result_ptr made = bill_july();
  const std::string key = "lime-court/Lin/1-101/management/-/2026-07-01/charge";
  EXPECT_EQ(text_of(made.get(), DUES_LINE_KEY, 1), key);
  std::size_t index = 9;
  ASSERT_EQ(dues_result_find(made.get(), key.data(), key.size(), &index, nullptr), DUES_OK);
  EXPECT_EQ(index, 1U);
  dues_text why = {nullptr, 0};
  ASSERT_EQ(dues_explain(made.get(), index, &why, nullptr), DUES_OK);
  const std::string told = taken(why);
  EXPECT_NE(told.find("\"amount\":\"160.18\""), std::string::npos) << told;
  EXPECT_NE(told.find("236.45"), std::string::npos) << told;

  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(dues_result_find(made.get(), "lime-court/Wu", 13, &index, &error), DUES_NOT_FOUND);
  EXPECT_STREQ(error.code, "R111");
}

TEST(whole_path_test, what_was_billed_before_leaves_nothing_to_bill) {
  const facts_ptr known = load(compile().get());
  const std::string before = text_of(bill(known.get(), run_of(july, august)).get(), DUES_JSON);
  const dues_str given{before.data(), before.size()};
  dues_run again = run_of(july, august);
  again.before = &given;
  again.before_count = 1;
  const result_ptr made = bill(known.get(), again);
  dues_result_info info{};
  info.struct_size = sizeof info;
  ASSERT_EQ(dues_result_get(made.get(), &info, nullptr), DUES_OK);
  EXPECT_EQ(info.lines, 0U);
}

TEST(whole_path_test, facts_come_as_csv_in_pieces_of_any_size) {
  const tariff_ptr of = compile();
  const std::string_view units = "unit,from,use,area\r\n1-101,2026-01-01,flat,80.02\r\nS-1,2026-01-01,shop,45.50\r\n";
  const std::string_view tenures = "unit,account,role,from,to\n1-101,Chen,owner,2026-01-01,2026-07-11\n1-101,Lin,owner,2026-07-11,\nS-1,Lin,owner,2026-01-01,\n";
  const std::string expected = text_of(bill_july().get(), DUES_CSV);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
    const loader_ptr loader = open_loader(of.get());
    for (const auto& [table, csv] : {std::pair<std::string_view, std::string_view>{"units", units}, {"tenures", tenures}})
      for (std::size_t at = 0; at < csv.size(); at += piece) {
        const std::string_view chunk = csv.substr(at, piece);
        ASSERT_EQ(dues_loader_csv(loader.get(), table.data(), table.size(), chunk.data(), chunk.size(), at + piece >= csv.size(), nullptr), DUES_OK);
      }
    EXPECT_EQ(text_of(bill(finish(loader.get()).get(), run_of(july, august)).get(), DUES_CSV), expected) << piece;
  }
}

TEST(whole_path_test, a_result_lives_without_the_facts_and_the_tariff_it_came_from) {
  result_ptr made = bill_july();  // its tariff and facts have been freed
  EXPECT_NE(text_of(made.get(), DUES_JSON).find("543.94"), 0U);
  dues_line line{};
  line.struct_size = sizeof line;
  ASSERT_EQ(dues_result_line(made.get(), 0, &line, nullptr), DUES_OK);
  EXPECT_EQ(view(line.account), "Chen");
}

TEST(whole_path_test, a_result_is_written_in_pieces_to_a_sink_that_may_refuse) {
  const result_ptr made = bill_july();
  for (const std::int32_t form : {DUES_JSON, DUES_JSON_INDENTED, DUES_CSV}) {
    std::string written;
    const dues_sink append = [](void* context, const char* data, std::size_t size) -> std::int32_t {
      static_cast<std::string*>(context)->append(data, size);
      return 0;
    };
    ASSERT_EQ(dues_result_write(made.get(), form, append, &written, nullptr), DUES_OK);
    EXPECT_EQ(written, text_of(made.get(), form));
    dues_error error = DUES_ERROR_INIT;
    const dues_sink refuse = [](void*, const char*, std::size_t) -> std::int32_t { return 1; };
    EXPECT_EQ(dues_result_write(made.get(), form, refuse, nullptr, &error), DUES_SINK_FAILED);
    EXPECT_STREQ(error.code, "C302");
  }
}

TEST(whole_path_test, a_watch_counts_lines_and_ends_a_run) {
  const facts_ptr known = load(compile().get());
  dues_watch* made = nullptr;
  ASSERT_EQ(dues_watch_new(&made, nullptr), DUES_OK);
  const watch_ptr watch(made);
  dues_run run = run_of(july, august);
  run.watch = watch.get();
  bill(known.get(), run);
  std::uint64_t lines = 0;
  ASSERT_EQ(dues_watch_lines(watch.get(), &lines), DUES_OK);
  EXPECT_GE(lines, 3U);
  ASSERT_EQ(dues_watch_stop(watch.get()), DUES_OK);
  dues_error error = DUES_ERROR_INIT;
  dues_result* result = nullptr;
  EXPECT_EQ(dues_bill(known.get(), &run, &result, &error), DUES_STOPPED);
  EXPECT_STREQ(error.code, "R117");
  EXPECT_EQ(result, nullptr);
}

}  // namespace
