// SPDX-License-Identifier: Apache-2.0
//
// A prepayment in the ledger: its lines are issued and settled at once, a reversal takes back what was granted.
#include "quote/prepaid_book.hpp"

namespace {

using namespace dues_test;

TEST(prepay_event, issues_its_lines_and_settles_them_at_once) {
  offer_town of;
  of.discounts = month_free;
  prepaid_book book(of);
  book.record(book.prepay(12));
  const dues::account_state state = book.state();
  EXPECT_EQ(state.receivables.size(), 13U);
  EXPECT_EQ(money(state.open_principal()), "0.00");
  EXPECT_EQ(money(state.credit_total()), "0.00");
  dues::int128 paid = 0, charged = 0, allocated = 0;
  for (const dues::movement& one : state.movements) {
    if (one.kind == dues::movement_kind::payment) paid += one.amount;
    if (one.kind == dues::movement_kind::charge) charged += one.amount;
    if (one.kind == dues::movement_kind::allocation) allocated += one.amount;
  }
  EXPECT_EQ(money(paid), "3225.60");
  EXPECT_EQ(charged, paid);
  EXPECT_EQ(allocated, paid);
}

// What is older and open is not settled by it: the payer paid these months.
TEST(prepay_event, settles_nothing_else) {
  prepaid_book book{offer_town()};
  book.record(charge("2025-12-01", "268.80", "2025-12-10"));
  book.record(book.prepay(3));
  EXPECT_EQ(money(book.state().open_principal()), "268.80");
}

TEST(prepay_event, may_be_paid_out_of_credit) {
  prepaid_book book{offer_town()};
  book.record(R"({"event": "payment", "id": "m", "account": "A-1", "date": "2025-12-20", "amount": "500.00"})");
  dues::ledger_event event = book.prepay(3);
  event.sources = {{"credit", 30000}, {"bank", 50640}};
  book.record(event);
  EXPECT_EQ(money(book.state().credit_total()), "200.00");
  EXPECT_EQ(money(book.state().open_principal()), "0.00");
  dues::ledger_event more = book.prepay(3, "2026-04-01", "2026-01-01", "p2");
  more.sources = {{"credit", 30000}, {"bank", 50640}};
  const dues::applied refused = book.apply(more);
  EXPECT_EQ(told(refused.found), "L116: prepay p2 asks for 300.00; the most is 200.00");
}

TEST(prepay_event, holds_its_periods_against_bills_and_other_prepayments) {
  prepaid_book book{offer_town()};
  book.record(book.prepay(3));
  dues::diagnostics found;
  const auto again = dues::read_events(*book.known->tariff, charge("2026-02-01", "268.80", "2026-02-10"), found);
  EXPECT_EQ(told(book.apply(again->front()).found), "L151: town/A-1/1-101/management/-/2026-02-01/charge: p1 of account A-1 holds a period of it already");
  EXPECT_EQ(told(book.apply(book.prepay(3, "2026-03-01", "2026-01-01", "p2")).found), "L151: p2: p1 of account A-1 holds a period of it already");
  book.record(charge("2026-04-01", "268.80", "2026-04-10"));
  EXPECT_EQ(told(book.apply(book.prepay(3, "2026-04-01", "2026-01-01", "p3")).found),
            "L151: p3: town/A-1/1-101/management/-/2026-04-01/charge of account A-1 holds a period of it already");
}

// 9.6: what had begun is owed as if it had never been paid ahead, the discount with it; the rest is gone.
TEST(prepay_event, that_bounced_leaves_the_periods_begun_owed_at_their_regular_amount) {
  offer_town of;
  of.discounts = five_percent;
  prepaid_book book(of);
  const dues::ledger_event event = book.prepay(6);
  EXPECT_EQ(money(event.amount), "1532.16");  // 6 x 255.36
  book.record(event);
  book.record(reversal("p1", "2026-03-15"));
  const dues::account_state state = book.state();
  ASSERT_EQ(state.receivables.size(), 3U);
  for (const dues::receivable& one : state.receivables) EXPECT_EQ(money(one.open()), "268.80");
  EXPECT_EQ(dues::to_text(state.receivables[1].due), "2026-02-10");
  EXPECT_EQ(money(state.credit_total()), "0.00");
  // April is free again for the regular bill, March is not.
  dues::diagnostics found;
  EXPECT_FALSE(book.apply(dues::read_events(*book.known->tariff, charge("2026-03-01", "268.80", "2026-03-10"), found)->front()).recorded);
  book.record(charge("2026-04-01", "268.80", "2026-04-10"));
}

TEST(prepay_event, taken_back_before_any_covered_day_is_as_if_it_had_never_been) {
  offer_town of;
  of.discounts = month_free;
  prepaid_book book(of);
  book.record(R"({"event": "payment", "id": "m", "account": "A-1", "date": "2025-12-20", "amount": "500.00"})");
  const dues::account_state before = book.state();
  dues::ledger_event event = book.prepay(12, "2026-02-01", "2026-01-05");
  event.sources = {{"credit", 50000}, {"bank", 272560}};
  book.record(event);
  EXPECT_EQ(money(book.state().credit_total()), "0.00");
  book.record(reversal("p1", "2026-01-20"));
  const dues::account_state after = book.state();
  EXPECT_EQ(after.receivables.size(), before.receivables.size());
  EXPECT_EQ(money(after.credit_total()), "500.00");
  // The entries say so as well: they add to the same.
  dues::int128 sum = 0;
  for (const dues::ledger_entry& one : book.kept.find("A-1")->entries)
    if (one.kind == dues::movement_kind::credit) sum += one.amount;
  EXPECT_EQ(money(sum), "500.00");
}

// Known on the day before, it was paid.
TEST(prepay_event, that_bounced_was_known_as_paid_until_then) {
  prepaid_book book{offer_town()};
  book.record(book.prepay(3));
  book.record(reversal("p1", "2026-03-15"));
  dues::derive_options with;
  with.known_at = day("2026-03-14");
  EXPECT_EQ(money(book.kept.state("A-1", with).open_principal()), "0.00");
}

TEST(prepay_event, a_free_month_of_a_quarter_lowers_the_quarter_that_follows) {
  offer_town of;
  of.schedule = R"({"id": "monthly", "kind": "months", "months": 3, "billed": "in_advance", "due": {"day_of_month": 10}})";
  of.discounts = month_free;
  prepaid_book book(of);
  book.record(book.prepay(12));
  EXPECT_EQ(money(book.state().credit_total()), "0.00");  // until that quarter is billed
  book.record(charge("2027-01-01", "806.40", "2027-01-10"));
  EXPECT_EQ(money(book.state().open_principal()), "537.60");
}

TEST(prepay_event, that_does_not_add_up_is_refused) {
  prepaid_book book{offer_town()};
  dues::ledger_event event = book.prepay(3);
  event.amount -= 1;
  EXPECT_EQ(told(book.kept.apply(event).found), "L150: the lines of p1 add to 806.40; the amount is 806.39");
  event = book.prepay(3);
  event.ahead.months = 4;
  EXPECT_EQ(told(book.kept.apply(event).found), "L103: months is 3; wanted 4 months of lines that are paid");
  event = book.prepay(3);
  event.ahead.lines.clear();
  EXPECT_FALSE(book.kept.apply(event).recorded);
}

TEST(prepay_event, is_stored_and_read_again) {
  offer_town of;
  of.discounts = month_free;
  prepaid_book book(of);
  book.record(book.prepay(12));
  book.record(reversal("p1", "2026-03-15"));
  dues::diagnostics found;
  const auto again = dues::read_ledger(book.known->tariff, dues::to_json(book.kept), found);
  ASSERT_TRUE(again.has_value()) << told(found);
  EXPECT_EQ(dues::to_json(*again), dues::to_json(book.kept));
}

TEST(prepay_event, with_unknown_or_missing_fields_is_refused) {
  const prepaid_book book{offer_town()};
  std::string json = dues::to_json(*book.known->tariff, book.prepay(3));
  const auto refused = [&](std::string_view from, std::string_view to) {
    std::string text = json;
    text.replace(text.find(from), from.size(), to);
    dues::diagnostics found;
    EXPECT_FALSE(dues::read_events(*book.known->tariff, text, found).has_value());
    return told(found);
  };
  EXPECT_EQ(refused("\"price\"", "\"cost\""), "L101: 'cost' is no field of terms\nL102: price is missing in terms");
  EXPECT_EQ(refused("\"locked\"", "\"fixed\""), "L103: price is 'fixed'; wanted one of its words");
  EXPECT_EQ(refused("\"months\": 3", "\"months\": 0"), "L103: months is 0; wanted a whole number of 1 to 1200");
  EXPECT_EQ(refused("\"regular\"", "\"usual\""), "L101: 'usual' is no field of lines\nL102: regular is missing in lines");
}

}  // namespace
