// SPDX-License-Identifier: Apache-2.0
//
// What a run does for every unit, found once: the periods of each fee, and the units concerned. Not
// public.
#pragma once

#include <dues/discount/discount.hpp>
#include <dues/bill/bill.hpp>
#include <dues/rating/group.hpp>

#include <limits>

DUES_BEGIN

namespace detail {

/// Periods that a fee bills in a run, with the cuts that all units share.
inline std::vector<fee_period> periods_of(const facts& known, const fee& rule, civil_day start, const bill_request& asked) {
  const schedule& when = known.tariff->schedules[static_cast<std::size_t>(rule.schedule)];
  const index_range range = candidate_periods(when, start, asked.days, asked.select);
  std::vector<fee_period> made;
  for (std::int64_t k = range.first; k <= range.last; ++k) {
    nominal_period period = make_period(when, known, start, k);
    if (selects(period, asked.days, asked.select) && !intersect(period.days, rule.life).empty())
      made.push_back(make_fee_period(*known.tariff, rule, std::move(period)));
  }
  return made;
}

/// Whether a fee's periods are counted from each subscription's own start.
inline bool has_own_periods(const program& tariff, const fee& rule) {
  const schedule& when = tariff.schedules[static_cast<std::size_t>(rule.schedule)];
  return when.kind == schedule_kind::once || when.counted_from == anchor_kind::subscription_start;
}

/// Whether a fee's periods are those between the readings of each unit.
inline bool is_by_readings(const program& tariff, const fee& rule) {
  return tariff.schedules[static_cast<std::size_t>(rule.schedule)].kind == schedule_kind::readings;
}

/// Closings of a unit that may be billed in a run; `selects` decides.
inline std::span<const meter_closing> closings_of(const facts& known, const fee& rule, std::uint32_t unit, const bill_request& asked) {
  const int shift = asked.select == selection::issue ? known.tariff->schedules[static_cast<std::size_t>(rule.schedule)].issue_shift_days + 1 : 0;
  const civil_day low = std::clamp(asked.days.from - shift, first_day, last_day);
  return known.meters.closings_in(unit, rule.meter, {low, std::clamp(asked.days.to - shift, first_day, last_day + 1)});
}

class run_plan {
 public:
  run_plan(const facts& known, const bill_request& asked) : known_(known), asked_(asked) {}

  /// Chooses the units and counts what may come out. @returns false when the run is refused
  bool prepare(diagnostics& found);

  /// No more lines than these can come out.
  std::int64_t most_lines() const;

  const facts& known() const noexcept { return known_; }
  const bill_request& asked() const noexcept { return asked_; }
  std::size_t units() const noexcept { return all_units_ ? known_.units.size() : chosen_.size(); }
  std::uint32_t unit(std::size_t i) const { return all_units_ ? static_cast<std::uint32_t>(i) : chosen_[i]; }
  /// Of a fee whose periods all units share.
  std::span<const fee_period> shared(std::size_t fee) const { return shared_[fee]; }
  /// Whether a line is asked for, beyond what was needed to compute it.
  bool wants(const line& one) const {
    return (account_ == id_table::none || one.account == account_) && (unit_ == id_table::none || one.unit == unit_);
  }
  bool wants_account(std::uint32_t account) const { return account_ == id_table::none || account == account_; }
  bool narrowed() const noexcept { return !all_units_; }
  /// What lines are made of, in their order: an account, and a unit that it has to do with.
  struct pair {
    std::uint32_t account, unit;
  };
  std::size_t pairs() const noexcept { return pair_accounts_.size(); }
  std::span<const std::uint32_t> pair_accounts() const noexcept { return pair_accounts_; }
  std::span<const std::uint32_t> pair_units() const noexcept { return pair_units_; }
  std::span<const usual_holding> pair_holdings() const noexcept { return pair_holdings_; }
  /// All days on which it matters who holds a unit.
  day_range days() const noexcept { return days_; }

 private:
  bool choose_units(diagnostics& found);
  void choose_pairs();
  std::vector<std::uint32_t> payers_of(std::uint32_t unit) const;
  void find_days();

  const facts& known_;
  const bill_request& asked_;
  bool all_units_ = true;
  std::uint32_t account_ = id_table::none, unit_ = id_table::none;
  std::vector<std::uint32_t> chosen_;
  std::span<const std::uint32_t> pair_accounts_, pair_units_;
  std::span<const usual_holding> pair_holdings_;
  std::vector<std::uint32_t> chosen_accounts_, chosen_units_;  ///< of pairs, when a unit is chosen
  std::vector<usual_holding> chosen_holdings_;
  std::vector<std::vector<fee_period>> shared_;
  day_range days_;
};

inline bool run_plan::choose_units(diagnostics& found) {
  const auto look_up = [&](const id_table& table, const std::string& id, std::string_view what, std::uint32_t& rank) {
    if (id.empty()) return true;
    rank = table.find(id);
    if (rank != id_table::none) return true;
    found.add(make_diagnostic("R112", "", {{"what", std::string(what)}, {"is", id}}));
    return false;
  };
  if (!look_up(known_.accounts, asked_.account, "account", account_) || !look_up(known_.units, asked_.unit, "unit", unit_)) return false;
  if (account_ == id_table::none && unit_ == id_table::none) return true;
  all_units_ = false;
  if (account_ != id_table::none) {
    const auto held = known_.units_of(account_);
    chosen_.assign(held.begin(), held.end());
    return true;
  }
  chosen_.push_back(unit_);
  if (!taxes_by_bill(*known_.tariff) && !(asked_.discounted && lowers_by_bill(*known_.tariff))) return true;
  // A tax or a discount by the bill needs the other lines of the bill.
  for (const std::uint32_t account : payers_of(unit_))
    for (const std::uint32_t other : known_.units_of(account)) chosen_.push_back(other);
  std::sort(chosen_.begin(), chosen_.end());
  chosen_.erase(std::unique(chosen_.begin(), chosen_.end()), chosen_.end());
  return true;
}

// Accounts that have to do with a unit, in order.
inline std::vector<std::uint32_t> run_plan::payers_of(std::uint32_t unit) const {
  std::vector<std::uint32_t> accounts;
  for (const tenure& held : known_.tenures_of(unit)) accounts.push_back(held.account);
  for (const subscription& taken : known_.subscriptions_of(unit))
    if (taken.account != id_table::none) accounts.push_back(taken.account);
  std::sort(accounts.begin(), accounts.end());
  accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
  return accounts;
}

inline void run_plan::choose_pairs() {
  const auto take = [&](std::size_t first, std::size_t count) {
    pair_accounts_ = std::span(known_.held_by).subspan(first, count);
    pair_units_ = std::span(known_.held).subspan(first, count);
    pair_holdings_ = std::span(known_.holding.pairs).subspan(first, count);
  };
  if (all_units_) return take(0, known_.held.size());
  if (account_ != id_table::none) return take(known_.held_begin[account_], chosen_.size());
  std::vector<pair> pairs;
  for (const std::uint32_t unit : chosen_)
    for (const std::uint32_t account : payers_of(unit)) pairs.push_back({account, unit});
  std::sort(pairs.begin(), pairs.end(), [](const pair& a, const pair& b) { return a.account != b.account ? a.account < b.account : a.unit < b.unit; });
  for (const pair& one : pairs) {
    const auto held = known_.units_of(one.account);
    const auto at = std::lower_bound(held.begin(), held.end(), one.unit) - held.begin();
    chosen_accounts_.push_back(one.account);
    chosen_units_.push_back(one.unit);
    chosen_holdings_.push_back(known_.holding.pairs[known_.held_begin[one.account] + static_cast<std::size_t>(at)]);
  }
  pair_accounts_ = chosen_accounts_;
  pair_units_ = chosen_units_;
  pair_holdings_ = chosen_holdings_;
}

inline void run_plan::find_days() {
  days_ = {last_day + 1, first_day};
  const auto add = [&](civil_day from, civil_day to) { days_ = {std::min(days_.from, from), std::max(days_.to, to)}; };
  for (const auto& periods : shared_)
    for (const fee_period& one : periods) {
      add(one.period.days.from, one.period.days.to);
      // Who bears the whole may be asked on the day of issue, or when it falls due.
      if (one.rule->change == payer_change::whole_at_issue_date) add(one.period.issue, one.period.issue + 1);
      if (one.rule->change == payer_change::whole_at_due_date) add(one.period.due, one.period.due + 1);
    }
}

inline std::int64_t run_plan::most_lines() const {
  const program& tariff = *known_.tariff;
  const auto count = static_cast<std::int64_t>(units());
  std::int64_t subscriptions = all_units_ ? static_cast<std::int64_t>(known_.subscriptions.size()) : 0;
  for (std::int64_t i = 0; i < count && !all_units_; ++i) subscriptions += static_cast<std::int64_t>(known_.subscriptions_of(unit(static_cast<std::size_t>(i))).size());
  int128 lines = 0;
  for (const fee& rule : tariff.fees) {
    const schedule& when = tariff.schedules[static_cast<std::size_t>(rule.schedule)];
    if (when.kind == schedule_kind::readings) {
      for (std::size_t i = 0; i < units(); ++i) lines += int128(closings_of(known_, rule, unit(i), asked_).size());
      continue;
    }
    const index_range range = candidate_periods(when, known_.tariff->life.from, asked_.days, asked_.select);
    const std::int64_t periods = std::max<std::int64_t>(range.last - range.first + 1, 0);
    // A little less than the candidates: the first and the last are only there to be safe.
    lines += int128(std::max<std::int64_t>(periods - 2, 1)) * int128(rule.scope == fee_scope::unit ? count : subscriptions);
  }
  return to_int64(lines).value_or(std::numeric_limits<std::int64_t>::max());
}

inline bool run_plan::prepare(diagnostics& found) {
  const program& tariff = *known_.tariff;
  if (asked_.days.to < asked_.days.from || asked_.days.from < first_day || last_day + 1 < asked_.days.to) {
    found.add(make_diagnostic("R113", "", {{"from", to_text(asked_.days.from)}, {"to", to_text(asked_.days.to)}}));
    return false;
  }
  if (!choose_units(found)) return false;
  if (const std::int64_t lines = most_lines(); lines > asked_.most_lines) {
    found.add(make_diagnostic("R110", "", {{"is", std::to_string(lines)}, {"limit", std::to_string(asked_.most_lines)}}));
    return false;
  }
  for (const fee& rule : tariff.fees)
    shared_.push_back(has_own_periods(tariff, rule) || is_by_readings(tariff, rule) ? std::vector<fee_period>() : periods_of(known_, rule, first_day, asked_));
  choose_pairs();
  find_days();
  return true;
}

}  // namespace detail

DUES_END
