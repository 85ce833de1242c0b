// SPDX-License-Identifier: Apache-2.0
//
// What a caller wants to see of a ledger, checked: which accounts, as of which day, as known on which.
#pragma once

#include <capi/impl/calls.hpp>

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

/// Adds published rates to `terms`, document by document.
void read_references_of(const dues_str* references, std::uint32_t count, const char* name, penalty_terms& terms, diagnostics& found);

/// A struct of the caller's that says what to do: its size is one that we know, and what a later version has behind it
/// asks for nothing.
template <class Struct>
void check_options(const Struct* asked, const char* name) {
  need(asked, name);
  constexpr std::uint32_t most_size = 4'096;
  const std::uint32_t size = asked->struct_size;
  bool known = size >= sizeof(Struct) && size <= most_size;
  const auto* const bytes = reinterpret_cast<const unsigned char*>(asked);
  for (std::size_t i = sizeof(Struct); known && i < size; ++i) known = bytes[i] == 0;
  if (!known) refuse(DUES_WRONG_OPTION, {{"name", std::string(name) + ".struct_size"}, {"is", std::to_string(size)}});
}

/// A day, or the last one for DUES_OPEN_END.
civil_day day_of(std::int32_t days, const char* name);

}  // namespace dues::capi
