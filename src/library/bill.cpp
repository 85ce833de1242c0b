// SPDX-License-Identifier: Apache-2.0
//
// Runs, column by column: for speed. Groups that several pay are rated by what rating.cpp holds.
#include <dues/dues.hpp>

#include "rating.hpp"

#include <dues/bill/impl/line.ipp>
#include <dues/bill/impl/columns.ipp>
#include <dues/bill/impl/bill.ipp>
