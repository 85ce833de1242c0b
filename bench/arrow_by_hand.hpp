// SPDX-License-Identifier: Apache-2.0
//
// Arrow tables as a host in C++ reads and writes them by itself: a table of texts, given as a stream for
// the C boundary or row by row to the loader, and lines written into Arrow's buffers.
#pragma once

#include <dues/dues.hpp>
#include <dues_arrow.h>

#include <string>
#include <string_view>
#include <vector>

namespace dues_bench {

/// Columns of texts (format u), one after another in the order of `names`.
class text_table {
 public:
  /// @param csv  with a header, without quotes
  explicit text_table(std::string_view csv);

  /// One batch of all rows, in the memory of this table.
  ArrowArrayStream stream();
  /// Gives every row to the loader.
  void load(dues::facts_loader& loader, std::string_view table) const;

 private:
  struct column {
    std::vector<std::int32_t> ends{0};
    std::string bytes;
    const void* buffers[3] = {nullptr, nullptr, nullptr};
  };

  std::vector<std::string> names_;
  std::vector<column> columns_;
  std::size_t rows_ = 0;
  bool given_ = false;
  std::vector<ArrowSchema> schemas_;
  std::vector<ArrowArray> arrays_;
  std::vector<ArrowSchema*> schema_places_;
  std::vector<ArrowArray*> array_places_;
};

/// Writes lines into buffers of the columns that the C boundary gives, block by block, and lets go of them.
/// @returns the sum of the amounts, minor units
std::int64_t lines_into_arrow(const dues::billing& made);

}  // namespace dues_bench
