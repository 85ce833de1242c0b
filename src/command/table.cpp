// SPDX-License-Identifier: Apache-2.0

#include "table.hpp"

#include <dues/config.hpp>

#include <algorithm>
#include <iterator>

namespace dues::command {

namespace {

struct code_point {
  char32_t value = 0;
  std::size_t bytes = 1;
  bool good = false;
};

// The first character of a text that is not empty; a byte that begins none is one by itself.
code_point first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 0;
  if (bytes == 0 || bytes > text.size()) return {};
  char32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  const bool shortest = bytes == 2 || (bytes == 3 ? value >= 0x800 : value >= 0x10000);
  if (!shortest || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return {};
  return {value, bytes, true};
}

struct range {
  char32_t first, last;
};

// Sorted. The wide and full-width blocks of the annex; unassigned places between them count as wide,
// as the annex says for the ideographic planes.
constexpr range wide_ranges[] = {
    {0x1100, 0x115F}, {0x231A, 0x231B}, {0x2329, 0x232A}, {0x23E9, 0x23EC}, {0x2E80, 0x303E}, {0x3041, 0x4DBF}, {0x4E00, 0xA4CF}, {0xA960, 0xA97F},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE10, 0xFE19}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x16FE0, 0x18AFF}, {0x1B000, 0x1B2FF},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
// Marks that stand on the character before, and joiners.
constexpr range empty_ranges[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
                                  {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};
// Controls, and marks that turn the direction of writing: they could make a text look like another.
constexpr range control_ranges[] = {{0x00, 0x1F}, {0x7F, 0x9F}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}};

template <std::size_t Count>
bool is_in(const range (&ranges)[Count], char32_t value) {
  const auto* at = std::lower_bound(std::begin(ranges), std::end(ranges), value, [](const range& one, char32_t wanted) { return one.last < wanted; });
  return at != std::end(ranges) && at->first <= value;
}

std::size_t width_of(char32_t value) { return is_in(empty_ranges, value) ? 0 : is_in(wide_ranges, value) ? 2 : 1; }

}  // namespace

std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const code_point one = first_of(text);
    columns += one.good ? width_of(one.value) : 1;
    text.remove_prefix(one.bytes);
  }
  return columns;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const code_point one = first_of(text);
    if (!one.good) out += "\uFFFD";
    else if (!is_in(control_ranges, one.value)) out += text.substr(0, one.bytes);
    else out += one.value == '\t' || one.value == '\n' || one.value == '\r' ? " " : "\uFFFD";
    text.remove_prefix(one.bytes);
  }
  return out;
}

std::size_t width_before(std::string_view text, std::size_t bytes) { return width(printable(text.substr(0, std::min(bytes, text.size())))); }

void table::add(std::vector<std::string> cells) {
  DUES_ASSERT(cells.size() == columns_.size());
  for (std::string& cell : cells) cell = printable(cell);
  rows_.push_back(std::move(cells));
}

void table::append_to(std::string& out) const {
  std::vector<std::size_t> widest;
  for (const column& one : columns_) widest.push_back(width(one.title));
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widest[i] = std::max(widest[i], width(row[i]));
  const auto append_row = [&](const auto& text_of) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& text = text_of(i);
      const std::string pad(widest[i] - width(text), ' ');
      if (i != 0) line += "  ";
      line += columns_[i].to == align::right ? pad + text : text + pad;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  };
  append_row([&](std::size_t i) -> const std::string& { return columns_[i].title; });
  for (const auto& row : rows_) append_row([&](std::size_t i) -> const std::string& { return row[i]; });
}

}  // namespace dues::command
