// SPDX-License-Identifier: Apache-2.0
//
// Events and ledgers as JSON, and balances with their explanation. SEMANTICS.md lists the fields.
#pragma once

#include <dues/diagnostic/catalogue.hpp>
#include <dues/json/node.hpp>
#include <dues/ledger/ledger.hpp>

#include <string>

DUES_BEGIN

/// Reads a list of events, or one: `[{"event": "payment", ...}, ...]`; of a ledger as it was stored its events. Every mistake is told, not only
/// the first: L101 to L104, L113, L136; what is no JSON: T102, T116, T151.
/// @returns nothing when there is an error
std::optional<std::vector<ledger_event>> read_events(const program& tariff, std::string_view json, diagnostics& found, const json_limits& limits = {});

/// Reads what to_json(ledger) wrote. Balances are derived again and compared with what was posted (L126).
/// Without "entries" the events are applied in their order.
/// @param penalties  that it was kept with
/// @returns nothing when there is an error
std::optional<ledger> read_ledger(std::shared_ptr<const program> tariff, std::string_view json, diagnostics& found, const json_limits& limits = {},
                                  const accruals* penalties = nullptr);

/// {"dues_ledger": "1", "tariff", "currency", "events", "entries"}: accounts by id, each account's in the
/// order in which they were recorded.
/// @param account  only this one, with the closings of the whole ledger, when not empty: a document of its own
std::string to_json(const ledger& whole, std::string_view account = {});
/// One event, as read_events reads it.
std::string to_json(const program& tariff, const ledger_event& event);
/// What was posted, as a list.
std::string to_json(const program& tariff, std::span<const ledger_entry> entries);

/// The entries that take effect by `as_of` and were recorded by `known_at`, as rows for exchange: account, entry, id,
/// date, recorded, cause, receivable, part, source, amount, by, reason, actor, reference. Accounts by id.
/// @param account  only this one, when not empty
std::string entries_csv(const ledger& whole, std::string_view account = {}, civil_day as_of = last_day, civil_day known_at = last_day);

/// Balances of an account on a day: receivables, credit, and, where derived with `explain`, why money went where.
std::string to_json(const program& tariff, const account_state& state, civil_day as_of);

/// Why an allocation went to this receivable before the next: "R1 before R2: it was due earlier".
std::string sentence(const program& tariff, const account_state& state, const movement& one, const language& words = language::english());

DUES_END
