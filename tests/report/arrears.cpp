// SPDX-License-Identifier: Apache-2.0
//
// Which step the tariff calls for on a day, and which comes next. Days worked by hand.
#include "ledger/book.hpp"

namespace {

using dues_test::charge;
using dues_test::event;
using dues_test::key;
using dues_test::payment;

constexpr std::string_view levels = R"(, "arrears": {"levels": [
  {"id": "reminder", "name": {"zh": "提醒", "en": "Reminder"}, "when": {"days_overdue": 5}, "action": "sms"},
  {"id": "visit", "name": {"zh": "上门", "en": "Visit"}, "when": {"days_overdue": 30, "amount": "100.00"}, "action": "visit"},
  {"id": "suit", "name": {"zh": "起诉", "en": "Suit"}, "when": {"months_overdue": 6, "amount": "500.00"}, "action": "suit"}],
  "claim_lapses": {"years": 3, "restarts_on": ["demand", "part_payment"]}})";

/// "li visit, next suit on 2026-07-10: 100.00 since 2026-01-10"
std::string told(const dues::program& tariff, const dues::arrears_standing& one) {
  const auto name = [&](std::int32_t place) { return place < 0 ? std::string("-") : tariff.arrears->levels[static_cast<std::size_t>(place)].id; };
  std::string out = one.account + " " + name(one.level) + ", next " + name(one.next);
  if (one.next >= 0) out += " on " + dues::to_text(one.next_on);
  out += ": " + dues::amount_text(one.overdue, 2);
  if (one.receivables != 0) out += " since " + dues::to_text(one.oldest_due);
  if (one.paused != 0) out += ", paused " + dues::amount_text(one.paused, 2);
  return out;
}

std::string standing(const dues_test::test_book& book, std::string_view as_of) {
  dues::arrears_request asked;
  asked.as_of = *dues::parse_day(as_of);
  std::string out;
  for (const dues::arrears_standing& one : dues::arrears_on(book.kept, asked).accounts) out += (out.empty() ? "" : "; ") + told(book.kept.tariff(), one);
  return out;
}

TEST(an_account, climbs_from_level_to_level_as_days_pass) {
  dues_test::test_book book(dues_test::oldest_first, levels);
  book.record(charge("li", "management", "2026-01-01", "2026-01-10", "120.00"));
  EXPECT_EQ(standing(book, "2026-01-10"), "");  // due, not overdue
  EXPECT_EQ(standing(book, "2026-01-14"), "li -, next reminder on 2026-01-15: 120.00 since 2026-01-10");
  EXPECT_EQ(standing(book, "2026-01-15"), "li reminder, next visit on 2026-02-09: 120.00 since 2026-01-10");
  EXPECT_EQ(standing(book, "2026-02-09"), "li visit, next -: 120.00 since 2026-01-10");  // 500.00 are never owed
}

TEST(a_level, by_amount_waits_for_what_is_due_later) {
  dues_test::test_book book(dues_test::oldest_first, levels);
  book.record(charge("li", "management", "2026-01-01", "2026-01-10", "60.00"));
  book.record(charge("li", "water", "2026-01-01", "2026-03-01", "40.00"));
  EXPECT_EQ(standing(book, "2026-02-15"), "li reminder, next visit on 2026-03-02: 60.00 since 2026-01-10");
  EXPECT_EQ(standing(book, "2026-03-02"), "li visit, next -: 100.00 since 2026-01-10");
}

TEST(months_overdue, are_counted_from_the_due_date_and_clipped) {
  dues_test::test_book book(dues_test::oldest_first, levels);
  book.record(charge("li", "management", "2025-08-01", "2025-08-31", "500.00"));
  EXPECT_EQ(standing(book, "2026-02-27"), "li visit, next suit on 2026-02-28: 500.00 since 2025-08-31");
  EXPECT_EQ(standing(book, "2026-02-28"), "li suit, next -: 500.00 since 2025-08-31");
}

TEST(a_payment, takes_an_account_back_down) {
  dues_test::test_book book(dues_test::oldest_first, levels);
  book.record(charge("li", "management", "2026-01-01", "2026-01-10", "120.00"));
  book.record(charge("li", "management", "2026-02-01", "2026-02-10", "120.00"));
  EXPECT_EQ(standing(book, "2026-02-20"), "li visit, next -: 240.00 since 2026-01-10");
  book.record(payment("p1", "li", "2026-02-18", "120.00"));
  EXPECT_EQ(standing(book, "2026-02-20"), "li reminder, next visit on 2026-03-12: 120.00 since 2026-02-10");
  book.record(payment("p2", "li", "2026-02-19", "120.00"));
  EXPECT_EQ(standing(book, "2026-02-20"), "");
}

TEST(what_is_disputed, is_paused_and_moves_no_level) {
  dues_test::test_book book(dues_test::oldest_first, levels);
  book.record(charge("li", "management", "2026-01-01", "2026-01-10", "120.00"));
  book.record(R"({"event": "exclusion", "id": "x1", "account": "li", "kind": "dispute", "from": "2026-02-01", "to": "2026-03-01"})");
  EXPECT_EQ(standing(book, "2026-01-31"), "li reminder, next visit on 2026-02-09: 120.00 since 2026-01-10");
  EXPECT_EQ(standing(book, "2026-02-15"), "li -, next -: 0.00, paused 120.00");
  EXPECT_EQ(standing(book, "2026-03-01"), "li visit, next -: 120.00 since 2026-01-10");
}

TEST(a_claim, is_told_with_the_last_day_on_which_it_stands) {
  dues_test::test_book book(dues_test::oldest_first, levels);
  book.record(charge("li", "management", "2023-03-01", "2023-03-31", "120.00"));
  book.record(charge("li", "management", "2023-04-01", "2023-04-30", "120.00"));
  dues::arrears_request asked;
  const auto on = [&](std::string_view day) {
    asked.as_of = *dues::parse_day(day);
    return dues::arrears_on(book.kept, asked).accounts.front();
  };
  EXPECT_EQ(on("2026-03-31").lapses_on, dues::parse_day("2026-03-31"));
  EXPECT_EQ(on("2026-03-31").lapses_first, key("li", "management", "2023-03-01"));
  EXPECT_EQ(on("2026-04-01").lapses_on, dues::parse_day("2026-04-30"));
  EXPECT_EQ(on("2026-04-01").lapsed, 1U);
  book.record(event("demand", "d1", "li", "2026-03-20"));
  EXPECT_EQ(on("2026-04-01").lapses_on, dues::parse_day("2029-03-20"));
  EXPECT_EQ(on("2026-04-01").lapsed, 0U);
}

TEST(a_level, that_a_later_one_always_overtakes_is_a_warning) {
  const auto codes = [](std::string_view list) {
    const dues::compile_result made = dues::compile(R"({"dues_tariff": "1", "id": "t", "edition": "1", "from": "2020-01-01", "currency": "CNY", "name": {"en": "T"},
      "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 0}}],
      "fees": [{"id": "f", "kind": "recurring", "name": {"en": "F"}, "price": "1.00", "schedule": "monthly"}], "arrears": {"levels": )" + std::string(list) + "}}");
    std::string out;
    for (const dues::diagnostic& one : made.found.all()) out += one.code + " " + one.pointer + " " + std::string(one.value("earlier"));
    return out;
  };
  EXPECT_EQ(codes(R"([{"id": "a", "name": {"en": "A"}, "when": {"days_overdue": 60}}, {"id": "b", "name": {"en": "B"}, "when": {"days_overdue": 30}}])"), "T122 /arrears/levels/1 a");
  EXPECT_EQ(codes(R"([{"id": "a", "name": {"en": "A"}, "when": {"days_overdue": 30}}, {"id": "b", "name": {"en": "B"}, "when": {"days_overdue": 30, "amount": "5"}}])"), "");
  EXPECT_EQ(codes(R"([{"id": "a", "name": {"en": "A"}, "when": {"amount": "50"}}, {"id": "b", "name": {"en": "B"}, "when": {"days_overdue": 1}}])"), "T122 /arrears/levels/1 a");
}

TEST(a_report_of_arrears, needs_a_tariff_that_has_them) {
  dues_test::test_book book(dues_test::oldest_first);
  EXPECT_THROW(static_cast<void>(dues::arrears_on(book.kept, {})), std::invalid_argument);
}

TEST(a_report_of_arrears, is_written_with_actions_and_names) {
  dues_test::test_book book(dues_test::oldest_first, levels);
  book.record(charge("li", "management", "2026-01-01", "2026-01-10", "120.00"));
  dues::arrears_request asked;
  asked.as_of = *dues::parse_day("2026-01-20");
  EXPECT_EQ(dues::to_json(book.kept.tariff(), dues::arrears_on(book.kept, asked), false),
            R"({"as_of":"2026-01-20","currency":"CNY","accounts":[{"account":"li","level":{"id":"reminder","action":"sms","name":{"zh":"提醒","en":"Reminder"}},"next":{"id":"visit","action":"visit","name":{"zh":"上门","en":"Visit"},"on":"2026-02-09"},"overdue":"120.00","paused":"0.00","penalties":"0.00","receivables":1,"oldest_due":"2026-01-10","days_overdue":10,"lapses_on":"2029-01-10","lapses_first":"t/li/U/management/-/2026-01-01/charge"}]})");
}

}  // namespace
