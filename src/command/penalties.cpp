// SPDX-License-Identifier: Apache-2.0
//
// dues penalties: what lateness has cost of the receivables of a history, to a day, and why.

#include "documents.hpp"
#include "files.hpp"
#include "table.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/bill/output.hpp>
#include <dues/penalty/explain.hpp>
#include <dues/penalty/reading.hpp>

namespace dues::command {

namespace {

std::string amount(const int128& units, const program& tariff) { return decimal::make(units, tariff.minor_units)->to_text(); }

// The sentences of a receivable that is counted alone, or of a group's episode.
void append_reasons(std::string& out, const program& tariff, const penalty& policy, const component_accrual& one, const language& words) {
  for (const penalty_segment& segment : one.segments) out += "  " + printable(sentence(segment, words)) + "\n";
  out += "  " + printable(sentence(tariff, policy, one, words)) + "\n";
}

std::string totals_table(const arrears_accrual& made, const program& tariff, bool why, const language& words) {
  table shown({{std::string(say(words, "receivable"))}, {std::string(say(words, "part"))}, {std::string(say(words, "total")), align::right}, {std::string(say(words, "open")), align::right}});
  std::string reasons;
  for (const accrual& one : made.receivables) {
    if (!one.ok() || one.penalty < 0) continue;
    const penalty& policy = tariff.penalties[static_cast<std::size_t>(one.penalty)];
    for (const component_accrual& part : one.components)
      shown.add({printable(one.receivable), policy.id + "/" + policy.components[static_cast<std::size_t>(part.component)].id, amount(part.total, tariff), amount(part.open, tariff)});
    if (!why || policy.counted_per != penalty_scope::receivable) continue;
    reasons += printable(one.receivable) + "\n";
    for (const component_accrual& part : one.components) append_reasons(reasons, tariff, policy, part, words);
  }
  for (const penalty_episode& one : made.episodes) {
    if (!why) break;
    std::string together;
    for (const std::size_t place : one.receivables) together += (together.empty() ? "" : " + ") + made.receivables[place].receivable;
    reasons += printable(together) + "\n";
    append_reasons(reasons, tariff, tariff.penalties[static_cast<std::size_t>(made.receivables[one.receivables.front()].penalty)], one.accrued, words);
  }
  std::string out;
  if (!shown.empty()) shown.append_to(out);
  return reasons.empty() ? out : out + "\n" + reasons;
}

}  // namespace

int show_penalties(const request& asked, const language& words) {
  progress shown;
  input_files files(words);
  const read_tariffs_result read = read_tariffs(asked, files, words, shown);
  shown.stop();
  for (const read_tariff& one : read)
    if (one.result.compiled == nullptr) tell_tariff(one, false, words);
  if (read.front().result.compiled == nullptr) throw failure(wrong_input, "");
  const auto tariff = compiled_of(read, words).front();
  const auto refuse = [&](const std::string& name, const diagnostics& found, std::string_view text) {
    write_error(shown_name(name, words) + std::string(say(words, "colon")));
    tell_all(found, text, words);
    throw failure(wrong_input, "");
  };
  const std::string text = files.read(asked.events.front());
  penalty_history history = read_penalty_history(tariff, text);
  if (history.found.has_errors()) refuse(asked.events.front(), history.found, text);
  for (const std::string& name : asked.references) {
    const std::string rates = files.read(name);
    diagnostics found;
    if (!read_references(rates, history.terms, found)) refuse(name, found, rates);
  }
  const arrears_accrual made = accrue_all(history.terms, history.receivables, asked.as_of);
  if (asked.format == shape::json) {
    std::string out = "[";
    for (std::size_t i = 0; i < made.receivables.size(); ++i) out += (i == 0 ? "\n" : ",\n") + to_json(made.receivables[i], *tariff);
    write_file("", out + "]\n", words);
  } else {
    for (const accrual& one : made.receivables) tell_all(one.found, "", words);
    write_file("", totals_table(made, *tariff, asked.explain, words), words);
  }
  return made.ok() ? fine : without_amount;
}

}  // namespace dues::command
