// SPDX-License-Identifier: Apache-2.0

#include "documents.hpp"

#include "files.hpp"
#include "prepaid.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/facts/loader.hpp>

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

std::vector<billed_before> read_before(const request& asked, const std::vector<std::shared_ptr<const program>>& tariffs, input_files& files, const language& words, progress& shown) {
  diagnostics found;
  billed_reader reader(tariffs, found);
  for (const std::string& name : asked.before) {
    std::atomic<std::size_t> megabytes{0};
    const progress::counting far(shown, say(words, "reading", {{"name", shown_name(name, words)}}), std::string(say(words, "megabytes")), megabytes);
    reader.begin();
    std::size_t read = 0;
    files.read_blocks(name, [&](std::string_view block) {
      megabytes = (read += block.size()) / 1'000'000;
      return reader.feed(block);
    });
    if (reader.finish()) continue;
    shown.stop();
    write_error(shown_name(name, words) + std::string(say(words, "colon")));
    refuse(found, "", words, shown);
  }
  return reader.take();
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
bill_request narrowed(const request& asked, const read_facts_result& known) {
  bill_request run = asked.run;
  if (asked.key.empty() || !run.account.empty()) return run;
  const std::string account = account_of_key(asked.key);
  const auto knows = [&](const std::shared_ptr<const facts>& one) { return one->accounts.find(account) != id_table::none; };
  if (std::any_of(known.loaded.begin(), known.loaded.end(), knows)) run.account = account;
  return run;
}

// Keys begin with the id of their tariff; a key of another is no line of any.
void add_paid_ahead(const std::vector<ledger_event>& events, const std::vector<std::shared_ptr<const program>>& tariffs, paid_ahead& into) {
  for (const auto& tariff : tariffs)
    for (auto& [account, keys] : paid_ahead_by(*tariff, events).keys) into.keys[account].insert(keys.begin(), keys.end());
}

std::vector<billing> bill_all(const request& asked, wants what, const read_facts_result& known, const std::vector<billed_before>& before, const paid_ahead& paid, run_watch& watch) {
  bill_request run = narrowed(asked, known);
  run.watch = &watch;
  run.paid = asked.prepaid.empty() ? nullptr : &paid;
  if (asked.before.empty() && known.loaded.size() > 1) return make_bills(known.loaded, run);
  std::vector<billing> made;
  for (std::size_t i = 0; i < known.loaded.size(); ++i) {
    const billed_before* const was = asked.before.empty() ? nullptr : &before[i];
    made.push_back(what == wants::bills ? make_bills(known.loaded[i], run, was) : make_lines(known.loaded[i], run, was));
  }
  return made;
}

}  // namespace

read_tariffs_result read_tariffs(const request& asked, input_files& files, const language& words, progress& shown) {
  read_tariffs_result made;
  for (const std::string& name : asked.tariffs) {
    shown.now(say(words, "reading", {{"name", shown_name(name, words)}}));
    read_tariff& one = made.emplace_back();
    one.name = name;
    one.text = files.read(name);
    one.result = compile(one.text);
  }
  return made;
}

std::vector<std::shared_ptr<const program>> compiled_of(const read_tariffs_result& read, const language& words) {
  std::vector<std::shared_ptr<const program>> all;
  for (const read_tariff& one : read) all.push_back(one.result.compiled);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a->id < b->id; });
  const auto twice = std::adjacent_find(all.begin(), all.end(), [](const auto& a, const auto& b) { return a->id == b->id; });
  if (twice != all.end()) throw failure(wrong_input, say(words, "tariff_twice", {{"id", (*twice)->id}}));
  return all;
}

void tell_tariff(const read_tariff& one, bool several, const language& words) {
  if (several && !one.result.found.empty()) write_error(shown_name(one.name, words) + std::string(say(words, "colon")));
  tell_all(one.result.found, one.text, words);
}

read_facts_result read_facts(const request& asked, const std::vector<std::shared_ptr<const program>>& tariffs, input_files& files, const language& words, progress& shown) {
  facts_loader loader(tariffs);
  for (const facts_file& one : asked.facts) {
    const std::string reading = say(words, "reading", {{"name", shown_name(one.name, words)}});
    bool good = true;
    if (one.table.empty()) {
      shown.now(reading);
      good = loader.json(files.read(one.name));
    } else {
      std::atomic<std::size_t> rows{0};
      const progress::counting far(shown, reading, std::string(say(words, "rows_read")), rows);
      good = loader.begin_csv(one.table);
      if (good)
        files.read_blocks(one.name, [&](std::string_view block) {
          if (shown.is_shown()) rows += static_cast<std::size_t>(std::count(block.begin(), block.end(), '\n'));
          return loader.feed(block);
        });
      good = loader.end_csv() && good;
    }
    if (!good) break;
  }
  facts_set loaded = loader.finish_all();
  read_facts_result made;
  for (auto& [id, one] : loaded.by_tariff) made.loaded.push_back(std::move(one));
  made.found = std::move(loaded.found);
  return made;
}

run_result read_and_bill(const request& asked, wants what, const language& words, progress& shown) {
  input_files files(words);
  const read_tariffs_result read = read_tariffs(asked, files, words, shown);
  std::size_t warnings = 0;
  for (const read_tariff& one : read) {
    warnings += warnings_in(one.result.found.all());
    if (one.result.compiled != nullptr) continue;
    shown.stop();
    tell_tariff(one, read.size() > 1, words);
    throw failure(wrong_input, "");
  }
  const auto tariffs = compiled_of(read, words);

  run_result run;
  read_facts_result known = read_facts(asked, tariffs, files, words, shown);
  if (known.loaded.empty()) refuse(known.found, "", words, shown);
  run.about_facts = std::move(known.found);
  const std::vector<billed_before> before = asked.before.empty() ? std::vector<billed_before>() : read_before(asked, tariffs, files, words, shown);

  paid_ahead paid;
  for (const std::string& name : asked.prepaid) add_paid_ahead(read_prepaid(tariffs, name, files, words), tariffs, paid);
  {
    run_watch watch;
    const progress::counting far(shown, std::string(say(words, "billing")), std::string(say(words, "lines_made")), watch.lines);
    run.made = bill_all(asked, what, known, before, paid, watch);
  }
  for (const billing& one : run.made) {
    const auto found = one.found.all();
    if (std::any_of(found.begin(), found.end(), is_about_the_request)) refuse(one.found, "", words, shown, wrong_use);
  }

  // Only now, when the run goes on: a refusal stands alone.
  shown.stop();
  if (warnings != 0) write_error(say(words, "warnings_of_tariff", {{"n", std::to_string(warnings)}}));
  tell_all(run.about_facts, "", words);
  for (const billing& one : run.made) tell_all(one.found, "", words);
  return run;
}

std::size_t lines_without_amount(const billing& made) {
  if (made.faults.empty()) return 0;
  return static_cast<std::size_t>(std::count_if(made.lines.begin(), made.lines.end(), [](const line& one) { return one.fault >= 0; }));
}

int end_of(const run_result& run) {
  const auto incomplete = [](const billing& one) { return lines_without_amount(one) != 0 || one.found.has_errors(); };
  return run.about_facts.has_errors() || std::any_of(run.made.begin(), run.made.end(), incomplete) ? without_amount : fine;
}

}  // namespace dues::command
