// SPDX-License-Identifier: Apache-2.0
//
// Numbers that are none, or too long: in a price, in an expression, in a cell of the facts; written as
// JSON numbers and as texts.
#include "hostile/documents.hpp"

namespace {

using namespace dues_test;

constexpr std::string_view forty_digits = "1234567890123456789012345678901234567890";
constexpr std::string_view full_width = "\uFF11\uFF12";  // fullwidth digits one and two
const std::string quoted_forty = "\"" + std::string(forty_digits) + "\"";

struct number {
  const char* what;
  std::string json;
  std::string in_tariff, in_facts;  ///< what is told; empty: nothing, it is a number
};

TEST(a_number_that_is_none, in_a_price_or_a_cell_is_told_with_its_place) {
  const std::string wide_text = "\"" + std::string(full_width) + "\"";
  const std::vector<number> numbers{
      {"40 digits", std::string(forty_digits), "T208 /fees/0/price@0: " + std::string(forty_digits) + " is beyond the limit of 38 digits", "F103 /units/0/area: area is " + std::string(forty_digits) + "; wanted at most 38 digits"},
      {"40 digits as text", quoted_forty, "T208 /fees/0/price@0: ", "F103 /units/0/area: "},
      {"1e400", "1e400", "T115 /fees/0/price: 1e400 is written with an exponent", "F103 /units/0/area: area is 1e400; wanted a decimal number written out"},
      {"1e400 as text", "\"1e400\"", "T115 /fees/0/price: ", "F103 /units/0/area: "},
      {"1e2147483647", "1e2147483647", "T115 /fees/0/price: 1e2147483647 is written with an exponent", "F103 /units/0/area: area is 1e2147483647; wanted a decimal number written out"},
      {"1e2147483647 as text", "\"1e2147483647\"", "T115 /fees/0/price: ", "F103 /units/0/area: "},
      {"1e99999999999", "1e99999999999", "T116 : not a JSON document: exponent overflow at line 4", "F108 : not a JSON document: exponent overflow at line 1"},
      {"NaN", "NaN", "T116 : not a JSON document: syntax error at line 4, column 102", "F108 : not a JSON document: syntax error at line 1, column 67"},
      {"NaN as text", "\"NaN\"", "T202 /fees/0/price@0: NaN is not readable here", "F103 /units/0/area: area is NaN; wanted a decimal number"},
      {"Infinity as text", "\"Infinity\"", "T202 /fees/0/price@0: ", "F103 /units/0/area: "},
      {"-0", "-0", "", ""},
      {"-0 as text", "\"-0\"", "", ""},
      {"-0.00 as text", "\"-0.00\"", "", ""},
      {"full-width digits", std::string(full_width), "T116 : not a JSON document: syntax error at line 4", "F108 : not a JSON document: syntax error at line 1"},
      {"full-width digits as text", wide_text, "T201 /fees/0/price@0: does not parse: expected a number, a name or '(', found '\uFF11'", "F103 /units/0/area: area is " + std::string(full_width) + "; wanted a decimal number"},
      {"hexadecimal as text", "\"0x10\"", "T201 /fees/0/price@1: ", "F103 /units/0/area: "},
      {"a plus sign as text", "\"+1\"", "T201 /fees/0/price@0: ", "F103 /units/0/area: "},
      {"a leading zero", "01", "T116 : not a JSON document: ", "F108 : not a JSON document: "},
      {"a comma as text", "\"1,5\"", "T201 /fees/0/price@1: ", "F103 /units/0/area: "},
  };
  for (const number& one : numbers) {
    SCOPED_TRACE(one.what);
    expect_within(at_once, [&] {
      const dues::compile_result made = compile_price(one.json);
      if (!one.in_tariff.empty()) expect_one(made.found.all(), one.in_tariff);
      else EXPECT_EQ(told(made.found.all()), "");
      EXPECT_EQ(made.compiled != nullptr, one.in_tariff.empty());
      const dues::facts_result loaded = load_cells("\"area\":" + one.json);
      if (!one.in_facts.empty()) expect_one(loaded.found.all(), one.in_facts);
      else EXPECT_EQ(told(loaded.found.all()), "");
    });
  }
}

TEST(minus_zero, is_zero) {
  EXPECT_EQ(compile_price("\"-0.00\"").compiled->fees[0].price.at(0)->literal(), dues::decimal(0));
  const auto loaded = load_cells("\"area\":-0.0");
  EXPECT_EQ(loaded.loaded->unit_rows.numbers[0].at(0), dues::decimal(0));
  EXPECT_EQ(dues::decimal::parse("-0.00")->to_text(), "0.00");
}

TEST(a_number_that_is_none, inside_an_expression_is_told_with_its_position) {
  const std::vector<std::pair<std::string, std::string>> expressions{
      {"\"unit.area * " + std::string(forty_digits) + "\"", "T208 /fees/0/price@12: "},
      {"\"unit.area * 1e400\"", "T201 /fees/0/price@13: does not parse: expected an operator or the end, found 'e400'"},
      {"\"unit.area * 1e2147483647\"", "T201 /fees/0/price@13: "},
      {"\"unit.area * NaN\"", "T202 /fees/0/price@12: NaN is not readable here"},
      {"\"unit.area * " + std::string(full_width) + "\"", "T201 /fees/0/price@12: "},
      {"\"unit.area * 1.\"", "T201 /fees/0/price@13: "},
      {"\"unit.area * .5\"", "T201 /fees/0/price@12: "},
      {"\"unit.area * 0.1234567890123456789\"", "T208 /fees/0/price@12: "},
      {"\"unit.area / -0\"", "T205 /fees/0/price@12: "},
  };
  for (const auto& one : expressions) {
    SCOPED_TRACE(one.first);
    expect_within(at_once, [&] { expect_one(compile_price(one.first).found.all(), one.second); });
  }
}

// What is not shown need not be kept: a message holds at most 80 bytes of it.
TEST(a_number_of_a_million_digits, is_told_in_a_short_message) {
  const std::string digits(1'000'000, '7');
  for (const bool text : {false, true}) {
    const std::string json = text ? "\"" + digits + "\"" : digits;
    expect_within({0.5, 32}, [&] {
      const dues::compile_result made = compile_price(json);
      expect_one(made.found.all(), "T208 /fees/0/price@0: 1000000 characters is beyond the limit of 2000 characters");
      const dues::facts_result loaded = load_cells("\"area\":" + json);
      expect_one(loaded.found.all(), "F103 /units/0/area: area is " + std::string(80, '7') + "...; wanted at most 38 digits");
    });
  }
}

}  // namespace
