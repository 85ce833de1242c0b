// SPDX-License-Identifier: Apache-2.0
//
// dues check: all mistakes of tariffs, and of the facts that they read.

#include "documents.hpp"
#include "files.hpp"
#include "table.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/bill/output.hpp>

#include <algorithm>

namespace dues::command {

namespace {

std::string good_news(const program& tariff, const facts* known, const language& words) {
  std::string text = say(words, "no_mistakes",
                         {{"name", std::string(tariff.name.in(words.tag(), tariff.id))}, {"edition", tariff.edition}, {"fees", std::to_string(tariff.fees.size())}});
  if (known != nullptr)
    text += say(words, "no_mistakes_facts", {{"units", std::to_string(known->units.size())}, {"accounts", std::to_string(known->accounts.size())}});
  return printable(text) + "\n";
}

}  // namespace

int check(const request& asked, const language& words) {
  progress shown;
  input_files files(words);
  const read_tariffs_result read = read_tariffs(asked, files, words, shown);
  std::size_t errors = 0;
  std::vector<diagnostic> found;
  const auto keep = [&](const diagnostics& of) {
    errors += of.errors();
    found.insert(found.end(), of.all().begin(), of.all().end());
  };
  for (const read_tariff& one : read) keep(one.result.found);
  // Facts have a meaning only for tariffs that stand.
  const bool stand = std::all_of(read.begin(), read.end(), [](const read_tariff& one) { return one.result.compiled != nullptr; });
  std::vector<std::shared_ptr<const program>> tariffs;
  read_facts_result known;
  if (stand) {
    tariffs = compiled_of(read, words);
    if (!asked.facts.empty()) known = read_facts(asked, tariffs, files, words, shown);
  }
  keep(known.found);
  shown.stop();

  const std::size_t warnings = warnings_in(found);
  const bool good = errors == 0 && (warnings == 0 || !asked.strict);
  if (asked.format == shape::json) {
    write_file("", to_json(found), words);
    return good ? fine : wrong_input;
  }
  for (const read_tariff& one : read) tell_tariff(one, read.size() > 1, words);
  tell_all(known.found, "", words);
  if (!found.empty()) write_error(say(words, "counted", {{"errors", std::to_string(errors)}, {"warnings", std::to_string(warnings)}}));
  if (!good) return wrong_input;
  std::string news;
  for (std::size_t i = 0; i < tariffs.size(); ++i) news += good_news(*tariffs[i], i < known.loaded.size() ? known.loaded[i].get() : nullptr, words);
  write_file("", news, words);
  return fine;
}

}  // namespace dues::command
