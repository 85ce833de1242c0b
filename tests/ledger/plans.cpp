// SPDX-License-Identifier: Apache-2.0
//
// Arrears paid in parts by agreement: how they are cut, what money settles meanwhile, what lateness costs
// while the plan runs, and what a missed part does.
#include "ledger/late_tariff.hpp"

namespace {

using namespace dues_test;

constexpr std::string_view pausing = R"(, "plans": [{"id": "parts", "at_most_instalments": 6}])";

std::string parts(std::initializer_list<std::pair<const char*, const char*>> all) {
  std::string out = R"(, "plan": "parts", "instalments": [)";
  for (const auto& [due, amount] : all) {
    if (out.back() == '}') out += ',';
    out += R"({"due": ")" + std::string(due) + R"(")" + (*amount == '\0' ? std::string() : R"(, "amount": ")" + std::string(amount) + R"(")") + "}";
  }
  return out + "]";
}
std::string amounts(const test_book& book, std::string_view as_of) {
  std::string out;
  const dues::account_state then = book.state("A", as_of);
  for (const dues::plan_part& one : then.plans.front().parts) out += (out.empty() ? "" : " ") + book.money(one.amount) + "/" + book.money(one.open);
  return out;
}

// IP-01.
TEST(plans_test, a_thousand_in_six_parts_gives_an_odd_cent_to_each_of_the_first_four) {
  book_of_lateness book(five_in_ten_thousand_a_day, principal_first, pausing);
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-31", "1000.00"),
                   event("plan", "n", "A", "2026-02-10", parts({{"2026-03-01", ""}, {"2026-04-01", ""}, {"2026-05-01", ""}, {"2026-06-01", ""}, {"2026-07-01", ""}, {"2026-08-01", ""}}))});
  EXPECT_EQ(amounts(book, "2026-02-10"), "166.67/166.67 166.67/166.67 166.67/166.67 166.67/166.67 166.66/166.66 166.66/166.66");
  // What was divided stands in the record, and giving it again without amounts is the same event.
  EXPECT_EQ(book.kept.find("A")->events.back().instalments.back().amount, 16666);
  EXPECT_TRUE(book.apply(event("plan", "n", "A", "2026-02-10", parts({{"2026-03-01", ""}, {"2026-04-01", ""}, {"2026-05-01", ""}, {"2026-06-01", ""}, {"2026-07-01", ""}, {"2026-08-01", ""}}))).repeated);
}

// IP-03: 1000 was 60 days late when the plan was made, 30.00; 166.67 was paid on day 30 and, a day late, on day 60.
TEST(plans_test, a_missed_part_ends_the_plan_and_what_was_paused_falls_due_as_if_it_never_had_been) {
  book_of_lateness book(five_in_ten_thousand_a_day, principal_first, pausing);
  const std::string id = key("A", "management", "2026-01-01");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-01", "1000.00"),
                   event("plan", "n", "A", "2026-03-02", parts({{"2026-04-01", "166.67"}, {"2026-04-30", "166.67"}, {"2026-05-31", "666.66"}})), payment("p", "A", "2026-04-01", "166.67"),
                   payment("q", "A", "2026-05-01", "166.67")});
  EXPECT_EQ(book.open_penalty(id, "2026-03-02"), "30.00");
  EXPECT_EQ(book.open_penalty(id, "2026-04-30"), "30.00");
  EXPECT_FALSE(book.state("A", "2026-04-30").plans.front().missed.has_value());
  // 1000 x 0.05 % x 90 days + 833.33 x 0.05 % x 30 days: 57.49995.
  EXPECT_EQ(book.open_penalty(id, "2026-05-01"), "57.50");
  EXPECT_EQ(book.open(id, "A", "2026-05-01"), "666.66");
  EXPECT_EQ(dues::to_text(*book.state("A", "2026-05-01").plans.front().missed), "2026-04-30");
}

TEST(plans_test, where_it_is_agreed_a_missed_part_ends_the_plan_and_the_pause_stays_free) {
  book_of_lateness book(one_in_a_hundred_a_day, principal_first, R"(, "plans": [{"id": "parts", "at_most_instalments": 2, "when_missed": "ends"}])");
  const std::string id = key("A", "management", "2026-01-01");
  // 5 days to the 15th, none through the 25th, again from the 26th.
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), event("plan", "n", "A", "2026-01-15", parts({{"2026-01-25", ""}, {"2026-02-25", ""}}))});
  EXPECT_EQ(book.open_penalty(id, "2026-01-25"), "5.00");
  EXPECT_EQ(book.open_penalty(id, "2026-01-27"), "7.00");
}

TEST(plans_test, where_penalties_go_on_a_plan_pauses_nothing) {
  book_of_lateness book(one_in_a_hundred_a_day, principal_first, R"(, "plans": [{"id": "parts", "at_most_instalments": 2, "penalties": "go_on"}])");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), event("plan", "n", "A", "2026-01-15", parts({{"2026-01-25", ""}, {"2026-02-25", ""}}))});
  EXPECT_EQ(book.open_penalty(key("A", "management", "2026-01-01"), "2026-01-20"), "10.00");
}

TEST(plans_test, money_settles_the_parts_before_what_lateness_had_cost_and_that_at_the_end) {
  // 5.00 of penalties first by the policy; the plan's 50 + 50 go before them, and the last payment brings 5 more.
  book_of_lateness book(one_in_a_hundred_a_day, penalties_first, pausing);
  const std::string id = key("A", "management", "2026-01-01");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), event("plan", "n", "A", "2026-01-15", parts({{"2026-01-25", ""}, {"2026-02-25", ""}})),
                   payment("p", "A", "2026-01-20", "50.00")});
  EXPECT_EQ(amounts(book, "2026-02-01"), "50.00/0.00 50.00/50.00");
  EXPECT_EQ(book.open_penalty(id, "2026-02-01"), "5.00");
  book.record(payment("q", "A", "2026-02-25", "55.00"));
  EXPECT_EQ(book.open(id), "0.00");
  EXPECT_EQ(book.open_penalty(id, "2026-03-31"), "0.00");
  EXPECT_EQ(book.credit(), "0.00");
  EXPECT_FALSE(book.state("A", "2026-12-31").plans.front().missed.has_value());
}

TEST(plans_test, a_bill_that_falls_due_comes_before_a_part_that_is_not_due_yet) {
  book_of_lateness book(five_in_ten_thousand_a_day, principal_first, pausing);
  const std::string old = key("A", "management", "2026-01-01"), fresh = key("A", "water", "2026-02-01");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), event("plan", "n", "A", "2026-01-15", parts({{"2026-03-01", ""}, {"2026-04-01", ""}})),
                   charge("A", "water", "2026-02-01", "2026-02-10", "40.00"), payment("p", "A", "2026-02-10", "60.00")});
  EXPECT_EQ(book.settled_by("p", fresh), "40.00");
  EXPECT_EQ(book.settled_by("p", old), "20.00");
  EXPECT_EQ(amounts(book, "2026-02-10"), "50.00/30.00 50.00/50.00");
}

TEST(plans_test, interest_is_charged_in_advance_on_what_is_open_and_is_due_with_the_part) {
  // 36.5 % a year is 0.1 % a day: 1000 for 30 days 30.00, then 500 for 31 days 15.50.
  book_of_lateness book(five_in_ten_thousand_a_day, principal_first, R"(, "plans": [{"id": "parts", "at_most_instalments": 2, "interest": {"percent": "36.5%", "per": "year"}}])");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-31", "1000.00"), event("plan", "n", "A", "2026-03-02", parts({{"2026-04-01", ""}, {"2026-05-02", ""}}))});
  EXPECT_EQ(book.open("n/interest/1", "A", "2026-03-02"), "30.00");
  EXPECT_EQ(dues::to_text(book.state("A", "2026-03-02").find("n/interest/1")->due), "2026-04-01");
  EXPECT_EQ(book.open("n/interest/2", "A", "2026-04-01"), "none");
  book.record(payment("p", "A", "2026-04-01", "530.00"));
  EXPECT_EQ(book.open("n/interest/1"), "0.00");
  EXPECT_EQ(book.open("n/interest/2", "A", "2026-04-02"), "15.50");
  book.record(payment("q", "A", "2026-05-02", "515.50"));
  EXPECT_EQ(book.money(book.state("A", "2026-12-31").open_principal()), "0.00");
  EXPECT_EQ(book.credit(), "0.00");
}

TEST(plans_test, interest_that_is_not_paid_misses_the_part_too) {
  book_of_lateness book(five_in_ten_thousand_a_day, principal_first, R"(, "plans": [{"id": "parts", "at_most_instalments": 2, "interest": {"percent": "36.5%", "per": "year"}}])");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-31", "1000.00"), event("plan", "n", "A", "2026-03-02", parts({{"2026-04-01", ""}, {"2026-05-02", ""}})),
                   payment("p", "A", "2026-04-01", "500.00")});
  EXPECT_TRUE(book.state("A", "2026-04-02").plans.front().missed.has_value());
}

TEST(plans_test, a_plan_that_is_reversed_is_as_never) {
  book_of_lateness book(one_in_a_hundred_a_day, principal_first, pausing);
  const std::string id = key("A", "management", "2026-01-01");
  book.record(charge("A", "management", "2026-01-01", "2026-01-10", "100.00"));
  const std::string before = dues::to_json(book.kept.tariff(), book.state("A", "2026-03-31"), *dues::parse_day("2026-03-31"));
  book.record_all({event("plan", "n", "A", "2026-01-15", parts({{"2026-03-25", ""}, {"2026-04-25", ""}})), event("reversal", "r", "A", "2026-01-20", R"(, "of": "n")")});
  EXPECT_EQ(dues::to_json(book.kept.tariff(), book.state("A", "2026-03-31"), *dues::parse_day("2026-03-31")), before);
}

TEST(plans_test, a_plan_covers_what_it_names_and_a_reduction_lowers_its_last_part) {
  book_of_lateness book(five_in_ten_thousand_a_day, principal_first, pausing);
  const std::string first = key("A", "management", "2026-01-01"), second = key("A", "water", "2026-01-01");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), charge("A", "water", "2026-01-01", "2026-01-10", "70.00"),
                   event("plan", "n", "A", "2026-01-15", parts({{"2026-03-01", "60.00"}, {"2026-04-01", "40.00"}}) + R"(, "for": [")" + first + R"("])"),
                   event("write_off", "w", "A", "2026-01-20", R"(, "receivable": ")" + first + R"(", "amount": "10.00")")});
  EXPECT_EQ(amounts(book, "2026-01-31"), "60.00/60.00 40.00/30.00");
  book.record(payment("p", "A", "2026-02-01", "70.00"));
  EXPECT_EQ(book.open(second), "0.00");
}

TEST(plans_test, what_a_plan_may_not_be_is_refused_with_the_values) {
  book_of_lateness book(five_in_ten_thousand_a_day, principal_first, R"(, "plans": [{"id": "parts", "at_most_instalments": 2}])");
  const auto plan = [](const std::string& more) { return event("plan", "n", "A", "2026-01-15", more); };
  EXPECT_EQ(book.refused(plan(parts({{"2026-03-01", ""}}))), "L134 /for: n covers 'A', of which nothing is open that no other plan covers");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00")});
  EXPECT_EQ(book.refused(plan(parts({{"2026-03-01", "60.00"}, {"2026-04-01", "39.99"}}))), "L135 /instalments: the instalments of n add to 99.99; what it covers comes to 100.00");
  EXPECT_EQ(book.refused(plan(parts({{"2026-03-01", ""}, {"2026-04-01", ""}, {"2026-05-01", ""}}))), "L131 /instalments: n has 3 instalments; the plan parts allows 2");
  EXPECT_EQ(book.refused(plan(parts({{"2026-03-01", ""}, {"2026-03-01", ""}}))), "L103 /instalments: instalments is 2026-03-01; wanted a day after 2026-03-01");
  EXPECT_EQ(book.refused(plan(R"(, "plan": "part", "instalments": [{"due": "2026-03-01"}])")), "L130 /plan: the tariff t has no plan 'part'");
  book.record(plan(parts({{"2026-03-01", ""}})));
  EXPECT_EQ(book.refused(event("plan", "m", "A", "2026-01-16", parts({{"2026-03-01", ""}}) + R"(, "for": [")" + key("A", "management", "2026-01-01") + R"("])")).substr(0, 5), "L134 ");
  EXPECT_EQ(book.kept.find("A")->version(), 2U);
}

TEST(plans_test, interest_by_a_published_rate_is_refused_by_name) {
  book_of_lateness book(five_in_ten_thousand_a_day, principal_first,
                        R"(, "reads": {"references": [{"id": "lpr", "type": "rate_per_year"}]}, "plans": [{"id": "parts", "at_most_instalments": 2, "interest": {"reference": "lpr", "per": "year"}}])");
  book.record(charge("A", "management", "2026-01-01", "2026-01-10", "100.00"));
  EXPECT_EQ(book.refused(event("plan", "n", "A", "2026-01-15", parts({{"2026-03-01", ""}}))), "L132 /plan: n: the interest of the plan parts is a published rate, which the ledger does not know");
}

TEST(cases_test, a_case_holds_its_lines_as_disputed_until_it_ends) {
  // 1 % a day from 11 January; the 13th to the 17th are left out: 10 days of 15 by the 25th.
  book_of_lateness book(one_in_a_hundred_a_day, principal_first);
  const std::string id = key("A", "management", "2026-01-01");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"),
                   R"({"event": "case", "id": "c", "account": "A", "from": "2026-01-13", "for": [")" + id + R"("], "reason": "lift out of order"})"});
  EXPECT_EQ(book.open_penalty(id, "2026-01-25"), "2.00");
  book.record(R"({"event": "case", "id": "d", "account": "A", "of": "c", "date": "2026-01-18", "reason": "settled"})");
  EXPECT_EQ(book.open_penalty(id, "2026-01-25"), "10.00");
  book.record(event("reversal", "r", "A", "2026-01-20", R"(, "of": "c")"));
  EXPECT_EQ(book.open_penalty(id, "2026-01-25"), "15.00");
  EXPECT_EQ(book.refused(R"({"event": "case", "id": "e", "account": "A", "of": "x", "date": "2026-01-18"})"), "L133 /of: e ends the case 'x', which account A does not have");
}

TEST(cases_test, a_case_names_its_lines_or_the_case_that_it_ends) {
  book_of_lateness book(one_in_a_hundred_a_day, principal_first);
  dues::diagnostics found;
  EXPECT_FALSE(dues::read_events(book.kept.tariff(), R"({"event": "case", "id": "c", "account": "A", "from": "2026-01-13"})", found).has_value());
  EXPECT_EQ(found.all().front().code, "L103");
}

}  // namespace
