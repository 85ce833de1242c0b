// SPDX-License-Identifier: Apache-2.0
//
// Quotes: what is saved, which offers apply and which almost, and that billing by one keeps its word.
#include "quote/offer_town.hpp"

namespace {

using namespace dues_test;
using outcome = dues::discount_note::outcome;

constexpr int half_and_whole_year[] = {3, 6, 12};

TEST(quotes, of_three_six_and_twelve_months_say_what_is_paid_and_saved) {
  offer_town of;
  of.discounts = std::string(five_percent) + "," + month_free;
  const auto made = make_quotes(of.loaded(), ahead(0), half_and_whole_year);
  ASSERT_EQ(made.size(), 3U);
  EXPECT_EQ(money(made[0].paid), "806.40");
  EXPECT_EQ(money(made[0].saved()), "0.00");
  EXPECT_EQ(money(made[1].paid), "1532.16");  // 6 x 255.36
  EXPECT_EQ(money(made[1].saved()), "80.64");
  EXPECT_EQ(money(made[2].paid), "3064.32");  // 12 x 255.36, and a month of 268.80
  EXPECT_EQ(money(made[2].saved()), "430.08");
  EXPECT_EQ(cheapest(made), 2U);
}

TEST(quotes, say_of_each_offer_whether_it_applies_or_almost) {
  offer_town of;
  of.discounts = std::string(five_percent) + "," + month_free + R"(, {"id": "big", "of": ["management"], "where": "unit.area > 100", "give": {"percent": "1%"}},
    {"id": "long", "of": ["management"], "when": {"prepaid_months": 24}, "give": {"percent": "10%"}})";
  const dues::quote made = make_quote(of.loaded(), ahead(6));
  ASSERT_TRUE(made.ok()) << told(made.found);
  ASSERT_EQ(made.offers.size(), 4U);
  EXPECT_EQ(made.offers[0].what, outcome::granted);
  EXPECT_EQ(money(made.offers[0].amount), "80.64");
  EXPECT_EQ(made.offers[1].what, outcome::not_met);
  EXPECT_EQ(made.offers[1].months_needed, 12);
  EXPECT_EQ(money(*made.offers[1].paid_then), "3064.32");
  EXPECT_EQ(money(*made.offers[1].saved_then), "430.08");
  EXPECT_EQ(made.offers[2].what, outcome::not_for_unit);
  EXPECT_EQ(made.offers[3].months_needed, 24);
  EXPECT_FALSE(made.offers[3].paid_then.has_value());  // the by-law allows 12
}

// 12 months: 5 % are 161.28, the free month 268.80.
TEST(quotes, of_a_group_grant_the_member_that_grants_most_free_months_at_their_gross) {
  offer_town of;
  of.discounts = R"({"id": "best", "best_of": [)" + std::string(five_percent) + "," + month_free + "]}";
  const auto made = make_quotes(of.loaded(), ahead(0), half_and_whole_year);
  EXPECT_EQ(money(made[1].saved()), "80.64");
  EXPECT_EQ(money(made[2].saved()), "268.80");
  EXPECT_EQ(made[2].offers[0].what, outcome::outdone);
  EXPECT_EQ(made[2].offers[1].what, outcome::granted);
  EXPECT_EQ(money(made[2].paid), "3225.60");
}

// Caps per line do not cut a month that came free; caps over the bill do.
TEST(quotes, are_capped_over_the_bill_and_not_by_the_line_of_a_free_month) {
  offer_town of;
  of.discounts = month_free;
  of.more = R"(, "discount_limits": [{"per": "line", "at_most": {"percent": "50%"}}])";
  EXPECT_EQ(money(make_quote(of.loaded(), ahead(12)).saved()), "268.80");
}

TEST(quotes, the_cheapest_may_be_a_later_beginning) {
  offer_town of;
  of.price = R"([{"from": "2020-01-01", "is": "3.00"}, {"from": "2026-07-01", "is": "2.00"}])";
  const dues::civil_day dates[] = {day("2026-01-01"), day("2026-07-01")};
  const auto made = make_quotes(of.loaded(), ahead(0), half_and_whole_year, dates);
  ASSERT_EQ(made.size(), 6U);
  EXPECT_EQ(cheapest(made), 3U);  // three months from July: as dear a month as six, and fewer
  EXPECT_EQ(dues::cheapest({}), std::nullopt);
}

TEST(quotes, of_many_months_leave_refused_ones_out) {
  const offer_town of;
  const int months[] = {24, 12};
  const auto made = make_quotes(of.loaded(), ahead(0), months);
  EXPECT_FALSE(made[0].ok());
  EXPECT_EQ(cheapest(made), 1U);
}

// What is saved is what the regular bills would ask, discounts of theirs included.
TEST(quotes, save_what_regular_bills_would_ask_less_what_is_paid) {
  offer_town of;
  of.discounts = R"({"id": "always", "of": ["management"], "give": {"percent": "10%"}}, {"id": "half_year", "of": ["management"], "when": {"prepaid_months": 6}, "give": {"percent": "5%"}})";
  const dues::quote made = make_quote(of.loaded(), ahead(6));
  EXPECT_EQ(money(made.regular), "1451.52");  // 6 x 241.92
  EXPECT_EQ(money(made.paid), "1378.92");     // 6 x (241.92 - 12.10)
}

TEST(a_quote, billed_gives_the_same_cents) {
  offer_town of;
  of.discounts = month_free;
  dues::prepay_request asked = ahead(12, "2026-02-01", "2026-01-05");
  asked.expires = day("2026-01-20");
  const dues::quote given = make_quote(of.loaded(), asked);
  const dues::quote billed = bill_quote(of.loaded(), given, day("2026-01-20"));
  ASSERT_TRUE(billed.ok()) << told(billed.found);
  EXPECT_EQ(billed.paid, given.paid);
  EXPECT_EQ(billed.id, given.id);
  EXPECT_EQ(dues::to_text(billed.made.bills[0].issue), "2026-01-20");
  EXPECT_EQ(dues::to_text(billed.made.lines[0].due), "2026-01-20");
  EXPECT_EQ(dues::to_text(prepay_of(billed, "p").date), "2026-01-20");
  EXPECT_EQ(given.id.size(), 36U);
}

TEST(a_quote, that_has_expired_is_not_billed) {
  const offer_town of;
  dues::prepay_request asked = ahead(3, "2026-02-01", "2026-01-05");
  asked.expires = day("2026-01-20");
  const dues::quote given = make_quote(of.loaded(), asked);
  EXPECT_EQ(told(bill_quote(of.loaded(), given, day("2026-01-21")).found), "Q110: the quote " + given.id + " holds from 2026-01-05 through 2026-01-20; this is 2026-01-21");
  EXPECT_TRUE(bill_quote(of.loaded(), given, day("2026-01-21")).made.lines.empty());
}

TEST(a_quote, says_which_input_changed) {
  offer_town of;
  of.taxes = R"({"id": "vat", "included": true, "rate": [{"from": "2020-01-01", "is": "6%"}, {"from": "2026-01-10", "is": "9%"}]})";
  of.tax = R"(, "tax": "vat")";
  dues::prepay_request asked = ahead(3, "2026-02-01", "2026-01-05");
  asked.expires = day("2026-01-20");
  const dues::quote given = make_quote(of.loaded(), asked);
  const auto changed = [&](const offer_town& now, std::string_view on = "2026-01-05") {
    const dues::quote billed = bill_quote(now.loaded(), given, day(on));
    std::string out;
    for (const dues::diagnostic& one : billed.found.all()) out += one.code + " " + std::string(one.value("what")) + ";";
    return out;
  };
  EXPECT_EQ(changed(of), "");
  EXPECT_EQ(changed(of, "2026-01-12"), "Q111 tax;");
  offer_town larger = of;
  larger.area = "90.00";
  EXPECT_EQ(changed(larger), "Q111 unit;");
  offer_town dearer = of;
  dearer.price = R"("3.10")";
  EXPECT_EQ(changed(dearer), "Q111 tariff;");
  offer_town sold = of;
  sold.tenures = R"({"unit": "1-101", "account": "A-1", "role": "owner", "from": "2020-01-01"}, {"unit": "1-101", "account": "A-2", "role": "owner", "from": "2026-04-01"})";
  EXPECT_EQ(changed(sold), "Q111 tenures;");
}

// What was not read may change: another flat, a later year, the past.
TEST(a_quote, does_not_mind_facts_that_it_did_not_read) {
  const offer_town of;
  const dues::quote given = make_quote(of.loaded(), ahead(3));
  offer_town more = of;
  more.units = R"({"unit": "1-101", "from": "2019-01-01", "area": "50"}, {"unit": "1-101", "from": "2020-01-01", "area": "89.6"}, {"unit": "1-101", "from": "2027-01-01", "area": "95"}, {"unit": "1-102", "from": "2020-01-01", "area": "70"})";
  more.tenures += R"(, {"unit": "1-102", "account": "A-2", "role": "owner", "from": "2020-01-01"})";
  const dues::quote billed = bill_quote(more.loaded(), given, day("2026-01-01"));
  EXPECT_TRUE(billed.ok()) << told(billed.found);
}

TEST(a_quote, that_somebody_changed_is_not_billed) {
  const offer_town of;
  dues::quote given = make_quote(of.loaded(), ahead(3));
  given.paid -= 100;
  EXPECT_EQ(told(bill_quote(of.loaded(), given, day("2026-01-01")).found), "Q112: the quote " + given.id + " promised 805.40; it comes to 806.40 now");
  given = make_quote(of.loaded(), ahead(3));
  given.asked.expires = day("2026-12-31");
  EXPECT_EQ(told(bill_quote(of.loaded(), given, day("2026-01-01")).found), "Q111: since the quote " + given.id + " this changed: id");
}

TEST(a_quote, for_periods_paid_meanwhile_is_refused) {
  const offer_town of;
  const dues::quote given = make_quote(of.loaded(), ahead(3));
  const dues::ledger_event kept[] = {prepay_of(given, "p1")};
  EXPECT_EQ(told(bill_quote(of.loaded(), given, day("2026-01-01"), {kept}).found).substr(0, 4), "Q109");
}

TEST(a_quote, without_facts_throws) { EXPECT_THROW(make_quote(nullptr, ahead(3)), std::invalid_argument); }

}  // namespace
