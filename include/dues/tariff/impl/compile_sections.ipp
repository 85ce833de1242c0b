// SPDX-License-Identifier: Apache-2.0
//
// What the sections beside fees have in common: lists of fees and of words, roundings, literals
// within bounds, and the warning that this version does not carry them out.
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

void compiler::read_sections(object_reader& top) {
  for (std::size_t i = 0; i < made_.fees.size(); ++i) fee_places_.emplace(made_.fees[i].id, static_cast<std::int32_t>(i));
  read_prepayments(top.get("prepayments"));
  read_discounts(top.get("discounts"));
  read_discount_limits(top.get("discount_limits"));
  const std::string left = settle_computed();
  read_payments(top.get("payments"));
  read_plans(top.get("plans"));
  read_arrears(top.get("arrears"));
  if (const json_node node = top.get("discounts"); node && !left.empty()) found_.add(make_diagnostic("T160", node.pointer(), {{"what", left}}));
}

void compiler::refuse(json_node at, std::string what) { found_.add(make_diagnostic("T230", at.pointer(), {{"what", std::move(what)}})); }

std::vector<json_node> compiler::needed_parts(object_reader& reader, std::string_view name, std::size_t least, std::size_t most) {
  const json_node field = reader.need(name);
  if (field && field.is(node_kind::array) && field.size() < least)
    reader.wrong_type(field, "a list of at least " + std::to_string(least));
  return parts(field, most);
}

// A fee of a later release is known by its id alone; that it is refused was told.
std::vector<std::int32_t> compiler::read_fee_list(object_reader& reader, json_node field) {
  std::vector<std::int32_t> out;
  if (!field) return out;
  if (field.is(node_kind::array) && field.size() == 0) reader.wrong_type(field, "at least one fee");
  std::set<std::string_view> seen;
  for (const json_node member : parts(field, limits_.fees)) {
    const auto id = reader.text(member);
    if (!id) continue;
    if (!seen.insert(member.text()).second) {
      found_.add(make_diagnostic("T109", member.pointer(), {{"of", std::string(field.key())}, {"id", *id}}));
      continue;
    }
    const auto at = fee_places_.find(*id);
    if (at != fee_places_.end()) {
      out.push_back(at->second);
    } else if (!refused_fees_.contains(*id)) {
      std::vector<std::string_view> known(refused_fees_.begin(), refused_fees_.end());
      for (const fee& one : made_.fees) known.push_back(one.id);
      found_.add(make_diagnostic("T110", member.pointer(), {{"of", "fee"}, {"id", shortened(*id)}, {"nearest", nearest(*id, known)}}));
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

template <class Enum, std::size_t N>
std::vector<Enum> compiler::read_word_list(object_reader& reader, json_node field, const std::array<std::string_view, N>& words) {
  std::vector<Enum> out;
  if (!field) return out;
  if (field.is(node_kind::array) && field.size() == 0) reader.wrong_type(field, "at least one of " + listed(words));
  constexpr std::size_t most_words = 100;
  for (const json_node member : parts(field, most_words)) {
    const auto word = reader.word(member, words);
    if (!word) continue;
    const auto one = static_cast<Enum>(*word);
    if (std::find(out.begin(), out.end(), one) != out.end())
      found_.add(make_diagnostic("T109", member.pointer(), {{"of", std::string(field.key())}, {"id", std::string(member.text())}}));
    else
      out.push_back(one);
  }
  return out;
}

section_rounding compiler::read_section_rounding(object_reader& reader) {
  section_rounding made;
  made.places = static_cast<int>(reader.integer(reader.get("places"), 0, made_.minor_units).value_or(made_.minor_units));
  made.mode = reader.choice("mode", words::rounding_mode, rounding_mode::half_up);
  return made;
}

// Only what a document states outright; what an expression gives is known when it is evaluated.
void compiler::check_literal(const std::optional<expression>& made, const decimal& least, const std::optional<decimal>& most, std::string_view wanted) {
  if (!made || !made->is_literal()) return;
  if (made->literal() >= least && (!most || made->literal() <= *most)) return;
  const std::string& at = made->pointer();
  found_.add(make_diagnostic("T117", at, {{"name", at.substr(at.rfind('/') + 1)}, {"is", shortened(made->source())}, {"wanted", std::string(wanted)}}));
}

}  // namespace detail

DUES_END
