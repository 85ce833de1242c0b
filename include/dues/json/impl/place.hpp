// SPDX-License-Identifier: Apache-2.0
//
// Where in a text something stands, for messages. Not public.
#pragma once

#include <dues/config.hpp>

#include <algorithm>
#include <string>
#include <string_view>

DUES_BEGIN

namespace detail {

// "line 3, column 7" of a byte offset.
inline std::string place_of(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t last = before.rfind('\n');
  const std::size_t column = last == std::string_view::npos ? offset + 1 : offset - last;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

inline std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

}  // namespace detail

DUES_END
