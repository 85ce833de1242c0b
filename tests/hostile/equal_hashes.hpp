// SPDX-License-Identifier: Apache-2.0
//
// A million texts that one hash cannot tell apart. libstdc++ hashes eight bytes at a time, by steps that
// can be undone (MurmurHash64A, with a fixed seed), so that after any eight bytes there are eight that
// lead to a chosen state. Two such pairs, each of a thousand, make a million texts of 32 bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace dues_test {

class equal_hashes {
 public:
  static constexpr std::size_t length = 32;

  /// `n` x `n` texts of printable ASCII without quotes, backslashes and commas.
  explicit equal_hashes(std::size_t n) : first_(pairs(begin(), middle, n)), second_(pairs(middle, end, n)) {}
  std::size_t size() const { return first_.size() * second_.size(); }
  std::string at(std::size_t i) const { return first_[i / second_.size()] + second_[i % second_.size()]; }

 private:
  static constexpr std::uint64_t multiplier = 0xc6a4a7935bd1e995U, inverse = 0x5f7a0ea7e59b19bdU, seed = 0xc70f6907U;
  static constexpr std::uint64_t middle = 0x123456789abcdefU, end = 0xfedcba987654321U;  // any states
  static_assert(multiplier * inverse == 1);

  static std::uint64_t begin() { return seed ^ (length * multiplier); }
  static std::uint64_t mix(std::uint64_t v) { return v ^ (v >> 47U); }  // its own inverse
  static std::uint64_t after(std::uint64_t state, std::uint64_t block) { return (state ^ (mix(block * multiplier) * multiplier)) * multiplier; }
  // The block that leads from one state to another.
  static std::uint64_t between(std::uint64_t from, std::uint64_t to) { return mix((from ^ (to * inverse)) * inverse) * inverse; }

  static bool printable(std::uint64_t block) {
    for (int i = 0; i < 8; ++i, block >>= 8U) {
      const std::uint64_t c = block & 0xffU;
      if (c < 0x21 || c > 0x7e || c == '"' || c == '\\' || c == ',') return false;
    }
    return true;
  }

  static std::vector<std::string> pairs(std::uint64_t from, std::uint64_t to, std::size_t n) {
    std::vector<std::string> made;
    for (std::uint64_t tried = 0; made.size() < n; ++tried) {
      std::string text(16, '0');
      for (std::uint64_t rest = tried, i = 0; i < 8; ++i, rest /= 64) text[i] = static_cast<char>('0' + rest % 64);
      std::uint64_t block = 0;
      std::memcpy(&block, text.data(), 8);
      if (!printable(block)) continue;
      block = between(after(from, block), to);
      if (!printable(block)) continue;
      std::memcpy(text.data() + 8, &block, 8);
      made.push_back(std::move(text));
    }
    return made;
  }

  std::vector<std::string> first_, second_;
};

}  // namespace dues_test
