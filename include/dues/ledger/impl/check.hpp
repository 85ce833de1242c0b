// SPDX-License-Identifier: Apache-2.0
//
// What is refused before an event is recorded, and after the replay has shown what it would do. Not public.
#pragma once

#include <dues/ledger/ledger.hpp>

DUES_BEGIN

namespace detail {

/// Closings by when they were recorded: the last day that is closed on `day`.
civil_day closed_through(std::span<const ledger_event* const> closings, civil_day day);

/// Whether the event did what it asked for; else the most that is allowed (L116).
void check_outcome(const program& tariff, const ledger_event& event, const account_state& state, diagnostics& found);

/// Whether something that the account was charged, or may be, goes by this id.
bool is_owed(std::span<const ledger_event> events, std::string_view id);

/// What an event must hold, of itself.
class event_check {
 public:
  event_check(const program& tariff, const ledger_event& event, diagnostics& found) : tariff_(tariff), event_(event), found_(found) {}
  bool good();

 private:
  void wrong(std::string_view field, std::string is, std::string_view wanted) {
    found_.add(make_diagnostic("L103", "/" + std::string(field), {{"name", std::string(field)}, {"is", std::move(is)}, {"wanted", std::string(wanted)}}));
  }
  void positive();
  void fee(std::string_view field, const std::string& id);
  void charge();
  void opening();
  void sources();
  void plan();
  void transfer();
  void deposit();
  void prepay();
  void leave();

  const program& tariff_;
  const ledger_event& event_;
  diagnostics& found_;
};

}  // namespace detail

DUES_END
