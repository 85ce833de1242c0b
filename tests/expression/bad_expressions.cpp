// SPDX-License-Identifier: Apache-2.0
//
// Expressions that a tariff may not hold: each with its code and the byte where the mistake stands.
#include "small_world.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace {

using dues::value_type;
using dues_test::mistakes_of;

struct row {
  const char* source;
  value_type type;
  const char* mistakes;
};

constexpr auto n = value_type::number;
constexpr auto r = value_type::rate;
constexpr auto b = value_type::yes_no;
constexpr auto words = value_type::text;

class bad_expression : public testing::TestWithParam<row> {};

TEST_P(bad_expression, is_refused_with_code_and_position) {
  EXPECT_EQ(mistakes_of(GetParam().source, GetParam().type), GetParam().mistakes) << GetParam().source;
}

INSTANTIATE_TEST_SUITE_P(does_not_parse, bad_expression, testing::Values(
  row{"", n, "T201@0"}, row{"   ", n, "T201@3"}, row{"1 +", n, "T201@3"}, row{"(1", n, "T201@2"}, row{"1)", n, "T201@1"}, row{"1 2", n, "T201@2"}, row{"* 2", n, "T201@0"},
  row{"12.", n, "T201@2"}, row{".5", n, "T201@0"}, row{"1e5", n, "T201@1"}, row{"+5", n, "T201@0"}, row{"１２", n, "T201@0"}, row{"1,000", n, "T201@1"}, row{"5 %", r, "T201@2"},
  row{"2 ** 3", n, "T201@3"}, row{"'shop", words, "T201@0"}, row{"1 < 2 < 3", b, "T201@6"}, row{"unit.paid == true", b, "T201@11"}, row{"unit.paid and", b, "T201@13"},
  row{"and unit.paid", b, "T201@0"}, row{"1 + not unit.paid", n, "T201@4"}, row{"unit.paid && unit.paid", b, "T201@10"}, row{"unit.use in 'shop'", b, "T201@12"},
  row{"unit.use in ()", b, "T201@13"}, row{"unit.use in (unit.was_use)", b, "T201@13"}, row{"if(unit.paid, 1)", n, "T201@15"}, row{"min(1, )", n, "T201@7"}, row{"1 # note", n, "T201@2"}));

INSTANTIATE_TEST_SUITE_P(names_and_functions, bad_expression, testing::Values(
  row{"unit.are", n, "T202@0"}, row{"2 * unit.ares + unit.flors", n, "T202@4 T202@16"}, row{"unit", n, "T202@0"}, row{"known(unit.x)", b, "T202@6"}, row{"Unit.area", n, "T202@0"},
  row{"unit.area + true + unit.zzz", n, "T204@10 T202@19"}, row{"ceiling(2)", n, "T203@0"}, row{"ceil()", n, "T203@0"}, row{"ceil(1, 2)", n, "T203@0"}, row{"ceil(5%)", n, "T203@0"},
  row{"min(1)", n, "T203@0"}, row{"max(1, 5%)", n, "T203@0"}, row{"round(1)", n, "T203@0"}, row{"round(1, 19)", n, "T203@0"}, row{"round(1, -1)", n, "T203@0"},
  row{"round(1, 0.5)", n, "T203@0"}, row{"round(1, unit.residents)", n, "T203@0"}, row{"known(1)", b, "T203@0"}, row{"days(unit.moved_in)", n, "T203@0"}, row{"days(1, 2)", n, "T203@0"},
  row{"abs('a')", n, "T203@0"}, row{"1 + usage(water)", n, "T202@4"}, row{"billed(water) * 2", n, "T150@0"}));

INSTANTIATE_TEST_SUITE_P(types, bad_expression, testing::Values(
  row{"5% + unit.area", n, "T204@3"}, row{"unit.area - 5%", n, "T204@10"}, row{"1 / 5%", n, "T204@2"}, row{"unit.use + 1", n, "T204@9"}, row{"-unit.use", n, "T204@0"},
  row{"1 and true", b, "T204@2"}, row{"true or 1", b, "T204@5"}, row{"not 1", b, "T204@0"}, row{"1 = 5%", b, "T204@2"}, row{"unit.area = 'shop'", b, "T204@10"},
  row{"unit.use = unit.side", b, "T204@9"}, row{"unit.use < 'shop'", b, "T204@9"}, row{"unit.code < 'a'", b, "T204@10"}, row{"unit.paid < true", b, "T204@10"},
  row{"unit.use = unit.code", b, "T204@9"}, row{"unit.area in ('a')", b, "T204@10"}, row{"if(unit.paid, 1, 5%)", n, "T204@0"}, row{"if(1, 2, 3)", n, "T204@0"},
  row{"if(unit.paid, unit.use, unit.side) = 'shop'", b, "T204@0"}, row{"unit.moved_in > 1", b, "T204@14"}, row{"unit.area", b, "T204@0"}, row{"unit.paid", n, "T204@0"}, row{"unit.area", r, "T204@0"}));

INSTANTIATE_TEST_SUITE_P(percentages, bad_expression, testing::Values(
  row{"0.0005", r, "T103@0"}, row{"5", r, "T103@0"}, row{"-5", r, "T103@0"}, row{"0", r, "T103@0"}, row{"5%", n, "T104@0"}, row{"-5%", n, "T104@0"}));

INSTANTIATE_TEST_SUITE_P(choices, bad_expression, testing::Values(
  row{"unit.use = 'flats'", b, "T206@11"}, row{"'flats' = unit.use", b, "T206@0"}, row{"unit.use in ('flat', 'shops', 'ofice')", b, "T206@21 T206@30"},
  row{"unit.use = 'flats' and unit.are > 1", b, "T206@11 T202@23"}, row{"if(unit.paid, unit.use, 'flats') = 'flat'", b, "T206@24"}));

INSTANTIATE_TEST_SUITE_P(divisions, bad_expression, testing::Values(
  row{"1 / 0", n, "T205@4"}, row{"1 / 0.00", n, "T205@4"}, row{"1 / unit.floors", n, "T205@4"}, row{"1 / (unit.floors + 1)", n, "T205@4"}, row{"1 / (unit.area - 1)", n, "T205@4"},
  row{"1 / floor(unit.area)", n, "T205@4"}, row{"1 / round(unit.area, 0)", n, "T205@4"}, row{"1 / min(unit.area, unit.floors)", n, "T205@4"}, row{"1 / (unit.area * unit.floors)", n, "T205@4"},
  row{"if(unit.floors >= 0, 1 / unit.floors, 9)", n, "T205@25"}, row{"if(unit.floors > -1, 1 / unit.floors, 9)", n, "T205@25"}, row{"if(unit.floors > 0, 9, 1 / unit.floors)", n, "T205@27"},
  row{"if(unit.floors > 0 or unit.paid, 1 / unit.floors, 9)", n, "T205@37"}, row{"if(unit.floors > 0, 1, 2) / unit.floors", n, "T205@28"},
  row{"if(unit.paid and unit.floors = 0, 9, 1 / unit.floors)", n, "T205@41"}, row{"if(known(unit.floors), 1 / unit.floors, 9)", n, "T205@27"},
  row{"6 / unit.floors > 1 and unit.floors > 0", b, "T205@4"}, row{"if(unit.residents > 0, 1 / unit.floors, 9)", n, "T205@27"}, row{"1 / if(unit.paid, 1, unit.floors)", n, "T205@4"}));

INSTANTIATE_TEST_SUITE_P(limits, bad_expression, testing::Values(
  row{"999999999999999999999999999999999999999", n, "T208@0"}, row{"1 + 0.0000000000000000001", n, "T208@4"}, row{"unit.quantity * unit.price", n, "T208@14"},
  row{"unit.area * (unit.quantity * (unit.price))", n, "T208@27"}, row{"max(unit.quantity, 1) * unit.price", n, "T208@22"}));

std::string repeated(std::string_view text, int times) {
  std::string made;
  for (int i = 0; i < times; ++i) made += text;
  return made;
}

TEST(expression_limits, depth_is_32_and_33_is_refused) {
  EXPECT_EQ(mistakes_of(repeated("(", 32) + "1" + repeated(")", 32)), "");
  EXPECT_EQ(mistakes_of(repeated("(", 33) + "1" + repeated(")", 33)), "T208@32");
  EXPECT_EQ(mistakes_of(repeated("-", 32) + "1"), "");
  EXPECT_EQ(mistakes_of(repeated("-", 33) + "1"), "T208@32");
  EXPECT_EQ(mistakes_of(repeated("not ", 33) + "true", b), "T208@128");
  EXPECT_EQ(mistakes_of(repeated("abs(", 32) + "1" + repeated(")", 32)), "");
  EXPECT_EQ(mistakes_of(repeated("abs(", 33) + "1" + repeated(")", 33)), "T208@131");
}

TEST(expression_limits, length_is_2000_characters_and_is_looked_at_first) {
  EXPECT_EQ(mistakes_of("1" + std::string(1'999, ' ')), "");
  EXPECT_EQ(mistakes_of("1" + std::string(2'000, ' ')), "T208@0");
  const auto begin = std::chrono::steady_clock::now();
  for (const char* one : {"(", "-", "not ", "abs(", "if("}) EXPECT_EQ(mistakes_of(repeated(one, 100'000)), "T208@0");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
}

TEST(expression_limits, steps_are_256) {
  EXPECT_EQ(mistakes_of("1" + repeated("+1", 127)), "");  // 128 literals and 127 sums
  EXPECT_EQ(mistakes_of("1" + repeated("+1", 128)), "T208@255");
}

TEST(expression_limits, as_many_words_as_there_are_steps) {
  EXPECT_EQ(mistakes_of("unit.code in ('a'" + repeated(",'a'", 253) + ")", b), "");
  EXPECT_EQ(mistakes_of("max(1" + repeated(",1", 254) + ")"), "");
  EXPECT_EQ(dues_test::value_of("max(1" + repeated(",1", 253) + ",2)", n).text, "2");
}

TEST(expression_limits, mistakes_told_at_once_are_8) {
  std::string source = "unit.x0";
  for (int i = 1; i < 20; ++i) source += "+unit.x" + std::to_string(i);
  dues::diagnostics found;
  EXPECT_FALSE(dues::compile_expression(source, n, dues_test::small_scope(), "/p", found));
  EXPECT_EQ(found.all().size(), 8U);
}

TEST(expression_mistakes, say_what_the_message_needs) {
  const auto first = [](std::string_view source, value_type wanted) {
    dues::diagnostics found;
    static_cast<void>(dues::compile_expression(source, wanted, dues_test::small_scope(), "/fees/3/price", found));
    EXPECT_FALSE(found.empty());
    return found.all().front();
  };
  EXPECT_EQ(first("unit.aera", n).value("nearest"), "unit.area");
  EXPECT_EQ(first("unit.aera", n).pointer, "/fees/3/price");
  EXPECT_EQ(first("something.else.entirely", n).value("nearest"), "");
  EXPECT_EQ(first("unit.use = 'flats'", b).value("words"), "flat, shop, office");
  EXPECT_EQ(first("unit.use = 'flats'", b).value("nearest"), "flat");
  EXPECT_EQ(first("1 / (unit.floors  + 1) ", n).value("divisor"), "(unit.floors  + 1)");
  EXPECT_EQ(first("1 / unit.floors + 2", n).value("divisor"), "unit.floors");
  EXPECT_EQ(first("5% + unit.area", n).value("operator"), "+");
  EXPECT_EQ(first("5% + unit.area", n).value("left"), "a rate");
  EXPECT_EQ(first("5% + unit.area", n).value("right"), "a number");
  EXPECT_EQ(first("(unit.area", n).value("expected"), "')'");
  EXPECT_EQ(first("(unit.area", n).value("found"), "the end");
  EXPECT_EQ(first("cell(2)", n).value("nearest"), "ceil");
  EXPECT_EQ(first("ceil(1, 2)", n).value("wanted"), "one number");
  EXPECT_EQ(first("unit.quantity * unit.price", n).value("is"), "41 digits");
  EXPECT_EQ(first("0.0005", r).value("text"), "0.0005");
}

}  // namespace
