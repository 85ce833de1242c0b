// SPDX-License-Identifier: Apache-2.0
//
// What the C boundary costs, beside the same work in C++.
#pragma once

#include <cstddef>

namespace dues_bench {

/// Registers them: one unit of the city from JSON facts to a JSON result, `units` from Arrow to Arrow.
void register_c_door(std::size_t units);

}  // namespace dues_bench
