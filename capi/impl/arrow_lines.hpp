// SPDX-License-Identifier: Apache-2.0
//
// Lines of a result as Arrow columns: what stands in the result's own columns is handed out as it is, the
// rest is filled in one pass.
#pragma once

#include <capi/impl/arrow.hpp>
#include <capi/impl/handles.hpp>

#include <array>
#include <string>

namespace dues::capi {

/// The columns of lines, in order.
enum class line_column : std::uint8_t {
  account, unit, fee, subject, period, from, to, adjustment, issue, due,
  quantity, price, gross, net, tax, amount, tax_id, rate, fund, diagnostic
};
inline constexpr std::size_t line_columns = 20;

struct column_form {
  const char* name;
  char type;       ///< t: text, w: words of a dictionary, d: day, i: integer, m: money, n: a number of 18 places
  bool nullable;
};
inline constexpr std::array<column_form, line_columns> column_forms{{
    {"account", 't', true}, {"unit", 't', false}, {"fee", 'w', false}, {"subject", 't', true}, {"period", 'd', false},
    {"from", 'd', false}, {"to", 'd', false}, {"adjustment", 'i', false}, {"issue", 'd', false}, {"due", 'd', false},
    {"quantity", 'n', true}, {"price", 'n', true}, {"gross", 'm', true}, {"net", 'm', true}, {"tax", 'm', true},
    {"amount", 'm', true}, {"tax_id", 'w', true}, {"rate", 'w', true}, {"fund", 'w', true}, {"diagnostic", 'w', true}}};
/// Places of quantity and price: a value of 64 bits and of any scale fits into 38 digits so.
inline constexpr int number_places = decimal::most_places;

/// Words, each once, and which of them each number of the engine's stands for (-1: none).
struct word_list {
  std::vector<std::int32_t> ends{0};  ///< offsets of Arrow
  std::string bytes;
  std::vector<std::int32_t> word_of;

  std::int32_t size() const noexcept { return static_cast<std::int32_t>(ends.size()) - 1; }
  void add(std::string_view word);  ///< an empty one is none
};

/// A stream's own state, which its batches keep.
struct lines_source {
  std::shared_ptr<const billing> made;
  word_list fees, tax_ids, rates, funds, faults;

  explicit lines_source(const dues_result& of);
  const word_list& words_of(line_column column) const noexcept;
};

/// Buffers of one column of a batch. `values` may be the result's own.
struct column_buffers {
  std::array<const void*, 3> buffers{};
  std::int64_t nulls = 0;
  std::unique_ptr<std::uint8_t[]> valid, values, bytes;
};

/// Fills a column with rows [first, first + count) of a block.
column_buffers fill_column(const lines_source& from, line_column which, const line_block& block, std::size_t first, std::size_t count);

}  // namespace dues::capi
