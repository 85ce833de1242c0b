// SPDX-License-Identifier: Apache-2.0
//
// The ledger: what every account was told, and what was posted because of it. It is a value that the
// host stores. Nothing that was posted is ever rewritten: what turns out differently is posted as a
// difference. Users, permissions and locks are the host's.
#pragma once

#include <dues/ledger/account.hpp>

#include <map>
#include <memory>
#include <optional>

DUES_BEGIN

/// One posting. The sum of an account's entries is its balance.
struct ledger_entry {
  std::string id;          ///< from what it is: cause, kind, receivable, part, source, and the how-manieth of these
  movement_kind kind = movement_kind::allocation;
  std::string cause, receivable, part, source;  ///< as in movement
  civil_day date;          ///< on which it takes effect
  civil_day recorded;
  std::int64_t amount = 0; ///< minor units; what it adds to entries of the same cause before it
  std::string by;          ///< id of the event that was recorded
  std::string reason, actor, reference;  ///< of that event

  friend bool operator==(const ledger_entry&, const ledger_entry&) = default;
};

struct account_book {
  std::vector<ledger_event> events;   ///< in the order in which they were recorded
  std::vector<ledger_entry> entries;  ///< likewise
  std::uint64_t version() const noexcept { return events.size(); }
};

struct apply_options {
  std::optional<std::uint64_t> version;  ///< that the caller saw; another one is refused (L111)
  const accruals* penalties = nullptr;   ///< null: lateness costs nothing
};

/// Entries of an account that took something over.
struct account_entries {
  std::string account;
  std::vector<ledger_entry> entries;
};

struct applied {
  bool recorded = false;               ///< the event is in the ledger now, or was before
  bool repeated = false;               ///< it was before, with the same content: nothing new
  std::uint64_t version = 0;           ///< of the account, afterwards
  std::vector<ledger_entry> entries;   ///< what was posted
  std::vector<account_entries> others; ///< and in accounts that are handed something, whose versions go up too
  diagnostics found;                   ///< why it was refused; then nothing has changed
};

/// One thread at a time changes it; any number may read it meanwhile nobody does.
class ledger {
 public:
  using book_map = std::map<std::string, account_book, std::less<>>;

  /// @throws std::invalid_argument when `tariff` is null
  explicit ledger(std::shared_ptr<const program> tariff);

  const program& tariff() const noexcept { return *tariff_; }
  /// Null when the tariff has no `payments`.
  const payment_order* order() const noexcept { return order_ ? &*order_ : nullptr; }

  /// Records an event and posts what follows from it.
  /// Cost: that of the account's own events, and the logarithm of the ledger.
  applied apply(ledger_event event, const apply_options& options = {});

  /// Null when nothing was ever recorded for it. Cost: logarithmic.
  const account_book* find(std::string_view account) const noexcept;
  /// By account id.
  const book_map& books() const noexcept { return books_; }
  /// Closings and reopenings of the whole ledger.
  std::span<const ledger_event> common() const noexcept { return common_.events; }
  std::uint64_t common_version() const noexcept { return common_.version(); }

  /// Of an account without a book: nothing owed, nothing paid.
  account_state state(std::string_view account, const derive_options& options = {}) const;
  /// The last day that no event may touch any more, for the account, as known on `day`.
  civil_day closed_through(std::string_view account, civil_day day = last_day) const;

 private:
  friend class ledger_file;
  friend class ledger_change;
  /// What recording an event began in an account.
  struct posted {
    std::string account;
    std::size_t entries_before = 0;
  };
  bool record(ledger_event event, const apply_options& options, std::vector<posted>& made, diagnostics& found);
  bool check(const ledger_event& event, const account_book& book, diagnostics& found) const;
  void post(const ledger_event& event, const account_state& state, account_book& book, std::vector<ledger_entry>& made) const;

  std::shared_ptr<const program> tariff_;
  std::optional<payment_order> order_;
  book_map books_;
  account_book common_;
  std::map<std::string, std::string, std::less<>> account_of_;  ///< of ids that hosts give, whose account
};

DUES_END
