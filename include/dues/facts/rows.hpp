// SPDX-License-Identifier: Apache-2.0
//
// A document of facts as a stream of flat rows, so that a million units never stand in memory as
// text: the reader of JSON hands over a row at a time, and other forms may do the same.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>
#include <dues/limits.hpp>

#include <span>
#include <string>
#include <string_view>

DUES_BEGIN

enum class cell_kind : std::uint8_t { text, number, boolean, list };

/// One cell. `text` is the number as written, the text, "true" or "false", or words joined by spaces.
struct cell {
  std::string_view name, text;
  cell_kind kind = cell_kind::text;
};

/// Takes rows. Views live until the call returns.
class row_sink {
 public:
  virtual ~row_sink() = default;
  /// The version that the document says it is written in.
  virtual void version(std::string_view text) = 0;
  /// A table begins, be it empty; a table that stands twice begins twice.
  virtual void table(std::string_view) {}
  /// @param row  counted from 0 within the table
  virtual void row(std::string_view table, std::size_t row, std::span<const cell> cells) = 0;
};

/// Streams {"dues_facts": "1", table: [{...}, ...], ...} into `sink`.
/// @returns false when the document cannot be read further; `found` says why
bool read_json_rows(std::string_view text, row_sink& sink, diagnostics& found, const facts_limits& limits = {});

DUES_END
