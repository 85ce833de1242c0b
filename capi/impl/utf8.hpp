// SPDX-License-Identifier: Apache-2.0
//
// Whether a text of the caller's is UTF-8, before it can get into a message.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace dues::capi {

/// ASCII without a 0, as most ids and all numbers are.
inline bool is_plain(std::string_view text) noexcept {
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101, high_bits = 0x8080'8080'8080'8080;
  std::uint64_t eight = 0;
  for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
    std::memcpy(&eight, text.data(), sizeof eight);
    if ((((eight - ones) | eight) & high_bits) != 0) return false;  // a byte of 0 borrows
  }
  for (const char one : text)
    if (one <= 0 || static_cast<unsigned char>(one) >= 0x80) return false;
  return true;
}

/// Well-formed as the Unicode Standard 15.0 has it, table 3-7: no surrogates, nothing longer than needed.
inline bool is_utf8(std::string_view text) noexcept {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  const auto follows = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
  for (std::size_t i = 0; i < text.size();) {
    constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080;
    for (std::uint64_t eight = 0; text.size() - i >= sizeof eight; i += sizeof eight) {
      std::memcpy(&eight, text.data() + i, sizeof eight);
      if ((eight & high_bits) != 0) break;
    }
    if (i == text.size()) break;
    const unsigned first = byte(i);
    if (first < 0x80) {
      ++i;
    } else if (first >= 0xC2 && first <= 0xDF) {
      if (!follows(i + 1)) return false;
      i += 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
      const unsigned least = first == 0xE0 ? 0xA0U : 0x80U, most = first == 0xED ? 0x9FU : 0xBFU;
      if (byte(i + 1) < least || byte(i + 1) > most || !follows(i + 2)) return false;
      i += 3;
    } else if (first >= 0xF0 && first <= 0xF4) {
      const unsigned least = first == 0xF0 ? 0x90U : 0x80U, most = first == 0xF4 ? 0x8FU : 0xBFU;
      if (byte(i + 1) < least || byte(i + 1) > most || !follows(i + 2) || !follows(i + 3)) return false;
      i += 4;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace dues::capi
