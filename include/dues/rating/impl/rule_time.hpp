// SPDX-License-Identifier: Apache-2.0
//
// Bodies of fee_rule that count time. Included by rule.hpp.
#pragma once

#include <dues/rating/rule.hpp>

DUES_BEGIN

namespace detail {

template <class Int>
exact<Int> to_number(share_of_time ratio) {
  return ratio.den == 1 ? exact<Int>(ratio.num) : exact<Int>::ratio(Int(ratio.num), Int(ratio.den));
}

// "2026-03-01..2026-04-01": first day, and the first one that is not counted.
inline std::string range_text(day_range days) { return to_text(days.from) + ".." + to_text(days.to); }

inline std::string ranges_text(std::span<const day_range> ranges) {
  std::string text;
  for (const day_range one : ranges) text += (text.empty() ? "" : " ") + range_text(one);
  return text;
}

inline std::string convention_text(proration convention, int from_day) {
  std::string text(words::proration[static_cast<std::size_t>(convention)]);
  if (convention == proration::from_day) text += ":" + std::to_string(from_day);
  return text;
}

}  // namespace detail

// Fills counts and covered days of each month, and what the line covers for the period.* names.
template <class Int, class Recorder>
void fee_rule<Int, Recorder>::count_months(std::span<const piece> pieces) {
  const auto& months = what_.period.months;
  s_.counts.assign(months.size(), share_of_time{0, 1});
  s_.count_steps.assign(months.size(), -1);
  s_.covered.assign(months.size(), 0);
  // A season counts days covered over its days, whatever the convention, unless it is charged whole.
  const bool season = what_.when->kind == schedule_kind::season;
  const proration convention = season && rule_.convention != proration::none ? proration::actual_days : rule_.convention;
  std::int64_t days = 0;
  std::size_t next = 0;
  share_of_time sum{0, 1};
  for (std::size_t m = 0; m < months.size(); ++m) {
    s_.runs.clear();
    for (; next < pieces.size() && pieces[next].month == static_cast<std::int32_t>(m); ++next) {
      const day_range one = pieces[next].days;
      s_.covered[m] += one.days();
      if (!s_.runs.empty() && s_.runs.back().to == one.from) s_.runs.back().to = one.to;
      else s_.runs.push_back(one);
    }
    if (s_.covered[m] == 0) continue;
    s_.counts[m] = month_count(convention, rule_.from_day, months[m], s_.runs);
    if (rule_.read.period) sum = sum_of(sum, s_.counts[m]);
    days += s_.covered[m];
    s_.count_steps[m] = noted(detail::to_number<Int>(s_.counts[m]), "", "count", [&] {
                          return inputs_t{{"month", detail::range_text(months[m]), {}},
                                          {"covered", detail::ranges_text(s_.runs), {}},
                                          {"convention", detail::convention_text(convention, rule_.from_day), rule_.pointer + "/proration"}};
                        }).step;
  }
  context_.covered_days = days;
  if (!pieces.empty()) context_.line_days = {pieces.front().days.from, pieces.back().days.to};
  if (!rule_.read.period) return;
  context_.nominal_days = what_.period.days.days();
  context_.covered_months = sum;
  context_.covered_share = product_of(sum, {1, static_cast<std::int64_t>(months.size())});
}

// What the month counts, of which this piece has its part by days.
template <class Int, class Recorder>
term<Int> fee_rule<Int, Recorder>::of_month(const piece& one) {
  const auto m = static_cast<std::size_t>(one.month);
  const term<Int> count{detail::to_number<Int>(s_.counts[m]), s_.count_steps[m]};
  const std::int64_t days = one.days.days();
  if (days == s_.covered[m]) return count;
  return noted(detail::to_number<Int>(product_of(s_.counts[m], reduced({days, s_.covered[m]}))), "", "part_by_days", [&] {
    return inputs_t{input("count", count), {"days", std::to_string(days), detail::range_text(one.days)}, {"of", std::to_string(s_.covered[m]), {}}};
  });
}

template <class Int, class Recorder>
term<Int> fee_rule<Int, Recorder>::covered_days(const piece& one) {
  const auto m = static_cast<std::size_t>(one.month);
  // Charged whole, a month counts all its days, not only the covered ones.
  if (rule_.convention == proration::none && s_.covered[m] != what_.period.months[m].days()) {
    const std::int64_t all = what_.period.months[m].days();
    return noted(detail::to_number<Int>(product_of({all, 1}, reduced({one.days.days(), s_.covered[m]}))), "", "part_by_days", [&] {
      return inputs_t{{"count", std::to_string(all), detail::range_text(what_.period.months[m])},
                      {"days", std::to_string(one.days.days()), detail::range_text(one.days)},
                      {"of", std::to_string(s_.covered[m]), {}}};
    });
  }
  return noted(exact<Int>(std::int64_t{one.days.days()}), "", "days_of", [&] { return inputs_t{{"range", detail::range_text(one.days), {}}}; });
}

template <class Int, class Recorder>
term<Int> fee_rule<Int, Recorder>::time_of(const piece& one) {
  constexpr std::int64_t months_a_year = 12;
  constexpr std::int64_t plain_year = 365;
  const auto over = [&](const term<Int>& time, std::int64_t parts) {
    return noted(time.value * exact<Int>::ratio(Int(1), Int(parts)), "", "divide",
                 [&] { return inputs_t{input("left", time), {"right", std::to_string(parts), {}}}; });
  };
  switch (rule_.basis) {
    case price_basis::month:
    case price_basis::season: return of_month(one);
    case price_basis::day: {
      if (rule_.days == day_count::days) return covered_days(one);
      const term<Int> months = of_month(one);
      const term<Int> year_days = noted(months.value * exact<Int>(plain_year), "", "multiply",
                                        [&] { return inputs_t{input("time", months), {"days_a_year", std::to_string(plain_year), {}}}; });
      return over(year_days, months_a_year);
    }
    case price_basis::year:
      switch (rule_.years) {
        case year_count::months: return over(of_month(one), months_a_year);
        case year_count::days_of_365: return over(covered_days(one), plain_year);
        case year_count::days_of_that_year: return over(covered_days(one), days_in_year(to_ymd(one.days.from).year));
      }
      break;
    case price_basis::period: {
      const std::int64_t all = context_.covered_days;
      if (one.days.days() == all) return {exact<Int>(std::int64_t{1}), -1};
      return noted(detail::to_number<Int>(reduced({one.days.days(), all})), "", "part_by_days", [&] {
        return inputs_t{{"count", "1", {}}, {"days", std::to_string(one.days.days()), detail::range_text(one.days)}, {"of", std::to_string(all), {}}};
      });
    }
  }
  return {};
}

// What part of the whole period a piece is, for limits.
template <class Int, class Recorder>
term<Int> fee_rule<Int, Recorder>::part_of_period(const piece& one, std::int64_t all_days) {
  const auto whole = static_cast<std::int64_t>(what_.period.months.size());
  if (rule_.limits.prorated) {
    const term<Int> months = of_month(one);
    if (whole == 1) return months;
    return noted(months.value * exact<Int>::ratio(Int(1), Int(whole)), "", "divide",
                 [&] { return inputs_t{input("left", months), {"right", std::to_string(whole), {}}}; });
  }
  return noted(detail::to_number<Int>(reduced({one.days.days(), all_days})), "", "part_by_days", [&] {
    return inputs_t{{"count", "1", {}}, {"days", std::to_string(one.days.days()), detail::range_text(one.days)}, {"of", std::to_string(all_days), {}}};
  });
}

template <class Int, class Recorder>
void fee_rule<Int, Recorder>::times(std::span<const piece> pieces, exact<Int>& of_price, exact<Int>& of_limits) {
  count_months(pieces);
  of_price = of_limits = {};
  for (const piece& one : pieces) {
    of_price = of_price + time_of(one).value;
    of_limits = of_limits + part_of_period(one, context_.covered_days).value;
  }
}

DUES_END
