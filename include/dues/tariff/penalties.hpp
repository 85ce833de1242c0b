// SPDX-License-Identifier: Apache-2.0
//
// What lateness costs: components, each with a rate, a start, a grace, limits and a rounding of its
// own. <dues/penalty/accrual.hpp> computes it.
#pragma once

#include <dues/tariff/parts.hpp>
#include <dues/value/decimal.hpp>

DUES_BEGIN

/// A share of what it bears on, an amount, or a published yearly rate, for a span of time.
struct plain_rate {
  enum class form : std::uint8_t { percent, amount, reference } is = form::percent;
  std::optional<expression> percent;  ///< a rate
  std::optional<expression> amount;   ///< a number
  std::int32_t reference = -1;        ///< into program::references
  std::optional<decimal> times;       ///< factor of the reference
  std::optional<expression> plus;     ///< a rate, added to it
  rate_fixing fixed_on = rate_fixing::moving;
  penalty_span per = penalty_span::day;
  penalty_year year_of = penalty_year::of_365;        ///< with per year
  penalty_month month = penalty_month::completed;     ///< with per month
  std::string pointer;
};

/// One rate, the higher or the lower of two, or steps by days overdue.
struct penalty_rate {
  enum class form : std::uint8_t { plain, higher_of, lower_of, steps } is = form::plain;
  struct step {
    int days_overdue_up_to = 0;  ///< included; 0: without end
    plain_rate rate;
  };
  std::vector<step> rates;  ///< one, two, or a step each; rising, the last without end
};

/// Time in which nothing is owed: a cliff, or a deferral.
struct penalty_grace {
  bool in_months = false;
  int length = 0;  ///< days or months
  grace_end then = grace_end::from_due_date;
  std::optional<day_roll> last_day;
};

struct penalty_limit {
  enum class form : std::uint8_t { at_least_amount, at_most_of_principal, at_most_amount, at_most_rate, nothing_below } is = form::at_most_amount;
  std::optional<expression> value;         ///< a number; of principal: a rate; nothing_below: totals less than this are not charged
  dated<std::optional<plain_rate>> rate;   ///< a legal ceiling on the same days and base; empty: ends here
  std::vector<std::string> cites;
  std::string pointer;
};

struct penalty_component : described {
  claim_class paid_as = claim_class::penalties;  ///< never principal
  dated<penalty_rate> rate;
  bool on_principal = true, on_costs = false;    ///< what it bears on
  std::vector<std::int32_t> on_components;       ///< into penalty::components
  int compounds_every_months = 0;                ///< 0: simple
  broken_year broken = broken_year::by_days;     ///< of a period of compounding that is not whole
  penalty_start starts = penalty_start::due_date;
  bool that_day_counts = false, payment_day_counts = true;
  std::optional<penalty_grace> grace;
  std::vector<penalty_limit> limits;
  section_rounding rounding;
  penalty_rounded rounded = penalty_rounded::total;
};

struct penalty : described {
  penalty_scope counted_per = penalty_scope::receivable;
  std::vector<excluded_days> days_left_out;
  std::vector<penalty_component> components;
};

DUES_END
