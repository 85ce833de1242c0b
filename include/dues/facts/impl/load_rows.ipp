// SPDX-License-Identifier: Apache-2.0
//
// Ids get their ranks, dated rows their order; a later row keeps what it leaves empty.
#pragma once

#include <dues/facts/impl/loader.hpp>
#include <dues/facts/impl/reorder_rows.hpp>

#include <algorithm>
#include <numeric>

DUES_BEGIN

std::int64_t attribute_rows::row_on(std::uint32_t id, civil_day day) const noexcept {
  const auto first = from.begin() + begin[id];
  const auto last = from.begin() + begin[id + 1];
  const auto after = std::upper_bound(first, last, day);
  return after == first ? -1 : (after - from.begin()) - 1;
}

std::string attribute_rows::place(std::string_view table, std::size_t row) const {
  const std::uint32_t at = source[row];
  return "/" + std::string((at & of_units) != 0 ? "units" : table) + "/" + std::to_string(at & ~of_units);
}

namespace detail {

// Units are those that have a row; others that are named somewhere stay apart, for the mistakes about them.
void loader::rank_units(rank_room& room) {
  std::vector<std::uint32_t> ranks;
  id_table all = unit_ids_.rank(ranks, room);
  std::vector<bool> has_row(all.size(), false);
  for (const std::uint32_t arrival : units_.id) has_row[ranks[arrival]] = true;
  if (std::find(has_row.begin(), has_row.end(), false) == has_row.end()) {
    made_->units = std::move(all);
  } else {
    std::vector<char> bytes[2];
    std::vector<std::uint64_t> ends[2];
    std::vector<std::uint32_t> place(all.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      const std::size_t side = has_row[i] ? 0 : 1;
      const std::string_view id = all.at(i);
      place[i] = static_cast<std::uint32_t>(ends[side].size()) | (side == 0 ? 0U : stranger);
      bytes[side].insert(bytes[side].end(), id.begin(), id.end());
      ends[side].push_back(bytes[side].size());
    }
    made_->units = id_table(std::move(bytes[0]), std::move(ends[0]));
    strangers_ = id_table(std::move(bytes[1]), std::move(ends[1]));
    for (std::uint32_t& rank : ranks) rank = place[rank];
  }
  for (std::uint32_t& id : units_.id) id = ranks[id];
  for (raw_tenure& one : tenures_) one.unit = ranks[one.unit];
  for (raw_subscription& one : subscriptions_) one.unit = ranks[one.unit];
  for (raw_occupancy& one : occupancies_) one.unit = ranks[one.unit];
  for (raw_meter& one : meters_) one.made.unit = ranks[one.made.unit];
  for (usage_before& one : usage_before_) one.unit = ranks[one.unit];
}

void loader::rank_accounts(rank_room& room) {
  std::vector<std::uint32_t> ranks;
  made_->accounts = account_ids_.rank(ranks, room);
  for (std::uint32_t& id : accounts_.id) id = ranks[id];
  for (std::uint32_t& id : holders_.account)
    if (id != id_table::none) id = ranks[id];
  for (raw_tenure& one : tenures_) one.made.account = ranks[one.made.account];
  for (raw_subscription& one : subscriptions_)
    if (one.made.account != id_table::none) one.made.account = ranks[one.made.account];
}

void loader::rank_texts(rank_room& room) {
  std::vector<std::uint32_t> ranks;
  made_->texts = texts_.rank(ranks, room);
  for (raw_attributes* rows : {&units_, &accounts_, &subscription_attributes_})
    for (std::size_t i = 0; i < rows->words.size(); ++i)
      if ((*rows->declared)[i].type == value_type::text) rows->words[i].renumber(ranks);
}

// Rows by (id, from, row), one column at a time so that little stands twice.
void loader::order_rows(raw_attributes& raw, std::size_t ids, attribute_rows& into) {
  const auto count = static_cast<std::uint32_t>(raw.id.size());
  into.begin.assign(ids + 1, 0);
  for (const std::uint32_t id : raw.id) ++into.begin[id + 1];
  std::partial_sum(into.begin.begin(), into.begin.end(), into.begin.begin());
  const auto before = [&](std::uint32_t a, std::uint32_t b) {
    if (raw.id[a] != raw.id[b]) return raw.id[a] < raw.id[b];
    return raw.from[a] != raw.from[b] ? raw.from[a] < raw.from[b] : raw.source[a] < raw.source[b];
  };
  bool sorted = true;
  for (std::uint32_t i = 1; i < count && sorted; ++i) sorted = !before(i, i - 1);
  if (sorted) return;
  std::vector<std::uint32_t> order(count);
  {
    std::vector<std::uint32_t> next(into.begin.begin(), into.begin.end() - 1);
    for (std::uint32_t i = 0; i < count; ++i) order[next[raw.id[i]]++] = i;
  }
  for (std::size_t id = 0; id < ids; ++id) {
    const auto first = order.begin() + into.begin[id], last = order.begin() + into.begin[id + 1];
    if (last - first > 1 && !std::is_sorted(first, last, before)) std::sort(first, last, before);
  }
  reorder_rows(raw.from, order);
  reorder_rows(raw.to, order);
  reorder_rows(raw.source, order);
  for (auto& column : raw.numbers)
    if (column.size() == count) column.reorder(order);
  for (auto& column : raw.words)
    if (column.size() == count) column.reorder(order);
  if (&raw == &units_ && !holders_.empty()) {
    reorder_rows(holders_.account, order);
    reorder_rows(holders_.share_and_role, order);
  }
  reorder_rows(raw.id, order);
}

// Two rows of one id and day are a mistake, but rows of units may say the same of one account.
void loader::tell_same_date(const raw_attributes& raw, std::size_t row, const id_table& table, fact_table of) {
  const std::uint32_t source = raw.source[row];
  if (of == fact_table::accounts && ((source | raw.source[row - 1]) & row_of_units) != 0) {
    bool same = true;
    for (const number_column& one : raw.numbers)
      if (one.size() != 0 && one.has(row) && one.has(row - 1)) same = same && one.at(row) == one.at(row - 1);
    for (const word_column& one : raw.words)
      if (one.size() != 0 && one.has(row) && one.has(row - 1)) same = same && one.at(row) == one.at(row - 1);
    if (same) return;
  }
  const std::string_view id = table.at(raw.id[row]);
  stand_at((source & row_of_units) != 0 ? fact_table::units : of, source & ~row_of_units, of == fact_table::units ? id : std::string_view());
  if (of == fact_table::accounts) account_of_row_ = id;
  fault("F109", "from", {{"is", std::string(id) + " from " + to_text(raw.from[row])}, {"what", "two rows of one id and date"}});
}

// Carries forward what a later row leaves empty.
void loader::fill_rows(raw_attributes& raw, const id_table& table, fact_table of) {
  constexpr civil_day empty_cell{word_column::missing};
  for (std::size_t i = 0; i < raw.id.size(); ++i) {
    const bool follows = i != 0 && raw.id[i] == raw.id[i - 1];
    if (follows && raw.from[i] == raw.from[i - 1]) tell_same_date(raw, i, table, of);
    if (raw.to[i] == empty_cell) raw.to[i] = follows && raw.from[i] < raw.to[i - 1] ? raw.to[i - 1] : open_end;
    if (!follows) continue;
    for (auto& column : raw.numbers)
      if (column.size() != 0 && !column.has(i) && column.has(i - 1)) column.copy_from(i, i - 1);
    for (auto& column : raw.words)
      if (column.size() != 0 && !column.has(i) && column.has(i - 1)) column.copy_from(i, i - 1);
  }
}

void loader::check_row_ends(const raw_attributes& raw, const id_table& table) {
  for (std::size_t i = 0; i < raw.id.size(); ++i) {
    if (raw.from[i] < raw.to[i]) continue;
    const std::string_view id = table.at(raw.id[i]);
    stand_at(fact_table::units, raw.source[i], id);
    fault("F106", "to", {{"what", "unit"}, {"unit", std::string(id)}, {"from", to_text(raw.from[i])}, {"is", "it ends before it begins"}});
  }
}

void loader::finish_attributes(raw_attributes& raw, const id_table& table, attribute_rows& into, fact_table of) {
  order_rows(raw, table.size(), into);
  fill_rows(raw, table, of);
  if (of == fact_table::units) check_row_ends(raw, table);
  raw.id = {};
  into.from = std::move(raw.from);
  into.to = std::move(raw.to);
  into.source = std::move(raw.source);
  into.numbers = std::move(raw.numbers);
  into.words = std::move(raw.words);
}

}  // namespace detail

DUES_END
