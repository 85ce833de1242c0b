// SPDX-License-Identifier: Apache-2.0
//
// The words of an expression. Not public.
#pragma once

#include <dues/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>

DUES_BEGIN

namespace detail {

enum class token_kind : std::uint8_t { end, number, rate, name, quoted, sign, unreadable };

struct token {
  token_kind kind = token_kind::end;
  std::string_view text;  ///< of a quoted word: without its quotes; of a rate: without its sign
  std::int32_t position = 0;
};

/// The token that begins at or after `at`; moves `at` past it.
inline token next_token(std::string_view source, std::size_t& at) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  while (at < source.size() && (source[at] == ' ' || source[at] == '\t' || source[at] == '\n' || source[at] == '\r')) ++at;
  const std::size_t begin = at;
  const auto made = [&](token_kind kind, std::size_t from, std::size_t length) {
    return token{kind, source.substr(from, length), static_cast<std::int32_t>(begin)};
  };
  if (at == source.size()) return made(token_kind::end, begin, 0);
  const char c = source[at];
  if (is_digit(c)) {
    while (at < source.size() && is_digit(source[at])) ++at;
    if (at + 1 < source.size() && source[at] == '.' && is_digit(source[at + 1])) {
      ++at;
      while (at < source.size() && is_digit(source[at])) ++at;
    }
    const std::size_t length = at - begin;
    if (at < source.size() && source[at] == '%') {
      ++at;
      return made(token_kind::rate, begin, length);
    }
    return made(token_kind::number, begin, length);
  }
  if (is_letter(c)) {
    while (at < source.size() && (is_letter(source[at]) || is_digit(source[at]) || (source[at] == '.' && at + 1 < source.size() && is_letter(source[at + 1])))) ++at;
    return made(token_kind::name, begin, at - begin);
  }
  if (c == '\'') {
    const std::size_t close = source.find('\'', at + 1);
    if (close == std::string_view::npos) {
      at = source.size();
      return made(token_kind::unreadable, begin, 1);
    }
    at = close + 1;
    return made(token_kind::quoted, begin + 1, close - begin - 1);
  }
  for (const std::string_view sign : {"!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", ","})
    if (source.substr(at, sign.size()) == sign) {
      at += sign.size();
      return made(token_kind::sign, begin, sign.size());
    }
  // One whole UTF-8 character, so that the message can show it.
  ++at;
  while (at < source.size() && (static_cast<unsigned char>(source[at]) & 0xC0U) == 0x80U) ++at;
  return made(token_kind::unreadable, begin, at - begin);
}

}  // namespace detail

DUES_END
