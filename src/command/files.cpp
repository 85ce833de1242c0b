// SPDX-License-Identifier: Apache-2.0

#include "files.hpp"

#include "command.hpp"
#include "table.hpp"
#include "texts.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

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
  std::string text;
  read_blocks(name, [&](std::string_view block) {
    text += block;
    return true;
  });
  return text;
}

void input_files::read_blocks(const std::string& name, const std::function<bool(std::string_view)>& take) {
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
  std::string block(std::size_t{1} << 18, '\0');
  while (true) {
    const std::size_t count = std::fread(block.data(), 1, block.size(), file);
    if (count != 0 && !take(std::string_view(block).substr(0, count))) return;
    if (count == block.size()) continue;
    if (std::ferror(file) != 0) fail("cannot_read", shown, errno, words_);
    return;
  }
}

output_file::output_file(const std::string& name, const language& words) : words_(words) {
  namespace fs = std::filesystem;
  const bool standard = name.empty() || name == "-";
  shown_ = standard ? std::string(say(words, "standard_output")) : printable(name);
  if (standard) {
    file_ = stdout;
    return;
  }
  std::error_code ignored;
  const fs::file_status was = fs::status(name, ignored);
  if (fs::exists(was) && !fs::is_regular_file(was)) opened_.reset(std::fopen(name.c_str(), "wb"));
  else open_beside(name);
  if (opened_ == nullptr) fail(errno);
  file_ = opened_.get();
  // What comes are chunks already.
  std::setvbuf(file_, nullptr, _IONBF, 0);
}

// Beside it, so that the name can be given in one step: on the same file system.
void output_file::open_beside(const std::string& name) {
  namespace fs = std::filesystem;
  std::error_code none;
  final_ = name;
  if (fs::exists(name, none)) {
    // Who may not write the file may not replace it. A link goes on pointing where it points.
    if (std::unique_ptr<std::FILE, closes>(std::fopen(name.c_str(), "r+b")) == nullptr) return;
    if (const fs::path real = fs::canonical(name, none); !none) final_ = real.string();
  }
  constexpr int most_tries = 100;  // as many runs may write the same file at once
  for (int i = 0; i < most_tries && opened_ == nullptr; ++i) {
    beside_ = final_ + ".part" + (i == 0 ? std::string() : std::to_string(i));
    opened_.reset(std::fopen(beside_.c_str(), "wbx"));
    if (opened_ == nullptr && errno != EEXIST) break;
  }
  if (opened_ == nullptr) {
    beside_.clear();
    return;
  }
  if (const fs::file_status was = fs::status(final_, none); fs::exists(was)) fs::permissions(beside_, was.permissions(), none);
}

output_file::~output_file() {
  opened_.reset();
  if (!beside_.empty()) std::remove(beside_.c_str());
}

void output_file::fail(int error) const { command::fail("cannot_write", shown_, error, words_); }

void output_file::write(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) fail(errno);
  bytes_ += text.size();
}

void output_file::finish() {
  errno = 0;
  if (std::fflush(file_) != 0) fail(errno);
  if (opened_ == nullptr) return;
  // A disk may say only at the end that it is full.
  if (std::fclose(opened_.release()) != 0) fail(errno);
  if (beside_.empty()) return;
  std::error_code error;
  std::filesystem::rename(beside_, final_, error);
  if (error) fail(error.value());
  beside_.clear();
}

void write_file(const std::string& name, std::string_view text, const language& words) {
  output_file file(name, words);
  file.write(text);
  file.finish();
}

void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fputc('\n', stderr);
}

}  // namespace dues::command
