// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/csv/impl/scan.hpp>
#include <dues/csv/reader.hpp>
#include <dues/diagnostic/nearest.hpp>
#include <dues/diagnostic/shortened.hpp>

#include <algorithm>
#include <cstring>
#include <numeric>

DUES_BEGIN

csv_reader::csv_reader(std::string_view table, csv_sink& sink, diagnostics& found, std::vector<std::string> needed, csv_limits limits)
    : table_(table), sink_(sink), found_(found), needed_(std::move(needed)), limits_(limits) {}

void csv_reader::tell(std::string_view code, std::size_t column, std::initializer_list<std::pair<std::string_view, std::string>> more) {
  std::string pointer = "/" + table_;
  const std::string_view name = column != 0 && column <= names_.size() ? std::string_view(names_[column - 1]) : std::string_view();
  if (headed_ && row_ >= 2) pointer += "/" + std::to_string(row_ - 2);
  if (headed_ && !name.empty()) pointer += "/" + std::string(name);
  diagnostic made = make_diagnostic(code, std::move(pointer), more);
  made.values.emplace_back("row", std::to_string(row_));
  if (column != 0) made.values.emplace_back("column", std::to_string(column));
  if (column != 0) made.values.emplace_back("name", shortened(name));
  found_.add(std::move(made));
  whole_ = false;
}

bool csv_reader::fail(std::string_view code, std::size_t column, std::initializer_list<std::pair<std::string_view, std::string>> more) {
  tell(code, column, more);
  stopped_ = true;
  return false;
}

bool csv_reader::within_limits(std::size_t cell, std::size_t row_end) {
  if (cell > limits_.cell_bytes) return fail("F149", cells_.size() + 1, {{"what", "a cell"}, {"limit", std::to_string(limits_.cell_bytes) + " bytes"}});
  if (row_end - row_begin_ > limits_.row_bytes) return fail("F149", cells_.size() + 1, {{"what", "a row"}, {"limit", std::to_string(limits_.row_bytes) + " bytes"}});
  return true;
}

bool csv_reader::end_cell(std::size_t begin, std::size_t end) {
  if (!within_limits(end - begin, at_)) return false;
  if (cells_.size() >= limits_.columns) return fail("F149", cells_.size() + 1, {{"what", "the number of columns"}, {"limit", std::to_string(limits_.columns)}});
  cells_.push_back({begin, end});
  return true;
}

bool csv_reader::take_header() {
  for (std::size_t i = 0; i < views_.size(); ++i)
    if (views_[i].size() > limits_.name_bytes) return fail("F149", i + 1, {{"what", "the name of a column"}, {"limit", std::to_string(limits_.name_bytes) + " bytes"}});
  for (const std::string_view name : views_) names_.emplace_back(name);
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (names_[i].empty()) tell("F145", i + 1, {});
  std::vector<std::size_t> order(names_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return names_[a] != names_[b] ? names_[a] < names_[b] : a < b; });
  std::vector<std::size_t> again;
  for (std::size_t i = 1; i < order.size(); ++i)
    if (!names_[order[i]].empty() && names_[order[i]] == names_[order[i - 1]]) again.push_back(order[i]);
  std::sort(again.begin(), again.end());
  for (const std::size_t i : again) tell("F144", i + 1, {});
  const std::vector<std::string_view> all(names_.begin(), names_.end());
  for (const std::string& one : needed_)
    if (std::find(all.begin(), all.end(), one) == all.end())
      tell("F146", 0, {{"is", one}, {"table", table_}, {"nearest", std::string(nearest_name(one, all))}});
  headed_ = true;
  stopped_ = !whole_ || !sink_.header(names_);
  if (stopped_) whole_ = false;
  return !stopped_;
}

bool csv_reader::end_row() {
  const bool blank = cells_.size() == 1 && cells_[0].begin == cells_[0].end && !quoted_row_;
  if (!blank) {
    if (row_ > limits_.rows) return fail("F149", 0, {{"what", "the number of rows"}, {"limit", std::to_string(limits_.rows)}});
    views_.clear();
    for (const piece one : cells_) views_.emplace_back(buffer_.data() + one.begin, one.end - one.begin);
    if (!headed_) {
      if (!take_header()) return false;
    } else if (cells_.size() != names_.size()) {
      tell("F143", 0, {{"is", std::to_string(cells_.size())}, {"wanted", std::to_string(names_.size())}});
    } else {
      sink_.record(row_, views_);
    }
  }
  cells_.clear();
  quoted_row_ = false;
  ++row_;
  row_begin_ = at_;
  state_ = state::cell_begins;
  return true;
}

bool csv_reader::scan_bare() {
  at_ = detail::find_special(buffer_, at_);
  if (!within_limits(at_ - begin_, at_)) return false;
  if (at_ == buffer_.size()) return true;
  switch (buffer_[at_]) {
    case ',':
      if (!end_cell(begin_, at_)) return false;
      ++at_;
      state_ = state::cell_begins;
      return true;
    case '\n':
      if (!end_cell(begin_, at_)) return false;
      ++at_;
      return end_row();
    case '\r':
      if (!end_cell(begin_, at_)) return false;
      ++at_;
      state_ = state::after_return;
      return true;
    default: return fail("F142", cells_.size() + 1, {{"what", "\""}});
  }
}

// Doubled quotes are made single where they stand: a cell only becomes shorter.
bool csv_reader::scan_quoted() {
  char* const bytes = buffer_.data();
  const void* const found = std::memchr(bytes + at_, '"', buffer_.size() - at_);
  const std::size_t end = found == nullptr ? buffer_.size() : static_cast<std::size_t>(static_cast<const char*>(found) - bytes);
  if (write_ != at_) std::memmove(bytes + write_, bytes + at_, end - at_);
  write_ += end - at_;
  at_ = end;
  if (!within_limits(write_ - begin_, at_)) return false;
  if (at_ == buffer_.size()) return true;
  ++at_;
  state_ = state::after_quote;
  return true;
}

bool csv_reader::after_quote(char next) {
  switch (next) {
    case '"':
      buffer_[write_++] = '"';
      ++at_;
      state_ = state::quoted;
      return true;
    case ',':
      if (!end_cell(begin_, write_)) return false;
      ++at_;
      state_ = state::cell_begins;
      return true;
    case '\n':
      if (!end_cell(begin_, write_)) return false;
      ++at_;
      return end_row();
    case '\r':
      if (!end_cell(begin_, write_)) return false;
      ++at_;
      state_ = state::after_return;
      return true;
    default: return fail("F141", cells_.size() + 1);
  }
}

bool csv_reader::scan() {
  while (at_ < buffer_.size()) {
    bool goes_on = true;
    switch (state_) {
      case state::cell_begins:
        if (buffer_[at_] == '"') {
          quoted_row_ = true;
          begin_ = write_ = ++at_;
          state_ = state::quoted;
          break;
        }
        begin_ = at_;
        state_ = state::bare;
        [[fallthrough]];
      case state::bare: goes_on = scan_bare(); break;
      case state::quoted: goes_on = scan_quoted(); break;
      case state::after_quote: goes_on = after_quote(buffer_[at_]); break;
      case state::after_return:
        if (buffer_[at_] != '\n') return fail("F142", cells_.size(), {{"what", "CR"}});
        ++at_;
        goes_on = end_row();
        break;
    }
    if (!goes_on) return false;
  }
  return true;
}

// As many bytes as begin whole or unfinished characters of UTF-8, none of them NUL (Unicode, table 3-7).
std::size_t csv_reader::valid_prefix(std::string_view slice) {
  std::size_t i = 0;
  while (i < slice.size()) {
    if (bytes_left_ == 0) {
      i = detail::end_of_plain(slice, i);
      if (i == slice.size()) return i;
    }
    const auto byte = static_cast<unsigned char>(slice[i]);
    if (bytes_left_ != 0) {
      if (byte < lowest_ || byte > highest_) return i;
      --bytes_left_;
      lowest_ = 0x80;
      highest_ = 0xBF;
    } else if (byte == 0) {
      saw_nul_ = true;
      return i;
    } else if (byte >= 0xC2 && byte <= 0xDF) {
      bytes_left_ = 1;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
      bytes_left_ = 2;
      if (byte == 0xE0) lowest_ = 0xA0;
      if (byte == 0xED) highest_ = 0x9F;
    } else if (byte >= 0xF0 && byte <= 0xF4) {
      bytes_left_ = 3;
      if (byte == 0xF0) lowest_ = 0x90;
      if (byte == 0xF4) highest_ = 0x8F;
    } else if (byte >= 0x80) {
      return i;
    }
    ++i;
  }
  return i;
}

bool csv_reader::read(std::string_view slice) {
  const std::size_t valid = valid_prefix(slice);
  buffer_ += slice.substr(0, valid);
  if (!scan()) return false;
  if (valid != slice.size()) {
    if (saw_nul_) return fail("F148", cells_.size() + 1);
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(slice[valid]);
    return fail("F147", cells_.size() + 1, {{"what", std::string("byte 0x") + digits[byte >> 4U] + digits[byte & 15U]}});
  }
  if (row_begin_ != 0) {
    buffer_.erase(0, row_begin_);
    at_ -= row_begin_;
    // Of a row that has begun; else they are set anew before they are read.
    begin_ -= std::min(begin_, row_begin_);
    write_ -= std::min(write_, row_begin_);
    for (piece& one : cells_) one = {one.begin - row_begin_, one.end - row_begin_};
    row_begin_ = 0;
  }
  return true;
}

bool csv_reader::feed(std::string_view chunk) {
  if (stopped_) return false;
  if (!led_) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    while (!chunk.empty() && lead_.size() < mark.size() && chunk[0] == mark[lead_.size()]) {
      lead_ += chunk[0];
      chunk.remove_prefix(1);
    }
    if (lead_.size() < mark.size() && chunk.empty()) return true;
    led_ = true;
    if (lead_ != mark && !read(lead_)) return false;
  }
  constexpr std::size_t slice_bytes = std::size_t{64} << 10;
  for (; !chunk.empty(); chunk.remove_prefix(std::min(slice_bytes, chunk.size())))
    if (!read(chunk.substr(0, slice_bytes))) return false;
  return true;
}

bool csv_reader::finish() {
  if (stopped_) return false;
  if (!led_ && !read(lead_)) return false;
  led_ = true;
  if (bytes_left_ != 0) return fail("F147", cells_.size() + 1, {{"what", "the end of the file inside a character"}});
  switch (state_) {
    case state::quoted: return fail("F140", cells_.size() + 1);
    case state::bare:
      if (!end_cell(begin_, at_) || !end_row()) return false;
      break;
    case state::after_quote:
      if (!end_cell(begin_, write_) || !end_row()) return false;
      break;
    case state::after_return:
      if (!end_row()) return false;
      break;
    case state::cell_begins:  // after a comma one more cell, after a line break nothing
      if (!cells_.empty() && (!end_cell(at_, at_) || !end_row())) return false;
      break;
  }
  stopped_ = true;
  if (!headed_) return fail("F150", 0, {{"table", table_}});
  return whole_;
}

DUES_END
