// SPDX-License-Identifier: Apache-2.0
//
// Tariffs and facts that grow in one direction each, to see what grows with them.
#pragma once

#include <dues/value/date.hpp>

#include <string>

namespace dues_growth {

struct input {
  std::string tariff, facts;
  dues::day_range days;  ///< to bill
};

struct shape {
  const char* name;
  input (*of)(int n);
};

/// Null when there is no such shape.
const shape* find_shape(const char* name);

}  // namespace dues_growth
