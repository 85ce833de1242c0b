// SPDX-License-Identifier: Apache-2.0
//
// Google Benchmark calls a benchmark several times, for its rounds and to find out how often it must
// repeat. What the benchmark works on is made once, and goes when the next benchmark makes its own: a
// dozen cities of a million units would not fit into memory together.
#pragma once

#include <memory>
#include <string>

namespace dues_bench {

struct last_made {
  std::string name;
  std::shared_ptr<void> made;
};
inline last_made& the_last_made() {
  static last_made one;
  return one;
}

/// What `make` returns, or returned when it was last called for this name and size.
template <class Make>
auto& made_once(const std::string& what, std::size_t size, Make&& make) {
  using made_type = decltype(make());
  last_made& last = the_last_made();
  const std::string name = what + "/" + std::to_string(size);
  if (last.name != name) {
    last = {};
    last.made = std::make_shared<made_type>(make());
    last.name = name;
  }
  return *static_cast<made_type*>(last.made.get());
}

}  // namespace dues_bench
