// SPDX-License-Identifier: Apache-2.0
//
// dues explain: every step from facts and tariff to the amount of a line, as sentences or as data.

#include "documents.hpp"
#include "files.hpp"
#include "report.hpp"
#include "table.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/explain/explain.hpp>

#include <algorithm>

namespace dues::command {

namespace {

std::string as_text(const billing& made, const line& one, const explanation& told, const language& words) {
  const facts& known = *made.known;
  const program& tariff = *known.tariff;
  std::vector<std::pair<std::string_view, std::string>> head{
      {"fee", fee_name(tariff, one.fee, words)},
      {"account", std::string(known.accounts.at(one.account))},
      {"unit", std::string(known.units.at(one.unit))},
      {"served", say(words, "not_included", {{"from", to_text(one.from)}, {"to", to_text(one.to)}})},
      {"due", to_text(one.due)},
      {"amount", tariff.currency_code + " " + amount_text(one.amount, tariff.minor_units)},
      {"of_which_tax", tariff.currency_code + " " + amount_text(one.tax, tariff.minor_units)},
      {"key", told.key}};
  if (one.adjustment != 0) head.insert(head.begin() + 1, {"cause", cause_in(one, words)});
  std::string out = labelled(head, words) + "\n";

  table steps({{std::string(say(words, "number")), align::right}, {std::string(say(words, "place"))}, {std::string(say(words, "step"))}});
  // What a rule rests on, with the steps that rest on it, in the order of the steps.
  std::vector<std::pair<std::string, std::string>> rests;
  for (std::size_t i = 0; i < told.steps.size(); ++i) {
    const dues::step& step = told.steps[i];
    const std::string number = std::to_string(i + 1);
    steps.add({number, step.at, sentence(tariff, step, words)});
    for (const std::string& cited : step.cites) {
      const auto at = std::find_if(rests.begin(), rests.end(), [&](const auto& rest) { return rest.first == cited; });
      if (at == rests.end()) rests.emplace_back(cited, number);
      else at->second += ", " + number;
    }
  }
  steps.append_to(out);
  if (rests.empty()) return out;
  out += '\n';
  table according({{std::string(say(words, "cites"))}, {std::string(say(words, "steps"))}});
  for (auto& [cited, numbers] : rests) according.add({std::move(cited), std::move(numbers)});
  according.append_to(out);
  return out;
}

// A line of one of the tariffs.
struct line_place {
  const billing* made;
  std::size_t at;
};

// The lines that are asked for.
std::vector<line_place> places_asked(std::span<const billing> made, const request& asked, const language& words) {
  if (!asked.key.empty()) {
    for (const billing& run : made)
      if (const auto place = find_line(run, asked.key)) return {{&run, *place}};
    const diagnostic none = make_diagnostic("R111", "", {{"is", asked.key}});
    tell_all(std::span(&none, 1), 1, "", words);
    throw failure(wrong_use, "");
  }
  std::vector<line_place> places;
  std::vector<std::string_view> ids;
  bool known = asked.fee.empty();
  for (const billing& run : made) {
    const std::int32_t fee = asked.fee.empty() ? -1 : run.known->tariff->fee_index(asked.fee);
    for (const auto& one : run.known->tariff->fees) ids.push_back(one.id);
    known = known || fee >= 0;
    if (fee < 0 && !asked.fee.empty()) continue;
    for (std::size_t i = 0; i < run.lines.size(); ++i)
      if (fee < 0 || run.lines[i].fee == fee) places.push_back({&run, i});
  }
  if (!known) throw failure(wrong_use, printable(say_none_of("--fee", asked.fee, ids, words)));
  if (places.empty()) throw failure(wrong_use, std::string(say(words, "no_match")));
  return places;
}

}  // namespace

int explain(const request& asked, const language& words) {
  progress shown;
  const run_result run = read_and_bill(asked, wants::bills, words, shown);
  const auto places = places_asked(run.made, asked, words);
  const bool json = asked.format == shape::json;
  const std::size_t most = json || asked.rows == 0 ? places.size() : std::min(places.size(), asked.rows);
  std::vector<diagnostic> faults;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < most; ++i) {
    const billing& made = *places[i].made;
    const line one = made.lines[places[i].at];
    const auto told = explain_line(made, places[i].at);
    if (!told) faults.push_back(made.faults[static_cast<std::size_t>(one.fault)]);
    else texts.push_back(json ? to_json(*told, *made.known->tariff) : as_text(made, one, *told, words));
  }
  std::string out;
  const bool list = json && asked.key.empty();
  if (list) out += "[\n";
  for (std::size_t i = 0; i < texts.size(); ++i) out += (i == 0 ? "" : list ? ",\n" : "\n") + texts[i];
  if (list) out += "]\n";
  if (most < places.size()) out += "\n" + say(words, "more_rows", {{"n", std::to_string(places.size() - most)}}) + "\n";
  write_file("", out, words);
  tell_all(faults, faults.size(), "", words);
  return faults.empty() ? fine : without_amount;
}

}  // namespace dues::command
