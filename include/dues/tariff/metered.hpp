// SPDX-License-Identifier: Apache-2.0
//
// Meters that a tariff reads, and what their usage costs: one price, or one for each register.
#pragma once

#include <dues/tariff/parts.hpp>

DUES_BEGIN

/// A kind of meter: water of a unit, its power by day and by night.
struct meter_kind : described {
  std::string unit;                    ///< of measure, for people
  std::vector<std::string> registers;  ///< at least one; "total" where the tariff names none
  std::int32_t slot = -1;              ///< usage(<id>)
};

/// What usage(...) in an expression stands for.
struct usage_name {
  std::int32_t kind = 0;  ///< into program::meters
  std::int32_t reg = -1;  ///< one register of it; -1: all together
};

/// Over which days usage is counted for the steps of a price.
enum class window_kind : std::uint8_t { period, calendar_month, calendar_year, rolling };

struct tier_window {
  window_kind kind = window_kind::period;
  int months = 0;    ///< of a rolling one
  civil_day anchor;  ///< from which rolling ones are counted

  /// The window that a day lies in; of `period` there is none, and the day alone comes back.
  day_range of(civil_day day) const;
  friend bool operator==(const tier_window&, const tier_window&) = default;
};

/// What a unit of usage costs from one date on.
struct metered_price {
  std::vector<expression> is;  ///< one for all registers, or one for each in their order
  std::string pointer;
};

DUES_END
