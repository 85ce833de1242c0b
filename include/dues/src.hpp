// SPDX-License-Identifier: Apache-2.0
//
// The bodies of everything. Include it in exactly one source file to use Dues without a library:
// everything else includes <dues/dues.hpp>. Boost.JSON's bodies come with it; a program that has them
// already (it links Boost.JSON, or includes <boost/json/src.hpp> elsewhere) defines
// DUES_HAS_BOOST_JSON first.
#pragma once

#include <dues/dues.hpp>

#include <dues/value/impl/wide.ipp>
#include <dues/value/impl/rounding.ipp>
#include <dues/value/impl/decimal.ipp>
#include <dues/value/impl/split.ipp>
#include <dues/value/impl/currency.ipp>
#include <dues/value/impl/date.ipp>
#include <dues/value/impl/period.ipp>
#include <dues/value/impl/calendar.ipp>

#include <dues/diagnostic/impl/catalogue.ipp>
#include <dues/diagnostic/impl/diagnostic.ipp>

#include <dues/json/impl/writer.ipp>
#include <dues/json/impl/node.ipp>

#include <dues/expression/impl/types.ipp>
#include <dues/expression/impl/typing.ipp>
#include <dues/expression/impl/calls.ipp>
#include <dues/expression/impl/parse.ipp>

#include <dues/tariff/impl/content_hash.ipp>
#include <dues/tariff/impl/object_reader.ipp>
#include <dues/tariff/impl/compile_expressions.ipp>
#include <dues/tariff/impl/compile_limits.ipp>
#include <dues/tariff/impl/compile_values.ipp>
#include <dues/tariff/impl/compile_schedules.ipp>
#include <dues/tariff/impl/compile_metered.ipp>
#include <dues/tariff/impl/compile_tiers.ipp>
#include <dues/tariff/impl/compile_fees.ipp>
#include <dues/tariff/impl/compile_sections.ipp>
#include <dues/tariff/impl/compile_discounts.ipp>
#include <dues/tariff/impl/compile_discount_limits.ipp>
#include <dues/tariff/impl/compile_penalty_rates.ipp>
#include <dues/tariff/impl/compile_penalties.ipp>
#include <dues/tariff/impl/compile_payments.ipp>
#include <dues/tariff/impl/compile_document.ipp>

#include <dues/csv/impl/reader.ipp>
#include <dues/csv/impl/writer.ipp>

#include <dues/facts/impl/columns.ipp>
#include <dues/facts/impl/holding_index.ipp>
#include <dues/facts/impl/rows.ipp>
#include <dues/facts/impl/load_cells.ipp>
#include <dues/facts/impl/load_attributes.ipp>
#include <dues/facts/impl/load_tables.ipp>
#include <dues/facts/impl/metering.ipp>
#include <dues/facts/impl/load_meters.ipp>
#include <dues/facts/impl/load_readings.ipp>
#include <dues/facts/impl/load_finish.ipp>
#include <dues/facts/impl/fact_rows.ipp>
#include <dues/facts/impl/facts_loader.ipp>

#include <dues/rating/impl/schedule.ipp>
#include <dues/rating/impl/proration.ipp>
#include <dues/rating/impl/pieces.ipp>
#include <dues/rating/impl/payers.ipp>

#include <dues/tax/impl/tax.ipp>
#include <dues/discount/impl/discount.ipp>
#include <dues/bill/impl/line.ipp>
#include <dues/bill/impl/columns.ipp>
#include <dues/bill/impl/before.ipp>
#include <dues/bill/impl/bill.ipp>
#include <dues/bill/impl/output.ipp>

#include <dues/penalty/impl/accrual.ipp>
#include <dues/penalty/impl/group.ipp>
#include <dues/penalty/impl/explain.ipp>
#include <dues/penalty/impl/columns.ipp>
#include <dues/penalty/impl/reading.ipp>

#include <dues/ledger/impl/event.ipp>
#include <dues/ledger/impl/allocation.ipp>
#include <dues/ledger/impl/replay.ipp>
#include <dues/ledger/impl/check.ipp>
#include <dues/ledger/impl/ledger.ipp>
#include <dues/ledger/impl/apply.ipp>
#include <dues/ledger/impl/change.ipp>
#include <dues/ledger/impl/read_events.ipp>
#include <dues/ledger/impl/prepay.ipp>
#include <dues/ledger/impl/read_ledger.ipp>
#include <dues/ledger/impl/write_ledger.ipp>
#include <dues/ledger/impl/penalties.ipp>
#include <dues/ledger/impl/migration.ipp>
#include <dues/ledger/impl/corrections.ipp>

#include <dues/quote/impl/quote.ipp>
#include <dues/quote/impl/leaving.ipp>
#include <dues/quote/impl/file.ipp>

#include <dues/report/impl/aging.ipp>
#include <dues/report/impl/arrears.ipp>
#include <dues/report/impl/read_aging.ipp>

#include <dues/explain/impl/explain.ipp>
#include <dues/explain/impl/phrases.ipp>
#include <dues/explain/impl/replay.ipp>
#include <dues/explain/impl/sentences.ipp>

#ifndef DUES_HAS_BOOST_JSON
#include <boost/json/src.hpp>
#endif
