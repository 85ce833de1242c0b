// SPDX-License-Identifier: Apache-2.0
//
// Of a history: what all receivables share - published rates, calendars - and the facts of each.
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/penalty/impl/history_reader.hpp>

#include <set>

DUES_BEGIN

namespace detail {

inline constexpr std::size_t most_history_rows = 1'000'000;  // of one list

template <class Row>
void history_reader::rows(json_node list, std::string_view of, std::span<const std::string_view> fields, Row&& row) {
  if (!list) return;
  if (!list.is(dues::node_kind::array)) {
    found_.add(make_diagnostic("T100", list.pointer(), {{"name", std::string(list.key())}, {"is", shown(list)}, {"wanted", "a list"}}));
    return;
  }
  if (list.size() > most_history_rows) {
    found_.add(make_diagnostic("T208", list.pointer(), {{"is", std::to_string(list.size()) + " rows"}, {"limit", std::to_string(most_history_rows)}}));
    return;
  }
  for (json_node member = list.first(); member; member = member.next()) {
    object_reader reader(member, of, fields, {}, limits_, found_);
    if (reader.usable()) row(reader);
  }
}

void history_reader::references(json_node list, std::map<std::string, reference_series, std::less<>>& into) {
  static constexpr std::array<std::string_view, 6> fields{"reference", "from", "to", "value", "cites", "note"};
  std::map<std::string, std::vector<reference_series::entry>, std::less<>> read;
  std::set<std::pair<std::string, civil_day>> seen;
  const std::size_t errors = found_.errors();
  rows(list, "row of references", fields, [&](object_reader& row) {
    const auto id = row.id(row.need("reference"), false);
    const auto from = row.date(row.need("from"));
    const auto to = row.date(row.get("to"));
    const auto value = row.percentage(row.need("value"));
    row.texts(row.get("cites"));
    row.localized(row.get("note"));
    if (!id || !from || !value || (row.has("to") && !to)) return;
    if (to && *to <= *from) {
      found_.add(make_diagnostic("T112", row.get("to").pointer(), {{"is", to_text(*to)}, {"before", to_text(*from)}}));
      return;
    }
    if (!seen.insert({*id, *from}).second) {
      found_.add(make_diagnostic("T109", row.node().pointer(), {{"of", "rows of " + *id}, {"id", to_text(*from)}}));
      return;
    }
    read[*id].push_back({*from, to.value_or(open_end), *value});
  });
  if (found_.errors() != errors) return;
  for (auto& [id, entries] : read) into.insert_or_assign(id, reference_series(id, std::move(entries)));
}

void history_reader::calendars(json_node list, std::map<std::string, business_calendar, std::less<>>& into) {
  static constexpr std::array<std::string_view, 5> fields{"calendar", "from", "to", "weekend", "days"};
  static constexpr std::array<std::string_view, 2> day_fields{"date", "is"};
  static constexpr std::array<std::string_view, 7> weekdays{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  static constexpr std::array<std::string_view, 2> kinds{"holiday", "business_day"};
  rows(list, "row of calendars", fields, [&](object_reader& row) {
    const auto id = row.id(row.need("calendar"), false);
    const auto from = row.date(row.need("from"));
    const auto to = row.date(row.need("to"));
    unsigned weekend = 0;
    for (const json_node one : row.list(row.get("weekend")))
      if (const auto day = row.word(one, weekdays)) weekend |= 1U << *day;
    std::map<civil_day, bool> days;
    rows(row.get("days"), "day of a calendar", day_fields, [&](object_reader& day) {
      const auto on = day.date(day.need("date"));
      const auto is = day.word(day.need("is"), kinds);
      if (on && is && !days.emplace(*on, *is == 1).second) found_.add(make_diagnostic("T109", day.node().pointer(), {{"of", "days of a calendar"}, {"id", to_text(*on)}}));
    });
    if (!id || !from || !to) return;
    if (!into.emplace(*id, business_calendar(*id, {*from, *to}, weekend, {days.begin(), days.end()})).second)
      found_.add(make_diagnostic("T109", row.node().pointer(), {{"of", "calendars"}, {"id", *id}}));
  });
}

void history_reader::facts(object_reader& of, receivable_history& into) {
  static constexpr std::array<std::string_view, 3> fields{"name", "is", "from"};
  rows(of.get("facts"), "fact", fields, [&](object_reader& row) {
    const auto name = row.text(row.need("name"));
    const json_node is = row.need("is");
    const auto from = row.date(row.get("from"));
    if (!name || !is || (row.has("from") && !from)) return;
    std::vector<std::string_view> known;
    for (const slot& one : tariff_->slots) {
      if (one.kind != slot_kind::unit && one.kind != slot_kind::account) continue;
      known.push_back(one.name);
      if (one.name != *name) continue;
      if (auto value = fact_value(row, one)) {
        value->from = from.value_or(first_day);
        into.attributes.push_back(std::move(*value));
      }
      return;
    }
    found_.add(make_diagnostic("T110", row.get("name").pointer(), {{"of", "attribute"}, {"id", shortened(*name)}, {"nearest", std::string(nearest_name(*name, known))}}));
  });
}

std::optional<known_attribute> history_reader::fact_value(object_reader& of, const slot& named) {
  known_attribute made;
  made.of = named.kind;
  made.column = named.index;
  const json_node is = of.get("is");
  const attribute& declared = (named.kind == slot_kind::unit ? tariff_->unit_attributes : tariff_->account_attributes)[static_cast<std::size_t>(named.index)];
  switch (declared.type) {
    case value_type::number:
    case value_type::rate: {
      const auto value = of.number(is);
      if (!value) return std::nullopt;
      made.number = *value;
      return made;
    }
    case value_type::yes_no: {
      const auto value = of.boolean(is);
      if (!value) return std::nullopt;
      made.word = *value ? 1 : 0;
      return made;
    }
    case value_type::date: {
      const auto value = of.date(is);
      if (!value) return std::nullopt;
      made.word = value->days;
      return made;
    }
    case value_type::choice: {
      std::vector<std::string_view> words(declared.words.begin(), declared.words.end());
      const auto value = of.word(is, words);
      if (!value) return std::nullopt;
      made.word = static_cast<std::int32_t>(*value);
      return made;
    }
    case value_type::text: break;
  }
  const auto value = of.text(is);
  if (!value) return std::nullopt;
  made.text = *value;
  return made;
}

}  // namespace detail

DUES_END
