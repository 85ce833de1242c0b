// SPDX-License-Identifier: Apache-2.0
//
// Segments against days: random policies, each with random histories, accrued by the library and by the
// oracle. DUES_ORACLE_HISTORIES and DUES_ORACLE_SEED set how many and which; a failure prints its seeds.
#include "penalty/random_debts.hpp"

#include <cstdlib>

namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(segments, give_what_days_give) {
  constexpr std::uint64_t usual = 3'000;
  constexpr std::uint64_t of_one_policy = 20;
  const std::uint64_t histories = setting("DUES_ORACLE_HISTORIES", usual);
  const std::uint64_t first = setting("DUES_ORACLE_SEED", 1);
  std::uint64_t accrued_something = 0;
  for (std::uint64_t p = 0; p * of_one_policy < histories; ++p) {
    const std::uint64_t policy_seed = first + p;
    const auto policy = dues_test::made_policy(policy_seed);
    const auto program = dues::compile(dues_test::tariff_with(policy.components)).compiled;
    ASSERT_TRUE(program) << "policy seed " << policy_seed << ": " << policy.components;
    auto terms = dues::read_penalty_history(program, dues_test::history_of("", policy.references)).terms;
    for (std::uint64_t h = 0; h < of_one_policy; ++h) {
      const std::uint64_t seed = policy_seed * 1'000'003 + h;
      const auto debt = dues_test::made_debt(policy.rules, seed);
      const auto made = dues::accrue(terms, debt.history, debt.as_of);
      const dues_test::oracle::walk days(policy.rules, debt.of);
      ASSERT_TRUE(made.ok()) << made.found.all()[0].code << " policy seed " << policy_seed << " history seed " << seed << '\n' << policy.components;
      for (std::size_t c = 0; c < policy.rules.components.size(); ++c) {
        const auto total = static_cast<std::int64_t>(days.total(c, debt.as_of));
        if (total != 0) ++accrued_something;
        ASSERT_EQ(dues_test::units(made.components[c].total), dues_test::units(dues::int128(total)))
            << "component " << c << " policy seed " << policy_seed << " history seed " << seed << " due " << dues::to_text(debt.of.due) << " as of " << dues::to_text(debt.as_of) << '\n' << policy.components;
        ASSERT_EQ(dues_test::units(made.components[c].open), dues_test::units(dues::int128(static_cast<std::int64_t>(days.open(c, debt.as_of))))) << "history seed " << seed;
      }
    }
  }
  EXPECT_GT(accrued_something * 3, histories);  // a test of zeros would show nothing
}

}  // namespace
