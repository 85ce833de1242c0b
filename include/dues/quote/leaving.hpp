// SPDX-License-Identifier: Apache-2.0
//
// What becomes of a prepayment when its payer leaves early, and when prices or facts change under one that goes on.
// Both end in events for the ledger.
#pragma once

#include <dues/quote/quote.hpp>

DUES_BEGIN

struct leave_request {
  std::string id;           ///< of the event; the host's
  std::optional<civil_day> on;  ///< on which it is settled; none: the first day that is not the payer's any more
  bool by_manager = false;  ///< the manager ends the contract: nothing is clawed back, the refund is pro rata
  std::string to;           ///< account that the refund goes to, when the prepaid months follow the unit; empty: the leaver
};

/// One covered line before and after. Minor units, tax included.
struct settled_line {
  std::string key;
  civil_day period;
  std::int64_t was = 0, is = 0, tax = 0;  ///< tax in `is`
};

struct leaving {
  civil_day left;                    ///< first day that is not the payer's any more
  early_leave policy = early_leave::reprice;  ///< that was applied
  int months_used = 0;               ///< whole paid months: the step that was reached
  std::int64_t refund = 0;           ///< minor units, >= 0
  std::vector<settled_line> lines;   ///< of the prepayment, by period
  std::vector<ledger_event> events;  ///< what to record; none when there is nothing to give back
  diagnostics found;

  bool ok() const noexcept { return !found.has_errors(); }
};

/// The day is the subscription's `to`, for a fee per unit the end of the payer's last tenure, as `known` says.
/// @param known   facts as they are now; where prices were locked loaded for the tariff of the prepayment (Q114)
/// @param prepay  an event `prepay` that stands
/// @param book    what is recorded of the account: adjustments of the lines count
/// Errors: Q114, Q115 (not left), what pricing finds.
/// @throws std::invalid_argument when `known` is null or the event is no prepayment
leaving settle_leaving(const std::shared_ptr<const facts>& known, const ledger_event& prepay, const leave_request& asked, std::span<const ledger_event> book = {});

/// What periods of a prepayment that have begun by `through` come to now, less what was billed of them: charges
/// with the cause `adjustment:n`. A floating price differs by price and facts, a locked one by facts alone.
/// Periods that are not wholly the payer's any more are left to settle_leaving.
/// @param known   as above
/// @param book    what is recorded of the account, for earlier adjustments
std::vector<ledger_event> changes_ahead(const std::shared_ptr<const facts>& known, const ledger_event& prepay, civil_day through, std::span<const ledger_event> book, diagnostics& found);

DUES_END
