// SPDX-License-Identifier: Apache-2.0
//
// Paying ahead, before it is done: what so many months from a day on cost, what is saved, which offers are in
// it and which almost. A quote is the bill itself: the same calculation, the same lines under the same keys.
#pragma once

#include <dues/bill/bill.hpp>
#include <dues/discount/discount.hpp>
#include <dues/ledger/event.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

DUES_BEGIN

/// Who wants to pay what ahead.
struct prepay_request {
  std::string account, unit, fee;
  std::string subscription;  ///< of a fee that is taken by subscription; then `fee` may be empty
  int months = 0;            ///< to be paid; gift months come on top
  civil_day from = ledger_event::no_day;     ///< first day of the first period; none: the first that is neither begun nor paid ahead
  civil_day on;                              ///< of the quote: issue, due date and payment are on this day
  civil_day expires = ledger_event::no_day;  ///< last day on which it may be billed; none: `on`

  friend bool operator==(const prepay_request&, const prepay_request&) = default;
};

/// One line of a prepayment, beside billing::lines.
struct prepaid_part {
  int months = 0;             ///< of its nominal period
  bool gift = false;          ///< granted free, after the months that are paid
  civil_day issue, due;       ///< of the regular bill
  std::int64_t regular = 0;   ///< minor units that the regular bill would ask, tax included
};

/// What became of one discount of the fee.
struct quoted_offer {
  std::int32_t discount = -1;                                         ///< into program::discounts
  discount_note::outcome what = discount_note::outcome::granted;
  std::int64_t amount = 0;                                            ///< minor units, over all lines
  int months_needed = 0;                                              ///< more months are wanted: so many in all; else 0
  std::optional<std::int64_t> paid_then, saved_then;                  ///< what so many months would cost and save, where they are allowed
};

/// What a quote rests on, each hashed apart, so that it can be said which of them changed.
struct quote_input {
  std::string what;  ///< "tariff", "unit", "account", "tenures", "subscription", "occupancy"
  std::string hash;
  friend bool operator==(const quote_input&, const quote_input&) = default;
};

/// A month that came free, but not the whole line of its period: that line is billed in its own time, less this.
struct quoted_rebate {
  civil_day period, from;  ///< of the line that is lowered
  civil_day issue, due;    ///< of its regular bill
  std::int32_t discount = -1;
  std::int64_t amount = 0;  ///< minor units
};

struct quote {
  std::string id;                    ///< commits to tariff, facts that were read, request and dates (UUID version 5)
  prepay_request asked;              ///< with `from` and `expires` filled in
  std::int32_t fee = -1;             ///< into program::fees
  std::int32_t policy = -1;          ///< into program::prepayments
  billing made;                      ///< one bill; its lines in order of date
  std::vector<prepaid_part> parts;   ///< of each line
  std::vector<quoted_rebate> rebates;
  int gift_months = 0;               ///< that are covered
  day_range covered;                 ///< nominal periods, gifts included
  std::int64_t paid = 0;             ///< minor units, tax included
  std::int64_t regular = 0;          ///< what the same periods cost month by month, at the prices known now
  std::vector<quoted_offer> offers;  ///< in the order of the document
  std::vector<quote_input> inputs;
  civil_day billed_on = ledger_event::no_day;  ///< by bill_quote
  diagnostics found;                 ///< why there is no quote; then there are no lines

  bool ok() const noexcept { return !found.has_errors(); }
  std::int64_t saved() const noexcept { return regular - paid; }
};

/// What is paid ahead already, and what was billed.
struct quote_context {
  std::span<const ledger_event> prepaid;  ///< of any account; events that are no prepayments are passed over
  const billed_before* billed = nullptr;  ///< may be null: then nothing is known to be billed
};

/// Refused, with the most that is allowed, are months that no policy of the tariff allows: Q101 to Q109.
/// @throws std::invalid_argument when `known` is null
/// Cost: linear in the periods covered, times the discounts of the fee.
quote make_quote(const std::shared_ptr<const facts>& known, const prepay_request& asked, const quote_context& with = {});

/// A quote for each number of months and each first day, days first; `dates` empty: as `asked` says.
std::vector<quote> make_quotes(const std::shared_ptr<const facts>& known, const prepay_request& asked, std::span<const int> months,
                               std::span<const civil_day> dates = {}, const quote_context& with = {});

/// The place of the quote of which a covered month costs least; of equal ones that of fewer months, then the first.
/// Nothing when none is ok.
std::optional<std::size_t> cheapest(std::span<const quote> quotes);

/// Bills by a quote: the same cents, or why not - it has expired (Q110), or an input changed (Q111).
/// @param given  what was promised: its id, asked, inputs and paid count
/// @param on     the day of billing; the lines are issued and due on it
quote bill_quote(const std::shared_ptr<const facts>& known, const quote& given, civil_day on, const quote_context& with = {});

/// What to record in a ledger once it is paid: the covered lines and the money for them as one event.
/// @param id  the host's
ledger_event prepay_of(const quote& billed, std::string id);

/// Lines that regular runs leave out: those of the prepayments among the events that stand; of one that was taken
/// back those that had begun, which are owed under the same keys.
paid_ahead paid_ahead_by(const program& tariff, std::span<const ledger_event> events);

DUES_END
