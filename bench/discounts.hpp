// SPDX-License-Identifier: Apache-2.0
//
// The city's bills with ten discounts beside the same without, and one account with two hundred.
#pragma once

#include <cstddef>

namespace dues_bench {

void register_discounts(std::size_t units);

}  // namespace dues_bench
