// SPDX-License-Identifier: Apache-2.0
//
// Bodies of group_rater that carry the usage of a window from line to line. Included by group.hpp.
#pragma once

#include <dues/rating/group.hpp>

DUES_BEGIN

/// The period of number k of a metered fee; of readings the closing of that number.
inline nominal_period metered_period(const facts& known, const fee& rule, std::uint32_t unit, std::int64_t k) {
  const schedule& when = known.tariff->schedules[static_cast<std::size_t>(rule.schedule)];
  if (when.kind != schedule_kind::readings) return make_period(when, known, first_day, k);
  return make_period(when, known, known.meters.closings_of(unit, rule.meter)[static_cast<std::size_t>(k)], k);
}

// The first period that may have used something of a window.
template <class Recorder>
std::int64_t group_rater<Recorder>::first_of_window(const charge_group& group, civil_day from) const {
  const fee& of = *group.what->rule;
  if (group.what->when->kind != schedule_kind::readings) return period_number(*group.what->when, first_day, std::max(from, of.life.from));
  const auto all = known_.meters.closings_of(group.unit, of.meter);
  const bool by_days = of.belongs == usage_belongs::by_days;
  return std::partition_point(all.begin(), all.end(), [&](const meter_closing& one) { return by_days ? one.days.to <= from : one.on < from; }) - all.begin();
}

// How many of a window's months the fee covers a day of.
template <class Recorder>
bool group_rater<Recorder>::count_served(const charge_group& group, civil_day from) {
  const fee& of = *group.what->rule;
  const day_range window = of.window.of(from);
  nominal_period all;
  all.days = window;
  for (int m = 0; all.months.empty() || all.months.back().to < window.to; ++m)
    all.months.push_back({add_months(window.from, m), std::min(add_months(window.from, m + 1), window.to)});
  const auto months = static_cast<std::int64_t>(all.months.size());
  const fee_period what = make_fee_period(tariff_, of, std::move(all));
  const charge_group over{&what, group.unit, group.subject};
  day_range base = intersect(window, of.life);
  if (known_.first_tenure[group.unit] != open_end) base.from = std::max(base.from, known_.first_tenure[group.unit]);
  std::vector<piece> pieces;
  cut_days(what, known_, group.unit, id_table::none, true, base, days_, pieces);
  if (!keep_where(over, id_table::none, pieces)) return false;
  std::int64_t served = 0;
  std::int32_t last = -1;
  for (const piece& one : pieces)
    if (std::exchange(last, one.month) != one.month) ++served;
  served_.push_back({window.from, reduced({served, months})});
  return true;
}

// Before a line of a fee by tiers is rated. A line that follows the one rated last goes on from there;
// else the window's earlier lines are rated in silence.
template <class Recorder>
bool group_rater<Recorder>::begin_window(const charge_group& group) {
  const fee& of = *group.what->rule;
  const nominal_period& period = group.what->period;
  const bool by_days = of.belongs == usage_belongs::by_days;
  const civil_day last = group.what->when->kind == schedule_kind::readings && !by_days ? period.named : period.days.to - 1;
  served_.clear();
  if (of.scales_by_months) {
    civil_day from = of.window.of(by_days ? period.days.from : last).from;
    for (;; from = of.window.of(from).to) {
      if (!count_served(group, from)) return false;
      if (!(of.window.of(from).to <= last)) break;
    }
  }
  if (!of.has_window()) {
    carried_ = {};
    return true;
  }
  const bool same = window_.rule == &of && window_.unit == group.unit;
  if (same && window_.next == period.index + 1) {  // once more
    carried_ = window_.before;
    return true;
  }
  if (same && window_.next == period.index) {
    carried_ = window_.after;
  } else {
    const std::int64_t first = first_of_window(group, of.window.of(by_days ? period.days.from : last).from);
    no_trace silent;
    group_rater<no_trace> quiet(known_, silent);
    quiet.window_.rule = &of;
    quiet.window_.unit = group.unit;
    quiet.window_.next = first;
    window_.rule = nullptr;  // until this is done, nothing goes on from here
    for (std::int64_t k = first; k < period.index; ++k) {
      const fee_period before = make_fee_period(tariff_, of, metered_period(known_, of, group.unit, k));
      const bool known = quiet.exact_amount({&before, group.unit, group.subject}, failure_).has_value();
      // A period in which nothing was read has used nothing of the window, though its own line is a mistake.
      const bool unread = failure_.why == line_failure::reason::missing && failure_.slot == tariff_.meters[static_cast<std::size_t>(of.meter)].slot;
      if (!known && !unread) return false;
      if (!known) {
        failure_ = {};
        quiet.window_.rule = &of;
        quiet.window_.after = quiet.window_.before;
      }
      quiet.window_.next = k + 1;
    }
    carried_ = quiet.window_.after;
  }
  window_.rule = &of;
  window_.unit = group.unit;
  window_.next = period.index + 1;
  window_.before = carried_;
  window_.after = carried_;
  return true;
}

// After a line was rated: what its window has used, and what was charged for it; false when that is too large.
template <class Recorder>
template <class Int>
bool group_rater<Recorder>::keep_window(const charge_group& group, const fee_rule<Int, Recorder>& rule, std::int64_t units) {
  const fee& of = *group.what->rule;
  if (!of.by_tiers || !of.has_window() || window_.rule != &of) return true;
  window_use<int256> after;
  after.from = rule.window().from;
  after.used.value = exact256(rule.window().used.value);
  after.begun = rule.window().begun;
  if (of.by_volume) {
    const auto billed = to_int64(int128(rule.window().billed) + int128(units));
    if (!billed) return false;
    after.billed = *billed;
    for (const auto& part : rule.window().parts) after.parts.push_back({part.on, {exact256(part.used.value), -1}});
  }
  window_.after = std::move(after);
  return true;
}

DUES_END
