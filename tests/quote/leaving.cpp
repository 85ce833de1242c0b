// SPDX-License-Identifier: Apache-2.0
//
// Leaving early by each policy, and prices or facts that change under a prepayment.
#include "quote/prepaid_book.hpp"

namespace {

using namespace dues_test;

std::string with_policy(std::string_view leaving, std::string_view price = "locked") {
  return R"({"id": "ahead", "of": ["management", "parking"], "at_most_months": 24, "price": ")" + std::string(price) + R"(", "leaving_early": ")" + std::string(leaving) + R"("})";
}
std::string until(std::string_view to) { return R"({"unit": "1-101", "account": "A-1", "role": "owner", "from": "2020-01-01", "to": ")" + std::string(to) + R"("}, {"unit": "1-101", "account": "A-2", "role": "owner", "from": ")" + std::string(to) + R"("})"; }

/// Twelve months paid and, by `discounts`, more; then A-1 leaves. The book has the leave in it.
struct departure {
  offer_town of;
  prepaid_book book;
  dues::leaving made;

  departure(offer_town town, int months, std::string_view to, dues::leave_request asked = {"l1", {}, false, {}}) : of(std::move(town)), book(of) {
    const dues::ledger_event paid = book.prepay(months);
    book.record(paid);
    of.tenures = until(to);
    of.more += settled_in_order;
    made = dues::settle_leaving(of.loaded(), paid, asked, book.events());
    EXPECT_TRUE(made.ok()) << told(made.found);
    for (const dues::ledger_event& one : made.events) book.record(one);
  }
};

offer_town town_of(std::string_view leaving, std::string discounts) {
  offer_town of;
  of.prepayments = with_policy(leaving);
  of.discounts = std::move(discounts);
  return of;
}

// DS-10: 12 months and one free, sold at the end of the fifth.
TEST(leaving_early, repriced_is_example_ds_10) {
  const departure gone(town_of("reprice", month_free), 12, "2026-06-01");
  EXPECT_EQ(money(gone.made.refund), "1881.60");  // 3225.60 - 5 x 268.80
  EXPECT_EQ(gone.made.months_used, 5);
  EXPECT_EQ(money(gone.book.state().credit_total()), "1881.60");
  EXPECT_EQ(money(gone.book.state().open_principal()), "0.00");
  EXPECT_EQ(money(gone.book.state("2026-05-31").credit_total()), "0.00");  // bound until then
}

TEST(leaving_early, pro_rata_is_example_ds_10) {
  const departure gone(town_of("pro_rata", month_free), 12, "2026-06-01");
  EXPECT_EQ(money(gone.made.refund), "1984.98");  // 3225.60 x 8 / 13 = 1984.984...
  EXPECT_EQ(money(gone.book.state().credit_total()), "1984.98");
  std::int64_t kept = 0;
  for (const dues::settled_line& one : gone.made.lines) kept += one.is;
  EXPECT_EQ(money(kept), "1240.62");
  EXPECT_EQ(money(gone.made.lines[5].is), "0.00");
}

// DS-16: the manager ends the contract after four of twelve months; nothing is clawed back.
TEST(leaving_early, by_the_manager_is_pro_rata_as_in_example_ds_16) {
  for (const char* policy : {"reprice", "no_refund"}) {
    const departure gone(town_of(policy, ""), 12, "2026-05-01", {"l1", {}, true, {}});
    EXPECT_EQ(money(gone.made.refund), "2150.40") << policy;
  }
}

TEST(leaving_early, without_refund_keeps_all) {
  const departure gone(town_of("no_refund", month_free), 12, "2026-06-01");
  EXPECT_EQ(money(gone.made.refund), "0.00");
  EXPECT_TRUE(gone.made.events.empty());
}

// All months used take the step that was reached: 5 % from six months on, 10 % from twelve.
TEST(leaving_early, all_months_used_take_the_step_reached) {
  const std::string steps = R"({"id": "steps", "best_of": [)" + std::string(five_percent) + R"(, {"id": "year", "of": ["management"], "when": {"prepaid_months": 12}, "give": {"percent": "10%"}}]})";
  const departure seven(town_of("reprice", steps), 12, "2026-08-01");
  EXPECT_EQ(money(seven.made.refund), "1115.52");  // 12 x 241.92 - 7 x 255.36
  const departure four(town_of("reprice", steps), 12, "2026-05-01");
  EXPECT_EQ(money(four.made.refund), "1827.84");   // 12 x 241.92 - 4 x 268.80
  EXPECT_EQ(money(four.book.state().open_principal()), "0.00");
}

// Half of it for a year; eleven months used cost more than all that was paid, and no more is asked for.
TEST(leaving_early, never_asks_for_more_than_was_paid) {
  const departure gone(town_of("reprice", R"({"id": "half", "of": ["management"], "when": {"prepaid_months": 12}, "give": {"percent": "50%"}})"), 12, "2026-12-01");
  EXPECT_EQ(money(gone.made.refund), "0.00");  // 1612.80 was paid, 2956.80 used
  EXPECT_EQ(money(gone.book.state().credit_total()), "0.00");
  EXPECT_EQ(money(gone.book.state().open_principal()), "0.00");
}

TEST(leaving_early, before_any_covered_day_gives_all_back) {
  for (const char* policy : {"reprice", "pro_rata"}) {
    const departure gone(town_of(policy, month_free), 12, "2026-01-01");
    EXPECT_EQ(money(gone.made.refund), "3225.60") << policy;
  }
}

// 15 of June's 30 days: 5.5 of 13 months are used, 7.5 left: 3225.60 x 7.5 / 13 = 1860.923...
TEST(leaving_early, a_month_begun_counts_by_its_days) {
  EXPECT_EQ(money(departure(town_of("pro_rata", month_free), 12, "2026-06-16").made.refund), "1860.92");
  EXPECT_EQ(money(departure(town_of("reprice", month_free), 12, "2026-06-16").made.refund), "1747.20");  // 5.5 x 268.80 are kept
}

TEST(leaving_early, within_the_month_that_came_free_gives_nothing_back) {
  EXPECT_EQ(money(departure(town_of("reprice", month_free), 12, "2027-01-16").made.refund), "0.00");
}

TEST(leaving_early, at_the_end_changes_nothing) {
  const departure gone(town_of("pro_rata", month_free), 12, "2027-02-01");
  EXPECT_EQ(gone.made.refund, 0);
  EXPECT_TRUE(gone.made.events.empty());
}

// R40: prepaid months go back to the leaver unless a transfer says otherwise.
TEST(leaving_early, the_refund_goes_to_the_buyer_where_the_transfer_says_so) {
  const departure gone(town_of("reprice", month_free), 12, "2026-06-01", {"l1", {}, false, "A-2"});
  EXPECT_EQ(money(gone.book.state().credit_total()), "0.00");
  EXPECT_EQ(money(gone.book.state("9999-12-31", "A-2").credit_total()), "1881.60");
}

TEST(leaving_early, taxes_what_is_kept_at_the_rate_of_the_payment) {
  offer_town of = town_of("pro_rata", month_free);
  of.taxes = R"({"id": "vat", "included": true, "rate": "6%"})";
  of.tax = R"(, "tax": "vat")";
  const departure gone(of, 12, "2026-06-01");
  EXPECT_EQ(money(gone.made.lines[0].is), "248.13");  // 1240.62 / 5 = 248.124, two cents go to the first lines
  EXPECT_EQ(money(gone.made.lines[0].tax), "14.05");  // 248.13 - 234.08
}

TEST(leaving_early, twice_or_without_a_prepayment_is_refused) {
  departure gone(town_of("reprice", month_free), 12, "2026-06-01");
  dues::ledger_event again = gone.made.events.front();
  again.id = "l2";
  EXPECT_EQ(told(gone.book.apply(again).found).substr(0, 4), "L151");
  again.of = "p9";
  EXPECT_EQ(told(gone.book.apply(again).found).substr(0, 4), "L115");
}

TEST(leaving_early, of_who_has_not_left_is_refused) {
  const offer_town of = town_of("reprice", month_free);
  const auto known = of.loaded();
  const dues::ledger_event paid = prepay_of(make_quote(known, ahead(12)), "p1");
  EXPECT_EQ(told(dues::settle_leaving(known, paid, {}).found), "Q115: account A-1 still has management of 1-101: no day is known on which it leaves");
}

TEST(leaving_early, locked_prices_are_those_of_the_tariff_of_the_prepayment) {
  offer_town of = town_of("reprice", month_free);
  const dues::ledger_event paid = prepay_of(make_quote(of.loaded(), ahead(12)), "p1");
  of.price = R"("9.00")";
  of.tenures = until("2026-06-01");
  EXPECT_EQ(told(dues::settle_leaving(of.loaded(), paid, {}).found).substr(0, 4), "Q114");
}

TEST(leaving_early, taken_back_restores_everything) {
  departure gone(town_of("pro_rata", month_free), 12, "2026-06-01");
  gone.book.record(reversal("l1", "2026-06-02"));
  const dues::account_state state = gone.book.state();
  EXPECT_EQ(money(state.credit_total()), "0.00");
  for (const dues::receivable& one : state.receivables) EXPECT_EQ(one.corrected, one.billed);
}

// It bounced after the payer had left and taken the refund: the months begun are owed, and the refund too.
TEST(leaving_early, with_money_that_bounces_afterwards_owes_the_refund_back) {
  departure gone(town_of("reprice", month_free), 12, "2026-06-01");
  gone.book.record(R"({"event": "refund", "id": "r1", "account": "A-1", "date": "2026-06-05", "amount": "1881.60"})");
  gone.book.record(reversal("p1", "2026-06-10"));
  const dues::account_state state = gone.book.state();
  EXPECT_EQ(money(state.find("r1")->open()), "1881.60");
  EXPECT_EQ(dues::to_text(state.find("r1")->due), "2026-06-10");
  EXPECT_EQ(money(state.open_principal()), "3494.40");  // and January to June at 268.80
}

std::string changed(const std::vector<dues::ledger_event>& changes) {
  std::string out;
  for (const dues::ledger_event& one : changes) out += dues::to_text(one.period) + " " + one.cause + " " + money(one.amount) + "; ";
  return out;
}

TEST(a_floating_price, is_made_up_for_when_the_period_comes) {
  offer_town of;
  of.prepayments = with_policy("reprice", "floating");
  of.discounts = five_percent;
  prepaid_book book(of);
  const dues::ledger_event paid = book.prepay(6);
  book.record(paid);
  offer_town dearer = of;
  dearer.price = R"([{"from": "2020-01-01", "is": "3.00"}, {"from": "2026-03-01", "is": "4.00"}, {"from": "2026-05-01", "is": "2.00"}])";
  const auto known = dearer.loaded();
  dues::diagnostics found;
  EXPECT_EQ(changed(dues::changes_ahead(known, paid, day("2026-02-28"), book.events(), found)), "");
  const auto march = dues::changes_ahead(known, paid, day("2026-03-01"), book.events(), found);
  EXPECT_EQ(changed(march), "2026-03-01 adjustment:1 85.12; ");  // 340.48 - 255.36
  EXPECT_EQ(dues::to_text(march[0].due), "2026-03-10");
  for (const dues::ledger_event& one : march) book.record(one);
  const auto may = dues::changes_ahead(known, paid, day("2026-05-01"), book.events(), found);
  EXPECT_EQ(changed(may), "2026-04-01 adjustment:1 85.12; 2026-05-01 adjustment:1 -85.12; ");
  for (const dues::ledger_event& one : may) book.record(one);
  EXPECT_EQ(told(found), "");
  EXPECT_EQ(changed(dues::changes_ahead(known, paid, day("2026-05-31"), book.events(), found)), "");
  EXPECT_EQ(money(book.state("2026-04-30").credit_total()), "0.00");
  EXPECT_EQ(money(book.state("2026-05-01").open_principal() - book.state("2026-05-01").credit_total()), "85.12");
}

// A lock fixes price and discount rate, nothing else: the area may change.
TEST(a_locked_price, stands_while_what_it_is_multiplied_by_may_change) {
  offer_town of;
  of.prepayments = with_policy("reprice");
  prepaid_book book(of);
  const dues::ledger_event paid = book.prepay(6);
  of.more += settled_in_order;
  dues::diagnostics found;
  EXPECT_EQ(changed(dues::changes_ahead(of.loaded(), paid, day("2026-06-01"), {}, found)), "");
  of.units = R"({"unit": "1-101", "from": "2020-01-01", "area": "89.60"}, {"unit": "1-101", "from": "2026-05-01", "area": "100"})";
  EXPECT_EQ(changed(dues::changes_ahead(of.loaded(), paid, day("2026-06-01"), {}, found)), "2026-05-01 adjustment:1 31.20; 2026-06-01 adjustment:1 31.20; ");
  EXPECT_EQ(told(found), "");
  of.price = R"("4.00")";
  EXPECT_EQ(changed(dues::changes_ahead(of.loaded(), paid, day("2026-06-01"), {}, found)), "");
  EXPECT_EQ(told(found).substr(0, 4), "Q114");
}

}  // namespace
