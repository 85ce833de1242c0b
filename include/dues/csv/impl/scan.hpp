// SPDX-License-Identifier: Apache-2.0
//
// Eight bytes at a time where a machine has the lowest byte first, one at a time elsewhere: most of
// a file is plain text, and that is passed over quickly. Not public.
#pragma once

#include <dues/config.hpp>

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

DUES_BEGIN

namespace detail {

inline constexpr std::uint64_t low_bits = 0x0101010101010101U, high_bits = 0x8080808080808080U;

// The high bit of the first byte that is zero, and perhaps of some after it (Mycroft, 1987).
constexpr std::uint64_t zero_byte(std::uint64_t v) noexcept { return (v - low_bits) & ~v & high_bits; }
constexpr std::uint64_t eight_of(char c) noexcept { return low_bits * static_cast<unsigned char>(c); }

inline std::uint64_t load_eight(std::string_view text, std::size_t at) noexcept {
  std::uint64_t v;
  std::memcpy(&v, text.data() + at, sizeof v);
  return v;
}

// Where the next comma, quote or line break stands, or the end.
inline std::size_t find_special(std::string_view text, std::size_t at) noexcept {
  if constexpr (std::endian::native == std::endian::little) {
    for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
      const std::uint64_t v = load_eight(text, at);
      const std::uint64_t found = zero_byte(v ^ eight_of(',')) | zero_byte(v ^ eight_of('"')) | zero_byte(v ^ eight_of('\n')) | zero_byte(v ^ eight_of('\r'));
      if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
  }
  while (at < text.size() && text[at] != ',' && text[at] != '"' && text[at] != '\n' && text[at] != '\r') ++at;
  return at;
}

// Where the next byte stands that is NUL or no ASCII, or the end.
inline std::size_t end_of_plain(std::string_view text, std::size_t at) noexcept {
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    const std::uint64_t v = load_eight(text, at);
    if (((v | zero_byte(v)) & high_bits) != 0) break;
  }
  while (at < text.size() && text[at] > 0) ++at;
  return at;
}

}  // namespace detail

DUES_END
