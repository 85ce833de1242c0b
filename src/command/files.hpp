// SPDX-License-Identifier: Apache-2.0
//
// Files are read whole and as bytes, and every write is checked up to the end: a full disk or a
// reader that went away is told, never lost.
#pragma once

#include <dues/diagnostic/catalogue.hpp>

#include <string>
#include <string_view>

namespace dues::command {

/// A file as messages name it: "-" is called standard input.
std::string shown_name(const std::string& name, const language& words);

/// Reads files of one run; "-" is standard input, which can be read once.
class input_files {
 public:
  explicit input_files(const language& words) : words_(words) {}
  /// @throws failure (no_file) when it cannot be read, (wrong_use) for standard input a second time
  std::string read(const std::string& name);

 private:
  const language& words_;
  bool stdin_read_ = false;
};

/// Writes all of `text`; an empty name or "-" is standard output.
/// @throws failure (no_file)
void write_file(const std::string& name, std::string_view text, const language& words);

/// A line on standard error, where nothing can be done when it fails.
void write_error(std::string_view text);

}  // namespace dues::command
