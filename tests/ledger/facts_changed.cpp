// SPDX-License-Identifier: Apache-2.0
//
// Facts turn out otherwise after the bills were recorded: what has to be recorded then, in open and closed
// periods, and that billed and adjusted is what a fresh run bills.
#include "ledger/book.hpp"

#include <rapidcheck/gtest.h>

namespace {

using namespace dues_test;

constexpr std::string_view by_area = R"({"dues_tariff": "1", "id": "t", "edition": "1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "T"},
  "reads": {"unit": [{"id": "area", "type": "number", "above": 0}]},
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 9}}],
  "fees": [{"id": "management", "kind": "recurring", "name": {"en": "M"}, "quantity": "unit.area", "price": "3.00", "schedule": "monthly"}],
  "payments": {"order": [{"class": "principal"}], "then": ["earliest_due"], "credit": {}}})";

dues::civil_day day(std::string_view text) { return *dues::parse_day(text); }

struct facts_changed_test : testing::Test {
  std::shared_ptr<const dues::program> tariff = dues::compile(by_area).compiled;
  dues::ledger kept{tariff};

  dues::billing run(const std::string& area, const dues::billed_before* before = nullptr, std::string_view to = "2026-03-01") const {
    const auto facts = dues::load_facts(tariff, R"({"dues_facts": "1", "units": [{"unit": "U", "from": "2026-01-01", "area": ")" + area +
                                                    R"("}], "tenures": [{"unit": "U", "account": "A", "role": "owner", "from": "2026-01-01"}]})");
    dues::bill_request asked;
    asked.days = {day("2026-01-01"), day(to)};
    return dues::make_bills(facts.loaded, asked, before);
  }
  void bill(const std::string& area) {
    for (const dues::ledger_event& one : dues::charges_of(run(area), day("2026-01-01"))) EXPECT_TRUE(kept.apply(one).recorded);
  }
  void record(const std::string& json) {
    const dues::applied done = kept.apply(event_of(*tariff, json));
    EXPECT_TRUE(done.recorded) << told(done.found);
  }
  dues::ledger_corrections corrections(const std::string& area, std::string_view recorded) const {
    const dues::billed_before before = dues::billed_by(kept);
    return dues::corrections_of(kept, run(area, &before), day(recorded));
  }
  dues::ledger_corrections correct(const std::string& area, std::string_view recorded) {
    dues::ledger_corrections made = corrections(area, recorded);
    for (const dues::ledger_event& one : made.events) {
      const dues::applied done = kept.apply(one);
      EXPECT_TRUE(done.recorded && !done.repeated) << told(done.found);
    }
    return made;
  }
  dues::int128 billed() const {
    dues::int128 sum = 0;
    const dues::account_state state = kept.state("A");
    for (const dues::receivable& one : state.receivables) sum += one.corrected;
    return sum;
  }
};

TEST_F(facts_changed_test, the_same_facts_give_nothing) {
  bill("100");
  EXPECT_TRUE(corrections("100", "2026-02-20").events.empty());
}

TEST_F(facts_changed_test, less_area_lowers_what_was_billed_and_frees_what_was_paid) {
  bill("100");
  record(payment("p", "A", "2026-01-05", "300.00"));
  EXPECT_EQ(correct("90", "2026-02-20").events.size(), 2U);
  EXPECT_EQ(billed(), 54000);
  // January's 30 that were paid too much settled February's bill on its day of issue.
  EXPECT_EQ(kept.state("A").open_principal(), 24000);
  EXPECT_TRUE(corrections("90", "2026-02-21").events.empty()) << "a second run adds nothing";
}

TEST_F(facts_changed_test, more_area_is_a_bill_of_its_own_issued_when_it_became_known) {
  bill("100");
  const dues::ledger_corrections made = correct("110", "2026-02-20");
  ASSERT_EQ(made.events.size(), 2U);
  EXPECT_EQ(made.events.front().id, "t/A/U/management/-/2026-01-01/adjustment:1");
  EXPECT_EQ(made.events.front().amount, 3000);
  EXPECT_EQ(dues::to_text(made.events.front().date), "2026-02-20");
  EXPECT_EQ(dues::to_text(made.events.front().due), "2026-03-01") << "nine days after issue, as the line was";
}

TEST_F(facts_changed_test, corrections_go_on_counting_and_may_turn_round) {
  bill("100");
  correct("110", "2026-02-20");
  correct("95", "2026-02-21");
  EXPECT_EQ(correct("120", "2026-02-22").events.front().id, "t/A/U/management/-/2026-01-01/adjustment:3");
  EXPECT_EQ(billed(), 72000);
}

TEST_F(facts_changed_test, an_adjustment_that_was_reversed_is_made_again_under_the_next_number) {
  bill("100");
  correct("110", "2026-02-20");
  record(event("reversal", "r", "A", "2026-02-21", R"(, "of": "t/A/U/management/-/2026-01-01/adjustment:1")"));
  const dues::ledger_corrections again = correct("110", "2026-02-22");
  ASSERT_EQ(again.events.size(), 1U);
  EXPECT_EQ(again.events.front().id, "t/A/U/management/-/2026-01-01/adjustment:2");
  EXPECT_EQ(billed(), 66000);
}

TEST_F(facts_changed_test, a_closed_period_takes_the_first_day_that_is_open) {
  bill("100");
  record(payment("p", "A", "2026-01-05", "600.00"));
  record(R"({"event": "close", "id": "c", "date": "2026-03-02", "through": "2026-03-15"})");
  const dues::account_state closed = kept.state("A", {day("2026-03-15")});
  const dues::ledger_corrections made = correct("90", "2026-03-10");
  EXPECT_EQ(dues::to_text(made.events.front().date), "2026-03-16");
  EXPECT_EQ(dues::to_json(*tariff, kept.state("A", {day("2026-03-15")}), day("2026-03-15")), dues::to_json(*tariff, closed, day("2026-03-15"))) << "closed balances stand";
  EXPECT_EQ(kept.state("A", {day("2026-03-16")}).credit_total(), 6000);
}

TEST_F(facts_changed_test, a_line_that_was_reversed_is_told_and_left_alone_and_the_others_go_on) {
  bill("100");
  record(event("reversal", "r", "A", "2026-02-05", R"(, "of": "t/A/U/management/-/2026-01-01/charge")"));
  const dues::ledger_corrections made = correct("90", "2026-02-20");
  EXPECT_EQ(told(made.found), "L140 : 't/A/U/management/-/2026-01-01/charge' was reversed in the ledger, and the run bills 270.00: it is left alone");
  ASSERT_EQ(made.events.size(), 1U);
  EXPECT_EQ(billed(), 27000);
}

RC_GTEST_FIXTURE_PROP(facts_changed_test, billed_and_adjusted_is_what_a_fresh_run_bills, ()) {
  const auto area = [] { return std::to_string(*rc::gen::inRange(1, 200)) + "." + std::to_string(*rc::gen::inRange(0, 100)); };
  bill(area());
  std::string last;
  dues::civil_day known = day("2026-02-01");
  for (int i = 0, n = 1 + *rc::gen::inRange(0, 5); i < n; ++i) {
    last = area();
    known = known + 1;
    correct(last, dues::to_text(known));
  }
  dues::int128 fresh = 0;
  const dues::billing now = run(last);
  for (const dues::line one : now.lines) fresh += one.amount;
  RC_ASSERT(billed() == fresh);
}

}  // namespace
