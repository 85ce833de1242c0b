// SPDX-License-Identifier: Apache-2.0
//
// The tables of facts and their columns, by number: a name is looked up once a table, not once a cell.
// Not public.
#pragma once

#include <dues/facts/rows.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

DUES_BEGIN

namespace detail {

enum class fact_table : std::uint8_t { units, accounts, tenures, subscriptions, occupancy, meters, readings, usage_before, calendars, calendar_days };
inline constexpr std::array<std::string_view, 10> fact_tables{"units",  "accounts", "tenures",      "subscriptions", "occupancy",
                                                              "meters", "readings", "usage_before", "calendars",     "calendar_days"};

constexpr std::string_view name_of(fact_table table) noexcept { return fact_tables[static_cast<std::size_t>(table)]; }
constexpr std::optional<fact_table> table_called(std::string_view name) noexcept {
  for (std::size_t i = 0; i < fact_tables.size(); ++i)
    if (fact_tables[i] == name) return static_cast<fact_table>(i);
  return std::nullopt;
}

enum class column : std::uint8_t {
  unit, account, role, from, to, share, recorded, subscription, fee, quantity, price, state, approved, calendar, weekend, date, is, tariff,
  meter, kind, ratio, digits, reg, read_on, reading, rolled_over, window_from, usage, billed
};
inline constexpr std::array<std::string_view, 29> column_names{"unit", "account", "role", "from", "to", "share", "recorded", "subscription", "fee",
                                                               "quantity", "price", "state", "approved", "calendar", "weekend", "date", "is", "tariff",
                                                               "meter", "kind", "ratio", "digits", "register", "read_on", "reading", "rolled_over", "window_from",
                                                               "usage", "billed"};

constexpr std::string_view name_of(column one) noexcept { return column_names[static_cast<std::size_t>(one)]; }

/// Columns that the table has besides attributes, in the order in which the nearest name is sought.
inline std::span<const column> columns_of(fact_table table) noexcept {
  using enum column;
  static constexpr std::array<column, 5> units{unit, from, recorded, to, tariff};
  static constexpr std::array<column, 3> accounts{account, from, recorded};
  static constexpr std::array<column, 7> tenures{unit, account, role, from, to, share, recorded};
  static constexpr std::array<column, 9> subscriptions{subscription, unit, fee, account, from, to, quantity, price, recorded};
  static constexpr std::array<column, 6> occupancy{unit, from, to, approved, state, recorded};
  static constexpr std::array<column, 8> meters{meter, kind, unit, from, to, ratio, digits, recorded};
  static constexpr std::array<column, 7> readings{meter, reg, read_on, reading, kind, rolled_over, recorded};
  static constexpr std::array<column, 6> before{unit, fee, window_from, usage, billed, recorded};
  static constexpr std::array<column, 5> calendars{calendar, from, to, weekend, recorded};
  static constexpr std::array<column, 4> calendar_days{calendar, date, is, recorded};
  switch (table) {
    case fact_table::units: return units;
    case fact_table::accounts: return accounts;
    case fact_table::tenures: return tenures;
    case fact_table::subscriptions: return subscriptions;
    case fact_table::occupancy: return occupancy;
    case fact_table::meters: return meters;
    case fact_table::readings: return readings;
    case fact_table::usage_before: return before;
    case fact_table::calendars: return calendars;
    default: return calendar_days;
  }
}

/// Columns that every row must fill.
inline std::span<const column> needed_columns(fact_table table) noexcept {
  using enum column;
  static constexpr std::array<column, 2> units{unit, from}, accounts{account, from};
  static constexpr std::array<column, 4> tenures{unit, account, role, from}, subscriptions{subscription, unit, fee, from}, meters{meter, kind, unit, from},
      before{unit, fee, window_from, usage};
  static constexpr std::array<column, 3> occupancy{unit, from, state}, readings{meter, read_on, reading}, calendar_days{calendar, date, is};
  static constexpr std::array<column, 1> calendars{calendar};
  switch (table) {
    case fact_table::units: return units;
    case fact_table::accounts: return accounts;
    case fact_table::tenures: return tenures;
    case fact_table::subscriptions: return subscriptions;
    case fact_table::occupancy: return occupancy;
    case fact_table::meters: return meters;
    case fact_table::readings: return readings;
    case fact_table::usage_before: return before;
    case fact_table::calendars: return calendars;
    default: return calendar_days;
  }
}

/// How the cells of the last row stood: the next row mostly has the same names in the same order.
struct table_layout {
  static constexpr std::int32_t unknown = -1;
  static constexpr std::int32_t attributes = static_cast<std::int32_t>(column_names.size());  ///< slots from here on
  std::vector<std::string> names;
  std::vector<std::int32_t> slots;  ///< a column, an attribute, or unknown
  std::size_t distinct = 0;         ///< so many names at the beginning are each once
  bool of_csv = false;              ///< then the header has the names, once and for all
};

}  // namespace detail

DUES_END
