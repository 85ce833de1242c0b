// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/facts/impl/load_tenures.ipp>

#include <algorithm>
#include <numeric>

DUES_BEGIN

std::int64_t attribute_rows::row_on(std::uint32_t id, civil_day day) const noexcept {
  const auto first = from.begin() + begin[id];
  const auto last = from.begin() + begin[id + 1];
  const auto after = std::upper_bound(first, last, day);
  return after == first ? -1 : (after - from.begin()) - 1;
}

namespace detail {

// Ranks ids, sorts rows by (id, from), carries forward what a later row leaves empty.
void loader::finish_attributes(raw_attributes& raw, const arrivals& ids, id_table& table, attribute_rows& into, std::string_view name) {
  std::vector<std::uint32_t> by_rank(ids.ids.size());
  std::iota(by_rank.begin(), by_rank.end(), 0U);
  std::sort(by_rank.begin(), by_rank.end(), [&](auto a, auto b) { return ids.ids[a] < ids.ids[b]; });
  std::vector<std::uint32_t> rank(by_rank.size());
  std::vector<std::string> sorted;
  sorted.reserve(by_rank.size());
  for (std::uint32_t r = 0; r < by_rank.size(); ++r) {
    rank[by_rank[r]] = r;
    sorted.push_back(ids.ids[by_rank[r]]);
  }
  table = id_table(std::move(sorted));
  for (std::uint32_t& id : raw.id) id = rank[id];

  std::vector<std::uint32_t> order(raw.id.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    if (raw.id[a] != raw.id[b]) return raw.id[a] < raw.id[b];
    return raw.from[a] != raw.from[b] ? raw.from[a] < raw.from[b] : raw.source[a] < raw.source[b];
  };
  if (!std::is_sorted(order.begin(), order.end(), before)) std::sort(order.begin(), order.end(), before);
  reorder_rows(raw.id, order);
  reorder_rows(raw.from, order);
  reorder_rows(raw.to, order);
  reorder_rows(raw.source, order);
  for (auto& column : raw.numbers)
    if (column.size() == order.size()) column.reorder(order);
  for (auto& column : raw.words)
    if (column.size() == order.size()) column.reorder(order);

  into.begin.assign(table.size() + 1, 0);
  for (const std::uint32_t id : raw.id) ++into.begin[id + 1];
  std::partial_sum(into.begin.begin(), into.begin.end(), into.begin.begin());
  constexpr civil_day empty_cell{word_column::missing};
  for (std::size_t i = 0; i < raw.id.size(); ++i) {
    const bool follows = i != 0 && raw.id[i] == raw.id[i - 1];
    if (follows && raw.from[i] == raw.from[i - 1]) {
      const std::string_view id = table.at(raw.id[i]);
      stand_at(name, raw.source[i], name == "units" ? id : std::string_view());
      if (name == "accounts") account_of_row_ = id;
      fault("F109", "from", {{"is", std::string(table.at(raw.id[i])) + " from " + to_text(raw.from[i])}, {"what", "two rows of one id and date"}});
    }
    if (raw.to[i] == empty_cell)
      raw.to[i] = follows && raw.from[i] < raw.to[i - 1] ? raw.to[i - 1] : open_end;
    if (!follows) continue;
    for (auto& column : raw.numbers)
      if (column.size() == order.size() && !column.has(i) && column.has(i - 1)) column.copy_from(i, i - 1);
    for (auto& column : raw.words)
      if (column.size() == order.size() && !column.has(i) && column.has(i - 1)) column.copy_from(i, i - 1);
  }
  if (name == "units") check_row_ends(raw, table);
  into.from = std::move(raw.from);
  into.to = std::move(raw.to);
  into.source = std::move(raw.source);
  into.numbers = std::move(raw.numbers);
  into.words = std::move(raw.words);
}

void loader::check_row_ends(const raw_attributes& raw, const id_table& table) {
  for (std::size_t i = 0; i < raw.id.size(); ++i) {
    if (raw.from[i] < raw.to[i]) continue;
    const std::string_view id = table.at(raw.id[i]);
    stand_at("units", raw.source[i], id);
    fault("F106", "to", {{"what", "unit"}, {"unit", std::string(id)}, {"from", to_text(raw.from[i])}, {"is", "it ends before it begins"}});
  }
}

void loader::finish_subscriptions() {
  facts& f = *made_;
  std::vector<subscription> placed;
  std::unordered_map<std::string, std::string> ids;  // and the unit of the row that came first
  for (raw_subscription& raw : subscriptions_) {
    stand_at("subscriptions", raw.row, raw.unit);
    raw.made.unit = f.units.find(raw.unit);
    if (raw.made.unit == id_table::none) {
      fault("F105", "unit", {{"what", "unit"}, {"is", shortened(raw.unit)}});
      continue;
    }
    const auto [first, fresh] = ids.emplace(raw.made.id, raw.unit);
    if (!fresh) {
      // Which of the two is right nobody knows, so both units carry it.
      diagnostic twice = make_diagnostic("F109", here("subscription"), {{"is", shortened(raw.made.id)}, {"what", "each subscription has one row"}});
      unit_faults_.emplace_back(raw.unit, twice);
      unit_faults_.emplace_back(first->second, twice);
      found_.add(std::move(twice));
      continue;
    }
    if (!raw.account.empty()) raw.made.account = f.accounts.find(raw.account);
    placed.push_back(std::move(raw.made));
  }
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
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  pairs.reserve(f.tenures.size());
  for (std::uint32_t unit = 0; unit < f.units.size(); ++unit) {
    for (const tenure& one : f.tenures_of(unit)) pairs.emplace_back(one.account, unit);
    for (const subscription& one : f.subscriptions_of(unit))
      if (one.account != id_table::none) pairs.emplace_back(one.account, unit);
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  f.held_begin.assign(f.accounts.size() + 1, 0);
  f.held.reserve(pairs.size());
  for (const auto& [account, unit] : pairs) {
    ++f.held_begin[account + 1];
    f.held.push_back(unit);
  }
  std::partial_sum(f.held_begin.begin(), f.held_begin.end(), f.held_begin.begin());
}

void loader::finish_occupancies() {
  for (raw_occupancy& raw : occupancies_) {
    stand_at("occupancy", raw.row, {});
    raw.made.unit = made_->units.find(raw.unit);
    if (raw.made.unit == id_table::none) fault("F105", "unit", {{"what", "unit"}, {"is", shortened(raw.unit)}});
  }
  const auto before = [](const raw_occupancy& a, const raw_occupancy& b) {
    if (a.made.unit != b.made.unit) return a.made.unit < b.made.unit;
    return a.made.days.from != b.made.days.from ? a.made.days.from < b.made.days.from : a.row < b.row;
  };
  std::sort(occupancies_.begin(), occupancies_.end(), before);
  auto& all = made_->occupancies;
  for (const raw_occupancy& raw : occupancies_) {
    if (raw.made.unit == id_table::none) break;  // the last of all ranks
    if (!all.empty() && all.back().unit == raw.made.unit) {
      if (all.back().days.to == open_end && all.back().days.from < raw.made.days.from) all.back().days.to = raw.made.days.from;  // a later state ends an open one
      if (all.back().days.to > raw.made.days.from) {
        stand_at("occupancy", raw.row, raw.unit);
        fault("F106", "from", {{"what", "occupancy"}, {"unit", raw.unit}, {"from", to_text(raw.made.days.from)}, {"is", "two states on one day"}});
      }
    }
    all.push_back(raw.made);
  }
}

void loader::finish_calendars() {
  for (auto& [id, raw] : calendars_) {
    if (!raw.declared) {
      stand_at("calendar_days", raw.exceptions.empty() ? 0 : raw.exceptions[0].row, {});
      fault("F105", "calendar", {{"what", "calendar"}, {"is", shortened(id)}});
      continue;
    }
    std::sort(raw.exceptions.begin(), raw.exceptions.end(), [](const raw_exception& a, const raw_exception& b) { return a.on != b.on ? a.on < b.on : a.row < b.row; });
    std::vector<std::pair<civil_day, bool>> exceptions;
    for (const raw_exception& one : raw.exceptions) {
      if (!exceptions.empty() && exceptions.back().first == one.on) {
        stand_at("calendar_days", one.row, {});
        fault("F109", "date", {{"is", shortened(id) + " " + to_text(one.on)}, {"what", "a day stands once"}});
        continue;
      }
      exceptions.emplace_back(one.on, one.business_day);
    }
    made_->calendars.emplace(id, business_calendar(id, raw.covered, raw.weekend, std::move(exceptions)));
  }
  for (const std::string& id : tariff_->calendars)
    if (!made_->calendars.contains(id))
      for (const schedule& when : tariff_->schedules)
        if (when.due.rolls && when.due.calendar == id) {
          found_.add(make_diagnostic("F113", "/calendars", {{"is", id}}));
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

std::shared_ptr<const facts> loader::finish() {
  finish_attributes(units_, unit_ids_, made_->units, made_->unit_rows, "units");
  finish_attributes(accounts_, account_ids_, made_->accounts, made_->account_rows, "accounts");
  finish_tenures();
  finish_subscriptions();
  finish_held();
  finish_occupancies();
  finish_calendars();
  finish_faults();
  made_->holding.build(*made_);
  return made_;
}

}  // namespace detail

DUES_END
