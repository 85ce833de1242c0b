// SPDX-License-Identifier: Apache-2.0
//
// A document of facts as tables of CSV, and tables of CSV read in pieces.
#pragma once

#include <dues/csv/writer.hpp>
#include <dues/facts/loader.hpp>

#include "facts/written_out.hpp"

#include <algorithm>

namespace dues_test {

struct csv_table {
  std::string name, text;
};

/// The tables of a document: a column for each name that any row has.
inline std::vector<csv_table> as_csv(const value& document) {
  std::vector<csv_table> tables;
  for (const auto& [name, table] : document.members) {
    if (name == "dues_facts") continue;
    std::vector<std::string> columns;
    for (const auto& [index, row] : table.members)
      for (const auto& [column, cell] : row.members)
        if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
    std::string text;
    const auto put = [&](std::size_t i, std::string_view cell) {
      if (i != 0) text += ',';
      dues::append_csv_cell(text, cell);
    };
    for (std::size_t i = 0; i < columns.size(); ++i) put(i, columns[i]);
    for (const auto& [index, row] : table.members) {
      text += "\r\n";
      for (std::size_t i = 0; i < columns.size(); ++i) {
        std::string cell;
        for (const auto& [column, held] : row.members) {
          if (column != columns[i]) continue;
          cell = held.kind == dues::node_kind::boolean ? (held.truth ? "true" : "false") : held.text;
          for (const auto& [place, word] : held.members) cell += (cell.empty() ? "" : " ") + word.text;
        }
        put(i, cell);
      }
    }
    tables.push_back({name, text});
  }
  return tables;
}

inline void take_tables(dues::facts_loader& loader, const std::vector<csv_table>& tables, std::size_t piece = SIZE_MAX) {
  for (const csv_table& table : tables) {
    if (!loader.begin_csv(table.name)) return;
    for (std::string_view rest = table.text; !rest.empty(); rest.remove_prefix(std::min(piece, rest.size())))
      if (!loader.feed(rest.substr(0, piece))) break;
    loader.end_csv();
  }
}

inline dues::facts_result load_csv(const std::vector<csv_table>& tables, std::size_t piece = SIZE_MAX) {
  dues::facts_loader loader(tariff_of_facts());
  take_tables(loader, tables, piece);
  return loader.finish();
}

}  // namespace dues_test
