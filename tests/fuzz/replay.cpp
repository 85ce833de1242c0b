// SPDX-License-Identifier: Apache-2.0
//
// Every input that is kept, once more, in every build: seeds, and what the fuzzers found.
#include "fuzz/targets.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace fs = std::filesystem;

std::size_t replay(const dues_fuzz::target& one, const fs::path& folder) {
  std::size_t inputs = 0;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    SCOPED_TRACE(file.path().string());
    std::ifstream in(file.path(), std::ios::binary);
    one.run(std::string(std::istreambuf_iterator<char>(in), {}));
    ++inputs;
  }
  return inputs;
}

TEST(what_fuzzers_keep, holds) {
  for (const auto& one : dues_fuzz::targets) EXPECT_GT(replay(one, fs::path(DUES_SOURCE_DIR) / "tests/fuzz/corpus" / one.name), 5U) << one.name;
}

TEST(documents_of_ours, hold_as_seeds_do) { EXPECT_GT(replay(dues_fuzz::targets[0], fs::path(DUES_SOURCE_DIR) / "src/data/examples"), 5U); }

}  // namespace
