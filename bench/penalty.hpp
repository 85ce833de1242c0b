// SPDX-License-Identifier: Apache-2.0
//
// What lateness costs of many receivables, beside a loop by hand; and of old debts beside young ones.
#pragma once

#include <cstddef>

namespace dues_bench {

/// @param items  overdue receivables, three payments each
void register_penalties(std::size_t items);

}  // namespace dues_bench
