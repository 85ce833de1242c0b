// SPDX-License-Identifier: Apache-2.0
//
// Reading JSON: everything as it was written, everything wrong told with its place.
#include "documents.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using dues::json_limits;
using dues::json_node;
using dues::node_kind;
using dues_test::read;
using dues_test::reading;

// ---- what is kept ----

TEST(json_numbers, keep_their_text) {
  for (const char* text : {"0", "-0", "2.80", "2.800", "0.1", "1e5", "1E+2", "1.50e-3", "-12", "100000000000000000000000000000000000001",
                           "12345678901234567890.123456789012345678", "0.000000000000000001", "18446744073709551616", "-9223372036854775809",
                           "0.1000000000000000055511151231257827021181583404541015625"}) {
    const reading is = read(text);
    ASSERT_TRUE(is.document) << text << ": " << is.told();
    EXPECT_TRUE(is.document->root().is(node_kind::number)) << text;
    EXPECT_EQ(is.document->root().text(), text);
    EXPECT_EQ(read("[ " + std::string(text) + " ]").document->root().first().text(), text);
  }
}

TEST(json_values, have_their_kind) {
  struct row { const char* text; node_kind kind; const char* described; };
  for (const row& one : {row{"null", node_kind::null, "null"}, row{"true", node_kind::boolean, "true or false"}, row{"false", node_kind::boolean, "true or false"},
                         row{"1", node_kind::number, "a number"}, row{"\"1\"", node_kind::text, "a text"}, row{"[1]", node_kind::array, "a list"},
                         row{"{\"a\":1}", node_kind::object, "an object"}}) {
    const reading is = read(one.text);
    ASSERT_TRUE(is.document) << one.text;
    EXPECT_EQ(is.document->root().kind(), one.kind) << one.text;
    EXPECT_EQ(dues::describe(one.kind), one.described);
  }
  EXPECT_TRUE(read("true").document->root().truth());
  EXPECT_FALSE(read("false").document->root().truth());
}

TEST(json_texts, are_unescaped) {
  struct row { const char* text; std::string wanted; };
  for (const row& one : {row{R"("")", ""}, row{R"("abc")", "abc"}, row{R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"}, row{R"("\u00e9")", "é"},
                         row{R"("\u7269\u4e1a")", "物业"}, row{R"("物业")", "物业"}, row{R"("\ud83c\udfe2")", "🏢"}, row{R"("🏢")", "🏢"},
                         row{R"("a\u0000b")", std::string("a\0b", 3)}, row{R"("\u0000")", std::string(1, '\0')}, row{"\"\x7f\"", "\x7f"}}) {
    const reading is = read(one.text);
    ASSERT_TRUE(is.document) << one.text << ": " << is.told();
    EXPECT_EQ(is.document->root().text(), one.wanted) << one.text;
  }
}

TEST(json_trees, are_walked_in_the_order_written) {
  const reading is = read(R"({"z": 1, "a": [true, null, "x"], "": {}})");
  ASSERT_TRUE(is.document) << is.told();
  const json_node root = is.document->root();
  EXPECT_EQ(root.size(), 3U);
  EXPECT_EQ(root.first().key(), "z");
  EXPECT_EQ(root.first().next().key(), "a");
  EXPECT_EQ(root.first().next().next().key(), "");
  EXPECT_FALSE(root.first().next().next().next());
  EXPECT_EQ(root.find("a").size(), 3U);
  EXPECT_EQ(root.find("a").first().next().kind(), node_kind::null);
  EXPECT_EQ(root.find("a").first().key(), "");
  EXPECT_FALSE(root.find("b"));
  EXPECT_FALSE(root.find("a").find("x"));  // a list has no members by name
  EXPECT_FALSE(root.find("").first());
  EXPECT_FALSE(json_node());
  EXPECT_FALSE(json_node().is(node_kind::null));
  EXPECT_FALSE(json_node().find("a"));
}

TEST(json_trees, ignore_white_space_and_one_byte_order_mark) {
  for (const char* text : {" [1]", "[1] ", "\t\r\n[\n1\r]\t", "\xEF\xBB\xBF[1]", "\xEF\xBB\xBF [1]\n"}) {
    const reading is = read(text);
    ASSERT_TRUE(is.document) << text << is.told();
    EXPECT_EQ(is.document->root().first().text(), "1");
  }
}

// RFC 6901: ~ is written ~0 and / is written ~1.
TEST(json_pointers, lead_to_each_place) {
  const reading is = read(R"({"fees": [{"id": "a"}, {"id": "b", "price/month": {"m~n": [0, [7]], "~1": 1, "": 2}}]})");
  ASSERT_TRUE(is.document) << is.told();
  const json_node root = is.document->root();
  EXPECT_EQ(root.pointer(), "");
  const json_node second = root.find("fees").first().next();
  EXPECT_EQ(second.pointer(), "/fees/1");
  EXPECT_EQ(second.find("id").pointer(), "/fees/1/id");
  const json_node price = second.find("price/month");
  EXPECT_EQ(price.pointer(), "/fees/1/price~1month");
  EXPECT_EQ(price.find("m~n").first().next().first().pointer(), "/fees/1/price~1month/m~0n/1/0");
  EXPECT_EQ(price.find("~1").pointer(), "/fees/1/price~1month/~01");
  EXPECT_EQ(price.find("").pointer(), "/fees/1/price~1month/");
}

// ---- what is told ----

TEST(json_keys, that_stand_twice_are_told_at_the_place_of_the_second) {
  struct row { const char* text; std::vector<std::string> places; };
  for (const row& one : {
         row{R"({"a": 1, "a": 2})", {"/a"}}, row{R"({"a": 1, "b": 2, "a": 3, "a": 4})", {"/a", "/a"}}, row{R"({"a": {"b": 1, "c": 2, "b": 3}, "c": 1})", {"/a/b"}},
         row{R"([{}, {"x/y": 1, "x/y": 1}])", {"/1/x~1y"}}, row{R"({"a": 1, "\u0061": 2})", {"/a"}}, row{R"({"": 1, "": 2})", {"/"}},
         row{R"({"a": {"a": {"a": 1}}, "A": 1})", {}}, row{R"([{"a": 1}, {"a": 1}])", {}}}) {
    const reading is = read(one.text);
    ASSERT_TRUE(is.document) << one.text;  // the rest of it can still be checked
    ASSERT_EQ(is.found.all().size(), one.places.size()) << one.text;
    for (std::size_t i = 0; i < one.places.size(); ++i) {
      EXPECT_EQ(is.found.all()[i].code, "T102") << one.text;
      EXPECT_EQ(is.found.all()[i].pointer, one.places[i]) << one.text;
    }
  }
  EXPECT_EQ(read(R"({"price": 1, "price": 2})").found.all()[0].value("name"), "price");
  EXPECT_EQ(read(R"({"a": 1, "a": 2})").document->root().find("a").text(), "1");
}

class not_json : public testing::TestWithParam<std::string> {};

TEST_P(not_json, is_told_and_gives_no_document) {
  const reading is = read(GetParam());
  EXPECT_FALSE(is.document) << GetParam();
  ASSERT_EQ(is.found.all().size(), 1U) << GetParam();
  EXPECT_EQ(is.found.all()[0].code, "T116") << GetParam();
}

INSTANTIATE_TEST_SUITE_P(structure, not_json, testing::Values(
  "", " ", "\xEF\xBB\xBF", "[", "]", "{", "[1", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":1 \"b\":2}", "{1:2}",
  "1 2", "[] []", "{}x", "nul", "True", "undefined"));
INSTANTIATE_TEST_SUITE_P(numbers, not_json, testing::Values(
  "01", "-01", "+1", ".5", "1.", "-", "1e", "1e+", "0x10", "NaN", "Infinity", "-Infinity", "1_000", "1,5", "--1", "2.80%", "\xEF\xBC\x91"));
INSTANTIATE_TEST_SUITE_P(comments, not_json, testing::Values(
  "// remark\n1", "1 // remark", "/* remark */ 1", "[1, /* remark */ 2]", "{\"a\": 1 /* remark */}", "# remark\n1"));
INSTANTIATE_TEST_SUITE_P(texts, not_json, testing::Values(
  "\"", "\"abc", "'abc'", "\"a\nb\"", "\"a\tb\"", std::string("\"a\0b\"", 5), "\"\x1f\"", R"("\x41")", R"("\u12")", R"("\u12g4")", R"("\'")", R"("\)"));
INSTANTIATE_TEST_SUITE_P(lone_surrogates, not_json, testing::Values(
  R"("\ud83c")", R"("\udfe2")", R"("\ud83cx")", R"("\ud83c\u0041")", R"("\ud83c\ud83c")", R"("\udfe2\ud83c")", R"({"\ud83c": 1})", "\"\xED\xA0\xBC\""));
INSTANTIATE_TEST_SUITE_P(bytes_that_are_not_utf_8, not_json, testing::Values(
  "\"\xFF\"", "\"\x80\"", "\"\xC3\"", "\"\xC3(\"", "\"\xE7\x89\"", "\"\xC0\x80\"", "\"\xC1\xBF\"", "\"\xE0\x80\xAF\"", "\"\xF0\x80\x80\xAF\"",
  "\"\xF4\x90\x80\x80\"", "\"\xF5\x80\x80\x80\"", "{\"\xFF\": 1}", "\xFF", "[1]\xFF", "\xEF\xBB\xBF\xEF\xBB\xBF[1]", "[\xEF\xBB\xBF" "1]",
  std::string("\xFF\xFE[\0]\0", 6), std::string("\0[\0]", 4)));

TEST(json_faults, are_told_by_line_and_column) {
  struct row { const char* text; const char* place; };
  for (const row& one : {row{"[1,]", "line 1, column 4"}, row{"{\n  \"a\": 1,\n}", "line 3, column 1"}, row{"\xEF\xBB\xBF[1,]", "line 1, column 4"},
                         row{"[1]\n[2]", "line 2, column 1"}, row{"", "line 1, column 1"}}) {
    const reading is = read(one.text);
    ASSERT_EQ(is.found.all().size(), 1U) << one.text;
    EXPECT_TRUE(is.found.all()[0].value("what").ends_with(std::string(" at ") + one.place)) << is.told();
  }
}

// ---- limits ----

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(json_limits_test, a_document_is_64_deep_at_most) {
  EXPECT_TRUE(read(nested(64)).document);
  const reading deep = read(nested(65));
  EXPECT_FALSE(deep.document);
  ASSERT_EQ(deep.found.all().size(), 1U);
  EXPECT_EQ(deep.found.all()[0].code, "T116");
}

TEST(json_limits_test, a_hundred_thousand_brackets_are_refused_and_not_followed) {
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_FALSE(read(nested(100'000)).document);
  EXPECT_FALSE(read(objects).document);
}

TEST(json_limits_test, the_depth_is_the_caller_s) {
  json_limits limits;
  limits.depth = 2;
  EXPECT_TRUE(read(R"({"a": [1]})", limits).document);
  EXPECT_FALSE(read(R"({"a": [[]]})", limits).document);
  EXPECT_FALSE(read(R"([{"a": {}}])", limits).document);
}

TEST(json_limits_test, bytes_are_counted) {
  json_limits limits;
  limits.bytes = 5;
  EXPECT_TRUE(read("[1,2]", limits).document);
  const reading is = read("[1,2] ", limits);
  EXPECT_FALSE(is.document);
  ASSERT_EQ(is.found.all().size(), 1U);
  EXPECT_EQ(is.found.all()[0].code, "T151");
  EXPECT_EQ(is.found.all()[0].value("limit"), "5 bytes");
  EXPECT_EQ(is.found.all()[0].value("what"), "6 bytes");
}

TEST(json_limits_test, values_are_counted_with_the_objects_and_lists_that_hold_them) {
  json_limits limits;
  limits.nodes = 4;
  EXPECT_TRUE(read(R"({"a": [1, 2]})", limits).document);
  const reading is = read(R"({"a": [1, 2], "b": 3})", limits);
  EXPECT_FALSE(is.document);
  ASSERT_EQ(is.found.all().size(), 1U);
  EXPECT_EQ(is.found.all()[0].code, "T151");
  EXPECT_EQ(is.found.all()[0].value("limit"), "4 values");
}

}  // namespace
