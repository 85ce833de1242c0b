// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/diagnostic/shortened.hpp>
#include <dues/facts/impl/fact_rows.hpp>
#include <dues/facts/loader.hpp>

#include <set>
#include <stdexcept>

DUES_BEGIN

namespace detail {

/// Rows of CSV as rows of facts.
class csv_rows final : public csv_sink {
 public:
  csv_rows(std::string table, fact_rows& to) : table_(std::move(table)), to_(to) {}

  bool header(std::span<const std::string> names) override {
    for (const std::string& name : names) cells_.push_back({name, {}, cell_kind::text});
    return to_.csv_header(table_, names);
  }
  std::size_t columns() const noexcept { return cells_.size(); }
  void record(std::size_t row, std::span<const std::string_view> texts) override {
    for (std::size_t i = 0; i < texts.size(); ++i) cells_[i].text = texts[i];
    to_.row(table_, row - 2, cells_);
  }

 private:
  std::string table_;
  fact_rows& to_;
  std::vector<cell> cells_;
};

}  // namespace detail

struct facts_loader::state {
  explicit state(std::vector<std::shared_ptr<const program>> of) : tariffs(std::move(of)), into(tariffs, found) {}

  std::vector<std::shared_ptr<const program>> tariffs;
  diagnostics found;
  detail::fact_rows into;
  std::optional<detail::csv_rows> rows;
  std::optional<csv_reader> reader;
  bool usable = true;

  std::size_t next_row = 0;  ///< of a table that comes row by row; 0: none does

  bool keep(bool still) { return usable = usable && still && !into.refused(); }
};

facts_loader::facts_loader(std::shared_ptr<const program> tariff) : facts_loader(std::vector{std::move(tariff)}) {}

facts_loader::facts_loader(std::vector<std::shared_ptr<const program>> tariffs) {
  if (tariffs.empty()) throw std::invalid_argument("facts need a compiled tariff");
  std::set<std::string_view> ids;
  for (const auto& one : tariffs) {
    if (one == nullptr) throw std::invalid_argument("facts need a compiled tariff");
    if (!ids.insert(one->id).second) throw std::invalid_argument("two tariffs have the id " + one->id);
  }
  state_ = std::make_unique<state>(std::move(tariffs));
}

facts_loader::~facts_loader() = default;
facts_loader::facts_loader(facts_loader&&) noexcept = default;
facts_loader& facts_loader::operator=(facts_loader&&) noexcept = default;

bool facts_loader::json(std::string_view document) {
  state& s = *state_;
  if (s.reader || s.next_row != 0) throw std::logic_error("json before the end of a table");
  s.into.begin_document();
  const bool read = read_json_rows(document, s.into, s.found);
  return s.keep(read && (s.into.refused() || s.into.has_version()));
}

bool facts_loader::begin_csv(std::string_view table, csv_limits limits) {
  state& s = *state_;
  if (s.reader || s.next_row != 0) throw std::logic_error("begin_csv before the end of another table");
  s.into.table(table);
  if (!s.keep(true)) return false;
  s.rows.emplace(std::string(table), s.into);
  std::vector<std::string> needed;
  for (const detail::column one : detail::needed_columns(*detail::table_called(table))) needed.emplace_back(name_of(one));
  limits.rows = std::min<std::size_t>(limits.rows, detail::row_of_units);
  s.reader.emplace(table, *s.rows, s.found, std::move(needed), limits);
  return true;
}

bool facts_loader::feed(std::string_view chunk) {
  state& s = *state_;
  return s.reader ? s.keep(s.reader->feed(chunk)) : false;
}

bool facts_loader::end_csv() {
  state& s = *state_;
  if (!s.reader) return false;
  const bool whole = s.reader->finish();
  s.reader.reset();
  s.rows.reset();
  return s.keep(whole);
}

bool facts_loader::begin_rows(std::string_view table, std::span<const std::string> names) {
  state& s = *state_;
  if (s.reader || s.next_row != 0) throw std::logic_error("begin_rows before the end of another table");
  s.into.table(table);
  if (!s.keep(true)) return false;
  const std::size_t before = s.found.errors();
  const auto tell = [&](std::string_view code, std::size_t column, std::initializer_list<std::pair<std::string_view, std::string>> values) {
    diagnostic made = make_diagnostic(code, "/" + std::string(table), values);
    made.values.emplace_back("row", "1");
    if (column != 0) made.values.emplace_back("column", std::to_string(column));
    s.found.add(std::move(made));
  };
  constexpr csv_limits limits;
  if (names.size() > limits.columns) {
    tell("F149", limits.columns + 1, {{"what", "the number of columns"}, {"limit", std::to_string(limits.columns)}});
    return s.keep(false);
  }
  std::set<std::string_view> known;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) tell("F145", i + 1, {});
    else if (names[i].size() > limits.name_bytes) tell("F149", i + 1, {{"what", "the name of a column"}, {"limit", std::to_string(limits.name_bytes) + " bytes"}});
    else if (!known.insert(names[i]).second) tell("F144", i + 1, {{"name", shortened(names[i])}});
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  for (const detail::column one : detail::needed_columns(*detail::table_called(table)))
    if (!known.contains(name_of(one))) tell("F146", 0, {{"is", std::string(name_of(one))}, {"table", std::string(table)}, {"nearest", std::string(nearest_name(name_of(one), views))}});
  if (!s.keep(s.found.errors() == before)) return false;
  s.rows.emplace(std::string(table), s.into);
  if (!s.keep(s.rows->header(names))) return false;
  s.next_row = 2;
  return true;
}

bool facts_loader::row(std::span<const std::string_view> texts) {
  state& s = *state_;
  if (!s.usable) return false;
  if (s.next_row == 0 || texts.size() != s.rows->columns()) throw std::logic_error("a row outside a table, or of another length");
  if (s.next_row - 2 >= detail::row_of_units) {
    s.found.add(make_diagnostic("F149", "", {{"row", std::to_string(s.next_row)}, {"what", "the number of rows"}, {"limit", std::to_string(detail::row_of_units)}}));
    return s.keep(false);
  }
  s.rows->record(s.next_row++, texts);
  return s.keep(true);
}

bool facts_loader::end_rows() {
  state& s = *state_;
  if (s.next_row == 0) return false;
  s.next_row = 0;
  s.rows.reset();
  return s.keep(true);
}

facts_set facts_loader::finish_all() {
  state& s = *state_;
  if (s.reader || s.next_row != 0) throw std::logic_error("finish before end_csv");
  facts_set result;
  if (s.usable) {
    auto made = s.into.finish();
    for (std::size_t i = 0; i < made.size(); ++i) result.by_tariff.emplace(s.tariffs[i]->id, std::move(made[i]));
  }
  result.found = std::move(s.found);
  return result;
}

facts_result facts_loader::finish() {
  if (state_->tariffs.size() != 1) throw std::logic_error("facts for several tariffs: finish_all");
  facts_set all = finish_all();
  facts_result result;
  if (!all.by_tariff.empty()) result.loaded = std::move(all.by_tariff.begin()->second);
  result.found = std::move(all.found);
  return result;
}

facts_result load_facts(std::shared_ptr<const program> tariff, std::string_view facts_json) {
  facts_loader loader(std::move(tariff));
  loader.json(facts_json);
  return loader.finish();
}

DUES_END
