// SPDX-License-Identifier: Apache-2.0
//
// What a seller hands over with a unit, what stays, and what becomes of it when later news changes it; and
// money that is held as a deposit.
#include "ledger/late_tariff.hpp"

namespace {

using namespace dues_test;

std::string transfer(std::string_view id, std::string_view date, std::string_view what) { return event("transfer", id, "A", date, R"(, "to": "B", )" + std::string(what)); }
constexpr std::string_view of_unit = R"("unit": "U")";

TEST(transfer_test, the_arrears_of_a_unit_follow_it_and_credit_and_other_units_stay) {
  test_book book(R"({"order": [{"class": "principal"}], "then": ["earliest_due"], "credit": {"settles_later_bills": false}})");
  const std::string jan = key("A", "water", "2026-01-01"), feb = key("A", "water", "2026-02-01");
  std::string other = charge("A", "water", "2026-01-01", "2026-01-10", "30.00");
  other.replace(other.find(R"("unit": "U")"), 11, R"("unit": "V")");
  book.record_all({payment("c", "A", "2025-12-01", "5.00"), charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-09", "40.00", R"(, "for": [")" + jan + R"("])"),
                   charge("A", "water", "2026-02-01", "2026-02-10", "50.00"), other});
  const dues::applied done = book.apply(transfer("t", "2026-03-01", of_unit));
  ASSERT_TRUE(done.recorded) << told(done.found);
  EXPECT_EQ(book.open(jan), "0.00");
  EXPECT_EQ(book.open("t/A/V/water/-/2026-01-01/charge"), "30.00");
  EXPECT_EQ(book.credit(), "5.00");
  EXPECT_EQ(book.open("t/" + jan, "B"), "60.00");
  EXPECT_EQ(book.open("t/" + feb, "B"), "50.00");
  EXPECT_EQ(dues::to_text(book.state("B").find("t/" + jan)->due), "2026-01-10");
  EXPECT_EQ(book.state("B").find("t/" + jan)->unit, "U");
  EXPECT_EQ(book.state("A", "2026-02-28").find(jan)->open(), 6000) << "before the transfer it was the seller's";
  ASSERT_EQ(done.others.size(), 2U);
  EXPECT_EQ(done.others.front().account, "B");
  EXPECT_EQ(done.others.front().entries.front().kind, dues::movement_kind::received);
  book.record(payment("q", "B", "2026-03-05", "60.00", R"(, "for": ["t/)" + jan + R"("])"));
  EXPECT_EQ(book.open("t/" + jan, "B"), "0.00");
}

TEST(transfer_test, named_receivables_go_and_the_others_stay) {
  test_book book(oldest_first);
  const std::string jan = key("A", "water", "2026-01-01"), feb = key("A", "water", "2026-02-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), charge("A", "water", "2026-02-01", "2026-02-10", "50.00"), transfer("t", "2026-03-01", R"("for": [")" + feb + R"("])")});
  EXPECT_EQ(book.open(jan), "100.00");
  EXPECT_EQ(book.open(feb), "0.00");
  EXPECT_EQ(book.open("t/" + feb, "B"), "50.00");
}

TEST(transfer_test, what_lateness_cost_goes_along_and_goes_on_in_the_other_account) {
  // 1 % a day of 100: 5.00 to the 15th go along, 5.00 more come by the 20th.
  book_of_lateness book(one_in_a_hundred_a_day, penalties_first);
  const std::string id = key("A", "management", "2026-01-01");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), transfer("t", "2026-01-15", of_unit)});
  EXPECT_EQ(book.open_penalty(id, "2026-01-20"), "0.00");
  const dues::account_state buyer = book.state("B", "2026-01-20");
  EXPECT_EQ(book.money(buyer.open_penalties()), "10.00");
  EXPECT_EQ(book.money(buyer.open_principal()), "100.00");
}

TEST(transfer_test, a_payment_of_the_sellers_that_turns_up_later_lowers_what_was_handed_over) {
  test_book book(oldest_first);
  const std::string id = key("A", "water", "2026-01-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), transfer("t", "2026-03-01", of_unit)});
  const dues::applied late = book.apply(payment("p", "A", "2026-02-01", "30.00", R"(, "recorded": "2026-03-10")"));
  ASSERT_TRUE(late.recorded) << told(late.found);
  EXPECT_EQ(book.open("t/" + id, "B"), "70.00");
  EXPECT_EQ(book.open(id), "0.00");
  // As it was known before, it was 100.
  EXPECT_EQ(book.state("B", "2026-12-31", "2026-03-09").find("t/" + id)->open(), 10000);
  dues::int128 sum = 0;
  for (const dues::ledger_entry& one : book.kept.find("B")->entries) sum += one.amount;
  EXPECT_EQ(sum, 7000);
  book.record(event("reversal", "r", "A", "2026-03-20", R"(, "of": "p")"));
  EXPECT_EQ(book.open("t/" + id, "B"), "100.00");
}

TEST(transfer_test, a_transfer_that_is_reversed_gives_the_arrears_back) {
  test_book book(oldest_first);
  const std::string id = key("A", "water", "2026-01-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), transfer("t", "2026-03-01", of_unit), payment("q", "B", "2026-03-02", "20.00"),
                   event("reversal", "r", "A", "2026-03-05", R"(, "of": "t")")});
  EXPECT_EQ(book.open(id), "100.00");
  EXPECT_EQ(book.open("t/" + id, "B"), "none");
  EXPECT_EQ(book.credit("B"), "20.00") << "what the buyer paid is credit";
}

TEST(transfer_test, arrears_that_were_handed_on_twice_follow_what_the_first_owner_paid) {
  test_book book(oldest_first);
  const std::string id = key("A", "water", "2026-01-01");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), transfer("t", "2026-03-01", of_unit), event("transfer", "u", "B", "2026-04-01", R"(, "to": "A", "unit": "U")")});
  EXPECT_EQ(book.open("u/t/" + id), "100.00");
  book.record(payment("p", "A", "2026-02-01", "30.00", R"(, "recorded": "2026-05-10")"));
  EXPECT_EQ(book.open("u/t/" + id), "70.00");
  EXPECT_EQ(book.open("t/" + id, "B"), "0.00");
}

TEST(transfer_test, a_stored_ledger_with_transfers_is_the_same) {
  book_of_lateness book(one_in_a_hundred_a_day, penalties_first);
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), transfer("t", "2026-01-15", of_unit), payment("p", "A", "2026-01-12", "30.00", R"(, "recorded": "2026-03-10")")});
  const std::string stored = dues::to_json(book.kept);
  dues::diagnostics found;
  const auto read = dues::read_ledger(tariff_of_lateness(one_in_a_hundred_a_day, penalties_first), stored, found, {}, book.penalties);
  ASSERT_TRUE(read.has_value()) << told(found);
  EXPECT_EQ(dues::to_json(*read), stored);
}

TEST(transfer_test, what_a_transfer_may_not_be_is_refused_and_nothing_of_it_stays) {
  test_book book(oldest_first);
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), charge("B", "water", "2026-01-01", "2026-01-10", "1.00")});
  EXPECT_EQ(book.refused(event("transfer", "t", "A", "2026-03-01", R"(, "to": "A", "unit": "U")")), "L103 /to: to is A; wanted the id of another account");
  EXPECT_EQ(book.refused(transfer("t", "2026-03-01", R"("unit": "X")")), "L112 : transfer t: the amount is 0.00; wanted more than 0");
  EXPECT_EQ(book.refused(transfer("t", "2026-03-01", R"("for": ["x"])")), "L114 /for: account A has no receivable 'x'");
  dues::diagnostics found;
  EXPECT_FALSE(dues::read_events(book.kept.tariff(), event("received", "t", "A", "2026-03-01", R"(, "from": "B", "of": "x", "receivable": "y", "due": "2026-01-10", "amount": "5.00")"), found).has_value());
  EXPECT_EQ(told(found), "L136 : t: 'received' is what the ledger itself records of a transfer");
  // The other account's period is closed: neither account changes.
  book.record(R"({"event": "close", "id": "c", "date": "2026-04-01", "through": "2026-03-31", "account": "B"})");
  EXPECT_EQ(book.refused(transfer("t", "2026-03-01", of_unit)).substr(0, 5), "L118 ");
  EXPECT_EQ(book.open(key("A", "water", "2026-01-01")), "100.00");
  EXPECT_EQ(book.kept.find("A")->version(), 1U);
  EXPECT_EQ(book.kept.find("B")->version(), 2U);
}

TEST(transfer_test, what_is_recorded_together_and_not_kept_is_taken_back_in_both_accounts) {
  test_book book(oldest_first);
  book.record(charge("A", "water", "2026-01-01", "2026-01-10", "100.00"));
  const std::string first = dues::to_json(book.kept);
  {
    dues::ledger_change change(book.kept);
    EXPECT_TRUE(change.apply(event_of(book.kept.tariff(), transfer("t", "2026-03-01", of_unit))).recorded);
  }
  EXPECT_EQ(dues::to_json(book.kept), first);
  book.record(transfer("t", "2026-03-01", of_unit));
  const std::string second = dues::to_json(book.kept);
  {
    // It changes what was handed over before.
    dues::ledger_change change(book.kept);
    EXPECT_TRUE(change.apply(event_of(book.kept.tariff(), payment("p", "A", "2026-02-01", "30.00"))).recorded);
    EXPECT_NE(dues::to_json(book.kept, "B"), second);
  }
  EXPECT_EQ(dues::to_json(book.kept), second);
}

std::string deposit(std::string_view id, std::string_view date, std::string_view does, std::string_view more = {}) {
  return event("deposit", id, "A", date, R"(, "subscription": "lease", "does": ")" + std::string(does) + R"(")" + std::string(more));
}
std::string held(const test_book& book, std::string_view as_of = "9999-12-31") { return book.money(book.state("A", as_of).deposit_total()); }

TEST(deposits_test, held_money_settles_nothing_until_it_is_told_to_and_goes_back_in_the_end) {
  test_book book(oldest_first);
  const std::string id = key("A", "water", "2026-02-01");
  book.record_all({deposit("h", "2026-01-01", "hold", R"(, "amount": "500.00")"), charge("A", "water", "2026-02-01", "2026-02-10", "120.00")});
  EXPECT_EQ(book.open(id), "120.00");
  EXPECT_EQ(book.credit(), "0.00");
  EXPECT_EQ(held(book), "500.00");
  book.record(deposit("s", "2026-03-01", "settle"));
  EXPECT_EQ(book.open(id), "0.00");
  EXPECT_EQ(book.settled_by("s", id), "120.00");
  EXPECT_EQ(held(book), "380.00");
  book.record(deposit("b", "2026-03-05", "return", R"(, "amount": "300.00")"));
  book.record(deposit("f", "2026-03-06", "forfeit", R"(, "reason": "left before the term")"));
  EXPECT_EQ(held(book), "0.00");
  EXPECT_EQ(held(book, "2026-03-04"), "380.00");
  dues::int128 gone = 0;
  for (const dues::movement& one : book.state().movements)
    if (one.kind == dues::movement_kind::forfeit) gone += one.amount;
  EXPECT_EQ(gone, 8000);
  EXPECT_TRUE(book.apply(deposit("s", "2026-03-01", "settle")).repeated) << "what it came to was fixed when it was recorded";
}

TEST(deposits_test, no_more_settles_returns_or_is_forfeited_than_there_is) {
  test_book book(oldest_first);
  book.record_all({deposit("h", "2026-01-01", "hold", R"(, "amount": "500.00")"), charge("A", "water", "2026-02-01", "2026-02-10", "120.00")});
  EXPECT_EQ(book.refused(deposit("s", "2026-03-01", "settle", R"(, "amount": "120.01")")), "L116 /amount: deposit s asks for 120.01; the most is 120.00");
  EXPECT_EQ(book.refused(deposit("s", "2026-03-01", "return", R"(, "amount": "500.01")")), "L116 /amount: deposit s asks for 500.01; the most is 500.00");
  EXPECT_EQ(book.refused(deposit("s", "2026-03-01", "forfeit", R"(, "amount": "500.01")")), "L116 /amount: deposit s asks for 500.01; the most is 500.00");
  EXPECT_EQ(book.refused(deposit("s", "2025-12-01", "return")), "L112 : deposit s: the amount is 0.00; wanted more than 0");
  EXPECT_EQ(held(book), "500.00");
}

TEST(deposits_test, a_deposit_is_one_source_of_a_payment_and_what_it_does_not_settle_stays_held) {
  test_book book(oldest_first);
  book.record_all({deposit("h", "2026-01-01", "hold", R"(, "amount": "50.00")"), charge("A", "water", "2026-02-01", "2026-02-10", "120.00"),
                   payment("p", "A", "2026-02-05", "130.00", R"(, "sources": [{"kind": "bank", "amount": "90.00"}, {"kind": "deposit", "amount": "40.00"}])")});
  EXPECT_EQ(book.open(key("A", "water", "2026-02-01")), "0.00");
  EXPECT_EQ(held(book), "20.00");
  EXPECT_EQ(book.credit(), "0.00");
  EXPECT_EQ(book.refused(payment("q", "A", "2026-02-06", "30.00", R"(, "sources": [{"kind": "deposit", "amount": "30.00"}])")), "L116 /amount: payment q asks for 30.00; the most is 20.00");
}

TEST(deposits_test, a_deposit_whose_money_bounced_after_it_was_returned_is_owed) {
  test_book book(oldest_first);
  book.record_all({deposit("h", "2026-01-01", "hold", R"(, "amount": "500.00")"), deposit("b", "2026-01-10", "return"), event("reversal", "r", "A", "2026-01-20", R"(, "of": "h")")});
  EXPECT_EQ(book.open("b"), "500.00");
  EXPECT_EQ(dues::to_text(book.state().find("b")->due), "2026-01-20");
  EXPECT_EQ(held(book), "0.00");
}

TEST(deposits_test, an_older_book_brings_its_deposits_and_they_move_on) {
  test_book book(oldest_first);
  book.record(event("opening", "o", "A", "2026-01-01", R"(, "deposit": "500.00", "subscription": "lease")"));
  EXPECT_EQ(held(book), "500.00");
  const std::vector<dues::ledger_event> on = dues::openings_of(book.kept.tariff(), book.state("A", "2026-06-30"), *dues::parse_day("2026-06-30"));
  ASSERT_EQ(on.size(), 1U);
  EXPECT_TRUE(on.front().opens_deposit());
  EXPECT_EQ(on.front().subscription, "lease");
  EXPECT_EQ(on.front().amount, 50000);
  dues::ledger fresh(tariff_with(oldest_first));
  EXPECT_TRUE(fresh.apply(on.front()).recorded);
  EXPECT_EQ(fresh.state("A").deposit_total(), 50000);
}

TEST(openings_test, before_an_opening_nothing_is_known) {
  test_book book(oldest_first);
  book.record(event("opening", "o", "A", "2026-06-01", R"(, "fee": "water", "due": "2026-01-10", "amount": "10.00")"));
  EXPECT_EQ(told(book.state("A", "2026-05-31").found), "L138 /as_of: account A begins on 2026-06-01; nothing is known of it on 2026-05-31");
  EXPECT_TRUE(book.state("A", "2026-06-01").found.all().empty());
}

}  // namespace
