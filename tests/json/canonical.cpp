// SPDX-License-Identifier: Apache-2.0
//
// The canonical text, of which a content hash is taken: one for all ways to write a document, and
// another for another document.
#include "documents.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

using dues_test::canonical;

TEST(canonical, sorts_the_keys_of_every_object_and_drops_the_spaces) {
  struct row { const char* text; const char* wanted; };
  for (const row& one : {
         row{R"( { "b" : 1 , "a" : [ 3 , 1 , 2 ] } )", R"({"a":[3,1,2],"b":1})"}, row{R"({"b":{"z":1,"y":{"d":1,"c":2}},"a":[{"q":1,"p":2}]})", R"({"a":[{"p":2,"q":1}],"b":{"y":{"c":2,"d":1},"z":1}})"},
         row{"{}", "{}"}, row{"[ ]", "[]"}, row{"[[],{},[{}]]", "[[],{},[{}]]"}, row{"[null,true,false]", "[null,true,false]"}, row{" \"x\" ", "\"x\""},
         // By bytes: capitals before small letters, the shorter before the longer, Chinese after ASCII.
         row{R"({"b":1,"B":2,"a1":3,"a":4,"物":5,"_":6,"":7})", R"({"":7,"B":2,"_":6,"a":4,"a1":3,"b":1,"物":5})"}})
    EXPECT_EQ(canonical(one.text), one.wanted);
}

TEST(canonical, keeps_numbers_as_they_are_written) {
  EXPECT_EQ(canonical("[2.80, 2.8, 1e5, -0, 100000000000000000000000000000000000001]"), "[2.80,2.8,1e5,-0,100000000000000000000000000000000000001]");
}

TEST(canonical, writes_a_text_in_one_way) {
  EXPECT_EQ(canonical(R"("\u00e9\/\u0041")"), "\"é/A\"");
  EXPECT_EQ(canonical(R"({"\u0062":1,"a":2})"), R"({"a":2,"b":1})");
  EXPECT_EQ(canonical(R"("\u000a\u0022\u005c\u0000\u007f")"), R"("\n\"\\\u0000\u007f")");
}

TEST(canonical, does_not_depend_on_a_byte_order_mark) { EXPECT_EQ(canonical("\xEF\xBB\xBF{\"a\":1}"), canonical("{\"a\":1}")); }

TEST(canonical, tells_apart_what_is_different) {
  EXPECT_NE(canonical("[1,2]"), canonical("[2,1]"));
  EXPECT_NE(canonical("[\"1\"]"), canonical("[1]"));
  EXPECT_NE(canonical("[[1],2]"), canonical("[1,[2]]"));
  EXPECT_NE(canonical("[null]"), canonical("[\"null\"]"));
  EXPECT_NE(canonical("{\"a\":\"b\"}"), canonical("{\"a\":{\"b\":1}}"));
}

/// A document as a list of lines that assign; written with its keys in the order given, or shuffled.
std::string drawn(int depth, bool shuffled) {
  const int kind = *rc::gen::inRange(0, depth == 0 ? 4 : 7);
  std::string out;
  if (kind == 0) return *rc::gen::elementOf(std::vector<std::string>{"null", "true", "false"});
  if (kind == 1) return *rc::gen::elementOf(std::vector<std::string>{"0", "2.80", "-1e5", "99999999999999999999"});
  if (kind <= 3) {
    dues::append_json_text(out, dues_test::any_text());
    return out;
  }
  const int members = *rc::gen::inRange(0, 4);
  std::vector<std::string> parts;
  for (int i = 0; i < members; ++i) {
    std::string part;
    if (kind != 4) {  // the number makes the keys of an object different from each other
      dues::append_json_text(part, dues_test::any_text() + std::to_string(i));
      part += shuffled ? " : " : ":";
    }
    parts.push_back(part + drawn(depth - 1, shuffled));
  }
  out = kind == 4 ? "[" : "{";
  for (std::size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : ",") + parts[i];
  return out + (kind == 4 ? "]" : "}");
}

RC_GTEST_PROP(canonical_property, is_its_own_canonical_text, ()) {
  const std::string once = canonical(drawn(4, true));
  RC_ASSERT(dues_test::read(once).document != nullptr);
  RC_ASSERT(canonical(once) == once);
}

RC_GTEST_PROP(canonical_property, is_one_for_every_order_of_the_keys, ()) {
  const int count = *rc::gen::inRange(1, 8);
  std::vector<std::string> members;
  for (int i = 0; i < count; ++i) {
    std::string member;
    dues::append_json_text(member, dues_test::any_text() + std::to_string(i));
    members.push_back(member + ":" + drawn(2, false));
  }
  const auto object = [](const std::vector<std::string>& of) {
    std::string out;
    for (const std::string& member : of) out += (out.empty() ? "{" : ",") + member;
    return out + "}";
  };
  auto other = members;
  for (std::size_t i = other.size(); i > 1; --i) std::swap(other[i - 1], other[*rc::gen::inRange<std::size_t>(0, i)]);
  RC_ASSERT(canonical(object(members)) == canonical(object(other)));
}

}  // namespace
