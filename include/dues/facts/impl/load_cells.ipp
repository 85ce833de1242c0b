// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/facts/impl/loader.hpp>
#include <dues/tariff/object_reader.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

std::string loader::here(std::string_view column) const {
  std::string out = "/" + std::string(table_) + "/" + std::to_string(row_);
  if (!column.empty()) out += "/" + std::string(column);
  return out;
}

void loader::stand_at(std::string_view table, std::size_t row, std::string_view unit) {
  table_ = table;
  row_ = row;
  unit_of_row_ = unit;
  account_of_row_.clear();
}

// Beyond the limit a mistake is only counted, so nobody sees what was searched for it.
std::string loader::nearest(std::string_view word, std::span<const std::string_view> names) const {
  return found_.errors() < diagnostics::limit ? std::string(nearest_name(word, names)) : std::string();
}

// A mistake of a row is told, and follows the row's unit, or the units of its account, into their lines.
void loader::fault(std::string_view code, std::string_view column, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  diagnostic made = make_diagnostic(code, here(column), values);
  const bool again = !unit_faults_.empty() && unit_faults_.back().first == unit_of_row_;  // the first is enough
  if (!unit_of_row_.empty() && !again) unit_faults_.emplace_back(unit_of_row_, made);
  if (!account_of_row_.empty()) account_faults_.emplace(account_of_row_, made);
  if (table_ == "tenures" && !unit_of_row_.empty()) units_with_wrong_tenures_.insert(unit_of_row_);
  found_.add(std::move(made));
}

const cell* loader::find(std::string_view name) const {
  for (const cell& one : cells_)
    if (one.name == name) return one.text.empty() && one.kind == cell_kind::text ? nullptr : &one;
  return nullptr;
}

std::string_view loader::cell_text(std::string_view name) const {
  const cell* one = find(name);
  return one == nullptr ? std::string_view() : one->text;
}

bool loader::begin_row(std::string_view table, std::span<const std::string_view> needed, std::span<const cell> cells) {
  cells_ = cells;
  const bool of_account = table == "accounts";
  unit_of_row_ = of_account ? std::string_view() : cell_text("unit");
  account_of_row_ = of_account ? cell_text("account") : std::string_view();
  constexpr std::size_t few = 32;
  const auto twice = [&](std::string_view name) { fault("F102", name, {{"name", shortened(name)}}); };
  if (cells.size() <= few) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (cells[i].name == cells[j].name) {
          twice(cells[i].name);
          break;
        }
  } else {
    std::set<std::string_view> seen;
    for (const cell& one : cells)
      if (!seen.insert(one.name).second) twice(one.name);
  }
  bool whole = true;
  constexpr std::array<std::string_view, 4> ids{"unit", "account", "subscription", "calendar"};
  for (const cell& one : cells)
    if (one.text.size() > longest_fact_id && std::find(ids.begin(), ids.end(), one.name) != ids.end()) {
      unit_of_row_.clear();
      account_of_row_.clear();
      fault("F103", one.name, {{"name", std::string(one.name)}, {"is", shortened(one.text)}, {"wanted", "a text of at most " + std::to_string(longest_fact_id) + " bytes"}});
      whole = false;
    }
  for (const std::string_view name : needed) {
    const cell* one = find(name);
    if (one == nullptr) {
      fault("F104", "", {{"name", std::string(name)}, {"table", std::string(table)}});
      whole = false;
    } else if (one->kind == cell_kind::boolean || one->kind == cell_kind::list) {
      fault("F103", name, {{"name", std::string(name)}, {"is", shortened(one->text)}, {"wanted", "a text"}});
      whole = false;
    }
  }
  return whole;
}

void loader::unknown_columns(std::span<const std::string_view> known) {
  for (const cell& one : cells_)
    if (std::find(known.begin(), known.end(), one.name) == known.end())
      fault("F101", one.name, {{"name", shortened(one.name)}, {"table", std::string(table_)}, {"nearest", nearest(one.name, known)}});
}

civil_day loader::day(std::string_view name, civil_day otherwise) {
  const cell* one = find(name);
  if (one == nullptr) return otherwise;
  const auto found = one->kind == cell_kind::text ? parse_day(one->text) : std::nullopt;
  if (!found) fault("F107", name, {{"name", std::string(name)}, {"is", shortened(one->text)}});
  return found.value_or(otherwise);
}

std::optional<decimal> loader::number(const cell& one) {
  decimal_error why = decimal_error::none;
  const bool sort = one.kind == cell_kind::number || one.kind == cell_kind::text;
  if (const auto value = sort ? decimal::parse(one.text, &why) : std::nullopt) return value;
  std::string wanted = "a decimal number";
  if (why == decimal_error::exponent) wanted = "a decimal number written out, without an exponent";
  if (why == decimal_error::too_many_digits || why == decimal_error::too_many_places) wanted = "at most 38 digits, 18 of them after the point";
  fault("F103", one.name, {{"name", std::string(one.name)}, {"is", shortened(one.text)}, {"wanted", wanted}});
  return std::nullopt;
}

std::optional<decimal> loader::percentage(const cell& one) {
  if (one.kind == cell_kind::text && one.text.ends_with('%')) {
    const auto whole = decimal::parse(one.text.substr(0, one.text.size() - 1));
    constexpr int two = 2;
    if (whole && whole->scale() + two <= 18 && *whole >= decimal())
      if (const auto made = decimal::make(whole->coefficient(), whole->scale() + two)) return made;
  }
  fault("F103", one.name, {{"name", std::string(one.name)}, {"is", shortened(one.text)}, {"wanted", "a percentage with its sign, such as 50%"}});
  return std::nullopt;
}

std::optional<std::size_t> loader::word(const cell& one, std::span<const std::string_view> words) {
  const auto at = one.kind == cell_kind::text || one.kind == cell_kind::boolean ? std::find(words.begin(), words.end(), one.text) : words.end();
  if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
  fault("F103", one.name, {{"name", std::string(one.name)}, {"is", shortened(one.text)}, {"wanted", listed(words)},
                           {"nearest", nearest(one.text, words)}});
  return std::nullopt;
}

}  // namespace detail

DUES_END
