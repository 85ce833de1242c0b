// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/facts/impl/loader.hpp>

#include <algorithm>
#include <utility>

DUES_BEGIN

namespace detail {

void raw_attributes::begin(const std::vector<attribute>& attributes) {
  declared = &attributes;
  numbers.resize(attributes.size());
  words.resize(attributes.size());
}

void raw_attributes::open_row(std::uint32_t row_id, std::size_t source_row) {
  id.push_back(row_id);
  from.push_back(first_day);
  to.push_back(open_end);
  source.push_back(static_cast<std::uint32_t>(source_row));
}

std::uint32_t loader::arrivals::add(std::string_view text) {
  std::string key(text);
  const auto [at, fresh] = places.try_emplace(std::move(key), static_cast<std::uint32_t>(ids.size()));
  if (fresh) ids.emplace_back(text);
  return at->second;
}

loader::loader(std::shared_ptr<const program> tariff, diagnostics& found)
    : tariff_(std::move(tariff)), found_(found), made_(std::make_shared<facts>()) {
  made_->tariff = tariff_;
  units_.begin(tariff_->unit_attributes);
  accounts_.begin(tariff_->account_attributes);
  subscription_attributes_.begin(tariff_->subscription_attributes);
}

void loader::version(std::string_view text) {
  constexpr std::string_view known = "1";
  if (std::exchange(versioned_, true)) found_.add(make_diagnostic("F109", "/dues_facts", {{"is", "dues_facts"}, {"what", "the version stands once"}}));
  if (text == known) return;
  refused_ = true;
  found_.add(make_diagnostic("F112", "/dues_facts", {{"is", shortened(text)}, {"known", std::string(known)}}));
}

bool loader::has_version() {
  if (!versioned_) found_.add(make_diagnostic("F104", "/dues_facts", {{"name", "dues_facts"}, {"table", "the document"}}));
  return versioned_;
}

std::span<const std::string_view> needed_columns(std::string_view table) {
  static constexpr std::array<std::string_view, 4> unit{"unit", "from"}, account{"account", "from"}, tenure{"unit", "account", "role", "from"},
      subscription{"subscription", "unit", "fee", "from"}, occupancy{"unit", "from", "state"}, calendar{"calendar"}, calendar_day{"calendar", "date", "is"};
  const auto first = [](const auto& all, std::size_t count) { return std::span<const std::string_view>(all).first(count); };
  if (table == "units") return first(unit, 2);
  if (table == "accounts") return first(account, 2);
  if (table == "tenures") return tenure;
  if (table == "subscriptions") return subscription;
  if (table == "occupancy") return first(occupancy, 3);
  return table == "calendars" ? first(calendar, 1) : first(calendar_day, 3);
}

inline constexpr std::array<std::string_view, 7> fact_tables{"units", "accounts", "tenures", "subscriptions", "occupancy", "calendars", "calendar_days"};

void loader::table(std::string_view name) {
  static constexpr std::array<std::string_view, 10> later{"free_days", "suspensions", "meters", "readings", "usage_before",
                                                          "figures", "references", "coupons", "tags", "stays"};
  const std::string pointer = "/" + shortened(name);
  if (!tables_.emplace(name).second) found_.add(make_diagnostic("F109", pointer, {{"is", shortened(name)}, {"what", "a table stands once"}}));
  if (std::find(fact_tables.begin(), fact_tables.end(), name) != fact_tables.end()) return;
  refused_ = true;
  if (std::find(later.begin(), later.end(), name) != later.end())
    found_.add(make_diagnostic("F111", pointer, {{"table", std::string(name)}}));
  else
    found_.add(make_diagnostic("F101", pointer, {{"name", shortened(name)}, {"table", "the tables of facts"}, {"nearest", nearest(name, fact_tables)}}));
}

void loader::row(std::string_view table, std::size_t row, std::span<const cell> cells) {
  static constexpr std::array<maker, 7> makers{&loader::unit_row, &loader::account_row, &loader::tenure_row, &loader::subscription_row,
                                               &loader::occupancy_row, &loader::calendar_row, &loader::calendar_day_row};
  const auto at = std::find(fact_tables.begin(), fact_tables.end(), table);
  table_ = table;
  row_ = row;
  if (row == 0 && !tables_.contains(table)) this->table(table);
  if (at != fact_tables.end()) (this->*makers[static_cast<std::size_t>(at - fact_tables.begin())])(row, cells);
}

void loader::take_attribute(raw_attributes& into, std::size_t column, const cell& one, std::size_t, std::string_view of) {
  const attribute& declared = (*into.declared)[column];
  const auto out_of = [&](const std::string& wanted) {
    fault("F103", one.name, {{"name", std::string(of) + "." + declared.id}, {"is", shortened(one.text)}, {"wanted", wanted}});
  };
  if (declared.type == value_type::number) {
    const auto value = number(one);
    const auto fail = [&](bool wrong, const char* what, const std::optional<decimal>& bound) {
      if (wrong) out_of(std::string(what) + " " + bound->to_text());
      return wrong;
    };
    if (!value || fail(declared.above && !(*value > *declared.above), "above", declared.above) ||
        fail(declared.at_least && *value < *declared.at_least, "at least", declared.at_least) ||
        fail(declared.at_most && *value > *declared.at_most, "at most", declared.at_most))
      return into.numbers[column].add_missing();
    return into.numbers[column].add(*value);
  }
  word_column& words = into.words[column];
  switch (declared.type) {
    case value_type::choice: {
      const std::vector<std::string_view> choices(declared.words.begin(), declared.words.end());
      const auto found = word(one, choices);
      return found ? words.add(static_cast<std::int32_t>(*found)) : words.add_missing();
    }
    case value_type::yes_no: {
      static constexpr std::array<std::string_view, 2> truths{"false", "true"};
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
        out_of("a text");
        return words.add_missing();
      }
      return words.add(made_->texts.add(one.text));
  }
}

void loader::attribute_row(raw_attributes& into, arrivals& ids, std::string_view key, bool has_to, std::size_t row, std::span<const cell> cells) {
  const std::array<std::string_view, 2> needed{key, "from"};
  if (!begin_row(table_, needed, cells)) return;
  into.open_row(ids.add(cell_text(key)), row);
  into.from.back() = day("from", first_day);
  into.to.back() = civil_day{word_column::missing};
  if (has_to && find("to") != nullptr) into.to.back() = day("to", open_end);
  day("recorded", first_day);
  const std::vector<attribute>& declared = *into.declared;
  std::vector<bool>& filled = filled_;
  filled.assign(declared.size(), false);
  std::size_t guess = 0;  // columns mostly come in the order they are declared
  for (const cell& one : cells) {
    if (one.name == key || one.name == "from" || one.name == "recorded" || (has_to && one.name == "to")) continue;
    std::size_t at = declared.size();
    for (std::size_t k = 0; k < declared.size(); ++k) {
      const std::size_t i = (guess + k) % declared.size();
      if (declared[i].id == one.name) {
        at = i;
        break;
      }
    }
    if (at == declared.size()) {
      std::vector<std::string_view> known{key, "from", "recorded"};
      if (has_to) known.push_back("to");
      for (const attribute& a : declared) known.push_back(a.id);
      fault("F101", one.name, {{"name", shortened(one.name)}, {"table", std::string(table_)}, {"nearest", nearest(one.name, known)}});
      continue;
    }
    guess = at + 1;
    if (filled[at] || (one.text.empty() && one.kind == cell_kind::text)) continue;
    filled[at] = true;
    take_attribute(into, at, one, row, key);
  }
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (filled[i]) continue;
    if (declared[i].type == value_type::number) into.numbers[i].add_missing();
    else into.words[i].add_missing();
  }
}

void loader::unit_row(std::size_t row, std::span<const cell> cells) { attribute_row(units_, unit_ids_, "unit", true, row, cells); }

void loader::account_row(std::size_t row, std::span<const cell> cells) { attribute_row(accounts_, account_ids_, "account", false, row, cells); }

void loader::tenure_row(std::size_t row, std::span<const cell> cells) {
  static constexpr std::array<std::string_view, 4> needed{"unit", "account", "role", "from"};
  static constexpr std::array<std::string_view, 7> known{"unit", "account", "role", "from", "to", "share", "recorded"};
  if (!begin_row("tenures", needed, cells)) return;
  unknown_columns(known);
  raw_tenure raw{std::string(cell_text("unit")), std::string(cell_text("account")), {}, row};
  if (const auto role = word(*find("role"), words::payer_role)) raw.made.role = static_cast<payer_role>(*role);
  raw.made.days = {day("from", first_day), day("to", open_end)};
  day("recorded", first_day);
  if (raw.made.days.empty())
    fault("F106", "to", {{"what", "tenure"}, {"unit", raw.unit}, {"from", to_text(raw.made.days.from)}, {"is", "it ends before it begins"}});
  if (const cell* share = find("share")) {
    if (const auto part = percentage(*share)) {
      const auto [at, fresh] = share_places_.try_emplace(*part, static_cast<std::int32_t>(made_->shares.size()));
      if (fresh) made_->shares.push_back(*part);
      raw.made.share = at->second;
    }
  }
  account_ids_.add(raw.account);
  tenures_.push_back(std::move(raw));
}

void loader::subscription_row(std::size_t row, std::span<const cell> cells) {
  static constexpr std::array<std::string_view, 4> needed{"subscription", "unit", "fee", "from"};
  if (!begin_row("subscriptions", needed, cells)) return;
  std::vector<std::string_view> known{"subscription", "unit", "fee", "account", "from", "to", "quantity", "price", "recorded"};
  for (const attribute& a : tariff_->subscription_attributes) known.push_back(a.id);
  unknown_columns(known);
  raw_subscription raw{std::string(cell_text("unit")), std::string(cell_text("account")), {}, row};
  raw.made.id = cell_text("subscription");
  raw.made.fee = tariff_->fee_index(cell_text("fee"));
  if (raw.made.fee < 0 || tariff_->fees[static_cast<std::size_t>(raw.made.fee)].scope != fee_scope::subscription) {
    std::vector<std::string_view> fees;
    for (const fee& f : tariff_->fees)
      if (f.scope == fee_scope::subscription) fees.push_back(f.id);
    fault("F105", "fee", {{"what", "fee for_each subscription"}, {"is", shortened(cell_text("fee"))}, {"nearest", nearest(cell_text("fee"), fees)}});
    return;
  }
  raw.made.days = {day("from", first_day), day("to", open_end)};
  day("recorded", first_day);
  if (raw.made.days.empty())
    fault("F106", "to", {{"what", "subscription"}, {"unit", raw.unit}, {"from", to_text(raw.made.days.from)}, {"is", "it ends before it begins"}});
  if (const cell* quantity = find("quantity")) raw.made.quantity = number(*quantity);
  if (const cell* price = find("price")) raw.made.price = number(*price);
  raw.made.row = static_cast<std::uint32_t>(subscription_attributes_.id.size());
  subscription_attributes_.open_row(raw.made.row, row);
  for (std::size_t i = 0; i < tariff_->subscription_attributes.size(); ++i) {
    const attribute& declared = tariff_->subscription_attributes[i];
    if (const cell* one = find(declared.id)) take_attribute(subscription_attributes_, i, *one, row, "subscription");
    else if (declared.type == value_type::number) subscription_attributes_.numbers[i].add_missing();
    else subscription_attributes_.words[i].add_missing();
  }
  if (!raw.account.empty()) account_ids_.add(raw.account);
  subscriptions_.push_back(std::move(raw));
}

void loader::occupancy_row(std::size_t row, std::span<const cell> cells) {
  static constexpr std::array<std::string_view, 3> needed{"unit", "from", "state"};
  static constexpr std::array<std::string_view, 6> known{"unit", "from", "to", "approved", "state", "recorded"};
  static constexpr std::array<std::string_view, 2> states{"occupied", "vacant"};
  if (!begin_row("occupancy", needed, cells)) return;
  unknown_columns(known);
  raw_occupancy raw{std::string(cell_text("unit")), {}, row};
  raw.made.days = {day("from", first_day), day("to", open_end)};
  day("recorded", first_day);
  if (const auto state = word(*find("state"), states)) raw.made.state = static_cast<occupancy_state>(*state);
  if (find("approved") != nullptr) raw.made.approved = day("approved", first_day);
  if (raw.made.days.empty())
    fault("F106", "to", {{"what", "occupancy"}, {"unit", raw.unit}, {"from", to_text(raw.made.days.from)}, {"is", "it ends before it begins"}});
  occupancies_.push_back(std::move(raw));
}

void loader::calendar_row(std::size_t, std::span<const cell> cells) {
  static constexpr std::array<std::string_view, 1> needed{"calendar"};
  static constexpr std::array<std::string_view, 5> known{"calendar", "from", "to", "weekend", "recorded"};
  static constexpr std::array<std::string_view, 7> days{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  if (!begin_row("calendars", needed, cells)) return;
  unknown_columns(known);
  raw_calendar& raw = calendars_[std::string(cell_text("calendar"))];
  if (raw.declared) fault("F109", "calendar", {{"is", shortened(cell_text("calendar"))}, {"what", "a calendar has one row"}});
  raw.declared = true;
  raw.covered = {day("from", first_day), day("to", last_day + 1)};
  if (raw.covered.empty())
    fault("F106", "to", {{"what", "calendar"}, {"unit", shortened(cell_text("calendar"))}, {"from", to_text(raw.covered.from)}, {"is", "it ends before it begins"}});
  const cell* weekend = find("weekend");
  if (weekend == nullptr) return;
  std::string_view rest = weekend->text;
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    const auto at = word(cell{"weekend", one, cell_kind::text}, days);
    if (at) raw.weekend |= 1U << *at;
  }
}

void loader::calendar_day_row(std::size_t row, std::span<const cell> cells) {
  static constexpr std::array<std::string_view, 3> needed{"calendar", "date", "is"};
  static constexpr std::array<std::string_view, 4> known{"calendar", "date", "is", "recorded"};
  static constexpr std::array<std::string_view, 2> kinds{"holiday", "business_day"};
  if (!begin_row("calendar_days", needed, cells)) return;
  unknown_columns(known);
  const civil_day when = day("date", first_day);
  const auto kind = word(*find("is"), kinds);
  if (kind) calendars_[std::string(cell_text("calendar"))].exceptions.push_back({when, *kind == 1, row});
}

}  // namespace detail

DUES_END
