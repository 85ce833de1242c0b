// SPDX-License-Identifier: Apache-2.0
//
// Two clocks for rounds that Google Benchmark cannot time by itself, because two things take turns in them.
// Processor time of this program for what runs on one thread, so that what else runs on the machine counts
// less; the time on the wall where threads are compared.
#pragma once

#include <chrono>
#include <ctime>

namespace dues_bench {

/// Nanoseconds of processor time that this program has used.
inline double processor_nanoseconds() {
#ifdef CLOCK_PROCESS_CPUTIME_ID
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
#else
  return static_cast<double>(std::clock()) * (1e9 / CLOCKS_PER_SEC);
#endif
}

template <class Work>
double processor_time(Work&& work) {
  const double begin = processor_nanoseconds();
  work();
  return processor_nanoseconds() - begin;
}

template <class Work>
double wall_time(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace dues_bench
