// SPDX-License-Identifier: Apache-2.0
//
// dues correct: what facts and tariff say now, against what the ledger has billed. The difference is recorded as
// adjustments; what an edition changes of the past is told.

#include "documents.hpp"
#include "files.hpp"
#include "ledger.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/bill/output.hpp>
#include <dues/ledger/corrections.hpp>
#include <dues/quote/quote.hpp>

namespace dues::command {

namespace {

// The lines of the run by their keys, nothing billed before.
std::map<std::string, line> fresh_lines(const billing& made) {
  std::map<std::string, line> lines;
  for (const line one : made.lines)
    if (one.fault < 0) lines.emplace(line_key(*made.known, one), one);
  return lines;
}

// T141 for each line that the two editions bill otherwise, on the same facts.
void tell_changed_past(const request& asked, const billing& now, input_files& files, const language& words, progress& shown) {
  request before = asked;
  before.tariffs = {asked.was};
  const read_tariffs_result read = read_tariffs(before, files, words, shown);
  shown.stop();
  if (read.front().result.compiled == nullptr) {
    tell_tariff(read.front(), true, words);
    throw failure(wrong_input, "");
  }
  const read_facts_result known = read_facts(before, compiled_of(read, words), files, words, shown);
  if (known.loaded.empty()) throw failure(wrong_input, "");
  const billing then = make_lines(known.loaded.front(), asked.run);
  const auto old_lines = fresh_lines(then), new_lines = fresh_lines(now);
  const int places = read.front().result.compiled->minor_units;
  const auto amount = [&](const std::map<std::string, line>& in, const std::string& key) {
    const auto at = in.find(key);
    return at == in.end() ? std::int64_t{0} : at->second.amount;
  };
  diagnostics found;
  const auto tell = [&](const std::string& key) {
    const std::int64_t was = amount(old_lines, key), is = amount(new_lines, key);
    if (was != is) found.add(make_diagnostic("T141", "", {{"id", key}, {"is", amount_text(is, places)}, {"was", amount_text(was, places)}}));
  };
  for (const auto& [key, one] : new_lines) tell(key);
  for (const auto& [key, one] : old_lines)
    if (!new_lines.contains(key)) tell(key);
  tell_all(found, "", words);
}

}  // namespace

int correct(const request& asked, const language& words) {
  progress shown;
  input_files files(words);
  opened_ledger into = open_ledger(asked, files, words, shown);
  const read_facts_result known = read_facts(asked, {into.tariff}, files, words, shown);
  shown.stop();
  tell_all(known.found, "", words);
  if (known.loaded.empty()) throw failure(wrong_input, "");
  const billed_before before = billed_by(*into.kept);
  // What is paid ahead is settled by its own events.
  std::vector<ledger_event> events;
  for (const auto& [account, book] : into.kept->books()) events.insert(events.end(), book.events.begin(), book.events.end());
  const paid_ahead paid = paid_ahead_by(*into.tariff, events);
  bill_request run = asked.run;
  run.paid = &paid;
  const billing made = make_lines(known.loaded.front(), run, &before);
  tell_all(made.found, "", words);
  if (!asked.was.empty()) tell_changed_past(asked, make_lines(known.loaded.front(), asked.run), files, words, shown);

  ledger_corrections corrections = corrections_of(*into.kept, made, asked.as_of);
  std::vector<ledger_entry> posted;
  std::size_t recorded = 0;
  for (ledger_event& event : corrections.events) {
    const applied done = into.kept->apply(std::move(event), {std::nullopt, into.penalties.get()});
    // A conflict leaves its line as it was, and the others go on.
    for (const diagnostic& one : done.found.all()) corrections.found.add(one);
    recorded += done.recorded && !done.repeated ? 1 : 0;
    posted.insert(posted.end(), done.entries.begin(), done.entries.end());
    for (const account_entries& other : done.others) posted.insert(posted.end(), other.entries.begin(), other.entries.end());
  }
  tell_all(corrections.found, "", words);
  show_posted(asked, into, posted, recorded, 0, words);
  const bool whole = lines_without_amount(made) == 0 && corrections.found.empty() && !known.found.has_errors() && !made.found.has_errors();
  return whole ? fine : without_amount;
}

}  // namespace dues::command
