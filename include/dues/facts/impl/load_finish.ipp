// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/facts/impl/loader.hpp>

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
      table_ = name;
      row_ = raw.source[i];
      unit_of_row_ = name == "units" ? std::string(table.at(raw.id[i])) : std::string();
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
  into.from = std::move(raw.from);
  into.to = std::move(raw.to);
  into.source = std::move(raw.source);
  into.numbers = std::move(raw.numbers);
  into.words = std::move(raw.words);
}

void loader::finish_tenures() {
  facts& f = *made_;
  std::vector<std::pair<std::uint32_t, tenure>> placed;
  placed.reserve(tenures_.size());
  for (raw_tenure& raw : tenures_) {
    const std::uint32_t unit = f.units.find(raw.unit);
    table_ = "tenures";
    row_ = raw.row;
    unit_of_row_.clear();
    if (unit == id_table::none) {
      fault("F105", "unit", {{"what", "unit"}, {"is", shortened(raw.unit)}});
      continue;
    }
    raw.made.account = f.accounts.find(raw.account);
    placed.emplace_back(unit, raw.made);
  }
  std::sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.second.role != b.second.role) return a.second.role < b.second.role;
    if (a.second.days.from != b.second.days.from) return a.second.days.from < b.second.days.from;
    return a.second.account < b.second.account;
  });
  f.tenure_begin.assign(f.units.size() + 1, 0);
  f.first_tenure.assign(f.units.size(), open_end);
  for (const auto& [unit, one] : placed) {
    ++f.tenure_begin[unit + 1];
    f.first_tenure[unit] = std::min(f.first_tenure[unit], one.days.from);
    f.tenures.push_back(one);
  }
  std::partial_sum(f.tenure_begin.begin(), f.tenure_begin.end(), f.tenure_begin.begin());
  for (std::uint32_t unit = 0; unit < f.units.size(); ++unit) check_shares(unit);
}

// Shares of a role must sum to 100 % on every day that anybody holds it; empty shares are equal.
void loader::check_shares(std::uint32_t unit) {
  const auto held = made_->tenures_of(unit);
  if (held.size() == 1 && !held[0].has_share) return;
  const auto tell = [&](civil_day from, std::string_view role, const std::string& is) {
    diagnostic made = make_diagnostic("F106", "/tenures", {{"what", std::string(role) + "s' shares"}, {"unit", std::string(made_->units.at(unit))}, {"from", to_text(from)}, {"is", is}});
    unit_faults_.emplace_back(std::string(made_->units.at(unit)), made);
    found_.add(std::move(made));
  };
  for (std::size_t first = 0; first < held.size();) {
    std::size_t end = first;
    while (end < held.size() && held[end].role == held[first].role) ++end;
    const std::string_view role = words::payer_role[static_cast<std::size_t>(held[first].role)];
    struct event {
      civil_day on;
      bool begins;
      const tenure* who;
    };
    std::vector<event> events;
    for (std::size_t i = first; i < end; ++i) {
      events.push_back({held[i].days.from, true, &held[i]});
      events.push_back({held[i].days.to, false, &held[i]});
    }
    std::sort(events.begin(), events.end(), [](const event& a, const event& b) {
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
        tell(e.on, role, "account " + std::string(made_->accounts.at(e.who->account)) + " holds it twice");
        break;
      }
      if (e.who->has_share) {
        const exact256 part(e.who->share);
        sum = e.begins ? sum + part : sum - part;
      }
      (e.who->has_share ? with : without) += e.begins ? 1U : static_cast<std::size_t>(-1);
      if (i + 1 < events.size() && events[i + 1].on == e.on) continue;
      if (with != 0 && without != 0) {
        tell(e.on, role, "some rows have a share and some have none");
        break;
      }
      if (with != 0 && !(sum == exact256(std::int64_t{1}))) {
        tell(e.on, role, "add to " + (sum * exact256(std::int64_t{100})).to_text() + "%");
        break;
      }
    }
    first = end;
  }
}

void loader::finish_subscriptions() {
  facts& f = *made_;
  std::vector<subscription> placed;
  std::map<std::string, std::size_t, std::less<>> ids;
  for (raw_subscription& raw : subscriptions_) {
    table_ = "subscriptions";
    row_ = raw.row;
    unit_of_row_ = raw.unit;
    raw.made.unit = f.units.find(raw.unit);
    if (raw.made.unit == id_table::none) {
      fault("F105", "unit", {{"what", "unit"}, {"is", shortened(raw.unit)}});
      continue;
    }
    if (!ids.emplace(raw.made.id, raw.row).second) {
      fault("F109", "subscription", {{"is", shortened(raw.made.id)}, {"what", "each subscription has one row"}});
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

void loader::finish_occupancies() {
  for (raw_occupancy& raw : occupancies_) {
    table_ = "occupancy";
    row_ = raw.row;
    unit_of_row_.clear();
    raw.made.unit = made_->units.find(raw.unit);
    if (raw.made.unit == id_table::none) fault("F105", "unit", {{"what", "unit"}, {"is", shortened(raw.unit)}});
    else made_->occupancies.push_back(raw.made);
  }
  auto& all = made_->occupancies;
  std::stable_sort(all.begin(), all.end(), [](const occupancy& a, const occupancy& b) {
    return a.unit != b.unit ? a.unit < b.unit : a.days.from < b.days.from;
  });
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i].unit != all[i - 1].unit) continue;
    if (all[i - 1].days.to == open_end) all[i - 1].days.to = all[i].days.from;  // a later state ends an open one
    if (all[i - 1].days.to > all[i].days.from) {
      const std::string unit(made_->units.at(all[i].unit));
      found_.add(make_diagnostic("F106", "/occupancy", {{"what", "occupancy"}, {"unit", unit}, {"from", to_text(all[i].days.from)}, {"is", "two states on one day"}}));
    }
  }
}

void loader::finish_calendars() {
  for (auto& [id, raw] : calendars_) {
    if (!raw.declared) {
      found_.add(make_diagnostic("F105", "/calendar_days", {{"what", "calendar"}, {"is", id}}));
      continue;
    }
    std::sort(raw.exceptions.begin(), raw.exceptions.end());
    for (std::size_t i = 1; i < raw.exceptions.size(); ++i)
      if (raw.exceptions[i].first == raw.exceptions[i - 1].first)
        found_.add(make_diagnostic("F109", "/calendar_days", {{"is", id + " " + to_text(raw.exceptions[i].first)}, {"what", "a day stands once"}}));
    made_->calendars.emplace(id, business_calendar(id, raw.covered, raw.weekend, raw.exceptions));
  }
  for (const std::string& id : tariff_->calendars)
    if (!made_->calendars.contains(id))
      for (const schedule& when : tariff_->schedules)
        if (when.due.rolls && when.due.calendar == id) {
          found_.add(make_diagnostic("F113", "/calendars", {{"is", id}}));
          break;
        }
}

std::shared_ptr<const facts> loader::finish() {
  if (!versioned_) {
    found_.add(make_diagnostic("F104", "/dues_facts", {{"name", "dues_facts"}, {"table", "the document"}}));
    return nullptr;
  }
  finish_attributes(units_, unit_ids_, made_->units, made_->unit_rows, "units");
  finish_attributes(accounts_, account_ids_, made_->accounts, made_->account_rows, "accounts");
  finish_tenures();
  finish_subscriptions();
  finish_occupancies();
  finish_calendars();
  made_->unit_fault.assign(made_->units.size(), -1);
  for (auto& [unit, what] : unit_faults_) {
    const std::uint32_t at = made_->units.find(unit);
    if (at == id_table::none || made_->unit_fault[at] >= 0) continue;
    made_->unit_fault[at] = static_cast<std::int32_t>(made_->faults.size());
    made_->faults.push_back(std::move(what));
  }
  return made_;
}

}  // namespace detail

facts_result load_facts(std::shared_ptr<const program> tariff, std::string_view facts_json) {
  facts_result result;
  if (tariff == nullptr) throw std::invalid_argument("load_facts needs a compiled tariff");
  detail::loader loader(std::move(tariff), result.found);
  if (read_json_rows(facts_json, loader, result.found) && !loader.refused()) result.loaded = loader.finish();
  return result;
}

DUES_END
