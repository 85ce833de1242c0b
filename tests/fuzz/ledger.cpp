// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a ledger, or as events for one: {"dues_ledger": ...}, [{"event": ...}].
#include "fuzz/billed.hpp"
#include "fuzz/tariff_of_debts.hpp"

namespace dues_fuzz {

namespace {

constexpr std::size_t most_events = 40;  // an event replays its account

// Whatever was accepted stores and reads again the same, adds up, and can be told.
void require_kept(const dues::ledger& kept, const dues::tariff_accruals& penalties) {
  const std::string stored = dues::to_json(kept);
  dues::diagnostics found;
  const auto again = dues::read_ledger(tariff_of_debts(), stored, found, {}, &penalties);
  require(again.has_value(), "what was stored is read again");
  require(dues::to_json(*again) == stored, "a ledger that was read is stored the same");
  for (const auto& [account, book] : kept.books()) {
    dues::derive_options with;
    with.penalties = &penalties;
    with.explain = true;
    const dues::account_state state = kept.state(account, with);
    require(state.credit_total() >= 0, "credit is never below zero");
    for (const dues::receivable& one : state.receivables) require(one.open() >= 0, "nothing open is below zero");
    require(!dues::to_json(kept.tariff(), state, with.as_of).empty(), "a state can be told");
    std::map<std::tuple<std::string, std::string, std::string, std::string, dues::movement_kind, dues::civil_day>, dues::int128> sums;
    for (const dues::movement& one : state.movements) sums[{one.cause, one.receivable, one.part, one.source, one.kind, one.date}] += one.amount;
    for (const dues::ledger_entry& one : book.entries) sums[{one.cause, one.receivable, one.part, one.source, one.kind, one.date}] -= one.amount;
    for (const auto& [key, left] : sums) require(left == 0, "entries add to what the replay gives");
    if (book.events.empty()) continue;
    const dues::civil_day day = std::clamp(book.events.back().date, dues::first_day, dues::last_day);
    with.as_of = day;
    const dues::account_state then = kept.state(account, with);
    if (!then.found.has_errors()) require(!dues::to_json(kept.tariff(), then, day).empty(), "a state of a day can be told");
  }
  require(!dues::entries_csv(kept).empty(), "entries can be told");
}

}  // namespace

void ledger(std::string_view bytes) {
  const dues::tariff_accruals penalties(terms_of_debts());
  dues::diagnostics found, again;
  const auto whole = dues::read_ledger(tariff_of_debts(), bytes, found, {}, &penalties);
  dues::read_ledger(tariff_of_debts(), bytes, again, {}, &penalties);
  require_sound(found, again);
  require(whole.has_value() != found.has_errors(), "a ledger, or an error");
  if (whole) return require_kept(*whole, penalties);

  dues::diagnostics wrong;
  auto events = dues::read_events(*tariff_of_debts(), bytes, wrong);
  require(events.has_value() != wrong.has_errors(), "events, or an error");
  if (!events) return;
  if (events->size() > most_events) events->resize(most_events);
  dues::ledger kept(tariff_of_debts());
  for (const dues::ledger_event& event : *events) {
    const std::string before = dues::to_json(kept);
    {
      dues::ledger_change change(kept);
      change.apply(event, {std::nullopt, &penalties});
    }
    require(dues::to_json(kept) == before, "what is not kept is taken back");
    const dues::applied done = kept.apply(event, {std::nullopt, &penalties});
    require(done.recorded != done.found.has_errors(), "recorded, or an error");
    if (!done.recorded) {
      require(dues::to_json(kept) == before, "a refusal changes nothing");
      continue;
    }
    require(kept.apply(event, {std::nullopt, &penalties}).repeated, "what is recorded twice is told");
  }
  require_kept(kept, penalties);
}

}  // namespace dues_fuzz
