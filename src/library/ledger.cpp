// SPDX-License-Identifier: Apache-2.0
#include <dues/dues.hpp>

#include <dues/ledger/impl/event.ipp>
#include <dues/ledger/impl/allocation.ipp>
#include <dues/ledger/impl/replay.ipp>
#include <dues/ledger/impl/check.ipp>
#include <dues/ledger/impl/ledger.ipp>
#include <dues/ledger/impl/read_events.ipp>
#include <dues/ledger/impl/prepay.ipp>
#include <dues/ledger/impl/read_ledger.ipp>
#include <dues/ledger/impl/write_ledger.ipp>
#include <dues/ledger/impl/penalties.ipp>
#include <dues/ledger/impl/migration.ipp>
