// SPDX-License-Identifier: Apache-2.0
//
// Tenures by unit and role, and whether the shares of a role add up on every day.
#pragma once

#include <dues/diagnostic/shortened.hpp>
#include <dues/facts/impl/loader.hpp>
#include <dues/value/exact.hpp>

#include <algorithm>
#include <numeric>

DUES_BEGIN

namespace detail {

// 1.5 as 150%.
inline std::string percent_text(const exact256& share) {
  std::string text = (share * exact256(std::int64_t{100})).to_text();
  if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + "%";
}

void loader::stand_at_tenure(std::uint32_t row, std::string_view unit) {
  stand_at((row & row_of_units) != 0 ? fact_table::units : fact_table::tenures, row & ~row_of_units, unit);
}

// Tenures that rows of units tell, by unit: from a row's first day to its end, or to the next row of
// the unit that names somebody in the same role.
template <class Take>
void loader::each_holder(Take&& take) const {
  const attribute_rows& rows = made_->unit_rows;
  constexpr std::size_t roles = words::payer_role.size();
  std::vector<raw_tenure> of_unit;
  for (std::uint32_t unit = 0; unit < made_->units.size(); ++unit) {
    std::array<civil_day, roles> next;
    next.fill(open_end);
    of_unit.clear();
    for (std::uint32_t row = rows.begin[unit + 1]; row-- != rows.begin[unit];) {
      if (holders_.account[row] == id_table::none) continue;
      tenure made{holders_.account[row], {rows.from[row], rows.to[row]}, holders_.role(row), holders_.share(row)};
      civil_day& after = next[static_cast<std::size_t>(made.role)];
      made.days.to = std::min(made.days.to, after);
      after = made.days.from;
      if (made.days.empty()) continue;  // its row is a mistake that is told
      // One who is named again goes on.
      const auto again = std::find_if(of_unit.rbegin(), of_unit.rend(), [&](const raw_tenure& one) { return one.made.role == made.role; });
      if (again != of_unit.rend() && again->made.account == made.account && again->made.share == made.share && again->made.days.from == made.days.to) {
        again->made.days.from = made.days.from;
        again->row = rows.source[row] | row_of_units;
        continue;
      }
      of_unit.push_back({unit, rows.source[row] | row_of_units, made});
    }
    for (auto one = of_unit.rbegin(); one != of_unit.rend(); ++one) take(*one);
  }
}

// Puts all tenures in order; `rows` says where each stands in the document.
void loader::place_tenures(std::vector<std::uint32_t>& rows) {
  facts& f = *made_;
  f.tenure_begin.assign(f.units.size() + 1, 0);
  if (tenures_.empty() && !holders_.empty()) {  // mostly one a row: straight to their places
    const auto held = static_cast<std::size_t>(std::count_if(holders_.account.begin(), holders_.account.end(), [](std::uint32_t who) { return who != id_table::none; }));
    f.tenures.reserve(held);
    rows.reserve(held);
    each_holder([&](const raw_tenure& one) {
      ++f.tenure_begin[one.unit + 1];
      f.tenures.push_back(one.made);
      rows.push_back(one.row);
    });
    std::partial_sum(f.tenure_begin.begin(), f.tenure_begin.end(), f.tenure_begin.begin());
  } else {
    if (!holders_.empty()) each_holder([&](const raw_tenure& one) { tenures_.push_back(one); });
    for (const raw_tenure& one : tenures_) ++f.tenure_begin[one.unit + 1];
    std::partial_sum(f.tenure_begin.begin(), f.tenure_begin.end(), f.tenure_begin.begin());
    std::vector<std::uint32_t> next(f.tenure_begin.begin(), f.tenure_begin.end() - 1);
    f.tenures.resize(tenures_.size());
    rows.resize(tenures_.size());
    for (const raw_tenure& one : tenures_) {
      const std::uint32_t at = next[one.unit]++;
      f.tenures[at] = one.made;
      rows[at] = one.row;
    }
    tenures_ = {};
  }
  holders_ = {};
  std::vector<std::pair<tenure, std::uint32_t>> several;
  const auto before = [](const auto& a, const auto& b) {
    if (a.first.role != b.first.role) return a.first.role < b.first.role;
    if (a.first.days.from != b.first.days.from) return a.first.days.from < b.first.days.from;
    return a.first.account != b.first.account ? a.first.account < b.first.account : a.second < b.second;
  };
  for (std::uint32_t unit = 0; unit < f.units.size(); ++unit) {
    const std::uint32_t first = f.tenure_begin[unit], end = f.tenure_begin[unit + 1];
    if (end - first < 2) continue;
    several.clear();
    for (std::uint32_t i = first; i < end; ++i) several.emplace_back(f.tenures[i], rows[i]);
    if (std::is_sorted(several.begin(), several.end(), before)) continue;
    std::sort(several.begin(), several.end(), before);
    for (std::uint32_t i = first; i < end; ++i) std::tie(f.tenures[i], rows[i]) = several[i - first];
  }
}

void loader::finish_tenures() {
  facts& f = *made_;
  const auto unknown = [&](const raw_tenure& raw) {
    if ((raw.unit & stranger) == 0) return false;
    stand_at(fact_table::tenures, raw.row, {});
    fault("F105", "unit", {{"what", "unit"}, {"is", shortened(unit_text(raw.unit))}});
    return true;
  };
  std::erase_if(tenures_, unknown);
  std::vector<std::uint32_t> rows;
  place_tenures(rows);
  f.first_tenure.assign(f.units.size(), open_end);
  for (std::uint32_t unit = 0; unit < f.units.size(); ++unit) {
    const auto held = f.tenures_of(unit);
    for (const tenure& one : held) f.first_tenure[unit] = std::min(f.first_tenure[unit], one.days.from);
    if (held.empty() || (held.size() == 1 && held[0].share < 0)) continue;
    // Of rows that are wrong in themselves no sum says anything.
    if (!units_with_wrong_tenures_.empty() && units_with_wrong_tenures_.contains(f.units.at(unit))) continue;
    check_shares(unit, std::span<const std::uint32_t>(rows).subspan(f.tenure_begin[unit], held.size()));
  }
}

// Shares of a role must sum to 100 % on every day that anybody holds it; empty shares are equal.
void loader::check_shares(std::uint32_t unit, std::span<const std::uint32_t> rows) {
  const std::span<const tenure> held = made_->tenures_of(unit);
  const auto tell = [&](civil_day from, std::string_view role, std::uint32_t row, const std::string& is) {
    const std::string_view id = made_->units.at(unit);
    stand_at_tenure(row, id);
    fault("F106", "", {{"what", std::string(role) + "s' shares"}, {"unit", std::string(id)}, {"from", to_text(from)}, {"is", is}});
  };
  for (std::size_t first = 0; first < held.size();) {
    std::size_t end = first;
    while (end < held.size() && held[end].role == held[first].role) ++end;
    const std::string_view role = words::payer_role[static_cast<std::size_t>(held[first].role)];
    struct event {
      civil_day on;
      bool begins;
      const tenure* who;
      std::uint32_t row;
    };
    std::vector<event> events;
    for (std::size_t i = first; i < end; ++i) {
      const tenure& one = held[i];
      events.push_back({one.days.from, true, &one, rows[i]});
      events.push_back({one.days.to, false, &one, rows[i]});
    }
    std::stable_sort(events.begin(), events.end(), [](const event& a, const event& b) {
      return a.on != b.on ? a.on < b.on : a.begins < b.begins;
    });
    exact256 sum;
    std::size_t with = 0, without = 0;
    std::map<std::uint32_t, int> holding;
    for (std::size_t i = 0; i < events.size(); ++i) {
      const event& e = events[i];
      int& times = holding[e.who->account];
      times += e.begins ? 1 : -1;
      if (times > 1) {
        tell(e.on, role, e.row, "account " + std::string(made_->accounts.at(e.who->account)) + " holds it twice");
        break;
      }
      const bool has_share = e.who->share >= 0;
      if (has_share) {
        const exact256 part(made_->shares[static_cast<std::size_t>(e.who->share)]);
        sum = e.begins ? sum + part : sum - part;
      }
      (has_share ? with : without) += e.begins ? 1U : static_cast<std::size_t>(-1);
      if (i + 1 < events.size() && events[i + 1].on == e.on) continue;
      if (with != 0 && without != 0) {
        tell(e.on, role, e.row, "some rows have a share and some have none");
        break;
      }
      if (with != 0 && !(sum == exact256(std::int64_t{1}))) {
        tell(e.on, role, e.row, "add to " + percent_text(sum));
        break;
      }
    }
    first = end;
  }
}

}  // namespace detail

DUES_END
