// SPDX-License-Identifier: Apache-2.0
//
// Meters that a tariff reads, and what their usage costs: one price, one for each register, or by steps.
#pragma once

#include <dues/tariff/parts.hpp>
#include <dues/value/decimal.hpp>

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

enum class tier_kind : std::uint8_t { none, graduated, volume, package };

struct tier_step {
  dated<decimal> up_to;           ///< included in the step; empty: the last
  std::vector<expression> is;     ///< one for all registers, or one for each in their order
  std::optional<expression> flat; ///< once a window
  decimal block{1};               ///< of a package
  std::string pointer;
};

/// What usage costs from one date on.
struct metered_price {
  tier_kind tiers = tier_kind::none;
  std::vector<expression> is;      ///< without steps: one for all registers, or one for each in their order
  std::vector<tier_step> steps;
  tier_window window;
  std::optional<expression> widen_by;  ///< added to every up_to
  bool by_months_served = false;       ///< limits shrink to the months of the window that are covered
  std::string pointer;
};

DUES_END
