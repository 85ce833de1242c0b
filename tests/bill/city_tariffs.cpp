// SPDX-License-Identifier: Apache-2.0
//
// The tariffs of cities that are installed: each compiles without a remark, and gives what was worked by hand
// from its prices.
#include <dues/dues.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace {

const std::string folder = DUES_SOURCE_DIR "/src/data/presets/tariffs/";

std::string text_of(const std::string& file) {
  std::stringstream text;
  text << std::ifstream(folder + file + ".json").rdbuf();
  return text.str();
}

struct city_case {
  std::string why, tariff, attributes, meter, used;
  std::string from, to;  ///< readings
  std::map<std::string, std::string> amounts;
};

const std::vector<city_case>& cases() {
  static const std::string year = "2025-12-31", year_end = "2026-12-31";
  static const std::vector<city_case> all{
      // 180 x 5 + 80 x 7 + 40 x 9
      {"a family of three", "cn-beijing-water", R"("residents": 3)", "water", "300", year, year_end, {{"water", "1820.00"}}},
      // 210 x 5 + 80 x 7 + 10 x 9
      {"a family of six", "cn-beijing-water", R"("residents": 6)", "water", "300", year, year_end, {{"water", "1700.00"}}},
      // 220 x 3.45 + 80 x 4.83 + 50 x 5.83
      {"350 in a year", "cn-shanghai-water", R"("residents": 3)", "water", "350", year, year_end, {{"water", "1436.90"}}},
      // 320 x 3.45 + 30 x 4.83
      {"350 of five", "cn-shanghai-water", R"("residents": 5)", "water", "350", year, year_end, {{"water", "1248.90"}}},
      {"26 in a month", "cn-shenzhen-water", "", "water", "26", "2026-06-30", "2026-07-31", {{"water", "74.78"}, {"sewage", "23.80"}, {"garbage", "15.34"}}},
      {"5,760 in a year", "cn-beijing-power", R"("residents": 2)", "power", "5760", year, year_end, {{"power", "3196.61"}}},
      // 4,080 x 0.4883 + 1,680 x 0.5383 = 2,896.608
      {"5,760 of six", "cn-beijing-power", R"("residents": 6)", "power", "5760", year, year_end, {{"power", "2896.61"}}},
      {"3,000 in a year", "cn-zhejiang-power", "", "power", "3000", year, year_end, {{"power", "1626.00"}}},
      // 2,760 x 0.538 + 2,040 x 0.588 + 200 x 0.838
      {"5,000 in a year", "cn-zhejiang-power", "", "power", "5000", year, year_end, {{"power", "2852.00"}}},
      {"560 in a year", "cn-beijing-gas", "", "gas", "560", year, year_end, {{"gas", "1591.80"}}},
      // 1,500 x 2.61 + 100 x 2.83
      {"1,600 with a wall boiler", "cn-beijing-gas", R"("wall_boiler": true)", "gas", "1600", year, year_end, {{"gas_boiler", "4198.00"}}},
      // 310 x 3.00 + 90 x 3.30
      {"400 in a year", "cn-shanghai-gas", R"("residents": 4)", "gas", "400", year, year_end, {{"gas", "1227.00"}}},
      // 89.60 x 24; 89.60 x 30; 89.60 x 12 + 5,000 x 0.16
      {"by area, from the grid", "cn-beijing-heating", R"("area": "89.60", "heat_source": "grid", "heating": "by_area")", "heat", "0", "2026-11-14", "2027-03-15", {{"heating", "2150.40"}}},
      {"by area, from a boiler", "cn-beijing-heating", R"("area": "89.60", "heat_source": "boiler", "heating": "by_area")", "heat", "0", "2026-11-14", "2027-03-15", {{"heating", "2688.00"}}},
      {"by meter", "cn-beijing-heating", R"("area": "89.60", "heat_source": "grid", "heating": "metered")", "heat", "5000", "2026-11-14", "2027-03-15", {{"heating_metered", "1875.20"}}},
  };
  return all;
}

TEST(city_tariffs, compile_without_a_remark_and_have_a_case_each) {
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string id = file.path().stem().string();
    const dues::compile_result result = dues::compile(text_of(id));
    ASSERT_NE(result.compiled, nullptr) << id << "\n" << dues::to_json(result.found.all());
    EXPECT_TRUE(result.found.all().empty()) << id << "\n" << dues::to_json(result.found.all());
    EXPECT_EQ(result.compiled->id, id);
    EXPECT_FALSE(result.compiled->cites.empty()) << id;
    EXPECT_TRUE(std::any_of(cases().begin(), cases().end(), [&](const city_case& one) { return one.tariff == id; })) << id;
    ++files;
  }
  EXPECT_EQ(files, 8U);
}

TEST(city_tariffs, give_what_their_prices_come_to) {
  for (const city_case& one : cases()) {
    SCOPED_TRACE(one.tariff + ": " + one.why);
    const auto tariff = dues::compile(text_of(one.tariff)).compiled;
    ASSERT_NE(tariff, nullptr);
    const std::string unit = R"({"unit": "1", "from": "2020-01-01")" + (one.attributes.empty() ? std::string() : ", " + one.attributes) + "}";
    const auto reading = [](const std::string& on, const std::string& shown) { return R"({"meter": "M", "read_on": ")" + on + R"(", "reading": ")" + shown + "\"}"; };
    const dues::facts_result known = dues::load_facts(tariff, R"({"dues_facts": "1", "units": [)" + unit + R"(], "tenures": [{"unit": "1", "account": "A", "role": "owner", "from": "2020-01-01"}],
        "meters": [{"meter": "M", "kind": ")" + one.meter + R"(", "unit": "1", "from": "2020-01-01"}], "readings": [)" + reading(one.from, "0") + ", " + reading(one.to, one.used) + "]}");
    ASSERT_TRUE(known.found.all().empty()) << dues::to_json(known.found.all());
    dues::bill_request asked;
    asked.days = {*dues::parse_day(one.from) + 1, *dues::parse_day(one.to) + 1};
    asked.select = dues::selection::service;
    const dues::billing made = dues::make_bills(known.loaded, asked);
    std::map<std::string, std::string> amounts;
    for (const dues::line& line : made.lines) {
      EXPECT_LT(line.fault, 0);
      amounts[tariff->fees[static_cast<std::size_t>(line.fee)].id] = dues::amount_text(line.amount, 2);
    }
    EXPECT_EQ(amounts, one.amounts);
  }
}

}  // namespace
