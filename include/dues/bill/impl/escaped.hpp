// SPDX-License-Identifier: Apache-2.0
//
// Parts of keys, percent-escaped: for keys of lines and of what the ledger records. Not public.
#pragma once

#include <dues/config.hpp>

#include <array>
#include <string>
#include <string_view>

DUES_BEGIN

namespace detail {

// Everything but letters, digits, '-', '.', '_', '~', ':' is escaped byte by byte (RFC 3986).
inline void append_escaped(std::string& out, std::string_view part) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr auto plain = [] {
    std::array<bool, 256> made{};
    for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:")) made[static_cast<unsigned char>(c)] = true;
    return made;
  }();
  // Room for the longest, once: a run writes a million ids.
  const std::size_t begin = out.size();
  out.resize(begin + 3 * part.size());
  char* to = out.data() + begin;
  for (const char c : part) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain[byte]) {
      *to++ = c;
      continue;
    }
    *to++ = '%';
    *to++ = hex[byte >> 4];
    *to++ = hex[byte & 15U];
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

// The text that append_escaped wrote.
inline std::string unescaped(std::string_view part) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const std::size_t high = part[i] == '%' && i + 2 < part.size() ? hex.find(part[i + 1]) : std::string_view::npos;
    const std::size_t low = high == std::string_view::npos ? high : hex.find(part[i + 2]);
    if (low == std::string_view::npos) {
      out += part[i];
      continue;
    }
    out += static_cast<char>(high * hex.size() + low);
    i += 2;
  }
  return out;
}

}  // namespace detail

DUES_END
