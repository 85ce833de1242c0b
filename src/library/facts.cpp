// SPDX-License-Identifier: Apache-2.0
#include <dues/dues.hpp>

#include <dues/csv/impl/reader.ipp>
#include <dues/csv/impl/writer.ipp>
#include <dues/facts/impl/columns.ipp>
#include <dues/facts/impl/holding_index.ipp>
#include <dues/facts/impl/rows.ipp>
#include <dues/facts/impl/load_cells.ipp>
#include <dues/facts/impl/load_attributes.ipp>
#include <dues/facts/impl/load_tables.ipp>
#include <dues/facts/impl/load_finish.ipp>
#include <dues/facts/impl/fact_rows.ipp>
#include <dues/facts/impl/facts_loader.ipp>
