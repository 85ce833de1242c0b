// SPDX-License-Identifier: Apache-2.0
//
// The facts of a community as typed columns, loaded once for one tariff and then only read.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>
#include <dues/facts/columns.hpp>
#include <dues/facts/metering.hpp>
#include <dues/tariff/program.hpp>

#include <map>
#include <memory>

DUES_BEGIN

/// Who holds a unit, in which role, over which dates. Small, because a run streams over all of them.
struct tenure {
  std::uint32_t account = 0;
  day_range days;
  payer_role role = payer_role::owner;
  std::int32_t share = -1;  ///< into facts::shares, where 0.5 is a half; -1 when the row has none
};
static_assert(sizeof(tenure) == 20);

/// A service taken for a unit over dates: a parking space by the month, an access card.
struct subscription {
  std::string id;
  std::uint32_t unit = 0;
  std::int32_t fee = -1;
  std::uint32_t account = id_table::none;  ///< its payer, before any role
  day_range days;
  std::optional<decimal> quantity, price;
  std::uint32_t row = 0;  ///< of the subscription attributes
};

enum class occupancy_state : std::uint8_t { occupied, vacant };

struct occupancy {
  std::uint32_t unit = 0;
  day_range days;
  occupancy_state state = occupancy_state::occupied;
  std::optional<civil_day> approved;
};

/// Dated attributes of units or of accounts: rows by (id, from), each row whole.
struct attribute_rows {
  std::vector<std::uint32_t> begin;    ///< of each id, and one past the last
  std::vector<civil_day> from, to;     ///< row holds until `to`, or the next row of the id
  std::vector<std::uint32_t> source;   ///< row of the table in the document, for explanations; with of_units where a row of units told it
  std::vector<number_column> numbers;  ///< by attribute; empty for other types
  std::vector<word_column> words;      ///< by attribute; empty for numbers

  static constexpr std::uint32_t of_units = 0x8000'0000U;

  /// Where the row stands in the document: "/accounts/3", or "/units/3" when a row of units told it.
  std::string place(std::string_view table, std::size_t row) const;
  /// Row that holds on `day`, or -1.
  std::int64_t row_on(std::uint32_t id, civil_day day) const noexcept;
};

class facts;

/// What a run reads of an account and a unit that it is the one holder of, while the latest row of the
/// unit's attributes holds. Of any other pair there are no days.
struct usual_holding {
  civil_day from = open_end, to = first_day;  ///< the later of the holder's first day and the latest row's; the end of that row
  std::uint32_t row = 0;                      ///< into unit_rows; the top bit: an earlier row holds before `from`

  static constexpr std::uint32_t has_earlier = 1U << 31;
};

/// Found when facts are loaded, so that a run asks no further: which units have one tenure, without a
/// share, and no mistake.
struct holding_index {
  static constexpr std::uint32_t plain = UINT32_MAX;
  std::vector<std::uint32_t> holder;  ///< of each unit; none where it is not plain
  std::vector<usual_holding> pairs;   ///< beside facts::held, in the order in which lines come out
  std::vector<std::uint32_t> place;   ///< of each unit in `others`, or plain
  std::vector<std::uint32_t> others;  ///< in order
  civil_day ends = open_end;          ///< no plain unit's tenure ends earlier
  unsigned roles = 0;                 ///< a bit for each role that holds a plain unit

  void build(const facts& from);
};

/// Who may read: any number of threads.
class facts {
 public:
  std::shared_ptr<const program> tariff;
  id_table units, accounts;
  attribute_rows unit_rows, account_rows, subscription_rows;
  id_table texts;                           ///< of attributes, each once
  std::vector<std::uint32_t> tenure_begin;  ///< of each unit, and one past the last
  std::vector<tenure> tenures;              ///< by unit, role, from, account
  std::vector<decimal> shares;              ///< that tenures name, each once
  std::vector<civil_day> tenure_reach;      ///< of each tenure, the last end among those of its unit and role so far
  holding_index holding;
  std::vector<civil_day> first_tenure;      ///< of each unit; open_end when it has none
  std::vector<std::uint32_t> held_begin;    ///< of each account, and one past the last
  std::vector<std::uint32_t> held_by;       ///< account of each of `held`
  std::vector<std::uint32_t> held;          ///< units of each account, by tenure or subscription; sorted, each once
  std::vector<std::uint32_t> subscription_begin;
  std::vector<subscription> subscriptions;  ///< by unit, fee, id
  std::vector<occupancy> occupancies;       ///< by unit, from
  metering meters;                          ///< and their readings
  std::map<std::string, business_calendar, std::less<>> calendars;
  std::vector<diagnostic> faults;           ///< what is wrong with rows of units
  std::vector<std::int32_t> unit_fault;     ///< into faults, or -1

  std::span<const tenure> tenures_of(std::uint32_t unit) const {
    return std::span(tenures).subspan(tenure_begin[unit], tenure_begin[unit + 1] - tenure_begin[unit]);
  }
  /// Those in a role that may touch `days`, of a unit with very many: found by search.
  std::span<const tenure> tenures_over(std::uint32_t unit, payer_role role, day_range days) const;
  /// Units that the account ever held or had a subscription for.
  std::span<const std::uint32_t> units_of(std::uint32_t account) const {
    return std::span(held).subspan(held_begin[account], held_begin[account + 1] - held_begin[account]);
  }
  std::span<const subscription> subscriptions_of(std::uint32_t unit) const {
    return std::span(subscriptions).subspan(subscription_begin[unit], subscription_begin[unit + 1] - subscription_begin[unit]);
  }
};

struct facts_result {
  std::shared_ptr<const facts> loaded;  ///< null only when the document cannot be used at all
  diagnostics found;                    ///< rows with a mistake; their units carry it in every line
};

/// Reads a facts document: {"dues_facts": "1", "units": [...], ...}. Rows may come in any order.
/// Cost: rows x log(rows).
facts_result load_facts(std::shared_ptr<const program> tariff, std::string_view facts_json);

DUES_END
