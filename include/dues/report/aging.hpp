// SPDX-License-Identifier: Apache-2.0
//
// Aging: how old is what is open on a day, by account, unit, fee or any grouping of units, and what of it
// will probably be lost. Read from the ledger; no number is kept here.
#pragma once

#include <dues/json/node.hpp>
#include <dues/ledger/ledger.hpp>

#include <functional>

DUES_BEGIN

/// What is overdue for so many days at most, and longer than the bucket before.
struct aging_bucket {
  std::string id;
  names name;
  int days_up_to = 0;           ///< days overdue, included; 0: without end, only of the last
  std::optional<decimal> loss;  ///< the share that is expected to be lost, 0 to 1
};

/// Buckets by rising age. What is not overdue - due today included -, and what is disputed, stand apart.
struct aging_plan {
  std::vector<aging_bucket> buckets;
  std::optional<decimal> not_due_loss;

  /// Up to 30, 60, 90, 180, 365 days, and more; no losses.
  static aging_plan usual();
  bool has_losses() const noexcept;
};

/// Reads {"dues_aging": "1", "buckets": [{"id", "name"?, "days_up_to"?, "loss"?}], "not_due_loss"?}. Every mistake
/// is told: T220 for buckets that do not rise, T221 for one without end that is not the last or is missing.
/// @returns nothing when there is an error
std::optional<aging_plan> read_aging_plan(std::string_view json, diagnostics& found, const json_limits& limits = {});

enum class aging_by : std::uint8_t { total, account, unit, fee, group };

namespace words {
inline constexpr std::array<std::string_view, 5> aging_by{"total", "account", "unit", "fee", "group"};
}  // namespace words

struct aging_request {
  aging_by by = aging_by::account;
  civil_day as_of;                      ///< the end of this day
  civil_day known_at = last_day;
  const accruals* penalties = nullptr;  ///< null: lateness costs nothing
  std::function<std::string(std::string_view unit)> group_of;  ///< with aging_by::group: the building of a unit, ...
};

/// Minor units of open principal; penalties and credit beside it.
struct aging_row {
  std::string key;
  int128 not_due = 0, disputed = 0;
  std::vector<int128> overdue;  ///< beside aging_plan::buckets
  int128 penalties = 0;         ///< open; of disputed receivables too
  int128 credit = 0;            ///< prepaid; it belongs to accounts, so only rows of accounts and the total have it

  int128 overdue_total() const noexcept;
  /// What the rows of a table add up to: open principal.
  int128 principal() const noexcept { return int128(not_due + disputed + overdue_total()); }
  /// What is owed less what is prepaid.
  int128 balance() const noexcept { return int128(principal() + penalties - credit); }
};

struct aging {
  civil_day as_of;
  aging_by by = aging_by::account;
  std::vector<aging_row> rows;      ///< by key (bytes), those with anything in them
  aging_row total;
  std::optional<int128> allowance;  ///< of the total, where the plan has losses: exact, rounded half up once
  diagnostics found;                ///< what the accruals had to tell; with errors nothing else is of use
};

/// Cost: that of replaying each account once. Any number of threads may read the ledger at once.
aging age(const ledger& of, const aging_plan& plan, const aging_request& asked);

/// {"as_of", "by", "currency", "buckets", "rows", "total", "allowance"?}; amounts as texts.
std::string to_json(const program& tariff, const aging_plan& plan, const aging& made, bool indented = true);
/// A row for each of `rows`, for spreadsheets: key, not_due, each bucket's id, disputed, principal, penalties, credit, balance.
std::string to_csv(const program& tariff, const aging_plan& plan, const aging& made);

DUES_END
