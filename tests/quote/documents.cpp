// SPDX-License-Identifier: Apache-2.0
//
// Quotes as documents, and regular runs beside what is paid ahead.
#include "quote/prepaid_book.hpp"

namespace {

using namespace dues_test;

offer_town with_offers() {
  offer_town of;
  of.discounts = std::string(five_percent) + "," + month_free;
  return of;
}

TEST(a_quote_as_a_document, is_read_again_and_billed) {
  const auto known = with_offers().loaded();
  const dues::quote made = make_quote(known, ahead(6));
  dues::diagnostics found;
  const auto again = dues::read_quote(*known->tariff, dues::to_json(made), found);
  ASSERT_TRUE(again.has_value()) << told(found);
  const dues::quote billed = bill_quote(known, *again, day("2026-01-01"));
  ASSERT_TRUE(billed.ok()) << told(billed.found);
  EXPECT_EQ(billed.paid, made.paid);
  EXPECT_EQ(billed.id, made.id);
}

TEST(a_quote_as_a_document, says_amounts_offers_and_lines) {
  const dues::quote made = make_quote(with_offers().loaded(), ahead(6));
  const std::string text = dues::to_json(made);
  for (const char* part : {R"("paid": "1532.16")", R"("regular": "1612.80")", R"("saved": "80.64")", R"("discount": "gift")", R"("months_needed": 12)", R"("paid_then": "3064.32")",
                           R"("en": "gift wants 12 months: CNY 3064.32 would be paid and CNY 430.08 saved")", R"("zh": "gift 需预交 12 个月：届时付 CNY 3064.32，省 CNY 430.08")",
                           R"("key":"town/A-1/1-101/management/-/2026-06-01/charge")"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text.substr(0, 3000);
  EXPECT_EQ(sentence(made, made.offers[0]), "half_year: CNY 80.64 less");
}

TEST(a_quote_as_a_document, that_was_refused_says_why) {
  const auto known = with_offers().loaded();
  const dues::quote refused[] = {make_quote(known, ahead(13))};
  const std::string text = dues::to_json(refused);
  EXPECT_NE(text.find(R"("code": "Q107")"), std::string::npos) << text;
  dues::diagnostics found;
  EXPECT_FALSE(dues::read_quote(*known->tariff, dues::to_json(refused[0]), found).has_value());
  EXPECT_EQ(told(found).substr(0, 4), "Q116");
}

TEST(a_quote_as_a_document, that_is_none_is_refused) {
  const auto known = with_offers().loaded();
  const std::string good = dues::to_json(make_quote(known, ahead(6)));
  const auto refused = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    dues::diagnostics found;
    EXPECT_FALSE(dues::read_quote(*known->tariff, text, found).has_value()) << to;
    return told(found);
  };
  EXPECT_EQ(refused("\"dues_quote\": \"1\"", "\"dues_quote\": \"2\""), "Q116: this is no quote: dues_quote is '2'; wanted '1'");
  EXPECT_EQ(refused("\"months\": 6", "\"months\": 6.5"), "Q116: this is no quote: months is 6.5; wanted a whole number");
  EXPECT_EQ(refused("\"2026-01-01\"", "\"2026-02-30\"").substr(0, 4), "Q116");
  EXPECT_EQ(refused("\"paid\": \"1532.16\"", "\"paid\": \"1532.163\""), "Q116: this is no quote: paid is '1532.163'; wanted an amount in CNY");
  dues::diagnostics found;
  EXPECT_FALSE(dues::read_quote(*known->tariff, "[]", found).has_value());
  EXPECT_FALSE(dues::read_quote(*known->tariff, good.substr(0, good.size() / 2), found).has_value());
}

dues::bill_request run(std::string_view from, std::string_view to, const dues::paid_ahead* paid) {
  dues::bill_request asked;
  asked.days = {day(from), day(to)};
  asked.paid = paid;
  return asked;
}

// The regular run does not bill again what is paid ahead, and takes nothing of it back.
TEST(a_regular_run, leaves_out_what_is_paid_ahead) {
  const offer_town of = with_offers();
  prepaid_book book(of);
  book.record(book.prepay(12));
  const dues::paid_ahead paid = paid_ahead_by(*book.known->tariff, book.events());
  const dues::billing year = make_bills(book.known, run("2026-01-01", "2027-03-01", &paid));
  std::string management;
  for (const dues::line one : year.lines)
    if (one.fee == 0) management += dues::to_text(one.period) + " ";
  EXPECT_EQ(management, "2027-02-01 ");  // January came free
  EXPECT_EQ(year.lines.size(), 15U);     // and fourteen months of parking
  dues::billed_before before;
  dues::diagnostics found;
  ASSERT_TRUE(dues::read_billed(*book.known->tariff, dues::to_json(make_quote(book.known, ahead(12)).made), before, found)) << told(found);
  const dues::billing again = make_bills(book.known, run("2026-01-01", "2027-03-01", &paid), &before);
  EXPECT_EQ(again.lines.size(), 15U);
  EXPECT_EQ(make_bills(book.known, run("2026-01-01", "2027-03-01", nullptr)).lines.size(), 28U);
}

TEST(a_regular_run, bills_what_was_paid_ahead_by_money_that_bounced_and_had_not_begun) {
  prepaid_book book(with_offers());
  book.record(book.prepay(12));
  book.record(reversal("p1", "2026-03-15"));
  const dues::paid_ahead paid = paid_ahead_by(*book.known->tariff, book.events());
  const dues::billing year = make_bills(book.known, run("2026-01-01", "2026-06-01", &paid));
  std::string management;
  for (const dues::line one : year.lines)
    if (one.fee == 0) management += dues::to_text(one.period) + " ";
  EXPECT_EQ(management, "2026-04-01 2026-05-01 ");  // January to March are owed in the ledger
}

// Discounts over the bill do not see it.
TEST(a_regular_run, gives_amounts_over_the_bill_to_what_it_bills) {
  offer_town of;
  of.discounts = R"({"id": "ten", "of": ["management", "parking"], "give": {"amount": "10.00"}})";
  prepaid_book book(of);
  book.record(book.prepay(3));
  const dues::paid_ahead paid = paid_ahead_by(*book.known->tariff, book.events());
  const dues::billing january = make_bills(book.known, run("2026-01-01", "2026-02-01", &paid));
  ASSERT_EQ(january.lines.size(), 1U);
  EXPECT_EQ(money(january.lines[0].amount), "190.00");
}

}  // namespace
