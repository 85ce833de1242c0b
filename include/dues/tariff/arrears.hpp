// SPDX-License-Identifier: Apache-2.0
//
// Which step arrears call for, and when a claim lapses. <dues/report/arrears.hpp> says where accounts stand.
#pragma once

#include <dues/tariff/parts.hpp>
#include <dues/value/decimal.hpp>

DUES_BEGIN

/// Reached when all that are named hold.
struct arrears_level : described {
  int days_overdue = 0, months_overdue = 0;  ///< 0: not named
  std::optional<decimal> amount;             ///< overdue, at least
  std::optional<arrears_action> action;      ///< cutting supplies or access is none: the law forbids it
};

struct claim_lapse {
  std::vector<std::string> cites;
  int years = 0;
  std::vector<lapse_restart> restarts_on;
  std::optional<day_roll> last_day;
};

struct arrears_policy {
  std::vector<arrears_level> levels;
  std::optional<claim_lapse> claim_lapses;
};

DUES_END
