// SPDX-License-Identifier: Apache-2.0
//
// Tables for a terminal. Chinese, Japanese and Korean characters take two columns there, so a width
// is counted in columns, never in bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dues::command {

/// Columns that a UTF-8 text takes in a terminal: wide characters 2, combining ones 0.
/// @source Unicode Standard Annex 11, East Asian Width
std::size_t width(std::string_view text);

/// The text with control characters replaced, so that no fact can steer the terminal. Bytes that are
/// no UTF-8 are replaced too.
std::string printable(std::string_view text);

/// Columns of the first `bytes` bytes of a text, after printable().
std::size_t width_before(std::string_view text, std::size_t bytes);

enum class align { left, right };

/// Rows of cells, padded to columns when written.
class table {
 public:
  struct column {
    std::string title;
    align to = align::left;
  };
  explicit table(std::vector<column> columns) : columns_(std::move(columns)) {}
  /// Precondition: a cell for each column.
  void add(std::vector<std::string> cells);
  bool empty() const noexcept { return rows_.empty(); }
  /// Appends title and rows; no line ends in spaces.
  void append_to(std::string& out) const;

 private:
  std::vector<column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace dues::command
