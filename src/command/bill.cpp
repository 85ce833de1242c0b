// SPDX-License-Identifier: Apache-2.0
//
// dues bill: a run as a table or a sheet for people, as JSON or CSV for machines.

#include "documents.hpp"
#include "files.hpp"
#include "report.hpp"
#include "sheet.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/bill/output.hpp>

#include <algorithm>
#include <set>

namespace dues::command {

namespace {

// For formats whose readers are no people: what the lines carry, each once, unless the facts said so.
void tell_faults(const run_result& run, const language& words) {
  std::size_t missing = 0;
  for (const billing& made : run.made) missing += lines_without_amount(made);
  if (missing == 0) return;
  write_error(say(words, "lines_without_amount", {{"n", std::to_string(missing)}}));
  const auto text_of = [&](const diagnostic& one) { return one.code + " " + one.pointer + " " + message(one, words); };
  std::set<std::string> told;
  for (const diagnostic& one : run.about_facts.all()) told.insert(text_of(one));
  std::vector<diagnostic> fresh;
  for (const billing& made : run.made)
    for (const line& one : made.lines) {
      if (one.fault < 0 || fresh.size() == diagnostics::limit) continue;
      const diagnostic& fault = made.faults[static_cast<std::size_t>(one.fault)];
      if (told.insert(text_of(fault)).second) fresh.push_back(fault);
    }
  tell_all(fresh, fresh.size(), "", words);
}

}  // namespace

int bill(const request& asked, const language& words) {
  progress running;
  const bool bills = asked.format == shape::table || asked.format == shape::json;
  const run_result run = read_and_bill(asked, bills ? wants::bills : wants::lines, words, running);
  if (asked.format != shape::table) tell_faults(run, words);

  output_file out(asked.output, words);
  progress shown;
  const bool rows = asked.format == shape::csv || asked.format == shape::sheet;
  std::atomic<std::size_t> written{0};
  const progress::counting far(shown, std::string(say(words, "writing")), std::string(say(words, rows ? "lines_made" : "megabytes")), written);
  const text_sink to = [&](std::string_view chunk) {
    out.write(chunk);
    if (!shown.is_shown()) return;
    if (rows) written += static_cast<std::size_t>(std::count(chunk.begin(), chunk.end(), '\n'));
    else written = out.bytes() / 1'000'000;
  };
  switch (asked.format) {
    case shape::json:
      // A list as soon as several tariffs are asked for, whatever became of them.
      if (asked.tariffs.size() > 1) write_json(run.made, to);
      else write_json(run.made.front(), to);
      break;
    case shape::csv: write_csv(run.made, to); break;
    case shape::sheet: write_sheet(run.made, words, to); break;
    case shape::table: to(report(run.made, asked, words)); break;
  }
  out.finish();
  return end_of(run);
}

}  // namespace dues::command
