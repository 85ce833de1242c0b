// SPDX-License-Identifier: Apache-2.0
//
// What each event of an account runs through again: for speed.
#include <dues/dues.hpp>

#include <dues/ledger/impl/allocation.ipp>
#include <dues/ledger/impl/replay.ipp>
#include <dues/ledger/impl/check.ipp>
