// SPDX-License-Identifier: Apache-2.0
//
// What the sections beside fees become: each field where stages to come look for it, and each
// default where a document says nothing.
#include "tariff/section_tariff.hpp"

namespace {

using dues_test::change;
using dues_test::compiled_sections;
using ids = std::vector<std::int32_t>;

std::shared_ptr<const dues::program> program_of(const std::vector<change>& changes = {}) {
  const dues::compile_result result = compiled_sections(changes);
  for (const dues::diagnostic& one : result.found.all()) EXPECT_EQ(one.level, dues::severity::warning) << dues_test::told(one);
  return result.compiled;
}

TEST(discounts_of_a_program, stand_in_the_order_of_the_document_with_members_at_their_groups_place) {
  const auto made = program_of();
  ASSERT_NE(made, nullptr);
  std::vector<std::string> order;
  for (const dues::discount& one : made->discounts) order.push_back(one.id);
  EXPECT_EQ(order, (std::vector<std::string>{"empty", "gift", "early", "spring"}));
  ASSERT_EQ(made->discount_groups.size(), 1U);
  EXPECT_EQ(made->discount_groups[0].members, (ids{1, 2}));
  EXPECT_EQ(made->discounts[0].group, -1);
  EXPECT_EQ(made->discounts[2].group, 0);
  // management, card, heating
  EXPECT_EQ(made->fees[0].discounts, (ids{0, 1, 2}));
  EXPECT_TRUE(made->fees[1].discounts.empty());
  EXPECT_EQ(made->fees[2].discounts, (ids{3}));
}

TEST(discounts_of_a_program, hold_what_is_named_and_nothing_else) {
  const auto made = program_of();
  ASSERT_NE(made, nullptr);
  const dues::discount& empty = made->discounts[0];
  ASSERT_TRUE(empty.when.vacant);
  EXPECT_EQ(empty.when.vacant->from_month, 7);
  EXPECT_EQ(empty.when.vacant->through_month, 24);
  EXPECT_EQ(empty.give.kind, dues::gift_kind::percent);
  EXPECT_EQ(empty.give.is->literal(), *dues::decimal::parse("0.3"));
  EXPECT_FALSE(empty.when.condition || empty.window || empty.at_most || empty.lowers_tax);
  EXPECT_EQ(empty.works_on, dues::discount_base::remaining);
  EXPECT_EQ(empty.rounding.places, 2);
  const dues::discount& early = made->discounts[2];
  ASSERT_TRUE(early.when.paid_by);
  EXPECT_EQ(early.when.paid_by->by, dues::paid_by_rule::form::month_day);
  EXPECT_EQ(early.when.paid_by->yearly, (dues::month_day{3, 31}));
  EXPECT_EQ(early.when.prepaid_months, 12);
  const dues::discount& spring = made->discounts[3];
  ASSERT_TRUE(spring.window && spring.at_most);
  EXPECT_EQ(spring.window->of, dues::window_of::issue);
  EXPECT_EQ(spring.window->days, (dues::day_range{*dues::parse_day("2026-02-10"), *dues::parse_day("2026-02-25")}));
  EXPECT_EQ(spring.at_most->per, dues::cap_scope::bill);
  EXPECT_EQ(spring.partner, "market");
  EXPECT_EQ(spring.read.account_columns, (ids{0}));
  EXPECT_TRUE(spring.read.line);
  EXPECT_FALSE(made->discounts[0].read.line);
}

TEST(discounts_of_a_program, that_relieve_from_penalties_lower_no_line) {
  const auto made = program_of({{"/discounts/0/give", "{\"penalty_relief\": \"50%\"}"}});
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->fees[0].discounts, (ids{1, 2}));
}

TEST(discounts_of_a_program, may_read_subscriptions_where_all_their_fees_are_for_them) {
  EXPECT_NE(program_of({{"/discounts/2/of/0", "\"card\""}, {"/discounts/2/give/amount", "\"subscription.quantity * 2\""}}), nullptr);
  EXPECT_NE(program_of({{"/discounts/2/give/amount", "\"if(known(unit.floor), bill.gross / period.days, line.remaining)\""}}), nullptr);
}

TEST(penalties_of_a_program, hold_rates_limits_and_what_they_bear_on) {
  const auto made = program_of();
  ASSERT_NE(made, nullptr);
  const dues::penalty_component& late = made->penalties[0].components[0];
  EXPECT_EQ(made->penalties[0].days_left_out, std::vector{dues::excluded_days::dispute});
  EXPECT_EQ(late.paid_as, dues::claim_class::penalties);
  ASSERT_EQ(late.rate.size(), 1U);
  EXPECT_EQ(late.rate.at(0).rates[0].rate.percent->literal(), *dues::decimal::parse("0.0005"));
  EXPECT_TRUE(late.on_principal);
  EXPECT_FALSE(late.on_costs || late.that_day_counts);
  EXPECT_TRUE(late.payment_day_counts);
  ASSERT_TRUE(late.grace);
  EXPECT_EQ(late.grace->length, 15);
  EXPECT_FALSE(late.grace->in_months);
  ASSERT_EQ(late.limits.size(), 2U);
  EXPECT_EQ(late.limits[0].is, dues::penalty_limit::form::at_most_of_principal);
  EXPECT_EQ(late.limits[1].is, dues::penalty_limit::form::at_most_rate);
  EXPECT_EQ(late.limits[1].rate.at(0)->times, dues::decimal(4));
  EXPECT_EQ(late.limits[1].rate.at(0)->reference, 0);
  EXPECT_EQ(late.limits[1].rate.at(0)->fixed_on, dues::rate_fixing::moving);
  const dues::penalty_component& fixed = made->penalties[1].components[0];
  EXPECT_EQ(fixed.paid_as, dues::claim_class::costs);
  EXPECT_EQ(fixed.rate.at(0).is, dues::penalty_rate::form::higher_of);
  EXPECT_EQ(fixed.rate.at(0).rates.size(), 2U);
  const dues::penalty_component& interest = made->penalties[1].components[1];
  EXPECT_EQ(interest.on_components, (ids{0}));
  EXPECT_EQ(interest.starts, dues::penalty_start::demand);
  ASSERT_EQ(interest.rate.at(0).rates.size(), 2U);
  EXPECT_EQ(interest.rate.at(0).rates[0].days_overdue_up_to, 30);
  EXPECT_EQ(interest.rate.at(0).rates[1].days_overdue_up_to, 0);
  EXPECT_EQ(interest.rate.at(0).rates[1].rate.month, dues::penalty_month::started);
  EXPECT_EQ(made->fees[2].penalty, 1);
  EXPECT_EQ(made->fees[1].penalty, -1);
}

TEST(penalties_of_a_program, may_be_dated_and_their_ceiling_may_end) {
  const std::string late = "/penalties/0/components/0";
  const auto made = program_of({{late + "/rate", R"([{"from": "2026-01-01", "is": {"percent": "0.05%", "per": "day"}}, {"from": "2026-07-01", "is": {"amount": "receivable.principal / 100", "per": "month"}}])"},
                                {late + "/limits/1/at_most/rate", R"([{"from": "2026-02-01", "is": {"reference": "lpr", "per": "year"}}, {"from": "2026-03-01", "is": "none"}])"}});
  ASSERT_NE(made, nullptr);
  const dues::penalty_component& dated = made->penalties[0].components[0];
  ASSERT_EQ(dated.rate.size(), 2U);
  EXPECT_EQ(dated.rate.at(1).rates[0].rate.is, dues::plain_rate::form::amount);
  ASSERT_EQ(dated.limits[1].rate.size(), 2U);
  EXPECT_TRUE(dated.limits[1].rate.at(0));
  EXPECT_FALSE(dated.limits[1].rate.at(1));
}

TEST(penalties_of_a_program, may_compound_at_a_yearly_rate) {
  const std::string late = "/penalties/0/components/0";
  const auto made = program_of({{late + "/rate", R"({"percent": "8%", "per": "year", "year_of": "360"})"}, {late + "/compounds_every_months", "12"}, {late + "/broken_year", "\"by_months\""}});
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(made->penalties[0].components[0].compounds_every_months, 12);
  EXPECT_EQ(made->penalties[0].components[0].rate.at(0).rates[0].rate.year_of, dues::penalty_year::of_360);
}

TEST(payments_of_a_program, hold_buckets_and_ranks_in_order) {
  const auto made = program_of();
  ASSERT_TRUE(made != nullptr && made->payments);
  const dues::payment_policy& policy = *made->payments;
  ASSERT_EQ(policy.order.size(), 5U);
  EXPECT_EQ(policy.order[0].paid_class, dues::claim_class::costs);
  EXPECT_EQ(policy.order[2].age, dues::claim_age::past_due);
  EXPECT_FALSE(policy.order[4].paid_class);
  EXPECT_EQ(policy.order[4].fees, (ids{1, 2}));
  EXPECT_EQ(policy.then, (std::vector{dues::payment_rank::designated, dues::payment_rank::earliest_due, dues::payment_rank::pro_rata}));
  EXPECT_EQ(policy.not_due, dues::not_due_order::after_all_due);
  ASSERT_TRUE(policy.credit && policy.cash);
  EXPECT_TRUE(policy.credit->settles_later_bills);
  EXPECT_EQ(policy.credit->bound_to, (ids{1}));
  EXPECT_EQ(policy.cash->to, *dues::decimal::parse("0.1"));
  EXPECT_EQ(policy.cash->mode, dues::rounding_mode::down);
}

TEST(plans_and_arrears_of_a_program, hold_what_is_named) {
  const auto made = program_of({{"/plans/-", R"({"id": "slow", "at_most_instalments": 24, "penalties": "go_on"})"}});
  ASSERT_TRUE(made != nullptr && made->arrears);
  EXPECT_EQ(made->plans[0].at_most_instalments, 6);
  EXPECT_TRUE(made->plans[0].interest);
  EXPECT_EQ(made->plans[0].when_missed, dues::plan_missed::ends_and_paused_penalties_fall_due);
  EXPECT_EQ(made->plans[1].when_missed, dues::plan_missed::ends);
  EXPECT_EQ(made->arrears->levels[0].days_overdue, 30);
  EXPECT_EQ(made->arrears->levels[0].amount, dues::decimal(500));
  ASSERT_TRUE(made->arrears->claim_lapses);
  EXPECT_EQ(made->arrears->claim_lapses->years, 3);
  EXPECT_EQ(made->arrears->claim_lapses->last_day->calendar, "cn");
  ASSERT_EQ(made->prepayments.size(), 1U);
  EXPECT_EQ(made->prepayments[0].at_most_months, 12);
  EXPECT_TRUE(made->prepayments[0].not_past_contract_end);
}

TEST(a_program_without_sections, has_none) {
  const auto made = dues_test::compiled({}).compiled;
  ASSERT_NE(made, nullptr);
  EXPECT_FALSE(made->payments || made->arrears);
  EXPECT_TRUE(made->discounts.empty() && made->penalties.empty() && made->plans.empty() && made->prepayments.empty());
}

}  // namespace
