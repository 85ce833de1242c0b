// SPDX-License-Identifier: Apache-2.0
//
// Documents as a whole: what is no JSON, what is too large, many mistakes at once, the demo, and the
// documents that the published schemas refuse.
#include "tariff/small_tariff.hpp"

#include <dues/facts/facts.hpp>

#include <filesystem>

namespace {

using dues_test::change;
using dues_test::compiled;
using dues_test::expect_told;
using dues_test::file_text;
using dues_test::small_tariff;
using dues_test::value;

TEST(tariff_text, that_is_no_json_is_told_with_line_and_column) {
  // The brace that should be a field stands in line 2, column 19.
  const dues::compile_result result = dues::compile("{\n  \"id\": \"small\" , }");
  ASSERT_EQ(result.found.all().size(), 1U);
  EXPECT_EQ(result.found.all()[0].code, "T116");
  EXPECT_NE(result.found.all()[0].value("what").find("line 2, column 19"), std::string_view::npos) << result.found.all()[0].value("what");
  for (const std::string_view text : {"", " ", "{", "[1, 2", "{\"a\": 1} {}", "{\"a\": 1, // one\n \"b\": 2}", "{'a': 1}", "{\"a\": \"\xFF\"}", "nul", "{\"a\": 01}", "{\"a\": .5}"}) {
    const dues::compile_result other = dues::compile(text);
    ASSERT_EQ(other.found.all().size(), 1U) << text;
    EXPECT_EQ(other.found.all()[0].code, "T116") << text;
    EXPECT_EQ(other.compiled, nullptr);
  }
}

TEST(tariff_text, deeper_than_64_is_refused_and_not_walked) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const dues::compile_result result = dues::compile(deep);
  ASSERT_EQ(result.found.all().size(), 1U);
  EXPECT_EQ(result.found.all()[0].code, "T116");
}

TEST(tariff_text, larger_than_64_mebibytes_is_refused) {
  const std::string large = std::string(small_tariff) + std::string(std::size_t{64} << 20, ' ');
  expect_told(dues::compile(large).found.all(), {"T151  | limit=67108864 bytes"});
}

TEST(tariff_text, may_begin_with_a_byte_order_mark) { EXPECT_NE(dues::compile("\xEF\xBB\xBF" + std::string(small_tariff)).compiled, nullptr); }

TEST(tariff_text, with_a_field_twice_is_told_at_the_second) {
  const std::string twice = std::string(small_tariff.substr(0, small_tariff.rfind('}'))) + ", \"edition\": \"2\"}";
  expect_told(dues::compile(twice).found.all(), {"T102 /edition | name=edition"});
}

TEST(tariff_text, that_is_no_object_is_told_once) {
  for (const std::string_view text : {"5", "\"x\"", "true", "null", "[]"}) expect_told(dues::compile(text).found.all(), {"T100  | name=tariff | wanted=an object"});
}

TEST(a_tariff_with_five_mistakes, tells_all_five) {
  const dues::compile_result result = compiled({{"/currency", "\"RMB\""}, {"/schedules/0/due/day_of_month", "32"}, {"/taxes/0/rate", "0.06"},
                                                {"/fees/0/quantity", "\"unit.aera\""}, {"/fees/1/payer", "\"owner\""}});
  expect_told(result.found.all(), {"T113 /currency", "T117 /schedules/0/due/day_of_month", "T103 /taxes/0/rate@0", "T202 /fees/0/quantity@0", "T101 /fees/1/payer | nearest=payers"});
}

TEST(a_mistake, is_told_once_and_not_again_by_what_follows_from_it) {
  // An attribute of no type, a value of no type, a circle: their readers are not at fault.
  expect_told(compiled({{"/reads/unit/1/type", "\"numbr\""}}).found.all(), {"T105 /reads/unit/1/type | nearest=number"});
  expect_told(compiled({{"/values/1/is", "\"5%%\""}}).found.all(), {"T201 /values/1/is@2"});
  expect_told(compiled({{"/values/0/by/0", "\"unit.uses\""}}).found.all(), {"T202 /values/0/by/0 | nearest=unit.use"});
  // A price whose first version is wrong has no gap; a tariff without a first day has none either.
  expect_told(compiled({{"/fees/1/price", R"([{"from": "2026-01-01", "is": "2.8x"}, {"from": "2026-07-01", "is": 3}])"}}).found.all(), {"T201 /fees/1/price/0/is@3"});
  expect_told(compiled({{"/from", {}}, {"/fees/1/price", R"([{"from": "2026-01-01", "is": 3}])"}}).found.all(), {"T108  | name=from"});
  // Two fees without ids are not two fees of one id.
  expect_told(compiled({{"/fees/1/id", {}}, {"/fees/2/id", {}}}).found.all(), {"T108 /fees/1 | name=id", "T108 /fees/2 | name=id"});
}

TEST(circles_of_values, are_each_told_once_with_their_way_round) {
  const dues::compile_result result = compiled({{"/values/-", R"({"id": "c", "is": "value.d + 1"})"}, {"/values/-", R"({"id": "d", "is": "value.e"})"}, {"/values/-", R"({"id": "e", "is": "value.c"})"},
                                                {"/values/-", R"({"id": "f", "is": "value.f * 2"})"}, {"/values/-", R"({"id": "g", "is": "value.e"})"}, {"/fees/2/amount", "\"value.g + value.f\""}});
  expect_told(result.found.all(), {"T207 /values/2/is | cycle=value.c -> value.d -> value.e -> value.c", "T207 /values/5/is | cycle=value.f -> value.f"});
}

TEST(values, may_be_named_in_remarks_and_quoted_words_without_reading_each_other) {
  const std::string note = R"([{"from": "2026-01-01", "is": "50%", "note": {"en": "value.share as in value.price"}}])";
  EXPECT_TRUE(compiled({{"/values/1/is", note}}).found.empty());
  EXPECT_TRUE(compiled({{"/values/1/is", "\"if(unit.code = 'value.share', 5%, 6%)\""}}).found.empty());
}

TEST(values, may_be_declared_after_those_that_read_them) {
  const dues::compile_result result = compiled({{"/values/1/is", "\"value.later / 2\""}, {"/values/-", R"({"id": "later", "is": "100%"})"}});
  ASSERT_TRUE(result.found.empty());
  EXPECT_EQ(result.compiled->values[1].type, dues::value_type::rate);
}

TEST(values, may_read_32_deep_and_no_deeper) {
  const auto chain = [](int length) {
    std::vector<change> changes{{"/values/-", R"({"id": "c1", "is": 1})"}};
    for (int i = 2; i <= length; ++i)
      changes.push_back({"/values/-", R"({"id": "c)" + std::to_string(i) + R"(", "is": "value.c)" + std::to_string(i - 1) + "\"}"});
    changes.push_back({"/fees/2/amount", "\"value.c" + std::to_string(length) + "\""});
    return compiled(changes);
  };
  EXPECT_TRUE(chain(32).found.empty());
  expect_told(chain(33).found.all(), {"T208 /values/34/is | limit=32"});
  EXPECT_EQ(chain(40).found.errors(), 1U);
}

TEST(conditions, that_words_can_satisfy_or_that_read_more_than_words_are_not_warned_of) {
  for (const char* where : {"unit.use = 'flat' or unit.use = 'shop'", "not known(unit.use)", "unit.lift and unit.use = 'flat'", "unit.area > 5000 and unit.area < 1", "account.class = 'reduced'"}) {
    const auto result = compiled({{"/fees/0/where", std::string("\"") + where + "\""}, {"/fees/0/change_of_payer", "\"rated_apart\""}});
    EXPECT_TRUE(result.found.empty()) << where;
  }
  expect_told(compiled({{"/fees/0/where", "\"unit.lift and not unit.lift\""}}).found.all(), {"T121 /fees/0/where"});
}

TEST(demo, compiles_and_its_facts_load_without_a_word) {
  const dues::compile_result tariff = dues::compile(file_text(DUES_SOURCE_DIR "/src/data/demo/tariff.json"));
  EXPECT_TRUE(tariff.found.empty());
  ASSERT_NE(tariff.compiled, nullptr);
  const dues::facts_result facts = dues::load_facts(tariff.compiled, file_text(DUES_SOURCE_DIR "/src/data/demo/facts.json"));
  EXPECT_TRUE(facts.found.empty());
  ASSERT_NE(facts.loaded, nullptr);
  EXPECT_TRUE(facts.loaded->faults.empty());
}

// {"at": ["fees", 0, "to"], "is": ...} as a change.
change cure_of(value& one) {
  std::string pointer;
  for (const auto& [key, step] : dues_test::find(one, "/at")->members) pointer += "/" + step.text;
  const value* is = dues_test::find(one, "/is");
  return {pointer, is == nullptr ? std::nullopt : std::optional<std::string>(dues_test::written(*is))};
}

// Both ends of one promise: what a form refuses by the schema, the library refuses too.
TEST(documents_that_the_schemas_refuse, are_refused_and_cured_as_there) {
  std::size_t tariffs = 0;
  std::size_t facts = 0;
  for (const auto& entry : std::filesystem::directory_iterator(DUES_SOURCE_DIR "/tests/schema/wrong")) {
    SCOPED_TRACE(entry.path().filename().string());
    value test = dues_test::parsed(file_text(entry.path().string()));
    const std::string wrong = dues_test::written(*dues_test::find(test, "/document"));
    std::vector<change> changes;
    for (auto& [key, one] : dues_test::find(test, "/cure")->members) changes.push_back(cure_of(one));
    const std::string cured = dues_test::patched(wrong, changes);
    if (dues_test::find(test, "/document/dues_facts") != nullptr) {
      ++facts;
      const auto tariff = compiled({{"/schedules/0/if_holiday", {}}}).compiled;
      EXPECT_TRUE(dues::load_facts(tariff, wrong).found.has_errors());
      EXPECT_TRUE(dues::load_facts(tariff, cured).found.empty());
      continue;
    }
    ++tariffs;
    const dues::compile_result before = dues::compile(wrong);
    EXPECT_TRUE(before.found.has_errors());
    EXPECT_EQ(before.compiled, nullptr);
    const dues::compile_result after = dues::compile(cured);
    for (const dues::diagnostic& one : after.found.all()) EXPECT_TRUE(one.code == "T150" || one.code == "T160" || one.code == "T120") << dues_test::told(one);
    EXPECT_EQ(after.compiled == nullptr, after.found.has_errors());
  }
  EXPECT_GE(tariffs, 50U);
  EXPECT_GE(facts, 11U);
}

}  // namespace
