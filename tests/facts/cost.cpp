// SPDX-License-Identifier: Apache-2.0
//
// Loading takes a time that grows with the rows, whatever their order, and mistakes do not change that.
#include "facts/as_csv.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace {

using dues_test::load;

std::string portfolio(unsigned units, const char* use, bool backwards) {
  std::string rows;
  std::string tenures;
  for (unsigned i = 0; i < units; ++i) {
    const std::string n = std::to_string(backwards ? units - i : i);
    rows += (i == 0 ? "{\"unit\":\"U-" : ",{\"unit\":\"U-") + n + R"(","from":"2026-01-01","use":")" + use + R"(","area":"80.02","code":"C)" + n + "\"}";
    tenures += (i == 0 ? "{\"unit\":\"U-" : ",{\"unit\":\"U-") + n + R"(","account":"A-)" + n + R"(","role":"owner","from":"2026-01-01"})";
  }
  return R"({"dues_facts":"1","calendars":[{"calendar":"cn"}],"tenures":[)" + tenures + "],\"units\":[" + rows + "]}";
}

// Eight times the rows take eight times the work, and a little more for the sorting and for leaving the
// processor's caches; quadratic work would be sixty-four times. It is the processor's time that is counted,
// in alternating rounds of which the least stand, so that a busy machine does not decide.
// @param load_once  loads a text once
template <class LoadOnce>
void expect_about_linear(const std::string& rows, const std::string& eight_times_the_rows, LoadOnce&& load_once) {
  const auto work = [&](const std::string& text) {
    const std::clock_t begin = std::clock();
    load_once(text);
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  double once = 1e9, eight_times = 1e9;
  for (int round = 0; round < 3; ++round) {
    once = std::min(once, work(rows));
    eight_times = std::min(eight_times, work(eight_times_the_rows));
  }
  EXPECT_LT(eight_times, 24 * once) << once << " s and " << eight_times << " s";
}

void expect_json_about_linear(const char* use, bool backwards) {
  constexpr unsigned n = 2'000;
  const std::string rows = portfolio(n, use, backwards);
  expect_about_linear(rows, portfolio(8 * n, use, backwards), [&](const std::string& text) { EXPECT_EQ(load(text).loaded->units.size(), text.size() == rows.size() ? n : 8U * n); });
}

TEST(loading, takes_about_eight_times_as_long_for_eight_times_the_rows) { expect_json_about_linear("flat", false); }
TEST(loading, takes_no_longer_for_rows_in_falling_order_than_grows_with_them) { expect_json_about_linear("flat", true); }
TEST(loading, takes_about_eight_times_as_long_for_eight_times_the_mistakes) { expect_json_about_linear("flats", false); }

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

// Rows of CSV made by `row(i)`.
template <class Row>
void expect_csv_about_linear(const std::string& header, int n, Row&& row) {
  std::string rows = header, eight_times_the_rows = header;
  for (int i = 0; i < n; ++i) rows += row(i);
  for (int i = 0; i < 8 * n; ++i) eight_times_the_rows += row(i);
  expect_about_linear(rows, eight_times_the_rows, [](const std::string& text) { EXPECT_NE(dues_test::load_csv({{"calendars", "calendar\ncn\n"}, {"units", text}}).loaded, nullptr); });
}

TEST(loading_csv, takes_about_eight_times_as_long_for_eight_times_the_rows) {
  expect_csv_about_linear("unit,account,from,use,area,code\n", 2'000, [](int i) {
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
  expect_csv_about_linear("unit,account,from,area\n", 2'000, [](int i) {
    return "U,A-" + std::to_string(i % 2) + "," + dues::to_text(dues::first_day + i * 7'919 % 16'001) + ",80.02\n";
  });
}

TEST(loading_csv, is_not_quadratic_in_ids_that_take_turns) {
  expect_csv_about_linear("unit,account,from,area\n", 2'000, [](int i) { return (i % 2 == 0 ? "U," : "V,") + std::string("A-") + std::to_string(i % 3) + "," + dues::to_text(dues::first_day + i) + ",1\n"; });
}

}  // namespace
