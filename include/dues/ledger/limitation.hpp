// SPDX-License-Identifier: Apache-2.0
//
// Until when a claim can be enforced: so many years from the due date, the last day included, counted
// anew from what restarts it. For example Civil Code arts. 188, 195, 201 to 203: three years, demands.
#pragma once

#include <dues/ledger/account.hpp>
#include <dues/value/calendar.hpp>

DUES_BEGIN

struct claim_end {
  civil_day last_day;       ///< on which the claim still stands
  civil_day counted_from;   ///< the due date, or what restarted it last
};

/// What restarts a claim does so while it stands; what comes too late revives nothing.
/// @param known_to  what happened after this day does not count
/// @param roll_by   the calendar that `last_day` of the tariff names; null where it names none
/// @returns nothing when the tariff does not say when claims lapse, or the calendar does not reach the day
std::optional<claim_end> claim_ends(const program& tariff, const receivable& of, civil_day known_to, const business_calendar* roll_by = nullptr);

DUES_END
