// SPDX-License-Identifier: Apache-2.0
//
// The program's own operator new. It counts only when asked, so that it costs nothing while times are
// taken. The array and nothrow forms of the standard library call these.
#include "allocations.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<bool> counting{false};
std::atomic<std::size_t> counted{0};

void* taken(std::size_t bytes, std::size_t alignment) {
  if (counting.load(std::memory_order_relaxed)) counted.fetch_add(1, std::memory_order_relaxed);
  if (bytes == 0) bytes = 1;
  // aligned_alloc wants whole multiples.
  void* const memory = alignment == 0 ? std::malloc(bytes) : std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t bytes) { return taken(bytes, 0); }
void* operator new(std::size_t bytes, std::align_val_t alignment) { return taken(bytes, static_cast<std::size_t>(alignment)); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace dues_bench {

void count_allocations() {
  counted = 0;
  counting = true;
}

std::size_t counted_allocations() {
  counting = false;
  return counted;
}

}  // namespace dues_bench
