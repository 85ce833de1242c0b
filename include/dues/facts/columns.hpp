// SPDX-License-Identifier: Apache-2.0
//
// Facts are columns: a portfolio of a million units is a scan. A number column holds 64-bit
// coefficients with one scale for the column; a value that does not fit makes the column wide.
#pragma once

#include <dues/value/decimal.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

DUES_BEGIN

/// Decimals of one scale; a row may be missing.
class number_column {
 public:
  static constexpr std::int64_t missing = std::numeric_limits<std::int64_t>::min();

  std::size_t size() const noexcept { return is_wide_ ? wide_.size() : narrow_.size(); }
  void add_missing();
  void add(const decimal& value);
  /// The decimal coefficient / 10^scale; scale in 0..18.
  void add(std::int64_t coefficient, int scale) {
    if (is_wide_ || scale != scale_ || coefficient == missing) return add(*decimal::make(int128(coefficient), scale));
    narrow_.push_back(coefficient);
    largest_ = std::max(largest_, coefficient < 0 ? -coefficient : coefficient);
  }
  bool has(std::size_t row) const noexcept { return is_wide_ ? wide_[row].has_value() : narrow_[row] != missing; }
  /// Precondition: has(row).
  decimal at(std::size_t row) const;
  void copy_from(std::size_t row, std::size_t source);
  /// Rows in a new order: row i becomes what row order[i] was.
  void reorder(std::span<const std::uint32_t> order);

  /// Whether every row fits 64 bits at scale(); then narrow() is what kernels scan.
  bool is_wide() const noexcept { return is_wide_; }
  int scale() const noexcept { return scale_; }
  std::span<const std::int64_t> narrow() const noexcept { return narrow_; }
  /// No coefficient of narrow() is larger, either way. Kernels prove by it that a product fits.
  std::int64_t largest() const noexcept { return largest_; }

 private:
  void widen();

  std::vector<std::int64_t> narrow_;
  std::vector<std::optional<decimal>> wide_;
  std::int64_t largest_ = 0;
  int scale_ = 0;
  bool is_wide_ = false;
};

/// Words of a choice, yes/no, days, or texts by their place in a pool.
class word_column {
 public:
  static constexpr std::int32_t missing = std::numeric_limits<std::int32_t>::min();
  std::size_t size() const noexcept { return rows_.size(); }
  void add_missing() { rows_.push_back(missing); }
  void add(std::int32_t word) { rows_.push_back(word); }
  bool has(std::size_t row) const noexcept { return rows_[row] != missing; }
  std::int32_t at(std::size_t row) const noexcept { return rows_[row]; }
  void copy_from(std::size_t row, std::size_t source) { rows_[row] = rows_[source]; }
  void reorder(std::span<const std::uint32_t> order);
  std::span<const std::int32_t> rows() const noexcept { return rows_; }
  /// Each word w becomes to[w]; what is missing stays so.
  void renumber(std::span<const std::uint32_t> to);

 private:
  std::vector<std::int32_t> rows_;
};

/// Ids ranked by their bytes: comparing ranks compares ids. Each stands once, in one run of bytes.
class id_table {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;
  id_table() = default;
  /// @param ids  in any order, each once
  explicit id_table(std::vector<std::string> ids);
  /// @param bytes  of all ids, in order
  /// @param ends   of each id in `bytes`
  id_table(std::vector<char> bytes, std::vector<std::uint64_t> ends) noexcept : bytes_(std::move(bytes)), ends_(std::move(ends)) {}

  std::size_t size() const noexcept { return ends_.size(); }
  std::string_view at(std::uint32_t rank) const noexcept {
    const std::uint64_t begin = rank == 0 ? 0 : ends_[rank - 1];
    return {bytes_.data() + begin, static_cast<std::size_t>(ends_[rank] - begin)};
  }
  /// `none` when there is no such id. Cost: log n.
  std::uint32_t find(std::string_view id) const noexcept;

 private:
  std::vector<char> bytes_;
  std::vector<std::uint64_t> ends_;
};

DUES_END
