// SPDX-License-Identifier: Apache-2.0
//
// 80.02 m2 at 1.75 is 140.035: a cent is won or lost by how a half is rounded, and binary floating
// point loses it. So all areas from 50.00 to 150.00 are billed at all prices from 0.50 to 5.00, each
// step a hundredth, 4,510,451 amounts, and compared with integers. The prices of one tariff hold a month
// each, so the facts are loaded once.
#include "town.hpp"

#include <gtest/gtest.h>

namespace {

constexpr int least_area = 5'000;
constexpr int areas = 10'001;
constexpr int least_price = 50;
constexpr int prices = 451;
#ifdef DUES_FULL_GRID
constexpr int step = 1;
#else
constexpr int step = 37;  // sanitizers are slow: every 37th price, and the last
#endif

std::int64_t half_up(std::int64_t ten_thousandths) { return (ten_thousandths + 50) / 100; }

std::string text(int hundredths) { return dues::amount_text(hundredths, 2); }

dues::civil_day month(int number) { return dues::add_months(*dues::day_from(2000, 1, 1), number); }

std::shared_ptr<const dues::facts> loaded_areas() {
  std::vector<std::string> versions;
  for (int i = 0; i < prices; ++i) versions.push_back(dues_test::object({{"from", dues::to_text(month(i))}, {"is", text(least_price + i)}}));
  const auto rules = dues_test::compiled(R"json({
    "dues_tariff": "1", "id": "grid", "edition": "1", "from": "2000-01-01", "currency": "CNY", "name": {"en": "Areas and prices"},
    "reads": {"unit": [{"id": "area", "type": "number", "above": 0}]},
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
    "fees": [{"id": "management", "kind": "recurring", "name": {"en": "Management"}, "quantity": "unit.area", "schedule": "monthly", "price": )json" +
                                         dues_test::list(versions) + "}]}");
  dues_test::town facts;
  for (int i = 0; i < areas; ++i) {
    const std::string digits = std::to_string(100'000 + i);  // the rank of a unit is its area's place
    facts.units.push_back(dues_test::object({{"unit", digits}, {"from", "2000-01-01"}, {"area", text(least_area + i)}}));
    facts.tenures.push_back(dues_test::object({{"unit", digits}, {"account", "A"}, {"role", "owner"}, {"from", "2000-01-01"}}));
  }
  return dues_test::loaded(rules, facts.json());
}

dues::billing bill_month(const std::shared_ptr<const dues::facts>& known, int number) {
  dues::bill_request asked;
  asked.days = {month(number), month(number + 1)};
  return dues::make_bills(known, asked);
}

TEST(area_price_grid, the_half_cent_of_80_02_at_1_75_is_rounded_up) {
  const dues::billing made = bill_month(loaded_areas(), 175 - least_price);
  const auto at = dues::find_line(made, "grid/A/" + std::to_string(100'000 + 8'002 - least_area) + "/management/-/2010-06-01/charge");
  ASSERT_TRUE(at.has_value());
  EXPECT_EQ(made.lines[*at].amount, 140'04);
}

TEST(area_price_grid, every_area_at_every_price_is_what_integers_say) {
  const auto known = loaded_areas();
  std::int64_t compared = 0;
  std::int64_t wrong = 0;
  const auto compare = [&](int price) {
    const dues::billing made = bill_month(known, price);
    ASSERT_EQ(made.lines.size(), static_cast<std::size_t>(areas));
    for (const dues::line& one : made.lines) {
      const std::int64_t area = least_area + static_cast<int>(one.unit);
      ++compared;
      if (one.fault >= 0 || one.gross != one.amount || one.amount != half_up(area * (least_price + price))) ++wrong;
    }
  };
  for (int price = 0; price < prices - 1; price += step) compare(price);
  compare(prices - 1);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(compared, step == 1 ? 4'510'451 : 140'014);  // 14 prices of the sample: 0, 37, ..., 444, 450
}

}  // namespace
