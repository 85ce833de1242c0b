// SPDX-License-Identifier: Apache-2.0
//
// Arrow streams as tests read them: every cell as the text that a CSV would have.
#pragma once

#include "house.hpp"

#include <dues_arrow.h>

#include <vector>

namespace arrow_read {

template <class Struct>
struct released {
  Struct is = {};
  released() = default;
  released(const released&) = delete;
  released& operator=(const released&) = delete;
  ~released() {
    if (is.release != nullptr) is.release(&is);
  }
};

/// What stands in a row of a column, as CSV has it; "null" where there is nothing.
inline std::string cell(const ArrowSchema& schema, const ArrowArray& array, std::int64_t row) {
  const auto* const valid = static_cast<const std::uint8_t*>(array.buffers[0]);
  if (valid != nullptr && (valid[row / 8] >> (row % 8) & 1) == 0) return "null";
  const std::string_view format = schema.format;
  const auto text = [](const ArrowArray& of, std::int64_t at) {
    const auto* const ends = static_cast<const std::int32_t*>(of.buffers[1]);
    return std::string(static_cast<const char*>(of.buffers[2]) + ends[at], static_cast<std::size_t>(ends[at + 1] - ends[at]));
  };
  if (format == "u") return text(array, row);
  if (format == "i") {
    const std::int32_t value = static_cast<const std::int32_t*>(array.buffers[1])[row];
    return schema.dictionary != nullptr ? text(*array.dictionary, value) : std::to_string(value);
  }
  if (format == "l") return std::to_string(static_cast<const std::int64_t*>(array.buffers[1])[row]);
  if (format == "tdD") return house::day(static_cast<const std::int32_t*>(array.buffers[1])[row]);
  dues_decimal value{};
  std::memcpy(&value.low, static_cast<const char*>(array.buffers[1]) + row * 16, 8);
  std::memcpy(&value.high, static_cast<const char*>(array.buffers[1]) + row * 16 + 8, 8);
  value.scale = std::atoi(format.substr(format.find(',') + 1).data());
  value.present = 1;
  return house::text(value);
}

/// All rows of a stream, which is read to its end.
inline std::vector<std::vector<std::string>> rows_of(ArrowArrayStream& stream) {
  released<ArrowSchema> schema;
  EXPECT_EQ(stream.get_schema(&stream, &schema.is), 0);
  std::vector<std::vector<std::string>> rows;
  for (;;) {
    released<ArrowArray> batch;
    EXPECT_EQ(stream.get_next(&stream, &batch.is), 0);
    if (batch.is.release == nullptr) return rows;
    EXPECT_EQ(batch.is.n_children, schema.is.n_children);
    for (std::int64_t i = 0; i < batch.is.length; ++i) {
      rows.emplace_back();
      for (std::int64_t k = 0; k < batch.is.n_children; ++k) rows.back().push_back(cell(*schema.is.children[k], *batch.is.children[k], i));
    }
  }
}

}  // namespace arrow_read
