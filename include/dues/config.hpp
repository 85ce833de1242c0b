// SPDX-License-Identifier: Apache-2.0
//
// What every header stands on: the version, the namespace, the one assertion. Macros live here only.
#pragma once

#define DUES_VERSION_MAJOR 0
#define DUES_VERSION_MINOR 1
#define DUES_VERSION_PATCH 0

// 1: the compiler has 128-bit integers. Define DUES_NO_NATIVE_INT128 to use Boost's instead; the
// layouts differ, so the inline namespace does too.
#if defined(__SIZEOF_INT128__) && !defined(DUES_NO_NATIVE_INT128)
#define DUES_NATIVE_INT128 1
#define DUES_ABI v0
#else
#define DUES_NATIVE_INT128 0
#define DUES_ABI v0_mp
#endif

#define DUES_BEGIN \
  namespace dues { \
  inline namespace DUES_ABI {
#define DUES_END \
  }              \
  }

#include <cstdio>
#include <cstdlib>

/// What we get wrong ourselves stops the program, in every build.
#define DUES_ASSERT(condition)                                                              \
  ((condition) ? static_cast<void>(0)                                                       \
               : (std::fprintf(stderr, "dues: internal error: %s (%s:%d)\n", #condition,    \
                               __FILE__, __LINE__),                                         \
                  std::abort()))
