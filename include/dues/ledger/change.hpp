// SPDX-License-Identifier: Apache-2.0
//
// Several events that are recorded together or not at all. What is not kept is taken back, also when memory
// runs out in the middle, so that a host's call changes its ledger wholly or not.
#pragma once

#include <dues/ledger/ledger.hpp>

DUES_BEGIN

/// While it lives, nobody else changes or reads the ledger.
class ledger_change {
 public:
  /// An account that a change has touched, as it was before.
  struct touched_book {
    bool existed = false;
    std::size_t events = 0, entries = 0;  ///< how many it had; later ones are of this change
  };

  explicit ledger_change(ledger& of) noexcept : of_(of) {}
  ledger_change(const ledger_change&) = delete;
  ledger_change& operator=(const ledger_change&) = delete;
  /// Takes everything back, unless it was kept.
  ~ledger_change() { undo(); }

  /// ledger::apply. What comes after an event that was refused may still be applied; keeping is the caller's choice.
  applied apply(ledger_event event, const apply_options& options = {});

  /// By account; "" for closings of the whole ledger.
  const std::map<std::string, touched_book, std::less<>>& touched() const noexcept { return touched_; }
  void keep() noexcept { touched_.clear(), ids_.clear(); }
  void undo() noexcept;

 private:
  void touch(const ledger_event& event);

  ledger& of_;
  std::map<std::string, touched_book, std::less<>> touched_;
  std::vector<std::string> ids_;  ///< that hosts gave, new in this change
};

DUES_END
