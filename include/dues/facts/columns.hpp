// SPDX-License-Identifier: Apache-2.0
//
// Facts are columns: a portfolio of a million units is a scan. A number column holds 64-bit
// coefficients with one scale for the column; a value that does not fit makes the column wide.
#pragma once

#include <dues/value/decimal.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

DUES_BEGIN

/// Decimals of one scale; a row may be missing.
class number_column {
 public:
  static constexpr std::int64_t missing = std::numeric_limits<std::int64_t>::min();

  std::size_t size() const noexcept { return is_wide_ ? wide_.size() : narrow_.size(); }
  void add_missing();
  void add(const decimal& value);
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

 private:
  std::vector<std::int32_t> rows_;
};

/// Texts in the order they came, each once.
class text_pool {
 public:
  std::int32_t add(std::string_view text);
  std::string_view at(std::int32_t place) const { return *texts_[static_cast<std::size_t>(place)]; }
  std::size_t size() const noexcept { return texts_.size(); }
  /// -1 when it is not there.
  std::int32_t find(std::string_view text) const;

 private:
  struct hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>()(s); }
  };
  std::unordered_map<std::string, std::int32_t, hash, std::equal_to<>> places_;
  std::vector<const std::string*> texts_;  ///< keys of the map: they do not move
};

/// Ids ranked by their bytes: comparing ranks compares ids.
class id_table {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;
  id_table() = default;
  /// @param ids  in any order, each once
  explicit id_table(std::vector<std::string> ids);
  std::size_t size() const noexcept { return ids_.size(); }
  std::string_view at(std::uint32_t rank) const { return ids_[rank]; }
  /// `none` when there is no such id. Cost: log n.
  std::uint32_t find(std::string_view id) const noexcept;

 private:
  std::vector<std::string> ids_;
};

DUES_END
