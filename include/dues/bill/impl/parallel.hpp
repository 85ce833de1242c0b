// SPDX-License-Identifier: Apache-2.0
//
// Work in numbered ranges, each done by whichever thread is free. What comes out does not depend on how
// many there are. Not public.
#pragma once

#include <dues/config.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

DUES_BEGIN

namespace detail {

inline std::size_t ranges_of(std::size_t things, std::size_t in_each) { return (things + in_each - 1) / in_each; }

/// @param in_each     things of a range; the last may have fewer
/// @param threads     0: as many as the machine has
/// @param make_worker called once a thread; what it gives is called with the number of a range and its
///                    [first, end) of the things, and says whether to go on
/// @throws what a range throws, once all threads have stopped
template <class MakeWorker>
void in_ranges(std::size_t things, std::size_t in_each, unsigned threads, MakeWorker&& make_worker) {
  const std::size_t ranges = ranges_of(things, in_each);
  const std::size_t wanted = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  const std::size_t used = std::min(wanted, ranges);
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> thrown(used);
  const auto work = [&](std::size_t thread) {
    try {
      auto worker = make_worker();
      for (std::size_t range = next++; range < ranges; range = next++)
        if (!worker(range, range * in_each, std::min(things, (range + 1) * in_each))) next = ranges;
    } catch (...) {
      thrown[thread] = std::current_exception();
      next = ranges;
    }
  };
  if (used == 0) return;
  std::vector<std::thread> others;
  others.reserve(used - 1);
  // Where the machine gives no further thread, those that run do the work.
  try {
    for (std::size_t i = 1; i < used; ++i) others.emplace_back(work, i);
  } catch (const std::system_error&) {
  } catch (const std::bad_alloc&) {
  }
  work(0);
  for (std::thread& one : others) one.join();
  for (const std::exception_ptr& one : thrown)
    if (one) std::rethrow_exception(one);
}

}  // namespace detail

DUES_END
