// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/rating/payers.hpp>
#include <dues/rating/proration.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

inline exact256 days_of(day_range days) { return exact256(std::int64_t{days.days()}); }
inline exact256 to_exact(share_of_time ratio) { return exact256::ratio(int256(ratio.num), int256(ratio.den)); }

}  // namespace detail

void holdings_over(const facts& known, const fee& rule, std::uint32_t unit, const subscription* subscribed, day_range days,
                   std::vector<holding>& out) {
  out.clear();
  const exact128 one(std::int64_t{1});
  if (subscribed != nullptr && subscribed->account != id_table::none) {
    out.push_back({days, subscribed->account, one});
    return;
  }
  const auto pays = [&](const tenure& held) { return std::find(rule.payers.begin(), rule.payers.end(), held.role) != rule.payers.end(); };
  auto tenures = known.tenures_of(unit);
  // Of very many only those that the days touch are looked at.
  constexpr std::size_t few = 8;
  std::vector<tenure> touching;
  if (tenures.size() > few) {
    for (const payer_role role : rule.payers) {
      const auto found = known.tenures_over(unit, role, days);
      touching.insert(touching.end(), found.begin(), found.end());
    }
    tenures = touching;
  }
  std::vector<civil_day> cuts;
  const tenure* only = nullptr;
  std::size_t count = 0;
  for (const tenure& held : tenures) {
    if (!pays(held) || intersect(held.days, days).empty()) continue;
    only = &held;
    ++count;
  }
  // Mostly one holder from end to end.
  if (count == 1 && only->days.from <= days.from && days.to <= only->days.to) {
    out.push_back({days, only->account, only->share >= 0 ? exact128(known.shares[static_cast<std::size_t>(only->share)]) : one});
    return;
  }
  for (const tenure& held : tenures)
    for (const civil_day day : {held.days.from, held.days.to})
      if (pays(held) && days.from < day && day < days.to) cuts.push_back(day);
  std::sort(cuts.begin(), cuts.end());
  cuts.push_back(days.to);
  civil_day from = days.from;
  for (const civil_day to : cuts) {
    if (to == from) continue;
    const std::size_t before = out.size();
    bool shares_given = false;
    for (const payer_role role : rule.payers) {
      for (const tenure& held : tenures)
        if (held.role == role && held.days.contains(from)) {
          shares_given = held.share >= 0;
          out.push_back({{from, to}, held.account, shares_given ? exact128(known.shares[static_cast<std::size_t>(held.share)]) : one});
        }
      if (out.size() != before) break;
    }
    const auto holders = static_cast<std::int64_t>(out.size() - before);
    for (std::size_t i = before; i < out.size() && !shares_given; ++i) out[i].share = exact128::ratio(int128(1), int128(holders));
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), [](const holding& a, const holding& b) { return a.account < b.account; });
    from = to;
  }
}

std::optional<civil_day> day_without_payer(std::span<const piece> covered, std::span<const holding> holdings) {
  // Mostly one holder of all days.
  if (holdings.size() == 1 && holdings[0].days.from <= covered.front().days.from && covered.back().days.to <= holdings[0].days.to) return std::nullopt;
  // Both in order of date; several holders of the same days follow each other.
  std::size_t at = 0;
  for (const piece& one : covered) {
    if (one.stands_in) continue;
    for (civil_day day = one.days.from; day < one.days.to; day = holdings[at].days.to) {
      while (at < holdings.size() && holdings[at].days.to <= day) ++at;
      if (at == holdings.size() || day < holdings[at].days.from) return day;
    }
  }
  return std::nullopt;
}

void add_part(std::vector<payer_part>& parts, std::uint32_t account, day_range days, const exact256& weight) {
  if (!parts.empty() && parts.back().account == account) {
    payer_part& part = parts.back();
    part.hull = {std::min(part.hull.from, days.from), std::max(part.hull.to, days.to)};
    part.weight = part.weight + weight;
    return;
  }
  parts.push_back({account, days, weight});
}

void order_parts(std::vector<payer_part>& parts) {
  if (parts.size() < 2) return;
  std::stable_sort(parts.begin(), parts.end(), [](const payer_part& a, const payer_part& b) { return a.account < b.account; });
  std::vector<payer_part> merged;
  for (const payer_part& part : parts) add_part(merged, part.account, part.hull, part.weight);
  parts.swap(merged);
  std::sort(parts.begin(), parts.end(), [](const payer_part& a, const payer_part& b) {
    return a.hull.from != b.hull.from ? a.hull.from < b.hull.from : a.account < b.account;
  });
}

void parts_by_days(std::span<const piece> covered, std::span<const holding> holdings, std::vector<payer_part>& out) {
  out.clear();
  for (const piece& one : covered) {
    if (one.stands_in) continue;
    for (const holding& held : holdings) {
      const day_range both = intersect(one.days, held.days);
      if (!both.empty()) add_part(out, held.account, both, detail::days_of(both) * exact256(held.share));
    }
  }
  order_parts(out);
}

void parts_by_convention(const fee_period& what, std::span<const piece> covered, std::span<const holding> holdings, std::vector<payer_part>& out) {
  out.clear();
  std::vector<day_range> runs;
  std::vector<day_range> so_far;
  for (std::size_t m = 0; m < what.period.months.size(); ++m) {
    const auto month = static_cast<std::int32_t>(m);
    std::vector<piece> real;
    for (const piece& one : covered)
      if (!one.stands_in && one.month == month) real.push_back(one);
    runs_of_month(real, month, runs);
    so_far.clear();
    exact256 given;
    // Days on which the same people hold are one stretch; stretches come in order of date.
    for (std::size_t first = 0; first < holdings.size();) {
      std::size_t end = first;
      while (end < holdings.size() && holdings[end].days.from == holdings[first].days.from) ++end;
      day_range hull{open_end, first_day};
      for (const day_range run : runs) {
        const day_range both = intersect(run, holdings[first].days);
        if (both.empty()) continue;
        if (!so_far.empty() && so_far.back().to == both.from) so_far.back().to = both.to;
        else so_far.push_back(both);
        hull = {std::min(hull.from, both.from), std::max(hull.to, both.to)};
      }
      if (hull.from < hull.to) {
        const exact256 counted = detail::to_exact(month_count(what.rule->convention, what.rule->from_day, what.period.months[m], so_far));
        const exact256 mine = counted < given ? exact256() : counted - given;
        if (given < counted) given = counted;
        for (std::size_t i = first; i < end; ++i) add_part(out, holdings[i].account, hull, mine * exact256(holdings[i].share));
      }
      first = end;
    }
  }
  order_parts(out);
}

DUES_END
