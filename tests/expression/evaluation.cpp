// SPDX-License-Identifier: Apache-2.0
//
// What evaluation asks, in which order, how it fails, and what an explanation is told.
#include "small_world.hpp"

#include <gtest/gtest.h>

namespace {

using dues::eval_status;
using dues::value_type;
using namespace dues_test;

constexpr auto n = value_type::number;
constexpr auto b = value_type::yes_no;

TEST(laziness, and_asks_its_right_side_only_when_the_left_is_true) {
  EXPECT_EQ(value_of("unit.use = 'flat' and unit.absent >= 2", b).text, "false");
  EXPECT_EQ(value_of("unit.use = 'flat' and unit.absent >= 2", b).asked.count(absent), 0U);
  EXPECT_EQ(value_of("unit.use = 'shop' and unit.absent >= 2", b).status, eval_status::missing);
}

TEST(laziness, or_asks_its_right_side_only_when_the_left_is_false) {
  EXPECT_EQ(value_of("unit.paid or unit.absent > 1", b).text, "true");
  EXPECT_EQ(value_of("unit.paid or unit.absent > 1", b).asked.count(absent), 0U);
  EXPECT_EQ(value_of("not unit.paid or unit.absent > 1", b).status, eval_status::missing);
}

TEST(laziness, if_asks_one_branch) {
  const auto one = value_of("if(unit.paid, unit.area, unit.absent)", n);
  EXPECT_EQ(one.text, "89.5");
  EXPECT_EQ(one.asked, (std::map<std::int32_t, int>{{area, 1}, {paid, 1}}));
  const auto other = value_of("if(not unit.paid, unit.absent, unit.residents)", n);
  EXPECT_EQ(other.asked, (std::map<std::int32_t, int>{{residents, 1}, {paid, 1}}));
}

TEST(laziness, known_asks_no_value) {
  const auto one = value_of("known(unit.area) and not known(unit.absent)", b);
  EXPECT_EQ(one.text, "true");
  EXPECT_TRUE(one.asked.empty());
}

TEST(laziness, chains_stop_where_they_are_settled) {
  EXPECT_TRUE(value_of("true or unit.paid and unit.paid", b).asked.empty());
  EXPECT_EQ(value_of("false and unit.paid or unit.area > 1", b).asked, (std::map<std::int32_t, int>{{area, 1}}));
  EXPECT_EQ(value_of("false or false or unit.paid or unit.absent > 1", b).asked, (std::map<std::int32_t, int>{{paid, 1}}));
}

TEST(failure, tells_where_in_the_source_it_happened) {
  const auto one = value_of("unit.area + unit.absent", n);
  EXPECT_EQ(one.status, eval_status::missing);
  EXPECT_EQ(one.where, 12);
}

TEST(failure, overflow_in_the_narrow_type_is_a_value_in_the_wide_one) {
  // 10^20 three times is 10^60: beyond 128 bits, within 256.
  const char* source = "(unit.area - 89.5 + 100000000000000000000) * (unit.area - 89.5 + 100000000000000000000) * (unit.area - 89.5 + 100000000000000000000) > 0";
  EXPECT_EQ(value_of<dues::int128>(source, b).status, eval_status::overflow);
  EXPECT_EQ(value_of<dues::int256>(source, b).text, "true");
}

TEST(failure, a_context_that_breaks_its_word_is_no_crash) {
  // unit.area is declared above 0; a context that answers 0 all the same gets division_by_zero.
  struct liar : small_context<dues::int128> {
    eval_status load(std::int32_t, dues::operand<dues::int128>& out) {
      out.number = dues::exact128();
      return eval_status::ok;
    }
  } context;
  dues::diagnostics found;
  const auto what = dues::compile_expression("2 + 1 / unit.area", n, small_scope(), "/p", found);
  ASSERT_TRUE(what);
  dues::no_trace silent;
  dues::operand<dues::int128> out;
  std::int32_t where = -1;
  EXPECT_EQ(dues::evaluate<dues::int128>(*what, context, silent, out, where), eval_status::division_by_zero);
  EXPECT_EQ(where, 6);
}

/// The steps as "word(inputs)=value".
std::string steps_of(std::string_view source, value_type wanted) {
  dues::diagnostics found;
  const auto what = dues::compile_expression(source, wanted, small_scope(), "/p", found);
  if (!what) return "not compiled";
  small_context<dues::int128> context;
  dues::trace recorder;
  dues::operand<dues::int128> out;
  std::int32_t where = -1;
  if (dues::evaluate<dues::int128>(*what, context, recorder, out, where) != eval_status::ok) return "failed";
  std::string told;
  for (const dues::step& one : recorder.steps) {
    told += (told.empty() ? "" : "; ") + one.does + "(";
    for (std::size_t i = 0; i < one.inputs.size(); ++i) told += (i == 0 ? "" : ", ") + one.inputs[i].value;
    told += ")=" + one.value;
  }
  return told;
}

TEST(explanation, tells_each_operation_in_order) {
  EXPECT_EQ(steps_of("unit.residents * 2 + 1", n), "multiply(3, 2)=6; add(6, 1)=7");
  EXPECT_EQ(steps_of("max(1, 2, unit.residents)", n), "maximum(1, 2, 3)=3");
  EXPECT_EQ(steps_of("round(-1 / 3, 2)", n), "negate(1)=-1; divide(-1, 3)=-1/3; round_to(-1/3, 2)=-0.33");
  EXPECT_EQ(steps_of("days(unit.moved_in, unit.moved_out)", n), "days(2025-02-26, 2025-03-01)=3");
  EXPECT_EQ(steps_of("unit.use = 'flat'", b), "equal(shop, flat)=false");
  EXPECT_EQ(steps_of("unit.use in ('flat', 'shop')", b), "in(shop, flat, shop)=true");
}

TEST(explanation, tells_what_settled_a_choice) {
  EXPECT_EQ(steps_of("if(unit.residents > 2, 1, 0)", n), "greater(3, 2)=true; choose(true)=true");
  EXPECT_EQ(steps_of("unit.residents > 9 and unit.absent > 1", b), "greater(3, 9)=false; and(false)=false");
  EXPECT_EQ(steps_of("unit.paid or unit.absent > 1", b), "or(true)=true");
  EXPECT_EQ(steps_of("unit.paid and unit.residents > 2", b), "greater(3, 2)=true");
}

struct result_types {
  static constexpr bool enabled = true;
  std::vector<value_type> out;
  std::int32_t operation(std::string_view, std::int32_t, std::span<const dues::operand<dues::int128>>, value_type, const dues::operand<dues::int128>&, value_type type) {
    out.push_back(type);
    return -1;
  }
};

TEST(explanation, tells_which_type_came_out) {
  result_types recorder;
  dues::diagnostics found;
  const auto what = dues::compile_expression("8% * 5% / 2 > 1%", b, small_scope(), "/p", found);
  ASSERT_TRUE(what);
  small_context<dues::int128> context;
  dues::operand<dues::int128> out;
  std::int32_t where = -1;
  ASSERT_EQ(dues::evaluate<dues::int128>(*what, context, recorder, out, where), eval_status::ok);
  EXPECT_EQ(recorder.out, (std::vector<value_type>{value_type::rate, value_type::rate, b}));
}

}  // namespace
