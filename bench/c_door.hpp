// SPDX-License-Identifier: Apache-2.0
//
// What the C boundary costs, beside the same work in C++.
#pragma once

namespace dues_bench {

/// Registers them: one unit of the city, from JSON facts to a JSON result.
void register_c_door();

}  // namespace dues_bench
