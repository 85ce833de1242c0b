// SPDX-License-Identifier: Apache-2.0
//
// Every mistake of the documents that a schema refuses is told in Chinese, without a clause of English in it.
#include <dues/dues.hpp>

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

TEST(a_mistake_in_a_tariff, is_told_in_chinese) {
  // Names and words of a document may be English; these join a clause.
  const std::regex clause("[a-z] (a|an|the|of|is|are|or|and|at|to|with|for|goes|needs|holds) [a-z0-9]");
  std::size_t told = 0;
  for (const auto& file : std::filesystem::directory_iterator(DUES_SOURCE_DIR "/tests/schema/wrong")) {
    if (file.path().filename().string().starts_with("facts-")) continue;
    const auto document = boost::json::parse(text_of(file.path())).at("document");
    const dues::compile_result made = dues::compile(boost::json::serialize(document));
    for (const dues::diagnostic& one : made.found.all()) {
      const std::string said = dues::message(one, dues::language::chinese());
      EXPECT_FALSE(std::regex_search(said, clause)) << file.path().filename() << ": " << one.code << ' ' << said;
      ++told;
    }
  }
  EXPECT_GT(told, 60U);
}

}  // namespace
