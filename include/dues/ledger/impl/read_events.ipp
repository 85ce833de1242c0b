// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/ledger/file.hpp>
#include <dues/ledger/impl/prepay.hpp>
#include <dues/ledger/impl/read_events.hpp>

DUES_BEGIN

namespace detail {

std::string event_reader::text(json_node node) {
  if (node.is(dues::node_kind::text) && !node.text().empty() && node.text().size() <= longest_event_id) return std::string(node.text());
  wrong(node, node.key(), "a text of 1 to 16000 bytes");
  return {};
}

civil_day event_reader::day(json_node node) {
  if (node.is(dues::node_kind::text))
    if (const auto day = parse_day(node.text())) return *day;
  wrong(node, node.key(), "a day as YYYY-MM-DD");
  return {};
}

std::int64_t event_reader::amount(json_node node) {
  if (node.is(dues::node_kind::text) || node.is(dues::node_kind::number))
    if (const auto value = decimal::parse(node.text()); value && value->normalized().scale() <= tariff_.minor_units)
      if (const auto minor = value->rescaled(tariff_.minor_units, rounding_mode::half_up))
        if (const auto narrow = to_int64(minor->coefficient())) return *narrow;
  wrong(node, node.key(), "an amount in " + tariff_.currency_code + " with at most " + std::to_string(tariff_.minor_units) + " places");
  return 0;
}

std::vector<std::string> event_reader::texts(json_node node) {
  std::vector<std::string> out;
  if (!node.is(dues::node_kind::array) || node.size() == 0) wrong(node, node.key(), "a list of ids");
  else
    for (json_node member = node.first(); member; member = member.next()) {
      if (member.is(dues::node_kind::text) && !member.text().empty()) out.emplace_back(member.text());
      else wrong(member, node.key(), "an id");
    }
  return out;
}

void event_reader::read_sources(json_node node, ledger_event& into) {
  if (!node.is(dues::node_kind::array) || node.size() == 0) return wrong(node, "sources", "a list of {\"kind\", \"amount\"}");
  for (json_node member = node.first(); member; member = member.next()) {
    const json_node kind = member.find("kind"), money = member.find("amount");
    if (!kind || !money || member.size() != 2) {
      wrong(member, "sources", "{\"kind\", \"amount\"}");
      continue;
    }
    money_source made;
    made.kind = text(kind);
    made.amount = amount(money);
    into.sources.push_back(std::move(made));
  }
}

// A due date without an amount stands for an equal part.
void event_reader::read_instalments(json_node node, ledger_event& into) {
  if (!node.is(dues::node_kind::array) || node.size() == 0) return wrong(node, "instalments", "a list of {\"due\", \"amount\"?}");
  for (json_node member = node.first(); member; member = member.next()) {
    const json_node due = member.find("due"), money = member.find("amount");
    if (!due || member.size() != (money ? 2U : 1U)) {
      wrong(member, "instalments", "{\"due\", \"amount\"?}");
      continue;
    }
    planned_instalment made;
    made.due = day(due);
    if (money) made.amount = amount(money);
    if (money && made.amount <= 0) wrong(money, "amount", "an amount above 0");
    into.instalments.push_back(made);
  }
  const auto given = std::count_if(into.instalments.begin(), into.instalments.end(), [](const planned_instalment& one) { return one.amount != 0; });
  if (given != 0 && given != std::ssize(into.instalments)) wrong(node, "instalments", "an amount in each of them, or in none");
}

void event_reader::read_class(json_node node, ledger_event& into) {
  const std::string_view word = node.is(dues::node_kind::text) ? node.text() : std::string_view();
  const bool brought = into.kind != event_kind::charge;
  if (word == "costs") into.paid_as = claim_class::costs;
  else if (word == "interest" && brought) into.paid_as = claim_class::interest;
  else if (word != "principal") wrong(node, "class", brought ? "'principal', 'costs' or 'interest'" : "'principal' or 'costs'");
}

// Each field once, all that the kind needs, and nothing else.
bool event_reader::check_fields(json_node node, event_kind kind) {
  const event_fields fields = fields_of_kind[static_cast<std::size_t>(kind)];
  const std::size_t before = found_.errors();
  const std::string_view of = words::event_kind[static_cast<std::size_t>(kind)];
  seen_ = 0;
  for (json_node member = node.first(); member; member = member.next()) {
    const auto known = std::find_if(std::begin(event_field_names), std::end(event_field_names), [&](const event_field_name& one) { return one.name == member.key(); });
    const bool fits = known != std::end(event_field_names) && ((fields.needed | fields.allowed | fields_of_all) & known->field) != 0;
    if (fits) seen_ |= known->field;
    else found_.add(make_diagnostic("L101", member.pointer(), {{"name", std::string(member.key())}, {"of", std::string(of)}}));
  }
  for (const event_field_name& one : event_field_names)
    if ((fields.needed & ~seen_ & one.field) != 0)
      found_.add(make_diagnostic("L102", node.pointer(), {{"name", std::string(one.name)}, {"of", std::string(of)}}));
  return found_.errors() == before;
}

void event_reader::read_field(json_node node, event_field field, ledger_event& into) {
  switch (field) {
    case field_event: break;
    case field_id: into.id = text(node); break;
    case field_account: into.account = text(node); break;
    case field_from:
      if (into.kind == event_kind::received) into.other_account = text(node);
      else if (into.kind == event_kind::prepay) into.period = day(node);
      else into.date = day(node);
      break;
    case field_date:
    case field_issue: into.date = day(node); break;
    case field_to:
      if (into.kind == event_kind::transfer) into.other_account = text(node);
      else into.to = day(node);
      break;
    case field_kind: {
      const auto word = std::find(words::excluded_days.begin(), words::excluded_days.end(), node.text());
      if (node.is(dues::node_kind::text) && word != words::excluded_days.end()) into.excluded = static_cast<excluded_days>(word - words::excluded_days.begin());
      else wrong(node, "kind", "'dispute', 'deferral' or 'moratorium'");
      break;
    }
    case field_recorded: into.recorded = day(node); break;
    case field_amount: into.amount = amount(node); break;
    case field_share: {
      const std::string_view text = node.is(dues::node_kind::text) ? node.text() : std::string_view();
      const auto percent = text.ends_with('%') ? decimal::parse(text.substr(0, text.size() - 1)) : std::nullopt;
      const auto share = percent && percent->scale() <= 6 ? decimal::make(percent->coefficient(), percent->scale() + 2) : std::nullopt;
      if (share && *share > decimal() && *share <= decimal(1)) into.share = *share;
      else wrong(node, "share", "a percentage above 0% and at most 100%, with at most 6 places");
      break;
    }
    case field_currency:
      if (text(node) != tariff_.currency_code)
        found_.add(make_diagnostic("L113", node.pointer(), {{"is", std::string(node.text())}, {"wanted", tariff_.currency_code}}));
      break;
    case field_unit: into.unit = text(node); break;
    case field_fee: into.fee = text(node); break;
    case field_subject: into.subject = text(node); break;
    case field_period: into.period = day(node); break;
    case field_cause: into.cause = text(node); break;
    case field_due: into.due = day(node); break;
    case field_class: read_class(node, into); break;
    case field_penalty: into.penalty = amount(node); break;
    case field_credit:
    case field_deposit: into.amount = amount(node); break;
    case field_plan: into.plan = text(node); break;
    case field_instalments: read_instalments(node, into); break;
    case field_does: {
      const auto word = std::find(words::deposit_step.begin(), words::deposit_step.end(), node.text());
      if (node.is(dues::node_kind::text) && word != words::deposit_step.end()) into.step = static_cast<deposit_step>(word - words::deposit_step.begin());
      else wrong(node, "does", "'hold', 'settle', 'return' or 'forfeit'");
      break;
    }
    case field_sources: read_sources(node, into); break;
    case field_for: into.receivables = texts(node); break;
    case field_for_fees:
    case field_bound_to: into.fees = texts(node); break;
    case field_receivable: into.receivables = {text(node)}; break;
    case field_of: into.of = text(node); break;
    case field_through: into.through = day(node); break;
    case field_months: {
      const auto months = node.is(dues::node_kind::number) ? decimal::parse(node.text()) : std::nullopt;
      if (months && months->scale() == 0 && *months > decimal() && *months <= decimal(most_ahead_months)) into.ahead.months = static_cast<int>(months->coefficient());
      else wrong(node, "months", "a whole number of 1 to 1200");
      break;
    }
    case field_subscription: (into.kind == event_kind::prepay ? into.subject : into.subscription) = text(node); break;
    case field_terms: read_terms(node, into); break;
    case field_lines: read_kept(node, into); break;
    case field_reason: into.reason = text(node); break;
    case field_actor: into.actor = text(node); break;
    case field_reference: into.reference = text(node); break;
  }
}

// What follows from the rest: the key of a charge, the day on which it was recorded.
void event_reader::complete(json_node node, ledger_event& into) {
  if (into.kind == event_kind::charge) {
    if (into.subject.empty()) into.subject = "-";
    if (into.cause.empty()) into.cause = "charge";
    const std::string key = charge_key(tariff_.id, into);
    if (into.id.empty()) into.id = key;
    else if (into.id != key) wrong(node.find("id"), "id", key);
  }
  if (into.kind == event_kind::prepay) {
    if (into.subject.empty()) into.subject = "-";
    into.ahead.covered.from = into.period;
  }
  if (into.kind == event_kind::waiver && (seen_ & (field_amount | field_share)) == 0)
    found_.add(make_diagnostic("L102", node.pointer(), {{"name", "amount"}, {"of", "waiver"}}));
  if (into.kind == event_kind::opening) complete_opening(node);
  if (into.kind == event_kind::legal_case) complete_case(node, into);
  if (into.kind == event_kind::transfer && ((seen_ & field_unit) != 0) == ((seen_ & field_for) != 0)) wrong(node, "transfer", "either a unit or 'for'");
  if (into.kind == event_kind::deposit && into.step == deposit_step::hold && (seen_ & field_amount) == 0)
    found_.add(make_diagnostic("L102", node.pointer(), {{"name", "amount"}, {"of", "deposit"}}));
  if (into.kind == event_kind::deposit && into.step != deposit_step::settle && (seen_ & (field_for | field_for_fees)) != 0)
    found_.add(make_diagnostic("L101", node.pointer(), {{"name", "for"}, {"of", "deposit " + std::string(words::deposit_step[static_cast<std::size_t>(into.step)])}}));
  if ((seen_ & field_recorded) == 0) into.recorded = into.date;
}

void event_reader::complete_opening(json_node node) {
  constexpr std::uint64_t owed = field_due | field_amount, all = owed | field_fee | field_unit | field_penalty | field_class;
  const bool credit = (seen_ & field_credit) != 0, held = (seen_ & field_deposit) != 0;
  std::uint64_t others = 0;  // that do not go with what it opens
  if (credit) others = all | field_deposit | field_subscription;
  else if (held) others = all | field_bound_to;
  else others = field_bound_to | field_subscription;
  const bool missing = held ? (seen_ & field_subscription) == 0 : !credit && (seen_ & owed) != owed;
  if (missing || (seen_ & others) != 0) wrong(node, "opening", "'due' and 'amount' of what is owed, or 'credit', or 'deposit' and 'subscription'");
}

// It begins with the lines that it holds, or it ends another.
void event_reader::complete_case(json_node node, ledger_event& into) {
  constexpr std::uint64_t begins = field_from | field_for, ends = field_of | field_date;
  const bool ending = (seen_ & field_of) != 0;
  const std::uint64_t wanted = ending ? ends : begins, others = ending ? begins | field_to : ends;
  if ((seen_ & wanted) != wanted || (seen_ & others) != 0) wrong(node, "case", "'from' and 'for' where it begins, or 'of' and 'date' where it ends");
  if (!ending && (seen_ & field_to) == 0) into.to = last_day;
}

bool event_reader::read(json_node node, ledger_event& into) {
  if (!node.is(dues::node_kind::object)) {
    wrong(node, "event", "an object");
    return false;
  }
  const json_node word = node.find("event");
  if (!word || !word.is(dues::node_kind::text)) {
    found_.add(make_diagnostic("L102", node.pointer(), {{"name", "event"}, {"of", "event"}}));
    return false;
  }
  const auto kind = std::find(words::event_kind.begin(), words::event_kind.end(), word.text());
  if (kind == words::event_kind.end()) {
    found_.add(make_diagnostic("L104", word.pointer(), {{"word", shortened(word.text())}, {"nearest", std::string(nearest_name(word.text(), words::event_kind))}}));
    return false;
  }
  into = {};
  into.kind = static_cast<event_kind>(kind - words::event_kind.begin());
  const std::size_t before = found_.errors();
  if (!check_fields(node, into.kind)) return false;
  for (json_node member = node.first(); member; member = member.next())
    for (const event_field_name& one : event_field_names)
      if (one.name == member.key()) read_field(member, one.field, into);
  if (found_.errors() == before) complete(node, into);
  return found_.errors() == before;
}

}  // namespace detail

std::optional<std::vector<ledger_event>> read_events(const program& tariff, std::string_view json, diagnostics& found, const json_limits& limits) {
  const auto document = read_json(json, found, limits);
  if (document == nullptr || found.has_errors()) return std::nullopt;
  std::vector<ledger_event> events;
  detail::event_reader reader(tariff, found);
  json_node root = document->root();
  const bool stored = root.is(dues::node_kind::object) && root.find("dues_ledger");  // a ledger, which holds what others sent
  if (stored) {
    const json_node of = root.find("tariff"), list = root.find("events");
    if (!of.is(dues::node_kind::text) || of.text() != tariff.id)
      found.add(make_diagnostic("L103", "/tariff", {{"name", "tariff"}, {"is", of ? shown(of) : "absent"}, {"wanted", "'" + tariff.id + "'"}}));
    else if (!list.is(dues::node_kind::array)) found.add(make_diagnostic("L103", "/events", {{"name", "events"}, {"is", list ? shown(list) : "absent"}, {"wanted", "a list"}}));
    root = list;
  }
  if (root.is(dues::node_kind::array)) {
    for (json_node member = root.first(); member; member = member.next())
      if (ledger_event event; reader.read(member, event)) events.push_back(std::move(event));
  } else if (ledger_event event; !found.has_errors() && reader.read(root, event)) {
    events.push_back(std::move(event));
  }
  for (const ledger_event& one : events)
    if (!stored && one.kind == event_kind::received) found.add(make_diagnostic("L136", "", {{"id", one.id}}));
  if (found.has_errors()) return std::nullopt;
  return events;
}

DUES_END
