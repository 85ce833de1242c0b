// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/ledger/corrections.hpp>
#include <dues/ledger/impl/prepay.hpp>

#include <charconv>
#include <set>

DUES_BEGIN

namespace detail {

inline std::string_view base_of_key(std::string_view key) { return key.substr(0, key.rfind('/')); }

// 0 of a charge, n of "adjustment:n", nothing of what no run makes: rebates.
inline std::optional<std::int32_t> adjustment_number(std::string_view cause) {
  constexpr std::string_view adjustment = "adjustment:";
  if (cause == "charge") return 0;
  std::int32_t number = 0;
  if (!cause.starts_with(adjustment)) return std::nullopt;
  const auto [at, error] = std::from_chars(cause.data() + adjustment.size(), cause.data() + cause.size(), number);
  return error == std::errc() && at == cause.data() + cause.size() ? std::optional(number) : std::nullopt;
}

/// Keys without cause of the charges of a book that were reversed.
inline std::set<std::string, std::less<>> reversed_keys(const account_book& book) {
  std::set<std::string, std::less<>> keys;
  for (const ledger_event& one : book.events)
    if (one.kind == event_kind::reversal && one.of.ends_with("/charge")) keys.emplace(base_of_key(one.of));
  return keys;
}

}  // namespace detail

billed_before billed_by(const ledger& kept) {
  billed_before made;
  for (const auto& [account, book] : kept.books()) {
    const auto reversed = detail::reversed_keys(book);
    std::set<std::string_view> taken_back;
    for (const ledger_event& one : book.events)
      if (one.kind == event_kind::reversal) taken_back.insert(one.of);
    for (const ledger_event& one : book.events) {
      const auto number = one.kind == event_kind::charge ? detail::adjustment_number(one.cause) : std::nullopt;
      if (!number || reversed.contains(detail::base_of_key(one.id))) continue;
      billed_line& sum = made.lines[std::string(detail::base_of_key(one.id))];
      // An adjustment that was reversed keeps its number.
      sum.adjustments = std::max(sum.adjustments, *number);
      if (!taken_back.contains(one.id)) sum.amount += one.amount;
      if (*number != 0 && !sum.account.empty()) continue;
      sum.account = account;
      sum.unit = one.unit;
      sum.fee = one.fee;
      sum.subject = one.subject;
      sum.period = sum.from = one.period;
      sum.to = one.period + 1;
      sum.issue = one.date;
      sum.due = one.due;
    }
  }
  return made;
}

ledger_corrections corrections_of(const ledger& kept, const billing& made, civil_day recorded) {
  ledger_corrections out;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> reversed;
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> ahead;
  for (ledger_event& one : charges_of(made, recorded)) {
    const account_book* const book = kept.find(one.account);
    const bool adjusts = one.cause != "charge";
    if (adjusts && one.amount == 0) continue;
    if (book != nullptr) {
      if (!reversed.contains(one.account)) {
        reversed.emplace(one.account, detail::reversed_keys(*book));
        auto& keys = ahead[one.account];
        detail::add_held(kept.tariff(), book->events, keys);
        std::erase_if(keys, [](const auto& key) { return key.first == key.second; });
      }
      if (ahead[one.account].contains(one.id)) continue;
      if (reversed[one.account].contains(detail::base_of_key(one.id))) {
        out.found.add(make_diagnostic("L140", "", {{"id", one.id}, {"is", amount_text(one.amount, kept.tariff().minor_units)}}));
        continue;
      }
    }
    const std::int32_t term = one.due - one.date;
    one.date = std::max({one.date, recorded, kept.closed_through(one.account) + 1});
    one.due = std::max(one.due, one.date + term);
    out.events.push_back(std::move(one));
  }
  return out;
}

DUES_END
