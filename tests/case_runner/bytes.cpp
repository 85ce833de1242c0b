// SPDX-License-Identifier: Apache-2.0
//
// Prints what every case gives. Built against the library and from the headers alone: the bytes are
// the same (same_bytes.cmake compares them).
#include "case_runner/case.hpp"

#include <iostream>

int main() {
  for (const dues_test::case_run& run : dues_test::all_case_runs()) std::cout << dues_test::bytes_of(run);
  std::cout.flush();
  return std::cout ? 0 : 1;
}
