// SPDX-License-Identifier: Apache-2.0
//
// One diagnostic in several languages, and the list that collects them.
#include <dues/diagnostic/catalogue.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using dues::diagnostic;
using dues::diagnostics;
using dues::language;
using dues::make_diagnostic;

using filled = std::vector<std::pair<std::string, std::string>>;

TEST(filling, puts_each_value_where_its_name_stands) {
  struct row { const char* pattern; filled values; const char* wanted; };
  for (const row& one : {
         row{"{a} and {b}", {{"b", "2"}, {"a", "1"}}, "1 and 2"}, row{"{a}{a}", {{"a", "x"}}, "xx"}, row{"no names", {{"a", "x"}}, "no names"},
         row{"", {{"a", "x"}}, ""}, row{"[{missing}]", {{"a", "x"}}, "[]"}, row{"{a}", {{"a", ""}}, ""},
         row{"{a}", {{"a", "{b}"}, {"b", "never"}}, "{b}"},  // what a document says is not a pattern
         row{"open {a", {{"a", "x"}}, "open {a"}, row{"} {a}", {{"a", "x"}}, "} x"}, row{"“{a}”的列", {{"a", "面积"}}, "“面积”的列"}})
    EXPECT_EQ(dues::fill(one.pattern, one.values), one.wanted);
}

const diagnostic out_of_range = make_diagnostic("T117", "/schedules/0/due/day_of_month", {{"name", "day_of_month"}, {"is", "32"}, {"wanted", "1 to 31"}});

TEST(diagnostics_made, take_their_severity_from_the_catalogue) {
  EXPECT_EQ(out_of_range.code, "T117");
  EXPECT_EQ(out_of_range.level, dues::severity::error);
  EXPECT_EQ(out_of_range.pointer, "/schedules/0/due/day_of_month");
  EXPECT_EQ(out_of_range.position, -1);
  EXPECT_EQ(out_of_range.value("is"), "32");
  EXPECT_EQ(out_of_range.value("nearest"), "");
  EXPECT_EQ(make_diagnostic("T214", "", {{"cell", "executive"}}).level, dues::severity::warning);
  EXPECT_EQ(make_diagnostic("T202", "/fees/0/price", {{"name", "unit.aera"}}, 7).position, 7);
}

TEST(diagnostics_made, have_a_code_of_the_catalogue) {
  EXPECT_DEATH(static_cast<void>(make_diagnostic("T999", "", {})), "internal error");
}

TEST(messages, say_in_chinese_what_was_wanted_too) {
  const auto wanted = [](const char* words) { return message(make_diagnostic("T117", "", {{"name", "x"}, {"is", "a list"}, {"wanted", words}}), language::chinese()); };
  EXPECT_EQ(wanted("a whole number from 1 to 31"), "x 为 a list；应为 1 至 31 的整数");  // what the document says stays
  EXPECT_EQ(wanted("at least one of a, b or c"), "x 为 a list；应为 至少有其一：a、b 或 c");
  EXPECT_EQ(wanted("monthly"), "x 为 a list；应为 monthly");
  EXPECT_EQ(message(make_diagnostic("T230", "", {{"what", "'area' is a column of the facts already"}}), language::chinese()), "“area”已是事实的列");
}

TEST(messages, are_told_in_english_and_in_chinese) {
  EXPECT_EQ(message(out_of_range), "day_of_month is 32; wanted 1 to 31");
  EXPECT_EQ(message(out_of_range, language::chinese()), "day_of_month 为 32；应为 1 至 31");
  EXPECT_EQ(cure(out_of_range), "choose a value in the range");
  EXPECT_EQ(cure(out_of_range, language::chinese()), "取范围内的值");
}

TEST(messages, ask_for_the_nearest_name_where_there_is_one) {
  const auto unknown = make_diagnostic("T101", "/fees/0/to", {{"name", "thruogh"}, {"of", "fee"}, {"nearest", "through"}});
  EXPECT_EQ(message(unknown), "'thruogh' is no field of fee; did you mean 'through'?");
  EXPECT_EQ(message(unknown, language::chinese()), "“thruogh”不是 fee 的字段；是否想写“through”？");
  EXPECT_EQ(message(make_diagnostic("T101", "", {{"name", "x"}, {"of", "fee"}, {"nearest", ""}})), "'x' is no field of fee");
}

TEST(messages, speak_a_language_that_the_host_lays_over) {
  const language french("fr", {{"T102", "« {name} » figure deux fois"}, {"T102.cure", "supprimez « {name} »"}});
  const auto twice = make_diagnostic("T102", "/id", {{"name", "id"}});
  EXPECT_EQ(french.tag(), "fr");
  EXPECT_EQ(message(twice, french), "« id » figure deux fois");
  EXPECT_EQ(cure(twice, french), "supprimez « id »");
  // What is missing stays English.
  EXPECT_EQ(message(out_of_range, french), message(out_of_range));
  EXPECT_EQ(cure(out_of_range, french), cure(out_of_range));
  EXPECT_EQ(french.text("T102").value_or(""), "« {name} » figure deux fois");
  EXPECT_FALSE(french.text("T101"));
}

TEST(messages, of_chinese_with_other_words_take_the_host_s_and_else_the_chinese) {
  const language own("zh", {{"T102", "{name} 重复"}});
  EXPECT_EQ(message(make_diagnostic("T102", "", {{"name", "id"}}), own), "id 重复");
  EXPECT_EQ(message(out_of_range, own), message(out_of_range, language::chinese()));
}

TEST(messages, of_a_code_from_elsewhere_are_the_code) {
  diagnostic foreign;
  foreign.code = "X001";
  EXPECT_EQ(message(foreign), "X001");
  EXPECT_EQ(message(foreign, language::chinese()), "X001");
  EXPECT_EQ(cure(foreign), "");
}

// ---- the list ----

diagnostic error_at(int place) { return make_diagnostic("T102", "/" + std::to_string(place), {{"name", "id"}}); }
diagnostic warning_at(int place) { return make_diagnostic("T120", "/" + std::to_string(place), {{"of", "tax"}, {"id", "vat"}}); }

TEST(diagnostics_list, keeps_what_is_found_in_the_order_found) {
  diagnostics found;
  EXPECT_TRUE(found.empty());
  EXPECT_FALSE(found.has_errors());
  found.add(error_at(2));
  found.add(warning_at(0));
  found.add(error_at(1));
  ASSERT_EQ(found.all().size(), 3U);
  EXPECT_EQ(found.all()[0], error_at(2));
  EXPECT_EQ(found.all()[1], warning_at(0));
  EXPECT_EQ(found.all()[2], error_at(1));
  EXPECT_EQ(found.errors(), 2U);
  EXPECT_TRUE(found.has_errors());
}

TEST(diagnostics_list, warnings_are_no_errors) {
  diagnostics found;
  found.add(warning_at(0));
  EXPECT_FALSE(found.empty());
  EXPECT_FALSE(found.has_errors());
  EXPECT_EQ(found.errors(), 0U);
}

TEST(diagnostics_list, beyond_its_limit_errors_are_only_counted) {
  diagnostics found;
  for (int i = 0; i < 1500; ++i) found.add(error_at(i));
  EXPECT_EQ(diagnostics::limit, 1000U);
  ASSERT_EQ(found.all().size(), 1000U);
  EXPECT_EQ(found.all().back(), error_at(999));
  EXPECT_EQ(found.errors(), 1500U);
}

TEST(diagnostics_list, warnings_take_a_quarter_at_most_and_never_an_errors_place) {
  diagnostics found;
  for (int i = 0; i < 300; ++i) found.add(warning_at(i));
  EXPECT_EQ(diagnostics::most_warnings, 250U);
  ASSERT_EQ(found.all().size(), 250U);
  EXPECT_EQ(found.all().back(), warning_at(249));
  for (int i = 0; i < 800; ++i) found.add(error_at(i));
  found.add(warning_at(300));
  ASSERT_EQ(found.all().size(), 1000U);
  EXPECT_EQ(found.all()[250], error_at(0));
  EXPECT_EQ(found.all().back(), error_at(749));
  EXPECT_EQ(found.errors(), 800U);
}

}  // namespace
