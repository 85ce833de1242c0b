// SPDX-License-Identifier: Apache-2.0
//
// Everything a host needs: a tariff is compiled, facts are loaded, bills come out and can explain
// themselves. Link dues::dues, or include <dues/src.hpp> in one source file.
#pragma once

#include <dues/bill/bill.hpp>
#include <dues/bill/output.hpp>
#include <dues/csv/reader.hpp>
#include <dues/csv/writer.hpp>
#include <dues/diagnostic/catalogue.hpp>
#include <dues/explain/explain.hpp>
#include <dues/facts/facts.hpp>
#include <dues/facts/loader.hpp>
#include <dues/ledger/change.hpp>
#include <dues/ledger/corrections.hpp>
#include <dues/ledger/file.hpp>
#include <dues/ledger/limitation.hpp>
#include <dues/ledger/migration.hpp>
#include <dues/ledger/penalties.hpp>
#include <dues/penalty/accrual.hpp>
#include <dues/penalty/columns.hpp>
#include <dues/penalty/explain.hpp>
#include <dues/penalty/reading.hpp>
#include <dues/quote/file.hpp>
#include <dues/quote/leaving.hpp>
#include <dues/quote/quote.hpp>
#include <dues/rating/group.hpp>
#include <dues/report/aging.hpp>
#include <dues/report/arrears.hpp>
#include <dues/tariff/program.hpp>
#include <dues/tax/tax.hpp>
#include <dues/value/money.hpp>
