// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/tariff/object_reader.hpp>

#include <algorithm>
#include <charconv>

DUES_BEGIN

civil_day on_year(month_day when, int year) {
  const unsigned last = days_in_month(year, when.month);
  return *day_from(year, when.month, std::min<unsigned>(when.day, last));
}

std::optional<month_day> parse_month_day(std::string_view text) {
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  for (const std::size_t i : {0U, 1U, 3U, 4U})
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  const int month = (text[0] - '0') * 10 + text[1] - '0';
  const int day = (text[3] - '0') * 10 + text[4] - '0';
  constexpr int a_leap_year = 2024;
  if (month < 1 || month > 12 || day < 1) return std::nullopt;
  if (static_cast<unsigned>(day) > days_in_month(a_leap_year, static_cast<unsigned>(month))) return std::nullopt;
  return month_day{static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
}

std::string shown(json_node field) {
  if (field.kind() != node_kind::text && field.kind() != node_kind::number)
    return std::string(describe(field.kind()));
  const std::string text = shortened(field.text());
  return field.kind() == node_kind::text ? "'" + text + "'" : text;
}

object_reader::object_reader(json_node node, std::string_view of,
                             std::span<const std::string_view> known,
                             std::span<const std::string_view> later, const tariff_limits& limits, diagnostics& found)
    : node_(node), of_(of), limits_(limits), found_(found) {
  if (!node) return;
  if (!node.is(node_kind::object)) {
    wrong_type(node, "an object");
    return;
  }
  usable_ = true;
  for (json_node member = node.first(); member; member = member.next()) {
    const std::string_view name = member.key();
    if (member.kind() == node_kind::null) {
      wrong_type(member, "a value, or no field at all");
    } else if (std::find(later.begin(), later.end(), name) != later.end()) {
      found_.add(make_diagnostic("T150", member.pointer(), {{"what", std::string(of) + "." + shortened(name)}}));
    } else if (std::find(known.begin(), known.end(), name) == known.end()) {
      std::vector<std::string_view> names(known.begin(), known.end());
      names.insert(names.end(), later.begin(), later.end());
      // The word for an end is `through` in a tariff and `to` in facts: the commonest slip.
      std::string_view near = found.errors() < diagnostics::limit ? nearest_name(name, names) : std::string_view();
      if (name == "to" && std::find(names.begin(), names.end(), "through") != names.end()) near = "through";
      found_.add(make_diagnostic("T101", member.pointer(),
                                 {{"name", shortened(name)}, {"of", std::string(of)}, {"nearest", std::string(near)}}));
    }
  }
}

json_node object_reader::get(std::string_view name) const {
  if (!usable_) return {};
  const json_node field = node_.find(name);
  return field && field.kind() != node_kind::null ? field : json_node();
}

json_node object_reader::need(std::string_view name) {
  const json_node field = get(name);
  if (!field && usable_ && !node_.find(name))
    found_.add(make_diagnostic("T108", node_.pointer(), {{"of", std::string(of_)}, {"name", std::string(name)}}));
  return field;
}

void object_reader::wrong_type(json_node field, std::string_view wanted) {
  const std::string name = field.key().empty() ? std::string(of_) : shortened(field.key());
  found_.add(make_diagnostic("T100", field.pointer(), {{"name", name}, {"is", shown(field)}, {"wanted", std::string(wanted)}}));
}

std::optional<std::string> object_reader::text(json_node field) {
  if (!field) return std::nullopt;
  if (!field.is(node_kind::text) || field.text().empty()) {
    wrong_type(field, "a text");
    return std::nullopt;
  }
  if (field.text().size() > limits_.text_bytes) {
    found_.add(make_diagnostic("T208", field.pointer(), {{"is", "a text of " + std::to_string(field.text().size()) + " bytes"},
                                                         {"limit", std::to_string(limits_.text_bytes) + " bytes"}}));
    return std::nullopt;
  }
  return std::string(field.text());
}

bool object_reader::too_many(json_node field, std::size_t most) {
  if (field.size() <= most) return false;
  const std::string name = field.key().empty() ? std::string(of_) : shortened(field.key());
  found_.add(make_diagnostic("T208", field.pointer(), {{"is", std::to_string(field.size()) + " " + name}, {"limit", std::to_string(most)}}));
  return true;
}

std::optional<bool> object_reader::boolean(json_node field) {
  if (!field) return std::nullopt;
  if (!field.is(node_kind::boolean)) {
    wrong_type(field, "true or false");
    return std::nullopt;
  }
  return field.truth();
}

std::optional<std::int64_t> object_reader::integer(json_node field, std::int64_t least, std::int64_t most) {
  if (!field) return std::nullopt;
  std::int64_t value = 0;
  const std::string_view text = field.text();
  const bool sort = field.is(node_kind::number);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string wanted = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  if (!sort || text.empty() || error == std::errc::invalid_argument || (error == std::errc() && end != text.data() + text.size())) {
    wrong_type(field, wanted);
    return std::nullopt;
  }
  if (error != std::errc() || value < least || value > most) {
    found_.add(make_diagnostic("T117", field.pointer(), {{"name", std::string(field.key())}, {"is", shortened(text)}, {"wanted", wanted}}));
    return std::nullopt;
  }
  return value;
}

std::optional<decimal> object_reader::percentage(json_node field) {
  if (!field) return std::nullopt;
  std::string_view text = field.text();
  const bool sign = field.is(node_kind::text) && text.ends_with('%');
  if (sign) text.remove_suffix(1);
  const auto value = decimal::parse(text);
  if (value && !sign) {
    found_.add(make_diagnostic("T103", field.pointer(), {{"text", shortened(field.text())}}));
    return std::nullopt;
  }
  constexpr int hundred = 2;
  const auto made = value ? decimal::make(value->coefficient(), value->scale() + hundred) : std::nullopt;
  if (!made) wrong_type(field, "a percentage, \"3.10%\"");
  return made;
}

void object_reader::version(std::string_view name) {
  const json_node field = need(name);
  if (field && field.text() != "1") found_.add(make_diagnostic("T100", field.pointer(), {{"name", std::string(name)}, {"is", shown(field)}, {"wanted", "\"1\""}}));
}

std::optional<decimal> object_reader::number(json_node field) {
  if (!field) return std::nullopt;
  if (!field.is(node_kind::number) && !field.is(node_kind::text)) {
    wrong_type(field, "a number");
    return std::nullopt;
  }
  decimal_error why = decimal_error::none;
  if (const auto value = decimal::parse(field.text(), &why)) return value;
  if (why == decimal_error::exponent)
    found_.add(make_diagnostic("T115", field.pointer(), {{"text", shortened(field.text())}}));
  else if (field.text().ends_with('%'))
    found_.add(make_diagnostic("T104", field.pointer(), {{"text", shortened(field.text())}}));
  else if (why == decimal_error::too_many_digits || why == decimal_error::too_many_places)
    found_.add(make_diagnostic("T208", field.pointer(), {{"is", shown(field)}, {"limit", "38 digits, 18 of them after the point"}}));
  else
    wrong_type(field, "a number");
  return std::nullopt;
}

std::optional<civil_day> object_reader::date(json_node field) {
  if (!field) return std::nullopt;
  if (!field.is(node_kind::text)) {
    wrong_type(field, "a day, YYYY-MM-DD");
    return std::nullopt;
  }
  const auto day = parse_day(field.text());
  if (!day) found_.add(make_diagnostic("T107", field.pointer(), {{"text", shown(field)}}));
  return day;
}

std::optional<month_day> object_reader::yearly(json_node field) {
  if (!field) return std::nullopt;
  const auto day = field.is(node_kind::text) ? parse_month_day(field.text()) : std::nullopt;
  if (!day) found_.add(make_diagnostic("T107", field.pointer(), {{"text", shown(field)}}));
  return day;
}

std::optional<std::size_t> object_reader::word(json_node field, std::span<const std::string_view> words) {
  if (!field) return std::nullopt;
  if (!field.is(node_kind::text)) {
    wrong_type(field, listed(words));
    return std::nullopt;
  }
  const auto at = std::find(words.begin(), words.end(), field.text());
  if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
  found_.add(make_diagnostic("T105", field.pointer(),
                             {{"word", shortened(field.text())}, {"words", listed(words)},
                              {"nearest", std::string(nearest_name(field.text(), words))}}));
  return std::nullopt;
}

std::optional<std::string> object_reader::id(json_node field, bool readable) {
  const auto found = text(field);
  if (!found) return std::nullopt;
  bool fine = found->size() <= longest_id && (*found)[0] >= 'a' && (*found)[0] <= 'z';
  for (const char c : *found)
    fine = fine && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c == '-' && !readable));
  if (!fine) {
    found_.add(make_diagnostic("T118", field.pointer(), {{"id", shortened(*found)}}));
    return std::nullopt;
  }
  return found;
}

names object_reader::localized(json_node field) {
  names out;
  if (!field) return out;
  if (!field.is(node_kind::object) || field.size() == 0) {
    wrong_type(field, "texts by language, {\"zh\": ..., \"en\": ...}");
    return out;
  }
  if (too_many(field, limits_.texts)) return out;
  for (json_node member = field.first(); member; member = member.next())
    if (const auto found = text(member)) out.add(std::string(member.key()), *found);
  return out;
}

std::vector<std::string> object_reader::texts(json_node field) {
  std::vector<std::string> out;
  if (field && too_many(field, limits_.texts)) return out;
  for (const json_node member : list(field))
    if (auto found = text(member)) out.push_back(std::move(*found));
  return out;
}

std::vector<json_node> object_reader::list(json_node field) {
  std::vector<json_node> out;
  if (!field) return out;
  if (!field.is(node_kind::array)) {
    wrong_type(field, "a list");
    return out;
  }
  for (json_node member = field.first(); member; member = member.next()) out.push_back(member);
  return out;
}

std::string_view object_reader::one_of(std::span<const std::string_view> options, bool optional) {
  std::string_view one;
  std::string has;
  int count = 0;
  for (const std::string_view option : options)
    if (has.size() < 200 && node_ && usable_ && node_.find(option)) {
      one = option;
      has += (count++ == 0 ? "" : " and ") + std::string(option);
    }
  if (count == 1 || (count == 0 && optional)) return one;
  if (usable_)
    found_.add(make_diagnostic("T106", node_.pointer(),
                               {{"of", std::string(of_)}, {"wanted", listed(options)}, {"has", count == 0 ? "none" : has}}));
  return {};
}

DUES_END
