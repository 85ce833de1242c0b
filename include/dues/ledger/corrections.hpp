// SPDX-License-Identifier: Apache-2.0
//
// Facts or prices turned out to be other than they were billed by: what the ledger has billed, for a run to
// compare with, and what the run found, as events to record.
#pragma once

#include <dues/ledger/ledger.hpp>

DUES_BEGIN

/// What the charges and adjustments of the ledger add to, for make_bills or make_lines. A charge that was reversed
/// is left out, and its adjustments with it. Ledgers hold amounts alone: gross and tax are 0.
billed_before billed_by(const ledger& kept);

struct ledger_corrections {
  std::vector<ledger_event> events;  ///< charges and adjustments, in the order of the run
  diagnostics found;                 ///< lines that are left alone, and why: L140
};

/// What has to be recorded so that what was billed and its adjustments are what a fresh run bills. Nothing where
/// nothing changed; what is paid ahead keeps what was granted.
/// @param made      a run over `billed_by(kept)`; its lines without an amount are passed over
/// @param recorded  the day on which it becomes known. What is billed more is issued then, or on the first day that
///                  is open, and due as many days later as the line was due after its issue
ledger_corrections corrections_of(const ledger& kept, const billing& made, civil_day recorded);

DUES_END
