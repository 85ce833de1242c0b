// SPDX-License-Identifier: Apache-2.0
//
// The one source file that a header-only program needs.
#include <dues/src.hpp>
