// SPDX-License-Identifier: Apache-2.0
//
// Penalties of whole portfolios: for speed.
#include <dues/dues.hpp>

#include <dues/penalty/impl/columns.ipp>
