// SPDX-License-Identifier: Apache-2.0
//
// What the sections of a compiled tariff have in common: an id with name and place, dated
// expressions, what they read, and a day that moves when it is no business day.
#pragma once

#include <dues/expression/expression.hpp>
#include <dues/tariff/dated.hpp>
#include <dues/tariff/names.hpp>
#include <dues/tariff/vocabulary.hpp>
#include <dues/value/calendar.hpp>
#include <dues/value/rounding.hpp>

#include <optional>
#include <string>
#include <vector>

DUES_BEGIN

/// What every named part of a tariff carries.
struct described {
  std::string id;
  names name;
  std::vector<std::string> cites;
  std::string pointer;  ///< JSON pointer into the tariff
};

/// A dated, optional expression with the JSON pointer of each version in the expression.
using dated_expression = dated<std::optional<expression>>;

/// What is read, directly or through values: decides cuts and who may be divided.
struct reads {
  std::vector<std::int32_t> unit_columns, account_columns;
  std::vector<std::int32_t> values;
  std::vector<std::int32_t> meters;  ///< kinds, by usage()
  bool subscription = false, period = false;
  bool line = false;        ///< of a line that is rated: its gross, what discounts left of it
  bool receivable = false;  ///< of what is owed
  std::string an_account_name;  ///< for messages
};

/// A day that is no business day of a calendar of `reads` moves.
struct day_roll {
  std::string calendar;
  roll how = roll::following;
};

/// Places and mode of a rounding; places are at most the currency's.
struct section_rounding {
  int places = 2;
  rounding_mode mode = rounding_mode::half_up;
};

DUES_END
