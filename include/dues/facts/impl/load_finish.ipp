// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/facts/impl/load_rows.ipp>
#include <dues/facts/impl/load_tenures.ipp>

#include <algorithm>
#include <numeric>

DUES_BEGIN

namespace detail {

void loader::finish_subscriptions() {
  facts& f = *made_;
  std::erase_if(subscriptions_, [&](const raw_subscription& raw) {
    if ((raw.unit & stranger) == 0) return false;
    stand_at(fact_table::subscriptions, raw.row, {});
    fault("F105", "unit", {{"what", "unit"}, {"is", shortened(unit_text(raw.unit))}});
    return true;
  });
  // The row that has the same id and came first, itself for most.
  std::vector<keyed_id> by_id(subscriptions_.size());
  for (std::uint32_t i = 0; i < by_id.size(); ++i) by_id[i].id = i;
  const auto id_of = [&](std::uint32_t i) { return std::string_view(subscriptions_[i].made.id); };
  std::vector<keyed_id> room;
  sort_ids(by_id, room, id_of);
  std::vector<std::uint32_t> first(by_id.size());
  for (std::size_t begin = 0; begin < by_id.size();) {
    std::size_t end = begin;
    std::uint32_t least = id_table::none;
    for (; end < by_id.size() && id_of(by_id[end].id) == id_of(by_id[begin].id); ++end) least = std::min(least, by_id[end].id);
    for (; begin < end; ++begin) first[by_id[begin].id] = least;
  }
  std::vector<subscription> placed;
  for (std::uint32_t i = 0; i < subscriptions_.size(); ++i) {
    raw_subscription& raw = subscriptions_[i];
    const std::string_view unit = f.units.at(raw.unit);
    if (first[i] != i) {
      // Which of the two is right nobody knows, so both units carry it.
      stand_at(fact_table::subscriptions, raw.row, unit);
      diagnostic twice = made_here("F109", "subscription", {{"is", shortened(raw.made.id)}, {"what", "each subscription has one row"}});
      unit_faults_.emplace_back(unit, twice);
      unit_faults_.emplace_back(f.units.at(subscriptions_[first[i]].unit), twice);
      found_->add(std::move(twice));
      continue;
    }
    raw.made.unit = raw.unit;
  }
  for (std::uint32_t i = 0; i < subscriptions_.size(); ++i)
    if (first[i] == i) placed.push_back(std::move(subscriptions_[i].made));
  subscriptions_ = {};
  std::sort(placed.begin(), placed.end(), [](const subscription& a, const subscription& b) {
    if (a.unit != b.unit) return a.unit < b.unit;
    return a.fee != b.fee ? a.fee < b.fee : a.id < b.id;
  });
  f.subscription_begin.assign(f.units.size() + 1, 0);
  for (const subscription& one : placed) ++f.subscription_begin[one.unit + 1];
  std::partial_sum(f.subscription_begin.begin(), f.subscription_begin.end(), f.subscription_begin.begin());
  f.subscriptions = std::move(placed);
  raw_attributes& raw = subscription_attributes_;
  f.subscription_rows.from = std::move(raw.from);
  f.subscription_rows.source = std::move(raw.source);
  f.subscription_rows.numbers = std::move(raw.numbers);
  f.subscription_rows.words = std::move(raw.words);
}

// Which units each account has to do with, so that one account is billed without a scan.
void loader::finish_held() {
  facts& f = *made_;
  std::vector<std::uint32_t> last(f.accounts.size(), id_table::none);
  const auto each_pair = [&](auto&& take) {
    std::fill(last.begin(), last.end(), id_table::none);
    const auto once = [&](std::uint32_t account, std::uint32_t unit) {
      if (std::exchange(last[account], unit) != unit) take(account, unit);
    };
    for (std::uint32_t unit = 0; unit < f.units.size(); ++unit) {
      for (const tenure& one : f.tenures_of(unit)) once(one.account, unit);
      for (const subscription& one : f.subscriptions_of(unit))
        if (one.account != id_table::none) once(one.account, unit);
    }
  };
  f.held_begin.assign(f.accounts.size() + 1, 0);
  each_pair([&](std::uint32_t account, std::uint32_t) { ++f.held_begin[account + 1]; });
  std::partial_sum(f.held_begin.begin(), f.held_begin.end(), f.held_begin.begin());
  f.held.resize(f.held_begin.back());
  std::vector<std::uint32_t> next(f.held_begin.begin(), f.held_begin.end() - 1);
  each_pair([&](std::uint32_t account, std::uint32_t unit) { f.held[next[account]++] = unit; });
  f.held_by.resize(f.held.size());
  for (std::uint32_t account = 0; account < f.accounts.size(); ++account)
    std::fill(f.held_by.begin() + f.held_begin[account], f.held_by.begin() + f.held_begin[account + 1], account);
}

void loader::finish_reach() {
  facts& f = *made_;
  f.tenure_reach.resize(f.tenures.size());
  for (std::uint32_t unit = 0; unit < f.units.size(); ++unit)
    for (std::uint32_t i = f.tenure_begin[unit]; i < f.tenure_begin[unit + 1]; ++i) {
      const bool follows = i != f.tenure_begin[unit] && f.tenures[i - 1].role == f.tenures[i].role;
      f.tenure_reach[i] = follows ? std::max(f.tenure_reach[i - 1], f.tenures[i].days.to) : f.tenures[i].days.to;
    }
}

void loader::finish_occupancies() {
  for (raw_occupancy& raw : occupancies_) {
    raw.made.unit = raw.unit;
    if ((raw.unit & stranger) == 0) continue;
    stand_at(fact_table::occupancy, raw.row, {});
    fault("F105", "unit", {{"what", "unit"}, {"is", shortened(unit_text(raw.unit))}});
  }
  const auto before = [](const raw_occupancy& a, const raw_occupancy& b) {
    if (a.made.unit != b.made.unit) return a.made.unit < b.made.unit;
    return a.made.days.from != b.made.days.from ? a.made.days.from < b.made.days.from : a.row < b.row;
  };
  std::sort(occupancies_.begin(), occupancies_.end(), before);
  auto& all = made_->occupancies;
  for (const raw_occupancy& raw : occupancies_) {
    if ((raw.made.unit & stranger) != 0) break;  // they stand behind all units
    if (!all.empty() && all.back().unit == raw.made.unit) {
      if (all.back().days.to == open_end && all.back().days.from < raw.made.days.from) all.back().days.to = raw.made.days.from;  // a later state ends an open one
      if (all.back().days.to > raw.made.days.from) {
        stand_at(fact_table::occupancy, raw.row, unit_text(raw.unit));
        fault("F106", "from", {{"what", "occupancy"}, {"unit", std::string(unit_text(raw.unit))}, {"from", to_text(raw.made.days.from)}, {"is", "two states on one day"}});
      }
    }
    all.push_back(raw.made);
  }
}

void loader::finish_calendars() {
  for (auto& [id, raw] : calendars_) {
    if (!raw.declared) {
      stand_at(fact_table::calendar_days, raw.exceptions.empty() ? 0 : raw.exceptions[0].row, {});
      fault("F105", "calendar", {{"what", "calendar"}, {"is", shortened(id)}});
      continue;
    }
    std::sort(raw.exceptions.begin(), raw.exceptions.end(), [](const raw_exception& a, const raw_exception& b) { return a.on != b.on ? a.on < b.on : a.row < b.row; });
    std::vector<std::pair<civil_day, bool>> exceptions;
    for (const raw_exception& one : raw.exceptions) {
      if (!exceptions.empty() && exceptions.back().first == one.on) {
        stand_at(fact_table::calendar_days, one.row, {});
        fault("F109", "date", {{"is", shortened(id) + " " + to_text(one.on)}, {"what", "a day stands once"}});
        continue;
      }
      exceptions.emplace_back(one.on, one.business_day);
    }
    made_->calendars.emplace(id, business_calendar(id, raw.covered, raw.weekend, std::move(exceptions)));
  }
}

void loader::need_calendars() {
  for (const std::string& id : tariff_->calendars)
    if (!made_->calendars.contains(id))
      for (const schedule& when : tariff_->schedules)
        if (when.due.rolls && when.due.calendar == id) {
          found_->add(make_diagnostic("F113", "/calendars", {{"is", id}}));
          break;
        }
}

// A unit carries the first mistake of its rows; those of an account go to the units that it pays for.
void loader::finish_faults() {
  facts& f = *made_;
  f.unit_fault.assign(f.units.size(), -1);
  const auto carry = [&](std::uint32_t unit, const diagnostic& what) {
    if (unit == id_table::none || f.unit_fault[unit] >= 0) return;
    f.unit_fault[unit] = static_cast<std::int32_t>(f.faults.size());
    f.faults.push_back(what);
  };
  for (const auto& [unit, what] : unit_faults_) carry(f.units.find(unit), what);
  for (const auto& [id, what] : meter_faults_) {
    const std::uint32_t at = f.meters.ids.find(id);
    if (at == id_table::none || f.meters.meters[at].unit == id_table::none) continue;
    std::int32_t& fault_at = f.meters.fault[f.meters.place(f.meters.meters[at].unit, f.meters.meters[at].kind)];
    if (fault_at >= 0) continue;
    fault_at = static_cast<std::int32_t>(f.faults.size());
    f.faults.push_back(what);
  }
  if (account_faults_.empty()) return;
  std::vector<const diagnostic*> of_account(f.accounts.size(), nullptr);
  for (const auto& [account, what] : account_faults_)
    if (const std::uint32_t at = f.accounts.find(account); at != id_table::none) of_account[at] = &what;
  for (std::uint32_t unit = 0; unit < f.units.size(); ++unit) {
    for (const tenure& one : f.tenures_of(unit))
      if (of_account[one.account] != nullptr) carry(unit, *of_account[one.account]);
    for (const subscription& one : f.subscriptions_of(unit))
      if (one.account != id_table::none && of_account[one.account] != nullptr) carry(unit, *of_account[one.account]);
  }
}

std::shared_ptr<const facts> loader::finish(const facts* calendars_of) {
  {
    rank_room room;
    rank_texts(room);
    rank_units(room);
    rank_accounts(room);
    rank_meters(room);
  }
  finish_attributes(units_, made_->units, made_->unit_rows, fact_table::units);
  finish_attributes(accounts_, made_->accounts, made_->account_rows, fact_table::accounts);
  finish_tenures();
  finish_subscriptions();
  finish_held();
  finish_occupancies();
  if (!tariff_->meters.empty() || !readings_.empty()) finish_readings();
  finish_usage_before();
  if (calendars_of == nullptr) finish_calendars();
  else made_->calendars = calendars_of->calendars;
  need_calendars();
  finish_faults();
  finish_reach();
  made_->holding.build(*made_);
  return made_;
}

}  // namespace detail

DUES_END
