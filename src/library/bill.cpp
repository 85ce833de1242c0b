// SPDX-License-Identifier: Apache-2.0
#include <dues/dues.hpp>

#include <dues/rating/impl/schedule.ipp>
#include <dues/rating/impl/proration.ipp>
#include <dues/rating/impl/pieces.ipp>
#include <dues/rating/impl/payers.ipp>
#include <dues/tax/impl/tax.ipp>
#include <dues/bill/impl/line.ipp>
#include <dues/bill/impl/columns.ipp>
#include <dues/bill/impl/before.ipp>
#include <dues/bill/impl/bill.ipp>
#include <dues/bill/impl/output.ipp>
