// SPDX-License-Identifier: Apache-2.0
//
// Reads and checks what was granted for a prepayment.
#pragma once

#include <dues/ledger/impl/check.hpp>
#include <dues/ledger/impl/prepay.hpp>
#include <dues/ledger/impl/read_events.hpp>

DUES_BEGIN

namespace detail {

void event_reader::read_terms(json_node node, ledger_event& into) {
  static constexpr std::array<std::string_view, 5> known{"to", "price", "leaving_early", "tariff_hash", "lines"};
  if (!node.is(dues::node_kind::object)) return wrong(node, "terms", "an object, as a quote gives it");
  std::size_t seen = 0;
  const auto word = [&](json_node field, const auto& words) -> std::size_t {
    const auto at = std::find(words.begin(), words.end(), field.is(dues::node_kind::text) ? field.text() : std::string_view());
    if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
    wrong(field, field.key(), "one of its words");
    return 0;
  };
  for (json_node field = node.first(); field; field = field.next()) {
    ++seen;
    if (field.key() == "to") into.ahead.covered.to = day(field);
    else if (field.key() == "price") into.ahead.price = static_cast<prepaid_price>(word(field, words::prepaid_price));
    else if (field.key() == "leaving_early") into.ahead.leaving = static_cast<early_leave>(word(field, words::early_leave));
    else if (field.key() == "tariff_hash") into.ahead.tariff_hash = text(field);
    else if (field.key() == "lines" && field.is(dues::node_kind::array)) for (json_node line = field.first(); line; line = line.next()) read_ahead(line, into);
    else if (field.key() == "lines") wrong(field, "lines", "a list");
    else found_.add(make_diagnostic("L101", field.pointer(), {{"name", std::string(field.key())}, {"of", "terms"}}));
  }
  for (const std::string_view name : known)
    if (!node.find(name)) found_.add(make_diagnostic("L102", node.pointer(), {{"name", std::string(name)}, {"of", "terms"}}));
}

void event_reader::read_ahead(json_node node, ledger_event& into) {
  static constexpr std::array<std::string_view, 10> needed{"period", "from", "to", "issue", "due", "months", "gross", "tax", "amount", "regular"};
  if (!node.is(dues::node_kind::object)) return wrong(node, "lines", "objects");
  ahead_line made;
  const std::pair<std::string_view, civil_day*> days[] = {{"period", &made.period}, {"from", &made.from}, {"to", &made.to}, {"issue", &made.issue}, {"due", &made.due}};
  const std::pair<std::string_view, std::int64_t*> amounts[] = {{"gross", &made.gross}, {"tax", &made.tax}, {"amount", &made.amount}, {"regular", &made.regular}};
  for (json_node field = node.first(); field; field = field.next()) {
    const auto named = [&](const auto& one) { return one.first == field.key(); };
    const auto a_day = std::find_if(std::begin(days), std::end(days), named);
    const auto an_amount = std::find_if(std::begin(amounts), std::end(amounts), named);
    if (a_day != std::end(days)) *a_day->second = day(field);
    else if (an_amount != std::end(amounts)) *an_amount->second = amount(field);
    else if (field.key() == "gift" && field.is(dues::node_kind::boolean)) made.gift = field.truth();
    else if (field.key() == "rebate") made.rebate = text(field);
    else if (field.key() == "months") {
      const auto months = field.is(dues::node_kind::number) ? decimal::parse(field.text()) : std::nullopt;
      if (months && months->scale() == 0 && *months > decimal() && *months <= decimal(most_ahead_months)) made.months = static_cast<int>(months->coefficient());
      else wrong(field, "months", "a whole number of 1 to 1200");
    } else found_.add(make_diagnostic("L101", field.pointer(), {{"name", std::string(field.key())}, {"of", "lines"}}));
  }
  for (const std::string_view name : needed)
    if (!node.find(name)) found_.add(make_diagnostic("L102", node.pointer(), {{"name", std::string(name)}, {"of", "lines"}}));
  into.ahead.lines.push_back(std::move(made));
}

void event_reader::read_kept(json_node node, ledger_event& into) {
  if (!node.is(dues::node_kind::array)) return wrong(node, "lines", "a list of {\"period\", \"amount\"}");
  for (json_node line = node.first(); line; line = line.next()) {
    const json_node period = line.find("period"), money = line.find("amount");
    if (!period || !money || line.size() != 2) {
      wrong(line, "lines", "{\"period\", \"amount\"}");
      continue;
    }
    ahead_line made;
    made.period = day(period);
    made.amount = amount(money);
    into.ahead.lines.push_back(std::move(made));
  }
}

void event_check::leave() {
  if (event_.of.empty()) wrong("of", "''", "the id of an event");
  if (event_.amount < 0) positive();
  std::set<civil_day> seen;
  for (const ahead_line& one : event_.ahead.lines)
    if (one.amount < 0 || !seen.insert(one.period).second) wrong("lines", to_text(one.period), "each period once, with an amount of 0 or more");
}

// The money is for its lines, to the cent; no two of them are one.
void event_check::prepay() {
  positive();
  sources();
  fee("fee", event_.fee);
  const ahead_terms& terms = event_.ahead;
  int128 sum = 0;
  std::set<std::pair<civil_day, std::string_view>> seen;
  int paid = 0;
  for (const ahead_line& one : terms.lines) {
    const bool of_rebate = !one.rebate.empty();
    if (!seen.emplace(one.period, one.rebate).second) wrong("terms", to_text(one.period), "each period once");
    if (one.amount < 0 || one.gross < 0 || one.regular < 0) wrong("terms", to_text(one.period), "amounts of 0 or more");
    if (one.due < one.issue) wrong("terms", to_text(one.due), "a due date not before the date of issue");
    if (of_rebate) continue;
    if (one.to <= one.from || one.period < terms.covered.from || terms.covered.to <= one.period) wrong("terms", to_text(one.period), "periods within " + to_text(terms.covered.from) + " and " + to_text(terms.covered.to));
    sum += one.amount;
    if (!one.gift) paid += one.months;
  }
  if (paid != terms.months) wrong("months", std::to_string(paid), std::to_string(terms.months) + " months of lines that are paid");
  if (sum != event_.amount)
    found_.add(make_diagnostic("L150", "/terms/lines", {{"id", event_.id}, {"is", amount_text(sum, tariff_.minor_units)}, {"wanted", amount_text(event_.amount, tariff_.minor_units)}}));
}

}  // namespace detail

DUES_END
