// SPDX-License-Identifier: Apache-2.0
//
// dues check: all mistakes of a tariff, and of the facts that it reads.

#include "command.hpp"
#include "files.hpp"
#include "progress.hpp"
#include "table.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/bill/output.hpp>

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
  shown.now(say(words, "reading", {{"name", shown_name(asked.tariff, words)}}));
  const std::string tariff_text = files.read(asked.tariff);
  const std::string facts_text = asked.facts.empty() ? std::string() : files.read(asked.facts);
  const compile_result read = compile(tariff_text);
  facts_result loaded;
  // Facts have a meaning only for a tariff that stands.
  if (!asked.facts.empty() && read.compiled != nullptr) {
    shown.now(say(words, "reading", {{"name", shown_name(asked.facts, words)}}));
    loaded = load_facts(read.compiled, facts_text);
  }
  shown.stop();

  std::vector<diagnostic> found(read.found.all().begin(), read.found.all().end());
  found.insert(found.end(), loaded.found.all().begin(), loaded.found.all().end());
  const std::size_t errors = read.found.errors() + loaded.found.errors();
  const std::size_t warnings = warnings_in(found);
  const bool good = errors == 0 && (warnings == 0 || !asked.strict);

  if (asked.format == shape::json) {
    write_file("", to_json(found), words);
    return good ? fine : wrong_input;
  }
  tell_all(read.found, tariff_text, words);
  tell_all(loaded.found, "", words);
  if (!found.empty()) write_error(say(words, "counted", {{"errors", std::to_string(errors)}, {"warnings", std::to_string(warnings)}}));
  if (good) write_file("", good_news(*read.compiled, loaded.loaded.get(), words), words);
  return good ? fine : wrong_input;
}

}  // namespace dues::command
