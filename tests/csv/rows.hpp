// SPDX-License-Identifier: Apache-2.0
//
// A file of CSV read into rows of texts, for tests that say what stands where.
#pragma once

#include <dues/csv/reader.hpp>

#include "tariff/small_tariff.hpp"

namespace dues_test {

using row_of_texts = std::vector<std::string>;

/// What a sink was given.
struct rows_read final : dues::csv_sink {
  row_of_texts names;
  std::vector<row_of_texts> rows;
  std::vector<std::size_t> numbers;  ///< of the rows
  dues::diagnostics found;
  bool whole = false;

  bool header(std::span<const std::string> columns) override {
    names.assign(columns.begin(), columns.end());
    return true;
  }
  void record(std::size_t row, std::span<const std::string_view> cells) override {
    rows.emplace_back(cells.begin(), cells.end());
    numbers.push_back(row);
  }
};

/// Reads `text` in pieces of `piece` bytes.
inline rows_read read_csv(std::string_view text, std::size_t piece = SIZE_MAX, std::vector<std::string> needed = {}, dues::csv_limits limits = {}) {
  rows_read read;
  dues::csv_reader reader("units", read, read.found, std::move(needed), limits);
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min(piece, rest.size())))
    if (!reader.feed(rest.substr(0, piece))) break;
  read.whole = reader.finish();
  return read;
}

}  // namespace dues_test
