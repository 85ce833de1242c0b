// SPDX-License-Identifier: Apache-2.0
//
// An explanation cannot disagree with the bill: of every line of a random town, adjustments included,
// the steps done again from their inputs alone give the line's amount.
#include "town.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

void explain_all(const dues::billing& made) {
  const int places = made.known->tariff->minor_units;
  for (std::size_t i = 0; i < made.lines.size(); ++i) {
    const dues::line& one = made.lines[i];
    const auto told = dues::explain_line(made, i);
    RC_ASSERT(told.has_value() == (one.fault < 0));
    if (!told) continue;
    RC_LOG() << dues::to_json(*told, *made.known->tariff) << '\n';
    RC_ASSERT(told->key == dues::line_key(*made.known, one));
    RC_ASSERT(told->gross == dues::amount_text(one.gross, places));
    RC_ASSERT(told->tax == dues::amount_text(one.tax, places));
    RC_ASSERT(told->amount == dues::amount_text(one.amount, places));
    const auto replayed = dues::replay(*told);
    RC_ASSERT(replayed.has_value());
    RC_ASSERT(*replayed == told->amount);
  }
}

RC_GTEST_PROP(explain_property, every_line_replays_to_its_amount, ()) {
  const auto rules_drawn = dues_test::draw_rules({});
  const dues_test::town facts = dues_test::draw_town(rules_drawn, 2, true);
  RC_LOG() << rules_drawn.json << facts.json();
  explain_all(dues::make_bills(dues_test::loaded(dues_test::compiled(rules_drawn.json), facts.json()), dues_test::draw_run()));
}

RC_GTEST_PROP(explain_property, every_adjustment_replays_to_its_amount, ()) {
  const auto rules_drawn = dues_test::draw_rules({});
  const auto rules = dues_test::compiled(rules_drawn.json);
  const dues_test::town then = dues_test::draw_town(rules_drawn, 2, false);
  dues_test::town now = dues_test::draw_town(rules_drawn, 2, false);
  const dues::bill_request asked = dues_test::draw_run();
  RC_LOG() << rules_drawn.json << then.json() << now.json();
  dues::billed_before before;
  dues::diagnostics found;
  RC_ASSERT(dues::read_billed(*rules, dues::to_json(dues::make_bills(dues_test::loaded(rules, then.json()), asked)), before, found));
  explain_all(dues::make_bills(dues_test::loaded(rules, now.json()), asked, &before));
}

}  // namespace
