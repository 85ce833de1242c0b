// SPDX-License-Identifier: Apache-2.0
//
// Runs over many meters: the same bytes on any number of threads, of one unit or account what they have of
// the whole, and nothing twice.
#include <dues/dues.hpp>

#include <gtest/gtest.h>

namespace {

constexpr std::string_view tariff_text = R"({
  "dues_tariff": "1", "id": "t", "edition": "1", "from": "2020-01-01", "currency": "CNY", "name": {"en": "T"},
  "reads": {"unit": [{"id": "area", "type": "number", "above": 0}], "meters": [{"id": "water", "of": "unit", "unit": "m3"}]},
  "schedules": [{"id": "read", "kind": "readings", "due": {"days_after_issue": 15}}, {"id": "monthly", "kind": "months", "months": 1, "billed": "in_arrears", "due": {"days_after_issue": 15}}],
  "taxes": [{"id": "vat", "rate": "9%", "included": true}],
  "fees": [
    {"id": "management", "kind": "recurring", "name": {"en": "M"}, "quantity": "unit.area", "price": "2.80", "schedule": "monthly"},
    {"id": "water", "kind": "metered", "name": {"en": "W"}, "meter": "water", "schedule": "read", "tax": "vat",
     "price": {"tiers": "graduated", "window": "calendar_year", "steps": [{"up_to": 40, "is": "5.00"}, {"is": "7.00"}]}},
    {"id": "sewage", "kind": "metered", "name": {"en": "S"}, "meter": "water", "where": "unit.area = 50", "schedule": "monthly", "price": "1.36"}
  ]
})";

std::shared_ptr<const dues::facts> community(int units) {
  std::string unit_rows, tenures, meters, readings;
  const auto put = [](std::string& rows, const std::string& row) { rows += (rows.empty() ? "" : ", ") + row; };
  for (int i = 0; i < units; ++i) {
    const std::string n = std::to_string(1'000 + i);
    const std::string unit = R"("unit": "U)" + n + "\"";
    put(unit_rows, "{" + unit + R"(, "from": "2020-01-01", "area": )" + (i % 5 == 4 ? "60}" : "50}"));
    // Every third flat is sold in the middle of March; every second account has two flats.
    const std::string account = R"(, "account": "A)" + std::to_string(1'000 + i / 2) + "\"";
    put(tenures, "{" + unit + account + R"(, "role": "owner", "from": "2020-01-01")" + (i % 3 == 0 ? R"(, "to": "2026-03-16"})" : "}"));
    if (i % 3 == 0) put(tenures, "{" + unit + R"(, "account": "B)" + n + R"(", "role": "owner", "from": "2026-03-16"})");
    if (i % 5 == 4) continue;  // without a meter
    put(meters, R"({"meter": "W)" + n + R"(", "kind": "water", )" + unit + R"(, "from": "2020-01-01"})");
    const char* const days[] = {"2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"};
    for (int k = 0; k < 5; ++k) put(readings, R"({"meter": "W)" + n + R"(", "read_on": ")" + days[k] + R"(", "reading": )" + std::to_string(k * (5 + i % 11)) + "}");
  }
  const auto tariff = dues::compile(tariff_text).compiled;
  const dues::facts_result known = dues::load_facts(tariff, R"({"dues_facts": "1", "units": [)" + unit_rows + R"(], "tenures": [)" + tenures + R"(], "meters": [)" + meters + R"(], "readings": [)" + readings + "]}");
  EXPECT_TRUE(known.found.all().empty());
  return known.loaded;
}

dues::bill_request asked_of(const char* from, const char* to) {
  dues::bill_request asked;
  asked.days = {*dues::parse_day(from), *dues::parse_day(to)};
  asked.select = dues::selection::service;
  return asked;
}

std::vector<std::string> lines_of(const dues::billing& made) {
  std::vector<std::string> out;
  for (const dues::line& one : made.lines)
    out.push_back(dues::line_key(*made.known, one) + " " + dues::to_text(one.from) + " " + dues::to_text(one.to) + " " + std::to_string(one.amount) + " " + std::to_string(one.tax) + " " + std::to_string(one.fault));
  return out;
}

TEST(runs_over_meters, give_the_same_bytes_on_any_number_of_threads) {
  const auto known = community(3'000);
  dues::bill_request asked = asked_of("2026-01-01", "2026-05-01");
  const std::string one = dues::to_json(dues::make_bills(known, asked));
  asked.threads = 3;
  EXPECT_EQ(dues::to_json(dues::make_bills(known, asked)), one);
}

TEST(runs_over_meters, of_one_unit_or_account_are_parts_of_the_whole) {
  const auto known = community(40);
  const dues::bill_request asked = asked_of("2026-03-01", "2026-05-01");
  const std::vector<std::string> all = lines_of(dues::make_lines(known, asked));
  std::vector<std::string> by_unit, by_account;
  for (std::uint32_t i = 0; i < known->units.size(); ++i) {
    dues::bill_request one = asked;
    one.unit = std::string(known->units.at(i));
    for (const std::string& line : lines_of(dues::make_lines(known, one))) by_unit.push_back(line);
  }
  for (std::uint32_t i = 0; i < known->accounts.size(); ++i) {
    dues::bill_request one = asked;
    one.account = std::string(known->accounts.at(i));
    for (const std::string& line : lines_of(dues::make_lines(known, one))) by_account.push_back(line);
  }
  EXPECT_EQ(by_account, all);  // accounts in order
  std::sort(by_unit.begin(), by_unit.end());
  std::vector<std::string> sorted = all;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(by_unit, sorted);
}

TEST(runs_over_meters, divide_the_line_of_a_flat_that_is_sold_between_readings) {
  const auto known = community(1);  // 5 a month; sold on 16 March
  const dues::billing made = dues::make_lines(known, asked_of("2026-03-01", "2026-04-01"));
  // 5 x 5.00 over 31 days: 15 and 16 of them. Sewage 5 x 1.36 = 6.80, management 140.00.
  EXPECT_EQ(lines_of(made), (std::vector<std::string>{"t/A1000/U1000/management/-/2026-03-01/charge 2026-03-01 2026-03-16 6774 0 -1", "t/A1000/U1000/water/-/2026-03-31/charge 2026-03-01 2026-03-16 1210 100 -1",
                                                      "t/A1000/U1000/sewage/-/2026-03-01/charge 2026-03-01 2026-03-16 329 0 -1", "t/B1000/U1000/management/-/2026-03-01/charge 2026-03-16 2026-04-01 7226 0 -1",
                                                      "t/B1000/U1000/water/-/2026-03-31/charge 2026-03-16 2026-04-01 1290 107 -1", "t/B1000/U1000/sewage/-/2026-03-01/charge 2026-03-16 2026-04-01 351 0 -1"}));
}

TEST(runs_over_meters, bill_again_only_what_changed) {
  const auto known = community(40);
  const dues::bill_request asked = asked_of("2026-01-01", "2026-05-01");
  const dues::billing first = dues::make_bills(known, asked);
  dues::billed_before before;
  dues::diagnostics found;
  ASSERT_TRUE(dues::read_billed(*known->tariff, dues::to_json(first), before, found));
  EXPECT_EQ(dues::make_bills(known, asked, &before).lines.size(), 0U);
}

TEST(runs_over_meters, by_issue_take_what_was_read_the_day_before) {
  const auto known = community(1);
  dues::bill_request asked = asked_of("2026-02-01", "2026-02-02");
  asked.select = dues::selection::issue;
  std::vector<std::string> fees;
  for (const dues::line& one : dues::make_lines(known, asked).lines) fees.push_back(dues::line_key(*known, one));
  EXPECT_EQ(fees, (std::vector<std::string>{"t/A1000/U1000/management/-/2026-01-01/charge", "t/A1000/U1000/water/-/2026-01-31/charge", "t/A1000/U1000/sewage/-/2026-01-01/charge"}));
  asked.days = {*dues::parse_day("2026-01-31"), *dues::parse_day("2026-02-01")};
  EXPECT_EQ(dues::make_lines(known, asked).lines.size(), 0U);
}

}  // namespace
