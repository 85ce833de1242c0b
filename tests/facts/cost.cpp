// SPDX-License-Identifier: Apache-2.0
//
// Loading takes a time that grows with the rows, whatever their order, and mistakes do not change that.
#include "facts/as_csv.hpp"

#include <algorithm>
#include <chrono>

namespace {

using dues_test::load;

std::string portfolio(int units, const char* use, bool backwards) {
  std::string rows;
  std::string tenures;
  for (int i = 0; i < units; ++i) {
    const std::string n = std::to_string(backwards ? units - i : i);
    rows += (i == 0 ? "{\"unit\":\"U-" : ",{\"unit\":\"U-") + n + R"(","from":"2026-01-01","use":")" + use + R"(","area":"80.02","code":"C)" + n + "\"}";
    tenures += (i == 0 ? "{\"unit\":\"U-" : ",{\"unit\":\"U-") + n + R"(","account":"A-)" + n + R"(","role":"owner","from":"2026-01-01"})";
  }
  return R"({"dues_facts":"1","calendars":[{"calendar":"cn"}],"tenures":[)" + tenures + "],\"units\":[" + rows + "]}";
}

double seconds_of(const std::string& text, std::size_t units) {
  double best = 1e9;
  for (int i = 0; i < 3; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const dues::facts_result result = load(text);
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    EXPECT_EQ(result.loaded->units.size(), units);
  }
  return best;
}

// Four times the rows take four times as long, and a little more for the sorting; quadratic work
// would take sixteen times. Best of three, so that a busy machine does not decide.
void expect_about_linear(const char* use, bool backwards) {
  constexpr int n = 3'000;
  const double once = seconds_of(portfolio(n, use, backwards), n);
  const double four_times = seconds_of(portfolio(4 * n, use, backwards), 4 * n);
  EXPECT_LT(four_times, 8 * once) << once << " s and " << four_times << " s";
}

TEST(loading, takes_about_four_times_as_long_for_four_times_the_rows) { expect_about_linear("flat", false); }
TEST(loading, takes_no_longer_for_rows_in_falling_order_than_grows_with_them) { expect_about_linear("flat", true); }
TEST(loading, takes_about_four_times_as_long_for_four_times_the_mistakes) { expect_about_linear("flats", false); }

TEST(loading, of_one_unit_with_very_many_tenures_is_not_quadratic) {
  std::string tenures;
  for (int i = 0; i < 20'000; ++i) {
    const dues::civil_day from = *dues::parse_day("1950-01-01") + i;
    tenures += std::string(i == 0 ? "" : ",") + "{\"unit\":\"U\",\"account\":\"A-" + std::to_string(i) + "\",\"role\":\"owner\",\"from\":\"" + dues::to_text(from) + "\",\"to\":\"" + dues::to_text(from + 1) + "\",\"share\":\"100%\"}";
  }
  const auto begin = std::chrono::steady_clock::now();
  const dues::facts_result result = load(R"({"dues_facts":"1","calendars":[{"calendar":"cn"}],"units":[{"unit":"U","from":"1950-01-01"}],"tenures":[)" + tenures + "]}");
  EXPECT_TRUE(result.found.empty());
  EXPECT_EQ(result.loaded->tenures_of(0).size(), 20'000U);
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), 20);
}

// Rows of CSV made by `row(i)`, twice: four times as many take about four times as long.
template <class Row>
void expect_csv_about_linear(const std::string& header, int n, Row&& row) {
  const auto seconds = [&](int count) {
    std::string text = header;
    for (int i = 0; i < count; ++i) text += row(i);
    double best = 1e9;
    for (int turn = 0; turn < 3; ++turn) {
      const auto begin = std::chrono::steady_clock::now();
      const dues::facts_result result = dues_test::load_csv({{"calendars", "calendar\ncn\n"}, {"units", text}});
      best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
      EXPECT_NE(result.loaded, nullptr);
    }
    return best;
  };
  const double once = seconds(n), four_times = seconds(4 * n);
  EXPECT_LT(four_times, 8 * once) << once << " s and " << four_times << " s";
}

TEST(loading_csv, takes_about_four_times_as_long_for_four_times_the_rows) {
  expect_csv_about_linear("unit,account,from,use,area,code\n", 4'000, [](int i) {
    const std::string n = std::to_string(i * 7'919 % 100'003);
    return "101 ANG MO KIO AVE 3 / 3-room / " + n + ",A-" + n + ",2026-01-01,flat,80.02,C" + n + "\n";
  });
}

TEST(loading_csv, is_not_quadratic_in_ids_that_share_a_long_beginning) {
  expect_csv_about_linear("unit,account,from\n", 1'000, [](int i) {
    const std::string id = std::string(900, 'x') + std::to_string(i * 7'919 % 100'003);
    return id + "," + id + ",2026-01-01\n";
  });
}

TEST(loading_csv, is_not_quadratic_in_the_rows_of_one_unit) {
  expect_csv_about_linear("unit,account,from,area\n", 4'000, [](int i) {
    return "U,A-" + std::to_string(i % 2) + "," + dues::to_text(dues::first_day + i * 7'919 % 16'001) + ",80.02\n";
  });
}

TEST(loading_csv, is_not_quadratic_in_ids_that_take_turns) {
  expect_csv_about_linear("unit,account,from,area\n", 4'000, [](int i) { return (i % 2 == 0 ? "U," : "V,") + std::string("A-") + std::to_string(i % 3) + "," + dues::to_text(dues::first_day + i) + ",1\n"; });
}

}  // namespace
