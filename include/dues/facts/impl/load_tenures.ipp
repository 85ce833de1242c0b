// SPDX-License-Identifier: Apache-2.0
//
// Tenures by unit and role, and whether the shares of a role add up on every day.
#pragma once

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

void loader::finish_tenures() {
  facts& f = *made_;
  std::vector<placed_tenure> placed;
  placed.reserve(tenures_.size());
  for (raw_tenure& raw : tenures_) {
    const std::uint32_t unit = f.units.find(raw.unit);
    if (unit == id_table::none) {
      stand_at("tenures", raw.row, {});
      fault("F105", "unit", {{"what", "unit"}, {"is", shortened(raw.unit)}});
      continue;
    }
    raw.made.account = f.accounts.find(raw.account);
    placed.push_back({unit, raw.made, raw.row});
  }
  std::sort(placed.begin(), placed.end(), [](const placed_tenure& a, const placed_tenure& b) {
    if (a.unit != b.unit) return a.unit < b.unit;
    if (a.made.role != b.made.role) return a.made.role < b.made.role;
    if (a.made.days.from != b.made.days.from) return a.made.days.from < b.made.days.from;
    return a.made.account != b.made.account ? a.made.account < b.made.account : a.row < b.row;
  });
  f.tenure_begin.assign(f.units.size() + 1, 0);
  f.first_tenure.assign(f.units.size(), open_end);
  f.tenures.reserve(placed.size());
  for (const placed_tenure& one : placed) {
    ++f.tenure_begin[one.unit + 1];
    f.first_tenure[one.unit] = std::min(f.first_tenure[one.unit], one.made.days.from);
    f.tenures.push_back(one.made);
  }
  std::partial_sum(f.tenure_begin.begin(), f.tenure_begin.end(), f.tenure_begin.begin());
  for (std::uint32_t unit = 0; unit < f.units.size(); ++unit) {
    // Of rows that are wrong in themselves no sum says anything.
    if (!units_with_wrong_tenures_.empty() && units_with_wrong_tenures_.contains(f.units.at(unit))) continue;
    check_shares(std::span<const placed_tenure>(placed).subspan(f.tenure_begin[unit], f.tenure_begin[unit + 1] - f.tenure_begin[unit]));
  }
}

// Shares of a role must sum to 100 % on every day that anybody holds it; empty shares are equal.
void loader::check_shares(std::span<const placed_tenure> held) {
  if (held.empty() || (held.size() == 1 && held[0].made.share < 0)) return;
  const auto tell = [&](civil_day from, std::string_view role, std::size_t row, const std::string& is) {
    const std::string_view unit = made_->units.at(held[0].unit);
    stand_at("tenures", row, unit);
    fault("F106", "", {{"what", std::string(role) + "s' shares"}, {"unit", std::string(unit)}, {"from", to_text(from)}, {"is", is}});
  };
  for (std::size_t first = 0; first < held.size();) {
    std::size_t end = first;
    while (end < held.size() && held[end].made.role == held[first].made.role) ++end;
    const std::string_view role = words::payer_role[static_cast<std::size_t>(held[first].made.role)];
    struct event {
      civil_day on;
      bool begins;
      const tenure* who;
      std::size_t row;
    };
    std::vector<event> events;
    for (std::size_t i = first; i < end; ++i) {
      const tenure& one = held[i].made;
      events.push_back({one.days.from, true, &one, held[i].row});
      events.push_back({one.days.to, false, &one, held[i].row});
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
