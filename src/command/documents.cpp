// SPDX-License-Identifier: Apache-2.0

#include "documents.hpp"

#include "files.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <algorithm>
#include <charconv>

namespace dues::command {

namespace {

// Tells what a document has and ends the run; what is to be said is said.
[[noreturn]] void refuse(const diagnostics& found, std::string_view document, const language& words, progress& shown, exit_code code = wrong_input) {
  shown.stop();
  tell_all(found, document, words);
  throw failure(code, "");
}

// R110 to R113 speak of what the command was asked.
bool is_about_the_request(const diagnostic& one) { return one.code >= "R110" && one.code <= "R113"; }

billed_before read_before(const request& asked, const program& tariff, input_files& files, const language& words, progress& shown) {
  billed_before before;
  for (const std::string& name : asked.before) {
    shown.now(say(words, "reading", {{"name", shown_name(name, words)}}));
    const std::string text = files.read(name);
    diagnostics found;
    if (read_billed(tariff, text, before, found)) continue;
    shown.stop();
    write_error(shown_name(name, words) + std::string(say(words, "colon")));
    refuse(found, text, words, shown);
  }
  return before;
}

// The account of a key, "tariff/account/...", with its percent-escapes undone.
std::string account_of_key(std::string_view key) {
  key.remove_prefix(std::min(key.size(), key.find('/')));
  if (!key.empty()) key.remove_prefix(1);
  key = key.substr(0, key.find('/'));
  std::string out;
  for (std::size_t i = 0; i < key.size(); ++i) {
    unsigned byte = 0;
    if (key[i] == '%' && i + 2 < key.size() && std::from_chars(key.data() + i + 1, key.data() + i + 3, byte, 16).ptr == key.data() + i + 3) i += 2;
    else byte = static_cast<unsigned char>(key[i]);
    out += static_cast<char>(byte);
  }
  return out;
}

// A line that is asked for by its key needs the lines of its account only.
bill_request narrowed(const request& asked, const facts& known) {
  bill_request run = asked.run;
  if (asked.key.empty() || !run.account.empty()) return run;
  if (std::string account = account_of_key(asked.key); known.accounts.find(account) != id_table::none) run.account = std::move(account);
  return run;
}

}  // namespace

run_result read_and_bill(const request& asked, const language& words, progress& shown) {
  input_files files(words);
  shown.now(say(words, "reading", {{"name", shown_name(asked.tariff, words)}}));
  const std::string tariff_text = files.read(asked.tariff);
  const compile_result read = compile(tariff_text);
  if (read.compiled == nullptr) refuse(read.found, tariff_text, words, shown);

  shown.now(say(words, "reading", {{"name", shown_name(asked.facts, words)}}));
  run_result run;
  std::shared_ptr<const facts> known;
  {
    const std::string facts_text = files.read(asked.facts);
    facts_result loaded = load_facts(read.compiled, facts_text);
    if (loaded.loaded == nullptr) refuse(loaded.found, facts_text, words, shown);
    known = std::move(loaded.loaded);
    run.about_facts = std::move(loaded.found);
  }
  const billed_before before = read_before(asked, *read.compiled, files, words, shown);

  shown.now(std::string(say(words, "billing")));
  run.made = make_bills(known, narrowed(asked, *known), asked.before.empty() ? nullptr : &before);
  const auto found = run.made.found.all();
  if (std::any_of(found.begin(), found.end(), is_about_the_request)) refuse(run.made.found, "", words, shown, wrong_use);

  // Only now, when the run goes on: a refusal stands alone.
  shown.stop();
  if (const std::size_t warnings = warnings_in(read.found.all()); warnings != 0)
    write_error(say(words, "warnings_of_tariff", {{"n", std::to_string(warnings)}}));
  tell_all(run.about_facts, "", words);
  tell_all(run.made.found, "", words);
  return run;
}

std::size_t lines_without_amount(const billing& made) {
  return static_cast<std::size_t>(std::count_if(made.lines.begin(), made.lines.end(), [](const line& one) { return one.fault >= 0; }));
}

int end_of(const run_result& run) {
  return lines_without_amount(run.made) != 0 || run.made.found.has_errors() || run.about_facts.has_errors() ? without_amount : fine;
}

}  // namespace dues::command
