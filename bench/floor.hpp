// SPDX-License-Identifier: Apache-2.0
//
// The floor: how much more than a loop by hand the engine's exactness costs, what a second thread brings,
// and that no unit asks for memory of its own. table.py holds these figures against the stated bounds.
#pragma once

#include <cstddef>

namespace dues_bench {

/// Registers the engine beside the loop by hand, at a quarter, a half and all of `units`, and two threads
/// beside one: each for one fee by area and for a mix of five kinds of fee.
void register_floor(std::size_t units);

}  // namespace dues_bench
