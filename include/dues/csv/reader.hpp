// SPDX-License-Identifier: Apache-2.0
//
// CSV as people have it (RFC 4180, UTF-8), read in pieces of any size and never whole: the first row
// names the columns, every further row has as many cells. A mistake names row and column.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

DUES_BEGIN

/// What one file may ask for; beyond it F149, and nothing further is read. A reader holds one row, so
/// `row_bytes` and 64 KiB bound its memory.
struct csv_limits {
  std::size_t cell_bytes = std::size_t{1} << 20;  ///< of one cell, quotes of the form not counted
  std::size_t row_bytes = std::size_t{16} << 20;  ///< of one row, as it stands in the file
  std::size_t columns = 10'000;
  std::size_t name_bytes = 1'000;                 ///< of a column: places are made of names
  std::size_t rows = 2'000'000'000;
};

/// Takes rows. Views live until the call returns.
class csv_sink {
 public:
  virtual ~csv_sink() = default;
  /// The names of the columns, each once and none empty.
  /// @returns false when these columns are of no use: nothing further is read
  virtual bool header(std::span<const std::string> names) = 0;
  /// A row with as many cells as the header.
  /// @param row  as a person counts in the file: the header is row 1; a row with line breaks in quotes is one
  virtual void record(std::size_t row, std::span<const std::string_view> cells) = 0;
};

/// Reads one file: feed() any number of times, then finish(). Rows end with LF or CRLF, the last may
/// have no end; a byte order mark is passed over; lines with nothing in them are counted and passed
/// over. Where the pieces are cut makes no difference. One thread at a time.
///
/// Mistakes (F140 to F150) have the pointer "/table/n" or "/table/n/name", where n counts from 0 for
/// the row under the header, as in a JSON document, and the values `row` and `column` as a person
/// counts them. A row with too many or too few cells is told and passed over; every other mistake
/// ends the reading. Cost: bytes.
class csv_reader {
 public:
  /// @param table   stands in the places of mistakes
  /// @param needed  columns that must be there
  csv_reader(std::string_view table, csv_sink& sink, diagnostics& found, std::vector<std::string> needed = {}, csv_limits limits = {});

  /// @returns false when nothing further will be read
  bool feed(std::string_view chunk);
  /// @returns whether all rows were read and handed over
  bool finish();

 private:
  enum class state : std::uint8_t { cell_begins, bare, quoted, after_quote, after_return };
  struct piece {
    std::size_t begin, end;
  };

  bool read(std::string_view slice);
  bool scan();
  bool scan_bare();
  bool scan_quoted();
  bool after_quote(char next);
  bool end_cell(std::size_t begin, std::size_t end);
  bool end_row();
  bool take_header();
  bool within_limits(std::size_t cell, std::size_t row_end);
  bool fail(std::string_view code, std::size_t column, std::initializer_list<std::pair<std::string_view, std::string>> more = {});
  void tell(std::string_view code, std::size_t column, std::initializer_list<std::pair<std::string_view, std::string>> more);
  std::size_t valid_prefix(std::string_view slice);

  std::string table_;
  csv_sink& sink_;
  diagnostics& found_;
  std::vector<std::string> needed_, names_;
  csv_limits limits_;
  std::string lead_;    ///< first bytes, while they may be a byte order mark
  std::string buffer_;  ///< the row being read, and what follows it
  std::vector<piece> cells_;
  std::vector<std::string_view> views_;
  std::size_t row_ = 1, row_begin_ = 0, at_ = 0, begin_ = 0, write_ = 0;
  state state_ = state::cell_begins;
  unsigned char lowest_ = 0x80, highest_ = 0xBF;  ///< of the next byte of a character
  std::uint8_t bytes_left_ = 0;                   ///< of the character being read
  bool led_ = false, quoted_row_ = false, headed_ = false, stopped_ = false, whole_ = true, saw_nul_ = false;
};

DUES_END
