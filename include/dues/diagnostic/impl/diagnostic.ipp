// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/diagnostic/catalogue.hpp>
#include <dues/diagnostic/diagnostic.hpp>
#include <dues/diagnostic/nearest.hpp>
#include <dues/diagnostic/impl/phrases.ipp>
#include <dues/diagnostic/shortened.hpp>

#include <algorithm>
#include <array>

DUES_BEGIN

std::string_view diagnostic::value(std::string_view name) const noexcept {
  for (const auto& [key, text] : values)
    if (key == name) return text;
  return {};
}

diagnostic make_diagnostic(std::string_view code, std::string pointer,
                           std::initializer_list<std::pair<std::string_view, std::string>> values,
                           int position) {
  const catalogue_entry* entry = find_entry(code);
  DUES_ASSERT(entry != nullptr);
  diagnostic made;
  made.code = code;
  made.level = entry->level;
  made.pointer = std::move(pointer);
  made.position = position;
  for (const auto& [name, text] : values) made.values.emplace_back(std::string(name), text);
  return made;
}

void diagnostics::add(diagnostic found) {
  if (found.level == severity::error) ++errors_;
  else if (found_.size() - kept_errors_ >= most_warnings) return;
  if (found_.size() >= limit) return;
  if (found.level == severity::error) ++kept_errors_;
  found_.push_back(std::move(found));
}

const catalogue_entry* find_entry(std::string_view code) noexcept {
  const auto all = catalogue();
  const auto at = std::lower_bound(all.begin(), all.end(), code,
                                   [](const auto& e, std::string_view c) { return e.code < c; });
  return at != all.end() && at->code == code ? &*at : nullptr;
}

language::language(std::string tag, std::map<std::string, std::string, std::less<>> texts)
    : tag_(std::move(tag)), texts_(std::move(texts)) {}

const language& language::english() {
  static const language words("en", {});
  return words;
}

const language& language::chinese() {
  static const language words("zh", {});
  return words;
}

std::optional<std::string_view> language::text(std::string_view key) const {
  const auto at = texts_.find(key);
  if (at == texts_.end()) return std::nullopt;
  return std::string_view(at->second);
}

std::string fill(std::string_view pattern,
                 std::span<const std::pair<std::string, std::string>> values) {
  std::string out;
  out.reserve(pattern.size() + 32);
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    if (open == std::string_view::npos) return out += pattern;
    const std::size_t close = pattern.find('}', open);
    if (close == std::string_view::npos) return out += pattern;
    out += pattern.substr(0, open);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    for (const auto& [key, text] : values)
      if (key == name) out += text;
    pattern.remove_prefix(close + 1);
  }
  return out;
}

namespace detail {

// Values that are words of ours, not of who wrote the document; `is` is ours where a limit or dates are meant.
inline std::string fill_spoken(std::string_view pattern, const diagnostic& found, const language& words) {
  static constexpr std::array<std::string_view, 10> ours{"expected", "found", "has", "left", "limit", "operator", "right", "wanted", "what", "words"};
  if (!words.is_chinese()) return fill(pattern, found.values);
  auto values = found.values;
  for (auto& [name, text] : values)
    if (std::find(ours.begin(), ours.end(), name) != ours.end() || (name == "is" && (found.code == "F106" || found.code == "T100" || found.code == "T208"))) text = in_chinese(text);
  return fill(pattern, values);
}

}  // namespace detail

std::string message(const diagnostic& found, const language& words) {
  if (const auto laid = words.text(found.code)) return fill(*laid, found.values);
  const catalogue_entry* entry = find_entry(found.code);
  if (entry == nullptr) return found.code;
  const std::string_view pattern = words.is_chinese() ? entry->zh : entry->en;
  std::string text = detail::fill_spoken(pattern, found, words);
  // Of a row of CSV a person wants to know where it is in the file.
  const std::string row(found.value("row")), column(found.value("column"));
  if (!row.empty() && pattern.find("{row}") == std::string_view::npos) {
    text += words.is_chinese() ? "（第 " + row + " 行" : " (row " + row;
    if (!column.empty()) text += words.is_chinese() ? "第 " + column + " 列" : ", column " + column;
    text += words.is_chinese() ? "）" : ")";
  }
  const std::string_view near = found.value("nearest");
  if (!near.empty())
    text += words.is_chinese() ? "；是否想写“" + std::string(near) + "”？"
                               : "; did you mean '" + std::string(near) + "'?";
  return text;
}

std::string cure(const diagnostic& found, const language& words) {
  if (const auto laid = words.text(found.code + ".cure")) return fill(*laid, found.values);
  const catalogue_entry* entry = find_entry(found.code);
  if (entry == nullptr) return {};
  return detail::fill_spoken(words.is_chinese() ? entry->cure_zh : entry->cure_en, found, words);
}

std::string shortened(std::string_view text) {
  constexpr std::size_t longest = 80;
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // between characters
  return std::string(text.substr(0, end)) + "...";
}

std::string listed(std::span<const std::string_view> words) {
  constexpr std::size_t most_listed = 20;
  const std::size_t listed = std::min(words.size(), most_listed);
  std::string out;
  for (std::size_t i = 0; i < listed; ++i) {
    if (i != 0) out += i + 1 == words.size() ? " or " : ", ";
    out += shortened(words[i]);
  }
  if (listed < words.size()) out += " or " + std::to_string(words.size() - listed) + " more";
  return out;
}

std::string_view nearest_name(std::string_view word, std::span<const std::string_view> names) {
  constexpr std::size_t longest = 64;
  if (word.empty() || word.size() > longest) return {};
  std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::string_view found;
  for (const std::string_view name : names) {
    if (name.size() > longest || name == word) continue;
    const std::size_t apart = name.size() > word.size() ? name.size() - word.size() : word.size() - name.size();
    if (apart >= best) continue;  // the distance is no less
    std::array<std::uint8_t, longest + 1> row{};
    for (std::size_t j = 0; j <= name.size(); ++j) row[j] = static_cast<std::uint8_t>(j);
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::uint8_t diagonal = row[0];
      row[0] = static_cast<std::uint8_t>(i);
      for (std::size_t j = 1; j <= name.size(); ++j) {
        const std::uint8_t above = row[j];
        const int changed = diagonal + (word[i - 1] == name[j - 1] ? 0 : 1);
        row[j] = static_cast<std::uint8_t>(std::min({changed, above + 1, row[j - 1] + 1}));
        diagonal = above;
      }
    }
    if (row[name.size()] < best) {
      best = row[name.size()];
      found = name;
    }
  }
  return found;
}

DUES_END
