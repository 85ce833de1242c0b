// SPDX-License-Identifier: Apache-2.0
//
// Bodies of fee_rule that count time. Included by rule.hpp.
#pragma once

#include <dues/rating/rule.hpp>

DUES_BEGIN

namespace detail {

inline share_of_time times(share_of_time a, share_of_time b) {
  a = reduced({a.num, b.den == 0 ? 1 : a.den});
  const std::int64_t left = std::gcd(a.num, b.den);
  const std::int64_t right = std::gcd(b.num, a.den);
  const std::int64_t l = left == 0 ? 1 : left;
  const std::int64_t r = right == 0 ? 1 : right;
  return {(a.num / l) * (b.num / r), (a.den / r) * (b.den / l)};
}

template <class Int>
exact<Int> to_number(share_of_time ratio) {
  return exact<Int>::ratio(Int(ratio.num), Int(ratio.den));
}

inline std::string range_text(day_range days) { return to_text(days.from) + ".." + to_text(days.to); }

}  // namespace detail

template <class Int, class Recorder>
std::string fee_rule<Int, Recorder>::note(std::string does, std::initializer_list<step_input> inputs, const exact<Int>& value, std::string at) {
  if constexpr (Recorder::enabled) return recorder_.add({std::move(at), std::move(does), inputs, value.to_text(), {}});
  else return {};
}

// Fills counts and covered days of each month, and what the line covers for period.* names.
template <class Int, class Recorder>
void fee_rule<Int, Recorder>::count_months(std::span<const piece> pieces) {
  const auto& months = what_.period.months;
  s_.counts.assign(months.size(), share_of_time{0, 1});
  s_.covered.assign(months.size(), 0);
  std::int64_t days = 0;
  share_of_time sum{0, 1};
  for (std::size_t m = 0; m < months.size(); ++m) {
    runs_of_month(pieces, static_cast<std::int32_t>(m), s_.runs);
    for (const day_range run : s_.runs) s_.covered[m] += run.days();
    if (s_.covered[m] == 0) continue;
    // A season counts days covered over its days, whatever the convention, unless it is charged whole.
    const bool season = what_.when->kind == schedule_kind::season;
    const proration convention = season && rule_.convention != proration::none ? proration::actual_days : rule_.convention;
    s_.counts[m] = month_count(convention, rule_.from_day, months[m], s_.runs);
    sum = reduced({sum.num * s_.counts[m].den + s_.counts[m].num * sum.den, sum.den * s_.counts[m].den});
    days += s_.covered[m];
    if constexpr (Recorder::enabled) {
      recorder_.add({rule_.pointer, "count",
                     {{"month", detail::range_text(months[m]), {}},
                      {"covered", std::to_string(s_.covered[m]), {}},
                      {"days", std::to_string(months[m].days()), {}},
                      {"runs", [&] {
                         std::string text;
                         for (const day_range run : s_.runs) text += (text.empty() ? "" : " ") + detail::range_text(run);
                         return text;
                       }(), {}},
                      {"convention", std::string(words::proration[static_cast<std::size_t>(convention)]) + (convention == proration::from_day ? ":" + std::to_string(rule_.from_day) : ""), {}}},
                     detail::to_number<Int>(s_.counts[m]).to_text(), rule_.cites});
    }
  }
  context_.covered_days = days;
  context_.nominal_days = what_.period.days.days();
  context_.covered_months = sum;
  const auto whole = static_cast<std::int64_t>(months.size());
  context_.covered_share = reduced({sum.num, sum.den * whole});
}

template <class Int, class Recorder>
share_of_time fee_rule<Int, Recorder>::time_of(const piece& one) const {
  const auto m = static_cast<std::size_t>(one.month);
  const std::int64_t days = one.days.days();
  const share_of_time part{days, s_.covered[m]};  // of what the month counts
  const share_of_time count = s_.counts[m];
  // Charged whole, a month counts all its days, not only the covered ones.
  const bool whole = rule_.convention == proration::none;
  const share_of_time counted_days = whole ? detail::times({what_.period.months[m].days(), 1}, reduced(part)) : share_of_time{days, 1};
  constexpr int months_a_year = 12;
  constexpr int year_of = 365;
  switch (rule_.basis) {
    case price_basis::month:
    case price_basis::season: return detail::times(count, reduced(part));
    case price_basis::day:
      if (rule_.days == day_count::days) return counted_days;
      return detail::times(detail::times(count, reduced(part)), reduced({year_of, months_a_year}));
    case price_basis::year:
      switch (rule_.years) {
        case year_count::months: return detail::times(detail::times(count, reduced(part)), {1, months_a_year});
        case year_count::days_of_365: return detail::times(counted_days, {1, year_of});
        case year_count::days_of_that_year: return detail::times(counted_days, {1, days_in_year(to_ymd(one.days.from).year)});
      }
      break;
    case price_basis::period: {
      std::int64_t all = 0;
      for (const std::int64_t covered : s_.covered) all += covered;
      return reduced({days, all});
    }
  }
  return {0, 1};
}

template <class Int, class Recorder>
share_of_time fee_rule<Int, Recorder>::part_of_period(const piece& one, std::int64_t all_days) const {
  if (!rule_.limits.prorated) return reduced({one.days.days(), all_days});
  const auto m = static_cast<std::size_t>(one.month);
  const auto whole = static_cast<std::int64_t>(what_.period.months.size());
  return detail::times(detail::times(s_.counts[m], reduced({one.days.days(), s_.covered[m]})), {1, whole});
}

DUES_END
