// SPDX-License-Identifier: Apache-2.0
//
// Runs as long as the calendar, of one unit: as cheap as many units of one month.
#include "hostile/documents.hpp"

#include <dues/bill/bill.hpp>

namespace {

using namespace dues_test;

// Years 1 to 9999: a line on the first day of each month.
TEST(a_run_of_ten_thousand_years, of_one_unit_has_a_line_a_month_and_ends) {
  const auto tariff = dues::compile(tariff_of("\"1.00\"", "\"0001-01-01\"")).compiled;
  const auto facts = dues::load_facts(tariff, R"({"dues_facts":"1","units":[{"unit":"U","from":"0001-01-01","area":"2"}],"tenures":[{"unit":"U","account":"A","role":"owner","from":"0001-01-01"}]})");
  ASSERT_TRUE(facts.found.empty());
  dues::bill_request all;
  all.days = {dues::first_day, dues::last_day};
  expect_within({1.5, 96}, [&] {
    const dues::billing made = dues::make_bills(facts.loaded, all);
    EXPECT_TRUE(made.found.empty());
    ASSERT_EQ(made.lines.size(), 9'999U * 12);
    EXPECT_EQ(made.lines.back().amount, 200);
  });
  all.most_lines = 1'000;
  expect_within(at_once, [&] { expect_one(dues::make_bills(facts.loaded, all).found.all(), "R110 : "); });
  all.days = {dues::last_day, dues::first_day};
  expect_one(dues::make_bills(facts.loaded, all).found.all(), "R113 : ");
}

// A price for each of 100,000 days, the first 273 years and 9 months; each month has a piece a day.
TEST(a_run_of_ten_thousand_years, at_a_hundred_thousand_prices_ends) {
  std::string prices = "[";
  for (int i = 0; i < 100'000; ++i) prices += std::string(i == 0 ? "" : ",") + "{\"from\":\"" + dues::to_text(dues::first_day + i) + "\",\"is\":\"" + (i % 2 == 0 ? "1.00" : "3.00") + "\"}";
  const std::string text = tariff_of(prices + "]", "\"0001-01-01\"");
  dues::compile_result tariff;
  expect_within({1.5, 256}, [&] { tariff = dues::compile(text); });
  ASSERT_NE(tariff.compiled, nullptr) << told(tariff.found.all());
  const auto facts = dues::load_facts(tariff.compiled, R"({"dues_facts":"1","units":[{"unit":"U","from":"0001-01-01","area":"2"}],"tenures":[{"unit":"U","account":"A","role":"owner","from":"0001-01-01"}]})");
  dues::bill_request all;
  all.days = {dues::first_day, dues::last_day};
  expect_within({1.5, 96}, [&] {
    const dues::billing made = dues::make_bills(facts.loaded, all);
    ASSERT_EQ(made.lines.size(), 9'999U * 12);
    // January of year 1: 16 days at 1.00 and 15 at 3.00 of 31, for two square metres: 2 x 61/31 = 3.935...
    EXPECT_EQ(made.lines[0].amount, 394);
  });
}

}  // namespace
