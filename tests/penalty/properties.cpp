// SPDX-License-Identifier: Apache-2.0
//
// What holds of every penalty, on the random policies and histories of the oracle: posting, reversal,
// limits, exclusions, paying more or earlier.
#include "penalty/random_debts.hpp"

#include <algorithm>

namespace {

using dues_test::day;
using dues_test::dice;

struct shown_case {
  dues::penalty_terms terms;
  dues_test::random_policy policy;
};

shown_case case_of(std::uint64_t seed) {
  shown_case made;
  made.policy = dues_test::made_policy(seed);
  const auto program = dues::compile(dues_test::tariff_with(made.policy.components)).compiled;
  made.terms = dues::read_penalty_history(program, dues_test::history_of("", made.policy.references)).terms;
  return made;
}

/// Calls `check(terms, history, as_of, roll, policy)` on some histories of some policies.
template <class Check>
void for_random_debts(int policies, int histories, Check&& check) {
  for (int p = 0; p < policies; ++p) {
    const auto seed = static_cast<std::uint64_t>(50'000 + p);
    const shown_case one = case_of(seed);
    for (int h = 0; h < histories; ++h) {
      const std::uint64_t history_seed = seed * 1'000'003 + static_cast<std::uint64_t>(h);
      SCOPED_TRACE("policy seed " + std::to_string(seed) + ", history seed " + std::to_string(history_seed));
      const auto debt = dues_test::made_debt(one.policy.rules, history_seed);
      dice roll(history_seed + 7);
      check(one, debt.history, debt.as_of, roll);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

TEST(posting, on_any_days_adds_up_to_the_total) {
  for_random_debts(60, 3, [](const shown_case& one, const dues::receivable_history& of, dues::civil_day as_of, dice& roll) {
    std::vector<dues::int128> posted(one.policy.rules.components.size(), 0);
    for (dues::civil_day d = of.due; d < as_of; d = d + (1 + roll.upto(30))) {
      const auto now = dues::accrue(one.terms, of, d);
      for (std::size_t c = 0; c < posted.size(); ++c) posted[c] += dues::to_post(now.components[c], posted[c]);
    }
    const auto last = dues::accrue(one.terms, of, as_of);
    for (std::size_t c = 0; c < posted.size(); ++c) EXPECT_EQ(posted[c] + dues::to_post(last.components[c], posted[c]), last.components[c].total);
  });
}

TEST(reversing_a_payment, restores_every_penalty) {
  for_random_debts(60, 5, [](const shown_case& one, const dues::receivable_history& of, dues::civil_day as_of, dice& roll) {
    const auto before = dues::accrue(one.terms, of, as_of);
    auto paid = of;
    paid.changes.push_back({of.due + roll.upto(60), dues::principal_change_kind::payment, dues::int128(roll.upto(10'000))});
    dues::accrue(one.terms, paid, as_of);
    paid.changes.pop_back();
    const auto after = dues::accrue(one.terms, paid, as_of);
    for (std::size_t c = 0; c < before.components.size(); ++c) {
      EXPECT_EQ(before.components[c].total, after.components[c].total);
      EXPECT_EQ(before.components[c].exact_total, after.components[c].exact_total);
    }
  });
}

TEST(a_penalty, passes_its_limits_on_no_day) {
  for_random_debts(60, 2, [](const shown_case& one, const dues::receivable_history& of, dues::civil_day as_of, dice&) {
    dues::int128 principal = of.principal;
    for (const auto& change : of.changes)
      if (change.kind == dues::principal_change_kind::correction) principal -= change.lowers_by;
    principal = std::max(principal, dues::int128(0));
    for (dues::civil_day d = of.due; d <= as_of; d = d + 3) {
      const auto now = dues::accrue(one.terms, of, d);
      for (std::size_t c = 0; c < now.components.size(); ++c) {
        const auto& rules = one.policy.rules.components[c];
        const dues_test::oracle::fraction total(static_cast<std::int64_t>(now.components[c].total), 100);
        EXPECT_LE(total, rules.most.value_or(total));
        const dues_test::oracle::fraction of_principal(static_cast<std::int64_t>(principal), 100);
        EXPECT_LE(total, rules.most_share ? dues_test::oracle::fraction(*rules.most_share * of_principal) : total);
        EXPECT_GE(now.components[c].total, 0);
      }
    }
  });
}

/// One component on principal of a rate that is the same each day: what holds of it in general.
std::string steady(dice& roll) {
  std::string grace;
  if (roll.one_in(2)) grace = R"(, "grace": {"days": )" + std::to_string(roll.between(1, 40)) + R"(, "then": ")" + (roll.one_in(2) ? "from_due_date" : "from_grace_end") + "\"}";
  return R"({"id": "late", "rate": {"percent": )" + dues_test::percent_text(roll.between(1, 60)) + R"(, "per": "day"})" + grace + "}";
}

TEST(a_longer_exclusion, never_raises_a_penalty) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    dice roll(seed);
    const auto terms = dues::read_penalty_history(dues::compile(dues_test::tariff_with(steady(roll))).compiled, dues_test::history_of("")).terms;
    dues_test::oracle::policy one;
    one.components.resize(1);
    auto debt = dues_test::made_debt(one, seed);
    if (debt.history.left_out.empty()) debt.history.left_out.push_back({dues::excluded_days::dispute, {debt.history.due + 5, debt.history.due + 10}});
    const auto before = dues::accrue(terms, debt.history, debt.as_of);
    debt.history.left_out[0].days.to = debt.history.left_out[0].days.to + roll.between(1, 20);
    EXPECT_LE(dues::accrue(terms, debt.history, debt.as_of).total(), before.total());
  }
}

TEST(paying_more_or_earlier, never_raises_the_penalty_of_one_receivable) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    dice roll(seed);
    const auto terms = dues::read_penalty_history(dues::compile(dues_test::tariff_with(steady(roll))).compiled, dues_test::history_of("")).terms;
    dues_test::oracle::policy one;
    one.components.resize(1);
    auto debt = dues_test::made_debt(one, seed);
    debt.history.changes.push_back({debt.history.due + roll.upto(90), dues::principal_change_kind::payment, dues::int128(roll.upto(5'000))});
    const auto before = dues::accrue(terms, debt.history, debt.as_of);
    auto more = debt.history;
    more.changes.back().lowers_by += roll.upto(1'000);
    EXPECT_LE(dues::accrue(terms, more, debt.as_of).total(), before.total());
    auto earlier = debt.history;
    earlier.changes.back().on = earlier.changes.back().on - roll.upto(40);
    EXPECT_LE(dues::accrue(terms, earlier, debt.as_of).total(), before.total());
  }
}

TEST(the_order_of_a_history, changes_nothing) {
  for_random_debts(60, 3, [](const shown_case& one, const dues::receivable_history& of, dues::civil_day as_of, dice&) {
    auto turned = of;
    std::reverse(turned.changes.begin(), turned.changes.end());
    std::reverse(turned.demands.begin(), turned.demands.end());
    std::reverse(turned.left_out.begin(), turned.left_out.end());
    std::reverse(turned.settled.begin(), turned.settled.end());
    std::reverse(turned.costs.begin(), turned.costs.end());
    const auto a = dues::accrue(one.terms, of, as_of);
    const auto b = dues::accrue(one.terms, turned, as_of);
    for (std::size_t c = 0; c < a.components.size(); ++c) {
      EXPECT_EQ(a.components[c].total, b.components[c].total);
      EXPECT_EQ(a.components[c].segments.size(), b.components[c].segments.size());
    }
  });
}

TEST(segments, add_up_to_the_exact_total) {
  for_random_debts(60, 5, [](const shown_case& one, const dues::receivable_history& of, dues::civil_day as_of, dice&) {
    for (const auto& component : dues::accrue(one.terms, of, as_of).components) {
      dues::exact256 sum;
      for (const auto& segment : component.segments) sum = sum + segment.amount;
      EXPECT_EQ(sum, component.exact_total);
    }
  });
}

}  // namespace
