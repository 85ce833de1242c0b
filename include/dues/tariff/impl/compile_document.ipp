// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/tariff/content_hash.hpp>
#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

inline constexpr std::string_view language_version = "1";

void compiler::describe(object_reader& reader, described& into, bool readable, bool name_needed) {
  into.pointer = reader.node().pointer();
  if (auto id = reader.id(reader.need("id"), readable)) into.id = std::move(*id);
  into.name = reader.localized(name_needed ? reader.need("name") : reader.get("name"));
  into.cites = reader.texts(reader.get("cites"));
  reader.localized(reader.get("note"));
}

void compiler::read_head(object_reader& top) {
  if (const auto version = top.text(top.need("dues_tariff")); version && *version != language_version)
    found_.add(make_diagnostic("T114", "/dues_tariff", {{"is", shortened(*version)}, {"known", std::string(language_version)}}));
  if (auto id = top.id(top.need("id"), false)) made_.id = std::move(*id);
  if (auto edition = top.text(top.need("edition"))) made_.edition = std::move(*edition);
  made_.name = top.localized(top.need("name"));
  made_.cites = top.texts(top.get("cites"));
  top.localized(top.get("note"));
  made_.life = {first_day, last_day + 1};
  if (const auto from = top.date(top.need("from"))) {
    made_.life.from = *from;
    life_known_ = true;
  }
  if (const auto through = top.date(top.get("through"))) {
    made_.life.to = *through + 1;
    if (made_.life.to <= made_.life.from)
      found_.add(make_diagnostic("T112", "/through", {{"is", to_text(*through)}, {"before", to_text(made_.life.from)}}));
  }
  if (const auto code = top.text(top.need("currency"))) {
    const currency* money = find_currency(*code);
    if (money == nullptr || money->minor_units < 0 ||
        (!money->until.empty() && to_text(made_.life.from).substr(0, 7) > money->until)) {
      found_.add(make_diagnostic("T113", "/currency", {{"is", shortened(*code)}, {"on", to_text(made_.life.from)}}));
    } else {
      made_.currency_code = *code;
      made_.minor_units = money->minor_units;
    }
  }
}

void compiler::read_reads(json_node node) {
  static constexpr std::array<std::string_view, 6> known{"unit", "account", "subscription", "meters", "references", "calendars"};
  static constexpr std::array<std::string_view, 2> later{"stay", "figures"};
  object_reader reader(node, "reads", known, later, limits_, found_);
  // What they declare is refused with them; that expressions read it is no second mistake.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> prefixes{{{"stay", "stay."}, {"figures", "figure."}}};
  for (const auto& [field, prefix] : prefixes)
    if (reader.has(field)) spoiled_.emplace(prefix);
  read_attributes(reader.get("unit"), slot_kind::unit, "unit.", made_.unit_attributes);
  read_attributes(reader.get("account"), slot_kind::account, "account.", made_.account_attributes);
  read_attributes(reader.get("subscription"), slot_kind::subscription, "subscription.", made_.subscription_attributes);
  read_references(reader.get("references"));
  for (const json_node calendar : parts(reader.get("calendars"), limits_.schedules))
    if (const auto id = reader.id(calendar, false)) made_.calendars.push_back(*id);
  read_meters(reader.get("meters"));
  add_slot(slot_kind::subscription_price, 0, value_type::number, "subscription.price");
  add_slot(slot_kind::subscription_quantity, 0, value_type::number, "subscription.quantity");
  add_slot(slot_kind::period_days, 0, value_type::number, "period.days");
  add_slot(slot_kind::period_months, 0, value_type::number, "period.months");
  add_slot(slot_kind::period_nominal_days, 0, value_type::number, "period.nominal_days");
  add_slot(slot_kind::period_share, 0, value_type::number, "period.share");
  add_slot(slot_kind::line_gross, 0, value_type::number, "line.gross");
  add_slot(slot_kind::line_remaining, 0, value_type::number, "line.remaining");
  add_slot(slot_kind::line_quantity, 0, value_type::number, "line.quantity");
  add_slot(slot_kind::bill_gross, 0, value_type::number, "bill.gross");
  add_slot(slot_kind::receivable_principal, 0, value_type::number, "receivable.principal");
  add_slot(slot_kind::receivable_open, 0, value_type::number, "receivable.open");
}

std::vector<json_node> compiler::parts(json_node node, std::size_t most) {
  std::vector<json_node> out;
  if (!node) return out;
  if (!node.is(node_kind::array)) {
    found_.add(make_diagnostic("T100", node.pointer(), {{"name", shortened(node.key())}, {"is", shown(node)}, {"wanted", "a list"}}));
  } else if (node.size() > most) {
    found_.add(make_diagnostic("T208", node.pointer(), {{"is", std::to_string(node.size()) + " " + std::string(node.key())}, {"limit", std::to_string(most)}}));
  } else {
    for (json_node member = node.first(); member; member = member.next()) out.push_back(member);
  }
  return out;
}

void compiler::read_attributes(json_node node, slot_kind kind, std::string_view prefix, std::vector<attribute>& into) {
  for (const json_node member : parts(node, limits_.attributes)) read_attribute(member, kind, prefix, into);
}

void compiler::check_unique(std::string_view room, std::string_view of, const std::string& id, json_node at) {
  if (!id.empty() && !ids_.emplace(room, id).second)
    found_.add(make_diagnostic("T109", at.pointer() + "/id", {{"of", std::string(of)}, {"id", id}}));
}

// Beyond the limit a mistake is only counted, so nobody sees what was searched for it.
std::string compiler::nearest(std::string_view word, std::span<const std::string_view> names) const {
  return found_.errors() < diagnostics::limit ? std::string(nearest_name(word, names)) : std::string();
}

void compiler::read_attribute(json_node node, slot_kind kind, std::string_view prefix, std::vector<attribute>& into) {
  static constexpr std::array<std::string_view, 11> known{
      "id", "type", "name", "cites", "note", "default", "unit", "above", "at_least", "at_most", "of"};
  // Columns that the tables of facts already have.
  static constexpr std::array<std::string_view, 11> reserved{
      "unit", "account", "from", "to", "role", "share", "recorded", "subscription", "fee", "approved", "tariff"};
  object_reader reader(node, "attribute", known, {}, limits_, found_);
  attribute made;
  describe(reader, made, true);
  const bool taken = kind == slot_kind::subscription && (made.id == "price" || made.id == "quantity");
  if (taken || std::find(reserved.begin(), reserved.end(), made.id) != reserved.end())
    found_.add(make_diagnostic("T230", node.pointer() + "/id", {{"what", "'" + made.id + "' is a column of the facts already"}}));
  check_unique(prefix, "attribute", made.id, node);
  const auto type = reader.word(reader.need("type"), words::attribute_type);
  if (!type && !made.id.empty()) spoiled_.insert(std::string(prefix) + made.id);
  if (!type || made.id.empty()) return;
  static constexpr value_type types[] = {value_type::number, value_type::choice, value_type::text, value_type::yes_no, value_type::date};
  made.type = types[*type];
  const auto only_for = [&](std::string_view field, value_type wanted) {
    if (reader.has(field) && made.type != wanted)
      found_.add(make_diagnostic("T230", reader.get(field).pointer(),
                                 {{"what", std::string(field) + " does not go with type " + std::string(words::attribute_type[*type])}}));
    return made.type == wanted;
  };
  if (only_for("of", value_type::choice)) read_words(reader, made);
  if (only_for("unit", value_type::number) && reader.has("unit")) made.unit = reader.text(reader.get("unit")).value_or("");
  if (only_for("above", value_type::number)) made.above = reader.number(reader.get("above"));
  if (only_for("at_least", value_type::number)) made.at_least = reader.number(reader.get("at_least"));
  if (only_for("at_most", value_type::number)) made.at_most = reader.number(reader.get("at_most"));
  if (made.type == value_type::number) read_bounds(reader, made);
  if (reader.has("default")) read_default(reader, made);
  add_slot(kind, static_cast<std::int32_t>(into.size()), made.type, std::string(prefix) + made.id);
  into.push_back(std::move(made));
}

void compiler::read_words(object_reader& reader, attribute& into) {
  const json_node of = reader.need("of");
  std::set<std::string_view> seen;
  for (const json_node word : parts(of, limits_.words)) {
    auto text = reader.text(word);
    if (!text) continue;
    if (!seen.insert(word.text()).second) found_.add(make_diagnostic("T109", word.pointer(), {{"of", "words"}, {"id", shortened(*text)}}));
    into.words.push_back(std::move(*text));
  }
  if (of.is(node_kind::array) && of.size() == 0) reader.wrong_type(of, "at least one word");
}

// Bounds that leave no number would make every fact a mistake, far from its cause.
void compiler::read_bounds(object_reader& reader, attribute& into) {
  const auto refuse = [&](const char* wanted, const decimal& bound) {
    found_.add(make_diagnostic("T117", reader.get("at_most").pointer(),
                               {{"name", "at_most"}, {"is", into.at_most->to_text()}, {"wanted", std::string(wanted) + bound.to_text()}}));
  };
  if (into.at_most && into.above && *into.at_most <= *into.above) refuse("above ", *into.above);
  else if (into.at_most && into.at_least && *into.at_most < *into.at_least) refuse("at least ", *into.at_least);
}

void compiler::read_default(object_reader& reader, attribute& into) {
  const json_node field = reader.get("default");
  into.has_default = true;
  switch (into.type) {
    case value_type::number: {
      const auto value = reader.number(field);
      if (!value) break;
      into.default_number = *value;
      // A division that trusts the bounds trusts them for the default too.
      const auto refuse = [&](bool wrong, const char* wanted, const std::optional<decimal>& bound) {
        if (wrong) found_.add(make_diagnostic("T117", field.pointer(), {{"name", "default"}, {"is", value->to_text()}, {"wanted", wanted + bound->to_text()}}));
      };
      refuse(into.above && *value <= *into.above, "above ", into.above);
      refuse(into.at_least && *value < *into.at_least, "at least ", into.at_least);
      refuse(into.at_most && *value > *into.at_most, "at most ", into.at_most);
      break;
    }
    case value_type::choice: {
      std::vector<std::string_view> choices(into.words.begin(), into.words.end());
      into.default_word = static_cast<std::int32_t>(reader.word(field, choices).value_or(0));
      break;
    }
    case value_type::text:
      if (!field.is(node_kind::text) || !field.text().empty()) into.default_text = reader.text(field).value_or("");
      break;
    case value_type::yes_no: into.default_word = reader.boolean(field).value_or(false) ? 1 : 0; break;
    case value_type::date: into.default_word = reader.date(field).value_or(first_day).days; break;
    case value_type::rate: break;
  }
}

void compiler::add_slot(slot_kind kind, std::int32_t index, value_type type, std::string name) {
  slot_places_.emplace(name, static_cast<std::int32_t>(made_.slots.size()));
  made_.slots.push_back({kind, index, type, std::move(name)});
}

bool compiler::is_spoiled(std::string_view name) const { return scope::is_excused(spoiled_, name); }

void compiler::warn_unused() {
  // Then not all was read.
  if (found_.errors() >= diagnostics::limit || pointer_bytes_ > limits_.pointer_bytes) return;
  // What a later release builds may well refer to it.
  for (const diagnostic& one : found_.all())
    if (one.code == "T150") return;
  const auto warn = [&](const described& part, std::string_view of) {
    if (!part.id.empty() && !used_.contains({std::string(of), part.id}))
      found_.add(make_diagnostic("T120", part.pointer, {{"of", std::string(of)}, {"id", part.id}}));
  };
  for (const auto& part : made_.values) warn(part, "value");
  for (const auto& part : made_.schedules) warn(part, "schedule");
  for (const auto& part : made_.taxes) warn(part, "tax");
  for (const auto& part : made_.funds) warn(part, "fund");
  for (const auto& part : made_.references) warn(part, "reference");
  for (const auto& part : made_.meters) warn(part, "meter");
  for (const auto& part : made_.penalties) warn(part, "penalty");
}

std::shared_ptr<const program> compiler::run() {
  static constexpr std::array<std::string_view, 22> known{
      "dues_tariff", "id", "edition", "from", "through", "currency", "name", "cites", "note", "reads", "values",
      "funds", "schedules", "taxes", "fees", "prepayments", "discounts", "discount_limits", "penalties", "payments",
      "plans", "arrears"};
  object_reader top(document_.root(), "tariff", known, {}, limits_, found_);
  if (!top.usable()) return nullptr;
  read_head(top);
  read_reads(top.get("reads"));
  read_values(top.get("values"));
  read_funds(top.get("funds"));
  read_schedules(top.need("schedules"));
  read_taxes(top.get("taxes"));
  read_penalties(top.get("penalties"));  // fees name them
  read_fees(top.need("fees"));
  read_sections(top);
  warn_unused();
  if (found_.has_errors()) return nullptr;
  made_.content_hash = content_uuid(canonical_text(document_));
  return std::make_shared<const program>(std::move(made_));
}

}  // namespace detail

std::int32_t program::fee_index(std::string_view fee_id) const noexcept {
  for (std::size_t i = 0; i < fees.size(); ++i)
    if (fees[i].id == fee_id) return static_cast<std::int32_t>(i);
  return -1;
}

compile_result compile(std::string_view tariff_json, const tariff_limits& limits) {
  compile_result result;
  const auto document = read_json(tariff_json, result.found, limits.document);
  if (document) result.compiled = detail::compiler(*document, limits, result.found).run();
  return result;
}

DUES_END
