// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/facts/impl/loader.hpp>
#include <dues/facts/loader.hpp>

#include <stdexcept>

DUES_BEGIN

namespace detail {

/// Rows of CSV as rows of facts.
class csv_rows final : public csv_sink {
 public:
  csv_rows(std::string table, loader& to) : table_(std::move(table)), to_(to) {}

  bool header(std::span<const std::string> names) override {
    for (const std::string& name : names) cells_.push_back({name, {}, cell_kind::text});
    return true;
  }
  void record(std::size_t row, std::span<const std::string_view> texts) override {
    for (std::size_t i = 0; i < texts.size(); ++i) cells_[i].text = texts[i];
    to_.row(table_, row - 2, cells_);
  }

 private:
  std::string table_;
  loader& to_;
  std::vector<cell> cells_;
};

}  // namespace detail

struct facts_loader::state {
  explicit state(std::shared_ptr<const program> tariff) : loader(std::move(tariff), found) {}

  diagnostics found;
  detail::loader loader;
  std::optional<detail::csv_rows> rows;
  std::optional<csv_reader> reader;
  bool usable = true;

  bool keep(bool still) { return usable = usable && still && !loader.refused(); }
};

facts_loader::facts_loader(std::shared_ptr<const program> tariff) {
  if (tariff == nullptr) throw std::invalid_argument("facts need a compiled tariff");
  state_ = std::make_unique<state>(std::move(tariff));
}
facts_loader::~facts_loader() = default;
facts_loader::facts_loader(facts_loader&&) noexcept = default;
facts_loader& facts_loader::operator=(facts_loader&&) noexcept = default;

bool facts_loader::json(std::string_view document) {
  state& s = *state_;
  const bool read = read_json_rows(document, s.loader, s.found);
  return s.keep(read && (s.loader.refused() || s.loader.has_version()));
}

bool facts_loader::begin_csv(std::string_view table, csv_limits limits) {
  state& s = *state_;
  if (s.reader) throw std::logic_error("begin_csv before end_csv");
  s.loader.table(table);
  if (!s.keep(true)) return false;
  s.rows.emplace(std::string(table), s.loader);
  std::vector<std::string> needed;
  for (const std::string_view one : detail::needed_columns(table)) needed.emplace_back(one);
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

facts_result facts_loader::finish() {
  state& s = *state_;
  if (s.reader) throw std::logic_error("finish before end_csv");
  facts_result result;
  if (s.usable) result.loaded = s.loader.finish();
  result.found = std::move(s.found);
  return result;
}

facts_result load_facts(std::shared_ptr<const program> tariff, std::string_view facts_json) {
  facts_loader loader(std::move(tariff));
  loader.json(facts_json);
  return loader.finish();
}

DUES_END
