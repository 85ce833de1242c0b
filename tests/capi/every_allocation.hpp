// SPDX-License-Identifier: Apache-2.0
//
// One call again and again, each time with another allocation failing.
#pragma once

#include "counted_new.hpp"
#include "house.hpp"

/// Calls `call` with the n-th allocation failing, for n = 0, 1, ... until none fails.
/// @param call  makes one call inside `fail` and cleans up after it; gives its status
template <class Call>
void every_allocation(const char* name, Call&& call) {
  EXPECT_EQ(call(-1, false), DUES_OK) << name;
  for (const bool and_all_after : {false, true}) {
    constexpr long most = 1'000'000;
    for (long n = 0; n < most; ++n) {
      const long before = counted_new::living();
      const std::int32_t status = call(n, and_all_after);
      ASSERT_EQ(counted_new::living(), before) << name << " leaks when allocation " << n << " fails";
      if (counted_new::failed() == 0) {
        EXPECT_EQ(status, DUES_OK) << name;
        break;
      }
      // Some can do without: a sort without its buffer is slower.
      ASSERT_TRUE(status == DUES_NO_MEMORY || status == DUES_OK) << name << ", allocation " << n << ": " << dues_status_name(status);
    }
    EXPECT_EQ(call(-1, false), DUES_OK) << name << " goes on";
  }
}
