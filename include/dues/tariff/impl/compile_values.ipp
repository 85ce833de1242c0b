// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

// Names of values that the text of an expression mentions; good enough to order the compilation,
// for a mention inside a quoted word only adds an edge.
inline void mentioned_values(std::string_view text, std::set<std::string, std::less<>>& into) {
  constexpr std::string_view prefix = "value.";
  for (std::size_t at = text.find(prefix); at != std::string_view::npos; at = text.find(prefix, at)) {
    at += prefix.size();
    std::size_t end = at;
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) ++end;
    into.emplace(text.substr(at, end - at));
  }
}

// Every text below `node`, without recursion.
template <class Visit>
void each_text_below(json_node node, Visit&& visit) {
  std::vector<json_node> open{node};
  while (!open.empty()) {
    const json_node top = open.back();
    open.pop_back();
    if (top.is(node_kind::text)) visit(top.text());
    for (json_node member = top.first(); member; member = member.next()) open.push_back(member);
  }
}

void compiler::read_values(json_node node) {
  static constexpr std::array<std::string_view, 6> known{"id", "name", "cites", "note", "is", "by"};
  const std::vector<json_node> nodes = parts(node);
  std::vector<named_value> values;
  std::map<std::string, std::size_t, std::less<>> by_id;
  std::vector<std::set<std::string, std::less<>>> needs;
  for (const json_node member : nodes) {
    object_reader reader(member, "value", known, {}, found_);
    named_value made;
    describe(reader, made, true);
    check_unique(values, "value", made.id, member);
    reader.need("is");
    by_id.emplace(made.id, values.size());
    auto& mentioned = needs.emplace_back();
    if (const json_node is = reader.get("is"))
      each_text_below(is, [&](std::string_view text) { mentioned_values(text, mentioned); });
    values.push_back(std::move(made));
  }
  // Values are compiled once all that they read are; what never becomes ready is a cycle.
  made_.values = values;
  value_reads_.resize(values.size());
  std::vector<bool> done(values.size(), false);
  for (std::size_t left = values.size(); left != 0;) {
    std::size_t ready = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (done[i]) continue;
      const bool waits = std::any_of(needs[i].begin(), needs[i].end(), [&](const std::string& id) {
        const auto at = by_id.find(id);
        return at != by_id.end() && !done[at->second];
      });
      if (waits) continue;
      done[i] = true;
      ++ready;
      if (read_value(nodes[i], made_.values[i]))
        add_slot(slot_kind::value, static_cast<std::int32_t>(i), made_.values[i].type, "value." + made_.values[i].id);
    }
    if (ready == 0) {
      std::string cycle;
      std::string pointer;
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (done[i]) continue;
        cycle += (cycle.empty() ? "" : ", ") + values[i].id;
        if (pointer.empty()) pointer = nodes[i].pointer() + "/is";
      }
      found_.add(make_diagnostic("T207", pointer, {{"cycle", "the values " + cycle + " read each other in a circle"}}));
      return;
    }
    left -= ready;
  }
}

bool compiler::read_value(json_node node, named_value& value) {
  if (!node.is(node_kind::object)) return false;
  bool typed = false;
  const std::size_t errors = found_.errors();
  if (const json_node by = node.find("by"); by) {
    for (const json_node name : parts(by)) {
      const std::string text(name.text());
      const auto at = std::find_if(made_.slots.begin(), made_.slots.end(), [&](const slot& s) { return s.name == text; });
      const bool table_slot = at != made_.slots.end() && (at->kind == slot_kind::unit || at->kind == slot_kind::account || at->kind == slot_kind::subscription);
      if (!table_slot) {
        found_.add(make_diagnostic("T202", name.pointer(), {{"name", text}, {"nearest", make_scope(place::value).nearest(text)}}));
        continue;
      }
      if (at->type != value_type::choice && at->type != value_type::text && at->type != value_type::yes_no) {
        found_.add(make_diagnostic("T230", name.pointer(), {{"what", text + " is no choice, text or yes_no, so it cannot order cells"}}));
        continue;
      }
      value.by.push_back(static_cast<std::int32_t>(at - made_.slots.begin()));
    }
    constexpr std::size_t most_levels = 8;
    if (value.by.empty() || value.by.size() > most_levels) {
      if (found_.errors() == errors)
        found_.add(make_diagnostic("T117", by.pointer(), {{"name", "by"}, {"is", std::to_string(value.by.size())}, {"wanted", "1 to 8 attributes"}}));
      return false;
    }
  }
  each_version(node.find("is"), [&](std::optional<civil_day> day, std::optional<month_day> yearly, json_node is) {
    value_version version = read_version(is, value, typed);
    if (day) value.is.add(*day, std::move(version));
    else value.is.add(*yearly, std::move(version));
  });
  reads& what = value_reads_[static_cast<std::size_t>(&value - made_.values.data())];
  for (const std::int32_t at : value.by) {
    const slot& one = made_.slots[static_cast<std::size_t>(at)];
    if (one.kind == slot_kind::unit) insert_sorted(what.unit_columns, one.index);
    if (one.kind == slot_kind::account) {
      insert_sorted(what.account_columns, one.index);
      what.an_account_name = one.name;
    }
    if (one.kind == slot_kind::subscription) what.subscription = true;
  }
  if (found_.errors() != errors) return typed;
  if (!value.by.empty()) warn_missing_cells(value);
  return typed;
}

value_version compiler::read_version(json_node node, named_value& value, bool& typed) {
  value_version version;
  version.pointer = node.pointer();
  if (!value.by.empty()) version.root = read_cells(node, value, 0, typed);
  else version.plain = read_leaf(node, value, typed);
  return version;
}

// Depth is bounded by the number of attributes in `by`, at most 8.
std::int32_t compiler::read_cells(json_node node, named_value& value, std::size_t depth, bool& typed) {
  if (depth == value.by.size()) return read_leaf(node, value, typed);
  if (!node.is(node_kind::object)) {
    found_.add(make_diagnostic("T100", node.pointer(), {{"name", std::string(node.key())}, {"is", shown(node)},
                                                        {"wanted", "cells by the words of " + made_.slots[static_cast<std::size_t>(value.by[depth])].name}}));
    return -1;
  }
  const slot& by = made_.slots[static_cast<std::size_t>(value.by[depth])];
  std::vector<std::string_view> keys;
  if (by.type == value_type::yes_no) keys = {"false", "true"};
  if (by.type == value_type::choice) {
    const auto& attributes = by.kind == slot_kind::unit      ? made_.unit_attributes
                             : by.kind == slot_kind::account ? made_.account_attributes
                                                             : made_.subscription_attributes;
    for (const auto& word : attributes[static_cast<std::size_t>(by.index)].words) keys.push_back(word);
  }
  table_level level;
  std::int32_t otherwise = -1;
  if (by.type != value_type::text) level.by_word.assign(keys.size(), -1);
  for (json_node cell = node.first(); cell; cell = cell.next()) {
    const bool is_otherwise = cell.key() == "otherwise" && std::find(keys.begin(), keys.end(), "otherwise") == keys.end();
    const auto key = std::find(keys.begin(), keys.end(), cell.key());
    if (!is_otherwise && by.type != value_type::text && key == keys.end()) {
      found_.add(make_diagnostic("T213", cell.pointer(), {{"key", std::string(cell.key())}, {"of", by.name},
                                                          {"nearest", std::string(nearest_name(cell.key(), keys))}}));
      continue;
    }
    const std::int32_t child = read_cells(cell, value, depth + 1, typed);
    if (is_otherwise) otherwise = child;
    else if (by.type == value_type::text) level.by_key.emplace_back(std::string(cell.key()), child);
    else level.by_word[static_cast<std::size_t>(key - keys.begin())] = child;
  }
  for (auto& child : level.by_word)
    if (child < 0) child = otherwise;
  std::sort(level.by_key.begin(), level.by_key.end());
  level.otherwise = otherwise;
  made_.levels.push_back(std::move(level));
  return static_cast<std::int32_t>(made_.levels.size()) - 1;
}

std::int32_t compiler::read_leaf(json_node node, named_value& value, bool& typed) {
  auto made = leaf_expression(node, typed ? std::optional<value_type>(value.type) : std::nullopt);
  if (!made) return -1;
  value.type = made->type();
  typed = true;
  reads& what = value_reads_[static_cast<std::size_t>(&value - made_.values.data())];
  add_expression_reads(*made, what);
  made_.expressions.push_back(std::move(*made));
  return static_cast<std::int32_t>(made_.expressions.size()) - 1;
}

// The first leaf decides the type of a value: a rate, a number, or a word.
std::optional<expression> compiler::leaf_expression(json_node node, std::optional<value_type> wanted) {
  if (wanted) return read_expression(node, *wanted, place::value);
  const bool text = node.is(node_kind::text);
  if (text && decimal::parse(node.text())) return read_expression(node, value_type::number, place::value);
  if (text && node.text().ends_with('%') && decimal::parse(node.text().substr(0, node.text().size() - 1)))
    return read_expression(node, value_type::rate, place::value);
  if (!text) return read_expression(node, value_type::number, place::value);
  for (const value_type type : {value_type::rate, value_type::text, value_type::yes_no}) {
    diagnostics unheard;
    if (compile_expression(node.text(), type, make_scope(place::value), node.pointer(), unheard))
      return read_expression(node, type, place::value);
  }
  return read_expression(node, value_type::number, place::value);
}

void compiler::warn_missing_cells(const named_value& value) {
  // Only the first level of words is told, and each version once: a table of thousands of cells
  // would otherwise drown its reader. A cell that is read and missing is an error of the line.
  for (std::size_t v = 0; v < value.is.size(); ++v) {
    const value_version& version = value.is.at(v);
    if (version.root < 0) continue;
    std::vector<std::pair<std::int32_t, std::size_t>> open{{version.root, 0}};
    std::size_t told = 0;
    while (!open.empty() && told == 0) {
      const auto [at, depth] = open.back();
      open.pop_back();
      const table_level& level = made_.levels[static_cast<std::size_t>(at)];
      for (std::size_t w = 0; w < level.by_word.size(); ++w) {
        if (level.by_word[w] >= 0) {
          if (depth + 1 < value.by.size()) open.emplace_back(level.by_word[w], depth + 1);
          continue;
        }
        if (told++ != 0) continue;
        const slot& by = made_.slots[static_cast<std::size_t>(value.by[depth])];
        const auto& attributes = by.kind == slot_kind::unit      ? made_.unit_attributes
                                 : by.kind == slot_kind::account ? made_.account_attributes
                                                                 : made_.subscription_attributes;
        const std::string word = by.type == value_type::yes_no
                                     ? (w == 0 ? "false" : "true")
                                     : attributes[static_cast<std::size_t>(by.index)].words[w];
        found_.add(make_diagnostic("T214", version.pointer, {{"cell", by.name + " = " + word}}));
      }
    }
  }
}

}  // namespace detail

DUES_END
