// SPDX-License-Identifier: Apache-2.0
//
// Discounts bill by bill, for whole runs: for speed.
#include <dues/dues.hpp>

#include "rating.hpp"

#include <dues/discount/impl/discount.ipp>
