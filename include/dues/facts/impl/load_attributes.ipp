// SPDX-License-Identifier: Apache-2.0
//
// Rows with attributes: of units, with or without their holder, of accounts, of subscriptions.
#pragma once

#include <dues/facts/impl/loader.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

word_finder::word_finder(const std::vector<std::string>& words) : words_(words.begin(), words.end()) {
  constexpr std::size_t few = 8;
  if (words_.size() <= few) return;
  for (std::size_t i = 0; i < words_.size(); ++i) sorted_.push_back(static_cast<std::int32_t>(i));
  std::stable_sort(sorted_.begin(), sorted_.end(), [&](auto a, auto b) { return words_[static_cast<std::size_t>(a)] < words_[static_cast<std::size_t>(b)]; });
}

std::int32_t word_finder::find(std::string_view text) const noexcept {
  if (sorted_.empty()) {
    const auto at = std::find(words_.begin(), words_.end(), text);
    return at == words_.end() ? -1 : static_cast<std::int32_t>(at - words_.begin());
  }
  const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), text, [&](std::int32_t a, std::string_view b) { return words_[static_cast<std::size_t>(a)] < b; });
  return at != sorted_.end() && words_[static_cast<std::size_t>(*at)] == text ? *at : -1;
}

void raw_attributes::begin(const std::vector<attribute>& attributes) {
  declared = &attributes;
  numbers.resize(attributes.size());
  words.resize(attributes.size());
  for (const attribute& one : attributes) finders.emplace_back(one.words);
}

void raw_attributes::open_row(std::uint32_t row_id, std::uint32_t source_row) {
  id.push_back(row_id);
  from.push_back(first_day);
  to.push_back(open_end);
  source.push_back(source_row);
}

void raw_attributes::add_missing(std::size_t at) {
  if ((*declared)[at].type == value_type::number) numbers[at].add_missing();
  else words[at].add_missing();
}

// -?[0-9]+(\.[0-9]+)? of at most 18 digits, which every coefficient of 64 bits holds.
inline bool parse_narrow(std::string_view text, std::int64_t& coefficient, int& scale) noexcept {
  constexpr std::size_t most = 18;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > most || text.front() == '.' || text.back() == '.') return false;
  std::int64_t value = 0;
  std::size_t point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') value = value * 10 + (c - '0');
    else if (c == '.' && point == text.size()) point = i;
    else return false;
  }
  scale = point == text.size() ? 0 : static_cast<int>(text.size() - point - 1);
  coefficient = negative ? -value : value;
  return true;
}

// False when the row has no such number: then the mistake is told.
bool loader::take_number(number_column& into, const attribute& declared, const cell& one, std::string_view of) {
  std::int64_t coefficient = 0;
  int scale = 0;
  const bool narrow = (one.kind == cell_kind::number || one.kind == cell_kind::text) && parse_narrow(one.text, coefficient, scale);
  const auto value = narrow ? decimal::make(int128(coefficient), scale) : number(one);
  if (!value) return false;
  const auto fail = [&](bool wrong, const char* what, const std::optional<decimal>& bound) {
    if (wrong)
      fault("F103", one.name, {{"name", std::string(of) + "." + declared.id}, {"is", shortened(one.text)}, {"wanted", std::string(what) + " " + bound->to_text()}});
    return wrong;
  };
  if (fail(declared.above && !(*value > *declared.above), "above", declared.above) ||
      fail(declared.at_least && *value < *declared.at_least, "at least", declared.at_least) ||
      fail(declared.at_most && *value > *declared.at_most, "at most", declared.at_most))
    return false;
  if (narrow) into.add(coefficient, scale);
  else into.add(*value);
  return true;
}

void loader::take_attribute(raw_attributes& into, std::size_t at, const cell& one, std::string_view of) {
  const attribute& declared = (*into.declared)[at];
  if (declared.type == value_type::number) {
    if (!take_number(into.numbers[at], declared, one, of)) into.numbers[at].add_missing();
    return;
  }
  word_column& words = into.words[at];
  const bool written = one.kind == cell_kind::text || one.kind == cell_kind::boolean;
  switch (declared.type) {
    case value_type::choice: {
      const word_finder& finder = into.finders[at];
      const std::int32_t found = written ? finder.find(one.text) : -1;
      if (found >= 0) return words.add(found);
      word(one, finder.words());  // tells
      return words.add_missing();
    }
    case value_type::yes_no: {
      static constexpr std::array<std::string_view, 2> truths{"false", "true"};
      static constexpr std::array<std::string_view, 2> shouted{"FALSE", "TRUE"};  // as spreadsheets save them
      if (layout().of_csv && (one.text == shouted[0] || one.text == shouted[1])) return words.add(one.text == shouted[1] ? 1 : 0);
      const auto found = word(one, truths);
      return found ? words.add(static_cast<std::int32_t>(*found)) : words.add_missing();
    }
    case value_type::date: {
      const auto found = one.kind == cell_kind::text ? parse_day(one.text) : std::nullopt;
      if (!found) fault("F107", one.name, {{"name", std::string(one.name)}, {"is", shortened(one.text)}});
      return found ? words.add(found->days) : words.add_missing();
    }
    default:
      if (one.kind == cell_kind::list) {
        fault("F103", one.name, {{"name", std::string(of) + "." + declared.id}, {"is", shortened(one.text)}, {"wanted", "a text"}});
        return words.add_missing();
      }
      return words.add(static_cast<std::int32_t>(texts_.add_again(one.text)));
  }
}

bool loader::attribute_row(raw_attributes& into, column key, bool has_to, std::span<const cell> cells) {
  if (!begin_row(cells)) return false;
  std::uint32_t& near = key == column::unit ? near_unit() : near_account();
  into.open_row((key == column::unit ? unit_ids_ : account_ids_).add(cell_text(key), near), static_cast<std::uint32_t>(row_));
  into.from.back() = day(column::from, first_day);
  into.to.back() = civil_day{word_column::missing};
  if (has_to && find(column::to) != nullptr) into.to.back() = day(column::to, open_end);
  day(column::recorded, first_day);
  const std::size_t declared = into.declared->size();
  filled_.assign(declared, 0);
  const table_layout& known = layout();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const cell& one = cells[i];
    if (known.slots[i] == table_layout::unknown) unknown_column(one);
    if (known.slots[i] < table_layout::attributes) continue;
    const auto at = static_cast<std::size_t>(known.slots[i] - table_layout::attributes);
    if (at >= declared || filled_[at] != 0 || (one.text.empty() && one.kind == cell_kind::text)) continue;
    filled_[at] = 1;
    take_attribute(into, at, one, name_of(key));
  }
  for (std::size_t i = 0; i < declared; ++i)
    if (filled_[i] == 0) into.add_missing(i);
  return true;
}

void loader::unit_row(std::span<const cell> cells) {
  const bool whole = attribute_row(units_, column::unit, true, cells);
  if (const cell* of = whole ? find(column::tariff) : nullptr; of != nullptr && of->text != tariff_->id) {
    const std::array<std::string_view, 1> known{tariff_->id};
    fault("F105", "tariff", {{"what", "tariff"}, {"is", shortened(of->text)}, {"nearest", nearest(of->text, known)}});
  }
  if (whole && rows_hold_) holder_of_row(cells, !fault_in_row_);
}

// Who holds the unit from the row's first day on. A row that names nobody changes nothing about it.
void loader::holder_of_row(std::span<const cell> cells, bool whole) {
  std::uint32_t account = id_table::none;
  std::int32_t share = -1;
  payer_role role = payer_role::owner;
  if (find(column::account) != nullptr) {
    account = account_ids_.add(cell_text(column::account), near_account());
    if (const cell* named = find(column::role))
      if (const auto at = word(*named, words::payer_role)) role = static_cast<payer_role>(*at);
    share = share_of_row();
  }
  const auto attributes = static_cast<std::int32_t>(table_layout::attributes + static_cast<std::int32_t>(units_.declared->size()));
  bool of_account = find(column::role) != nullptr || find(column::share) != nullptr;
  bool attributes_given = false;
  for (std::size_t i = 0; i < cells.size(); ++i) attributes_given = attributes_given || (layout().slots[i] >= attributes && !cells[i].text.empty());
  of_account = of_account || attributes_given;
  if (account == id_table::none && of_account) fault("F104", "", {{"name", "account"}, {"table", "units"}});
  if (account != id_table::none && attributes_given) account_of_units(cells, account);
  if (account != id_table::none && (!whole || fault_in_row_)) units_with_wrong_tenures_.emplace(unit_of_row_);
  holders_.add(account, share, role);
}

void loader::account_of_units(std::span<const cell> cells, std::uint32_t account) {
  account_of_row_ = cell_text(column::account);  // its mistakes follow the account too
  accounts_.open_row(account, static_cast<std::uint32_t>(row_) | row_of_units);
  accounts_.from.back() = units_.from.back();
  accounts_.to.back() = civil_day{word_column::missing};
  const std::size_t declared = accounts_.declared->size();
  const auto first = table_layout::attributes + static_cast<std::int32_t>(units_.declared->size());
  filled_.assign(declared, 0);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (layout().slots[i] < first || cells[i].text.empty()) continue;
    const auto at = static_cast<std::size_t>(layout().slots[i] - first);
    filled_[at] = 1;
    take_attribute(accounts_, at, cells[i], "account");
  }
  for (std::size_t i = 0; i < declared; ++i)
    if (filled_[i] == 0) accounts_.add_missing(i);
}

void loader::account_row(std::span<const cell> cells) { attribute_row(accounts_, column::account, false, cells); }

}  // namespace detail

DUES_END
