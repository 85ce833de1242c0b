// SPDX-License-Identifier: Apache-2.0
//
// Under actual_days time is additive: a range split anywhere counts what the whole counts, exactly, also
// over months that begin on another day; and who takes a service longer never pays less.
#include "town.hpp"

#include "value/oracle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using dues_test::day_of_2024;
using dues_test::object;
using dues_test::rational;

// What the days of a range count over the months from an anchor.
rational counted(dues::civil_day anchor, dues::day_range days) {
  rational sum = 0;
  for (std::int64_t k = dues::period_index(anchor, 1, days.from); dues::boundary(anchor, 1, k) < days.to; ++k) {
    const dues::day_range month{dues::boundary(anchor, 1, k), dues::boundary(anchor, 1, k + 1)};
    const dues::day_range covered = dues::intersect(days, month);
    const std::vector<dues::day_range> runs(covered.empty() ? 0U : 1U, covered);
    const dues::share_of_time count = dues::month_count(dues::proration::actual_days, 1, month, runs);
    sum += rational(count.num, count.den);
  }
  return sum;
}

RC_GTEST_PROP(time_property, a_range_split_at_any_day_counts_what_the_whole_counts, ()) {
  const dues::civil_day anchor = day_of_2024(*rc::gen::inRange(-800, 800));
  const dues::civil_day from = day_of_2024(*rc::gen::inRange(-800, 800));
  const int days = *rc::gen::inRange(1, 900);
  const int split = *rc::gen::inRange(0, days + 1);
  const rational whole = counted(anchor, {from, from + days});
  RC_ASSERT(counted(anchor, {from, from + split}) + counted(anchor, {from + split, from + days}) == whole);
  RC_ASSERT(counted(anchor, {from, from + days + 1}) > whole);
}

RC_GTEST_PROP(time_property, whole_months_from_the_anchor_count_one_each, ()) {
  const dues::civil_day anchor = day_of_2024(*rc::gen::inRange(-800, 800));
  const int first = *rc::gen::inRange(-40, 40);
  const int months = *rc::gen::inRange(0, 40);
  RC_ASSERT(counted(anchor, {dues::boundary(anchor, 1, first), dues::boundary(anchor, 1, first + months)}) == months);
}

// A run of covered days with a gap counts what its days count one by one.
RC_GTEST_PROP(time_property, days_apart_count_as_much_as_days_together, ()) {
  const dues::civil_day begin = dues::month_begin(day_of_2024(*rc::gen::inRange(0, 800)));
  const dues::day_range month{begin, dues::next_month_begin(begin)};
  const auto on = *rc::gen::container<std::vector<bool>>(static_cast<std::size_t>(month.days()), rc::gen::arbitrary<bool>());
  std::vector<dues::day_range> runs;
  int days = 0;
  for (int i = 0; i < month.days(); ++i) {
    if (!on[static_cast<std::size_t>(i)]) continue;
    ++days;
    if (!runs.empty() && runs.back().to == begin + i) runs.back().to = begin + i + 1;
    else runs.push_back({begin + i, begin + i + 1});
  }
  const dues::share_of_time count = dues::month_count(dues::proration::actual_days, 1, month, runs);
  RC_ASSERT(rational(count.num, count.den) == rational(days, month.days()));
}

RC_GTEST_PROP(time_property, a_longer_subscription_never_costs_less, ()) {
  const auto number = [](int least, int end) { return *rc::gen::inRange(least, end); };
  const auto price = [&] { return dues::amount_text(number(0, 30'000), 2); };
  const auto day = [&](int end) { return dues::to_text(day_of_2024(number(1, end))); };
  const std::string anchored = *rc::gen::element<std::string>("calendar", "subscription_start", "2024-01-31");
  const int months = *rc::gen::element(1, 2, 3, 6, 12);
  const std::string tariff = R"({"dues_tariff": "1", "id": "space", "edition": "1", "from": "2024-01-01", "currency": "CNY", "name": {"en": "A space"},
    "schedules": [{"id": "when", "kind": "months", "months": )" + std::to_string(months) + R"(, "counted_from": ")" + anchored +
      R"(", "billed": "in_advance", "due": {"days_after_issue": 0}}], "fees": [)" +
      object({{"id", "parking"}, {"kind", "recurring"}, {"name", "{\"en\": \"Parking\"}"}, {"for_each", "subscription"}, {"schedule", "when"},
              {"price_per", *rc::gen::element<std::string>("month", "day", "year")},
              {"price", dues_test::list({object({{"from", "2024-01-01"}, {"is", price()}}), object({{"from", day(300)}, {"is", price()}})})}}) + "]}";
  const auto rules = dues_test::compiled(tariff);
  const dues::civil_day from = day_of_2024(number(0, 400));
  const int days = number(1, 400);
  const int more = number(1, 60);
  const auto cost = [&](int length) {
    dues_test::town facts;
    facts.units.push_back(object({{"unit", "P1"}, {"from", "2020-01-01"}}));
    facts.tenures.push_back(object({{"unit", "P1"}, {"account", "A"}, {"role", "owner"}, {"from", "2020-01-01"}}));
    facts.subscriptions.push_back(object({{"subscription", "S"}, {"unit", "P1"}, {"fee", "parking"}, {"from", dues::to_text(from)}, {"to", dues::to_text(from + length)}}));
    dues::bill_request asked;
    asked.days = {day_of_2024(-400), day_of_2024(1000)};
    const dues::billing made = dues::make_bills(dues_test::loaded(rules, facts.json()), asked);
    RC_ASSERT(made.faults.empty());
    std::int64_t sum = 0;
    for (const dues::line& one : made.lines) sum += one.amount;
    return sum;
  };
  const std::int64_t shorter = cost(days);
  RC_ASSERT(shorter <= cost(days + more));
  RC_CLASSIFY(shorter == 0, "nothing to pay");
}

}  // namespace
