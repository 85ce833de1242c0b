// SPDX-License-Identifier: Apache-2.0
//
// Documents that nobody means well with: any type anywhere, and much of everything. Compiling ends, in
// a time that grows with the document, in a program or in errors.
#include "tariff/section_tariff.hpp"

#include <algorithm>
#include <chrono>

namespace {

using dues_test::change;
using dues_test::compiled;
using dues_test::file_text;
using dues_test::small_tariff;
using dues_test::value;

// A program or errors; each with words, and at a place that is there.
void expect_sound(const dues::compile_result& result, value& document) {
  ASSERT_EQ(result.compiled == nullptr, result.found.has_errors());
  for (const dues::diagnostic& one : result.found.all()) {
    EXPECT_FALSE(dues::message(one).empty());
    EXPECT_NE(dues_test::find(document, one.pointer), nullptr) << dues_test::told(one);
  }
}

/// @param from  the first place that changes, in the order of the document
void expect_sound_whatever_stands_where(const std::string& text, const std::string& from = "") {
  value document = dues_test::parsed(text);
  std::vector<std::string> pointers;
  dues_test::pointers_of(document, "", pointers);
  const std::vector<std::string> others{"null", "true", "5", "\"x\"", "\"\"", "[]", "{}", "[{}]", "-1e400", "\"2026-02-30\"", "\"value.price\"", "{\"from\": [], \"is\": {}}"};
  pointers.erase(pointers.begin(), std::find(pointers.begin(), pointers.end(), from));
  for (const std::string& pointer : pointers) {
    if (pointer.empty()) continue;
    for (const std::string& other : others) {
      SCOPED_TRACE(pointer + " is " + other);
      value changed = document;
      dues_test::apply(changed, pointer, dues_test::parsed(other));
      expect_sound(dues::compile(dues_test::written(changed)), changed);
    }
    SCOPED_TRACE(pointer + " is not there");
    value changed = document;
    dues_test::apply(changed, pointer, std::nullopt);
    expect_sound(dues::compile(dues_test::written(changed)), changed);
  }
}

TEST(any_type_anywhere, in_a_small_tariff_is_errors_or_a_program) { expect_sound_whatever_stands_where(std::string(small_tariff)); }

TEST(any_type_anywhere, in_versions_and_nested_cells_is_errors_or_a_program) {
  expect_sound_whatever_stands_where(dues_test::patched(small_tariff, {
      {"/values/0/by/-", "\"unit.lift\""}, {"/values/0/by/-", "\"unit.code\""},
      {"/values/0/is", R"([{"from": "2026-01-01", "cites": ["x"], "is": {"flat": {"true": {"a": 1, "b": "value.spare", "otherwise": 2}, "false": {"otherwise": 3}}, "otherwise": {"otherwise": {"otherwise": 4}}}}])"},
      {"/values/-", R"({"id": "spare", "is": 7})"}, {"/fees/2", {}}, {"/fees/1", {}}, {"/schedules/2", {}}}));
}

TEST(any_type_anywhere, in_the_sections_beside_fees_is_errors_or_a_program) {
  expect_sound_whatever_stands_where(dues_test::section_tariff(), "/prepayments");
}

class stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// Quadratic work over what these tests write takes minutes; linear work takes a second or two of a
// debug build, so a busy machine does not fail them.
constexpr double seconds_at_most = 30;

TEST(a_large_tariff, of_ten_thousand_values_that_read_each_other_compiles) {
  value document = dues_test::parsed(small_tariff);
  value& values = *dues_test::find(document, "/values");
  // Twenty rows of 490: each value reads its neighbour of the row before, the last row is written first.
  for (int layer = 19; layer >= 0; --layer)
    for (int i = 0; i < 490; ++i) {
      const std::string is = layer == 0 ? "\"1.5\"" : "\"value.v" + std::to_string(layer - 1) + "_" + std::to_string((i + 1) % 490) + " + unit.area\"";
      values.members.push_back({"", dues_test::parsed("{\"id\": \"v" + std::to_string(layer) + "_" + std::to_string(i) + "\", \"is\": " + is + "}")});
    }
  const std::string text = dues_test::written(document);
  const stopwatch watch;
  const dues::compile_result result = dues::compile(text);
  EXPECT_FALSE(result.found.has_errors());
  EXPECT_LT(watch.seconds(), seconds_at_most);
}

TEST(a_large_tariff, of_ten_thousand_mistakes_tells_a_thousand) {
  value document = dues_test::parsed(small_tariff);
  value& values = *dues_test::find(document, "/values");
  for (int i = 0; i < 9'900; ++i) values.members.push_back({"", dues_test::parsed("{\"id\": \"value_number_" + std::to_string(i) + "\", \"is\": \"unit.aera * 2\"}")});
  const std::string text = dues_test::written(document);
  const stopwatch watch;
  const dues::compile_result result = dues::compile(text);
  EXPECT_EQ(result.found.all().size(), dues::diagnostics::limit);
  EXPECT_EQ(result.found.all()[999].code, "T202");
  EXPECT_EQ(result.compiled, nullptr);
  EXPECT_LT(watch.seconds(), seconds_at_most);
}

TEST(a_large_tariff, of_a_hundred_thousand_prices_compiles) {
  std::string prices = "[";
  for (int i = 0; i < 100'000; ++i)
    prices += std::string(i == 0 ? "" : ",") + "{\"from\":\"" + dues::to_text(*dues::parse_day("2026-01-01") + i) + "\",\"is\":\"" + std::to_string(i) + ".50\"}";
  const std::string text = dues_test::patched(small_tariff, {{"/fees/1/price", prices + "]"}});
  const stopwatch watch;
  const dues::compile_result result = dues::compile(text);
  EXPECT_TRUE(result.found.empty());
  EXPECT_LT(watch.seconds(), seconds_at_most);
  ASSERT_NE(result.compiled, nullptr);
  EXPECT_EQ(result.compiled->fees[1].price.at(99'999)->literal().to_text(), "99999.50");
  dues_test::expect_told(compiled({{"/fees/1/price", prices + ",{\"from\":\"9999-12-31\",\"is\":1}]"}}).found.all(), {"T117 /fees/1/price | is=100001 versions"});
}

TEST(a_large_tariff, of_more_parts_than_a_list_may_hold_is_refused) {
  std::string values = "[";
  for (int i = 0; i < 10'001; ++i) values += std::string(i == 0 ? "" : ",") + "{}";
  const dues::compile_result result = compiled({{"/values", values + "]"}, {"/fees/0/price", "1"}, {"/fees/0/factor", "\"50%\""}});
  dues_test::expect_told(result.found.all(), {"T208 /values | is=10001 values | limit=10000"});
  std::string fees = "[";
  for (int i = 0; i < 1'001; ++i) fees += std::string(i == 0 ? "" : ",") + "{}";
  EXPECT_EQ(compiled({{"/fees", fees + "]"}}).found.all()[0].code, "T208");
}

// A hundred groups of twenty members, each of which names all fees.
TEST(a_large_tariff, of_two_thousand_discounts_compiles) {
  std::string fees = "[";
  std::string of = "[";
  for (int i = 0; i < 100; ++i) {
    const std::string id = std::string(i == 0 ? "" : ",") + "\"f" + std::to_string(i) + "\"";
    of += id;
    fees += std::string(i == 0 ? "" : ",") + "{\"id\": \"f" + std::to_string(i) + R"(", "kind": "recurring", "name": {"en": "F"}, "schedule": "monthly", "price": 1})";
  }
  std::string discounts = "[";
  for (int g = 0; g < 100; ++g) {
    discounts += std::string(g == 0 ? "" : ",") + "{\"id\": \"g" + std::to_string(g) + "\", \"best_of\": [";
    for (int m = 0; m < 20; ++m)
      discounts += std::string(m == 0 ? "" : ",") + "{\"id\": \"g" + std::to_string(g) + "_" + std::to_string(m) + "\", \"of\": " + of + "], \"give\": {\"percent\": \"1%\"}}";
    discounts += "]}";
  }
  const std::string text = dues_test::patched(small_tariff, {{"/fees", fees + "]"}, {"/discounts", discounts + "]"}, {"/discount_limits", R"([{"per": "line", "at_most": {"percent": "99%"}}])"}});
  const stopwatch watch;
  const dues::compile_result result = dues::compile(text);
  EXPECT_LT(watch.seconds(), seconds_at_most);
  ASSERT_NE(result.compiled, nullptr);
  EXPECT_EQ(result.compiled->fees[99].discounts.size(), 2'000U);
  // One percent of each of a hundred groups.
  EXPECT_TRUE(std::any_of(result.found.all().begin(), result.found.all().end(), [](const dues::diagnostic& one) {
    return dues_test::is_told(one, "T250 /discount_limits/0 | is=100% | limit=99% | fee=f0");
  }));
  std::string many = "[{}";
  for (int i = 0; i < 1'000; ++i) many += ",{}";
  dues_test::expect_told(compiled({{"/discounts", many + "]"}}).found.all(), {"T208 /discounts | is=1001 discounts | limit=1000"});
}

// Eight attributes of ten words and one cell: 100 million ways lead to it.
TEST(a_table, of_nested_otherwise_is_not_walked_word_by_word) {
  std::vector<change> changes;
  std::string by = "[";
  std::string cells = "7";
  for (int i = 0; i < 8; ++i) {
    const std::string name = "a" + std::to_string(i);
    changes.push_back({"/reads/unit/-", R"({"id": ")" + name + R"(", "type": "choice", "of": ["k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"]})"});
    by += std::string(i == 0 ? "" : ", ") + "\"unit." + name + "\"";
    cells = "{\"otherwise\": " + cells + "}";
  }
  changes.push_back({"/values/0", R"({"id": "price", "by": )" + by + R"(], "is": )" + cells + "}"});
  const stopwatch watch;
  EXPECT_TRUE(compiled(changes).found.empty());
  EXPECT_LT(watch.seconds(), seconds_at_most);
}

TEST(a_table, that_would_unfold_to_more_than_ten_million_cells_is_refused) {
  std::string words = "\"w0\"";
  std::string outer = "\"w0\": {\"otherwise\": 1}";
  for (int i = 1; i < 1'000; ++i) {
    words += ", \"w" + std::to_string(i) + "\"";
    outer += ", \"w" + std::to_string(i) + "\": {\"otherwise\": 1}";
  }
  std::string versions;
  for (int i = 0; i < 11; ++i) versions += std::string(i == 0 ? "" : ",") + "{\"from\": \"20" + std::to_string(26 + i) + "-01-01\", \"is\": {" + outer + "}}";
  const dues::compile_result result = compiled({{"/reads/unit/-", R"({"id": "one", "type": "choice", "of": [)" + words + "]}"},
                                                {"/reads/unit/-", R"({"id": "two", "type": "choice", "of": [)" + words + "]}"},
                                                {"/values/0", R"({"id": "price", "by": ["unit.one", "unit.two"], "is": [)" + versions + "]}"}});
  ASSERT_EQ(result.found.all().size(), 1U);
  EXPECT_EQ(result.found.all()[0].code, "T151");
  dues_test::expect_told(compiled({{"/reads/unit/-", R"({"id": "one", "type": "choice", "of": [)" + words + ", \"more\"]}"}}).found.all(), {"T208 /reads/unit/6/of | is=1001 of | limit=1000"});
}

TEST(many_warnings, leave_room_for_errors) {
  std::string versions;
  for (int i = 0; i < 2'000; ++i) versions += "{\"id\": \"spare_" + std::to_string(i) + "\", \"is\": 1},";
  const dues::compile_result result = compiled({{"/values", "[" + versions + R"({"id": "price", "is": 1}, {"id": "share", "is": "5%"}])"}});
  EXPECT_EQ(result.found.all().size(), dues::diagnostics::most_warnings);
  EXPECT_NE(result.compiled, nullptr);
}

}  // namespace
