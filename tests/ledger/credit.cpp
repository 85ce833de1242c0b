// SPDX-License-Identifier: Apache-2.0
//
// What is left of a payment, what credit does, and cash that is rounded.
#include "ledger/book.hpp"

namespace {

using namespace dues_test;

constexpr std::string_view bound_to_management = R"({"order": [{"class": "principal"}], "then": ["earliest_due"], "credit": {"bound_to": ["management"]}})";

TEST(credit_test, what_is_paid_beyond_what_is_owed_is_credit) {
  // 500 on 468.80: 31.20.
  test_book book(oldest_first);
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-31", "468.80"), payment("p", "A", "2026-01-31", "500.00")});
  EXPECT_EQ(book.credit(), "31.20");
  EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "0.00");
}

TEST(credit_test, credit_bound_to_a_fee_settles_its_bills_and_no_others) {
  // 1000 for the management fee; three bills of 268.80 leave 193.60, and water of 255 stays owed.
  test_book book(bound_to_management);
  book.record_all({payment("p", "A", "2026-01-01", "1000.00"), charge("A", "management", "2026-02-01", "2026-02-10", "268.80"), charge("A", "water", "2026-02-01", "2026-02-10", "255.00"),
                   charge("A", "management", "2026-03-01", "2026-03-10", "268.80"), charge("A", "management", "2026-04-01", "2026-04-10", "268.80")});
  EXPECT_EQ(book.credit(), "193.60");
  EXPECT_EQ(book.open(key("A", "water", "2026-02-01")), "255.00");
  EXPECT_EQ(book.open(key("A", "management", "2026-04-01")), "0.00");
}

TEST(credit_test, free_credit_settles_any_bill_on_its_day_of_issue) {
  test_book book(oldest_first);
  book.record_all({payment("p", "A", "2026-01-01", "300.00"), charge("A", "water", "2026-02-01", "2026-02-10", "255.00")});
  EXPECT_EQ(book.open(key("A", "water", "2026-02-01")), "0.00");
  EXPECT_EQ(book.credit("A", "2026-01-31"), "300.00");
  EXPECT_EQ(book.credit("A", "2026-02-01"), "45.00");
}

TEST(credit_test, credit_settles_before_the_payments_of_the_same_day) {
  test_book book(oldest_first);
  book.record_all({payment("p", "A", "2026-01-01", "30.00"), charge("A", "water", "2026-02-01", "2026-02-10", "50.00"), payment("q", "A", "2026-02-01", "50.00")});
  EXPECT_EQ(book.settled_by("credit:2026-02-01", key("A", "water", "2026-02-01")), "30.00");
  EXPECT_EQ(book.settled_by("q", key("A", "water", "2026-02-01")), "20.00");
  EXPECT_EQ(book.credit(), "30.00");
}

TEST(credit_test, credit_that_settles_no_later_bills_waits_for_its_use) {
  test_book book(R"({"order": [{"class": "principal"}], "then": ["earliest_due"], "credit": {"settles_later_bills": false}})");
  book.record_all({payment("p", "A", "2026-01-01", "300.00"), charge("A", "water", "2026-02-01", "2026-02-10", "255.00")});
  EXPECT_EQ(book.open(key("A", "water", "2026-02-01")), "255.00");
  book.record(event("credit_use", "use", "A", "2026-02-05", R"(, "amount": "100.00")"));
  EXPECT_EQ(book.open(key("A", "water", "2026-02-01")), "155.00");
  EXPECT_EQ(book.credit(), "200.00");
  EXPECT_EQ(book.refused(event("credit_use", "more", "A", "2026-02-06", R"(, "amount": "155.01")")), "L116 /amount: credit_use more asks for 155.01; the most is 155.00");
}

TEST(credit_test, several_sources_are_one_allocation_and_what_is_drawn_is_settled_or_left) {
  // 100 of credit, 60 cash, 20 points on 170: the credit goes first as it stands first; 10 of points are left.
  test_book book(R"({"order": [{"class": "principal"}], "then": ["earliest_due"], "credit": {"settles_later_bills": false}})");
  book.record_all({payment("p", "A", "2026-01-01", "100.00"), charge("A", "water", "2026-02-01", "2026-02-10", "120.00"), charge("A", "water", "2026-03-01", "2026-03-10", "50.00"),
                   payment("q", "A", "2026-03-05", "180.00", R"(, "sources": [{"kind": "credit", "amount": "100.00"}, {"kind": "cash", "amount": "60.00"}, {"kind": "points", "amount": "20.00"}])")});
  EXPECT_EQ(book.open(key("A", "water", "2026-02-01")), "0.00");
  EXPECT_EQ(book.open(key("A", "water", "2026-03-01")), "0.00");
  EXPECT_EQ(book.credit(), "10.00");
  dues::int128 by_cash = 0, by_points = 0, by_credit = 0;
  for (const dues::movement& one : book.state().movements)
    if (one.kind == dues::movement_kind::allocation) (one.source == "cash" ? by_cash : one.source == "points" ? by_points : by_credit) += one.amount;
  EXPECT_EQ(by_credit, 10000);
  EXPECT_EQ(by_cash, 6000);
  EXPECT_EQ(by_points, 1000);
}

TEST(credit_test, a_payment_that_draws_on_more_credit_than_there_is_is_refused_whole) {
  test_book book(oldest_first);
  book.record_all({payment("p", "A", "2026-01-01", "30.00"), charge("B", "water", "2026-01-01", "2026-01-10", "50.00")});
  EXPECT_EQ(book.refused(payment("q", "A", "2026-02-01", "60.00", R"(, "sources": [{"kind": "credit", "amount": "40.00"}, {"kind": "cash", "amount": "20.00"}])")),
            "L116 /amount: payment q asks for 40.00; the most is 30.00");
  EXPECT_EQ(book.credit(), "30.00");
  EXPECT_EQ(book.kept.find("A")->version(), 1U);
}

TEST(credit_test, a_refund_is_at_most_the_credit) {
  test_book book(oldest_first);
  book.record(payment("p", "A", "2026-01-01", "30.00"));
  EXPECT_EQ(book.refused(event("refund", "r", "A", "2026-01-02", R"(, "amount": "30.01")")), "L116 /amount: refund r asks for 30.01; the most is 30.00");
  book.record(event("refund", "r", "A", "2026-01-02", R"(, "amount": "30.00", "reason": "moved out")"));
  EXPECT_EQ(book.credit(), "0.00");
}

TEST(credit_test, prepaid_months_that_were_not_served_go_back_as_a_refund) {
  // 12 months for 3225.60, four used at 268.80: 2150.40 go back.
  test_book book(bound_to_management);
  book.record(payment("p", "A", "2026-01-01", "3225.60"));
  for (const char* month : {"2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"}) book.record(charge("A", "management", month, month, "268.80"));
  EXPECT_EQ(book.credit(), "2150.40");
  book.record(event("refund", "r", "A", "2026-05-01", R"(, "amount": "2150.40")"));
  EXPECT_EQ(book.credit(), "0.00");
}

std::string cash(std::string_view to, std::string_view mode) {
  return R"({"order": [{"class": "principal"}], "then": ["earliest_due"], "cash_rounding": {"to": ")" + std::string(to) + R"(", "mode": ")" + std::string(mode) + R"("}})";
}
constexpr std::string_view in_cash = R"(, "sources": [{"kind": "cash", "amount": "AMOUNT"}])";
std::string cash_payment(std::string_view id, std::string_view date, const std::string& amount, std::string_view more = {}) {
  std::string sources(in_cash);
  sources.replace(sources.find("AMOUNT"), 6, amount);
  return payment(id, "A", date, amount, sources + std::string(more));
}
std::string rounded(const test_book& book, std::string_view cause) {
  dues::int128 sum = 0;
  for (const dues::movement& one : book.state().movements)
    if (one.kind == dues::movement_kind::rounding && one.cause == cause) sum += one.amount;
  return book.money(sum);
}

TEST(credit_test, cash_rounded_down_settles_all_and_the_difference_is_an_entry) {
  test_book book(cash("0.1", "down"));
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-01", "268.86"), cash_payment("p", "2026-01-05", "268.80")});
  EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "0.00");
  EXPECT_EQ(rounded(book, "p"), "0.06");
}

TEST(credit_test, cash_rounds_half_up_either_way) {
  for (const auto& [owed, paid, difference] : {std::tuple("268.85", "268.90", "-0.05"), std::tuple("268.84", "268.80", "0.04")}) {
    test_book book(cash("0.1", "half_up"));
    book.record_all({charge("A", "management", "2026-01-01", "2026-01-01", owed), cash_payment("p", "2026-01-05", paid)});
    EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "0.00");
    EXPECT_EQ(rounded(book, "p"), difference);
    EXPECT_EQ(book.credit(), "0.00");
  }
}

TEST(credit_test, cash_is_rounded_on_the_total_and_not_bill_by_bill) {
  // 268.86 + 75.43 + 33.38 = 377.67: 0.07, where bill by bill it would be 0.17.
  test_book book(cash("0.1", "down"));
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-01", "268.86"), charge("A", "water", "2026-01-01", "2026-01-01", "75.43"), charge("A", "fine", "2026-01-01", "2026-01-01", "33.38")});
  const dues::cash_quote quote = dues::quote_cash(book.kept.tariff(), book.state("A", "2026-01-05"), *dues::parse_day("2026-01-05"));
  EXPECT_EQ(book.money(quote.to_pay), "377.60");
  EXPECT_EQ(book.money(quote.difference()), "0.07");
  book.record(cash_payment("p", "2026-01-05", "377.60"));
  EXPECT_EQ(rounded(book, "p"), "0.07");
  EXPECT_EQ(book.money(book.state().open_principal()), "0.00");
}

TEST(credit_test, cash_for_what_was_designated_is_rounded_on_that) {
  test_book book(R"({"order": [{"class": "principal"}], "then": ["designated", "earliest_due"], "cash_rounding": {"to": "0.10", "mode": "down"}})");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-01", "268.86"), charge("A", "water", "2026-01-01", "2026-01-01", "75.43"),
                   cash_payment("p", "2026-01-05", "75.40", R"(, "for_fees": ["water"])")});
  EXPECT_EQ(rounded(book, "p"), "0.03");
  EXPECT_EQ(book.open(key("A", "water", "2026-01-01")), "0.00");
  EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "268.86");
}

TEST(credit_test, money_that_is_not_cash_and_cash_that_pays_a_part_are_not_rounded) {
  test_book book(cash("0.1", "down"));
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-01", "268.86"), payment("p", "A", "2026-01-05", "268.80")});
  EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "0.06");
  book.record_all({charge("A", "water", "2026-02-01", "2026-02-01", "50.00"), cash_payment("q", "2026-02-05", "20.00")});
  EXPECT_EQ(rounded(book, "q"), "0.00");
  EXPECT_EQ(book.money(book.state().open_principal()), "30.06");
}

}  // namespace
