// SPDX-License-Identifier: Apache-2.0
//
// Meters of `reads`, and fees of kind metered.
#pragma once

#include <dues/tariff/impl/compiler.hpp>
#include <dues/value/period.hpp>

#include <algorithm>

DUES_BEGIN

day_range tier_window::of(civil_day day) const {
  constexpr int months_a_year = 12;
  const ymd at = to_ymd(day);
  switch (kind) {
    case window_kind::period: return {day, day + 1};
    case window_kind::calendar_month: return {month_begin(day), next_month_begin(day)};
    case window_kind::calendar_year: return {*day_from(at.year, 1, 1), add_months(*day_from(at.year, 1, 1), months_a_year)};
    case window_kind::rolling: {
      const std::int64_t k = period_index(anchor, months, day);
      return {boundary(anchor, months, k), boundary(anchor, months, k + 1)};
    }
  }
  return {};
}

namespace detail {

void compiler::read_meters(json_node node) {
  static constexpr std::array<std::string_view, 7> known{"id", "name", "cites", "note", "of", "unit", "registers"};
  for (const json_node member : parts(node, limits_.schedules)) {
    object_reader reader(member, "meter", known, {}, limits_, found_);
    meter_kind made;
    describe(reader, made, true);
    check_unique("meter", "meter", made.id, member);
    const json_node of = reader.need("of");
    static constexpr std::array<std::string_view, 2> owners{"unit", "community"};
    if (of.is(node_kind::text) && (of.text() == "community" || of.text().starts_with("unit.")))
      found_.add(make_diagnostic("T150", of.pointer(), {{"what", "a meter of " + shortened(of.text())}}));
    else if (of) reader.word(of, owners);
    made.unit = reader.text(reader.need("unit")).value_or("");
    std::set<std::string, std::less<>> seen;
    for (const json_node one : parts(reader.get("registers"), limits_.words)) {
      auto id = reader.id(one, true);
      if (!id) continue;
      if (!seen.insert(*id).second) found_.add(make_diagnostic("T109", one.pointer(), {{"of", "registers"}, {"id", *id}}));
      else made.registers.push_back(std::move(*id));
    }
    if (const json_node list = reader.get("registers"); list.is(node_kind::array) && list.size() == 0) reader.wrong_type(list, "at least one register");
    if (made.registers.empty()) made.registers.push_back("total");
    const auto kind = static_cast<std::int32_t>(made_.meters.size());
    const auto name = [&](std::int32_t reg, const std::string& text) {
      add_slot(slot_kind::usage, static_cast<std::int32_t>(made_.usages.size()), value_type::number, text);
      made_.usages.push_back({kind, reg});
    };
    made.slot = static_cast<std::int32_t>(made_.slots.size());
    name(-1, "usage(" + made.id + ")");
    for (std::size_t r = 0; r < made.registers.size(); ++r) name(static_cast<std::int32_t>(r), "usage(" + made.id + ", " + made.registers[r] + ")");
    made_.meters.push_back(std::move(made));
  }
}

void compiler::read_metered(object_reader& reader, fee& into, place at) {
  static constexpr std::array<std::string_view, 2> forms{"price", "amount"};
  into.meter = refer(reader, reader.need("meter"), made_.meters, "meter");
  const std::string_view form = reader.one_of(forms);
  into.amount = read_expression(reader.get("amount"), value_type::number, at);
  if (form == "amount") {
    for (const std::string_view field : {"price_ceiling", "factor", "price_change", "usage_belongs"})
      if (reader.has(field)) refuse(reader.get(field), std::string(field) + " goes with price; write it into the amount");
  }
  each_version(reader.get("price"), [&](std::optional<civil_day> day, std::optional<month_day> yearly, json_node is) {
    metered_price made = read_metered_price(is, into, at);
    into.by_register = into.by_register || made.is.size() > 1 || std::any_of(made.steps.begin(), made.steps.end(), [](const tier_step& step) { return step.is.size() > 1; });
    if (day) into.metered.add(*day, std::move(made));
    else into.metered.add(*yearly, std::move(made));
  });
  into.ceiling = read_dated(reader.get("price_ceiling"), value_type::number, at, true);
  into.factor = read_dated(reader.get("factor"), value_type::rate, at, true);
  into.on_change = reader.choice("price_change", words::price_change, price_change::divide_by_days);
  into.belongs = reader.choice("usage_belongs", words::usage_belongs, usage_belongs::to_closing_reading);
}

metered_price compiler::read_metered_price(json_node is, const fee& of, place at) {
  metered_price made;
  made.pointer = is.pointer();
  if (is.is(node_kind::object) && !is.find("by_register")) {
    read_tiers(is, of, at, made);
    return made;
  }
  made.is = read_register_prices(is, of, at);
  return made;
}

// A number for all registers, or {"by_register": {...}} with one for each.
std::vector<expression> compiler::read_register_prices(json_node is, const fee& of, place at) {
  std::vector<expression> made;
  if (!is.is(node_kind::object)) {
    if (auto price = read_expression(is, value_type::number, at)) made.push_back(std::move(*price));
    return made;
  }
  static constexpr std::array<std::string_view, 1> fields{"by_register"};
  object_reader outer(is, "price", fields, {}, limits_, found_);
  const json_node prices = outer.need("by_register");
  if (of.meter < 0) return made;  // which registers there are was not told
  const std::vector<std::string>& registers = made_.meters[static_cast<std::size_t>(of.meter)].registers;
  const std::vector<std::string_view> names(registers.begin(), registers.end());
  object_reader reader(prices, "by_register", names, {}, limits_, found_);
  if (!reader.usable()) return made;
  for (const std::string_view name : names)
    if (auto price = read_expression(reader.need(name), value_type::number, at)) made.push_back(std::move(*price));
  if (made.size() != names.size()) made.clear();
  return made;
}

}  // namespace detail

DUES_END
