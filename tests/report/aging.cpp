// SPDX-License-Identifier: Apache-2.0
//
// Aging of what a ledger says is open, and the loss that is expected of it. Worked by hand.
#include "ledger/book.hpp"

namespace {

using dues_test::charge;
using dues_test::event;
using dues_test::payment;

const std::string by_matrix = R"({"dues_aging": "1", "not_due_loss": "0%", "buckets": [
  {"id": "1-30", "days_up_to": 30, "loss": "1%"}, {"id": "31-60", "days_up_to": 60, "loss": "3%"}, {"id": "61-90", "days_up_to": 90, "loss": "8%"},
  {"id": "91-180", "days_up_to": 180, "loss": "20%"}, {"id": "181-365", "days_up_to": 365, "loss": "50%"}, {"id": "over 365", "loss": "100%"}]})";

dues::aging_plan plan_of(const std::string& json) {
  dues::diagnostics found;
  auto made = dues::read_aging_plan(json, found);
  EXPECT_TRUE(made.has_value()) << dues_test::told(found);
  return made.value_or(dues::aging_plan::usual());
}

std::string money(dues::int128 units) { return dues::amount_text(units, 2); }

/// "not due | overdue by bucket | disputed"
std::string told(const dues::aging_row& row) {
  std::string out = money(row.not_due) + " |";
  for (const dues::int128& one : row.overdue) out += " " + money(one);
  return out + " | " + money(row.disputed);
}

dues::aging aged(const dues::ledger& of, const dues::aging_plan& plan, std::string_view as_of, dues::aging_by by = dues::aging_by::account) {
  dues::aging_request asked;
  asked.by = by;
  asked.as_of = *dues::parse_day(as_of);
  if (by == dues::aging_by::group) asked.group_of = [](std::string_view) { return std::string("tower"); };
  return dues::age(of, plan, asked);
}

dues_test::test_book book_of_seven() {
  dues_test::test_book book(dues_test::oldest_first);
  for (const auto& [due, amount] : {std::pair("2026-10-31", "268.80"), {"2026-09-30", "268.80"}, {"2026-08-31", "268.80"}, {"2026-06-30", "806.40"}, {"2026-01-31", "268.80"},
                                    {"2025-10-31", "537.60"}})
    book.record(charge("li", "management", due, due, amount));
  book.record(charge("li", "management", "2026-11-01", "2026-12-31", "268.80"));
  return book;
}

// 23, 54, 84, 146, 296 and 388 days; the last is due in December.
TEST(an_aging, puts_what_is_open_by_days_overdue) {
  const auto book = book_of_seven();
  const auto made = aged(book.kept, plan_of(by_matrix), "2026-11-23");
  ASSERT_EQ(made.rows.size(), 1U);
  EXPECT_EQ(made.rows[0].key, "li");
  EXPECT_EQ(told(made.rows[0]), "268.80 | 268.80 268.80 268.80 806.40 268.80 537.60 | 0.00");
  EXPECT_EQ(money(made.total.overdue_total()), "2419.20");
  EXPECT_EQ(money(made.total.balance()), "2688.00");
}

// 2.688 + 8.064 + 21.504 + 161.28 + 134.40 + 537.60 = 865.536
TEST(an_allowance, is_rounded_once_on_the_total) {
  const auto book = book_of_seven();
  const auto made = aged(book.kept, plan_of(by_matrix), "2026-11-23");
  ASSERT_TRUE(made.allowance);
  EXPECT_EQ(money(*made.allowance), "865.54");
  EXPECT_FALSE(aged(book.kept, dues::aging_plan::usual(), "2026-11-23").allowance);
}

TEST(an_upper_bound, belongs_to_its_bucket_and_the_due_day_is_not_overdue) {
  dues_test::test_book book(dues_test::oldest_first);
  book.record(charge("li", "water", "2026-10-01", "2026-10-31", "10.00"));
  const auto plan = dues::aging_plan::usual();
  EXPECT_EQ(told(aged(book.kept, plan, "2026-10-31").total), "10.00 | 0.00 0.00 0.00 0.00 0.00 0.00 | 0.00");
  EXPECT_EQ(told(aged(book.kept, plan, "2026-11-01").total), "0.00 | 10.00 0.00 0.00 0.00 0.00 0.00 | 0.00");
  EXPECT_EQ(told(aged(book.kept, plan, "2026-11-30").total), "0.00 | 10.00 0.00 0.00 0.00 0.00 0.00 | 0.00");  // 30 days
  EXPECT_EQ(told(aged(book.kept, plan, "2026-12-01").total), "0.00 | 0.00 10.00 0.00 0.00 0.00 0.00 | 0.00");
  EXPECT_EQ(told(aged(book.kept, plan, "2026-09-30").total), "0.00 | 0.00 0.00 0.00 0.00 0.00 0.00 | 0.00");  // not issued
}

TEST(prepaid_and_disputed_money, stand_apart) {
  dues_test::test_book book(dues_test::oldest_first);
  book.record(charge("li", "water", "2026-10-01", "2026-10-10", "10.00"));
  book.record(charge("li", "management", "2026-10-01", "2026-10-10", "30.00"));
  book.record(charge("wang", "management", "2026-10-01", "2026-10-10", "30.00"));
  book.record(payment("p1", "wang", "2026-10-05", "50.00"));
  book.record(R"({"event": "exclusion", "id": "x1", "account": "li", "kind": "dispute", "from": "2026-10-20", "to": "2026-11-20", "for": [")" + dues_test::key("li", "water", "2026-10-01") + "\"]}");
  const auto plan = dues::aging_plan::usual();
  const auto made = aged(book.kept, plan, "2026-10-31");
  ASSERT_EQ(made.rows.size(), 2U);
  EXPECT_EQ(told(made.rows[0]), "0.00 | 30.00 0.00 0.00 0.00 0.00 0.00 | 10.00");
  EXPECT_EQ(money(made.rows[1].credit), "20.00");
  EXPECT_EQ(money(made.rows[1].balance()), "-20.00");
  EXPECT_EQ(told(aged(book.kept, plan, "2026-11-20").total), "0.00 | 0.00 40.00 0.00 0.00 0.00 0.00 | 0.00");
}

TEST(an_aging, may_go_by_fee_by_unit_or_by_any_group_of_units) {
  dues_test::test_book book(dues_test::oldest_first);
  book.record(charge("li", "water", "2026-10-01", "2026-10-10", "10.00"));
  book.record(charge("wang", "management", "2026-10-01", "2026-10-10", "30.00"));
  book.record(charge("li", "management", "2026-10-01", "2026-10-10", "5.00"));
  const auto keys = [&](dues::aging_by by) {
    std::string out;
    for (const dues::aging_row& one : aged(book.kept, dues::aging_plan::usual(), "2026-10-31", by).rows) out += one.key + " " + money(one.principal()) + "; ";
    return out;
  };
  EXPECT_EQ(keys(dues::aging_by::account), "li 15.00; wang 30.00; ");
  EXPECT_EQ(keys(dues::aging_by::fee), "management 35.00; water 10.00; ");
  EXPECT_EQ(keys(dues::aging_by::unit), "U 45.00; ");
  EXPECT_EQ(keys(dues::aging_by::group), "tower 45.00; ");
  EXPECT_EQ(keys(dues::aging_by::total), " 45.00; ");
}

TEST(an_aging, as_it_was_known_leaves_out_what_was_recorded_later) {
  dues_test::test_book book(dues_test::oldest_first);
  book.record(charge("li", "water", "2026-10-01", "2026-10-10", "10.00"));
  book.record(payment("p1", "li", "2026-10-15", "10.00", R"(, "recorded": "2026-11-02")"));
  dues::aging_request asked;
  asked.as_of = *dues::parse_day("2026-10-31");
  EXPECT_EQ(money(dues::age(book.kept, dues::aging_plan::usual(), asked).total.principal()), "0.00");
  asked.known_at = *dues::parse_day("2026-10-31");
  EXPECT_EQ(money(dues::age(book.kept, dues::aging_plan::usual(), asked).total.principal()), "10.00");
}

TEST(a_plan_of_buckets, that_cannot_be_meant_is_refused_at_its_place) {
  const auto codes = [](const std::string& buckets) {
    dues::diagnostics found;
    EXPECT_FALSE(dues::read_aging_plan(R"({"dues_aging": "1", "buckets": )" + buckets + "}", found));
    std::string out;
    for (const dues::diagnostic& one : found.all()) out += (out.empty() ? "" : ", ") + one.code + " " + one.pointer;
    return out;
  };
  EXPECT_EQ(codes(R"([{"id": "a", "days_up_to": 60}, {"id": "b", "days_up_to": 30}, {"id": "c"}])"), "T220 /buckets/1/days_up_to");
  EXPECT_EQ(codes(R"([{"id": "a", "days_up_to": 30}, {"id": "b", "days_up_to": 30}, {"id": "c"}])"), "T220 /buckets/1/days_up_to");
  EXPECT_EQ(codes(R"([{"id": "a"}, {"id": "b", "days_up_to": 30}, {"id": "c"}])"), "T221 /buckets/1");
  EXPECT_EQ(codes(R"([{"id": "a", "days_up_to": 30}])"), "T221 /buckets/0");
  EXPECT_EQ(codes(R"([{"id": "a", "days_up_to": 30}, {"id": "a"}])"), "T109 /buckets/1");
  EXPECT_EQ(codes(R"([{"id": "a", "loss": "0.05"}])"), "T103 /buckets/0/loss");
  EXPECT_EQ(codes(R"([{"id": "a", "loss": "101%"}])"), "T117 /buckets/0/loss");
  EXPECT_EQ(codes(R"([{"id": "a", "days": 3}])"), "T101 /buckets/0/days");
  EXPECT_EQ(codes("[]"), "T100 /buckets");
}

TEST(an_aging, is_written_as_json_and_for_spreadsheets) {
  dues_test::test_book book(dues_test::oldest_first);
  book.record(charge("=cmd", "water", "2026-10-01", "2026-10-10", "10.00"));
  const auto plan = plan_of(R"({"dues_aging": "1", "buckets": [{"id": "1-30", "days_up_to": 30, "loss": "1%"}, {"id": "older"}]})");
  const auto made = aged(book.kept, plan, "2026-10-31");
  EXPECT_EQ(dues::to_csv(book.kept.tariff(), plan, made), "key,not_due,1-30,older,disputed,principal,penalties,credit,balance\n'=cmd,0.00,10.00,0.00,0.00,10.00,0.00,0.00,10.00\n");
  EXPECT_EQ(dues::to_json(book.kept.tariff(), plan, made, false),
            R"({"as_of":"2026-10-31","by":"account","currency":"CNY","rows":[{"key":"=cmd","not_due":"0.00","overdue":{"1-30":"10.00","older":"0.00"},"overdue_total":"10.00","disputed":"0.00","principal":"10.00","penalties":"0.00","credit":"0.00","balance":"10.00"}],"total":{"not_due":"0.00","overdue":{"1-30":"10.00","older":"0.00"},"overdue_total":"10.00","disputed":"0.00","principal":"10.00","penalties":"0.00","credit":"0.00","balance":"10.00"},"allowance":"0.10"})");
}

}  // namespace
