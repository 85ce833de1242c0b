// SPDX-License-Identifier: Apache-2.0
//
// What the oracle walks over: a policy and a debt, as plain values of its own.
#pragma once

#include <dues/value/date.hpp>

#include <boost/multiprecision/cpp_int.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace dues_test::oracle {

using fraction = boost::multiprecision::cpp_rational;
using whole = boost::multiprecision::cpp_int;
using dues::civil_day;

enum class span { day, month, year, once };

struct rate {
  enum class form { percent, amount, reference } is = form::percent;
  fraction value;        // percent: a share; amount: money; reference: the factor
  fraction plus;         // reference
  int held = -1;         // reference: -1 moving, 0 due date, 1 first day
  span per = span::day;
  int year_of = 365;     // 0: actual
  bool started = false;
};

struct version {
  civil_day from;
  enum class form { plain, higher, lower, steps } is = form::plain;
  std::vector<rate> rates;
  std::vector<int> ends;  // of steps: days overdue, 0 for the last
};

struct ceiling {
  civil_day from;
  std::optional<rate> is;
};

struct component {
  std::vector<version> versions;
  bool on_principal = true, on_costs = false, on_first = false;  // on_first: the policy's first component
  int compounds = 0;
  bool by_months = false;
  bool from_demand = false, that_day = false, payment_day = true;
  int grace = 0;
  bool grace_months = false, cliff = false;
  std::optional<fraction> least, most_share, most, nothing_below;
  std::vector<ceiling> ceilings;
  int places = 2;
  bool down = false;     // rounding down, else half up
};

struct change {
  civil_day on;
  int kind = 0;  // 0 payment, 1 write-off, 2 credit note, 3 correction
  whole by;      // minor units; lowers
};

struct settlement {
  std::size_t component;
  civil_day on;
  whole amount;
  bool waiver;
};

struct debt {
  whole principal;
  civil_day due;
  std::vector<change> changes;
  std::vector<civil_day> demands;
  std::vector<std::pair<civil_day, civil_day>> out;  // half-open
  std::vector<settlement> settled;
  std::vector<std::pair<civil_day, whole>> costs;
};

struct policy {
  std::vector<component> components;
  std::vector<std::pair<civil_day, fraction>> reference;  // rising; without end
};

}  // namespace dues_test::oracle
