// SPDX-License-Identifier: Apache-2.0
//
// What happens to a table of facts, and to all of them at the end.
#include <dues/dues.hpp>

#include <dues/csv/impl/writer.ipp>
#include <dues/facts/impl/holding_index.ipp>
#include <dues/facts/impl/load_tables.ipp>
#include <dues/facts/impl/metering.ipp>
#include <dues/facts/impl/load_meters.ipp>
#include <dues/facts/impl/load_readings.ipp>
#include <dues/facts/impl/load_finish.ipp>
#include <dues/facts/impl/fact_rows.ipp>
#include <dues/facts/impl/facts_loader.ipp>
