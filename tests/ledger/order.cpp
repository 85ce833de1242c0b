// SPDX-License-Identifier: Apache-2.0
//
// What a payment settles first: buckets, ranks, what is not due, what the payer designates. Figures of
// the Civil Code and of Texas are worked examples; the others are worked by hand.
#include "ledger/book.hpp"

namespace {

using namespace dues_test;

TEST(order_test, texas_pays_delinquent_then_current_assessments_then_attorneys_fees_then_fines) {
  // Tex. Prop. Code 209.0063(a): 700 on 450 delinquent, 150 current, 200 attorney's fees, 100 fine.
  test_book book(R"({"order": [{"fees": ["management"], "age": "past_due"}, {"fees": ["management"]}, {"fees": ["attorney"]}, {"fees": ["other_attorney"]}, {"fees": ["fine"]}, {"class": "principal"}],
                     "then": ["earliest_due"]})");
  book.record_all({charge("A", "fine", "2026-01-01", "2026-01-01", "100.00"), charge("A", "attorney", "2026-01-02", "2026-01-02", "200.00"),
                   charge("A", "management", "2026-02-01", "2026-02-01", "450.00"), charge("A", "management", "2026-03-01", "2026-03-01", "150.00"), payment("p", "A", "2026-03-01", "700.00")});
  EXPECT_EQ(book.settled_by("p", key("A", "management", "2026-02-01")), "450.00");
  EXPECT_EQ(book.settled_by("p", key("A", "management", "2026-03-01")), "150.00");
  EXPECT_EQ(book.settled_by("p", key("A", "attorney", "2026-01-02")), "100.00");
  EXPECT_EQ(book.settled_by("p", key("A", "fine", "2026-01-01")), "0.00");
  EXPECT_EQ(book.credit(), "0.00");
}

TEST(order_test, what_the_payer_designates_comes_first_and_the_rest_goes_on) {
  // Civil Code art. 560: 400, 255 of it for water, the rest for the management fee.
  test_book book(oldest_first);
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "268.80"), charge("A", "water", "2026-01-02", "2026-01-20", "255.00"),
                   payment("p", "A", "2026-02-01", "400.00", R"(, "for_fees": ["water"])")});
  EXPECT_EQ(book.settled_by("p", key("A", "water", "2026-01-02")), "255.00");
  EXPECT_EQ(book.settled_by("p", key("A", "management", "2026-01-01")), "145.00");
}

TEST(order_test, a_payer_may_designate_one_receivable_by_its_id) {
  test_book book(oldest_first);
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "50.00"), charge("A", "water", "2026-02-01", "2026-02-10", "50.00"),
                   payment("p", "A", "2026-03-01", "60.00", R"(, "for": [")" + key("A", "water", "2026-02-01") + R"("])")});
  EXPECT_EQ(book.open(key("A", "water", "2026-02-01")), "0.00");
  EXPECT_EQ(book.open(key("A", "water", "2026-01-01")), "40.00");
}

TEST(order_test, without_the_rank_designated_the_payer_cannot_choose) {
  test_book book(R"({"order": [{"class": "principal"}], "then": ["earliest_due"]})");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), charge("A", "water", "2026-01-02", "2026-01-20", "100.00"),
                   payment("p", "A", "2026-02-01", "100.00", R"(, "for_fees": ["water"])")});
  EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "0.00");
  EXPECT_EQ(book.open(key("A", "water", "2026-01-02")), "100.00");
}

// Two periods of 268.80 each with penalties of 5.38 and 4.03, and a reminder of 20 that came first.
void owe_two_periods(test_book& book) {
  book.record_all({event("opening", "cost", "A", "2026-06-01", R"(, "fee": "attorney", "due": "2026-01-31", "amount": "20.00", "class": "costs")"),
                   event("opening", "first", "A", "2026-06-01", R"(, "fee": "management", "due": "2026-01-31", "amount": "268.80", "penalty": "5.38")"),
                   event("opening", "second", "A", "2026-06-01", R"(, "fee": "management", "due": "2026-02-28", "amount": "268.80", "penalty": "4.03")"), payment("p", "A", "2026-06-01", "300.00")});
}

TEST(order_test, receivable_by_receivable_takes_the_classes_within_each) {
  // Civil Code arts. 560 and 561 bill by bill: 20, 5.38, 268.80, then 4.03 and 1.79 of the second.
  test_book book(R"({"order": [{"class": "costs"}, {"class": "interest"}, {"class": "penalties"}, {"class": "principal"}], "across": "each_receivable_in_turn", "then": ["earliest_due"]})");
  owe_two_periods(book);
  EXPECT_EQ(book.settled_by("p", "cost"), "20.00");
  EXPECT_EQ(book.settled_by("p", "first", "opening"), "5.38");
  EXPECT_EQ(book.settled_by("p", "first", "principal"), "268.80");
  EXPECT_EQ(book.settled_by("p", "second", "opening"), "4.03");
  EXPECT_EQ(book.settled_by("p", "second", "principal"), "1.79");
  EXPECT_EQ(book.open("second"), "267.01");
}

TEST(order_test, across_all_receivables_takes_a_class_of_all_before_the_next) {
  // 20 + 5.38 + 4.03 leave 270.59: 268.80 of the first, 1.79 of the second.
  test_book book(R"({"order": [{"class": "costs"}, {"class": "interest"}, {"class": "penalties"}, {"class": "principal"}], "then": ["earliest_due"]})");
  owe_two_periods(book);
  EXPECT_EQ(book.settled_by("p", "second", "opening"), "4.03");
  EXPECT_EQ(book.open("first"), "0.00");
  EXPECT_EQ(book.open("second"), "267.01");
}

TEST(order_test, a_bucket_without_class_takes_costs_then_penalties_then_principal) {
  test_book book(R"({"order": [{"fees": ["management", "attorney"]}], "then": ["earliest_due"]})");
  owe_two_periods(book);
  EXPECT_EQ(book.open("cost"), "0.00");
  EXPECT_EQ(book.open_penalty("second"), "0.00");
  EXPECT_EQ(book.open("second"), "267.01");
}

TEST(order_test, what_fits_no_bucket_comes_last) {
  test_book book(R"({"order": [{"fees": ["water"]}], "then": ["earliest_due"]})");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), charge("A", "water", "2026-01-02", "2026-01-20", "70.00"), payment("p", "A", "2026-02-01", "100.00")});
  EXPECT_EQ(book.open(key("A", "water", "2026-01-02")), "0.00");
  EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "70.00");
}

TEST(order_test, a_bucket_of_a_fund_takes_the_fees_of_that_fund) {
  test_book book(R"({"order": [{"fund": "reserve"}, {"class": "principal"}], "then": ["earliest_due"]})");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), charge("A", "reserve", "2026-01-02", "2026-01-20", "70.00"), payment("p", "A", "2026-02-01", "80.00")});
  EXPECT_EQ(book.open(key("A", "reserve", "2026-01-02")), "0.00");
  EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "90.00");
}

// Ruling 47.
TEST(order_test, the_order_runs_for_what_is_due_and_then_for_what_is_not) {
  // Water stands first in the order, but is due only on the 20th.
  const std::string order = R"({"order": [{"fees": ["water"]}, {"class": "principal"}], "then": ["earliest_due"])";
  const std::vector<std::string> events{charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), charge("A", "water", "2026-01-02", "2026-01-20", "70.00"), payment("p", "A", "2026-01-10", "120.00")};
  test_book due_first(order + "}");
  due_first.record_all(events);
  EXPECT_EQ(due_first.open(key("A", "management", "2026-01-01")), "0.00");
  EXPECT_EQ(due_first.open(key("A", "water", "2026-01-02")), "50.00");
  test_book in_order(order + R"(, "not_due": "in_order"})");
  in_order.record_all(events);
  EXPECT_EQ(in_order.open(key("A", "water", "2026-01-02")), "0.00");
  EXPECT_EQ(in_order.open(key("A", "management", "2026-01-01")), "50.00");
}

TEST(order_test, a_designation_ranks_within_its_bucket_and_does_not_lift_what_is_not_due) {
  test_book book(oldest_first);
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), charge("A", "water", "2026-01-02", "2026-01-20", "70.00"),
                   payment("p", "A", "2026-01-10", "120.00", R"(, "for_fees": ["water"])")});
  EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "0.00");
  EXPECT_EQ(book.open(key("A", "water", "2026-01-02")), "50.00");
}

TEST(order_test, what_is_issued_and_not_due_is_settled_and_what_is_not_issued_makes_credit) {
  test_book book(R"({"order": [{"class": "principal"}], "then": ["earliest_due"]})");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-31", "100.00"), charge("A", "management", "2026-02-01", "2026-02-28", "100.00"), payment("p", "A", "2026-01-15", "150.00")});
  EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "0.00");
  EXPECT_EQ(book.open(key("A", "management", "2026-02-01")), "100.00");
  EXPECT_EQ(book.credit(), "50.00");
}

TEST(order_test, the_least_secured_comes_before_what_a_mortgage_secures) {
  test_book book(R"({"order": [{"class": "principal"}], "then": ["least_secured", "earliest_due"]})");
  book.record_all({charge("A", "mortgage", "2026-01-01", "2026-01-10", "100.00"), charge("A", "water", "2026-01-02", "2026-01-20", "70.00"), payment("p", "A", "2026-02-01", "100.00")});
  EXPECT_EQ(book.open(key("A", "water", "2026-01-02")), "0.00");
  EXPECT_EQ(book.open(key("A", "mortgage", "2026-01-01")), "70.00");
}

TEST(order_test, pro_rata_divides_by_what_is_open_and_the_parts_add_to_the_payment) {
  // 100 over 100, 100, 100 of one due date: 33.34, 33.33, 33.33, the odd cent to the first id.
  test_book book(R"({"order": [{"class": "principal"}], "then": ["earliest_due", "pro_rata"]})");
  book.record_all({charge("A", "fine", "2026-01-01", "2026-01-10", "100.00"), charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), charge("A", "water", "2026-01-01", "2026-01-10", "100.00"),
                   payment("p", "A", "2026-02-01", "100.00")});
  EXPECT_EQ(book.settled_by("p", key("A", "fine", "2026-01-01")), "33.34");
  EXPECT_EQ(book.settled_by("p", key("A", "management", "2026-01-01")), "33.33");
  EXPECT_EQ(book.settled_by("p", key("A", "water", "2026-01-01")), "33.33");
}

TEST(order_test, pro_rata_gives_an_odd_cent_to_what_was_due_earlier) {
  // 0.01 over 30, 30: equal remainders, the earlier due date has it though its id is later.
  test_book book(R"({"order": [{"class": "principal"}], "then": ["pro_rata"]})");
  book.record_all({charge("A", "fine", "2026-01-01", "2026-01-20", "30.00"), charge("A", "water", "2026-01-01", "2026-01-10", "30.00"), payment("p", "A", "2026-02-01", "0.01")});
  EXPECT_EQ(book.settled_by("p", key("A", "water", "2026-01-01")), "0.01");
}

TEST(order_test, pro_rata_receivable_by_receivable_divides_and_then_takes_classes) {
  // Owed 110 (10 of it penalty) and 90: 100 are 55 and 45, and of the 55 the penalty comes first.
  test_book book(R"({"order": [{"class": "penalties"}, {"class": "principal"}], "across": "each_receivable_in_turn", "then": ["pro_rata"]})");
  book.record_all({event("opening", "a", "A", "2026-06-01", R"(, "fee": "water", "due": "2026-01-31", "amount": "100.00", "penalty": "10.00")"),
                   event("opening", "b", "A", "2026-06-01", R"(, "fee": "water", "due": "2026-01-31", "amount": "90.00")"), payment("p", "A", "2026-06-01", "100.00")});
  EXPECT_EQ(book.settled_by("p", "a", "opening"), "10.00");
  EXPECT_EQ(book.settled_by("p", "a", "principal"), "45.00");
  EXPECT_EQ(book.settled_by("p", "b"), "45.00");
}

TEST(order_test, the_last_tie_goes_by_the_bytes_of_the_id_and_not_by_recording) {
  test_book book(R"({"order": [{"class": "principal"}], "then": ["earliest_due"]})");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "50.00"), charge("A", "fine", "2026-01-01", "2026-01-10", "50.00"), payment("p", "A", "2026-02-01", "50.00")});
  EXPECT_EQ(book.open(key("A", "fine", "2026-01-01")), "0.00");
  EXPECT_EQ(book.open(key("A", "water", "2026-01-01")), "50.00");
}

TEST(order_test, each_allocation_says_why_it_came_before_the_next_in_two_languages) {
  test_book book(oldest_first);
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "50.00"), charge("A", "water", "2026-02-01", "2026-02-10", "50.00"), payment("p", "A", "2026-03-01", "60.00")});
  dues::derive_options with;
  with.explain = true;
  const dues::account_state state = book.kept.state("A", with);
  const auto first = std::find_if(state.movements.begin(), state.movements.end(), [](const dues::movement& one) { return one.kind == dues::movement_kind::allocation; });
  ASSERT_NE(first, state.movements.end());
  EXPECT_EQ(first->why, dues::order_step::earliest_due);
  EXPECT_EQ(first->before, key("A", "water", "2026-02-01"));
  EXPECT_EQ(dues::sentence(book.kept.tariff(), state, *first),
            "CNY 50.00 went to t/A/U/water/-/2026-01-01/charge (principal) before t/A/U/water/-/2026-02-01/charge: it fell due earlier (2026-01-10)");
  EXPECT_EQ(dues::sentence(book.kept.tariff(), state, *first, dues::language::chinese()),
            "CNY 50.00 先清偿 t/A/U/water/-/2026-01-01/charge（principal），后清偿 t/A/U/water/-/2026-02-01/charge：前者到期较早（2026-01-10）");
}

}  // namespace
