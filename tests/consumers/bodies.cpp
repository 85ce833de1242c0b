// SPDX-License-Identifier: Apache-2.0
//
// The one file of a header-only program that holds the bodies.
#include <dues/src.hpp>
