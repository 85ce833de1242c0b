// SPDX-License-Identifier: Apache-2.0
//
// Where libFuzzer comes in: it calls the one target that DUES_FUZZ_TARGET names.
#include "fuzz/targets.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dues_fuzz::DUES_FUZZ_TARGET(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
