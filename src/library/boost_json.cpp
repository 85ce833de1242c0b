// SPDX-License-Identifier: Apache-2.0
//
// Boost.JSON's bodies, compiled once and position-independent, which Debian's archive is not.
#include <boost/json/src.hpp>
