// SPDX-License-Identifier: Apache-2.0
//
// The state of one account on a day, derived by replaying its events in their one order. Nothing of
// it is stored: a payment recorded late, or one that is taken back, changes what the replay gives.
#pragma once

#include <dues/ledger/allocation.hpp>
#include <dues/ledger/event.hpp>

#include <optional>
#include <span>

DUES_BEGIN

/// What lateness cost of one receivable, by component of its penalty.
struct penalty_part {
  std::string component;  ///< "opening" for what an opening entry brought
  claim_class paid_as = claim_class::penalties;
  int128 accrued = 0, paid = 0, waived = 0;  ///< minor units, totals to date
  int128 moved = 0;                          ///< to another account
  int128 open() const noexcept { return accrued > paid + waived + moved ? int128(accrued - paid - waived - moved) : int128(0); }
};

/// A change of the open principal. A payment on day d lowers what day d + 1 begins with.
struct open_change {
  civil_day date;
  int128 amount = 0;  ///< negative: less is open
  event_kind by = event_kind::charge;
};

/// Money for a part of a penalty, or a waiver of it.
struct penalty_change {
  civil_day date;
  std::string component;
  int128 amount = 0;
  bool waived = false;
};

struct days_left_out {
  excluded_days kind = excluded_days::dispute;
  day_range days;
  bool agreed = false;  ///< by a plan: they count as left out whatever kinds the policy lists
};

struct receivable {
  std::string id;            ///< key of its charge; of an opening or a refund that went too far the event's id; "PLAN/interest/1"; "TRANSFER/" and the id it had
  std::string unit;
  std::int32_t fee = -1;     ///< into program::fees; -1: none
  claim_class paid_as = claim_class::principal;
  civil_day issue, due;
  int128 billed = 0;         ///< before corrections
  int128 corrected = 0;      ///< billed less corrections, >= 0: the original principal as corrected
  int128 settled = 0, written_off = 0, moved = 0;  ///< moved: to another account
  bool taken_over = false;   ///< from another account
  bool ahead = false;        ///< paid ahead: what corrects it takes effect on its own day
  bool issued = false;       ///< on or before the day that was asked
  std::vector<open_change> history;  ///< by day, the charge first
  std::vector<civil_day> demands;         ///< that reached it, rising
  std::vector<civil_day> acknowledged;    ///< by who owes it, rising
  std::vector<penalty_part> penalties;
  std::vector<penalty_change> penalty_history;  ///< by day
  std::vector<days_left_out> left_out;
  std::optional<civil_day> opened;        ///< of an opening: through this day its "opening" part says what lateness cost
  int128 corrected_from_start = 0;        ///< billed less corrections that count from the due date; later ones are in the history

  int128 open() const noexcept { return issued ? int128(corrected - settled - written_off - moved) : int128(0); }
};

/// Money of the account that settles nothing yet.
struct credit_balance {
  std::vector<std::int32_t> bound_to;  ///< fees; empty: free
  int128 amount = 0;
};

/// Money held for a subscription until it settles something, goes back or is forfeited.
struct deposit_balance {
  std::string subscription;
  int128 amount = 0;
};

/// A part of a plan, as of the day that was asked.
struct plan_part {
  civil_day due;
  int128 amount = 0, open = 0;  ///< minor units; of what the plan covers
  int128 interest = 0;          ///< charged with it so far
};

/// A plan that was agreed by the day that was asked.
struct plan_state {
  std::string id;                         ///< of its event
  std::int32_t plan = -1;                 ///< into program::plans
  std::vector<std::string> receivables;   ///< that it covers, by due date and id
  std::vector<plan_part> parts;
  int128 covered = 0;                     ///< what was open of them when it was agreed
  std::optional<civil_day> missed;        ///< the due date of the part that was not paid; the plan ended with it
};

/// What a movement does. Amounts are as a person says them: so much settled, so much given up.
enum class movement_kind : std::uint8_t { charge, payment, allocation, credit, rounding, refund, write_off, waiver, correction, penalty, transfer, received, deposit, forfeit };

namespace words {
inline constexpr std::array<std::string_view, 14> movement_kind{
    "charge", "payment", "allocation", "credit", "rounding", "refund", "write_off", "waiver", "correction", "penalty", "transfer", "received", "deposit", "forfeit"};
}  // namespace words

/// One step of the replay: money that moved because of an event.
struct movement {
  movement_kind kind = movement_kind::allocation;
  std::string cause;       ///< id of the event; "credit:<day>" where credit settled the bills of a day
  std::string receivable;  ///< empty for credit and refunds
  std::string part;        ///< "principal", "costs", or the penalty's component; of credit the fees it is bound to, of a deposit the subscription
  std::string source;      ///< of the money; "credit" when it was credit
  civil_day date;
  int128 amount = 0;       ///< minor units; of credit and deposits: positive when they grow
  order_step why = order_step::alone;  ///< of an allocation: why it came before the next one
  std::string before;                  ///< the receivable that it came before, if any
};

/// An event of which the account could take less than it said.
struct shortfall {
  std::string event;
  int128 asked = 0, taken = 0;
};

struct account_state {
  std::string account;
  std::vector<receivable> receivables;  ///< by id; those issued by the day
  std::vector<credit_balance> credit;   ///< free first; none is 0
  std::vector<deposit_balance> deposits;  ///< by subscription; none is 0
  std::vector<plan_state> plans;          ///< by id
  std::vector<movement> movements;      ///< in the order in which they happened
  std::vector<shortfall> shortfalls;
  diagnostics found;                    ///< what the accruals had to tell

  int128 open_principal() const noexcept;
  int128 open_penalties() const noexcept;
  int128 credit_total() const noexcept;
  int128 deposit_total() const noexcept;
  const receivable* find(std::string_view id) const noexcept;
};

/// Tells what lateness has cost so far. The ledger asks before each payment and waiver, and at the end;
/// the answer must depend on the arguments alone.
class accruals {
 public:
  virtual ~accruals() = default;
  /// Sets `accrued` of the penalties of each receivable to the total through `day`, which counts; parts are
  /// found by component and added where there are none. Histories hold what happened so far.
  /// What cannot be told (a rate that is not known) goes into `found`.
  /// @param for_payment  a payment of that day is to meet them: components that leave the day of payment out
  ///                     count through the day before
  virtual void accrue(std::span<receivable> of, civil_day day, bool for_payment, diagnostics& found) const = 0;
  /// Nominal percent a day that the receivable bears on that day, for the rank heaviest_burden.
  virtual exact128 burden(const receivable&, civil_day) const { return exact128(0); }
};

struct derive_options {
  civil_day as_of = last_day;     ///< events of later dates do not count; penalties accrue to it, unless it is last_day
  civil_day known_at = last_day;  ///< events recorded later do not count
  const accruals* penalties = nullptr;  ///< null: nothing accrues
  bool explain = false;           ///< whether movements say why they came before others
};

/// Replays the events of one account.
/// @param events  of this account, in any order; none twice
/// @param common  closings of the whole ledger
/// @param order   null when the tariff has no payments: then nothing is allocated
/// Cost: n log n in events, and for each payment in what is open.
account_state derive(const program& tariff, const payment_order* order, std::span<const ledger_event> events, const derive_options& options = {},
                     std::span<const ledger_event> common = {});

/// What an account would pay in cash on its day: all that is past due or due, rounded as the tariff says.
struct cash_quote {
  int128 owed = 0, to_pay = 0;  ///< minor units
  int128 difference() const noexcept { return owed - to_pay; }
};
cash_quote quote_cash(const program& tariff, const account_state& state, civil_day on);

DUES_END
