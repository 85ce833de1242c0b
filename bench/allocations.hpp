// SPDX-License-Identifier: Apache-2.0
//
// Counts calls of operator new in this program: a run over a million units may not ask for memory unit by
// unit.
#pragma once

#include <cstddef>

namespace dues_bench {

/// From here on every call of operator new counts, of any form and on any thread.
void count_allocations();
/// Ends it. @returns how many there were
std::size_t counted_allocations();

template <class Work>
std::size_t allocations(Work&& work) {
  count_allocations();
  work();
  return counted_allocations();
}

}  // namespace dues_bench
