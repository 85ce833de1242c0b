// SPDX-License-Identifier: Apache-2.0
//
// Leaving one book for another: what an account owes and has on a day, as the openings of a new ledger.
#pragma once

#include <dues/ledger/account.hpp>

DUES_BEGIN

/// Openings of what is open and of what is credit. Receivables keep their ids, so that later adjustments
/// find them; what lateness cost of each so far is one sum of class penalties.
/// @param state  as of `on`, which becomes the day of the openings; later events then go on
std::vector<ledger_event> openings_of(const program& tariff, const account_state& state, civil_day on);

DUES_END
