// SPDX-License-Identifier: Apache-2.0
//
// Facts from the files that people have: tables of CSV, documents of JSON, or some of each, for one
// tariff or for several. Files come in pieces and are never held whole.
#pragma once

#include <dues/csv/reader.hpp>
#include <dues/facts/facts.hpp>

#include <map>
#include <memory>

DUES_BEGIN

/// Facts for each of several tariffs.
struct facts_set {
  std::map<std::string, std::shared_ptr<const facts>, std::less<>> by_tariff;  ///< by the tariff's id; empty when the files cannot be used at all
  diagnostics found;                                                           ///< as in facts_result
};

/// Takes tables in any order, each once, then gives the facts. One thread at a time.
///
/// A table of CSV has the columns that the table has in JSON (LANGUAGE.md, 5); an empty cell is an
/// absent one, and every cell is read as what its column is. A mistake in its header, its quotes or the
/// number of its cells makes the facts unusable; a mistake in a row follows the row's unit as in JSON.
/// Diagnostics of a CSV have the pointer "/units/17/area", where 17 counts from 0 for the row under the
/// header, and the values `row` and `column` as a person counts them in the file, the header being row 1.
///
/// With several tariffs each row of units says in a column `tariff` whose it is, and the units stand
/// before the rows that name them.
///
/// No text from a file is hashed to find it: ids are sorted, so that none can be chosen to cost more
/// than their bytes x log(rows).
class facts_loader {
 public:
  /// @throws std::invalid_argument without a tariff
  explicit facts_loader(std::shared_ptr<const program> tariff);
  /// @throws std::invalid_argument without a tariff, or when two have one id
  explicit facts_loader(std::vector<std::shared_ptr<const program>> tariffs);
  ~facts_loader();
  facts_loader(facts_loader&&) noexcept;
  facts_loader& operator=(facts_loader&&) noexcept;

  /// Reads a whole document, {"dues_facts": "1", "units": [...], ...}.
  /// @returns false when the facts can no longer be used; finish() tells why. So do the others.
  bool json(std::string_view document);
  /// Begins a table of CSV, such as "units"; then feed() any number of times, then end_csv().
  /// @throws std::logic_error before the end of another
  bool begin_csv(std::string_view table, csv_limits limits = {});
  bool feed(std::string_view chunk);
  bool end_csv();
  /// A table whose rows the host has as texts, column by column: those of a data frame. As a table of CSV,
  /// without its bytes: names are each once and none empty (F144, F145), needed columns are there (F146),
  /// empty texts are absent cells. begin_rows(), then row() with as many texts, UTF-8 without NUL.
  /// @throws std::logic_error before the end of another table, or for a row of another length
  bool begin_rows(std::string_view table, std::span<const std::string> names);
  bool row(std::span<const std::string_view> texts);
  bool end_rows();

  /// Ranks, sorts and checks what has come. Once; nothing may follow. Cost: rows x log(rows).
  /// @throws std::logic_error with several tariffs, or inside a table of CSV
  facts_result finish();
  /// The same for any number of tariffs.
  facts_set finish_all();

 private:
  struct state;
  std::unique_ptr<state> state_;
};

DUES_END
