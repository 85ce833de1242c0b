// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a table of CSV. The first two say which table, and how large the pieces are.
#include "fuzz/billed.hpp"
#include "fuzz/every_type.hpp"

#include <dues/csv/reader.hpp>
#include <dues/csv/writer.hpp>
#include <dues/facts/loader.hpp>

namespace dues_fuzz {

namespace {

struct kept final : dues::csv_sink {
  std::vector<std::vector<std::string>> rows;
  bool header(std::span<const std::string> names) override {
    rows.emplace_back(names.begin(), names.end());
    return true;
  }
  void record(std::size_t, std::span<const std::string_view> cells) override {
    require(cells.size() == rows[0].size(), "a row has the cells of its header");
    rows.emplace_back(cells.begin(), cells.end());
  }
};

bool read(std::string_view bytes, std::size_t piece, kept& into, dues::diagnostics& found) {
  dues::csv_reader reader("units", into, found);
  for (std::size_t at = 0; at < bytes.size(); at += piece) reader.feed(bytes.substr(at, piece));
  return reader.finish();
}

dues::facts_result load(std::string_view table, std::string_view bytes, std::size_t piece) {
  dues::facts_loader loader(tariff_of_every_type());
  loader.begin_csv(table);
  for (std::size_t at = 0; at < bytes.size(); at += piece) loader.feed(bytes.substr(at, piece));
  loader.end_csv();
  if (table != "units") {
    loader.begin_csv("units");
    loader.feed("unit,from,use,area,lift,code,built\n1-101,2026-01-01,flat,80.02,true,a,2001-05-01\n");
    loader.end_csv();
  }
  return loader.finish();
}

}  // namespace

void facts_csv(std::string_view bytes) {
  if (bytes.size() < 2) return;
  static constexpr std::string_view tables[] = {"units", "accounts", "tenures", "subscriptions", "occupancy", "calendars", "calendar_days"};
  const std::string_view table = tables[static_cast<unsigned char>(bytes[0]) % 7];
  const std::size_t piece = 1 + static_cast<unsigned char>(bytes[1]) % 64;
  bytes.remove_prefix(2);
  kept whole, pieces;
  dues::diagnostics found, again;
  const bool read_whole = read(bytes, bytes.size() + 1, whole, found);
  const bool read_pieces = read(bytes, piece, pieces, again);
  require_sound(found, again);
  require(read_whole == read_pieces && whole.rows == pieces.rows, "where the pieces are cut makes no difference");
  require(read_whole == !found.has_errors(), "all rows, or an error");
  if (read_whole) {
    std::string written;
    for (const auto& row : whole.rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i != 0) written += ',';
        dues::append_csv_cell(written, row[i]);
      }
      // A row of one empty cell would be a line with nothing in it, which is passed over.
      written += row.size() == 1 && row[0].empty() ? "\"\"\r\n" : "\r\n";
    }
    kept back;
    dues::diagnostics none;
    require(read(written, written.size() + 1, back, none) && back.rows == whole.rows, "what is written is read back the same");
  }
  const dues::facts_result made = load(table, bytes, bytes.size() + 1);
  const dues::facts_result in_pieces = load(table, bytes, piece);
  require_sound(made.found, in_pieces.found);
  require((made.loaded == nullptr) == (in_pieces.loaded == nullptr), "pieces load alike");
  if (made.loaded != nullptr) require_billed(made.loaded, {*dues::parse_day("2026-07-01"), *dues::parse_day("2026-08-01")});
}

}  // namespace dues_fuzz
