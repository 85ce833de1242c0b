// SPDX-License-Identifier: Apache-2.0
//
// Rows of a column that are written as soon as there is room for them. Not public.
#pragma once

#include <dues/config.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

DUES_BEGIN

namespace detail {

/// Room for plain values. Rows are written as soon as there is room for them: they need no zeros first.
template <class T>
class unset_rows {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  unset_rows() = default;
  unset_rows(const unset_rows& other) { std::copy_n(other.data(), other.size_, grow(other.size_)); }
  unset_rows(unset_rows&& other) noexcept : rows_(std::exchange(other.rows_, nullptr)), size_(std::exchange(other.size_, 0)), room_(std::exchange(other.room_, 0)) {}
  unset_rows& operator=(unset_rows other) noexcept {
    std::swap(rows_, other.rows_);
    std::swap(size_, other.size_);
    std::swap(room_, other.room_);
    return *this;
  }
  ~unset_rows() {
    if (rows_ != nullptr) std::allocator<T>().deallocate(rows_, room_);
  }

  bool empty() const noexcept { return size_ == 0; }
  T* data() noexcept { return rows_; }
  const T* data() const noexcept { return rows_; }
  T* begin() noexcept { return rows_; }
  T* end() noexcept { return rows_ + size_; }
  T& operator[](std::size_t row) noexcept { return rows_[row]; }
  const T& operator[](std::size_t row) const noexcept { return rows_[row]; }
  std::size_t size() const noexcept { return size_; }
  void clear() noexcept { size_ = 0; }
  /// Has `count` rows, and gives the first; nothing is in them.
  T* renew(std::size_t count) {
    clear();
    return grow(count);
  }
  void assign(std::size_t count, T value) { std::fill_n(renew(count), count, value); }
  /// Adds `count` rows and gives the first; nothing is in them.
  T* grow(std::size_t count) {
    if (size_ + count > room_) {
      unset_rows larger;
      larger.room_ = std::max(size_ + count, 2 * room_);
      larger.rows_ = std::allocator<T>().allocate(larger.room_);
      if (size_ != 0) std::copy_n(rows_, size_, larger.rows_);
      larger.size_ = size_;
      *this = std::move(larger);
    }
    size_ += count;
    return rows_ + (size_ - count);
  }

 private:
  T* rows_ = nullptr;
  std::size_t size_ = 0, room_ = 0;
};

}  // namespace detail

DUES_END
