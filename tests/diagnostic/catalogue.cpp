// SPDX-License-Identifier: Apache-2.0
//
// The catalogue itself: found by binary search, told in two languages, and listed in the language's page.
#include <dues/diagnostic/catalogue.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace {

using dues::catalogue;
using dues::catalogue_entry;
using names = std::set<std::string>;

/// What stands between { and }.
names placeholders(std::string_view text) {
  names found;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1))
    found.emplace(text.substr(open + 1, text.find('}', open) - open - 1));
  return found;
}

/// The text with its placeholders taken out.
std::string words_of(std::string_view text) {
  std::string words;
  bool inside = false;
  for (const char c : text) {
    if (c == '{') inside = true;
    if (!inside) words += c;
    if (c == '}') inside = false;
  }
  return words;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

TEST(catalogue_test, is_sorted_by_code_and_has_each_once) {
  const auto all = catalogue();
  ASSERT_FALSE(all.empty());
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(all[i - 1].code, all[i].code);
}

TEST(catalogue_test, codes_are_a_letter_for_their_subject_and_three_digits) {
  for (const catalogue_entry& entry : catalogue()) {
    ASSERT_EQ(entry.code.size(), 4U) << entry.code;
    EXPECT_NE(std::string_view("CTFLPQR").find(entry.code[0]), std::string_view::npos) << entry.code;
    EXPECT_TRUE(std::all_of(entry.code.begin() + 1, entry.code.end(), [](char c) { return c >= '0' && c <= '9'; })) << entry.code;
  }
}

TEST(catalogue_test, every_entry_is_found_by_its_code_and_nothing_else_is) {
  for (const catalogue_entry& entry : catalogue()) EXPECT_EQ(dues::find_entry(entry.code), &entry) << entry.code;
  for (const char* code : {"", "T", "T10", "T000", "T999", "t100", "T1000", "A100", "Z999"}) EXPECT_EQ(dues::find_entry(code), nullptr) << code;
}

TEST(catalogue_test, every_entry_has_a_message_and_a_cure_in_english_and_in_chinese) {
  for (const catalogue_entry& entry : catalogue()) {
    for (const auto text : {entry.en, entry.zh, entry.cure_en, entry.cure_zh}) EXPECT_FALSE(text.empty()) << entry.code;
    EXPECT_TRUE(is_ascii(entry.en) && is_ascii(entry.cure_en)) << entry.code;
    // A message that is nothing but a value has no words of its own.
    if (!words_of(entry.en).empty()) {
      EXPECT_FALSE(is_ascii(entry.zh)) << entry.code << ": " << entry.zh;
    }
    EXPECT_FALSE(is_ascii(entry.cure_zh)) << entry.code << ": " << entry.cure_zh;
  }
}

TEST(catalogue_test, both_languages_name_the_same_values) {
  for (const catalogue_entry& entry : catalogue()) {
    EXPECT_EQ(placeholders(entry.en), placeholders(entry.zh)) << entry.code;
    EXPECT_EQ(placeholders(entry.cure_en), placeholders(entry.cure_zh)) << entry.code;
  }
}

TEST(catalogue_test, values_are_named_by_words_in_braces_that_close) {
  for (const catalogue_entry& entry : catalogue())
    for (const auto text : {entry.en, entry.zh, entry.cure_en, entry.cure_zh}) {
      EXPECT_EQ(std::count(text.begin(), text.end(), '{'), std::count(text.begin(), text.end(), '}')) << text;
      for (const std::string& name : placeholders(text))
        EXPECT_TRUE(!name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; })) << text;
    }
}

TEST(catalogue_test, only_what_does_not_stop_a_tariff_is_a_warning) {
  names warnings;
  for (const catalogue_entry& entry : catalogue())
    if (entry.level == dues::severity::warning) warnings.emplace(entry.code);
  EXPECT_EQ(warnings, (names{"L140", "P121", "T120", "T121", "T122", "T141", "T160", "T214", "T224", "T250", "T251", "T261"}));  // LANGUAGE.md, 7
}

/// The codes of the first column of LANGUAGE.md's table, "F101 to F104" taken apart.
names codes_of_the_page() {
  std::ifstream page(std::string(DUES_SOURCE_DIR) + "/include/dues/tariff/LANGUAGE.md");
  names codes;
  bool here = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) here = line.find("Diagnostics") != std::string::npos;
    if (!here || !line.starts_with("| ") || line.starts_with("| code")) continue;
    std::istringstream column(line.substr(2, line.find('|', 2) - 2));
    int last = 0;
    bool range = false;
    for (std::string word; column >> word;) {
      if (word == "to") {
        range = true;
        continue;
      }
      const int number = std::stoi(word.substr(1, 3));
      for (int n = range ? last + 1 : number; n <= number; ++n) codes.insert(word[0] + std::to_string(n));
      last = number;
      range = false;
    }
  }
  return codes;
}

TEST(catalogue_test, is_the_list_that_the_language_page_has) {
  names codes;
  for (const catalogue_entry& entry : catalogue()) codes.emplace(entry.code);
  EXPECT_EQ(codes, codes_of_the_page());
}

}  // namespace
