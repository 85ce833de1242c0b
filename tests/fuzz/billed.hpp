// SPDX-License-Identifier: Apache-2.0
//
// What must hold of any facts and tariff that were accepted: a month bills, each line is told apart by
// its key, totals are sums, and explanations calculate to the line.
#pragma once

#include "fuzz/targets.hpp"

#include <dues/dues.hpp>

#include <set>

namespace dues_fuzz {

/// The same diagnostics; each has a message and a cure in both languages.
inline void require_sound(const dues::diagnostics& found, const dues::diagnostics& again) {
  require(found.errors() == again.errors() && std::equal(found.all().begin(), found.all().end(), again.all().begin(), again.all().end()), "the same input gives the same diagnostics");
  for (const dues::diagnostic& one : found.all())
    for (const dues::language* words : {&dues::language::english(), &dues::language::chinese()})
      require(!dues::message(one, *words).empty() && !dues::cure(one, *words).empty(), "a diagnostic has words");
}

inline void require_billed(const std::shared_ptr<const dues::facts>& known, dues::day_range days) {
  dues::bill_request asked;
  asked.days = days;
  asked.most_lines = 2'000;
  const dues::billing made = dues::make_bills(known, asked);
  require(made.found.empty() || made.lines.empty(), "a run that is refused has no lines");
  std::set<std::string> keys;
  dues::int128 of_lines = 0, of_bills = 0;
  constexpr std::size_t explained = 3;
  for (std::size_t i = 0; i < made.lines.size(); ++i) {
    const dues::line& one = made.lines[i];
    require(keys.insert(dues::line_key(*made.known, one)).second, "keys are unique");
    if (one.fault >= 0) continue;
    of_lines = dues::int128(of_lines + one.amount);
    if (i >= explained) continue;
    const auto why = dues::explain_line(made, i);
    require(why.has_value(), "a line with an amount has an explanation");
    require(why->amount == dues::amount_text(one.amount, known->tariff->minor_units), "an explanation gives the amount of its line");
    const auto again = dues::replay(*why);
    require(again && *again == why->amount, "an explanation calculates to its amount");
    require(!dues::to_json(*why, *known->tariff).empty(), "an explanation can be written");
  }
  for (const dues::bill& one : made.bills) of_bills = dues::int128(of_bills + dues::total_of(made, one));
  require(of_bills == of_lines, "bills add to the lines");
  require(dues::to_json(made) == dues::to_json(dues::make_bills(known, asked)), "the same run gives the same bytes");
}

}  // namespace dues_fuzz
