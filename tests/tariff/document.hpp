// SPDX-License-Identifier: Apache-2.0
//
// A JSON document that a test can change: a valid one is written once, and each row of a table says
// only what is different. Numbers keep their text, which a general DOM would turn into binary.
#pragma once

#include <dues/json/node.hpp>
#include <dues/json/writer.hpp>

#include <fstream>
#include <initializer_list>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace dues_test {

struct member;

struct value {
  dues::node_kind kind = dues::node_kind::null;
  std::string text;
  bool truth = false;
  std::vector<member> members;
};

struct member {
  std::string key;  ///< empty in a list
  value is;
};

inline value copy_of(dues::json_node node) {
  value made;
  made.kind = node.kind();
  made.text = node.text();
  made.truth = node.truth();
  for (dues::json_node one = node.first(); one; one = one.next()) made.members.push_back({std::string(one.key()), copy_of(one)});
  return made;
}

inline value parsed(std::string_view json) {
  dues::diagnostics found;
  const auto document = dues::read_json(json, found);
  if (!document) throw std::logic_error("a test's own JSON is none: " + std::string(json));
  return copy_of(document->root());
}

inline void write(const value& one, std::string& out) {
  using dues::node_kind;
  switch (one.kind) {
    case node_kind::null: out += "null"; return;
    case node_kind::boolean: out += one.truth ? "true" : "false"; return;
    case node_kind::number: out += one.text; return;
    case node_kind::text: dues::append_json_text(out, one.text); return;
    case node_kind::array:
    case node_kind::object: break;
  }
  const bool object = one.kind == node_kind::object;
  out += object ? '{' : '[';
  for (std::size_t i = 0; i < one.members.size(); ++i) {
    if (i != 0) out += ',';
    if (object) {
      dues::append_json_text(out, one.members[i].key);
      out += ':';
    }
    write(one.members[i].is, out);
  }
  out += object ? '}' : ']';
}

inline std::string written(const value& one) {
  std::string out;
  write(one, out);
  return out;
}

inline std::vector<std::string> steps_of(std::string_view pointer) {
  std::vector<std::string> steps;
  for (const char c : pointer) {
    if (c == '/') steps.emplace_back();
    else steps.back() += c;
  }
  for (std::string& step : steps)
    for (const auto& [escaped, plain] : {std::pair<std::string_view, char>{"~1", '/'}, {"~0", '~'}})
      for (std::size_t at = 0; (at = step.find(escaped, at)) != std::string::npos; ++at) step.replace(at, 2, 1, plain);
  return steps;
}

/// Place among the members of what a step leads to, or their number.
inline std::size_t member_of(const value& one, const std::string& step) {
  for (std::size_t i = 0; i < one.members.size(); ++i)
    if (one.kind == dues::node_kind::object ? one.members[i].key == step : std::to_string(i) == step) return i;
  return one.members.size();
}

/// Null when nothing stands there.
inline value* find(value& root, std::string_view pointer) {
  value* at = &root;
  for (const std::string& step : steps_of(pointer)) {
    const std::size_t place = member_of(*at, step);
    if (place == at->members.size()) return nullptr;
    at = &at->members[place].is;
  }
  return at;
}

/// What is different: `is` stands at `pointer`; without `is` nothing does. The step "-" appends to a list.
struct change {
  std::string pointer;
  std::optional<std::string> is;
};

inline void apply(value& root, const std::string& pointer, std::optional<value> is) {
  const std::size_t cut = pointer.rfind('/');
  value* parent = find(root, pointer.substr(0, cut));
  if (parent == nullptr) throw std::logic_error("a test changes what is not there: " + pointer);
  const std::string last = steps_of(pointer).back();
  const std::size_t place = member_of(*parent, last);
  const bool there = place != parent->members.size();
  if (!is && !there) throw std::logic_error("a test removes what is not there: " + pointer);
  if (!is) parent->members.erase(parent->members.begin() + static_cast<std::ptrdiff_t>(place));
  else if (there) parent->members[place].is = std::move(*is);
  else parent->members.push_back({parent->kind == dues::node_kind::object ? last : "", std::move(*is)});
}

inline std::string patched(std::string_view base, const std::vector<change>& changes) {
  value root = parsed(base);
  for (const change& one : changes) apply(root, one.pointer, one.is ? std::optional<value>(parsed(*one.is)) : std::nullopt);
  return written(root);
}

/// Pointers of all that stands in a document, the root first.
inline void pointers_of(const value& one, const std::string& here, std::vector<std::string>& into) {
  into.push_back(here);
  for (std::size_t i = 0; i < one.members.size(); ++i)
    pointers_of(one.members[i].is, here + "/" + (one.kind == dues::node_kind::object ? one.members[i].key : std::to_string(i)), into);
}

inline std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace dues_test
