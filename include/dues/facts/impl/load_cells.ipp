// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/diagnostic/shortened.hpp>
#include <dues/facts/impl/loader.hpp>

#include <algorithm>
#include <utility>

DUES_BEGIN

namespace detail {

diagnostic loader::made_here(std::string_view code, std::string_view column, std::initializer_list<std::pair<std::string_view, std::string>> values) const {
  std::string pointer = "/" + std::string(name_of(table_)) + "/" + std::to_string(row_);
  if (!column.empty()) pointer += "/" + std::string(column);
  diagnostic made = make_diagnostic(code, std::move(pointer), values);
  const table_layout& file = layouts_[static_cast<std::size_t>(table_)];
  if (!file.of_csv) return made;
  made.values.emplace_back("row", std::to_string(row_ + 2));
  const auto at = std::find(file.names.begin(), file.names.end(), column);
  if (at != file.names.end()) made.values.emplace_back("column", std::to_string(at - file.names.begin() + 1));
  return made;
}

void loader::stand_at(fact_table table, std::size_t row, std::string_view unit) {
  table_ = table;
  row_ = row;
  unit_of_row_ = unit;
  account_of_row_ = {};
  meter_of_row_ = {};
}

// Beyond the limit a mistake is only counted, so nobody sees what was searched for it.
std::string loader::nearest(std::string_view word, std::span<const std::string_view> names) const {
  return found_->errors() < diagnostics::limit ? std::string(nearest_name(word, names)) : std::string();
}

// A mistake of a row is told, and follows the row's unit, or the units of its account, into their lines.
void loader::fault(std::string_view code, std::string_view column, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  diagnostic made = made_here(code, column, values);
  fault_in_row_ = true;
  const bool again = !unit_faults_.empty() && unit_faults_.back().first == unit_of_row_;  // the first is enough
  if (!unit_of_row_.empty() && !again) unit_faults_.emplace_back(unit_of_row_, made);
  if (!account_of_row_.empty()) account_faults_.try_emplace(std::string(account_of_row_), made);
  if (!meter_of_row_.empty()) meter_faults_.try_emplace(std::string(meter_of_row_), made);
  if (table_ == fact_table::tenures && !unit_of_row_.empty()) units_with_wrong_tenures_.emplace(unit_of_row_);
  found_->add(std::move(made));
}

void loader::tell(fact_table table, std::size_t row, std::string_view code, std::string_view column, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  stand_at(table, row, {});
  fault(code, column, values);
}

std::int32_t loader::slot_of(fact_table table, std::string_view name, std::size_t guess) const {
  const auto known = [&](std::span<const column> columns) {
    for (const column one : columns)
      if (name_of(one) == name) return static_cast<std::int32_t>(one);
    return table_layout::unknown;
  };
  if (const std::int32_t at = known(columns_of(table)); at != table_layout::unknown) return at;
  std::int32_t slot = table_layout::attributes;
  const auto declared = [&](const std::vector<attribute>& all) {
    for (std::size_t k = 0; k < all.size(); ++k) {
      const std::size_t i = (guess + k) % all.size();
      if (all[i].id == name) return slot + static_cast<std::int32_t>(i);
    }
    slot += static_cast<std::int32_t>(all.size());
    return table_layout::unknown;
  };
  switch (table) {
    case fact_table::accounts: return declared(tariff_->account_attributes);
    case fact_table::subscriptions: return declared(tariff_->subscription_attributes);
    case fact_table::units: break;
    default: return table_layout::unknown;
  }
  if (const std::int32_t at = declared(tariff_->unit_attributes); at != table_layout::unknown || !rows_hold_) return at;
  static constexpr std::array<column, 3> holder{column::account, column::role, column::share};
  if (const std::int32_t at = known(holder); at != table_layout::unknown) return at;
  return declared(tariff_->account_attributes);
}

bool loader::is_ambiguous(fact_table table, std::string_view name) const {
  const auto has = [&](const std::vector<attribute>& all) { return std::any_of(all.begin(), all.end(), [&](const attribute& one) { return one.id == name; }); };
  return table == fact_table::units && rows_hold_ && has(tariff_->unit_attributes) && has(tariff_->account_attributes);
}

std::vector<std::string_view> loader::known_names(fact_table table) const {
  std::vector<std::string_view> names;
  for (const column one : columns_of(table))
    if (one != column::tariff) names.push_back(name_of(one));
  const auto add = [&](const std::vector<attribute>& all) {
    for (const attribute& one : all) names.push_back(one.id);
  };
  if (table == fact_table::units) add(tariff_->unit_attributes);
  if (table == fact_table::subscriptions) add(tariff_->subscription_attributes);
  if (table == fact_table::units && rows_hold_)
    for (const column one : {column::account, column::role, column::share}) names.push_back(name_of(one));
  if (table == fact_table::accounts || (table == fact_table::units && rows_hold_)) add(tariff_->account_attributes);
  if (table == fact_table::units) names.push_back(name_of(column::tariff));
  return names;
}

void loader::csv_header(fact_table table, std::span<const std::string> names) {
  if (table == fact_table::units) rows_hold_ = std::find(names.begin(), names.end(), name_of(column::account)) != names.end();
  table_layout& made = layouts_[static_cast<std::size_t>(table)];
  made.names.assign(names.begin(), names.end());
  made.slots.clear();
  for (std::size_t i = 0; i < names.size(); ++i) made.slots.push_back(slot_of(table, names[i], i));
  made.distinct = names.size();
  made.of_csv = true;
}

// What each cell is. A column is looked up where its name is not that of the row before.
void loader::lay_out(std::span<const cell> cells) {
  table_layout& known = layout();
  if (!known.of_csv) {
    std::size_t guess = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool stands = i < known.names.size();
      if (!stands || known.names[i] != cells[i].name) {
        const std::int32_t slot = slot_of(table_, cells[i].name, guess);
        if (stands) known.names[i] = cells[i].name;
        else known.names.emplace_back(cells[i].name);
        if (stands) known.slots[i] = slot;
        else known.slots.push_back(slot);
        known.distinct = std::min(known.distinct, i);
      }
      if (known.slots[i] >= table_layout::attributes) guess = static_cast<std::size_t>(known.slots[i] - table_layout::attributes) + 1;
    }
  }
  fixed_.fill(nullptr);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::int32_t slot = known.slots[i];
    if (slot < 0 || slot >= table_layout::attributes || (cells[i].text.empty() && cells[i].kind == cell_kind::text)) continue;
    const cell*& place = fixed_[static_cast<std::size_t>(slot)];
    if (place == nullptr) place = &cells[i];
  }
}

void loader::tell_twice(std::span<const cell> cells) {
  constexpr std::size_t few = 32;
  bool again = false;
  const auto twice = [&](std::string_view name) {
    again = true;
    fault("F102", name, {{"name", shortened(name)}});
  };
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
  if (!again) layout().distinct = cells.size();
}

bool loader::begin_row(std::span<const cell> cells) {
  lay_out(cells);
  const bool of_account = table_ == fact_table::accounts;
  unit_of_row_ = of_account ? std::string_view() : cell_text(column::unit);
  account_of_row_ = of_account ? cell_text(column::account) : std::string_view();
  meter_of_row_ = table_ == fact_table::readings ? cell_text(column::meter) : std::string_view();
  fault_in_row_ = false;
  if (cells.size() > layout().distinct) tell_twice(cells);
  bool whole = true;
  for (const column name : {column::unit, column::account, column::subscription, column::calendar, column::meter}) {
    const cell* one = find(name);
    if (one == nullptr || one->text.size() <= longest_fact_id) continue;
    unit_of_row_ = {};
    account_of_row_ = {};
    meter_of_row_ = {};
    fault("F103", name_of(name), {{"name", std::string(name_of(name))}, {"is", shortened(one->text)}, {"wanted", "a text of at most " + std::to_string(longest_fact_id) + " bytes"}});
    whole = false;
  }
  for (const column name : needed_columns(table_)) {
    const cell* one = find(name);
    if (one == nullptr) {
      fault("F104", "", {{"name", std::string(name_of(name))}, {"table", std::string(name_of(table_))}});
      whole = false;
    } else if (one->kind == cell_kind::boolean || one->kind == cell_kind::list) {
      fault("F103", name_of(name), {{"name", std::string(name_of(name))}, {"is", shortened(one->text)}, {"wanted", "a text"}});
      whole = false;
    }
  }
  return whole;
}

void loader::unknown_column(const cell& one) {
  // Of files for several tariffs a row fills the columns of its own.
  if (of_several_ && one.text.empty() && one.kind == cell_kind::text) return;
  fault("F101", one.name, {{"name", shortened(one.name)}, {"table", std::string(name_of(table_))}, {"nearest", nearest(one.name, known_names(table_))}});
}

void loader::unknown_columns(std::span<const cell> cells) {
  const table_layout& known = layout();
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (known.slots[i] == table_layout::unknown) unknown_column(cells[i]);
}

civil_day loader::day(column name, civil_day otherwise) {
  const cell* one = find(name);
  if (one == nullptr) return otherwise;
  const bool again = last_day_ && one->text == std::string_view(last_day_text_.data(), last_day_text_.size());
  const auto found = one->kind != cell_kind::text ? std::nullopt : again ? last_day_ : parse_day(one->text);
  if (!found) {
    fault("F107", name_of(name), {{"name", std::string(name_of(name))}, {"is", shortened(one->text)}});
    return otherwise;
  }
  if (!again) {
    last_day_ = found;
    std::copy_n(one->text.begin(), last_day_text_.size(), last_day_text_.begin());
  }
  return *found;
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
