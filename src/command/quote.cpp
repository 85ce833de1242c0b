// SPDX-License-Identifier: Apache-2.0
//
// dues quote: what months paid ahead cost and save. With --quote it bills by one, with --leave it settles one that
// ended early; both give the events that dues pay records.

#include "documents.hpp"
#include "files.hpp"
#include "prepaid.hpp"
#include "table.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/ledger/file.hpp>
#include <dues/quote/file.hpp>
#include <dues/quote/leaving.hpp>

#include <algorithm>

namespace dues::command {

namespace {

struct opened {
  std::shared_ptr<const facts> known;
  std::vector<ledger_event> prepaid;
  billed_before before;
};

[[noreturn]] void refuse(const std::string& name, const diagnostics& found, std::string_view document, const language& words, exit_code code) {
  if (!name.empty()) write_error(shown_name(name, words) + std::string(say(words, "colon")));
  tell_all(found, document, words);
  throw failure(code, "");
}

opened open(const request& asked, input_files& files, const language& words, progress& shown) {
  const read_tariffs_result read = read_tariffs(asked, files, words, shown);
  shown.stop();
  for (const read_tariff& one : read)
    if (one.result.compiled == nullptr) tell_tariff(one, false, words);  // warnings are for check
  if (read.front().result.compiled == nullptr) throw failure(wrong_input, "");
  const auto tariffs = compiled_of(read, words);
  opened made;
  read_facts_result known = read_facts(asked, tariffs, files, words, shown);
  if (known.loaded.empty()) refuse("", known.found, "", words, wrong_input);
  tell_all(known.found, "", words);
  made.known = known.loaded.front();
  for (const std::string& name : asked.prepaid)
    for (ledger_event& one : read_prepaid(tariffs, name, files, words)) made.prepaid.push_back(std::move(one));
  for (const std::string& name : asked.before) {
    diagnostics found;
    if (!read_billed(*tariffs.front(), files.read(name), made.before, found)) refuse(name, found, "", words, wrong_input);
  }
  return made;
}

// Of the prepayments those that stand: what was taken back holds no period that has not begun.
std::vector<ledger_event> standing(std::span<const ledger_event> events) {
  std::vector<ledger_event> made;
  for (const ledger_event& one : events) {
    const auto takes_back = [&](const ledger_event& other) { return other.kind == event_kind::reversal && other.of == one.id; };
    if (one.kind == event_kind::prepay && std::none_of(events.begin(), events.end(), takes_back)) made.push_back(one);
  }
  return made;
}

std::string events_text(const program& tariff, std::span<const ledger_event> events) {
  std::string out = "[";
  for (std::size_t i = 0; i < events.size(); ++i) out += (i == 0 ? "\n" : ",\n") + to_json(tariff, events[i]);
  return out + "\n]\n";
}

std::string quotes_table(std::span<const dues::quote> quotes, const language& words) {
  const auto title = [&](std::string_view key) { return std::string(say(words, key)); };
  table shown({{title("from")}, {title("to")}, {title("months"), align::right}, {title("free_months"), align::right}, {title("paid"), align::right}, {title("saved"), align::right}, {title("cheapest")}});
  std::string reasons;
  const auto best = cheapest(quotes);
  for (std::size_t i = 0; i < quotes.size(); ++i) {
    const dues::quote& one = quotes[i];
    if (!one.ok()) continue;
    const program& tariff = *one.made.known->tariff;
    const auto money = [&](std::int64_t units) { return amount_text(units, tariff.minor_units); };
    shown.add({to_text(one.covered.from), to_text(one.covered.to), std::to_string(one.asked.months), std::to_string(one.gift_months), money(one.paid), money(one.saved()), best == i ? "*" : ""});
    reasons += "\n" + say(words, "quote_of", {{"months", std::to_string(one.asked.months)}, {"from", to_text(one.covered.from)}, {"id", one.id}}) + "\n";
    for (const quoted_offer& offer : one.offers) reasons += "  " + printable(sentence(one, offer, words)) + "\n";
  }
  std::string out;
  if (!shown.empty()) shown.append_to(out);
  return out + reasons;
}

int bill_by_quote(const request& asked, const opened& from, input_files& files, const language& words) {
  const program& tariff = *from.known->tariff;
  const std::string text = files.read(asked.quote_file);
  diagnostics found;
  const auto given = read_quote(tariff, text, found);
  if (!given) refuse(asked.quote_file, found, text, words, wrong_input);
  const auto stands = standing(from.prepaid);
  const dues::quote billed = bill_quote(from.known, *given, asked.ahead.on, {stands, &from.before});
  if (!billed.ok()) refuse("", billed.found, "", words, wrong_input);
  const ledger_event made = prepay_of(billed, asked.id.empty() ? "prepay:" + billed.id : asked.id);
  write_file(asked.output, events_text(tariff, {&made, 1}), words);
  return fine;
}

int settle(const request& asked, const opened& from, const language& words) {
  const auto stands = standing(from.prepaid);
  const auto at = std::find_if(stands.begin(), stands.end(), [&](const ledger_event& one) { return one.id == asked.leave; });
  if (at == stands.end()) throw failure(wrong_use, say(words, "wrong_use", {{"what", say(words, "no_prepayment", {{"is", printable(asked.leave)}})}}));
  leave_request how;
  how.id = asked.id.empty() ? "leave:" + asked.leave : asked.id;
  how.by_manager = asked.by_manager;
  how.to = asked.refund_to;
  if (asked.ahead.on != ledger_event::no_day) how.on = asked.ahead.on;
  const leaving made = settle_leaving(from.known, *at, how, from.prepaid);
  if (!made.ok()) refuse("", made.found, "", words, wrong_input);
  const program& tariff = *from.known->tariff;
  write_file(asked.output, events_text(tariff, made.events), words);
  write_error(say(words, "refunded", {{"amount", tariff.currency_code + " " + amount_text(made.refund, tariff.minor_units)}, {"on", to_text(made.left)}}));
  return fine;
}

}  // namespace

int quote(const request& asked, const language& words) {
  progress shown;
  input_files files(words);
  const opened from = open(asked, files, words, shown);
  if (!asked.quote_file.empty()) return bill_by_quote(asked, from, files, words);
  if (!asked.leave.empty()) return settle(asked, from, words);
  const auto stands = standing(from.prepaid);
  const auto quotes = make_quotes(from.known, asked.ahead, asked.months, asked.dates, {stands, &from.before});
  for (const dues::quote& one : quotes) tell_all(one.found, "", words);
  write_file(asked.output, asked.format == shape::json ? to_json(quotes) : quotes_table(quotes, words), words);
  return cheapest(quotes) ? fine : wrong_use;
}

}  // namespace dues::command
