// SPDX-License-Identifier: Apache-2.0
//
// Files are read as bytes, whole or block by block, and every write is checked up to the end: a full
// disk or a reader that went away is told, never lost.
#pragma once

#include <dues/diagnostic/catalogue.hpp>

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
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
  /// Hands over the file in blocks until it ends or `take` returns false.
  /// @throws failure as read() does
  void read_blocks(const std::string& name, const std::function<bool(std::string_view)>& take);

 private:
  const language& words_;
  bool stdin_read_ = false;
};

/// A result on its way into a file; an empty name or "-" is standard output. A regular file gets its
/// name only when all is written, and replaces one that was there; a device or a pipe is written to
/// directly. What is not finished is removed.
class output_file {
 public:
  /// @throws failure (no_file), as do write and finish
  output_file(const std::string& name, const language& words);
  ~output_file();
  output_file(const output_file&) = delete;
  output_file& operator=(const output_file&) = delete;

  void write(std::string_view text);
  void finish();
  std::uint64_t bytes() const noexcept { return bytes_; }

 private:
  struct closes {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  void open_beside(const std::string& name);
  [[noreturn]] void fail(int error) const;

  const language& words_;
  std::string shown_;
  std::string final_, beside_;  ///< empty when it is written to directly
  std::unique_ptr<std::FILE, closes> opened_;
  std::FILE* file_ = nullptr;   ///< opened_ or standard output
  std::uint64_t bytes_ = 0;
};

/// Writes all of `text` as one output_file.
/// @throws failure (no_file)
void write_file(const std::string& name, std::string_view text, const language& words);

/// A line on standard error, where nothing can be done when it fails.
void write_error(std::string_view text);

}  // namespace dues::command
