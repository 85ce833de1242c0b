// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/explain/explain.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

// The text for a key in a language; nothing when the catalogue does not know it.
inline std::optional<std::string> phrase_in(const std::string& key, const language& words) {
  if (const auto laid_over = words.text(key)) return std::string(*laid_over);
  const auto all = phrases();
  const auto at = std::lower_bound(all.begin(), all.end(), key, [](const phrase& one, const std::string& wanted) { return one.key < wanted; });
  if (at == all.end() || at->key != key) return std::nullopt;
  return std::string(words.is_chinese() ? at->zh : at->en);
}

// A fact, a value or an input, by the name that its tariff gives it.
inline std::string shown_name(const program& tariff, const std::string& name, const language& words) {
  const auto of = [&](std::string_view prefix, const auto& parts) -> std::optional<std::string> {
    if (!name.starts_with(prefix)) return std::nullopt;
    for (const auto& part : parts)
      if (part.id == std::string_view(name).substr(prefix.size())) return std::string(part.name.in(words.tag(), name));
    return std::nullopt;
  };
  if (auto found = of("unit.", tariff.unit_attributes)) return *found;
  if (auto found = of("account.", tariff.account_attributes)) return *found;
  if (auto found = of("subscription.", tariff.subscription_attributes)) return *found;
  if (auto found = of("value.", tariff.values)) return *found;
  return phrase_in("name." + name, words).value_or(name);
}

inline std::string discount_name(const program& tariff, const std::string& id, const language& words) {
  for (const discount& one : tariff.discounts)
    if (one.id == id) return std::string(one.name.in(words.tag(), id));
  return id;
}

// Whether an input is a share, which people write with a percent sign.
inline bool is_rate(const program& tariff, const std::string& name) {
  if (name == "factor" || name == "share" || name == "rate") return true;
  for (const named_value& value : tariff.values)
    if (value.type == value_type::rate && name == "value." + value.id) return true;
  return false;
}

// A fraction with a denominator that says little is shown with its decimals beside it.
inline std::string shown_fraction(const std::string& text) {
  constexpr std::size_t telling = 2;  // digits: days over the days of a month say it well
  constexpr int places = 4;
  const std::size_t slash = text.find('/');
  const auto value = slash != std::string::npos && text.size() - slash - 1 > telling ? exact256::parse(text) : std::nullopt;
  int128 rounded;
  if (!value || !value->round(places, rounding_mode::half_up, rounded)) return text;
  const auto near = decimal::make(rounded, places);
  return near ? text + " (≈ " + near->to_text() + ")" : text;
}

// A word of the tariff language; "from_day:15" keeps its number.
inline std::string shown_word(const std::string& word, const language& words) {
  if (word.find('/') != std::string::npos) return shown_fraction(word);
  const std::size_t colon = word.find(':');
  const auto found = phrase_in("word." + word.substr(0, colon), words);
  if (!found) return word;
  return colon == std::string::npos ? *found : *found + " " + word.substr(colon + 1);
}

// Half-open ranges are shown with their last day.
inline std::string shown_ranges(std::string_view text) {
  std::string out;
  for (const std::string_view one : words_of(text)) {
    const auto range = range_from(one);
    if (!range) return std::string(text);
    if (!out.empty()) out += ", ";
    out += to_text(range->from);
    if (range->days() > 1) out += " ~ " + to_text(range->to - 1);
  }
  return out;
}

}  // namespace detail

std::string sentence(const program& tariff, const step& one, const language& words) {
  std::vector<std::pair<std::string, std::string>> values;
  std::string terms, list, rest;
  const bool sum = one.does == "add_lines";
  for (std::size_t i = 0; i < one.inputs.size(); ++i) {
    const step_input& in = one.inputs[i];
    const bool range = in.name == "month" || in.name == "covered" || in.name == "range" || in.name == "period";
    const auto rate = detail::is_rate(tariff, in.name) ? exact128::parse(in.value) : std::nullopt;
    const std::string shown = in.name == "discount" ? detail::discount_name(tariff, in.value, words) : rate ? percent_text(*rate) : range ? detail::shown_ranges(in.value) : detail::shown_word(in.value, words);
    const std::string name = sum ? std::string() : detail::shown_name(tariff, in.name, words);
    const std::string named = in.name == "left" || in.name == "right" || name.empty() ? shown : name + " " + shown;
    if (i != 0) terms += sum ? " + " : " x ";
    terms += named;
    list += (i == 0 ? "" : ", ") + shown;
    if (i != 0) rest += (i == 1 ? "" : ", ") + (in.name.starts_with("value") && in.name.find('.') == std::string::npos ? shown : named);
    values.emplace_back(in.name == "value" ? "before" : in.name, shown);
    if (i == 0) {
      values.emplace_back("name1", name);
      values.emplace_back("value1", shown);
    }
  }
  const bool looked_up = one.does == "look_up" || one.does == "read";
  const auto found = looked_up && !one.inputs.empty() && detail::is_rate(tariff, one.inputs[0].name) ? exact128::parse(one.value) : std::nullopt;
  values.emplace_back("terms", terms);
  values.emplace_back("values", list);
  values.emplace_back("rest", rest);
  values.emplace_back("value", found ? percent_text(*found) : detail::shown_word(one.value, words));
  const auto pattern = detail::phrase_in("step." + one.does + (one.does == "look_up" && one.inputs.size() > 1 ? "_by" : ""), words);
  return pattern ? fill(*pattern, values) : one.does + ": " + terms + " = " + one.value;
}

DUES_END
