// SPDX-License-Identifier: Apache-2.0
//
// Which units have one payer over all the days of a run: their lines are made in the order of accounts
// at once. The others are rated before, unit by unit, and their lines sorted in. Not public.
#pragma once

#include <dues/bill/impl/parallel.hpp>
#include <dues/bill/impl/plan.hpp>

DUES_BEGIN

namespace detail {

class sole_payers {
 public:
  explicit sole_payers(const run_plan& plan);

  /// The one account that a fee can be charged to for a unit in this run, or none.
  std::uint32_t of(std::size_t fee, std::uint32_t unit) const { return payers_[kind_[fee]][plan_.place_of(unit)]; }
  const std::uint32_t* by_unit(std::size_t fee) const { return payers_[kind_[fee]].data(); }
  /// Fees with the same payers have the same kind.
  std::size_t kind(std::size_t fee) const { return kind_[fee]; }
  /// Whether a subscription has one payer; its own account, or the unit's.
  bool knows(const subscription& taken) const {
    const auto fee = static_cast<std::size_t>(taken.fee);
    return taken.account != id_table::none || (!own_periods_[fee] && of(fee, taken.unit) != id_table::none);
  }
  /// Units that have to be rated apart, in order.
  const std::vector<std::uint32_t>& apart() const noexcept { return apart_; }

 private:
  std::uint32_t find(std::span<const payer_role> roles, std::uint32_t unit) const;
  bool is_apart(std::size_t place) const;

  const run_plan& plan_;
  const facts& known_;
  std::vector<std::vector<payer_role>> roles_;  ///< of each kind
  std::vector<std::size_t> kind_;               ///< of each fee
  std::vector<bool> own_periods_;               ///< of each fee
  std::vector<std::vector<std::uint32_t>> payers_;  ///< of each kind, by place of unit
  std::vector<std::uint32_t> apart_;
  day_range days_;  ///< all days on which a run asks who pays
};

inline sole_payers::sole_payers(const run_plan& plan) : plan_(plan), known_(plan.known()), days_(plan.days()) {
  const program& tariff = *known_.tariff;
  for (const fee& rule : tariff.fees) {
    const auto at = std::find(roles_.begin(), roles_.end(), rule.payers);
    kind_.push_back(static_cast<std::size_t>(at - roles_.begin()));
    if (at == roles_.end()) roles_.push_back(rule.payers);
    own_periods_.push_back(has_own_periods(tariff, rule));
  }
  payers_.assign(roles_.size(), std::vector<std::uint32_t>(plan.units(), id_table::none));
  constexpr std::size_t units_a_range = 16'384;
  const std::size_t ranges = (plan.units() + units_a_range - 1) / units_a_range;
  std::vector<std::vector<std::uint32_t>> apart(ranges);
  in_ranges(ranges, plan.asked().threads, [&] {
    return [&](std::size_t range) {
      const std::size_t end = std::min(plan.units(), (range + 1) * units_a_range);
      for (std::size_t i = range * units_a_range; i < end; ++i) {
        for (std::size_t kind = 0; kind < roles_.size(); ++kind) payers_[kind][i] = find(roles_[kind], plan_.unit(i));
        if (is_apart(i)) apart[range].push_back(plan_.unit(i));
      }
      return true;
    };
  });
  for (const auto& range : apart) apart_.insert(apart_.end(), range.begin(), range.end());
}

// The holder in the first role that anybody has over these days, if he alone holds it all along.
inline std::uint32_t sole_payers::find(std::span<const payer_role> roles, std::uint32_t unit) const {
  if (known_.unit_fault[unit] >= 0) return id_table::none;
  const day_range days{std::max(days_.from, known_.first_tenure[unit]), days_.to};
  for (const payer_role role : roles) {
    const tenure* only = nullptr;
    for (const tenure& one : known_.tenures_of(unit)) {
      if (one.role != role || intersect(one.days, days_).empty()) continue;
      if (only != nullptr) return id_table::none;
      only = &one;
    }
    if (only != nullptr) return !only->has_share && only->days.from <= days.from && days.to <= only->days.to ? only->account : id_table::none;
  }
  return id_table::none;
}

inline bool sole_payers::is_apart(std::size_t place) const {
  for (const auto& kind : payers_)
    if (kind[place] == id_table::none) return true;
  for (const subscription& one : known_.subscriptions_of(plan_.unit(place)))
    if (one.account == id_table::none && own_periods_[static_cast<std::size_t>(one.fee)]) return true;
  return false;
}

}  // namespace detail

DUES_END
