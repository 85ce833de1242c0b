// SPDX-License-Identifier: Apache-2.0
//
// Every mistake of the documents that a schema refuses is told in Chinese, without a clause of English in it.
#include <dues/dues.hpp>

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// Names and words of a document may be English; these join a clause.
bool has_english(std::string_view said) {
  const auto letter = [&](std::size_t at) { return at < said.size() && said[at] >= 'a' && said[at] <= 'z'; };
  for (const std::string_view joint : {" a ", " an ", " the ", " of ", " is ", " are ", " or ", " and ", " at ", " to ", " with ", " for ", " goes ", " needs ", " holds "})
    for (std::size_t at = said.find(joint); at != std::string_view::npos; at = said.find(joint, at + 1))
      if (at != 0 && letter(at - 1) && letter(at + joint.size())) return true;
  return false;
}

TEST(a_mistake_in_a_tariff, is_told_in_chinese) {
  std::size_t told = 0;
  for (const auto& file : std::filesystem::directory_iterator(DUES_SOURCE_DIR "/tests/schema/wrong")) {
    if (file.path().filename().string().starts_with("facts-")) continue;
    const auto document = boost::json::parse(text_of(file.path())).at("document");
    const dues::compile_result made = dues::compile(boost::json::serialize(document));
    for (const dues::diagnostic& one : made.found.all()) {
      const std::string said = dues::message(one, dues::language::chinese());
      EXPECT_FALSE(has_english(said)) << file.path().filename() << ": " << one.code << ' ' << said;
      ++told;
    }
  }
  EXPECT_GT(told, 60U);
}

}  // namespace
