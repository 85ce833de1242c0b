// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

// Every text of cells, in each version; without recursion, and without what only people read.
template <class Visit>
void each_cell_text(json_node is, Visit&& visit) {
  std::vector<json_node> open;
  if (is.is(node_kind::array)) {
    for (json_node version = is.first(); version; version = version.next())
      if (const json_node cells = version.find("is")) open.push_back(cells);
  } else {
    open.push_back(is);
  }
  while (!open.empty()) {
    const json_node top = open.back();
    open.pop_back();
    if (top.is(node_kind::text)) visit(top.text());
    for (json_node member = top.first(); member; member = member.next()) open.push_back(member);
  }
}

void compiler::read_values(json_node node) {
  static constexpr std::array<std::string_view, 6> known{"id", "name", "cites", "note", "is", "by"};
  const std::vector<json_node> nodes = parts(node, limits_.values);
  for (const json_node member : nodes) {
    object_reader reader(member, "value", known, {}, limits_, found_);
    named_value made;
    describe(reader, made, true);
    check_unique("value", "value", made.id, member);
    reader.need("is");
    made_.values.push_back(std::move(made));
  }
  value_reads_.resize(nodes.size());
  value_is_whole_.assign(nodes.size(), false);
  value_depth_.assign(nodes.size(), 1);
  value_steps_.assign(nodes.size(), 0);
  compile_in_order(nodes);
}

// Values are compiled once all that they read are; what never becomes ready stands in a circle, or
// reads one that does. Linear in values and in what they mention.
void compiler::compile_in_order(const std::vector<json_node>& nodes) {
  const std::size_t count = nodes.size();
  std::map<std::string_view, std::size_t> by_id;
  for (std::size_t i = 0; i < count; ++i) by_id.emplace(made_.values[i].id, i);
  std::vector<std::vector<std::size_t>> needs(count), needed_by(count);
  std::vector<std::size_t> waits(count, 0), ready;
  for (std::size_t i = 0; i < count; ++i) {
    std::set<std::string, std::less<>> mentioned;
    if (const json_node is = nodes[i].find("is")) each_cell_text(is, [&](std::string_view text) { mentioned_values(text, mentioned); });
    for (const std::string& id : mentioned)
      if (const auto at = by_id.find(id); at != by_id.end()) {
        needs[i].push_back(at->second);
        needed_by[at->second].push_back(i);
      }
    waits[i] = needs[i].size();
    if (waits[i] == 0) ready.push_back(i);
  }
  std::vector<bool> done(count, false);
  for (std::size_t next = 0; next < ready.size(); ++next) {
    const std::size_t i = ready[next];
    done[i] = true;
    const std::string name = "value." + made_.values[i].id;
    if (read_value(nodes[i], i)) add_slot(slot_kind::value, static_cast<std::int32_t>(i), made_.values[i].type, name);
    else spoiled_.insert(name);
    for (const std::size_t other : needed_by[i])
      if (--waits[other] == 0) ready.push_back(other);
  }
  if (ready.size() != count) report_circles(nodes, needs, done);
}

// From each value that is left one goes on to the first that it reads and that is left too: every
// such walk ends in a circle, and each circle is told once.
void compiler::report_circles(const std::vector<json_node>& nodes, const std::vector<std::vector<std::size_t>>& needs, const std::vector<bool>& done) {
  std::vector<std::size_t> walk_of(nodes.size(), 0);
  constexpr std::size_t most_shown = 8;
  for (std::size_t begin = 0; begin < nodes.size(); ++begin) {
    if (done[begin]) continue;
    spoiled_.insert("value." + made_.values[begin].id);
    for (const std::size_t read : needs[begin]) used_.insert({"value", made_.values[read].id});
    std::vector<std::size_t> walk;
    std::size_t at = begin;
    for (; walk_of[at] == 0; at = *std::find_if(needs[at].begin(), needs[at].end(), [&](std::size_t n) { return !done[n]; })) {
      walk_of[at] = begin + 1;
      walk.push_back(at);
    }
    if (walk_of[at] != begin + 1) continue;  // an earlier walk went this way
    std::vector<std::size_t> circle(std::find(walk.begin(), walk.end(), at), walk.end());
    std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
    std::string shown;
    for (std::size_t i = 0; i < circle.size() && i < most_shown; ++i) shown += "value." + made_.values[circle[i]].id + " -> ";
    if (circle.size() > most_shown) shown += "... -> ";
    shown += "value." + made_.values[circle[0]].id;
    found_.add(make_diagnostic("T207", nodes[circle[0]].pointer() + "/is", {{"cycle", shown}}));
  }
}

// @returns false when the cells cannot be read by it
bool compiler::read_by(json_node by, named_value& value) {
  if (by.is(node_kind::array) && (by.size() == 0 || by.size() > most_levels)) {
    found_.add(make_diagnostic("T117", by.pointer(), {{"name", "by"}, {"is", std::to_string(by.size())}, {"wanted", "1 to " + std::to_string(most_levels) + " attributes"}}));
    return false;
  }
  const std::size_t errors = found_.errors();
  for (const json_node name : parts(by, most_levels)) {
    const std::string text(name.text());
    if (!name.is(node_kind::text)) {
      found_.add(make_diagnostic("T100", name.pointer(), {{"name", "by"}, {"is", shown(name)}, {"wanted", "an attribute, such as unit.use"}}));
      continue;
    }
    const auto at = slot_places_.find(text);
    const slot* one = at == slot_places_.end() ? nullptr : &made_.slots[static_cast<std::size_t>(at->second)];
    if (one == nullptr || (one->kind != slot_kind::unit && one->kind != slot_kind::account && one->kind != slot_kind::subscription)) {
      if (is_spoiled(text)) return false;
      std::string near = slot_places_.contains("unit." + text) ? "unit." + text : std::string();
      if (near.empty() && found_.errors() < diagnostics::limit) near = names_in(place::value).nearest(text);
      found_.add(make_diagnostic("T202", name.pointer(), {{"name", shortened(text)}, {"nearest", near}}));
    } else if (one->type != value_type::choice && one->type != value_type::text && one->type != value_type::yes_no) {
      found_.add(make_diagnostic("T230", name.pointer(), {{"what", text + " is no choice, text or yes_no, so it cannot order cells"}}));
    } else if (std::find(value.by.begin(), value.by.end(), at->second) != value.by.end()) {
      found_.add(make_diagnostic("T109", name.pointer(), {{"of", "by"}, {"id", text}}));
    } else {
      value.by.push_back(at->second);
    }
  }
  return found_.errors() == errors;
}

// @returns whether its type is known, so that others may read it
bool compiler::read_value(json_node node, std::size_t place) {
  if (!node.is(node_kind::object)) return false;
  named_value& value = made_.values[place];
  const std::size_t errors = found_.errors();
  const json_node by = node.find("by");
  const json_node is = node.find("is");
  const bool told = by.is(node_kind::null) || is.is(node_kind::null);
  if (told || !is || (by && !read_by(by, value))) return false;
  bool typed = false;
  each_version(is, [&](std::optional<civil_day> day, std::optional<month_day> yearly, json_node one) {
    value_version version = read_version(one, value, typed);
    if (day) value.is.add(*day, std::move(version));
    else value.is.add(*yearly, std::move(version));
  });
  reads& what = value_reads_[place];
  for (const std::int32_t at : value.by) {
    const slot& one = made_.slots[static_cast<std::size_t>(at)];
    if (one.kind == slot_kind::unit) insert_sorted(what.unit_columns, one.index);
    if (one.kind == slot_kind::account) {
      insert_sorted(what.account_columns, one.index);
      what.an_account_name = one.name;
    }
    if (one.kind == slot_kind::subscription) what.subscription = true;
  }
  check_chain(node, place);
  value_is_whole_[place] = found_.errors() == errors;
  if (value_is_whole_[place] && !value.by.empty()) warn_missing_cells(value);
  return typed;
}

void compiler::check_chain(json_node node, std::size_t place) {
  int depth = 1;
  for (const std::int32_t below : value_reads_[place].values) depth = std::max(depth, value_depth_[static_cast<std::size_t>(below)] + 1);
  value_depth_[place] = depth;
  if (depth == deepest_chain + 1)
    found_.add(make_diagnostic("T208", node.pointer() + "/is", {{"is", "a chain of " + std::to_string(depth) + " values that read each other"}, {"limit", std::to_string(deepest_chain)}}));
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
  const slot by = made_.slots[static_cast<std::size_t>(value.by[depth])];
  if (!node.is(node_kind::object) || node.size() == 0) {
    found_.add(make_diagnostic("T100", node.pointer(), {{"name", std::string(node.key())}, {"is", node.is(node_kind::object) ? "empty" : shown(node)},
                                                        {"wanted", "cells by the words of " + by.name}}));
    return -1;
  }
  const bool by_text = by.type == value_type::text;
  const auto& places = places_of_words(value.by[depth]);
  const std::size_t most_cells = limits_.cells;
  cells_ += by_text ? node.size() : places.size();
  if (cells_ > most_cells) {
    if (cells_ - (by_text ? node.size() : places.size()) <= most_cells)
      found_.add(make_diagnostic("T151", node.pointer(), {{"limit", std::to_string(most_cells)}, {"what", "cells of tables"}}));
    return -1;
  }
  table_level level;
  if (!by_text) level.by_word.assign(places.size(), -1);
  for (json_node cell = node.first(); cell; cell = cell.next()) {
    const auto key = places.find(cell.key());
    const bool known = key != places.end();
    const bool is_otherwise = !known && cell.key() == "otherwise";
    if (!known && !is_otherwise && !by_text) {
      const auto& words = words_of(by);
      const std::vector<std::string_view> keys(words.begin(), words.end());
      found_.add(make_diagnostic("T213", cell.pointer(), {{"key", shortened(cell.key())}, {"of", by.name}, {"nearest", nearest(cell.key(), keys)}}));
      continue;
    }
    const std::int32_t child = read_cells(cell, value, depth + 1, typed);
    if (is_otherwise) level.otherwise = child;
    else if (by_text) level.by_key.emplace_back(std::string(cell.key()), child);
    else level.by_word[static_cast<std::size_t>(key->second)] = child;
  }
  for (auto& child : level.by_word)
    if (child < 0) child = level.otherwise;
  std::sort(level.by_key.begin(), level.by_key.end());
  made_.levels.push_back(std::move(level));
  return static_cast<std::int32_t>(made_.levels.size()) - 1;
}

std::int32_t compiler::read_leaf(json_node node, named_value& value, bool& typed) {
  auto made = leaf_expression(node, typed ? std::optional<value_type>(value.type) : std::nullopt);
  if (!made) return -1;
  value.type = made->type();
  typed = true;
  const auto place = static_cast<std::size_t>(&value - made_.values.data());
  value_steps_[place] = std::max(value_steps_[place], steps_of(*made) + value.by.size());
  add_expression_reads(*made, value_reads_[place]);
  made_.expressions.push_back(std::move(*made));
  return static_cast<std::int32_t>(made_.expressions.size()) - 1;
}

// The first leaf decides the type of a value: a rate, a number, or a word.
std::optional<expression> compiler::leaf_expression(json_node node, std::optional<value_type> wanted) {
  if (wanted) return read_expression(node, *wanted, place::value);
  if (found_.errors() >= diagnostics::limit) return std::nullopt;
  const bool text = node.is(node_kind::text);
  if (text && decimal::parse(node.text())) return read_expression(node, value_type::number, place::value);
  if (text && node.text().ends_with('%') && decimal::parse(node.text().substr(0, node.text().size() - 1)))
    return read_expression(node, value_type::rate, place::value);
  if (!text) return read_expression(node, value_type::number, place::value);
  for (const value_type type : {value_type::rate, value_type::text, value_type::yes_no}) {
    diagnostics unheard;
    if (compile_expression(node.text(), type, names_in(place::value), node.pointer(), unheard))
      return read_expression(node, type, place::value);
    if (unheard.all().front().code == "T202") break;  // a name that no type makes readable
  }
  return read_expression(node, value_type::number, place::value);
}

// Each level once, however many words lead to it: `otherwise` under `otherwise` would make a tree of
// a few lines a walk without end.
bool compiler::tell_missing_cell(const named_value& value, const value_version& version) {
  std::set<std::int32_t> seen;
  std::vector<std::pair<std::int32_t, std::size_t>> open{{version.root, 0}};
  while (!open.empty()) {
    const auto [at, depth] = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    const table_level& level = made_.levels[static_cast<std::size_t>(at)];
    const slot& by = made_.slots[static_cast<std::size_t>(value.by[depth])];
    for (std::size_t w = 0; w < level.by_word.size(); ++w) {
      if (level.by_word[w] < 0) {
        found_.add(make_diagnostic("T214", version.pointer, {{"cell", by.name + " = " + words_of(by)[w]}}));
        return true;
      }
      if (depth + 1 < value.by.size()) open.emplace_back(level.by_word[w], depth + 1);
    }
    for (const auto& [key, child] : level.by_key)
      if (depth + 1 < value.by.size()) open.emplace_back(child, depth + 1);
    if (level.by_word.empty() && level.otherwise >= 0 && depth + 1 < value.by.size()) open.emplace_back(level.otherwise, depth + 1);
  }
  return false;
}

// One cell is told of each version, and of few versions: a table of thousands of cells would
// otherwise drown its reader. A cell that is read and missing is an error of the line.
void compiler::warn_missing_cells(const named_value& value) {
  constexpr int most_told = 8;
  int told = 0;
  for (std::size_t v = 0; v < value.is.size() && told < most_told; ++v)
    if (value.is.at(v).root >= 0 && tell_missing_cell(value, value.is.at(v))) ++told;
}

}  // namespace detail

DUES_END
