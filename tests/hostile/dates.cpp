// SPDX-License-Identifier: Apache-2.0
//
// Days that do not exist, and spans as long as the calendar: years 1 to 9999 and nothing beyond.
#include "hostile/documents.hpp"

#include <dues/bill/bill.hpp>

namespace {

using namespace dues_test;

TEST(a_day_that_does_not_exist, is_told_wherever_it_stands) {
  for (const char* const day : {"0000-01-01", "2023-02-30", "2023-02-29", "2100-02-29", "10000-01-01", "-001-01-01", "2026-00-10", "2026-13-01", "2026-1-1", "2026-01-00",
                                "\uFF12\uFF10\uFF12\uFF16-01-01", "2026-01-01T00:00:00Z", " 2026-01-01", "9999999999-01-01", "2026/01/01", ""}) {
    SCOPED_TRACE(day);
    const std::string json = "\"" + std::string(day) + "\"";
    expect_within(at_once, [&] {
      expect_one(dues::compile(tariff_of("1", json)).found.all(), "T107 /from: ");
      expect_one(compile_price("[{\"from\":" + json + ",\"is\":1}]").found.all(), "T107 /fees/0/price/0/from: ");
      if (*day == 0) return;  // an empty cell is no cell
      expect_one(load_cells("\"built\":" + json).found.all(), "F107 /units/0/built: ");
      expect_one(load_cells("\"to\":" + json).found.all(), "F107 /units/0/to: ");
    });
  }
}

TEST(a_period_of_ten_thousand_years, is_no_schedule) {
  std::string tariff = tariff_of("1");
  tariff.replace(tariff.find("\"months\":1"), 10, "\"months\":120000,\"counted_from\":\"0001-01-01\"");
  expect_within(at_once, [&] { expect_one(dues::compile(tariff).found.all(), "T117 /schedules/0/months: months is 120000; wanted a whole number from 1 to 1200"); });
  tariff = tariff_of("1");
  tariff.replace(tariff.find("\"months\":1"), 10, "\"months\":1,\"issue_days_earlier\":3652059");
  expect_one(dues::compile(tariff).found.all(), "T117 /schedules/0/issue_days_earlier: issue_days_earlier is 3652059; wanted a whole number from 0 to 3660");
}

// A run that ends before it begins, and one beyond the calendar.
TEST(a_run, outside_the_calendar_is_refused) {
  const auto facts = load_cells("\"area\":1");
  dues::bill_request asked;
  for (const dues::day_range days : {dues::day_range{dues::last_day, dues::first_day}, {dues::first_day - 1, dues::last_day}, {dues::first_day, dues::open_end}}) {
    asked.days = days;
    expect_within(at_once, [&] { expect_one(dues::make_bills(facts.loaded, asked).found.all(), "R113 : "); });
  }
  asked.days = {dues::first_day, dues::last_day};
  asked.most_lines = 1'000;
  expect_within(at_once, [&] { expect_one(dues::make_bills(facts.loaded, asked).found.all(), "R110 : "); });
}

}  // namespace
