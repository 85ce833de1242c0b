// SPDX-License-Identifier: Apache-2.0
//
// dues bill: a run as a table for people, as JSON for machines, as CSV for spreadsheets.

#include "documents.hpp"
#include "files.hpp"
#include "report.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/bill/output.hpp>

#include <set>

namespace dues::command {

namespace {

// For formats whose readers are no people: what the lines carry, each once, unless the facts said so.
void tell_faults(const run_result& run, const language& words) {
  const std::size_t missing = lines_without_amount(run.made);
  if (missing == 0) return;
  write_error(say(words, "lines_without_amount", {{"n", std::to_string(missing)}}));
  const auto text_of = [&](const diagnostic& one) { return one.code + " " + one.pointer + " " + message(one, words); };
  std::set<std::string> told;
  for (const diagnostic& one : run.about_facts.all()) told.insert(text_of(one));
  std::vector<diagnostic> fresh;
  for (const line& one : run.made.lines) {
    if (one.fault < 0) continue;
    const diagnostic& fault = run.made.faults[static_cast<std::size_t>(one.fault)];
    if (told.insert(text_of(fault)).second) fresh.push_back(fault);
    if (fresh.size() == diagnostics::limit) break;
  }
  tell_all(fresh, fresh.size(), "", words);
}

}  // namespace

int bill(const request& asked, const language& words) {
  progress shown;
  const run_result run = read_and_bill(asked, words, shown);
  if (asked.format != shape::table) tell_faults(run, words);
  output_file out(asked.output, words);
  const text_sink to = [&](std::string_view chunk) { out.write(chunk); };
  switch (asked.format) {
    case shape::json: write_json(run.made, to); break;
    case shape::csv: write_csv(run.made, to); break;
    case shape::table: out.write(report(run.made, asked, words)); break;
  }
  out.finish();
  return end_of(run);
}

}  // namespace dues::command
