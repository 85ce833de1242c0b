// SPDX-License-Identifier: Apache-2.0
//
// Paying ahead: for size.
#include <dues/dues.hpp>

#include "rating.hpp"

#include <dues/quote/impl/quote.ipp>
#include <dues/quote/impl/leaving.ipp>
#include <dues/quote/impl/file.ipp>
