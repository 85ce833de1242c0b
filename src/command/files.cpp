// SPDX-License-Identifier: Apache-2.0

#include "files.hpp"

#include "command.hpp"
#include "table.hpp"
#include "texts.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace dues::command {

namespace {

std::string reason(int error, const language& words) {
  switch (error) {
    case ENOENT: return std::string(say(words, "no_such_file"));
    case EISDIR: return std::string(say(words, "is_directory"));
    case EACCES: return std::string(say(words, "not_permitted"));
    case ENOSPC: return std::string(say(words, "no_space"));
    case EPIPE: return std::string(say(words, "closed"));
    default: return std::strerror(error);
  }
}

[[noreturn]] void fail(std::string_view text, const std::string& name, int error, const language& words) {
  throw failure(no_file, say(words, text, {{"name", name}, {"why", reason(error, words)}}));
}

struct closes {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::string shown_name(const std::string& name, const language& words) { return name == "-" ? std::string(say(words, "standard_input")) : printable(name); }

std::string input_files::read(const std::string& name) {
  const bool standard = name == "-";
  const std::string shown = shown_name(name, words_);
  if (standard && stdin_read_) throw failure(wrong_use, std::string(say(words_, "stdin_twice")));
  std::unique_ptr<std::FILE, closes> opened;
  std::FILE* file = stdin;
  if (standard) {
    stdin_read_ = true;
  } else {
    opened.reset(std::fopen(name.c_str(), "rb"));
    file = opened.get();
    if (file == nullptr) fail("cannot_read", shown, errno, words_);
  }
  std::string text;
  std::string block(std::size_t{1} << 18, '\0');
  while (true) {
    const std::size_t count = std::fread(block.data(), 1, block.size(), file);
    text.append(block, 0, count);
    if (count == block.size()) continue;
    if (std::ferror(file) != 0) fail("cannot_read", shown, errno, words_);
    return text;
  }
}

void write_file(const std::string& name, std::string_view text, const language& words) {
  const bool standard = name.empty() || name == "-";
  const std::string shown = standard ? std::string(say(words, "standard_output")) : printable(name);
  std::FILE* file = standard ? stdout : std::fopen(name.c_str(), "wb");
  if (file == nullptr) fail("cannot_write", shown, errno, words);
  errno = 0;
  bool good = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  good = std::fflush(file) == 0 && good;
  int error = errno;
  // A disk may say only at the end that it is full.
  if (!standard && std::fclose(file) != 0) {
    if (good) error = errno;
    good = false;
  }
  if (!good) fail("cannot_write", shown, error, words);
}

void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fputc('\n', stderr);
}

}  // namespace dues::command
