// SPDX-License-Identifier: Apache-2.0
//
// What turns out to have been wrong: payments that bounce or come late to the book, bills that are
// lowered, arrears that are given up. Rulings 43 to 50.
#include "ledger/daily.hpp"

namespace {

using namespace dues_test;

constexpr std::string_view in_turn = R"({"order": [{"class": "costs"}, {"class": "penalties"}, {"class": "principal"}], "across": "each_receivable_in_turn", "then": ["earliest_due"], "credit": {}})";

std::string adjusted(std::string_view fee, std::string_view period, std::string_view issue, std::string_view due, std::string_view amount, int n = 1) {
  return R"({"event": "charge", "account": "A", "unit": "U", "fee": ")" + std::string(fee) + R"(", "period": ")" + std::string(period) + R"(", "cause": "adjustment:)" + std::to_string(n) +
         R"(", "issue": ")" + std::string(issue) + R"(", "due": ")" + std::string(due) + R"(", "amount": ")" + std::string(amount) + R"("})";
}
std::string reversal(std::string_view id, std::string_view of, std::string_view date, std::string_view account = "A") { return event("reversal", id, account, date, R"(, "of": ")" + std::string(of) + R"(")"); }

TEST(corrections_test, three_periods_of_arrears_are_paid_down_to_the_cent) {
  // 268.80 due at the end of January, February, March; 0.05 % a day; 500 on 20 April, the rest on 31 May.
  test_book book(in_turn);
  const daily late(5);
  book.penalties = &late;
  const std::string jan = key("A", "management", "2026-01-01"), feb = key("A", "management", "2026-02-01"), mar = key("A", "management", "2026-03-01");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-31", "268.80"), charge("A", "management", "2026-02-01", "2026-02-28", "268.80"),
                   charge("A", "management", "2026-03-01", "2026-03-31", "268.80"), payment("p", "A", "2026-04-20", "500.00")});
  EXPECT_EQ(book.settled_by("p", jan, "late"), "10.62");
  EXPECT_EQ(book.settled_by("p", jan, "principal"), "268.80");
  EXPECT_EQ(book.settled_by("p", feb, "late"), "6.85");
  EXPECT_EQ(book.settled_by("p", feb, "principal"), "213.73");
  EXPECT_EQ(book.open(feb), "55.07");
  EXPECT_EQ(book.open_penalty(feb, "2026-05-31"), "1.13");
  EXPECT_EQ(book.open_penalty(mar, "2026-05-31"), "8.20");
  const dues::account_state then = book.state("A", "2026-05-31");
  EXPECT_EQ(book.money(then.open_principal() + then.open_penalties()), "333.20");
  book.record(payment("q", "A", "2026-05-31", "333.20"));
  const dues::account_state after = book.state("A", "2026-12-31");
  EXPECT_EQ(book.money(after.open_principal() + after.open_penalties() + after.credit_total()), "0.00");
}

TEST(corrections_test, money_taken_for_the_wrong_flat_is_reversed_and_recorded_for_the_right_one) {
  test_book book(oldest_first);
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-31", "268.80"), charge("B", "management", "2026-01-01", "2026-01-31", "268.80"), payment("p", "A", "2026-01-20", "268.80"),
                   reversal("r", "p", "2026-01-22"), payment("q", "B", "2026-01-20", "268.80", R"(, "recorded": "2026-01-22")")});
  EXPECT_EQ(book.open(key("A", "management", "2026-01-01")), "268.80");
  EXPECT_EQ(book.open(key("B", "management", "2026-01-01"), "B"), "0.00");
  dues::int128 sum = 0;
  for (const dues::ledger_entry& one : book.kept.find("A")->entries)
    if (one.kind == dues::movement_kind::payment) sum += one.amount;
  EXPECT_EQ(sum, 0);
}

// Ruling 45.
TEST(corrections_test, a_payment_that_bounced_later_was_paid_as_it_was_known_before) {
  test_book book(oldest_first);
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-31", "100.00"), payment("p", "A", "2026-01-10", "100.00"), reversal("r", "p", "2026-02-05")});
  const std::string id = key("A", "water", "2026-01-01");
  EXPECT_EQ(book.state("A", "2026-01-20", "2026-01-31").find(id)->open(), 0);
  EXPECT_EQ(book.state("A", "2026-01-20").find(id)->open(), 10000);
}

// Ruling 44.
TEST(corrections_test, a_reduction_allocates_payments_again_from_the_due_date) {
  // R1 100 due 10 Jan, 1 % a day: 105 on 15 Jan settles it. Lowered by 50: 50, 2.50, R2 40, 12.50 left.
  test_book book(in_turn);
  const daily late(100);
  book.penalties = &late;
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), charge("A", "water", "2026-01-02", "2026-01-20", "40.00"), payment("p", "A", "2026-01-15", "105.00")});
  EXPECT_EQ(book.open(key("A", "water", "2026-01-02")), "40.00");
  book.record(adjusted("management", "2026-01-01", "2026-02-01", "2026-02-01", "-50.00"));
  EXPECT_EQ(book.credit(), "12.50");
  EXPECT_EQ(book.open(key("A", "water", "2026-01-02")), "0.00");
  EXPECT_EQ(book.settled_by("p", key("A", "management", "2026-01-01"), "late"), "2.50");
}

// Ruling 43.
TEST(corrections_test, a_waiver_takes_what_is_there_and_more_when_a_reversal_lifts_the_penalty) {
  // 100 due 10 Jan at 1 % a day, paid on the 14th: 4. A waiver of 8 takes 4. Unpaid after all: 10, so 2 is open.
  test_book book(R"({"order": [{"class": "principal"}, {"class": "penalties"}], "then": ["earliest_due"], "credit": {}})");
  const daily late(100);
  book.penalties = &late;
  const std::string id = key("A", "water", "2026-01-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-14", "100.00"),
                   event("waiver", "w", "A", "2026-01-20", R"(, "receivable": ")" + id + R"(", "amount": "8.00")")});
  EXPECT_EQ(book.open_penalty(id, "2026-01-20"), "0.00");
  EXPECT_EQ(book.credit(), "0.00");
  EXPECT_EQ(book.state("A", "2026-01-20").find(id)->penalties.front().waived, 400);
  book.record(reversal("r", "p", "2026-01-20"));
  EXPECT_EQ(book.open_penalty(id, "2026-01-20"), "2.00");
}

// Ruling 48.
TEST(corrections_test, a_demand_reaches_what_was_due_by_then_and_a_reversed_one_is_as_never) {
  test_book book(oldest_first);
  const std::string due = key("A", "water", "2026-01-01"), later = key("A", "water", "2026-02-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), charge("A", "water", "2026-02-01", "2026-02-10", "100.00"), event("demand", "d1", "A", "2026-02-05"),
                   event("demand", "d2", "A", "2026-01-20")});
  EXPECT_EQ(book.state().find(due)->demands, (std::vector<dues::civil_day>{*dues::parse_day("2026-01-20"), *dues::parse_day("2026-02-05")}));
  EXPECT_TRUE(book.state().find(later)->demands.empty());
  book.record(reversal("r", "d2", "2026-02-06"));
  EXPECT_EQ(book.state().find(due)->demands, (std::vector<dues::civil_day>{*dues::parse_day("2026-02-05")}));
}

// Ruling 49.
TEST(corrections_test, a_write_off_lowers_the_base_from_the_next_day_and_keeps_the_original) {
  // 1 % of 100 for the five days through the 15th, of 50 for the next five: 7.50.
  test_book book(in_turn);
  const daily late(100);
  book.penalties = &late;
  const std::string id = key("A", "water", "2026-01-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), event("write_off", "w", "A", "2026-01-15", R"(, "receivable": ")" + id + R"(", "amount": "50.00", "reason": "settled in court")")});
  EXPECT_EQ(book.open(id), "50.00");
  EXPECT_EQ(book.open_penalty(id, "2026-01-20"), "7.50");
  EXPECT_EQ(book.state().find(id)->corrected, 10000);
  EXPECT_EQ(book.kept.find("A")->entries.back().reason, "settled in court");
}

TEST(corrections_test, a_write_off_beyond_what_is_open_is_refused_with_the_most) {
  test_book book(oldest_first);
  const std::string id = key("A", "water", "2026-01-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-05", "70.00")});
  EXPECT_EQ(book.refused(event("write_off", "w", "A", "2026-01-15", R"(, "receivable": ")" + id + R"(", "amount": "30.01")")), "L116 /amount: write_off w asks for 30.01; the most is 30.00");
}

TEST(corrections_test, a_reduction_below_zero_is_credit_on_its_date) {
  test_book book(oldest_first);
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), adjusted("water", "2026-01-01", "2026-02-01", "2026-02-01", "-130.00")});
  EXPECT_EQ(book.open(key("A", "water", "2026-01-01")), "0.00");
  EXPECT_EQ(book.credit("A", "2026-01-31"), "0.00");
  EXPECT_EQ(book.credit("A", "2026-02-01"), "30.00");
}

TEST(corrections_test, a_negative_line_is_credit_on_its_due_date) {
  test_book book(oldest_first);
  book.record(charge("A", "water", "2026-01-01", "2026-01-10", "-25.00"));
  EXPECT_EQ(book.credit("A", "2026-01-09"), "0.00");
  EXPECT_EQ(book.credit("A", "2026-01-10"), "25.00");
}

TEST(corrections_test, a_supplement_is_owed_by_its_own_due_date) {
  test_book book(oldest_first);
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), adjusted("water", "2026-01-01", "2026-02-01", "2026-02-10", "20.00")});
  const std::string id = "t/A/U/water/-/2026-01-01/adjustment:1";
  EXPECT_EQ(book.open(id), "20.00");
  EXPECT_EQ(dues::to_text(book.state().find(id)->due), "2026-02-10");
}

TEST(corrections_test, a_credit_note_lowers_what_was_billed_and_frees_what_was_paid) {
  test_book book(oldest_first);
  const std::string id = key("A", "water", "2026-01-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-05", "100.00"),
                   event("credit_note", "n", "A", "2026-03-01", R"(, "receivable": ")" + id + R"(", "amount": "40.00", "reason": "lift out of order")")});
  EXPECT_EQ(book.money(book.state().find(id)->settled), "60.00");
  EXPECT_EQ(book.credit(), "40.00");
}

TEST(corrections_test, a_payment_recorded_late_is_allocated_from_its_own_date) {
  // 60 on 10 March went to January's 60; 60 paid on 1 February turns up: March's goes to February's.
  test_book book(oldest_first);
  const std::string jan = key("A", "water", "2026-01-01"), feb = key("A", "water", "2026-02-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "60.00"), charge("A", "water", "2026-02-01", "2026-02-10", "60.00"), payment("p", "A", "2026-03-10", "60.00")});
  const std::vector<dues::ledger_entry> before = book.kept.find("A")->entries;
  const dues::applied late = book.apply(payment("q", "A", "2026-02-01", "60.00", R"(, "recorded": "2026-03-20")"));
  ASSERT_TRUE(late.recorded);
  EXPECT_EQ(book.settled_by("q", jan), "60.00");
  EXPECT_EQ(book.settled_by("p", feb), "60.00");
  // What was posted stands; the difference is posted when it was recorded, for the day that it is of.
  const std::vector<dues::ledger_entry>& after = book.kept.find("A")->entries;
  ASSERT_GE(after.size(), before.size());
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
  const auto withdrawn = std::find_if(late.entries.begin(), late.entries.end(), [&](const dues::ledger_entry& one) { return one.cause == "p" && one.receivable == jan; });
  ASSERT_NE(withdrawn, late.entries.end());
  EXPECT_EQ(withdrawn->amount, -6000);
  EXPECT_EQ(dues::to_text(withdrawn->date), "2026-03-10");
  EXPECT_EQ(dues::to_text(withdrawn->recorded), "2026-03-20");
  EXPECT_EQ(withdrawn->by, "q");
}

TEST(corrections_test, credit_that_was_refunded_before_its_payment_bounced_is_owed_from_that_day) {
  test_book book(oldest_first);
  book.record_all({payment("p", "A", "2026-01-01", "100.00"), event("refund", "r", "A", "2026-01-05", R"(, "amount": "80.00")"), reversal("b", "p", "2026-01-20")});
  EXPECT_EQ(book.open("r"), "80.00");
  EXPECT_EQ(dues::to_text(book.state().find("r")->due), "2026-01-20");
  EXPECT_EQ(book.credit(), "0.00");
  book.record(payment("q", "A", "2026-01-25", "80.00"));
  EXPECT_EQ(book.open("r"), "0.00");
}

TEST(corrections_test, a_reversed_charge_frees_its_money_and_its_adjustment_with_it) {
  test_book book(oldest_first);
  const std::string id = key("A", "water", "2026-01-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), adjusted("water", "2026-01-01", "2026-02-01", "2026-02-01", "-20.00"), payment("p", "A", "2026-01-05", "80.00"),
                   reversal("r", id, "2026-03-01")});
  EXPECT_EQ(book.open(id), "none");
  EXPECT_EQ(book.credit(), "80.00");
}

TEST(corrections_test, nothing_may_touch_a_closed_period_until_it_is_opened_again) {
  test_book book(oldest_first);
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-05", "40.00"),
                   R"({"event": "close", "id": "c1", "date": "2026-02-03", "through": "2026-01-31"})"});
  EXPECT_EQ(book.refused(payment("q", "A", "2026-01-20", "10.00")).substr(0, 5), "L118 ");
  EXPECT_EQ(book.refused(payment("q", "A", "2026-01-20", "10.00", R"(, "recorded": "2026-02-04")")),
            "L118 /date: q touches 2026-01-20, which is closed through 2026-01-31; the first open day is 2026-02-01");
  EXPECT_EQ(book.refused(reversal("r", "p", "2026-02-04")), "L118 /date: r touches 2026-01-05, which is closed through 2026-01-31; the first open day is 2026-02-01");
  book.record(R"({"event": "reopen", "id": "o1", "date": "2026-02-05", "of": "c1"})");
  book.record(reversal("r", "p", "2026-02-06"));
  EXPECT_EQ(book.open(key("A", "water", "2026-01-01")), "100.00");
}

TEST(corrections_test, a_reduction_of_a_closed_period_takes_effect_on_its_own_date) {
  // 100 paid in January, closed; lowered by 30 in February: January's balances stand, 30 are credit on 5 Feb.
  test_book book(oldest_first);
  const std::string id = key("A", "water", "2026-01-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-05", "100.00"),
                   R"({"event": "close", "id": "c1", "date": "2026-02-03", "through": "2026-01-31", "account": "A"})"});
  EXPECT_EQ(book.refused(adjusted("water", "2026-01-01", "2026-02-01", "2026-02-01", "-30.00")).substr(0, 5), "L118 ") << "it was recorded after the closing, and says earlier";
  book.record(adjusted("water", "2026-01-01", "2026-02-05", "2026-02-05", "-30.00"));
  EXPECT_EQ(book.state("A", "2026-01-31").find(id)->corrected, 10000);
  EXPECT_EQ(book.credit("A", "2026-02-04"), "0.00");
  EXPECT_EQ(book.credit("A", "2026-02-05"), "30.00");
  EXPECT_EQ(book.state().find(id)->corrected, 7000);
  EXPECT_EQ(book.open(id), "0.00");
}

}  // namespace
