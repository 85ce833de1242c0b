// SPDX-License-Identifier: Apache-2.0
//
// What is covered by paying ahead, at what price, and what is refused.
#include "quote/offer_town.hpp"

namespace {

using namespace dues_test;

// DS-01: twelve months are paid, and the thirteenth is a line at its gross with an equal discount.
TEST(paying_ahead, twelve_months_and_one_free_is_example_ds_01) {
  offer_town of;
  of.discounts = month_free;
  const dues::quote made = make_quote(of.loaded(), ahead(12));
  ASSERT_TRUE(made.ok()) << told(made.found);
  EXPECT_EQ(money(made.paid), "3225.60");
  EXPECT_EQ(money(made.regular), "3494.40");  // 13 x 268.80
  EXPECT_EQ(money(made.saved()), "268.80");
  EXPECT_EQ(made.gift_months, 1);
  ASSERT_EQ(made.made.lines.size(), 13U);
  for (std::size_t i = 0; i < 13; ++i) {
    EXPECT_EQ(money(made.made.lines[i].gross), "268.80") << i;
    EXPECT_EQ(money(made.made.lines[i].amount), i < 12 ? "268.80" : "0.00") << i;
  }
  EXPECT_EQ(dues::line_key(*made.made.known, made.made.lines[12]), "town/A-1/1-101/management/-/2027-01-01/charge");
  EXPECT_EQ(dues::to_text(made.covered.to), "2027-02-01");
}

TEST(paying_ahead, lines_are_issued_due_and_taxed_on_the_day_of_payment) {
  offer_town of;
  of.taxes = R"({"id": "vat", "included": true, "rate": [{"from": "2020-01-01", "is": "6%"}, {"from": "2026-06-01", "is": "9%"}]})";
  of.tax = R"(, "tax": "vat")";
  const dues::quote made = make_quote(of.loaded(), ahead(12));
  ASSERT_TRUE(made.ok()) << told(made.found);
  for (const dues::line one : made.made.lines) {
    EXPECT_EQ(dues::to_text(one.issue), "2026-01-01");
    EXPECT_EQ(dues::to_text(one.due), "2026-01-01");
    EXPECT_EQ(money(one.tax), "15.22");  // 268.80 - 253.58, the rate of January
  }
}

// A price that is known to rise is known now.
TEST(paying_ahead, takes_the_prices_that_are_known_now) {
  offer_town of;
  of.price = R"([{"from": "2020-01-01", "is": "3.00"}, {"from": "2026-07-01", "is": "4.00"}])";
  const dues::quote made = make_quote(of.loaded(), ahead(12));
  ASSERT_TRUE(made.ok()) << told(made.found);
  EXPECT_EQ(money(made.paid), "3763.20");  // 6 x 268.80 + 6 x 358.40
  EXPECT_EQ(money(made.saved()), "0.00");
}

TEST(paying_ahead, an_amount_is_given_once_for_the_whole_prepayment) {
  offer_town of;
  of.discounts = R"({"id": "hundred", "of": ["management"], "when": {"prepaid_months": 12}, "give": {"amount": "100.00"}})";
  const dues::quote made = make_quote(of.loaded(), ahead(12));
  ASSERT_TRUE(made.ok()) << told(made.found);
  EXPECT_EQ(money(made.paid), "3125.60");
  EXPECT_EQ(money(made.saved()), "100.00");
}

TEST(paying_ahead, a_subscription_is_found_by_its_fee_or_named) {
  const offer_town of;
  const dues::quote made = make_quote(of.loaded(), ahead(3, "2026-01-01", "2026-01-01", "parking"));
  ASSERT_TRUE(made.ok()) << told(made.found);
  EXPECT_EQ(made.asked.subscription, "P-1");
  EXPECT_EQ(money(made.paid), "600.00");
  dues::prepay_request named = ahead(3, "2026-01-01", "2026-01-01", "");
  named.subscription = "P-1";
  EXPECT_EQ(make_quote(of.loaded(), named).paid, made.paid);
}

TEST(paying_ahead, a_co_owner_pays_his_own_part_ahead) {
  offer_town of;
  of.tenures = R"({"unit": "1-101", "account": "A-1", "role": "owner", "from": "2020-01-01", "share": "25%"}, {"unit": "1-101", "account": "A-2", "role": "owner", "from": "2020-01-01", "share": "75%"})";
  const dues::quote made = make_quote(of.loaded(), ahead(3));
  ASSERT_TRUE(made.ok()) << told(made.found);
  EXPECT_EQ(money(made.paid), "201.60");  // 3 x 67.20
}

// R40: a free month of a longer period is gross / months of the line that follows, which is billed in its own time.
TEST(paying_ahead, a_free_month_of_a_quarter_is_a_rebate_on_the_quarter_that_follows) {
  offer_town of;
  of.schedule = R"({"id": "monthly", "kind": "months", "months": 3, "billed": "in_advance", "due": {"day_of_month": 10}})";
  of.discounts = month_free;
  const dues::quote made = make_quote(of.loaded(), ahead(12));
  ASSERT_TRUE(made.ok()) << told(made.found);
  EXPECT_EQ(money(made.paid), "3225.60");
  ASSERT_EQ(made.made.lines.size(), 4U);
  ASSERT_EQ(made.rebates.size(), 1U);
  EXPECT_EQ(dues::to_text(made.rebates[0].period), "2027-01-01");
  EXPECT_EQ(money(made.rebates[0].amount), "268.80");
  EXPECT_EQ(money(made.saved()), "268.80");
  EXPECT_EQ(dues::to_text(made.covered.to), "2027-01-01");
}

TEST(paying_ahead, begins_with_the_first_period_that_is_neither_begun_nor_paid) {
  const offer_town of;
  const dues::quote first = make_quote(of.loaded(), ahead(3, "", "2026-01-15"));
  ASSERT_TRUE(first.ok()) << told(first.found);
  EXPECT_EQ(dues::to_text(first.asked.from), "2026-02-01");
  const dues::ledger_event kept[] = {prepay_of(first, "p1")};
  const dues::quote next = make_quote(of.loaded(), ahead(3, "", "2026-01-20"), {kept});
  ASSERT_TRUE(next.ok()) << told(next.found);
  EXPECT_EQ(dues::to_text(next.asked.from), "2026-05-01");
}

struct refusal {
  const char* what;
  dues::prepay_request asked;
  const char* told;
};

TEST(paying_ahead, is_refused_with_the_most_that_is_allowed) {
  offer_town of;
  of.subscriptions = R"({"subscription": "P-1", "unit": "1-101", "fee": "parking", "from": "2025-01-01", "to": "2026-08-15"},
                        {"subscription": "C-1", "unit": "1-101", "fee": "card", "from": "2025-01-01"})";
  of.prepayments = R"({"id": "ahead", "of": ["management", "parking", "card"], "at_most_months": 12})";
  dues::prepay_request nobody = ahead(3);
  nobody.account = "A-9";
  dues::prepay_request nowhere = ahead(3);
  nowhere.unit = "9-999";
  const refusal refusals[] = {
      {"past the limit", ahead(13), "Q107: 13 months of management are asked for; the most is 12 (limit 12, paid ahead already 0)"},
      {"past the contract", ahead(9, "2026-01-01", "2026-01-01", "parking"), "Q108: 9 months of parking go past the end of the contract (2026-08-15); the most is 7"},
      {"no month", ahead(0), "Q104: 0 months of management: it is billed 1 at a time"},
      {"fewer than none", ahead(-3), "Q104: -3 months of management: it is billed 1 at a time"},
      {"an unknown fee", ahead(3, "2026-01-01", "2026-01-01", "water"), "L124: the tariff town has no fee 'water'"},
      {"a fee billed once", ahead(3, "2026-01-01", "2026-01-01", "card"), "Q103: card cannot be paid ahead: it is not billed by months (entry)"},
      {"a day on which no period begins", ahead(3, "2026-01-15"), "Q105: no period of management begins on 2026-01-15; one begins on 2026-01-01"},
      {"a period that is over", ahead(3, "2026-01-01", "2026-02-01"), "Q106: the period from 2026-01-01 is over on 2026-02-01"},
      {"an unknown account", nobody, "R112: account 'A-9' is not among the facts"},
      {"an unknown unit", nowhere, "R112: unit '9-999' is not among the facts"},
  };
  const auto known = of.loaded();
  for (const refusal& one : refusals) {
    const dues::quote made = make_quote(known, one.asked);
    EXPECT_EQ(told(made.found), one.told) << one.what;
    EXPECT_TRUE(made.made.lines.empty()) << one.what;
  }
}

TEST(paying_ahead, without_a_policy_is_refused) {
  offer_town of;
  of.prepayments.clear();
  EXPECT_EQ(told(make_quote(of.loaded(), ahead(3)).found), "Q101: management cannot be paid ahead: no prepayment of town names it");
}

// R40: for a fee per unit the contract ends with the tariff.
TEST(paying_ahead, a_fee_per_unit_ends_with_the_tariff) {
  offer_town of;
  of.through = "2026-06-30";
  EXPECT_EQ(told(make_quote(of.loaded(), ahead(12)).found), "Q108: 12 months of management go past the end of the contract (2026-07-01); the most is 6");
  EXPECT_TRUE(make_quote(of.loaded(), ahead(6)).ok());
}

TEST(paying_ahead, months_paid_ahead_already_count_towards_the_limit) {
  const offer_town of;
  const auto known = of.loaded();
  const dues::ledger_event kept[] = {prepay_of(make_quote(known, ahead(8)), "p1")};
  // On 15 March February and March have begun: 5 of the 8 lie ahead.
  EXPECT_EQ(told(make_quote(known, ahead(9, "2026-09-01", "2026-03-15"), {kept}).found),
            "Q107: 9 months of management are asked for; the most is 7 (limit 12, paid ahead already 5)");
  EXPECT_TRUE(make_quote(known, ahead(7, "2026-09-01", "2026-03-15"), {kept}).ok());
}

TEST(paying_ahead, twice_for_one_period_is_refused) {
  const offer_town of;
  const auto known = of.loaded();
  const dues::ledger_event kept[] = {prepay_of(make_quote(known, ahead(3)), "p1")};
  EXPECT_EQ(told(make_quote(known, ahead(3, "2026-03-01"), {kept}).found), "Q109: the period from 2026-03-01 is paid ahead or billed already, by p1; the first free day is 2026-04-01");
  dues::billed_before billed;
  billed.lines["town/A-1/1-101/management/-/2026-05-01"] = {};
  EXPECT_EQ(told(make_quote(known, ahead(3, "2026-04-01"), {{}, &billed}).found),
            "Q109: the period from 2026-05-01 is paid ahead or billed already, by town/A-1/1-101/management/-/2026-05-01; the first free day is 2026-06-01");
}

TEST(paying_ahead, another_accounts_periods_are_refused) {
  offer_town of;
  of.tenures = R"({"unit": "1-101", "account": "A-1", "role": "owner", "from": "2020-01-01", "to": "2026-03-01"}, {"unit": "1-101", "account": "A-2", "role": "owner", "from": "2026-03-01"})";
  EXPECT_EQ(told(make_quote(of.loaded(), ahead(3)).found), "Q113: account A-1 does not pay management of 1-101 in the period from 2026-03-01");
}

TEST(paying_ahead, of_several_subscriptions_one_must_be_named) {
  offer_town of;
  of.subscriptions = R"({"subscription": "P-1", "unit": "1-101", "fee": "parking", "from": "2025-01-01"}, {"subscription": "P-2", "unit": "1-101", "fee": "parking", "from": "2025-01-01"})";
  EXPECT_EQ(told(make_quote(of.loaded(), ahead(3, "2026-01-01", "2026-01-01", "parking")).found), "Q102: 1-101 has 2 subscriptions of parking; the request names none of them");
}

TEST(paying_ahead, gift_months_of_a_fee_billed_once_are_no_tariff) {
  offer_town of;
  of.discounts = R"({"id": "gift", "of": ["card"], "when": {"prepaid_months": 12}, "give": {"free_months": 1}})";
  EXPECT_EQ(told(dues::compile(of.tariff()).found).substr(0, 4), "T230");
}

}  // namespace
