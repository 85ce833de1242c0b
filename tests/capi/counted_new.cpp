// SPDX-License-Identifier: Apache-2.0
//
// A file of its own: a compiler that sees malloc behind new takes delete for a mistake.
#include "counted_new.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> left{-1};  // allocations until one fails; below 0: none does
std::atomic<bool> all_after{false};
std::atomic<long> failures{0}, alive{0};

bool fails() {
  long before = left.load();
  do {
    if (before < 0) return false;
  } while (!left.compare_exchange_weak(before, before == 0 && all_after ? 0 : before - 1));
  if (before > 0) return false;
  ++failures;
  return true;
}

void* taken(std::size_t size) noexcept {
  void* const made = fails() ? nullptr : std::malloc(size == 0 ? 1 : size);
  if (made != nullptr) ++alive;
  return made;
}

void given(void* made) noexcept {
  if (made != nullptr) --alive;
  std::free(made);
}

}  // namespace

namespace counted_new {

long failed() { return failures; }
long living() { return alive; }
failing::failing(long n, bool and_all_after) {
  failures = 0;
  all_after = and_all_after;
  left = n;
}
failing::~failing() { left = -1; }
calm::calm() : left_(left.exchange(-1)) {}
calm::~calm() { left = left_; }

}  // namespace counted_new

void* operator new(std::size_t size) {
  void* const made = taken(size);
  if (made == nullptr) throw std::bad_alloc();
  return made;
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return taken(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return taken(size); }
void operator delete(void* made) noexcept { given(made); }
void operator delete[](void* made) noexcept { given(made); }
void operator delete(void* made, std::size_t) noexcept { given(made); }
void operator delete[](void* made, std::size_t) noexcept { given(made); }
