// SPDX-License-Identifier: Apache-2.0
//
// dues pay: events are recorded and post their entries; all of them, or none. dues ledger: balances on a
// day, and why money went where it did.

#include "documents.hpp"
#include "files.hpp"
#include "ledger.hpp"
#include "table.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/ledger/file.hpp>
#include <dues/ledger/penalties.hpp>
#include <dues/penalty/reading.hpp>

namespace dues::command {

namespace {

[[noreturn]] void refuse(const std::string& name, const diagnostics& found, std::string_view document, const language& words) {
  write_error(shown_name(name, words) + std::string(say(words, "colon")));
  tell_all(found, document, words);
  throw failure(wrong_input, "");
}

}  // namespace

opened_ledger open_ledger(const request& asked, input_files& files, const language& words, progress& shown) {
  opened_ledger made;
  const read_tariffs_result read = read_tariffs(asked, files, words, shown);
  shown.stop();
  for (const read_tariff& one : read) {
    // Warnings are for check.
    if (one.result.compiled == nullptr) tell_tariff(one, false, words);
  }
  if (read.front().result.compiled == nullptr) throw failure(wrong_input, "");
  made.tariff = compiled_of(read, words).front();
  penalty_terms terms;
  terms.tariff = made.tariff;
  for (const std::string& name : asked.references) {
    const std::string text = files.read(name);
    diagnostics found;
    if (!read_references(text, terms, found)) refuse(name, found, text, words);
  }
  made.penalties = std::make_unique<tariff_accruals>(std::move(terms));
  if (asked.ledger.empty()) {
    made.kept.emplace(made.tariff);
    return made;
  }
  const std::string text = files.read(asked.ledger);
  diagnostics found;
  made.kept = read_ledger(made.tariff, text, found, {}, made.penalties.get());
  if (!made.kept) refuse(asked.ledger, found, text, words);
  return made;
}

namespace {

// Events in the order of their files; bills first, since payments name what they billed.
std::vector<std::pair<std::string, ledger_event>> read_all(const request& asked, const opened_ledger& into, input_files& files, const language& words) {
  std::vector<std::pair<std::string, ledger_event>> all;
  for (const std::string& name : asked.bills) {
    const std::string text = files.read(name);
    billed_before billed;
    diagnostics found;
    if (!read_billed(*into.tariff, text, billed, found)) refuse(name, found, "", words);
    for (ledger_event& one : charges_of(*into.tariff, billed)) all.emplace_back(name, std::move(one));
  }
  for (const std::string& name : asked.events) {
    const std::string text = files.read(name);
    diagnostics found;
    auto events = read_events(*into.tariff, text, found);
    if (!events) refuse(name, found, text, words);
    for (ledger_event& one : *events) all.emplace_back(name, std::move(one));
  }
  return all;
}

std::string posted_table(const program& tariff, std::span<const ledger_entry> entries, const language& words) {
  table shown({{std::string(say(words, "date"))}, {std::string(say(words, "does"))}, {std::string(say(words, "cause"))}, {std::string(say(words, "receivable"))},
               {std::string(say(words, "part"))}, {std::string(say(words, "amount")), align::right}});
  for (const ledger_entry& one : entries)
    shown.add({to_text(one.date), std::string(dues::words::movement_kind[static_cast<std::size_t>(one.kind)]), printable(one.cause), printable(one.receivable), printable(one.part),
               amount_text(one.amount, tariff.minor_units)});
  std::string out;
  if (!shown.empty()) shown.append_to(out);
  return out;
}

std::string balances_table(const program& tariff, std::span<const account_state> states, bool why, const language& words) {
  const auto money = [&](int128 amount) { return amount_text(amount, tariff.minor_units); };
  table shown({{std::string(say(words, "account"))}, {std::string(say(words, "receivable"))}, {std::string(say(words, "due"))}, {std::string(say(words, "open")), align::right},
               {std::string(say(words, "penalty")), align::right}, {std::string(say(words, "credit")), align::right}});
  std::string reasons;
  for (const account_state& state : states) {
    for (const receivable& one : state.receivables) {
      int128 penalty = 0;
      for (const penalty_part& part : one.penalties) penalty += part.open();
      if (one.open() != 0 || penalty != 0) shown.add({printable(state.account), printable(one.id), to_text(one.due), money(one.open()), money(penalty), ""});
    }
    shown.add({printable(state.account), std::string(say(words, "total")), "", money(state.open_principal()), money(state.open_penalties()), money(state.credit_total())});
    for (const movement& one : state.movements)
      if (why && one.kind == movement_kind::allocation) reasons += to_text(one.date) + "  " + printable(one.cause + std::string(say(words, "colon")) + sentence(tariff, state, one, words)) + "\n";
  }
  std::string out;
  shown.append_to(out);
  return reasons.empty() ? out : out + "\n" + reasons;
}

}  // namespace

void show_posted(const request& asked, const opened_ledger& into, std::span<const ledger_entry> posted, std::size_t recorded, std::size_t repeated, const language& words) {
  const program& tariff = *into.tariff;
  if (!asked.output.empty()) write_file(asked.output, to_json(*into.kept), words);
  // Beside a ledger that goes to standard output nothing else does.
  if (asked.output != "-") write_file("", asked.format == shape::json ? to_json(tariff, posted) + "\n" : posted_table(tariff, posted, words), words);
  write_error(say(words, "recorded", {{"n", std::to_string(recorded)}, {"repeated", std::to_string(repeated)}, {"entries", std::to_string(posted.size())}}));
  if (asked.output.empty()) write_error(say(words, "trial"));
}

int pay(const request& asked, const language& words) {
  progress shown;
  input_files files(words);
  opened_ledger into = open_ledger(asked, files, words, shown);
  std::vector<ledger_entry> posted;
  std::size_t recorded = 0, repeated = 0;
  for (auto& [name, event] : read_all(asked, into, files, words)) {
    const applied done = into.kept->apply(std::move(event), {std::nullopt, into.penalties.get()});
    if (!done.recorded) {
      write_error(say(words, "nothing_kept"));
      refuse(name, done.found, "", words);
    }
    ++(done.repeated ? repeated : recorded);
    posted.insert(posted.end(), done.entries.begin(), done.entries.end());
    for (const account_entries& other : done.others) posted.insert(posted.end(), other.entries.begin(), other.entries.end());
  }
  show_posted(asked, into, posted, recorded, repeated, words);
  return fine;
}

int show_ledger(const request& asked, const language& words) {
  progress shown;
  input_files files(words);
  const opened_ledger from = open_ledger(asked, files, words, shown);
  derive_options with;
  with.as_of = asked.as_of;
  with.known_at = asked.known_at;
  with.penalties = from.penalties.get();
  with.explain = asked.explain;
  std::vector<account_state> states;
  const std::string& account = asked.run.account;
  if (!account.empty() && from.kept->find(account) == nullptr) throw failure(wrong_use, say(words, "wrong_use", {{"what", std::string(say(words, "no_match"))}}));
  if (asked.format == shape::csv) {
    write_file("", entries_csv(*from.kept, account, asked.as_of, asked.known_at), words);
    return fine;
  }
  for (const auto& [id, book] : from.kept->books()) {
    if (!account.empty() && id != account) continue;
    states.push_back(from.kept->state(id, with));
    if (states.back().found.has_errors()) refuse(asked.ledger, states.back().found, "", words);
  }
  if (asked.format == shape::table) {
    write_file("", balances_table(*from.tariff, states, asked.explain, words), words);
    return fine;
  }
  std::string out = "[";
  for (std::size_t i = 0; i < states.size(); ++i) out += (i == 0 ? "\n" : ",\n") + to_json(*from.tariff, states[i], asked.as_of);
  write_file("", out + "]\n", words);
  return fine;
}

}  // namespace dues::command
