// SPDX-License-Identifier: Apache-2.0
//
// What happens to every cell and every row of facts: for speed.
#include <dues/dues.hpp>

#include <dues/csv/impl/reader.ipp>
#include <dues/facts/impl/columns.ipp>
#include <dues/facts/impl/rows.ipp>
#include <dues/facts/impl/load_cells.ipp>
#include <dues/facts/impl/load_attributes.ipp>
