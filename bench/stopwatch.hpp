// SPDX-License-Identifier: Apache-2.0
//
// Processor time of this program, not the time on the wall: what else runs on the machine counts less.
// What is measured runs on one thread.
#pragma once

#include <ctime>

namespace dues_bench {

class stopwatch {
 public:
  double nanoseconds() const { return static_cast<double>(std::clock() - begin_) * (1e9 / CLOCKS_PER_SEC); }

 private:
  std::clock_t begin_ = std::clock();
};

}  // namespace dues_bench
