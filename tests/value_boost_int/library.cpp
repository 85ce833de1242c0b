// SPDX-License-Identifier: Apache-2.0
//
// The library's bodies for the second build of the tests in tests/value, without the compiler's own
// 128-bit integers: the header-only way in, as a host uses it.
#include <dues/src.hpp>
