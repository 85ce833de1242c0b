// SPDX-License-Identifier: Apache-2.0
//
// Bytes that are no text, texts that do not end, and nesting without end: in a tariff and in facts.
#include "hostile/documents.hpp"

namespace {

using namespace dues_test;

struct document {
  const char* what;
  std::string text;   ///< JSON of one value
};

void expect_place(const dues::diagnostic& one, int line, int column) {
  const std::string what(one.value("what"));
  for (int after = 0; after <= 10; ++after)
    if (what.ends_with(" at line " + std::to_string(line) + ", column " + std::to_string(column + after))) return;
  ADD_FAILURE() << what;
}

TEST(a_document_that_is_no_text, is_refused_with_line_and_column) {
  // The value begins at line 4, column 102 of the tariff and at line 1, column 67 of the facts; the
  // mistake is told in it or, when it does not end, a few bytes behind.
  const std::vector<document> documents{
      {"a byte that is no UTF-8", "\"a\xFFz\""},
      {"a character cut short", "\"\xE4\xBD\""},
      {"an overlong slash", "\"\xC0\xAF\""},
      {"a surrogate in UTF-8", "\"\xED\xA0\x80\""},
      {"a lone high surrogate", "\"\\ud800\""},
      {"a lone low surrogate", "\"\\udc00\""},
      {"two high surrogates", "\"\\ud800\\ud800\""},
      {"a NUL between values", std::string("\0", 1)},
      {"a NUL in a text", std::string("\"a\0b\"", 5)},
      {"a text that does not end", "\"abc"},
      {"no value at all", ""},
  };
  for (const document& one : documents) {
    SCOPED_TRACE(one.what);
    expect_within(at_once, [&] {
      const dues::compile_result made = compile_price(one.text);
      expect_one(made.found.all(), "T116 : not a JSON document: ");
      expect_place(made.found.all()[0], 4, 102);
      EXPECT_EQ(made.compiled, nullptr);
      const dues::facts_result loaded = load_cells("\"code\":" + one.text);
      expect_one(loaded.found.all(), "F108 : not a JSON document: ");
      expect_place(loaded.found.all()[0], 1, 67);
      EXPECT_EQ(loaded.loaded, nullptr);
    });
  }
}

TEST(an_escaped_nul, is_a_character_that_no_id_or_expression_has) {
  expect_one(compile_price("\"unit.area\\u0000\"").found.all(), "T201 /fees/0/price@9: ");
  std::string tariff = tariff_of("1");
  tariff.replace(tariff.find("\"id\":\"t\""), 8, "\"id\":\"t\\u0000\"");
  expect_one(dues::compile(tariff).found.all(), "T118 /id: ");
}

TEST(a_hundred_megabytes, of_one_text_are_refused_by_their_size) {
  const std::string text = "\"" + std::string(100'000'000, 'x') + "\"";
  const std::string tariff = tariff_of(text);
  expect_within({0.1, 16}, [&] { expect_one(dues::compile(tariff).found.all(), "T151 : the document is larger than 67108864 bytes"); });
}

TEST(nesting, of_ten_thousand_lists_is_refused_where_it_passes_the_limit) {
  for (const char* const open : {"[", "{\"a\":"}) {
    std::string deep;
    for (int i = 0; i < 10'000; ++i) deep += open;
    expect_within(at_once, [&] {
      const dues::compile_result made = compile_price(deep);
      expect_one(made.found.all(), "T116 : not a JSON document: too deep at line 4");
      EXPECT_EQ(dues::compile(deep).compiled, nullptr);
      const dues::facts_result loaded = load_cells("\"code\":" + deep);
      ASSERT_EQ(loaded.found.all().size(), 1U);
      EXPECT_EQ(loaded.found.all()[0].code, "F108");
      EXPECT_EQ(loaded.loaded, nullptr);
    });
  }
}

// Places are made of keys, so a long key above many mistakes would be copied into each of them.
TEST(a_long_key, is_refused_before_it_is_in_every_place_below_it) {
  std::string tariff = "{\"" + std::string(1'000'000, 'k') + "\":{";
  for (int i = 0; i < 1'000; ++i) tariff += "\"a\":1,";
  tariff += "\"a\":1}}";
  expect_within({0.2, 32}, [&] { expect_one(dues::compile(tariff).found.all(), "T151 : the document is larger than 1000 bytes of a key"); });
}

}  // namespace
