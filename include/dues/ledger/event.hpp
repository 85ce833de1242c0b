// SPDX-License-Identifier: Apache-2.0
//
// What happens to an account, as its host records it: charges, payments, reversals and the rest.
// Events are all that is ever told to a ledger; every balance is derived from them.
#pragma once

#include <dues/bill/bill.hpp>
#include <dues/ledger/ahead.hpp>
#include <dues/tariff/vocabulary.hpp>
#include <dues/value/date.hpp>

#include <array>
#include <string>
#include <vector>

DUES_BEGIN

/// In the order that events of one day take, whatever order they were recorded in.
enum class event_kind : std::uint8_t {
  charge, opening, credit_note, demand, waiver, write_off, credit_use, payment, refund, reversal, close, reopen, exclusion,
  plan, transfer, deposit, legal_case, received, acknowledgement, prepay, leave
};

/// What becomes of a deposit.
enum class deposit_step : std::uint8_t { hold, settle, give_back, forfeit };

namespace words {
inline constexpr std::array<std::string_view, 21> event_kind{
    "charge", "opening", "credit_note", "demand", "waiver", "write_off", "credit_use", "payment", "refund", "reversal", "close", "reopen", "exclusion",
    "plan", "transfer", "deposit", "case", "received", "acknowledgement", "prepay", "leave"};
inline constexpr std::array<std::string_view, 4> deposit_step{"hold", "settle", "return", "forfeit"};
}  // namespace words

inline constexpr std::size_t longest_event_id = 16'000;  ///< bytes, also of the other texts; keys of charges are made of ids

/// Part of a payment: "cash", "bank", "points", ... as the host calls it; "credit" draws on the
/// account's own credit.
struct money_source {
  std::string kind;
  std::int64_t amount = 0;  ///< minor units
  friend bool operator==(const money_source&, const money_source&) = default;
};

/// One part of what a plan covers. Recording the plan divides what was given without amounts.
struct planned_instalment {
  civil_day due;
  std::int64_t amount = 0;  ///< minor units; 0 in all of them: equal parts
  friend bool operator==(const planned_instalment&, const planned_instalment&) = default;
};

/// One event. Which fields count depends on the kind (SEMANTICS.md lists them); the others are empty.
struct ledger_event {
  event_kind kind = event_kind::payment;
  std::string id;       ///< the host's; of a charge its key
  std::string account;  ///< empty: of the whole ledger (close, reopen)
  civil_day date;       ///< on which it takes effect; of a charge the issue date
  civil_day recorded;   ///< on which it became known
  std::int64_t amount = 0;  ///< minor units; of a charge with its sign
  // charge, opening, prepay
  std::string unit, fee, subject, cause;  ///< unit: also of a transfer, whose all goes
  civil_day period, due = no_day;
  claim_class paid_as = claim_class::principal;  ///< principal or costs
  std::int64_t penalty = 0;  ///< opening: what lateness had cost and is still open
  decimal share;         ///< waiver: of what is open of the penalty; recording it fixes the amount. 0: an amount was given
  // payment, credit_use
  std::vector<money_source> sources;      ///< empty: one without a name
  std::vector<std::string> receivables;   ///< designated; of waiver, write_off, credit_note, received the one it is for; of demand, acknowledgement, exclusion those it is for, else all; of plan, transfer, case what it covers
  std::vector<std::string> fees;          ///< designated; of an opening credit what it is bound to
  std::string of;                         ///< reversal, reopen: the id of what is taken back; case: that it ends; received: the transfer; leave: of the prepayment
  civil_day through;                      ///< close: the last day that is closed
  excluded_days excluded = excluded_days::dispute;  ///< exclusion: what days [date, to) are
  civil_day to;
  std::string plan;                                ///< of the tariff
  std::vector<planned_instalment> instalments;     ///< of a plan, rising
  std::string other_account;                       ///< transfer: who takes over; received: who handed over
  std::string subscription;                        ///< deposit, and an opening of one: what it is held for
  deposit_step step = deposit_step::hold;
  ahead_terms ahead;                      ///< prepay: what was granted; `period` is the first day that it covers. leave: of each line the period and what is kept for it
  // what the host wants to find again; never read by a rule
  std::string reason, actor, reference;

  /// Credit that an older book brought, not something owed: such an opening has no due date.
  bool opens_credit() const noexcept { return kind == event_kind::opening && due == no_day && subscription.empty(); }
  bool opens_deposit() const noexcept { return kind == event_kind::opening && !subscription.empty(); }
  bool opens_receivable() const noexcept { return kind == event_kind::opening && due != no_day; }

  static constexpr civil_day no_day{INT32_MIN};
  friend bool operator==(const ledger_event&, const ledger_event&) = default;
};

/// The lines of a run as charges, in its order: what to record when bills are issued. Lines with a
/// diagnostic are left out, they bill nothing.
/// @param recorded  the day on which the host records them
std::vector<ledger_event> charges_of(const billing& made, civil_day recorded);

/// The same of a file that an earlier run wrote, in the order of keys. Charge and adjustments that stand under
/// one key in one file are one charge. They are recorded on their days of issue.
std::vector<ledger_event> charges_of(const program& tariff, const billed_before& billed);

/// "tariff/account/unit/fee/subject/period/cause" of a charge, each part percent-escaped.
std::string charge_key(std::string_view tariff, const ledger_event& charge);

DUES_END
