// SPDX-License-Identifier: Apache-2.0
//
// A long array that grows where it stands: std::vector copies all it has each time it doubles, while
// realloc moves pages. Not public.
#pragma once

#include <dues/config.hpp>

#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

DUES_BEGIN

namespace detail {

template <class T>
class grown {
 public:
  static_assert(std::is_trivially_copyable_v<T>);
  grown() = default;
  grown(grown&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)), room_(std::exchange(other.room_, 0)) {}
  grown& operator=(grown&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(room_, other.room_);
    return *this;
  }
  ~grown() { std::free(data_); }

  std::size_t size() const noexcept { return size_; }
  const T* data() const noexcept { return data_; }
  const T& operator[](std::size_t i) const noexcept { return data_[i]; }
  const T* begin() const noexcept { return data_; }
  const T* end() const noexcept { return data_ + size_; }
  void push_back(T one) { append(&one, 1); }
  void append(const T* from, std::size_t count) {
    if (count == 0) return;
    if (room_ - size_ < count) grow(count);
    std::memcpy(data_ + size_, from, count * sizeof(T));
    size_ += count;
  }

 private:
  void grow(std::size_t count) {
    constexpr std::size_t least = 64;
    if (count > SIZE_MAX / sizeof(T) / 4 - size_) throw std::bad_alloc();
    const std::size_t room = 2 * (size_ + count) + least;
    void* const moved = std::realloc(data_, room * sizeof(T));
    if (moved == nullptr) throw std::bad_alloc();
    data_ = static_cast<T*>(moved);
    room_ = room;
  }

  T* data_ = nullptr;
  std::size_t size_ = 0, room_ = 0;
};

}  // namespace detail

DUES_END
