// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

inline void insert_sorted(std::vector<std::int32_t>& into, std::int32_t one) {
  const auto at = std::lower_bound(into.begin(), into.end(), one);
  if (at == into.end() || *at != one) into.insert(at, one);
}

void merge_reads(reads& into, const reads& from) {
  for (const auto c : from.unit_columns) insert_sorted(into.unit_columns, c);
  for (const auto c : from.account_columns) insert_sorted(into.account_columns, c);
  for (const auto v : from.values) insert_sorted(into.values, v);
  into.subscription |= from.subscription;
  into.period |= from.period;
  if (into.an_account_name.empty()) into.an_account_name = from.an_account_name;
}

bool compiler::in_scope(const reads& what, place at) const {
  switch (at) {
    case place::where: return !what.subscription && !what.period;
    case place::unit_fee: return !what.subscription;
    case place::subscription_fee:
    case place::value: return true;
    case place::tax:
      return !what.subscription && !what.period && what.unit_columns.empty() && what.account_columns.empty();
  }
  return false;
}

scope compiler::make_scope(place at) const {
  scope names;
  for (std::size_t i = 0; i < made_.slots.size(); ++i) {
    const slot& one = made_.slots[i];
    reads what;
    name_info info;
    info.name = one.name;
    info.type = one.type;
    info.slot = static_cast<std::int32_t>(i);
    const attribute* declared = nullptr;
    switch (one.kind) {
      case slot_kind::unit:
        what.unit_columns.push_back(one.index);
        declared = &made_.unit_attributes[static_cast<std::size_t>(one.index)];
        break;
      case slot_kind::account:
        what.account_columns.push_back(one.index);
        declared = &made_.account_attributes[static_cast<std::size_t>(one.index)];
        break;
      case slot_kind::subscription:
        what.subscription = true;
        declared = &made_.subscription_attributes[static_cast<std::size_t>(one.index)];
        break;
      case slot_kind::subscription_price:
      case slot_kind::subscription_quantity: what.subscription = true; break;
      case slot_kind::value: what = value_reads_[static_cast<std::size_t>(one.index)]; break;
      case slot_kind::period_days:
      case slot_kind::period_nominal_days:
        info.above_zero = true;  // a line covers at least a day
        what.period = true;
        break;
      case slot_kind::period_months:
      case slot_kind::period_share: what.period = true; break;
    }
    if (declared != nullptr) {
      info.words = declared->words;
      // `above` excludes 0 only where it is not negative.
      info.above_zero = (declared->above && *declared->above >= decimal()) || (declared->at_least && *declared->at_least > decimal());
    }
    if (in_scope(what, at)) names.add(std::move(info));
  }
  return names;
}

void compiler::add_expression_reads(const expression& e, reads& into) const {
  for (const std::int32_t at : e.slots_read()) {
    const slot& one = made_.slots[static_cast<std::size_t>(at)];
    switch (one.kind) {
      case slot_kind::unit: insert_sorted(into.unit_columns, one.index); break;
      case slot_kind::account:
        insert_sorted(into.account_columns, one.index);
        if (into.an_account_name.empty()) into.an_account_name = one.name;
        break;
      case slot_kind::value:
        insert_sorted(into.values, one.index);
        merge_reads(into, value_reads_[static_cast<std::size_t>(one.index)]);
        break;
      case slot_kind::subscription:
      case slot_kind::subscription_price:
      case slot_kind::subscription_quantity: into.subscription = true; break;
      default: into.period = true; break;
    }
  }
}

std::optional<expression> compiler::read_expression(json_node node, value_type wanted, place at) {
  if (!node) return std::nullopt;
  if (!node.is(node_kind::text) && !node.is(node_kind::number)) {
    found_.add(make_diagnostic("T100", node.pointer(), {{"name", std::string(node.key())}, {"is", shown(node)}, {"wanted", "a number or an expression"}}));
    return std::nullopt;
  }
  if (node.text().empty()) {
    found_.add(make_diagnostic("T201", node.pointer(), {{"expected", "an expression"}, {"found", "nothing"}}, 0));
    return std::nullopt;
  }
  decimal_error why = decimal_error::none;
  if (!decimal::parse(node.text(), &why) && why == decimal_error::exponent) {
    found_.add(make_diagnostic("T115", node.pointer(), {{"text", std::string(node.text())}}));
    return std::nullopt;
  }
  auto made = compile_expression(node.text(), wanted, make_scope(at), node.pointer(), found_);
  if (made)
    for (const std::int32_t slot_read : made->slots_read()) {
      const slot& one = made_.slots[static_cast<std::size_t>(slot_read)];
      if (one.kind == slot_kind::value) used_.insert({"value", made_.values[static_cast<std::size_t>(one.index)].id});
    }
  return made;
}

template <class Entry>
void compiler::each_version(json_node node, Entry&& entry) {
  static constexpr std::array<std::string_view, 4> known{"from", "is", "cites", "note"};
  if (!node) return;
  if (!node.is(node_kind::array)) {
    entry(std::optional<civil_day>(first_day), std::optional<month_day>(), node);
    return;
  }
  const tariff_limits limits;
  if (node.size() == 0 || node.size() > limits.versions) {
    found_.add(make_diagnostic("T117", node.pointer(), {{"name", std::string(node.key())}, {"is", std::to_string(node.size()) + " versions"},
                                                        {"wanted", "1 to " + std::to_string(limits.versions)}}));
    return;
  }
  std::string before;
  for (json_node member = node.first(); member; member = member.next()) {
    object_reader reader(member, "version", known, {}, found_);
    const json_node from = reader.need("from");
    const json_node is = reader.need("is");
    reader.texts(reader.get("cites"));
    reader.localized(reader.get("note"));
    if (!from || !is) continue;
    const std::string text(from.text());
    constexpr std::size_t month_day_length = 5;
    const bool yearly = from.is(node_kind::text) && text.size() == month_day_length;
    std::optional<month_day> each_year;
    std::optional<civil_day> day;
    if (yearly) each_year = reader.yearly(from);
    else day = reader.date(from);
    if (!each_year && !day) continue;
    if (!before.empty() && (before.size() != text.size() || before >= text)) {
      found_.add(make_diagnostic("T112", from.pointer(), {{"is", text}, {"before", before}}));
      continue;
    }
    before = text;
    entry(day, each_year, is);
  }
}

dated_expression compiler::read_dated(json_node node, value_type wanted, place at, bool optional) {
  dated_expression out;
  each_version(node, [&](std::optional<civil_day> day, std::optional<month_day> yearly, json_node is) {
    std::optional<expression> made;
    const bool none = optional && node.is(node_kind::array) && is.is(node_kind::text) && is.text() == "none";
    if (!none) {
      made = read_expression(is, wanted, at);
      if (!made) return;
    }
    if (day) out.add(*day, std::move(made));
    else out.add(*yearly, std::move(made));
  });
  return out;
}

}  // namespace detail

DUES_END
