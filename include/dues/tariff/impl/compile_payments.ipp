// SPDX-License-Identifier: Apache-2.0
//
// Reads what a payment settles first, plans for paying in parts, and levels of arrears.
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

void compiler::read_payments(json_node node) {
  static constexpr std::array<std::string_view, 8> known{"cites", "note", "order", "across", "then", "not_due", "credit", "cash_rounding"};
  object_reader reader(node, "payments", known, {}, limits_, found_);
  if (!reader.usable()) return;
  payment_policy made;
  made.cites = reader.texts(reader.get("cites"));
  reader.localized(reader.get("note"));
  const std::size_t errors = found_.errors();
  read_buckets(reader, made);
  if (found_.errors() == errors) check_classes_are_paid(made);
  made.across = reader.choice("across", words::payment_across, payment_across::all_receivables);
  read_ranks(reader, made);
  made.not_due = reader.choice("not_due", words::not_due_order, not_due_order::after_all_due);
  read_credit(reader.get("credit"), made);
  read_cash(reader.get("cash_rounding"), made);
  made_.payments = std::move(made);
}

// Whether all that fits `later` fits `earlier`, so that nothing is left for the later one.
inline bool takes_all_of(const payment_bucket& earlier, const payment_bucket& later) {
  if (earlier.paid_class && earlier.paid_class != later.paid_class) return false;
  if (earlier.age && earlier.age != later.age) return false;
  if (!earlier.fund.empty() && earlier.fund != later.fund) return false;
  if (earlier.fees.empty()) return true;
  return !later.fees.empty() && std::includes(earlier.fees.begin(), earlier.fees.end(), later.fees.begin(), later.fees.end());
}

void compiler::read_buckets(object_reader& reader, payment_policy& into) {
  static constexpr std::array<std::string_view, 4> known{"class", "age", "fees", "fund"};
  constexpr std::size_t most_buckets = 100;
  const std::size_t errors = found_.errors();
  const std::vector<json_node> nodes = needed_parts(reader, "order", 1, most_buckets);
  bool refused = false;
  for (const json_node member : nodes) {
    object_reader bucket(member, "bucket", known, {}, limits_, found_);
    if (!bucket.usable()) continue;
    if (member.size() == 0) bucket.wrong_type(member, "at least one of " + listed(known));
    payment_bucket made;
    if (const auto word = bucket.word(bucket.get("class"), words::claim_class)) made.paid_class = static_cast<claim_class>(*word);
    if (const auto word = bucket.word(bucket.get("age"), words::claim_age)) made.age = static_cast<claim_age>(*word);
    const json_node fees = bucket.get("fees");
    made.fees = read_fee_list(bucket, fees);
    refused = refused || (fees && made.fees.size() != fees.size());
    if (bucket.has("fund") && refer(bucket, bucket.get("fund"), made_.funds, "fund") >= 0) made.fund = bucket.get("fund").text();
    into.order.push_back(std::move(made));
  }
  // Of fees that are refused the numbers are not known, so such buckets cannot be compared.
  if (refused || found_.errors() != errors) return;
  for (std::size_t i = 1; i < nodes.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (takes_all_of(into.order[j], into.order[i])) {
        refuse(nodes[i], "the bucket order/" + std::to_string(j) + " takes all that would fit this one");
        break;
      }
}

void compiler::read_ranks(object_reader& reader, payment_policy& into) {
  const json_node field = reader.need("then");
  into.then = read_word_list<payment_rank>(reader, field, words::payment_rank);
  const auto last = std::find(into.then.begin(), into.then.end(), payment_rank::pro_rata);
  if (last != into.then.end() && last + 1 != into.then.end()) refuse(field, "pro_rata leaves no tie, so it stands last");
}

// What fits no bucket comes last of all, which nobody means for a penalty that the same page names.
void compiler::check_classes_are_paid(const payment_policy& made) {
  for (const penalty& one : made_.penalties)
    for (const penalty_component& component : one.components) {
      const bool paid = std::any_of(made.order.begin(), made.order.end(), [&](const payment_bucket& bucket) {
        return !bucket.paid_class || *bucket.paid_class == component.paid_as;
      });
      if (!paid)
        found_.add(make_diagnostic("T260", component.pointer, {{"class", std::string(words::claim_class[static_cast<std::size_t>(component.paid_as)])}, {"penalty", one.id}}));
    }
}

void compiler::read_credit(json_node node, payment_policy& into) {
  static constexpr std::array<std::string_view, 2> known{"settles_later_bills", "bound_to"};
  object_reader reader(node, "credit", known, {}, limits_, found_);
  if (!reader.usable()) return;
  payment_credit made;
  made.settles_later_bills = reader.boolean(reader.get("settles_later_bills")).value_or(true);
  made.bound_to = read_fee_list(reader, reader.get("bound_to"));
  into.credit = std::move(made);
}

void compiler::read_cash(json_node node, payment_policy& into) {
  static constexpr std::array<std::string_view, 2> known{"to", "mode"};
  object_reader reader(node, "cash_rounding", known, {}, limits_, found_);
  if (!reader.usable()) return;
  cash_rounding made;
  reader.need("mode");
  made.mode = reader.choice("mode", words::rounding_mode, rounding_mode::half_up);
  if (const auto to = reader.number(reader.need("to"))) {
    made.to = *to;
    if (*to <= decimal() || to->normalized().scale() > made_.minor_units)
      found_.add(make_diagnostic("T117", reader.get("to").pointer(),
                                 {{"name", "to"}, {"is", to->to_text()}, {"wanted", "above 0, in whole minor units of the currency"}}));
  }
  into.cash = std::move(made);
}

void compiler::read_plans(json_node node) {
  static constexpr std::array<std::string_view, 7> known{"id", "cites", "note", "at_most_instalments", "interest", "penalties", "when_missed"};
  constexpr int most_instalments = 1'200;
  for (const json_node member : parts(node, limits_.schedules)) {
    object_reader reader(member, "plan", known, {}, limits_, found_);
    if (!reader.usable()) continue;
    plan made;
    describe(reader, made, false);
    check_unique("plan", "plans", made.id, member);
    made.at_most_instalments = static_cast<int>(reader.integer(reader.need("at_most_instalments"), 1, most_instalments).value_or(1));
    reads none;
    // It is for what is owed for several units together, so it reads no facts.
    if (reader.has("interest")) made.interest = read_plain_rate(reader.get("interest"), place::tax, place::tax, none);
    made.penalties = reader.choice("penalties", words::plan_penalties, plan_penalties::pause);
    // The ledger knows no published rates.
    if (const auto& rate = made.interest; rate && (rate->is == plain_rate::form::reference || !(rate->percent ? rate->percent : rate->amount)->is_literal()))
      found_.add(make_diagnostic("T160", reader.get("interest").pointer(), {{"what", "interest of a plan that is not a plain number"}}));
    const bool paused = made.penalties == plan_penalties::pause;
    made.when_missed = reader.choice("when_missed", words::plan_missed, paused ? plan_missed::ends_and_paused_penalties_fall_due : plan_missed::ends);
    if (!paused && made.when_missed == plan_missed::ends_and_paused_penalties_fall_due)
      refuse(reader.get("when_missed"), "no penalties are paused when penalties go_on");
    made_.plans.push_back(std::move(made));
  }
}

void compiler::read_arrears(json_node node) {
  static constexpr std::array<std::string_view, 2> known{"levels", "claim_lapses"};
  object_reader reader(node, "arrears", known, {}, limits_, found_);
  if (!reader.usable()) return;
  arrears_policy made;
  if (reader.has("levels"))
    for (const json_node level : needed_parts(reader, "levels", 1, limits_.schedules)) read_level(level, made);
  read_lapse(reader.get("claim_lapses"), made);
  made_.arrears = std::move(made);
}

void compiler::read_level(json_node node, arrears_policy& into) {
  static constexpr std::array<std::string_view, 6> known{"id", "name", "cites", "note", "when", "action"};
  static constexpr std::array<std::string_view, 3> conditions{"days_overdue", "months_overdue", "amount"};
  object_reader reader(node, "level", known, {}, limits_, found_);
  if (!reader.usable()) return;
  arrears_level made;
  describe(reader, made, false, true);
  check_unique("level", "levels", made.id, node);
  object_reader when(reader.need("when"), "when", conditions, {}, limits_, found_);
  if (when.usable() && when.node().size() == 0) when.wrong_type(when.node(), "at least one of " + listed(conditions));
  constexpr int most_overdue_months = 1'200;
  made.days_overdue = static_cast<int>(when.integer(when.get("days_overdue"), 1, most_overdue_days).value_or(0));
  made.months_overdue = static_cast<int>(when.integer(when.get("months_overdue"), 1, most_overdue_months).value_or(0));
  made.amount = when.number(when.get("amount"));
  if (made.amount && *made.amount <= decimal())
    found_.add(make_diagnostic("T117", when.get("amount").pointer(), {{"name", "amount"}, {"is", made.amount->to_text()}, {"wanted", "above 0"}}));
  if (const auto action = reader.word(reader.get("action"), words::arrears_action)) made.action = static_cast<arrears_action>(*action);
  // A level whose conditions say no less than a later one's: wherever it stands, that one does.
  const auto covers = [](const arrears_level& earlier, const arrears_level& later) {
    return std::max(later.days_overdue, 1) <= std::max(earlier.days_overdue, 1) && later.months_overdue <= earlier.months_overdue && (!later.amount || (earlier.amount && *later.amount <= *earlier.amount));
  };
  for (const arrears_level& earlier : into.levels)
    if (covers(earlier, made)) found_.add(make_diagnostic("T122", node.pointer(), {{"earlier", earlier.id}, {"is", made.id}}));
  into.levels.push_back(std::move(made));
}

void compiler::read_lapse(json_node node, arrears_policy& into) {
  static constexpr std::array<std::string_view, 5> known{"cites", "note", "years", "restarts_on", "last_day"};
  constexpr int most_years = 100;
  object_reader reader(node, "claim_lapses", known, {}, limits_, found_);
  if (!reader.usable()) return;
  claim_lapse made;
  made.cites = reader.texts(reader.get("cites"));
  reader.localized(reader.get("note"));
  made.years = static_cast<int>(reader.integer(reader.need("years"), 1, most_years).value_or(1));
  made.restarts_on = read_word_list<lapse_restart>(reader, reader.get("restarts_on"), words::lapse_restart);
  made.last_day = read_roll(reader.get("last_day"), "last_day");
  into.claim_lapses = std::move(made);
}

}  // namespace detail

DUES_END
