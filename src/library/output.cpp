// SPDX-License-Identifier: Apache-2.0
//
// Results as JSON and CSV, and such documents read again: for speed.
#include <dues/dues.hpp>

#include <dues/bill/impl/before.ipp>
#include <dues/bill/impl/output.ipp>
