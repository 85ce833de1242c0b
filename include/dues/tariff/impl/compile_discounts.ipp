// SPDX-License-Identifier: Apache-2.0
//
// Reads discounts, groups of them, their caps, and paying ahead.
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

inline constexpr int most_prepaid_months = 1'200;  // a century

void compiler::read_prepayments(json_node node) {
  static constexpr std::array<std::string_view, 8> known{
      "id", "cites", "note", "of", "at_most_months", "not_past_contract_end", "price", "leaving_early"};
  for (const json_node member : parts(node, limits_.schedules)) {
    object_reader reader(member, "prepayment", known, {}, limits_, found_);
    if (!reader.usable()) continue;
    prepayment made;
    describe(reader, made, false);
    check_unique("prepayment", "prepayment", made.id, member);
    made.of = read_fee_list(reader, reader.need("of"));
    made.at_most_months = static_cast<int>(reader.integer(reader.get("at_most_months"), 1, most_prepaid_months).value_or(0));
    made.not_past_contract_end = reader.boolean(reader.get("not_past_contract_end")).value_or(true);
    made.price = reader.choice("price", words::prepaid_price, prepaid_price::locked);
    made.leaving_early = reader.choice("leaving_early", words::early_leave, early_leave::reprice);
    made_.prepayments.push_back(std::move(made));
  }
}

void compiler::read_discounts(json_node node) {
  for (const json_node member : parts(node, limits_.schedules)) {
    if (member.find("best_of")) read_group(member);
    else read_discount(member, -1);
  }
  for (std::size_t i = 0; i < made_.discounts.size(); ++i)
    if (made_.discounts[i].lowers_lines())
      for (const std::int32_t fee : made_.discounts[i].of) made_.fees[static_cast<std::size_t>(fee)].discounts.push_back(static_cast<std::int32_t>(i));
  for (const discount_group& group : made_.discount_groups) warn_lone_members(group);
}

void compiler::read_group(json_node node) {
  static constexpr std::array<std::string_view, 6> known{"id", "name", "cites", "note", "best_of", "compared"};
  constexpr std::size_t most_members = 100;
  object_reader reader(node, "group of discounts", known, {}, limits_, found_);
  if (!reader.usable()) return;
  discount_group made;
  describe(reader, made, false);
  check_unique("discount", "discounts", made.id, node);
  made.compared = reader.choice("compared", words::group_comparison, group_comparison::bill);
  const auto place = static_cast<std::int32_t>(made_.discount_groups.size());
  for (const json_node member : needed_parts(reader, "best_of", 2, most_members)) {
    const std::size_t before = made_.discounts.size();
    read_discount(member, place);
    if (made_.discounts.size() != before) made.members.push_back(static_cast<std::int32_t>(before));
  }
  made_.discount_groups.push_back(std::move(made));
}

void compiler::read_discount(json_node node, std::int32_t group) {
  static constexpr std::array<std::string_view, 15> known{
      "id", "name", "cites", "note", "of", "where", "window", "when", "give", "works_on", "at_most", "given_as",
      "funded_by", "lowers_tax", "rounding"};
  object_reader reader(node, "discount", known, {}, limits_, found_);
  if (!reader.usable()) return;
  discount made;
  describe(reader, made, false);
  check_unique("discount", "discounts", made.id, node);
  made.group = group;
  made.of = read_fee_list(reader, reader.need("of"));
  const bool subscribed = std::all_of(made.of.begin(), made.of.end(), [&](std::int32_t one) {
    return made_.fees[static_cast<std::size_t>(one)].scope == fee_scope::subscription;
  });
  const place at = subscribed ? place::subscription_discount : place::unit_discount;
  made.where = read_expression(reader.get("where"), value_type::yes_no, place::where);
  if (made.where) warn_never_true(*made.where);
  read_window(reader.get("window"), made);
  read_when(reader.get("when"), made, at);
  read_gift(reader.need("give"), made, at);
  made.works_on = reader.choice("works_on", words::discount_base, discount_base::remaining);
  if (reader.has("at_most")) {
    static constexpr std::array<std::string_view, 3> fields{"percent", "amount", "per"};
    object_reader cap(reader.get("at_most"), "at_most", fields, {}, limits_, found_);
    made.at_most = read_cap(cap);
    cap.need("per");
    made.at_most->per = cap.choice("per", words::cap_scope, cap_scope::line);
  }
  made.given_as = reader.choice("given_as", words::discount_form, discount_form::less_on_line);
  read_funding(reader.get("funded_by"), made);
  made.lowers_tax = reader.boolean(reader.get("lowers_tax"));
  static constexpr std::array<std::string_view, 2> rounding_fields{"places", "mode"};
  object_reader rounding(reader.get("rounding"), "rounding", rounding_fields, {}, limits_, found_);
  made.rounding = read_section_rounding(rounding);
  if (made.give.kind == gift_kind::price)
    for (const std::int32_t fee : made.of)
      if (made_.fees[static_cast<std::size_t>(fee)].amount) refuse(node.find("give"), "price takes the place of a price; '" + made_.fees[static_cast<std::size_t>(fee)].id + "' has an amount");
  if (made.give.kind == gift_kind::free_months) {
    const auto by_months = [&](std::int32_t fee) {
      const std::int32_t when = made_.fees[static_cast<std::size_t>(fee)].schedule;
      return when < 0 || made_.schedules[static_cast<std::size_t>(when)].kind == schedule_kind::months;
    };
    if (!std::all_of(made.of.begin(), made.of.end(), by_months)) refuse(node.find("give"), "free_months is for fees that are billed by months");
  }
  if (!made.lowers_lines())
    for (const std::string_view field : {"works_on", "at_most", "given_as", "lowers_tax"})
      if (reader.has(field)) refuse(reader.get(field), std::string(field) + " is for what lowers lines; penalty_relief lowers none");
  for (const auto* one : {&made.where, &made.when.condition, &made.give.is})
    if (*one) add_expression_reads(**one, made.read);
  civil_day first = made_.life.from;
  if (made.window && made.window->of != window_of::payment) first = std::max(first, made.window->days.from);
  check_value_gaps(made.read, first, made.pointer);
  made_.discounts.push_back(std::move(made));
}

// Whether it reads of one line, and not of the bill alone.
bool compiler::reads_line(const expression& what) const {
  const auto code = what.code();
  return std::any_of(code.begin(), code.end(), [&](const instruction& one) {
    if (one.code != opcode::load) return false;
    const slot_kind kind = made_.slots[static_cast<std::size_t>(one.argument)].kind;
    return kind == slot_kind::line_gross || kind == slot_kind::line_remaining || kind == slot_kind::line_quantity;
  });
}

// What rests on facts alone can be computed; what rests on payments, or on periods paid ahead, cannot yet.
// A group, and fees that a yearly limit binds, are computed as a whole or not at all.
// @returns what is not computed, for people; empty when all is
std::string compiler::settle_computed() {
  for (discount& one : made_.discounts) {
    const discount_when& when = one.when;
    const bool by_facts = !when.paid_by && when.on_time_periods == 0 && when.coupon.empty() && when.tag.empty() && !one.read.period;
    // Free months follow months that are paid ahead.
    const bool gift = one.give.kind == gift_kind::free_months && when.prepaid_months != 0;
    const bool given = (gift || ((one.give.kind == gift_kind::percent || one.give.kind == gift_kind::amount || one.give.kind == gift_kind::price) && one.give.is)) && one.given_as == discount_form::less_on_line;
    const bool known_window = !one.window || one.window->of != window_of::payment;
    const bool known_cap = !one.at_most || one.at_most->per != cap_scope::year;
    one.computed = by_facts && given && known_window && known_cap;
  }
  const auto none_of_fee = [&](std::int32_t fee) {
    for (discount& one : made_.discounts)
      if (std::binary_search(one.of.begin(), one.of.end(), fee)) one.computed = false;
  };
  for (const discount_limit& limit : made_.discount_limits) {
    if (limit.at_most.per != cap_scope::year) continue;
    for (const std::int32_t fee : limit.of) none_of_fee(fee);
    if (limit.of.empty())
      for (discount& one : made_.discounts) one.computed = false;
  }
  for (const discount_group& group : made_.discount_groups) {
    const bool all = std::all_of(group.members.begin(), group.members.end(), [&](std::int32_t member) { return made_.discounts[static_cast<std::size_t>(member)].computed; });
    for (const std::int32_t member : group.members) made_.discounts[static_cast<std::size_t>(member)].computed = all;
  }
  constexpr std::size_t most_named = 3;
  std::size_t left = 0;
  std::string named;
  for (const discount& one : made_.discounts) {
    if (one.computed) continue;
    if (++left <= most_named) named += (left == 1 ? "discounts: " : ", ") + one.id;
  }
  if (left > most_named) named += " and " + std::to_string(left - most_named) + " more";
  return named;
}

void compiler::read_window(json_node node, discount& into) {
  static constexpr std::array<std::string_view, 3> known{"of", "from", "through"};
  object_reader reader(node, "window", known, {}, limits_, found_);
  if (!reader.usable()) return;
  discount_window made;
  reader.need("of");
  made.of = reader.choice("of", words::window_of, window_of::service);
  made.days = {reader.date(reader.need("from")).value_or(first_day), open_end};
  if (const auto through = reader.date(reader.get("through"))) {
    made.days.to = *through + 1;
    if (made.days.empty())
      found_.add(make_diagnostic("T112", reader.get("through").pointer(), {{"is", to_text(*through)}, {"before", to_text(made.days.from)}}));
  }
  into.window = made;
}

void compiler::read_when(json_node node, discount& into, place at) {
  static constexpr std::array<std::string_view, 7> known{
      "prepaid_months", "paid_by", "on_time_periods", "vacant", "coupon", "tag", "condition"};
  object_reader reader(node, "when", known, {}, limits_, found_);
  if (!reader.usable()) return;
  if (node.size() == 0) reader.wrong_type(node, "at least one of " + listed(known));
  into.when.prepaid_months = static_cast<int>(reader.integer(reader.get("prepaid_months"), 1, most_prepaid_months).value_or(0));
  into.when.on_time_periods = static_cast<int>(reader.integer(reader.get("on_time_periods"), 1, most_prepaid_months).value_or(0));
  read_paid_by(reader.get("paid_by"), into);
  read_vacant(reader.get("vacant"), into);
  into.when.coupon = reader.text(reader.get("coupon")).value_or("");
  into.when.tag = reader.text(reader.get("tag")).value_or("");
  into.when.condition = read_expression(reader.get("condition"), value_type::yes_no, at);
  if (into.when.condition) warn_never_true(*into.when.condition);
}

void compiler::read_paid_by(json_node node, discount& into) {
  static constexpr std::array<std::string_view, 3> forms{"days_before_due", "month_day", "date"};
  object_reader reader(node, "paid_by", forms, {}, limits_, found_);
  if (!reader.usable()) return;
  const std::string_view form = reader.one_of(forms);
  paid_by_rule made;
  if (form == forms[0]) made.days_before_due = static_cast<int>(reader.integer(reader.get(form), 0, most_shift_days).value_or(0));
  if (form == forms[1]) {
    made.by = paid_by_rule::form::month_day;
    made.yearly = reader.yearly(reader.get(form)).value_or(month_day{});
  }
  if (form == forms[2]) {
    made.by = paid_by_rule::form::date;
    made.date = reader.date(reader.get(form)).value_or(first_day);
  }
  into.when.paid_by = made;
}

void compiler::read_vacant(json_node node, discount& into) {
  static constexpr std::array<std::string_view, 3> known{"from_month", "through_month", "approval"};
  object_reader reader(node, "vacant", known, {}, limits_, found_);
  if (!reader.usable()) return;
  vacancy_rule made;
  made.from_month = static_cast<int>(reader.integer(reader.need("from_month"), 1, most_prepaid_months).value_or(1));
  made.through_month = static_cast<int>(reader.integer(reader.get("through_month"), made.from_month, most_prepaid_months).value_or(0));
  reader.need("approval");
  made.approval = reader.choice("approval", words::vacancy_approval, vacancy_approval::forward);
  into.when.vacant = made;
}

void compiler::read_gift(json_node node, discount& into, place at) {
  static constexpr std::array<std::string_view, 6> known{"percent", "amount", "free_months", "price", "penalty_relief", "each"};
  object_reader reader(node, "give", known, {}, limits_, found_);
  if (!reader.usable()) return;
  const std::string_view form = reader.one_of(words::gift_kind);
  const auto kind = std::find(words::gift_kind.begin(), words::gift_kind.end(), form);
  if (kind != words::gift_kind.end()) into.give.kind = static_cast<gift_kind>(kind - words::gift_kind.begin());
  if (reader.has("each")) {
    static constexpr std::array<std::string_view, 1> each{"line"};
    into.give.each_line = reader.word(reader.get("each"), each).has_value();
    if (!form.empty() && form != "amount") refuse(reader.get("each"), "each goes with amount");
  }
  if (form.empty()) return;
  const json_node is = reader.get(form);
  if (form == "free_months") {
    into.give.free_months = static_cast<int>(reader.integer(is, 1, most_prepaid_months).value_or(1));
    return;
  }
  const bool rate = form == "percent" || form == "penalty_relief";
  into.give.is = read_expression(is, rate ? value_type::rate : value_type::number, at);
  if (form == "amount" && into.give.is && reads_line(*into.give.is)) into.give.each_line = true;
  if (rate) check_literal(into.give.is, decimal(), decimal(1), "0% to 100%");
  else check_literal(into.give.is, decimal(), std::nullopt, "0 or more");
}

void compiler::read_funding(json_node node, discount& into) {
  if (!node) return;
  static constexpr std::array<std::string_view, 1> fields{"partner"};
  if (node.is(node_kind::object)) {
    object_reader reader(node, "funded_by", fields, {}, limits_, found_);
    into.partner = reader.text(reader.need("partner")).value_or("");
    return;
  }
  if (node.is(node_kind::text) && node.text() == "manager") return;
  found_.add(make_diagnostic("T105", node.pointer(), {{"word", shown(node)}, {"words", "manager or {\"partner\": ...}"}, {"nearest", "manager"}}));
}

}  // namespace detail

DUES_END
