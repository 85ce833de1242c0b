// SPDX-License-Identifier: Apache-2.0

#include "tell.hpp"

#include "files.hpp"
#include "table.hpp"
#include "texts.hpp"

#include <dues/diagnostic/nearest.hpp>
#include <dues/json/node.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace dues::command {

namespace {

constexpr std::size_t most_told = 20;

std::string unescaped(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '~' && i + 1 < token.size();
    out += !escape ? token[i] : token[++i] == '1' ? '/' : '~';
  }
  return out;
}

// RFC 6901.
json_node follow(json_node at, std::string_view pointer) {
  while (at && !pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    if (at.is(node_kind::object)) {
      at = at.find(unescaped(token));
    } else {
      std::uint32_t index = 0;
      const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
      if (!at.is(node_kind::array) || error != std::errc() || index >= at.size()) return {};
      at = at.first();
      for (; index != 0; --index) at = at.next();
    }
  }
  return at;
}

std::optional<std::string> text_at(std::string_view document, std::string_view pointer) {
  diagnostics ignored;
  const auto read = document.empty() ? nullptr : read_json(document, ignored);
  const json_node node = read == nullptr ? json_node() : follow(read->root(), pointer);
  if (!node.is(node_kind::text)) return std::nullopt;
  return std::string(node.text());
}

// The expression with a caret under the place; of a long one, what is around the place.
std::string shown(std::string_view text, std::size_t position) {
  constexpr std::size_t before = 40, after = 40;
  const auto at_character = [&](std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    return std::min(at, text.size());
  };
  position = at_character(position);
  const std::size_t from = position > before ? at_character(position - before) : 0;
  const std::size_t to = text.size() - position > after ? at_character(position + after) : text.size();
  const std::string lead = from == 0 ? "    " : "    …";
  std::string out = lead + printable(text.substr(from, to - from)) + (to == text.size() ? "" : "…") + "\n";
  return out + std::string(width(lead) + width_before(text.substr(from), position - from), ' ') + "^\n";
}

}  // namespace

std::string tell(const diagnostic& found, std::string_view document, const language& words) {
  std::string out(say(words, found.level == severity::error ? "error" : "warning"));
  out += " " + found.code;
  if (!found.pointer.empty()) out += " " + printable(found.pointer);
  out += std::string(say(words, "colon")) + printable(message(found, words)) + "\n";
  if (found.position >= 0)
    if (const auto text = text_at(document, found.pointer)) out += shown(*text, static_cast<std::size_t>(found.position));
  const std::string help = cure(found, words);
  if (!help.empty()) out += "    " + printable(help) + "\n";
  return out;
}

std::string say_none_of(std::string_view option, std::string_view is, std::span<const std::string_view> known, const language& words) {
  std::string list;
  for (const std::string_view one : known) list += (list.empty() ? "" : ", ") + std::string(one);
  const std::string text = say(words, "none_of", {{"option", std::string(option)}, {"is", std::string(is)}, {"words", list}});
  const std::string_view nearest = nearest_name(is, known);
  return nearest.empty() ? text : text + say(words, "did_you_mean", {{"nearest", std::string(nearest)}});
}

std::size_t warnings_in(std::span<const diagnostic> found) {
  return static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [](const diagnostic& one) { return one.level == severity::warning; }));
}

void tell_all(std::span<const diagnostic> found, std::size_t errors, std::string_view document, const language& words) {
  std::string out;
  std::size_t told = 0;
  for (const severity level : {severity::error, severity::warning})
    for (const diagnostic& one : found) {
      if (one.level != level || told == most_told) continue;
      out += tell(one, document, words);
      ++told;
    }
  const std::size_t all = errors + warnings_in(found);
  if (all > told) out += say(words, "more_diagnostics", {{"n", std::to_string(all - told)}}) + "\n";
  if (out.empty()) return;
  out.pop_back();
  write_error(out);
}

}  // namespace dues::command
