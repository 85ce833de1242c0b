// SPDX-License-Identifier: Apache-2.0
//
// What a caller wants to see of a ledger, checked: which accounts, as of which day, as known on which.
#pragma once

#include <capi/impl/options.hpp>

namespace dues::capi {

struct ledger_view {
  derive_options with;
  std::string_view account;  ///< empty: all
  bool has_day = false;      ///< as_of was given

  /// @param view  may be null
  ledger_view(const dues_ledger& of, const dues_ledger_view* view);

  /// Calls `take(account, book, state)` for each account that is looked at.
  /// @throws refusal  where what lateness costs cannot be told
  template <class Take>
  void each_state(const ledger& of, Take&& take) const {
    each_book(of, [&](const std::string& id, const account_book& book) {
      const account_state state = of.state(id, with);
      if (state.found.has_errors()) refuse(DUES_BAD_LEDGER, state.found);
      take(id, book, state);
    });
  }
  template <class Take>
  void each_book(const ledger& of, Take&& take) const {
    if (account.empty()) {
      for (const auto& [id, book] : of.books()) take(id, book);
    } else if (const auto at = of.books().find(account); at != of.books().end()) {
      take(at->first, at->second);
    }
  }
  /// @throws refusal  DUES_NOT_FOUND: nothing was recorded for the account
  void need_account(const ledger& of) const;

  bool shows(const ledger_entry& one) const noexcept { return one.date <= with.as_of && one.recorded <= with.known_at; }
  bool shows(const ledger_event& one) const noexcept { return one.date <= with.as_of && one.recorded <= with.known_at; }
};

}  // namespace dues::capi
