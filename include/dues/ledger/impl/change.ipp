// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/ledger/change.hpp>

DUES_BEGIN

// Also the accounts that were handed something, which hear of what changes here.
void ledger_change::touch(const ledger_event& event) {
  std::vector<std::string> next{event.account};
  if (event.kind == event_kind::transfer) next.push_back(event.other_account);
  while (!next.empty()) {
    const std::string account = std::move(next.back());
    next.pop_back();
    if (touched_.find(account) != touched_.end() && account != event.account) continue;
    const account_book* const book = account.empty() ? &of_.common_ : of_.find(account);
    touched_.emplace(account, book == nullptr ? touched_book{} : touched_book{true, book->events.size(), book->entries.size()});
    if (book == nullptr) continue;
    for (const ledger_event& one : book->events)
      if (one.kind == event_kind::transfer && touched_.find(one.other_account) == touched_.end()) next.push_back(one.other_account);
  }
}

applied ledger_change::apply(ledger_event event, const apply_options& options) {
  touch(event);
  if (of_.account_of_.find(event.id) == of_.account_of_.end()) ids_.push_back(event.id);
  return of_.apply(std::move(event), options);
}

// Nothing here needs memory: books only grow at their ends.
void ledger_change::undo() noexcept {
  for (const std::string& id : ids_)
    if (const auto at = of_.account_of_.find(id); at != of_.account_of_.end()) of_.account_of_.erase(at);
  for (const auto& [account, before] : touched_) {
    const auto at = account.empty() ? of_.books_.end() : of_.books_.find(account);
    if (!account.empty() && at == of_.books_.end()) continue;
    if (!before.existed) {
      of_.books_.erase(at);
      continue;
    }
    account_book& book = account.empty() ? of_.common_ : at->second;
    book.events.erase(book.events.begin() + static_cast<std::ptrdiff_t>(before.events), book.events.end());
    book.entries.erase(book.entries.begin() + static_cast<std::ptrdiff_t>(before.entries), book.entries.end());
  }
  keep();
}

DUES_END
