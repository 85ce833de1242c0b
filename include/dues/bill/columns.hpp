// SPDX-License-Identifier: Apache-2.0
//
// Lines as columns: a million of them are a few arrays that are written once, in order. A column whose
// rows are all the same holds that value once, so what a run does not use costs nothing.
#pragma once

#include <dues/bill/line.hpp>
#include <dues/value/unset_rows.hpp>

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

DUES_BEGIN

/// Values by row. While all are equal there is one of them, and rows() is empty.
template <class T>
class run_column {
 public:
  std::size_t size() const noexcept { return size_; }
  bool same() const noexcept { return rows_.empty(); }
  T operator[](std::size_t row) const { return rows_.empty() ? same_ : rows_[row]; }
  /// Every row, or nothing while all are same_value().
  std::span<const T> rows() const noexcept { return {rows_.data(), rows_.size()}; }
  const T& same_value() const noexcept { return same_; }

  /// Adds `count` rows of one value.
  void add(const T& value, std::size_t count = 1) {
    if (count == 0) return;
    if (size_ == 0) same_ = value;
    if (rows_.empty() && value == same_) {
      size_ += count;
      return;
    }
    std::fill_n(extend(count), count, value);
  }
  /// Adds `count` rows that the caller writes, and gives the first.
  T* extend(std::size_t count) {
    spread();
    size_ += count;
    return rows_.grow(count);
  }
  /// Takes `rows` as they are, and leaves its own memory for the next in their place. There are no rows yet.
  void take(detail::unset_rows<T>& rows) noexcept {
    std::swap(rows_, rows);
    size_ = rows_.size();
  }
  void set(std::size_t row, const T& value) {
    if (rows_.empty() && value == same_) return;
    spread();
    rows_[row] = value;
  }
  /// Changes every value, be there one or many.
  template <class Change>
  void transform(Change&& change) {
    if (size_ != 0) same_ = change(same_);
    for (T& one : rows_) one = change(one);
  }
  /// Leaves no row; the memory stays for the next.
  void clear() noexcept {
    rows_.clear();
    size_ = 0;
  }

 private:
  // Every row on its own.
  void spread() {
    if (rows_.empty() && size_ != 0) std::fill_n(rows_.grow(size_), size_, same_);
  }

  std::size_t size_ = 0;
  T same_{};
  detail::unset_rows<T> rows_;
};

/// Lines that follow each other, column by column. Amounts are minor units; what a column means stands
/// at struct line.
struct line_block {
  run_column<std::uint32_t> account, unit, subscription;
  run_column<std::int32_t> fee, adjustment, rate, fault;
  run_column<civil_day> period, from, to, issue, due;
  run_column<std::int64_t> gross, tax;
  run_column<std::int64_t> added;  ///< amount - gross: exclusive tax, less discounts
  run_column<std::int64_t> quantity, price;
  run_column<std::int8_t> quantity_scale, price_scale;

  std::size_t size() const noexcept { return account.size(); }
  line at(std::size_t row) const;
  void add(const line& one);
  void set(std::size_t row, const line& one);
  void clear() noexcept;
};

/// Lines in order, in blocks of any size. Reading gives lines by value.
class line_list {
 public:
  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::random_access_iterator_tag;
    using value_type = line;
    using difference_type = std::ptrdiff_t;
    using reference = line;
    using pointer = void;

    iterator() = default;
    iterator(const line_list* list, std::size_t at) : list_(list), at_(at) {}
    line operator*() const { return (*list_)[at_]; }
    line operator[](difference_type n) const { return *(*this + n); }
    iterator& operator++() { return *this += 1; }
    iterator operator++(int) { return std::exchange(*this, *this + 1); }
    iterator& operator--() { return *this += -1; }
    iterator operator--(int) { return std::exchange(*this, *this + -1); }
    iterator& operator+=(difference_type n) {
      at_ += static_cast<std::size_t>(n);
      return *this;
    }
    iterator& operator-=(difference_type n) { return *this += -n; }
    friend iterator operator+(iterator i, difference_type n) { return i += n; }
    friend iterator operator+(difference_type n, iterator i) { return i += n; }
    friend iterator operator-(iterator i, difference_type n) { return i += -n; }
    friend difference_type operator-(const iterator& a, const iterator& b) { return static_cast<difference_type>(a.at_) - static_cast<difference_type>(b.at_); }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }
    friend auto operator<=>(const iterator& a, const iterator& b) { return a.at_ <=> b.at_; }

   private:
    const line_list* list_ = nullptr;
    std::size_t at_ = 0;
  };

  std::size_t size() const noexcept { return ends_.empty() ? 0 : ends_.back(); }
  bool empty() const noexcept { return size() == 0; }
  /// Cost: logarithmic in blocks; neighbours are found at once.
  line operator[](std::size_t at) const;
  iterator begin() const { return {this, 0}; }
  iterator end() const { return {this, size()}; }
  line back() const { return (*this)[size() - 1]; }

  std::span<const line_block> blocks() const noexcept { return blocks_; }

  /// For those who make lines: blocks are written from outside, then counted.
  std::vector<line_block>& blocks_to_write() noexcept { return blocks_; }
  void count_blocks();
  void push_back(const line& one);
  void set(std::size_t at, const line& one);
  /// Leaves no line; blocks keep their memory for the next run.
  void clear() noexcept;

 private:
  std::size_t block_of(std::size_t at) const;

  std::vector<line_block> blocks_;
  std::vector<std::size_t> ends_;  ///< of each block, the place after its last line
};
static_assert(std::random_access_iterator<line_list::iterator>);

DUES_END
