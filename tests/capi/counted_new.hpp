// SPDX-License-Identifier: Apache-2.0
//
// The program's operator new, and with it the library's: counted, and failing where a test asks for it.
#pragma once

namespace counted_new {

/// How many allocations have failed since `failing` was last made.
long failed();
/// How many are alive.
long living();

/// While it lives, allocation n (from 0; below 0: none) fails, and those after it too where wanted.
class failing {
 public:
  failing(long n, bool and_all_after);
  ~failing();
  failing(const failing&) = delete;
  failing& operator=(const failing&) = delete;
};

/// While it lives, inside `failing`, nothing fails and nothing counts.
class calm {
 public:
  calm();
  ~calm();
  calm(const calm&) = delete;
  calm& operator=(const calm&) = delete;

 private:
  long left_;
};

}  // namespace counted_new
