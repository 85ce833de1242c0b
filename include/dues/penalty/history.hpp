// SPDX-License-Identifier: Apache-2.0
//
// What penalties need to know of one receivable: its principal, its due date, and what happened to it.
// It is a value. A reversed payment is simply absent; what was not known yet is left out by the caller.
#pragma once

#include <dues/penalty/reference_series.hpp>
#include <dues/tariff/program.hpp>
#include <dues/value/calendar.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

DUES_BEGIN

/// What lowers the principal that is open. A payment (money, credit, a deposit), a write-off and a credit
/// note lower it from the next day (a payment from its own day where payment_day_counts is false) and
/// leave the principal that limits are a share of. A correction says what the charge should have been: it
/// counts from the due date, and shares are of the corrected principal.
enum class principal_change_kind : std::uint8_t { payment, write_off, credit_note, correction };

namespace words {
inline constexpr std::array<std::string_view, 4> principal_change_kind{"payment", "write_off", "credit_note", "correction"};
}

/// Amounts are in minor units of the tariff's currency: 26880 for CNY 268.80.
struct principal_change {
  civil_day on;
  principal_change_kind kind = principal_change_kind::payment;
  int128 lowers_by = 0;  ///< only a correction may be negative: it raises the principal
};

/// Days that a dispute, an agreed deferral or a moratorium takes out.
struct left_out_days {
  excluded_days kind = excluded_days::dispute;
  day_range days;
};

/// Money that settled a penalty; or one that was waived, fixed in money as it was recorded.
struct penalty_settlement {
  enum class kind : std::uint8_t { payment, waiver } is = kind::payment;
  std::int32_t component = -1;  ///< into penalty::components; -1: in their order, as far as it goes
  civil_day on;
  int128 amount = 0;            ///< not negative
};

/// Costs of recovery that are open, for components that bear on them.
struct cost_change {
  civil_day on;
  int128 raises_by = 0;  ///< negative: settled
};

/// A fact that the policy's expressions read: unit.type, account.class.
struct known_attribute {
  slot_kind of = slot_kind::unit;  ///< unit or account
  std::int32_t column = 0;         ///< into program::unit_attributes or account_attributes
  civil_day from = first_day;      ///< holds until the next of this attribute
  decimal number;
  std::int32_t word = 0;           ///< choice, yes_no, date
  std::string text;
};

/// One receivable. Lists may stand in any order.
struct receivable_history {
  std::string id;
  std::string account, unit, bill;   ///< who shares a group: counted_per unit takes account and unit
  std::int32_t penalty = -1;         ///< into program::penalties
  int128 principal = 0;              ///< as charged, not negative
  civil_day due;
  std::vector<principal_change> changes;
  std::vector<civil_day> demands;
  std::vector<left_out_days> left_out;
  std::vector<penalty_settlement> settled;
  std::vector<cost_change> costs;
  std::vector<known_attribute> attributes;
};

/// What all receivables of a tariff share. Immutable while accruals read it.
struct penalty_terms {
  std::shared_ptr<const program> tariff;
  std::map<std::string, reference_series, std::less<>> references;
  std::map<std::string, business_calendar, std::less<>> calendars;
};

DUES_END
