// SPDX-License-Identifier: Apache-2.0
//
// Reads penalties: their components, what these bear on, when they start, and their limits.
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

void compiler::read_penalties(json_node node) {
  static constexpr std::array<std::string_view, 7> known{"id", "name", "cites", "note", "counted_per", "days_left_out", "components"};
  constexpr std::size_t most_components = 100;
  for (const json_node member : parts(node, limits_.schedules)) {
    object_reader reader(member, "penalty", known, {}, limits_, found_);
    if (!reader.usable()) continue;
    penalty made;
    describe(reader, made, false, true);
    check_unique("penalty", "penalties", made.id, member);
    made.counted_per = reader.choice("counted_per", words::penalty_scope, penalty_scope::receivable);
    made.days_left_out = read_word_list<excluded_days>(reader, reader.get("days_left_out"), words::excluded_days);
    const std::vector<json_node> nodes = needed_parts(reader, "components", 1, most_components);
    const std::string room = "component of " + member.pointer();
    reads read;
    for (const json_node component : nodes) made.components.push_back(read_component(component, room, read));
    std::map<std::string_view, std::int32_t> places_of_ids;
    for (std::size_t i = 0; i < made.components.size(); ++i) places_of_ids.emplace(made.components[i].id, static_cast<std::int32_t>(i));
    for (std::size_t i = 0; i < nodes.size(); ++i) read_bearing(nodes[i].find("on"), places_of_ids, made.components[i]);
    check_bearing(made);
    check_value_gaps(read, made_.life.from, made.pointer);
    made_.penalties.push_back(std::move(made));
  }
}

penalty_component compiler::read_component(json_node node, const std::string& room, reads& read) {
  static constexpr std::array<std::string_view, 13> known{
      "id", "cites", "note", "class", "rate", "on", "compounds_every_months", "broken_year", "starts",
      "payment_day_counts", "grace", "limits", "rounding"};
  static constexpr std::array<std::string_view, 3> rounding_fields{"places", "mode", "of"};
  // A component is paid as one of these; principal is what it bears on.
  static constexpr std::array<std::string_view, 3> classes{"costs", "penalties", "interest"};
  penalty_component made;
  object_reader reader(node, "component", known, {}, limits_, found_);
  if (!reader.usable()) return made;
  describe(reader, made, false);
  check_unique(room, "components", made.id, node);
  if (made.id == "principal" || made.id == "costs") refuse(reader.get("id"), "'" + made.id + "' is a word of on already");
  made.paid_as = reader.choice("class", classes, claim_class::penalties);
  read_component_rate(reader, made, read);
  made.compounds_every_months = static_cast<int>(reader.integer(reader.get("compounds_every_months"), 1, most_months).value_or(0));
  made.broken = reader.choice("broken_year", words::broken_year, broken_year::by_days);
  check_compounding(reader, made);
  static constexpr std::array<std::string_view, 2> start_fields{"on", "that_day_counts"};
  object_reader starts(reader.get("starts"), "starts", start_fields, {}, limits_, found_);
  made.starts = starts.choice("on", words::penalty_start, penalty_start::due_date);
  made.that_day_counts = starts.boolean(starts.get("that_day_counts")).value_or(false);
  made.payment_day_counts = reader.boolean(reader.get("payment_day_counts")).value_or(true);
  read_grace(reader.get("grace"), made);
  read_penalty_limits(reader, made, read);
  object_reader rounding(reader.get("rounding"), "rounding", rounding_fields, {}, limits_, found_);
  made.rounding = read_section_rounding(rounding);
  made.rounded = rounding.choice("of", words::penalty_rounded, penalty_rounded::total);
  warn_above_ceiling(made);
  return made;
}

void compiler::read_component_rate(object_reader& reader, penalty_component& into, reads& read) {
  const std::size_t errors = found_.errors();
  each_version(reader.need("rate"), [&](std::optional<civil_day> day, std::optional<month_day> yearly, json_node is) {
    penalty_rate one = read_penalty_rate(is, read);
    if (day) into.rate.add(*day, std::move(one));
    else into.rate.add(*yearly, std::move(one));
  });
  if (found_.errors() != errors || into.rate.empty() || into.rate.yearly() || !life_known_) return;
  if (made_.life.from < into.rate.from(0))
    found_.add(make_diagnostic("T111", reader.get("rate").pointer(), {{"name", into.id}, {"first", to_text(into.rate.from(0))}, {"from", to_text(made_.life.from)}}));
}

// Whole periods bear rate x months / 12, which only one rate a year has.
void compiler::check_compounding(object_reader& reader, const penalty_component& made) {
  if (reader.has("broken_year") && !reader.has("compounds_every_months"))
    refuse(reader.get("broken_year"), "broken_year goes with compounds_every_months");
  if (made.compounds_every_months == 0) return;
  for (std::size_t i = 0; i < made.rate.size(); ++i) {
    const penalty_rate& one = made.rate.at(i);
    const bool yearly = one.is == penalty_rate::form::plain && one.rates[0].rate.per == penalty_span::year && one.rates[0].rate.is != plain_rate::form::amount;
    if (yearly || one.rates.empty()) continue;
    refuse(reader.get("compounds_every_months"), "compounds_every_months needs a rate per year");
    return;
  }
}

void compiler::read_bearing(json_node node, const std::map<std::string_view, std::int32_t>& components, penalty_component& made) {
  if (!node || node.is(node_kind::null)) return;
  made.on_principal = false;
  if (node.is(node_kind::array) && node.size() == 0)
    found_.add(make_diagnostic("T100", node.pointer(), {{"name", "on"}, {"is", "empty"}, {"wanted", "principal, costs or a component"}}));
  std::set<std::string_view> seen;
  for (const json_node member : parts(node, limits_.schedules)) {
    if (!member.is(node_kind::text)) {
      found_.add(make_diagnostic("T100", member.pointer(), {{"name", "on"}, {"is", shown(member)}, {"wanted", "principal, costs or a component"}}));
      continue;
    }
    const std::string_view id = member.text();
    if (!seen.insert(id).second) {
      found_.add(make_diagnostic("T109", member.pointer(), {{"of", "on"}, {"id", shortened(id)}}));
      continue;
    }
    if (id == "principal") made.on_principal = true;
    else if (id == "costs") made.on_costs = true;
    else {
      if (const auto at = components.find(id); at != components.end()) {
        made.on_components.push_back(at->second);
        continue;
      }
      std::vector<std::string_view> known{"principal", "costs"};
      for (const auto& [known_id, place_of] : components) known.push_back(known_id);
      found_.add(make_diagnostic("T110", member.pointer(), {{"of", "component"}, {"id", shortened(id)}, {"nearest", nearest(id, known)}}));
    }
  }
}

// A component is free once all that it bears on are; those that never are stand in a circle or lead to
// one. To bear on itself is what compounds_every_months says.
void compiler::check_bearing(const penalty& made) {
  const std::size_t count = made.components.size();
  std::vector<std::vector<std::size_t>> borne_by(count);
  std::vector<std::size_t> waits(count), ready;
  std::vector<bool> free(count, false);
  for (std::size_t i = 0; i < count; ++i) {
    waits[i] = made.components[i].on_components.size();
    if (waits[i] == 0) ready.push_back(i);
    for (const std::int32_t one : made.components[i].on_components) borne_by[static_cast<std::size_t>(one)].push_back(i);
  }
  for (std::size_t next = 0; next < ready.size(); ++next) {
    free[ready[next]] = true;
    for (const std::size_t other : borne_by[ready[next]])
      if (--waits[other] == 0) ready.push_back(other);
  }
  const auto first = std::find(free.begin(), free.end(), false);
  if (first == free.end()) return;
  std::vector<std::size_t> way{static_cast<std::size_t>(first - free.begin())};
  for (;;) {
    const auto& on = made.components[way.back()].on_components;
    const auto next = static_cast<std::size_t>(*std::find_if(on.begin(), on.end(), [&](std::int32_t one) { return !free[static_cast<std::size_t>(one)]; }));
    const auto met = std::find(way.begin(), way.end(), next);
    const bool round = met != way.end();
    if (round) way.erase(way.begin(), met);
    way.push_back(next);
    if (round) break;
  }
  std::string shown_way;
  for (const std::size_t one : way) shown_way += (shown_way.empty() ? "" : " -> ") + made.components[one].id;
  found_.add(make_diagnostic("T207", made.components[way.front()].pointer + "/on", {{"cycle", shown_way}}));
}

void compiler::read_grace(json_node node, penalty_component& into) {
  static constexpr std::array<std::string_view, 4> known{"days", "months", "then", "last_day"};
  static constexpr std::array<std::string_view, 2> forms{"days", "months"};
  object_reader reader(node, "grace", known, {}, limits_, found_);
  if (!reader.usable()) return;
  penalty_grace made;
  const std::string_view form = reader.one_of(forms);
  made.in_months = form == forms[1];
  if (!form.empty()) made.length = static_cast<int>(reader.integer(reader.get(form), 1, most_shift_days).value_or(0));
  reader.need("then");
  made.then = reader.choice("then", words::grace_end, grace_end::from_due_date);
  made.last_day = read_roll(reader.get("last_day"), "last_day");
  into.grace = std::move(made);
}

void compiler::read_penalty_limits(object_reader& reader, penalty_component& into, reads& read) {
  static constexpr std::array<std::string_view, 5> known{"cites", "note", "at_most", "at_least", "nothing_below"};
  static constexpr std::array<std::string_view, 3> forms{"at_most", "at_least", "nothing_below"};
  static constexpr std::array<std::string_view, 1> amount{"amount"};
  constexpr std::size_t most_limits = 100;
  if (!reader.has("limits")) return;
  std::array<bool, 2> has{};  // a minimum, a least total
  for (const json_node member : needed_parts(reader, "limits", 1, most_limits)) {
    object_reader limit(member, "limit", known, {}, limits_, found_);
    if (!limit.usable()) continue;
    penalty_limit made;
    made.pointer = member.pointer();
    made.cites = limit.texts(limit.get("cites"));
    limit.localized(limit.get("note"));
    const std::string_view form = limit.one_of(forms);
    if (form == "at_least" || form == "nothing_below") {
      const bool minimum = form == "at_least";
      object_reader least(limit.get(form), form, amount, {}, limits_, found_);
      made.is = minimum ? penalty_limit::form::at_least_amount : penalty_limit::form::nothing_below;
      made.value = read_expression(least.need("amount"), value_type::number, place::penalty);
      if (has[minimum ? 0 : 1]) refuse(member, minimum ? "limits hold two minimums" : "limits hold nothing_below twice");
      has[minimum ? 0 : 1] = true;
    } else if (form == "at_most") {
      read_penalty_maximum(limit.get("at_most"), made, read);
    }
    check_literal(made.value, decimal(), std::nullopt, made.is == penalty_limit::form::at_most_of_principal ? "0% or more" : "0 or more");
    if (made.value) add_expression_reads(*made.value, read);
    into.limits.push_back(std::move(made));
  }
  for (const penalty_limit& least : into.limits)
    for (const penalty_limit& most : into.limits) {
      const bool low = least.is == penalty_limit::form::at_least_amount || least.is == penalty_limit::form::nothing_below;
      const bool both = low && most.is == penalty_limit::form::at_most_amount && least.value && most.value;
      if (both && least.value->is_literal() && most.value->is_literal() && most.value->literal() < least.value->literal())
        found_.add(make_diagnostic("T117", most.pointer, {{"name", "at_most"}, {"is", most.value->source()}, {"wanted", "at least " + least.value->source()}}));
    }
}

void compiler::read_penalty_maximum(json_node node, penalty_limit& into, reads& read) {
  static constexpr std::array<std::string_view, 3> forms{"of_principal", "amount", "rate"};
  object_reader reader(node, "at_most", forms, {}, limits_, found_);
  const std::string_view form = reader.usable() ? reader.one_of(forms) : std::string_view();
  if (form == forms[0]) {
    into.is = penalty_limit::form::at_most_of_principal;
    into.value = read_expression(reader.get(form), value_type::rate, place::where);
  }
  if (form == forms[1]) into.value = read_expression(reader.get(form), value_type::number, place::penalty);
  if (form != forms[2]) return;
  into.is = penalty_limit::form::at_most_rate;
  const json_node rate = reader.get(form);
  each_version(rate, [&](std::optional<civil_day> day, std::optional<month_day> yearly, json_node is) {
    std::optional<plain_rate> one;
    const bool ends = rate.is(node_kind::array) && is.is(node_kind::text) && is.text() == "none";
    if (!ends) one = read_plain_rate(is, place::where, place::penalty, read);
    if (one && one->is == plain_rate::form::amount && one->amount) refuse(is, "a ceiling on the rate is a percentage or a reference");
    if (one && one->per == penalty_span::once) refuse(is, "a ceiling on the rate holds day by day, so per is not once");
    if (day) into.rate.add(*day, std::move(one));
    else into.rate.add(*yearly, std::move(one));
  });
}

}  // namespace detail

DUES_END
