// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/diagnostic/shortened.hpp>
#include <dues/facts/impl/fact_rows.hpp>

#include <algorithm>
#include <utility>

DUES_BEGIN

namespace detail {

inline const cell* cell_called(std::span<const cell> cells, column name) {
  for (const cell& one : cells)
    if (one.name == name_of(name)) return one.text.empty() ? nullptr : &one;
  return nullptr;
}

fact_rows::fact_rows(std::span<const std::shared_ptr<const program>> tariffs, diagnostics& found) : found_(found) {
  for (const auto& one : tariffs) {
    loaders_.push_back(std::make_unique<loader>(one, found, tariffs.size() > 1));
    ids_.push_back(one->id);
  }
}

void fact_rows::version(std::string_view text) {
  constexpr std::string_view known = "1";
  if (std::exchange(versioned_, true)) found_.add(make_diagnostic("F109", "/dues_facts", {{"is", "dues_facts"}, {"what", "the version stands once"}}));
  if (text == known) return;
  refused_ = true;
  found_.add(make_diagnostic("F112", "/dues_facts", {{"is", shortened(text)}, {"known", std::string(known)}}));
}

bool fact_rows::has_version() {
  if (!versioned_) found_.add(make_diagnostic("F104", "/dues_facts", {{"name", "dues_facts"}, {"table", "the document"}}));
  return versioned_;
}

void fact_rows::table(std::string_view name) {
  static constexpr std::array<std::string_view, 7> later{"free_days", "suspensions", "figures", "references", "coupons", "tags", "stays"};
  const std::string pointer = "/" + shortened(name);
  if (!tables_.emplace(name).second) found_.add(make_diagnostic("F109", pointer, {{"is", shortened(name)}, {"what", "a table stands once"}}));
  if (table_called(name)) return;
  refused_ = true;
  if (std::find(later.begin(), later.end(), name) != later.end())
    found_.add(make_diagnostic("F111", pointer, {{"table", std::string(name)}}));
  else
    found_.add(make_diagnostic("F101", pointer, {{"name", shortened(name)}, {"table", "the tables of facts"}, {"nearest", std::string(nearest_name(name, fact_tables))}}));
}

void fact_rows::row(std::string_view table, std::size_t row, std::span<const cell> cells) {
  const auto at = table_called(table);
  if (row == 0 && !tables_.contains(table)) this->table(table);
  if (!at) return;
  if (loaders_.size() == 1) return loaders_[0]->row(*at, row, cells);
  switch (*at) {
    case fact_table::units: return unit_row(row, cells);
    case fact_table::accounts: return account_row(row, cells);
    case fact_table::calendars:
    case fact_table::calendar_days: return loaders_[0]->row(*at, row, cells);  // handed on to the others at the end
    case fact_table::meters:
      learn_meter(cells);
      return row_of_unit(*at, row, cells);
    case fact_table::readings: return row_of_meter(row, cells);
    default: return row_of_unit(*at, row, cells);
  }
}

bool fact_rows::csv_header(std::string_view table, std::span<const std::string> names) {
  const auto at = table_called(table);
  DUES_ASSERT(at.has_value());
  const std::vector<std::string_view> views(names.begin(), names.end());
  for (const auto& one : loaders_) one->csv_header(*at, names);
  const std::size_t before = found_.errors();
  const auto tell = [&](diagnostic made, std::size_t column) {
    made.values.emplace_back("row", "1");
    if (column != 0) made.values.emplace_back("column", std::to_string(column));
    found_.add(std::move(made));
  };
  const std::string pointer = "/" + std::string(table);
  for (std::size_t i = 0; i < views.size(); ++i) {
    const std::string_view name = views[i];
    if (std::any_of(loaders_.begin(), loaders_.end(), [&](const auto& one) { return one->is_ambiguous(*at, name); })) {
      tell(make_diagnostic("F151", pointer, {{"name", shortened(name)}}), i + 1);
    } else if (std::none_of(loaders_.begin(), loaders_.end(), [&](const auto& one) { return one->knows(*at, name); })) {
      std::string near;
      for (const auto& one : loaders_)
        if (near.empty() && found_.errors() < diagnostics::limit) near = nearest_name(name, one->known_names(*at));
      tell(make_diagnostic("F101", pointer, {{"name", shortened(name)}, {"table", std::string(table)}, {"nearest", near}}), i + 1);
    }
  }
  const std::string_view tariff = name_of(column::tariff);
  if (loaders_.size() > 1 && *at == fact_table::units && std::find(views.begin(), views.end(), tariff) == views.end())
    tell(make_diagnostic("F146", pointer, {{"is", std::string(tariff)}, {"table", std::string(table)}, {"nearest", std::string(nearest_name(tariff, views))}}), 0);
  return found_.errors() == before;
}

void fact_rows::unit_row(std::size_t row, std::span<const cell> cells) {
  const cell* const of = cell_called(cells, column::tariff);
  if (of == nullptr) return loaders_[0]->tell(fact_table::units, row, "F104", "", {{"name", "tariff"}, {"table", "units"}});
  if (of->text != ids_[last_tariff_]) {
    const auto at = std::find(ids_.begin(), ids_.end(), of->text);
    if (at == ids_.end())
      return loaders_[0]->tell(fact_table::units, row, "F105", "tariff",
                               {{"what", "tariff"}, {"is", shortened(of->text)}, {"nearest", found_.errors() < diagnostics::limit ? std::string(nearest_name(of->text, ids_)) : ""}});
    last_tariff_ = static_cast<std::size_t>(at - ids_.begin());
  }
  loaders_[last_tariff_]->row(fact_table::units, row, cells);
}

// Which cells each tariff declares; mostly the same as of the row before.
void fact_rows::learn_accounts(std::span<const cell> cells) {
  if (std::equal(cells.begin(), cells.end(), account_names_.begin(), account_names_.end(), [](const cell& a, const std::string& b) { return a.name == b; }) && !declares_.empty()) return;
  account_names_.clear();
  for (const cell& one : cells) account_names_.emplace_back(one.name);
  declares_.assign(loaders_.size(), std::vector<bool>(cells.size()));
  for (std::size_t k = 0; k < loaders_.size(); ++k)
    for (std::size_t i = 0; i < cells.size(); ++i) declares_[k][i] = loaders_[k]->knows(fact_table::accounts, cells[i].name);
}

// The row goes to each tariff that declares one of its attributes, with the cells which that declares; a row
// without attributes to all. A cell that nobody declares goes to the first, which tells it.
void fact_rows::account_row(std::size_t row, std::span<const cell> cells) {
  learn_accounts(cells);
  const auto is_attribute = [&](std::size_t i) {
    const auto columns = columns_of(fact_table::accounts);
    return !cells[i].text.empty() && std::none_of(columns.begin(), columns.end(), [&](column one) { return name_of(one) == cells[i].name; });
  };
  bool any = false, nobodys = false;
  std::vector<bool> takes(loaders_.size(), false);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!is_attribute(i)) continue;
    any = true;
    bool declared = false;
    for (std::size_t k = 0; k < loaders_.size(); ++k)
      if (declares_[k][i]) takes[k] = declared = true;
    nobodys = nobodys || !declared;
  }
  if (!any) takes.assign(loaders_.size(), true);
  if (nobodys) takes[0] = true;
  diagnostics told;  // a mistake of the row is told once, not by each
  for (std::size_t k = 0; k < loaders_.size(); ++k) {
    if (!takes[k]) continue;
    cells_.assign(cells.begin(), cells.end());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      bool declared = declares_[k][i];
      if (!declared && k == 0) declared = std::none_of(declares_.begin(), declares_.end(), [&](const auto& one) { return one[i]; });
      if (!declared) cells_[i] = {cells[i].name, {}, cell_kind::text};
    }
    diagnostics own;
    loaders_[k]->tell_to(own);
    loaders_[k]->row(fact_table::accounts, row, cells_);
    loaders_[k]->tell_to(found_);
    for (const diagnostic& one : own.all()) {
      if (std::find(told.all().begin(), told.all().end(), one) != told.all().end()) continue;
      told.add(one);
      found_.add(one);
    }
  }
}

std::string_view fact_rows::text_of(std::uint32_t unit) const {
  const std::size_t k = owner_of(unit);
  return loaders_[k]->unit_ids().at(unit - first_unit_[k]);
}

std::size_t fact_rows::owner_of(std::uint32_t unit) const {
  return static_cast<std::size_t>(std::upper_bound(first_unit_.begin(), first_unit_.end(), unit) - first_unit_.begin()) - 1;
}

void fact_rows::learn_units() {
  std::uint32_t count = 0;
  for (const auto& one : loaders_) {
    first_unit_.push_back(count);
    DUES_ASSERT(one->unit_ids().size() < id_table::none - count);
    count += static_cast<std::uint32_t>(one->unit_ids().size());
  }
  units_.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) units_[i].id = i;
  std::vector<keyed_id> room;
  sort_ids(units_, room, [&](std::uint32_t unit) { return text_of(unit); });
  // Of those with one text one is enough, or two when they are of two tariffs.
  std::size_t kept = 0, with_text = 0;
  for (const keyed_id one : units_) {
    if (kept == 0 || text_of(units_[kept - 1].id) != text_of(one.id)) with_text = 0;
    if (with_text == 2 || (with_text == 1 && owner_of(units_[kept - 1].id) == owner_of(one.id))) continue;
    units_[kept++] = one;
    ++with_text;
  }
  units_.resize(kept);
  units_learnt_ = true;
}

void fact_rows::row_of_unit(fact_table table, std::size_t row, std::span<const cell> cells) {
  const cell* const of = cell_called(cells, column::unit);
  if (of == nullptr) return loaders_[0]->row(table, row, cells);  // which tells it
  if (!units_learnt_) learn_units();
  const auto holds = [&](std::size_t place) { return place < units_.size() && unit_at(place) == of->text; };
  if (!holds(last_unit_)) {
    if (holds(last_unit_ + 1)) ++last_unit_;
    else
      last_unit_ = static_cast<std::size_t>(
          std::lower_bound(units_.begin(), units_.end(), of->text, [&](const keyed_id& a, std::string_view b) { return text_of(a.id) < b; }) - units_.begin());
  }
  if (!holds(last_unit_)) return loaders_[0]->tell(table, row, "F152", "unit", {{"is", shortened(of->text)}});
  if (holds(last_unit_ + 1) || (last_unit_ > 0 && holds(last_unit_ - 1)))
    return loaders_[0]->tell(table, row, "F109", "unit", {{"is", shortened(of->text)}, {"what", "the unit stands under two tariffs, and this row may be of either"}});
  loaders_[owner_of(units_[last_unit_].id)]->row(table, row, cells);
}

// With several tariffs a reading goes where its meter went.
void fact_rows::learn_meter(std::span<const cell> cells) {
  const cell* const of = cell_called(cells, column::unit);
  const cell* const id = cell_called(cells, column::meter);
  if (of == nullptr || id == nullptr) return;
  if (!units_learnt_) learn_units();
  const auto at = std::lower_bound(units_.begin(), units_.end(), of->text, [&](const keyed_id& a, std::string_view b) { return text_of(a.id) < b; });
  if (at != units_.end() && text_of(at->id) == of->text) meters_.try_emplace(std::string(id->text), owner_of(at->id));
}

void fact_rows::row_of_meter(std::size_t row, std::span<const cell> cells) {
  const cell* const of = cell_called(cells, column::meter);
  const auto at = of == nullptr ? meters_.end() : meters_.find(of->text);
  if (of != nullptr && at == meters_.end()) return loaders_[0]->tell(fact_table::readings, row, "F105", "meter", {{"what", "meter, in a row before its readings"}, {"is", shortened(of->text)}});
  loaders_[of == nullptr ? 0 : at->second]->row(fact_table::readings, row, cells);
}

std::vector<std::shared_ptr<const facts>> fact_rows::finish() {
  units_ = {};
  std::vector<std::shared_ptr<const facts>> made;
  made.push_back(loaders_[0]->finish());
  for (std::size_t k = 1; k < loaders_.size(); ++k) {
    diagnostics own;
    loaders_[k]->tell_to(own);
    made.push_back(loaders_[k]->finish(made[0].get()));
    const std::size_t told = found_.all().size();
    for (const diagnostic& one : own.all()) {
      // Rows of accounts went to several, but what is wrong with them is told once.
      const auto before = found_.all().first(told);
      if (!one.pointer.starts_with("/accounts/") || std::find(before.begin(), before.end(), one) == before.end()) found_.add(one);
    }
    for (std::size_t more = own.all().size(); more < own.errors(); ++more) found_.add(own.all().back());  // beyond the limit: counted only
  }
  return made;
}

}  // namespace detail

DUES_END
