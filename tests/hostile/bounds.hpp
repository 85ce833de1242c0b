// SPDX-License-Identifier: Apache-2.0
//
// Bad input may cost little: a test says how many seconds of the processor and how much memory a call
// may take, and hands over the call.
#pragma once

#include <gtest/gtest.h>

#include <ctime>
#include <fstream>
#include <string>

namespace dues_test {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif
#if defined(__OPTIMIZE__)
inline constexpr double slower = sanitized ? 8 : 1;
#else
inline constexpr double slower = sanitized ? 20 : 8;
#endif

/// MiB of the process at its largest since the last call of forget_peak; 0 where the system does not say.
inline double peak_mib() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word)
    if (word == "VmHWM:") {
      double kib = 0;
      status >> kib;
      return kib / 1024;
    }
  return 0;
}

/// Linux sets the peak back to what is used now (proc(5), clear_refs).
inline void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

struct bound {
  double seconds;  ///< of an optimised build
  double mib;      ///< beyond what the process held before; the address sanitizer keeps what was freed, so not under it
};

/// Runs `work` and fails when it took more.
template <class Work>
void expect_within(bound most, Work&& work) {
  forget_peak();
  const double before = peak_mib();
  const std::clock_t begin = std::clock();
  work();
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  EXPECT_LT(seconds, most.seconds * slower);
  if (!sanitized) {
    EXPECT_LT(peak_mib() - before, most.mib);
  }
}

}  // namespace dues_test
