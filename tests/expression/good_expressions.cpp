// SPDX-License-Identifier: Apache-2.0
//
// Expressions that a tariff may hold, with their values worked by hand from the facts of small_world.
#include "small_world.hpp"

#include <gtest/gtest.h>

namespace {

using dues::value_type;
using dues_test::value_of;

struct row {
  const char* source;
  value_type type;
  const char* value;
};

constexpr auto n = value_type::number;
constexpr auto r = value_type::rate;
constexpr auto b = value_type::yes_no;
constexpr auto words = value_type::text;

/// Numbers are the same when their values are: 2.00 is 2. Everything else is what is written.
bool same(const std::string& is, const std::string& wanted, value_type type) {
  if (type != value_type::number && type != value_type::rate) return is == wanted;
  const auto one = dues::exact256::parse(is);
  const auto other = dues::exact256::parse(wanted);
  return one && other && *one == *other;
}

class good_expression : public testing::TestWithParam<row> {};

TEST_P(good_expression, has_the_value_worked_by_hand) {
  const row& one = GetParam();
  const auto narrow = value_of<dues::int128>(one.source, one.type);
  const auto wide = value_of<dues::int256>(one.source, one.type);
  ASSERT_TRUE(narrow.compiled) << one.source << ": " << dues_test::mistakes_of(one.source, one.type);
  EXPECT_EQ(narrow.status, dues::eval_status::ok) << one.source;
  EXPECT_TRUE(same(narrow.text, one.value, one.type)) << one.source << " is " << narrow.text << ", not " << one.value;
  EXPECT_TRUE(same(wide.text, one.value, one.type)) << one.source << " is " << wide.text << ", not " << one.value;
}

INSTANTIATE_TEST_SUITE_P(literals, good_expression, testing::Values(
  row{"12", n, "12"}, row{"0.5", n, "0.5"}, row{"2.80", n, "2.80"}, row{"-3", n, "-3"}, row{"007", n, "7"}, row{" 12\t", n, "12"},
  row{"8%", r, "0.08"}, row{"0.05%", r, "0.0005"}, row{"-5%", r, "-0.05"}, row{"'shop'", words, "shop"}, row{"''", words, ""},
  row{"true", b, "true"}, row{"false", b, "false"}, row{"'商铺'", words, "商铺"},
  row{"99999999999999999999999999999999999999", n, "99999999999999999999999999999999999999"},
  row{"0.000000000000000001", n, "0.000000000000000001"}, row{"0.0000000000000001%", r, "0.000000000000000001"}));

INSTANTIATE_TEST_SUITE_P(arithmetic, good_expression, testing::Values(
  row{"1 + 2 * 3", n, "7"}, row{"(1 + 2) * 3", n, "9"}, row{"10 - 4 - 3", n, "3"}, row{"24 / 4 / 3", n, "2"}, row{"24 / (4 / 2)", n, "12"},
  row{"2 - -3", n, "5"}, row{"-2 * -3", n, "6"}, row{"--3", n, "3"}, row{"-(1 + 2)", n, "-3"}, row{"1 / 3", n, "1/3"}, row{"1 / 3 * 3", n, "1"},
  row{"unit.area * 2.80", n, "250.60"}, row{"unit.residents/unit.area*179", n, "6"}, row{"0.1 + 0.2", n, "0.3"}));

// number x rate = number, rate x rate = rate, rate + rate = rate, rate / number = rate, rate / rate = number
INSTANTIATE_TEST_SUITE_P(rates, good_expression, testing::Values(
  row{"100 * 8%", n, "8.00"}, row{"8% * 100", n, "8.00"}, row{"50% * 10%", r, "0.0500"}, row{"5% + 3%", r, "0.08"}, row{"5% - 3%", r, "0.02"},
  row{"5% / 2", r, "0.025"}, row{"10% / 5%", n, "2"}, row{"-value.share", r, "-0.05"}, row{"max(value.share, 6%)", r, "0.06"},
  row{"round(8.25%, 3)", r, "0.083"}, row{"abs(-5%)", r, "0.05"}, row{"value.share > 4.9%", b, "true"}, row{"if(unit.paid, 5%, 6%)", r, "0.05"}));

INSTANTIATE_TEST_SUITE_P(functions, good_expression, testing::Values(
  row{"min(3, 1, 2)", n, "1"}, row{"max(3, unit.area, 2)", n, "89.5"}, row{"ceil(2.1)", n, "3"}, row{"ceil(-2.1)", n, "-2"}, row{"floor(2.9)", n, "2"},
  row{"floor(-2.1)", n, "-3"}, row{"ceil(1 / 3)", n, "1"}, row{"round(2.345, 2)", n, "2.35"}, row{"round(-2.345, 2)", n, "-2.35"}, row{"round(2.5, 0)", n, "3"},
  row{"round(1 / 3, 2)", n, "0.33"}, row{"round(2 / 3, (2))", n, "0.67"}, row{"round(unit.area, 0)", n, "90"}, row{"abs(3 - 5)", n, "2"},
  row{"30 * max(0, unit.residents - 5)", n, "0"}, row{"days(unit.moved_in, unit.moved_out)", n, "3"}, row{"days(unit.moved_out, unit.moved_in)", n, "-3"},
  row{"known(unit.absent)", b, "false"}, row{"known(unit.area)", b, "true"}, row{"if(known(unit.absent), unit.absent, 7)", n, "7"},
  row{"if(unit.area > 90, 1, if(unit.area > 80, 2, 3))", n, "2"}, row{"if(unit.paid, 'a', 'b')", words, "a"}));

INSTANTIATE_TEST_SUITE_P(conditions, good_expression, testing::Values(
  row{"1 < 2", b, "true"}, row{"2 <= 2", b, "true"}, row{"2 > 2", b, "false"}, row{"2 >= 2", b, "true"}, row{"2.0 = 2.00", b, "true"}, row{"2 != 2.0", b, "false"},
  row{"1 / 3 < 0.34", b, "true"}, row{"1/3 > 0.33", b, "true"}, row{"unit.use = 'shop'", b, "true"}, row{"'flat' = unit.use", b, "false"}, row{"unit.use != 'flat'", b, "true"},
  row{"unit.use = unit.was_use", b, "false"}, row{"unit.use in ('flat', 'shop')", b, "true"}, row{"unit.use in ('office')", b, "false"},
  row{"not unit.use in ('office')", b, "true"}, row{"unit.code = 'B1-117'", b, "true"}, row{"unit.code in ('A', 'B')", b, "false"}, row{"unit.code != 'A'", b, "true"},
  row{"unit.paid", b, "true"}, row{"unit.paid = false", b, "false"}, row{"not unit.paid", b, "false"}, row{"not not unit.paid", b, "true"},
  row{"unit.moved_in < unit.moved_out", b, "true"}, row{"unit.moved_in = unit.moved_out", b, "false"}, row{"unit.moved_in >= unit.moved_out", b, "false"},
  row{"true or false and false", b, "true"}, row{"(true or false) and false", b, "false"}, row{"not false and false", b, "false"}, row{"not (false and false)", b, "true"},
  row{"not 1 = 2", b, "true"}, row{"if(unit.paid, unit.use, unit.was_use) = 'shop'", b, "true"}, row{"if(unit.paid, 'office', unit.use) = unit.was_use", b, "false"},
  row{"if(not unit.paid, 'office', unit.use) in ('shop')", b, "true"}));

// A divisor is a literal that is not 0, a name declared above 0, or a name that a condition tested.
INSTANTIATE_TEST_SUITE_P(divisions, good_expression, testing::Values(
  row{"179 / unit.area", n, "2"}, row{"179 / (2 * unit.area)", n, "1"}, row{"179 / -unit.area", n, "-2"}, row{"179 / (unit.area + 89.5)", n, "1"},
  row{"179 / max(unit.area, unit.floors)", n, "2"}, row{"2 / min(unit.area, 2)", n, "1"}, row{"2 / ceil(unit.area / 1000)", n, "2"}, row{"6 / if(unit.paid, 2, 3)", n, "3"},
  row{"if(unit.floors > 0, 6 / unit.floors, 9)", n, "9"}, row{"if(unit.residents > 0, 6 / unit.residents, 9)", n, "2"}, row{"if(0 < unit.residents, 6 / unit.residents, 9)", n, "2"},
  row{"if(unit.residents >= 1, 6 / unit.residents, 9)", n, "2"}, row{"if(unit.residents != 0, 6 / unit.residents, 9)", n, "2"}, row{"if(unit.residents = 3, 6 / unit.residents, 9)", n, "2"},
  row{"if(unit.residents = 0, 9, 6 / unit.residents)", n, "2"}, row{"if(unit.residents <= 0, 9, 6 / unit.residents)", n, "2"}, row{"if(not unit.residents = 0, 6 / unit.residents, 9)", n, "2"},
  row{"unit.residents > 0 and 6 / unit.residents > 1", b, "true"}, row{"unit.floors = 0 or 6 / unit.floors > 1", b, "true"},
  row{"if(unit.paid and unit.residents > 0, 6 / unit.residents, 9)", n, "2"}, row{"if(unit.paid = false or unit.residents = 0, 9, 6 / unit.residents)", n, "2"},
  row{"if(unit.residents < 0, 6 / unit.residents, 9)", n, "9"}, row{"if(unit.residents != 0, 6 / abs(unit.residents), 9)", n, "2"}));

TEST(expression, what_it_is_can_be_asked) {
  dues::diagnostics found;
  const auto names = dues_test::small_scope();
  const auto literal = dues::compile_expression("-2.80", n, names, "/p", found);
  ASSERT_TRUE(literal && literal->is_literal());
  EXPECT_EQ(literal->literal().to_text(), "-2.80");
  EXPECT_FALSE(literal->single_slot());
  const auto name = dues::compile_expression(" unit.area ", n, names, "/p", found);
  ASSERT_TRUE(name && name->single_slot());
  EXPECT_EQ(*name->single_slot(), dues_test::area);
  EXPECT_FALSE(name->is_literal());
  const auto both = dues::compile_expression("if(known(unit.absent), unit.area, unit.residents) + unit.area", n, names, "/p", found);
  ASSERT_TRUE(both);
  EXPECT_EQ(std::vector<std::int32_t>(both->slots_read().begin(), both->slots_read().end()),
            (std::vector<std::int32_t>{dues_test::area, dues_test::residents, dues_test::absent}));
  EXPECT_EQ(both->pointer(), "/p");
  EXPECT_EQ(both->max_stack(), 2);
  EXPECT_TRUE(found.empty());
}

}  // namespace
