// SPDX-License-Identifier: Apache-2.0
//
// A small table that is written row by row and goes out as an Arrow stream: what the ledger tells in bulk.
#pragma once

#include <capi/impl/arrow_schema.hpp>
#include <dues/value/date.hpp>
#include <dues/value/wide.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace dues::capi {

enum class cell_type : std::uint8_t { text, text_or_none, day, whole, money };

struct table_column {
  const char* name;  ///< lives for ever
  cell_type type;
};

/// One column of one batch.
struct column_cells {
  std::vector<std::int32_t> ends;      ///< of texts, Arrow's offsets; of days the values
  std::vector<std::uint64_t> numbers;  ///< of money two words each
  std::vector<std::uint8_t> valid;     ///< bits; only where a cell may be none
  std::string bytes;
  std::int64_t nulls = 0;
};

struct table_batch {
  std::vector<column_cells> columns;
  std::int64_t rows = 0;
};

struct arrow_table {
  std::vector<arrow_field> fields;
  std::string tariff, currency;
  std::vector<std::shared_ptr<const table_batch>> batches;
};

class table_writer {
 public:
  table_writer(std::span<const table_column> columns, int minor_units, std::string_view tariff, std::string_view currency);

  // The cells of a row, in the order of the columns.
  void text(std::string_view value);  ///< empty: none, where the column may have none
  void day(civil_day value);
  void whole(std::uint64_t value);
  void money(const int128& value);
  /// After the last cell of each row.
  void end_row();

  /// Gives a stream that needs nothing else. @param out  filled when nothing fails
  void give(ArrowArrayStream* out);

 private:
  column_cells& next() { return batch_->columns[at_++]; }
  void begin_batch();
  void end_batch();

  std::span<const table_column> columns_;
  std::shared_ptr<arrow_table> made_;
  std::shared_ptr<table_batch> batch_;
  std::size_t at_ = 0;      ///< column of the next cell
  std::size_t longest_ = 0; ///< bytes of the batch's largest column of texts
};

}  // namespace dues::capi
