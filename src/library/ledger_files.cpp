// SPDX-License-Identifier: Apache-2.0
//
// Ledgers as they are stored, changed and told: for size.
#include <dues/dues.hpp>

#include <dues/ledger/impl/event.ipp>
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
