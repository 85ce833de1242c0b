// SPDX-License-Identifier: Apache-2.0
//
// Writing JSON: in the order told, escaped, and read back as what was meant.
#include "documents.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>

namespace {

using dues::json_writer;

std::string written(std::string_view text) {
  std::string out;
  dues::append_json_text(out, text);
  return out;
}

TEST(json_text_written, is_escaped_where_it_must_be) {
  struct row { std::string text; const char* wanted; };
  for (const row& one : {row{"", R"("")"}, row{"abc", R"("abc")"}, row{"\"", R"("\"")"}, row{"\\", R"("\\")"}, row{"a/b", R"("a/b")"},
                         row{"\n\r\t", R"("\n\r\t")"}, row{"\b\f", R"("\u0008\u000c")"}, row{std::string("a\0b", 3), R"("a\u0000b")"},
                         row{"\x01\x1f", R"("\u0001\u001f")"}, row{"\x7f", R"("\u007f")"}, row{"物业费 🏢", R"("物业费 🏢")"}})
    EXPECT_EQ(written(one.text), one.wanted);
}

TEST(json_text_written, is_appended) {
  std::string out = "[";
  dues::append_json_text(out, "a");
  EXPECT_EQ(out, "[\"a\"");
}

void write_bill(json_writer& out) {
  out.begin_object();
  out.member("account", "A-1").key("lines").begin_array();
  out.begin_object().member("amount", "248.06").key("days").integer(31).key("paid").boolean(false).end_object();
  out.text("x").integer(INT64_MIN).boolean(true);
  out.begin_array().end_array().begin_object().end_object();
  out.end_array().key("none").begin_object().end_object().end_object();
}

TEST(json_writer_test, without_indentation_writes_no_space) {
  std::string out;
  json_writer writer(out, false);
  write_bill(writer);
  EXPECT_EQ(out, R"({"account":"A-1","lines":[{"amount":"248.06","days":31,"paid":false},"x",-9223372036854775808,true,[],{}],"none":{}})");
}

TEST(json_writer_test, indents_by_two_spaces) {
  std::string out;
  json_writer writer(out);
  write_bill(writer);
  EXPECT_EQ(out, R"({
  "account": "A-1",
  "lines": [
    {
      "amount": "248.06",
      "days": 31,
      "paid": false
    },
    "x",
    -9223372036854775808,
    true,
    [],
    {}
  ],
  "none": {}
})");
}

TEST(json_writer_test, escapes_keys_and_values) {
  std::string out;
  json_writer writer(out, false);
  writer.begin_object().member("a\"b", "c\nd").end_object();
  EXPECT_EQ(out, R"({"a\"b":"c\nd"})");
}

TEST(json_writer_test, writes_a_single_value_too) {
  std::string out;
  json_writer(out).text("x");
  EXPECT_EQ(out, "\"x\"");
}

TEST(json_writer_test, indented_or_not_is_the_same_document) {
  std::string close;
  std::string wide;
  json_writer one(close, false);
  json_writer other(wide);
  write_bill(one);
  write_bill(other);
  EXPECT_EQ(dues_test::canonical(close), dues_test::canonical(wide));
}

RC_GTEST_PROP(json_writer_property, every_text_is_read_back, ()) {
  const std::string text = dues_test::any_text();
  const auto is = dues_test::read(written(text));
  RC_ASSERT(is.document != nullptr);
  RC_ASSERT(is.document->root().text() == text);
}

RC_GTEST_PROP(json_writer_property, every_key_and_value_is_read_back, ()) {
  const std::string key = dues_test::any_text();
  const std::string value = dues_test::any_text();
  const auto number = *rc::gen::arbitrary<std::int64_t>();
  std::string out;
  json_writer(out, *rc::gen::arbitrary<bool>()).begin_object().member(key, value).key(key + "2").integer(number).end_object();
  const auto is = dues_test::read(out);
  RC_ASSERT(is.document != nullptr);
  RC_ASSERT(is.document->root().find(key).text() == value);
  RC_ASSERT(is.document->root().find(key + "2").text() == std::to_string(number));
}

}  // namespace
