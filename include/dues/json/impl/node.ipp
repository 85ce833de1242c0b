// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/json/impl/place.hpp>
#include <dues/json/node.hpp>
#include <dues/json/writer.hpp>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>

DUES_BEGIN

std::string_view describe(node_kind kind) noexcept {
  switch (kind) {
    case node_kind::null: return "null";
    case node_kind::boolean: return "true or false";
    case node_kind::number: return "a number";
    case node_kind::text: return "a text";
    case node_kind::array: return "a list";
    case node_kind::object: return "an object";
  }
  return {};
}

node_kind json_node::kind() const { return owner_->entries[at_].kind; }
std::string_view json_node::text() const { return owner_->entries[at_].text; }
bool json_node::truth() const { return owner_->entries[at_].truth; }
std::string_view json_node::key() const { return owner_->entries[at_].key; }
std::uint32_t json_node::size() const { return owner_->entries[at_].size; }

json_node json_node::first() const {
  const std::uint32_t at = owner_->entries[at_].first;
  return at == json_document::none ? json_node() : json_node(owner_, at);
}

json_node json_node::next() const {
  const std::uint32_t at = owner_->entries[at_].next;
  return at == json_document::none ? json_node() : json_node(owner_, at);
}

json_node json_node::find(std::string_view name) const {
  if (owner_ == nullptr || kind() != node_kind::object) return {};
  for (json_node member = first(); member; member = member.next())
    if (member.key() == name) return member;
  return {};
}

std::string json_node::pointer() const {
  std::vector<std::string> parts;
  for (std::uint32_t at = at_; owner_->entries[at].parent != json_document::none;) {
    const auto& entry = owner_->entries[at];
    std::string part;
    if (owner_->entries[entry.parent].kind == node_kind::object) {
      if (entry.key.find_first_of("~/") == std::string_view::npos) part = entry.key;
      else
        for (const char c : entry.key) {
          if (c == '~') part += "~0";
          else if (c == '/') part += "~1";
          else part += c;
        }
    } else {
      part = std::to_string(entry.index);
    }
    parts.push_back(std::move(part));
    at = entry.parent;
  }
  std::string out;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) out += "/" + *part;
  return out;
}

std::string_view text_store::keep(std::string_view text) {
  constexpr std::size_t piece = std::size_t{1} << 16;
  if (text.empty()) return {};
  if (text.size() > left_) {
    const std::size_t size = std::max(piece, text.size());
    pieces_.push_back(std::make_unique_for_overwrite<char[]>(size));
    free_ = pieces_.back().get();
    left_ = size;
  }
  char* const at = free_;
  text.copy(at, text.size());
  free_ += text.size();
  left_ -= text.size();
  return {at, text.size()};
}

namespace detail {

// Collects what Boost.JSON's push parser hands over. The parser computes a binary value of each
// number beside its text; only the text is used.
struct tree_handler {
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;
  using error_code = boost::system::error_code;
  using view = boost::json::string_view;

  json_document& into;
  std::size_t nodes_left, most_key;
  std::uint32_t open = json_document::none;
  std::string part, key;
  bool too_many = false, key_too_long = false;

  bool add(node_kind kind, std::string_view text, bool truth, error_code& ec) {
    if (nodes_left-- == 0) {
      too_many = true;
      ec = boost::json::make_error_code(boost::json::error::array_too_large);
      return false;
    }
    const auto at = static_cast<std::uint32_t>(into.entries.size());
    auto& entry = into.entries.emplace_back();
    entry.kind = kind;
    entry.truth = truth;
    if (!text.empty()) entry.text = into.texts.keep(text);
    entry.parent = open;
    if (open != json_document::none) {
      auto& parent = into.entries[open];
      if (parent.kind == node_kind::object) entry.key = into.texts.keep(key);
      entry.index = parent.size++;
      if (parent.last == json_document::none) parent.first = at;
      else into.entries[parent.last].next = at;
      parent.last = at;
    }
    if (kind == node_kind::array || kind == node_kind::object) open = at;
    return true;
  }
  bool close() {
    open = into.entries[open].parent;
    return true;
  }
  std::string take(std::string_view rest) {
    part += rest;
    return std::exchange(part, {});
  }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& ec) { return add(node_kind::object, {}, false, ec); }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_begin(error_code& ec) { return add(node_kind::array, {}, false, ec); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_key_part(view s, std::size_t, error_code&) { part += std::string_view(s); return true; }
  bool on_key(view s, std::size_t, error_code& ec) {
    key = take(s);
    key_too_long = key.size() > most_key;
    if (key_too_long) ec = boost::json::make_error_code(boost::json::error::key_too_large);
    return !key_too_long;
  }
  bool on_string_part(view s, std::size_t, error_code&) { part += std::string_view(s); return true; }
  bool on_string(view s, std::size_t, error_code& ec) { return add(node_kind::text, take(s), false, ec); }
  bool on_number_part(view s, error_code&) { part += std::string_view(s); return true; }
  bool on_int64(std::int64_t, view s, error_code& ec) { return add(node_kind::number, take(s), false, ec); }
  bool on_uint64(std::uint64_t, view s, error_code& ec) { return add(node_kind::number, take(s), false, ec); }
  template <class Unused>
  bool on_double(Unused, view s, error_code& ec) { return add(node_kind::number, take(s), false, ec); }
  bool on_bool(bool b, error_code& ec) { return add(node_kind::boolean, {}, b, ec); }
  bool on_null(error_code& ec) { return add(node_kind::null, {}, false, ec); }
  bool on_comment_part(view, error_code&) { return true; }
  bool on_comment(view, error_code&) { return true; }
};

inline void report_double_keys(const json_document& document, diagnostics& found) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t at = 0; at < document.entries.size(); ++at) {
    const auto& object = document.entries[at];
    if (object.kind != node_kind::object || object.size < 2) continue;
    members.clear();
    for (auto m = object.first; m != json_document::none; m = document.entries[m].next)
      members.push_back(m);
    std::sort(members.begin(), members.end(), [&](auto a, auto b) {
      const int order = document.entries[a].key.compare(document.entries[b].key);
      return order != 0 ? order < 0 : a < b;
    });
    for (std::size_t i = 1; i < members.size(); ++i)
      if (document.entries[members[i]].key == document.entries[members[i - 1]].key)
        found.add(make_diagnostic("T102", json_node(&document, members[i]).pointer(),
                                  {{"name", std::string(document.entries[members[i]].key)}}));
  }
}

}  // namespace detail

std::unique_ptr<json_document> read_json(std::string_view text, diagnostics& found,
                                         const json_limits& limits) {
  // Of a text that is too large nothing is read.
  if (text.size() > limits.bytes) {
    found.add(make_diagnostic("T151", "", {{"limit", std::to_string(limits.bytes) + " bytes"},
                                           {"what", std::to_string(text.size()) + " bytes"}}));
    return nullptr;
  }
  text = detail::without_mark(text);
  auto document = std::make_unique<json_document>();
  boost::json::parse_options options;
  options.max_depth = limits.depth;
  boost::json::basic_parser<detail::tree_handler> parser(
      options, detail::tree_handler{*document, limits.nodes, limits.key_bytes, json_document::none, {}, {}, false, false});
  boost::system::error_code ec;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
  if (parser.handler().too_many || parser.handler().key_too_long) {
    const std::string limit = parser.handler().too_many ? std::to_string(limits.nodes) + " values" : std::to_string(limits.key_bytes) + " bytes of a key";
    found.add(make_diagnostic("T151", "", {{"limit", limit},
                                           {"what", detail::place_of(text, read)}}));
    return nullptr;
  }
  std::size_t rest = read;
  while (!ec && rest < text.size() && std::string_view(" \t\r\n").find(text[rest]) != std::string_view::npos) ++rest;
  if (!ec && rest < text.size()) ec = boost::json::make_error_code(boost::json::error::extra_data);
  if (ec) {
    found.add(make_diagnostic("T116", "", {{"what", ec.message() + " at " + detail::place_of(text, read)}}));
    return nullptr;
  }
  detail::report_double_keys(*document, found);
  return document;
}

std::string canonical_text(const json_document& document) {
  // Depth-first with a stack of our own; the keys of each object sorted.
  struct frame {
    std::vector<std::uint32_t> members;
    std::size_t at = 0;
    bool object = false;
  };
  std::string out;
  std::vector<frame> open;
  const auto begin = [&](std::uint32_t at) {
    const auto& entry = document.entries[at];
    switch (entry.kind) {
      case node_kind::null: out += "null"; return;
      case node_kind::boolean: out += entry.truth ? "true" : "false"; return;
      case node_kind::number: out += entry.text; return;
      case node_kind::text: append_json_text(out, entry.text); return;
      case node_kind::array:
      case node_kind::object: break;
    }
    frame next;
    next.object = entry.kind == node_kind::object;
    for (auto m = entry.first; m != json_document::none; m = document.entries[m].next)
      next.members.push_back(m);
    if (next.object)
      std::stable_sort(next.members.begin(), next.members.end(), [&](auto a, auto b) {
        return document.entries[a].key < document.entries[b].key;
      });
    out += next.object ? '{' : '[';
    open.push_back(std::move(next));
  };
  if (!document.entries.empty()) begin(0);
  while (!open.empty()) {
    frame& top = open.back();
    if (top.at == top.members.size()) {
      out += top.object ? '}' : ']';
      open.pop_back();
      continue;
    }
    if (top.at != 0) out += ',';
    const std::uint32_t member = top.members[top.at++];
    if (top.object) {
      append_json_text(out, document.entries[member].key);
      out += ':';
    }
    begin(member);
  }
  return out;
}

DUES_END
