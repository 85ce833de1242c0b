// SPDX-License-Identifier: Apache-2.0
//
// Early warning (欠费预警): which step the tariff calls for on a day for each account, which comes next and
// when, and until when the claims stand. Read from the ledger; nothing is done to it.
#pragma once

#include <dues/ledger/ledger.hpp>
#include <dues/ledger/limitation.hpp>

DUES_BEGIN

struct arrears_request {
  civil_day as_of;                      ///< the end of this day
  civil_day known_at = last_day;
  const accruals* penalties = nullptr;  ///< null: lateness costs nothing
  const business_calendar* lapse_calendar = nullptr;  ///< that arrears.claim_lapses.last_day names; null: its days do not roll
};

/// Where an account stands. Receivables that are disputed, deferred or under a moratorium on the day are paused:
/// they count for nothing but their own sum.
struct arrears_standing {
  std::string account;
  std::int32_t level = -1;       ///< into arrears_policy::levels, the last whose conditions hold; -1: none
  std::int32_t next = -1;        ///< the next after it that will be reached if nothing is paid; -1: none
  civil_day next_on;             ///< when
  civil_day oldest_due;          ///< of what is overdue and not paused
  int days_overdue = 0;          ///< of it
  int128 overdue = 0, paused = 0, penalties = 0;  ///< minor units; overdue and paused are principal
  std::size_t receivables = 0;   ///< overdue, not paused
  std::optional<civil_day> lapses_on;  ///< the last day on which the first of the overdue claims stands
  std::string lapses_first;            ///< that receivable
  std::size_t lapsed = 0;              ///< overdue claims whose last day is before as_of
};

struct arrears_report {
  civil_day as_of;
  std::vector<arrears_standing> accounts;  ///< by id; those with anything overdue or paused
  diagnostics found;                       ///< what the accruals had to tell; with errors nothing else is of use
};

/// @throws std::invalid_argument when the tariff has no `arrears`
/// Cost: that of replaying each account once.
arrears_report arrears_on(const ledger& of, const arrears_request& asked);

/// {"as_of", "accounts": [{"account", "level"?, "action"?, "next"?, ...}]}; amounts as texts, names in every language.
std::string to_json(const program& tariff, const arrears_report& made, bool indented = true);

DUES_END
