// SPDX-License-Identifier: Apache-2.0
//
// What lateness has cost to a day: a pure function of the policy, published rates and the history of
// what is owed. Nothing is stored between calls, so a late payment or a correction needs no repair: the
// total to date is derived again, and a run posts the difference to what was posted.
#pragma once

#include <dues/diagnostic/catalogue.hpp>
#include <dues/penalty/history.hpp>

#include <span>
#include <string>
#include <vector>

DUES_BEGIN

/// A stretch of days with one base, one rate and one day fraction; or what falls due at once.
struct penalty_segment {
  enum class kind : std::uint8_t { days, month, once } is = kind::days;
  civil_day from, to;               ///< half-open; of a month or a flat amount: the day on which it is incurred
  int days = 0;                     ///< how many of them count
  exact256 base;                    ///< what it bears on, in units of the currency
  exact256 rate;                    ///< a share, or where `flat` an amount of money
  bool flat = false;
  penalty_span per = penalty_span::day;
  exact256 fraction;                ///< how much of the span one day is: 1, 1/365, 1/360, ...; of a month or flat amount 1
  exact256 amount;                  ///< not rounded: base x rate x fraction x days, or rate x fraction x days
  std::string rate_at;              ///< JSON pointer to the rate in the tariff
  std::string ceiling_at;           ///< to the legal ceiling that lowered it; empty: none did
};

/// One component of a penalty, to a day.
struct component_accrual {
  std::int32_t component = 0;             ///< into penalty::components
  std::vector<penalty_segment> segments;  ///< by day
  exact256 exact_total;                   ///< before limits on the total and before rounding
  int128 total = 0;                       ///< minor units; limits kept, rounded once, paid and waived included
  int128 paid = 0, waived = 0;            ///< by the day asked
  int128 open = 0;                        ///< total less paid and waived, never below zero
  std::string limited_by;                 ///< JSON pointer of the limit that made the total; empty: none
};

struct accrual {
  std::string receivable;
  std::int32_t penalty = -1;
  civil_day as_of;
  std::vector<component_accrual> components;  ///< as the policy lists them
  diagnostics found;                          ///< errors (then no components) and warnings

  bool ok() const noexcept { return !found.has_errors(); }
  int128 total() const {
    int128 sum = 0;
    for (const component_accrual& one : components) sum += one.total;
    return sum;
  }
  int128 open() const {
    int128 sum = 0;
    for (const component_accrual& one : components) sum += one.open;
    return sum;
  }
};

/// Accrues the penalty of one receivable through `as_of`, that day included.
/// @param of  its policy is counted per receivable, or it is alone in its group (else accrue_all)
/// Cost: by segments - changes of base, rate, published rate, month -, not by days; by days only where a
/// component bears on another that grows daily. Any number of threads may call it on shared terms.
accrual accrue(const penalty_terms& terms, const receivable_history& of, civil_day as_of);

/// An episode of receivables that are counted as one: from the first overdue day until nothing overdue is open.
struct penalty_episode {
  std::vector<std::size_t> receivables;  ///< into what was asked, by due date and id
  day_range days;                        ///< open_end: it goes on
  component_accrual accrued;             ///< of the whole; paid, waived and open stand with the receivables
};

struct arrears_accrual {
  std::vector<accrual> receivables;      ///< as they were given; of a group each has its part, without segments
  std::vector<penalty_episode> episodes; ///< of groups, by group, component and day

  bool ok() const noexcept {
    for (const accrual& one : receivables)
      if (!one.ok()) return false;
    return true;
  }
};

/// Accrues all of `of`, each under its policy: alone, or with those of its bill (counted_per bill) or of its
/// account and unit (unit), which then all stand in `of`. A flat amount, a minimum or a maximum counts once an
/// episode; each day's growth of the rounded total is spread by what each bore on that day, and what was
/// spread before does not move.
/// Cost: as accrue; of a group also by the days of its episodes.
arrears_accrual accrue_all(const penalty_terms& terms, std::span<const receivable_history> of, civil_day as_of);

/// What a run posts: the total to date less what earlier runs posted. Negative when a payment that was
/// recorded late, a reversal or a correction lowered it.
inline int128 to_post(const component_accrual& made, int128 posted_before) { return int128(made.total - posted_before); }

/// The day through which penalties count for a payment made on `paid_on`: that day, or the day before
/// where the component leaves the day of payment out.
inline civil_day counted_through(const penalty_component& of, civil_day paid_on) { return of.payment_day_counts ? paid_on : paid_on - 1; }

DUES_END
