// SPDX-License-Identifier: Apache-2.0
//
// All components of a penalty for what is owed together: what each bears on, what compounds, its limits
// on the total, and its one rounding.
#pragma once

#include <dues/penalty/accrual.hpp>
#include <dues/penalty/impl/component_run.hpp>

DUES_BEGIN

namespace detail {

/// What a component comes to on a day.
template <class Int>
struct component_total {
  segments_of<Int> segments;
  exact<Int> raw;
  int128 total = 0;                        ///< minor units
  const std::string* limited_by = nullptr;
  component_clock clock;
};

template <class Int>
class accrual_run {
 public:
  accrual_run(const penalty_terms& terms, const penalty& policy, const arrears& owed, civil_day as_of)
      : terms_(terms), policy_(policy), owed_(owed), as_of_(as_of), lines_(policy.components.size()) {}

  diagnostic failed;
  bool overflowed = false;

  /// Component `at` through `day`, which is as_of or before. @returns nothing when it failed
  std::optional<component_total<Int>> component(std::size_t at, civil_day day) {
    const penalty_component& what = policy_.components[at];
    component_total<Int> made;
    const auto clock = make_clock(terms_, what, owed_, failed);
    if (!clock) return std::nullopt;
    made.clock = *clock;
    const base_line principal = principal_of(what, *clock);
    base_line line;
    if (!bearing_line(what, principal, line)) return std::nullopt;
    component_run<Int> run(terms_, what, made.clock, line, principal, owed_, day);
    const bool fine = what.compounds_every_months == 0 ? run.accrue(made.segments) : compounded(at, run, made, line, day);
    if (!fine) return give_up(run.failed());
    made.raw = component_run<Int>::sum(made.segments);
    if (silent_on(what, made.clock, day)) {
      made.segments.clear();
      made.raw = exact<Int>();
    }
    if (!finish(what, run.reader(), day, made)) return give_up(run.failed());
    return made;
  }

  /// What component `at` comes to on days that rise, all before the one that `whole` was accrued to: segments
  /// are added up as the days go by where what accrued through a day says what it comes to, and derived anew
  /// where it does not - rounded segments, compounding, alternatives that are compared on totals.
  class by_day {
   public:
    by_day(accrual_run& run, std::size_t at, const component_total<Int>& whole)
        : run_(run), what_(run.policy_.components[at]), at_(at), whole_(whole), reader_(run.terms_, run.owed_), principal_(run.principal_of(what_, whole.clock)) {
      reader_.component = &what_;
      reader_.clock = &whole_.clock;
      reader_.open_principal = &principal_;
      adds_up_ = what_.rounded == penalty_rounded::total && what_.compounds_every_months == 0;
      for (std::size_t v = 0; v < what_.rate.size(); ++v) adds_up_ = adds_up_ && !compared_on_totals(what_.rate.at(v));
    }

    /// @returns nothing when it failed
    std::optional<int128> total_on(civil_day day) {
      component_total<Int> made;
      if (!adds_up_) {
        const auto then = run_.component(at_, day);
        return then ? std::optional(then->total) : std::nullopt;
      }
      made.raw = through(day);
      if (run_.silent_on(what_, whole_.clock, day)) return int128(0);
      if (!run_.finish(what_, reader_, day, made)) return run_.give_up(reader_.failed);
      return made.total;
    }

   private:
    exact<Int> through(civil_day day) {
      const segments_of<Int>& all = whole_.segments;
      for (; next_ < all.size() && all[next_].to <= day + 1; ++next_) done_ = done_ + all[next_].amount();
      exact<Int> sum = done_;
      for (std::size_t i = next_; i < all.size() && all[i].from <= day; ++i)
        sum = sum + (all[i].to <= day + 1 ? all[i].amount() : all[i].growth * exact<Int>(std::int64_t{day + 1 - all[i].from}));
      return sum;
    }

    accrual_run& run_;
    const penalty_component& what_;
    std::size_t at_;
    const component_total<Int>& whole_;
    rate_reader<Int> reader_;
    const base_line principal_;
    bool adds_up_ = true;
    std::size_t next_ = 0;
    exact<Int> done_;
  };

  /// What is open of each receivable on each day, as `component` sees it.
  base_line member_line(const penalty_component& what, const component_clock& clock, const receivable_history& of) const {
    std::optional<civil_day> forgiven;
    if (what.grace && what.grace->then == grace_end::from_due_date) forgiven = clock.silent_through;
    const base_line line = open_principal(what, of, forgiven);
    return owed_.is_group() ? without_days(line, counted_days(days_out(policy_, of))) : line;
  }

 private:
  // Within a cliff nobody knows yet whether anything will be owed.
  static bool silent_on(const penalty_component& what, const component_clock& clock, civil_day day) {
    return day <= clock.silent_through && what.grace && what.grace->then == grace_end::from_due_date;
  }

  std::nullopt_t give_up(const diagnostic& why) {
    if (failed.code.empty()) failed = why;
    return std::nullopt;
  }

  base_line principal_of(const penalty_component& what, const component_clock& clock) const {
    if (!owed_.is_group()) return member_line(what, clock, *owed_.members.front());
    base_line sum;
    for (const receivable_history* one : owed_.members) sum.add(member_line(what, clock, *one));
    sum.settle();
    return sum;
  }

  bool bearing_line(const penalty_component& what, const base_line& principal, base_line& line) {
    if (what.on_principal) line.add(principal);
    if (what.on_costs)
      for (const receivable_history* one : owed_.members) {
        base_line costs;
        for (const cost_change& change : one->costs) costs.change(change.on + 1, change.raises_by);
        costs.settle();
        line.add(costs);
      }
    for (const std::int32_t other : what.on_components) {
      const base_line* open = open_component(static_cast<std::size_t>(other), what);
      if (open == nullptr) return false;
      line.add(*open);
    }
    line.settle();
    return true;
  }

  // What is open of a component's rounded total at the start of each day. A component that falls due in
  // lumps changes on their days alone, one that grows daily on every day.
  const base_line* open_component(std::size_t at, const penalty_component& bearing) {
    if (lines_[at]) return &*lines_[at];
    const auto whole = component(at, as_of_);
    if (!whole) return nullptr;
    std::vector<civil_day> days;
    bool daily = false;
    // Of alternatives compared on totals the one that stands today says nothing of the days before.
    for (std::size_t v = 0; v < policy_.components[at].rate.size(); ++v) daily = daily || compared_on_totals(policy_.components[at].rate.at(v));
    for (const auto& one : whole->segments) {
      daily = daily || one.is == penalty_segment::kind::days;
      days.push_back(one.from);
    }
    if (!whole->segments.empty()) days.push_back(whole->clock.silent_through + 1);
    for (const receivable_history* one : owed_.members)
      for (const known_attribute& fact : one->attributes) days.push_back(fact.from);
    if (daily && !whole->segments.empty()) {
      days.clear();
      for (civil_day day = whole->clock.first; day <= as_of_; day = day + 1) days.push_back(day);
    }
    std::sort(days.begin(), days.end());
    base_line line;
    int128 before = 0;
    by_day totals(*this, at, *whole);
    for (const civil_day day : days) {
      if (day < whole->clock.first || as_of_ < day) continue;
      const auto then = totals.total_on(day);
      if (!then) return nullptr;
      line.change(day + 1, int128(*then - before));
      before = *then;
    }
    settle_from(line, at, bearing);
    line.settle();
    lines_[at] = std::move(line);
    return &*lines_[at];
  }

  // Money that settled component `at`, and what was waived of it, as the component that bears on it sees it.
  void settle_from(base_line& line, std::size_t at, const penalty_component& bearing) const {
    for (const receivable_history* one : owed_.members)
      for (const penalty_settlement& each : one->settled) {
        if (std::max(each.component, 0) != static_cast<std::int32_t>(at)) continue;
        const bool at_once = each.is == penalty_settlement::kind::payment && !bearing.payment_day_counts;
        line.change(at_once ? each.on : each.on + 1, int128(-each.amount));
      }
  }

  // A whole period bears rate x months / 12, by days where the base changes inside; then what is unpaid
  // of its rounded total joins the base. A broken period is simple.
  bool compounded(std::size_t at, component_run<Int>& run, component_total<Int>& made, const base_line& line, civil_day day) {
    const penalty_component& what = policy_.components[at];
    const component_clock& clock = made.clock;
    const civil_day through = owed_.within.to == open_end ? day : std::min(day, owed_.within.to - 1);
    if (clock.first > through) return true;
    const std::int64_t months = what.compounds_every_months;
    int128 joined = 0;
    for (std::int64_t j = 0;; ++j) {
      const civil_day after = clock.month_end(j * months);
      if (after >= through || after == open_end) return true;
      const civil_day end = clock.month_end((j + 1) * months);
      base_line with_joined = line;
      if (joined != 0) {
        base_line extra;
        extra.change(after + 1, joined);
        settle_from(extra, at, what);
        extra.settle();
        with_joined.add(extra);
        with_joined.settle();
      }
      run.bear_on(with_joined);
      segments_of<Int>& out = made.segments;
      if (through < end) {
        const bool fine = what.broken == broken_year::by_days ? run.days(after + 1, through, {}, out) : by_months(run, clock, j * months, through, out);
        run.bear_on(line);
        return fine;
      }
      const std::optional<exact<Int>> share = exact<Int>::ratio(Int(months), Int(12 * std::int64_t{clock.counted->between(after, end)}));
      if (!run.days(after + 1, end, share, out)) return false;
      made.raw = component_run<Int>::sum(out);
      if (!finish(what, run.reader(), end, made)) return false;
      joined = made.total;
      run.bear_on(line);
    }
  }

  // Of a broken period each month is a twelfth, by its days.
  bool by_months(component_run<Int>& run, const component_clock& clock, std::int64_t first_month, civil_day through, segments_of<Int>& out) {
    for (std::int64_t k = first_month;; ++k) {
      const civil_day after = clock.month_end(k);
      if (after >= through) return true;
      const civil_day end = clock.month_end(k + 1);
      const std::int64_t days = end == open_end ? 1 : std::int64_t{clock.counted->between(after, end)};
      if (!run.days(after + 1, std::min(end, through), exact<Int>::ratio(Int(1), Int(12 * days)), out)) return false;
    }
  }

  // A minimum first, then every maximum; then the rounding, down where it would pass a maximum.
  bool finish(const penalty_component& what, rate_reader<Int>& reader, civil_day day, component_total<Int>& made) {
    made.total = 0;
    made.limited_by = nullptr;
    if (made.raw.overflowed()) return overflow();
    if (made.raw.is_zero()) return true;
    const int places = what.rounding.places;
    exact<Int> amount = what.rounded == penalty_rounded::segment ? exact<Int>() : made.raw;
    if (what.rounded == penalty_rounded::segment)
      for (const auto& one : made.segments) {
        int128 part;
        if (!one.amount().round(places, what.rounding.mode, part)) return overflow();
        amount = amount + exact<Int>::scaled(Int(part), places);
      }
    std::optional<exact<Int>> most;
    for (const bool maximum : {false, true})
      for (const penalty_limit& limit : what.limits) {
        if (!limit.value || limit.is == penalty_limit::form::nothing_below || (limit.is == penalty_limit::form::at_least_amount) == maximum) continue;
        auto value = limit_on(limit, reader, day);
        if (!value) return false;
        if (limit.is == penalty_limit::form::at_most_of_principal) value = *value * reader.in_currency(owed_.principal());
        if (value->overflowed()) return overflow();
        if (maximum ? *value < amount : amount < *value) {
          amount = *value;
          made.limited_by = &limit.pointer;
        }
        if (maximum && (!most || *value < *most)) most = *value;
      }
    int128 rounded;
    if (!amount.round(places, what.rounding.mode, rounded)) return overflow();
    if (most && *most < exact<Int>::scaled(Int(rounded), places) && !most->round(places, rounding_mode::floor, rounded)) return overflow();
    for (int i = places; i < terms_.tariff->minor_units; ++i)
      if (mul_overflows(rounded, int128(10), rounded)) return overflow();
    made.total = rounded;
    return hold_back(what, reader, day, made);
  }

  // A total too small to be worth charging is none, until it has grown.
  bool hold_back(const penalty_component& what, rate_reader<Int>& reader, civil_day day, component_total<Int>& made) {
    for (const penalty_limit& limit : what.limits) {
      if (limit.is != penalty_limit::form::nothing_below) continue;
      const auto value = limit_on(limit, reader, day);
      if (!value) return false;
      if (!(reader.in_currency(made.total) < *value)) continue;
      made.total = 0;
      made.limited_by = &limit.pointer;
    }
    return true;
  }

  std::optional<exact<Int>> limit_on(const penalty_limit& limit, rate_reader<Int>& reader, civil_day day) const {
    auto value = reader.compute(*limit.value, day);
    if (!value || value->sign() >= 0) return value;
    reader.failed = make_diagnostic("P117", limit.pointer, {{"is", value->to_text()}, {"receivable", owed_.members.front()->id}, {"on", to_text(day)}});
    return std::nullopt;
  }

  bool overflow() {
    overflowed = true;
    return false;
  }

  const penalty_terms& terms_;
  const penalty& policy_;
  const arrears& owed_;
  civil_day as_of_;
  std::vector<std::optional<base_line>> lines_;
};

}  // namespace detail

DUES_END
