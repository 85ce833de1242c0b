// SPDX-License-Identifier: Apache-2.0
//
// Which units have one payer over all the days of a run: their lines are made in the order of accounts
// at once. The others are rated before, unit by unit, and their lines sorted in. Not public.
#pragma once

#include <dues/bill/impl/parallel.hpp>
#include <dues/bill/impl/plan.hpp>

#include <numeric>

DUES_BEGIN

namespace detail {

class sole_payers {
 public:
  explicit sole_payers(const run_plan& plan);

  /// The one account that a fee can be charged to for a unit in this run, or none.
  std::uint32_t of(std::size_t fee, std::uint32_t unit) const {
    // Mostly every plain unit's holder pays, whatever the unit.
    if (const std::uint32_t account = known_.holding.holder[unit]; account != id_table::none && plain_pays_[kind_[fee]]) return account;
    return of_other(fee, unit);
  }
  /// Whether for a fee the holder of every usual unit pays.
  bool usual_pays(std::size_t fee) const { return plain_pays_[kind_[fee]] != 0; }
  std::uint32_t of_other(std::size_t fee, std::uint32_t unit) const {
    const std::uint32_t place = known_.holding.place[unit];
    if (place != holding_index::plain) return !others_.empty() ? others_[kind_[fee]][place] : find(kind_[fee], unit);
    const tenure& only = known_.tenures[known_.tenure_begin[unit]];
    const bool pays = (role_bits_[kind_[fee]] >> static_cast<unsigned>(only.role) & 1U) != 0 && days_.from < days_.to && !(only.days.to < days_.to);
    return pays ? only.account : id_table::none;
  }
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
  std::uint32_t find(std::size_t kind, std::uint32_t unit) const;
  bool is_apart(std::uint32_t unit) const;
  void find_apart(std::span<const std::uint32_t> units, unsigned threads);

  static constexpr std::size_t units_a_range = 16'384;

  const facts& known_;
  std::vector<std::vector<payer_role>> roles_;  ///< of each kind
  std::vector<unsigned> role_bits_;             ///< of each kind
  std::vector<std::uint8_t> plain_pays_;        ///< of each kind: whether the holder of every plain unit does
  std::vector<std::size_t> kind_;               ///< of each fee
  std::vector<std::size_t> fee_of_kind_;
  std::vector<bool> own_periods_;               ///< of each fee
  std::vector<std::int32_t> read_meters_;       ///< kinds whose readings make periods of each unit's own
  std::vector<std::vector<std::uint32_t>> others_;  ///< payers of each kind, by place in holding_index::others; empty when units are chosen
  std::vector<std::uint32_t> apart_;
  day_range days_;  ///< all days on which a run asks who pays
};

inline sole_payers::sole_payers(const run_plan& plan) : known_(plan.known()), days_(plan.days()) {
  const program& tariff = *known_.tariff;
  bool unowned = false;  // subscriptions whose payer is only found period by period
  for (std::size_t f = 0; f < tariff.fees.size(); ++f) {
    const fee& rule = tariff.fees[f];
    const auto at = std::find(roles_.begin(), roles_.end(), rule.payers);
    kind_.push_back(static_cast<std::size_t>(at - roles_.begin()));
    own_periods_.push_back(has_own_periods(tariff, rule));
    if (is_by_readings(tariff, rule)) read_meters_.push_back(rule.meter);
    unowned = unowned || own_periods_.back() || !read_meters_.empty();
    if (at != roles_.end()) continue;
    roles_.push_back(rule.payers);
    fee_of_kind_.push_back(f);
    unsigned bits = 0;
    for (const payer_role role : rule.payers) bits |= 1U << static_cast<unsigned>(role);
    role_bits_.push_back(bits);
    plain_pays_.push_back(days_.from < days_.to && !(known_.holding.ends < days_.to) && (known_.holding.roles & ~bits) == 0 ? 1 : 0);
  }
  const std::vector<std::uint32_t>& others = known_.holding.others;
  if (plan.narrowed()) {
    for (std::size_t i = 0; i < plan.units(); ++i)
      if (is_apart(plan.unit(i))) apart_.push_back(plan.unit(i));
    return;
  }
  others_.assign(roles_.size(), std::vector<std::uint32_t>(others.size()));
  in_ranges(others.size(), units_a_range, plan.asked().threads, [&] {
    return [&](std::size_t, std::size_t first, std::size_t end) {
      for (std::size_t kind = 0; kind < roles_.size(); ++kind)
        for (std::size_t i = first; i < end; ++i) others_[kind][i] = find(kind, others[i]);
      return true;
    };
  });
  if (!unowned && std::all_of(plain_pays_.begin(), plain_pays_.end(), [](std::uint8_t pays) { return pays != 0; })) {  // then only the others need a look
    find_apart(others, plan.asked().threads);
  } else {
    std::vector<std::uint32_t> all(known_.units.size());
    std::iota(all.begin(), all.end(), 0U);
    find_apart(all, plan.asked().threads);
  }
}

inline void sole_payers::find_apart(std::span<const std::uint32_t> units, unsigned threads) {
  std::vector<std::vector<std::uint32_t>> apart(ranges_of(units.size(), units_a_range));
  in_ranges(units.size(), units_a_range, threads, [&] {
    return [&](std::size_t range, std::size_t first, std::size_t end) {
      for (std::size_t i = first; i < end; ++i)
        if (is_apart(units[i])) apart[range].push_back(units[i]);
      return true;
    };
  });
  for (const auto& range : apart) apart_.insert(apart_.end(), range.begin(), range.end());
}

// The holder in the first role that anybody has over these days, if he alone holds it all along.
inline std::uint32_t sole_payers::find(std::size_t kind, std::uint32_t unit) const {
  if (known_.unit_fault[unit] >= 0) return id_table::none;
  const day_range days{std::max(days_.from, known_.first_tenure[unit]), days_.to};
  for (const payer_role role : roles_[kind]) {
    const tenure* only = nullptr;
    for (const tenure& one : known_.tenures_of(unit)) {
      if (one.role != role || intersect(one.days, days_).empty()) continue;
      if (only != nullptr) return id_table::none;
      only = &one;
    }
    if (only != nullptr) return only->share < 0 && only->days.from <= days.from && days.to <= only->days.to ? only->account : id_table::none;
  }
  return id_table::none;
}

// A unit whose readings are billed goes apart: between two readings others may have paid than over the run.
inline bool sole_payers::is_apart(std::uint32_t unit) const {
  for (const std::int32_t kind : read_meters_)
    if (!known_.meters.closings_of(unit, kind).empty()) return true;
  for (const std::size_t fee : fee_of_kind_)
    if (of(fee, unit) == id_table::none) return true;
  for (const subscription& one : known_.subscriptions_of(unit))
    if (one.account == id_table::none && own_periods_[static_cast<std::size_t>(one.fee)]) return true;
  return false;
}

}  // namespace detail

DUES_END
