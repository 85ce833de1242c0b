// SPDX-License-Identifier: Apache-2.0
//
// From a run to the ledger: lines become charges under their keys, a second run adds nothing, and what
// changed facts adjust leaves what a fresh run would have billed.
#include "ledger/book.hpp"

namespace {

using namespace dues_test;

constexpr std::string_view priced_by_area = R"({"dues_tariff": "1", "id": "t", "edition": "1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "T"},
  "reads": {"unit": [{"id": "area", "type": "number", "above": 0}]},
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
  "fees": [{"id": "management", "kind": "recurring", "name": {"en": "M"}, "quantity": "unit.area", "price": "3.00", "schedule": "monthly"}],
  "payments": {"order": [{"class": "principal"}], "then": ["earliest_due"], "credit": {}}})";

struct charges_test : testing::Test {
  std::shared_ptr<const dues::program> tariff = dues::compile(priced_by_area).compiled;

  dues::billing billed(std::string_view area, const dues::billed_before* before = nullptr) const {
    const auto facts = dues::load_facts(tariff, R"({"dues_facts": "1", "units": [{"unit": "1-101", "from": "2026-01-01", "area": ")" + std::string(area) +
                                                    R"("}], "tenures": [{"unit": "1-101", "account": "A/1", "role": "owner", "from": "2026-01-01"}]})");
    dues::bill_request asked;
    asked.days = {*dues::parse_day("2026-01-01"), *dues::parse_day("2026-03-01")};
    return dues::make_bills(facts.loaded, asked, before);
  }
};

TEST_F(charges_test, a_line_is_a_charge_under_its_key_issued_and_due_as_billed) {
  const dues::billing made = billed("100");
  const std::vector<dues::ledger_event> charges = dues::charges_of(made, *dues::parse_day("2026-01-02"));
  ASSERT_EQ(charges.size(), 2U);
  EXPECT_EQ(charges[0].id, dues::line_key(*made.known, made.lines[0]));
  EXPECT_EQ(charges[0].id, "t/A%2F1/1-101/management/-/2026-01-01/charge");
  EXPECT_EQ(charges[0].account, "A/1");
  EXPECT_EQ(charges[0].amount, 30000);
  EXPECT_EQ(dues::to_text(charges[0].date), "2026-01-01");
  EXPECT_EQ(dues::to_text(charges[0].due), "2026-01-10");
  EXPECT_EQ(dues::to_text(charges[0].recorded), "2026-01-02");
}

TEST_F(charges_test, recording_a_run_again_adds_nothing) {
  dues::ledger kept(tariff);
  for (int run = 0; run < 2; ++run)
    for (const dues::ledger_event& one : dues::charges_of(billed("100"), *dues::parse_day("2026-01-01"))) {
      const dues::applied done = kept.apply(one);
      EXPECT_EQ(done.repeated, run == 1);
      EXPECT_EQ(done.entries.empty(), run == 1);
    }
}

TEST_F(charges_test, what_was_billed_and_its_adjustments_are_what_a_fresh_run_bills) {
  // 100 square metres were billed and paid in January, it was 90 all along: 30 a month come back.
  dues::ledger kept(tariff);
  const dues::billing first = billed("100");
  for (const dues::ledger_event& one : dues::charges_of(first, *dues::parse_day("2026-01-01"))) EXPECT_TRUE(kept.apply(one).recorded);
  dues::ledger_event paid = event_of(*tariff, payment("p", "A/1", "2026-01-05", "300.00"));
  EXPECT_TRUE(kept.apply(paid).recorded);
  dues::billed_before before;
  dues::diagnostics found;
  ASSERT_TRUE(dues::read_billed(*tariff, dues::to_json(first), before, found));
  for (const dues::ledger_event& one : dues::charges_of(billed("90", &before), *dues::parse_day("2026-02-20"))) EXPECT_TRUE(kept.apply(one).recorded);
  const dues::account_state state = kept.state("A/1");
  for (const dues::receivable& one : state.receivables) EXPECT_EQ(one.corrected, 27000);
  // January's 30 that were paid too much are credit, which settled February's bill on its day of issue.
  EXPECT_EQ(state.credit_total(), 0);
  EXPECT_EQ(state.open_principal(), 24000);
}

TEST_F(charges_test, a_stored_run_gives_the_same_charges) {
  const dues::billing made = billed("100");
  dues::billed_before stored;
  dues::diagnostics found;
  ASSERT_TRUE(dues::read_billed(*tariff, dues::to_json(made), stored, found));
  std::vector<dues::ledger_event> fresh = dues::charges_of(made, *dues::parse_day("2026-01-01")), read = dues::charges_of(*tariff, stored);
  ASSERT_EQ(fresh.size(), read.size());
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    fresh[i].recorded = read[i].recorded = {};
    EXPECT_EQ(fresh[i], read[i]);
  }
}

}  // namespace
