// SPDX-License-Identifier: Apache-2.0
//
// Prices by steps: their limits rise, the last has none, and what does not go together is told here.
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

tier_window compiler::read_tier_window(json_node node) {
  static constexpr std::array<std::string_view, 2> fields{"rolling_months", "counted_from"};
  tier_window made;
  object_reader reader(node, "window", fields, {}, limits_, found_);
  made.kind = window_kind::rolling;
  made.months = static_cast<int>(reader.integer(reader.need("rolling_months"), 1, most_months).value_or(1));
  const json_node from = reader.need("counted_from");
  if (from.is(node_kind::text) && from.text() == "subscription_start") refuse(from, "counted_from subscription_start needs for_each subscription");
  else if (from) made.anchor = reader.date(from).value_or(civil_day{});
  return made;
}

tier_step compiler::read_tier_step(json_node node, tier_kind tiers, const fee& of, place at) {
  static constexpr std::array<std::string_view, 4> fields{"up_to", "is", "flat", "block"};
  tier_step made;
  object_reader reader(node, "step", fields, {}, limits_, found_);
  made.pointer = node.pointer();
  each_version(reader.get("up_to"), [&](std::optional<civil_day> day, std::optional<month_day> yearly, json_node is) {
    const auto limit = reader.number(is);
    if (!limit) return;
    if (*limit < decimal()) found_.add(make_diagnostic("T117", is.pointer(), {{"name", "up_to"}, {"is", limit->to_text()}, {"wanted", "0 or more"}}));
    if (day) made.up_to.add(*day, *limit);
    else made.up_to.add(*yearly, *limit);
  });
  if (const json_node is = reader.need("is")) made.is = read_register_prices(is, of, at);
  made.flat = read_expression(reader.get("flat"), value_type::number, at);
  if (made.is.size() > 1 && tiers != tier_kind::graduated) refuse(reader.get("is"), "prices by register go with tiers graduated");
  if (reader.has("flat") && tiers == tier_kind::package) refuse(reader.get("flat"), "flat does not go with tiers package; its blocks have a price");
  if (tiers != tier_kind::package) {
    if (reader.has("block")) refuse(reader.get("block"), "block goes with tiers package");
  } else if (const auto block = reader.number(reader.need("block"))) {
    made.block = *block;
    if (*block <= decimal()) found_.add(make_diagnostic("T117", reader.get("block").pointer(), {{"name", "block"}, {"is", block->to_text()}, {"wanted", "above 0"}}));
  }
  return made;
}

// Limits rise on every day on which one of two neighbours changes.
void compiler::check_rising(const metered_price& made) {
  const civil_day new_year = *day_from(2024, 1, 1);  // of a leap year, for limits that return every year
  for (std::size_t k = 1; k + 1 < made.steps.size(); ++k) {
    const dated<decimal>&lower = made.steps[k - 1].up_to, &upper = made.steps[k].up_to;
    std::vector<civil_day> days{first_day, new_year, last_day};
    for (const dated<decimal>* limits : {&lower, &upper})
      limits->cuts(limits->yearly() ? day_range{new_year, *day_from(2025, 1, 1)} : day_range{first_day, last_day}, [&](civil_day day) { days.push_back(day); });
    for (const civil_day day : days) {
      const int before = lower.index_on(day), here = upper.index_on(day);
      if (before < 0 || here < 0 || lower.at(static_cast<std::size_t>(before)) < upper.at(static_cast<std::size_t>(here))) continue;
      found_.add(make_diagnostic("T220", made.steps[k].pointer + "/up_to",
                                 {{"is", upper.at(static_cast<std::size_t>(here)).to_text()}, {"before", lower.at(static_cast<std::size_t>(before)).to_text()}}));
      break;
    }
  }
}

// A price by volume that is higher beyond a limit makes the first unit there cost all the units below it too.
void compiler::warn_cliff(const metered_price& made) {
  for (std::size_t k = 0; k + 1 < made.steps.size(); ++k) {
    const tier_step &lower = made.steps[k], &upper = made.steps[k + 1];
    if (lower.up_to.size() == 0 || lower.is.size() != 1 || upper.is.size() != 1 || !lower.is[0].is_literal() || !upper.is[0].is_literal()) continue;
    if (!(lower.is[0].literal() < upper.is[0].literal())) continue;
    const decimal& limit = lower.up_to.at(0);
    const auto costs = [&](const expression& price) { return (exact256(limit) * exact256(price.literal())).to_text(); };
    found_.add(make_diagnostic("T224", upper.pointer, {{"limit", limit.to_text()}, {"is", costs(lower.is[0])}, {"beyond", costs(upper.is[0])}}));
  }
}

// Whether an expression can be below 0, as far as its form and the bounds of attributes tell. What other
// values and facts bring is asked when a line is rated.
bool compiler::may_be_negative(const expression& what) const {
  std::vector<bool> fine;  // operands that cannot
  std::vector<std::int32_t> branch_ends;
  const std::span<const instruction> code = what.code();
  const auto pop = [&] {
    const bool top = !fine.empty() && fine.back();
    if (!fine.empty()) fine.pop_back();
    return top;
  };
  const auto join = [&](std::size_t at) {  // the two branches of an if leave one operand
    while (!branch_ends.empty() && branch_ends.back() == static_cast<std::int32_t>(at)) {
      branch_ends.pop_back();
      const bool right = pop();
      fine.push_back(pop() && right);
    }
  };
  for (std::size_t i = 0; i < code.size(); ++i) {
    join(i);
    const instruction& one = code[i];
    switch (one.code) {
      case opcode::push_number: fine.push_back(what.number(one.argument) >= decimal()); break;
      case opcode::load: {
        const slot& name = made_.slots[static_cast<std::size_t>(one.argument)];
        bool known = name.kind != slot_kind::unit && name.kind != slot_kind::account;
        if (!known) {
          const attribute& declared = (name.kind == slot_kind::unit ? made_.unit_attributes : made_.account_attributes)[static_cast<std::size_t>(name.index)];
          known = (declared.above && *declared.above >= decimal()) || (declared.at_least && *declared.at_least >= decimal());
        }
        fine.push_back(known);
        break;
      }
      case opcode::add: case opcode::multiply: case opcode::divide: case opcode::equal: case opcode::not_equal: case opcode::less:
      case opcode::less_equal: case opcode::greater: case opcode::greater_equal: case opcode::same_word: case opcode::other_word:
      case opcode::same_text: case opcode::other_text: case opcode::days: {
        const bool right = pop();
        fine.push_back(pop() && right);
        break;
      }
      case opcode::subtract:
        pop();
        pop();
        fine.push_back(false);
        break;
      case opcode::minimum: case opcode::maximum: {
        bool all = true, any = false;
        for (std::int32_t k = 0; k < one.argument; ++k) {
          const bool operand = pop();
          all = all && operand;
          any = any || operand;
        }
        fine.push_back(one.code == opcode::minimum ? all : any);
        break;
      }
      case opcode::any_of: case opcode::any_text_of:
        for (std::int32_t k = 0; k <= one.argument; ++k) pop();
        fine.push_back(true);
        break;
      case opcode::negate:
        pop();
        fine.push_back(false);
        break;
      case opcode::abs:
        pop();
        fine.push_back(true);
        break;
      case opcode::jump: branch_ends.push_back(one.argument); break;
      case opcode::jump_if_false: case opcode::jump_if_false_or_pop: case opcode::jump_if_true_or_pop: pop(); break;
      case opcode::push_text: case opcode::push_word: case opcode::known: fine.push_back(true); break;
      default: break;  // one operand to one of the same sign
    }
  }
  join(code.size());
  return !fine.empty() && !fine.back();
}

void compiler::read_tiers(json_node is, const fee& of, place at, metered_price& made) {
  static constexpr std::array<std::string_view, 5> fields{"tiers", "window", "steps", "widen_by", "limits_scale"};
  static constexpr std::array<std::string_view, 3> kinds{"graduated", "volume", "package"};
  static constexpr std::array<std::string_view, 2> scales{"no", "by_months_served"};
  static constexpr std::array<std::string_view, 3> windows{"period", "calendar_month", "calendar_year"};
  object_reader reader(is, "price", fields, {}, limits_, found_);
  if (const auto kind = reader.word(reader.need("tiers"), kinds)) made.tiers = static_cast<tier_kind>(*kind + 1);
  else made.tiers = tier_kind::graduated;
  const json_node window = reader.get("window");
  if (window.is(node_kind::object)) made.window = read_tier_window(window);
  else if (const auto word = reader.word(window, windows)) made.window.kind = static_cast<window_kind>(*word);
  const std::vector<json_node> steps = needed_parts(reader, "steps", 1, limits_.words);
  for (const json_node step : steps) made.steps.push_back(read_tier_step(step, made.tiers, of, at));
  for (std::size_t k = 0; k < made.steps.size(); ++k) {
    const bool last = k + 1 == made.steps.size();
    if (last && steps[k].find("up_to")) found_.add(make_diagnostic("T221", steps[k].pointer() + "/up_to", {{"what", "the last step has an end: nothing says what usage beyond it costs"}}));
    if (!last && !steps[k].find("up_to")) found_.add(make_diagnostic("T221", steps[k].pointer(), {{"what", "a step without up_to is not the last"}}));
  }
  check_rising(made);
  if (made.tiers == tier_kind::volume) warn_cliff(made);
  made.widen_by = read_expression(reader.get("widen_by"), value_type::number, at);
  if (made.widen_by && may_be_negative(*made.widen_by)) found_.add(make_diagnostic("T222", made.widen_by->pointer(), {{"is", made.widen_by->source()}}));
  made.by_months_served = reader.word(reader.get("limits_scale"), scales).value_or(0) == 1;
  if (made.by_months_served && made.window.kind != window_kind::calendar_year && made.window.kind != window_kind::rolling)
    refuse(reader.get("limits_scale"), "limits_scale by_months_served needs a window of several months");
}

void compiler::add_metered_reads(const metered_price& price, reads& into) const {
  for (const expression& one : price.is) add_expression_reads(one, into);
  for (const tier_step& step : price.steps) {
    for (const expression& one : step.is) add_expression_reads(one, into);
    if (step.flat) add_expression_reads(*step.flat, into);
  }
  if (price.widen_by) add_expression_reads(*price.widen_by, into);
}

// What tiers need of the fee around them.
void compiler::check_tiers(object_reader& reader, fee& made) {
  const metered_price* first = nullptr;
  for (std::size_t i = 0; i < made.metered.size(); ++i) {
    const metered_price& one = made.metered.at(i);
    if (one.tiers == tier_kind::none) continue;
    if (first == nullptr) first = &one;
    if (!(one.window == first->window)) refuse(reader.get("price"), "the versions of a price count usage over one window");
    if ((one.tiers == tier_kind::volume) != (first->tiers == tier_kind::volume)) refuse(reader.get("price"), "tiers volume does not change into others");
    made.scales_by_months = made.scales_by_months || one.by_months_served;
  }
  if (first == nullptr) return;
  made.by_tiers = true;
  made.window = first->window;
  made.by_volume = first->tiers == tier_kind::volume;
  if (made.change == payer_change::rated_apart || !made.read.account_columns.empty())
    refuse(reader.get("price"), "tiers need one line for all payers, not rated_apart nor facts of the account");
  if (first->tiers != tier_kind::volume) return;
  if (made.by_register) refuse(reader.get("price"), "tiers volume does not go with prices by register");
  if (made.limits.any()) refuse(reader.get("limits"), "tiers volume corrects what was billed; a minimum or maximum does not go with it");
  if (made.belongs == usage_belongs::by_days) refuse(reader.get("usage_belongs"), "tiers volume needs usage that belongs to_closing_reading");
  if (made.rounded == rounding_of::running_total) refuse(reader.get("rounding"), "tiers volume corrects what was billed; rounding of running_total does not go with it");
}

}  // namespace detail

DUES_END
