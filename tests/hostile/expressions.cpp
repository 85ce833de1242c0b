// SPDX-License-Identifier: Apache-2.0
//
// Expressions made to be deep, long or dear: every one is refused where it passes a limit, or costs little.
#include "hostile/documents.hpp"

#include <dues/bill/bill.hpp>

namespace {

using namespace dues_test;

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(nested_parentheses, are_refused_by_length_or_by_depth) {
  const auto nested = [](std::size_t n) { return "\"" + repeated("(", n) + "1" + repeated(")", n) + "\""; };
  expect_within(at_once, [&] { expect_one(compile_price(nested(100'000)).found.all(), "T208 /fees/0/price@0: 200001 characters is beyond the limit of 2000 characters"); });
  expect_within(at_once, [&] { expect_one(compile_price(nested(999)).found.all(), "T208 /fees/0/price@32: depth 33 is beyond the limit of depth 32"); });
  expect_one(compile_price(nested(33)).found.all(), "T208 /fees/0/price@32: ");
  EXPECT_NE(compile_price(nested(32)).compiled, nullptr);
}

TEST(other_nesting, is_as_deep_as_parentheses_may_be) {
  const std::vector<std::pair<std::string, std::string>> nested{{"-", "1"}, {"abs(", "1"}, {"max(1,", "1"}, {"if(unit.area > 0, ", "1"}};
  for (const auto& [open, inside] : nested) {
    SCOPED_TRACE(open);
    const std::string text = "\"" + repeated(open, 60) + inside + "\"";
    expect_within(at_once, [&] {
      const auto made = compile_price(text);
      ASSERT_EQ(made.found.all().size(), 1U);
      EXPECT_EQ(made.found.all()[0].code, "T208") << told(made.found.all());
    });
  }
}

TEST(a_long_sum, is_refused_after_256_steps) {
  // n numbers and n - 1 additions: 128 numbers are 255 steps. The step too many is the addition of number 129.
  EXPECT_NE(compile_price("\"1" + repeated("+1", 127) + "\"").compiled, nullptr);
  expect_one(compile_price("\"1" + repeated("+1", 128) + "\"").found.all(), "T208 /fees/0/price@255: more steps is beyond the limit of 256 steps");
}

// Each value reads the one before it twice: v12 is 2^12 readings of v0.
std::string doubling(int values) {
  std::string tariff = tariff_of("\"value.v" + std::to_string(values) + "\"");
  std::string list = "\"values\":[{\"id\":\"v0\",\"is\":\"unit.area\"}";
  for (int i = 1; i <= values; ++i) list += ",{\"id\":\"v" + std::to_string(i) + "\",\"is\":\"value.v" + std::to_string(i - 1) + " + value.v" + std::to_string(i - 1) + "\"}";
  return tariff.insert(tariff.find("\"schedules\""), list + "],");
}

TEST(values_that_double, are_refused_before_they_are_dear) {
  // v0 is one step; v(k) is three and twice v(k - 1): s(k) = 2^(k + 2) - 3. s(11) = 8189, s(12) = 16381.
  const auto made = dues::compile(doubling(11));
  ASSERT_NE(made.compiled, nullptr) << told(made.found.all());
  expect_within(at_once, [&] { expect_one(dues::compile(doubling(12)).found.all(), "T208 /values/12/is: 16381 steps with the values that it reads is beyond the limit of 10000 steps"); });
  expect_within(at_once, [&] { expect_one(dues::compile(doubling(31)).found.all(), "T208 /values/12/is: "); });
  const auto facts = dues::load_facts(made.compiled, facts_of("\"area\":\"0.01\""));
  dues::bill_request january;
  january.days = {*dues::parse_day("2026-01-01"), *dues::parse_day("2026-02-01")};
  expect_within(at_once, [&] {
    const dues::billing billed = dues::make_bills(facts.loaded, january);
    ASSERT_EQ(billed.lines.size(), 1U);
    EXPECT_EQ(billed.lines[0].amount, 20);  // 0.01 x (0.01 x 2^11) = 0.2048
  });
}

// 10,000 values, each reading a hundred of the hundred before it, would read millions of one another.
TEST(values_that_all_read_each_other, are_refused_before_they_are_dear) {
  std::string tariff = tariff_of("1");
  std::string list = "\"values\":[";
  for (int i = 0; i < 10'000; ++i) {
    std::string is = "1";
    if (i >= 100) {
      const int row = i / 100 - 1;
      is = "value.a" + std::to_string(row * 100);
      for (int k = 1; k < 100; ++k) is += "+value.a" + std::to_string(row * 100 + k);
    }
    list += std::string(i == 0 ? "" : ",") + "{\"id\":\"a" + std::to_string(i) + "\",\"is\":\"" + is + "\"}";
  }
  tariff.insert(tariff.find("\"schedules\""), list + "],");
  expect_within({3, 256}, [&] {
    const auto made = dues::compile(tariff);
    EXPECT_EQ(made.compiled, nullptr);
    EXPECT_EQ(made.found.all()[0].code, "T208") << told(made.found.all().first(1));
  });
}

// A thousand words of 4,000 bytes, and wrong ones in every list: a message shows twenty, each shortened.
TEST(a_wrong_word, of_a_choice_of_a_thousand_long_words_has_a_short_message) {
  std::string words;
  for (int i = 0; i < 1'000; ++i) words += std::string(i == 0 ? "" : ",") + "\"w" + std::to_string(i) + std::string(3'900, 'w') + "\"";
  std::string tariff = tariff_of("\"if(unit.use in ('a', 'b', 'c'), 1, 2)\"");
  tariff.insert(tariff.find("{\"id\":\"area\""), "{\"id\":\"use\",\"type\":\"choice\",\"of\":[" + words + "]},");
  expect_within({0.5, 96}, [&] {
    const auto made = dues::compile(tariff);
    ASSERT_EQ(made.found.all().size(), 3U) << told(made.found.all());
    for (const auto& one : made.found.all()) {
      EXPECT_EQ(one.code, "T206");
      EXPECT_LT(dues::message(one).size(), 2'500U);
      EXPECT_NE(dues::message(one).find("and 980 more"), std::string::npos);
    }
  });
}

// The longest names, and a thousand mistakes that might be any of ten thousand of them.
TEST(misspelt_names, are_compared_with_ten_thousand_others_in_bounded_time) {
  std::string tariff = tariff_of("1");
  std::string list = "\"values\":[";
  for (int i = 0; i < 9'000; ++i) {
    const std::string number = std::to_string(10'000 + i);
    list += std::string(i == 0 ? "" : ",") + "{\"id\":\"" + std::string(58, 'n') + number + "\",\"is\":1}";
  }
  for (int i = 0; i < 1'000; ++i) {
    const std::string number = std::to_string(10'000 + i);
    list += ",{\"id\":\"m" + number + "\",\"is\":\"value." + std::string(40, 'n') + "x" + number + "\"}";
  }
  tariff.insert(tariff.find("\"schedules\""), list + "],");
  expect_within({5, 128}, [&] { EXPECT_EQ(dues::compile(tariff).found.all().size(), dues::diagnostics::limit); });
}

}  // namespace
