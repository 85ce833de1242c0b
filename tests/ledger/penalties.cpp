// SPDX-License-Identifier: Apache-2.0
//
// The ledger with the penalties of its tariff: what payments meet, what exclusions and openings do; and
// until when a claim stands.
#include "ledger/book.hpp"

namespace {

using namespace dues_test;

constexpr std::string_view in_turn = R"({"order": [{"class": "costs"}, {"class": "penalties"}, {"class": "principal"}], "across": "each_receivable_in_turn", "then": ["earliest_due"], "credit": {}})";

/// Fee `management` with the penalty `late` of these components.
std::shared_ptr<const dues::program> late_tariff(std::string_view components, std::string_view more = {}) {
  const dues::compile_result made = dues::compile(R"({"dues_tariff": "1", "id": "t", "edition": "1", "from": "2015-01-01", "currency": "CNY", "name": {"en": "T"},
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 0}}],
    "fees": [{"id": "management", "kind": "recurring", "name": {"en": "M"}, "price": "1.00", "schedule": "monthly", "penalty": "late"}],
    "penalties": [{"id": "late", "name": {"en": "L"}, "days_left_out": ["dispute"], "components": [)" + std::string(components) + R"(]}], "payments": )" + std::string(in_turn) + std::string(more) + "}");
  for (const dues::diagnostic& one : made.found.all())
    if (one.level == dues::severity::error) ADD_FAILURE() << one.code << " " << one.pointer << " " << dues::message(one);
  return made.compiled;
}
constexpr std::string_view five_in_ten_thousand = R"({"id": "day", "rate": {"percent": "0.05%", "per": "day"}})";

struct late_book : test_book {
  dues::tariff_accruals by_tariff;
  explicit late_book(std::shared_ptr<const dues::program> tariff) : test_book(oldest_first), by_tariff(dues::penalty_terms{tariff, {}, {}}) {
    kept = dues::ledger(tariff);
    penalties = &by_tariff;
  }
};

TEST(ledger_penalties_test, three_periods_of_arrears_by_the_tariffs_own_penalty) {
  late_book book(late_tariff(five_in_ten_thousand));
  const std::string jan = key("A", "management", "2026-01-01"), feb = key("A", "management", "2026-02-01"), mar = key("A", "management", "2026-03-01");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-31", "268.80"), charge("A", "management", "2026-02-01", "2026-02-28", "268.80"),
                   charge("A", "management", "2026-03-01", "2026-03-31", "268.80"), payment("p", "A", "2026-04-20", "500.00")});
  EXPECT_EQ(book.settled_by("p", jan, "day"), "10.62");
  EXPECT_EQ(book.settled_by("p", feb, "day"), "6.85");
  EXPECT_EQ(book.settled_by("p", feb, "principal"), "213.73");
  EXPECT_EQ(book.open(feb), "55.07");
  EXPECT_EQ(book.open_penalty(feb, "2026-05-31"), "1.13");
  EXPECT_EQ(book.open_penalty(mar, "2026-05-31"), "8.20");
  book.record(payment("q", "A", "2026-05-31", "333.20"));
  const dues::account_state after = book.state("A", "2026-12-31");
  EXPECT_EQ(book.money(after.open_principal() + after.open_penalties() + after.credit_total()), "0.00");
}

TEST(ledger_penalties_test, what_a_payment_meets_is_posted_with_it) {
  late_book book(late_tariff(five_in_ten_thousand));
  book.record(charge("A", "management", "2026-01-01", "2026-01-31", "268.80"));
  const dues::applied done = book.apply(payment("p", "A", "2026-04-20", "279.42"));
  dues::int128 posted = 0;
  for (const dues::ledger_entry& one : done.entries)
    if (one.kind == dues::movement_kind::penalty) posted += one.amount;
  EXPECT_EQ(posted, 1062);
  EXPECT_EQ(book.credit(), "0.00");
}

TEST(ledger_penalties_test, a_reduction_counts_from_the_due_date_for_penalties_too) {
  // Ruling 44 with a flat day rate: 100 at 1 % a day lowered by 50; 105 leaves 105 - 50 - 2.50 = 52.50.
  late_book book(late_tariff(R"({"id": "day", "rate": {"percent": "1%", "per": "day"}})"));
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-15", "105.00")});
  EXPECT_EQ(book.credit(), "0.00");
  book.record(event("credit_note", "n", "A", "2026-02-01", R"(, "receivable": ")" + key("A", "management", "2026-01-01") + R"(", "amount": "50.00")"));
  EXPECT_EQ(book.credit(), "52.50");
}

TEST(ledger_penalties_test, a_payment_meets_what_accrued_through_the_day_before_where_its_day_is_left_out) {
  // 1 % a day of 100 due on the 10th, paid on the 15th: four days. The payment settles 4 and 96; the day itself bears on 4.
  late_book book(late_tariff(R"({"id": "day", "rate": {"percent": "1%", "per": "day"}, "payment_day_counts": false})"));
  const std::string id = key("A", "management", "2026-01-01");
  book.record_all({charge("A", "management", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-15", "100.00")});
  EXPECT_EQ(book.settled_by("p", id, "day"), "4.00");
  EXPECT_EQ(book.open(id), "4.00");
  EXPECT_EQ(book.open_penalty(id, "2026-01-15"), "0.04");
}

TEST(ledger_penalties_test, a_waiver_of_a_share_is_fixed_in_money_when_it_is_recorded) {
  // 10.00 by the 20th, half of it is 5.00; by the 30th 20.00 have accrued and 15.00 are open.
  late_book book(late_tariff(R"({"id": "day", "rate": {"percent": "1%", "per": "day"}})"));
  const std::string id = key("A", "management", "2026-01-01");
  book.record(charge("A", "management", "2026-01-01", "2026-01-10", "100.00"));
  const std::string half = event("waiver", "w", "A", "2026-01-20", R"(, "receivable": ")" + id + R"(", "share": "50%")");
  book.record(half);
  EXPECT_EQ(book.kept.find("A")->events.back().amount, 500);
  EXPECT_EQ(book.open_penalty(id, "2026-01-20"), "5.00");
  EXPECT_EQ(book.open_penalty(id, "2026-01-30"), "15.00");
  EXPECT_TRUE(book.apply(half).repeated);
  dues::diagnostics found;
  const std::string stored = dues::to_json(book.kept);
  const auto read = dues::read_ledger(late_tariff(R"({"id": "day", "rate": {"percent": "1%", "per": "day"}})"), stored, found, {}, book.penalties);
  ASSERT_TRUE(read.has_value()) << told(found);
  EXPECT_EQ(dues::to_json(*read), stored);
  EXPECT_EQ(book.refused(event("waiver", "v", "A", "2026-01-10", R"(, "receivable": ")" + id + R"(", "share": "50%")")), "L112 /share: waiver v: the amount is 0.00; wanted more than 0");
}

TEST(ledger_penalties_test, excluded_days_accrue_nothing) {
  late_book book(late_tariff(R"({"id": "day", "rate": {"percent": "1%", "per": "day"}})"));
  const std::string id = key("A", "management", "2026-01-01");
  book.record(charge("A", "management", "2026-01-01", "2026-01-10", "100.00"));
  EXPECT_EQ(book.open_penalty(id, "2026-01-20"), "10.00");
  book.record(R"({"event": "exclusion", "id": "x", "account": "A", "kind": "dispute", "from": "2026-01-13", "to": "2026-01-16", "recorded": "2026-01-17"})");
  EXPECT_EQ(book.open_penalty(id, "2026-01-20"), "7.00");
}

TEST(ledger_penalties_test, an_opening_goes_on_from_what_its_penalty_had_come_to) {
  // 5.00 to 15 January in the old book; 1 % of 100 a day from there: 10.00 on the 20th.
  late_book book(late_tariff(R"({"id": "day", "rate": {"percent": "1%", "per": "day"}})"));
  book.record(event("opening", "o", "A", "2026-01-15", R"(, "fee": "management", "due": "2026-01-10", "amount": "100.00", "penalty": "5.00")"));
  EXPECT_EQ(book.open_penalty("o", "2026-01-15"), "5.00");
  EXPECT_EQ(book.open_penalty("o", "2026-01-20"), "10.00");
}

TEST(ledger_penalties_test, the_heaviest_burden_is_the_higher_rate_whatever_the_sum) {
  const auto tariff = late_tariff(R"({"id": "year", "rate": {"percent": "36.5%", "per": "year"}}, {"id": "flat", "rate": {"amount": "20", "per": "once"}})");
  const dues::tariff_accruals accruals(dues::penalty_terms{tariff, {}, {}});
  dues::receivable one;
  one.fee = 0;
  one.due = *dues::parse_day("2026-01-10");
  EXPECT_EQ(accruals.burden(one, *dues::parse_day("2026-03-01")), dues::exact128(*dues::decimal::parse("0.001")));
}

// Civil Code arts. 188, 195, 201, 202.
TEST(limitation_test, three_years_from_the_due_date_and_again_from_a_demand) {
  const auto tariff = late_tariff(five_in_ten_thousand, R"(, "arrears": {"claim_lapses": {"years": 3, "restarts_on": ["demand"]}})");
  dues::receivable one;
  one.due = *dues::parse_day("2023-03-31");
  const dues::civil_day asked = *dues::parse_day("2026-11-23");
  const auto without = dues::claim_ends(*tariff, one, asked);
  ASSERT_TRUE(without.has_value());
  EXPECT_EQ(dues::to_text(without->last_day), "2026-03-31");
  EXPECT_LT(without->last_day, asked);
  one.demands = {*dues::parse_day("2025-12-01")};
  EXPECT_EQ(dues::to_text(dues::claim_ends(*tariff, one, asked)->last_day), "2028-12-01");
  // A demand after the claim lapsed revives nothing; one on its last day does.
  one.demands = {*dues::parse_day("2026-04-01")};
  EXPECT_EQ(dues::to_text(dues::claim_ends(*tariff, one, asked)->last_day), "2026-03-31");
  one.demands = {*dues::parse_day("2026-03-31")};
  EXPECT_EQ(dues::to_text(dues::claim_ends(*tariff, one, asked)->last_day), "2029-03-31");
}

TEST(migration_test, a_state_becomes_openings_with_their_due_dates_and_credit_with_what_it_is_bound_to) {
  test_book book(R"({"order": [{"class": "principal"}], "then": ["earliest_due"], "credit": {"bound_to": ["management"]}})");
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-05", "40.00"), charge("A", "water", "2026-02-01", "2026-02-10", "50.00"),
                   payment("q", "A", "2026-03-01", "130.00")});
  const dues::civil_day on = *dues::parse_day("2026-03-31");
  EXPECT_EQ(book.credit("A", "2026-03-31"), "20.00");
  const std::vector<dues::ledger_event> openings = dues::openings_of(book.kept.tariff(), book.state("A", "2026-02-28"), on);
  ASSERT_EQ(openings.size(), 2U);
  EXPECT_EQ(openings[0].id, key("A", "water", "2026-01-01"));
  EXPECT_EQ(openings[0].amount, 6000);
  EXPECT_EQ(dues::to_text(openings[0].due), "2026-01-10");
  dues::ledger fresh(book.kept.order() ? tariff_with(R"({"order": [{"class": "principal"}], "then": ["earliest_due"], "credit": {"bound_to": ["management"]}})") : nullptr);
  for (const dues::ledger_event& one : dues::openings_of(book.kept.tariff(), book.state("A", "2026-03-31"), on)) {
    const dues::applied done = fresh.apply(one);
    EXPECT_TRUE(done.recorded) << told(done.found);
  }
  const dues::account_state state = fresh.state("A");
  ASSERT_EQ(state.credit.size(), 1U);
  EXPECT_EQ(state.credit.front().amount, 2000);
  EXPECT_EQ(state.credit.front().bound_to, (std::vector<std::int32_t>{0}));
}

}  // namespace
