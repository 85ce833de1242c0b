// SPDX-License-Identifier: Apache-2.0
//
// A thousand units and sixty years of months: rows that columns do not compute go one by one, batch after
// batch, and find their tax rate in each. Found by a run of that size that ended in a crash.
#include <dues/dues.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

constexpr std::string_view tariff = R"({
  "dues_tariff": "1", "id": "town", "edition": "1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "Town"},
  "reads": {"unit": [{"id": "area", "type": "number", "above": 0, "unit": "m2", "name": {"en": "area"}}]},
  "values": [{"id": "price", "name": {"en": "price"}, "is": [{"from": "2026-01-01", "is": "2.80"}, {"from": "2026-07-16", "is": "3.10"}]}],
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
  "taxes": [{"id": "vat", "name": {"en": "VAT"}, "rate": "6%", "included": true}],
  "fees": [{"id": "management", "kind": "recurring", "name": {"en": "Management fee"},
            "quantity": "unit.area", "price": "value.price", "schedule": "monthly", "tax": "vat"}]})";

std::string facts_of(int units) {
  std::string rows, tenures;
  for (int i = 0; i < units; ++i) {
    const std::string unit = "\"unit\": \"u" + std::to_string(10'000 + i) + "\"", comma = i == 0 ? "" : ",";
    rows += comma + "{" + unit + R"(, "from": "2026-01-01", "area": "80.02"})";
    tenures += comma + "{" + unit + R"(, "account": "a", "role": "owner", "from": "2026-01-01"})";
  }
  return R"({"dues_facts": "1", "units": [)" + rows + R"(], "tenures": [)" + tenures + "]}";
}

// July: 80.02 x 2.80 x 15/31 + 80.02 x 3.10 x 16/31 = 236.4462, tax inside 236.45 x 6/106 = 13.38.
// Later months: 80.02 x 3.10 = 248.062, tax inside 248.06 x 6/106 = 14.04.
TEST(rates_over_batches_test, every_line_of_a_long_run_has_its_rate) {
  constexpr int units = 1'000;
  const dues::facts_result known = dues::load_facts(dues::compile(tariff).compiled, facts_of(units));
  for (const unsigned threads : {1U, 2U}) {
    dues::bill_request asked;
    asked.days = {*dues::parse_day("2026-07-01"), *dues::parse_day("2086-07-01")};
    asked.threads = threads;
    const dues::billing made = dues::make_lines(known.loaded, asked);
    ASSERT_EQ(made.lines.size(), units * 720U);
    ASSERT_EQ(made.rates.size(), 1U);
    const dues::civil_day july = asked.days.from;
    for (const dues::line& one : made.lines) {
      ASSERT_EQ(one.rate, 0);
      ASSERT_EQ(one.amount, one.period == july ? 23'645 : 24'806);
      ASSERT_EQ(one.tax, one.period == july ? 1'338 : 1'404);
    }
  }
}

}  // namespace
