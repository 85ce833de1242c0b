// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/csv/impl/scan.hpp>
#include <dues/csv/writer.hpp>

DUES_BEGIN

namespace detail {

// -5, +1.25, -6%
inline bool is_written_number(std::string_view text) noexcept {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (!text.empty() && text.back() == '%') text.remove_suffix(1);
  const auto digits = [](std::string_view part) { return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos; };
  const std::size_t point = text.find('.');
  return digits(text.substr(0, point)) && (point == std::string_view::npos || digits(text.substr(point + 1)));
}

inline void append_csv_parts(std::string& out, std::string_view before, std::string_view text) {
  // A cell that begins like a byte order mark would lose it as the first of a file.
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (find_special(text, 0) == text.size() && (!text.starts_with(mark) || !before.empty())) {
    out += before;
    out += text;
    return;
  }
  out += '"';
  out += before;
  for (std::size_t quote; (quote = text.find('"')) != std::string_view::npos; text.remove_prefix(quote + 1)) {
    out += text.substr(0, quote);
    out += "\"\"";
  }
  out += text;
  out += '"';
}

}  // namespace detail

void append_csv_cell(std::string& out, std::string_view text) { detail::append_csv_parts(out, {}, text); }

bool runs_in_a_spreadsheet(std::string_view text) noexcept {
  constexpr std::string_view starts = "=+-@\t\r";
  return !text.empty() && starts.find(text.front()) != std::string_view::npos && !detail::is_written_number(text);
}

void append_csv_cell_for_people(std::string& out, std::string_view text) { detail::append_csv_parts(out, runs_in_a_spreadsheet(text) ? "'" : "", text); }

DUES_END
