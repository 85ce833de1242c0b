// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a history of what is owed.
#include "fuzz/billed.hpp"
#include "fuzz/tariff_of_debts.hpp"

namespace dues_fuzz {

void penalties(std::string_view bytes) {
  dues::penalty_history made = dues::read_penalty_history(tariff_of_debts(), bytes);
  const dues::penalty_history again = dues::read_penalty_history(tariff_of_debts(), bytes);
  require_sound(made.found, again.found);
  if (made.found.has_errors()) return require(made.receivables.empty(), "receivables, or an error");
  // A debt of centuries that compounds twice a year takes seconds, as it may; the fuzzer has better to do.
  const auto is_old = [](const dues::receivable_history& one) { return one.due < *dues::parse_day("1990-01-01"); };
  if (std::any_of(made.receivables.begin(), made.receivables.end(), is_old)) return;
  for (const auto& [id, series] : terms_of_debts().references) made.terms.references.try_emplace(id, series);
  const dues::program& tariff = *made.terms.tariff;
  for (const char* const text : {"2020-03-01", "2026-01-31", "2031-06-30"}) {
    const dues::civil_day day = *dues::parse_day(text);
    const dues::arrears_accrual all = dues::accrue_all(made.terms, made.receivables, day);
    require(all.receivables.size() == made.receivables.size(), "each receivable has an answer");
    for (std::size_t i = 0; i < all.receivables.size(); ++i) {
      const dues::accrual& one = all.receivables[i];
      require(!dues::to_json(one, tariff).empty(), "an accrual can be told");
      for (const dues::diagnostic& told : one.found.all())
        for (const dues::language* words : {&dues::language::english(), &dues::language::chinese()}) require(!dues::message(told, *words).empty(), "a diagnostic has words");
      if (!one.ok()) {
        require(one.components.empty(), "components, or an error");
        continue;
      }
      for (const dues::component_accrual& part : one.components) {
        require(part.total >= 0 && part.open >= 0 && part.paid >= 0 && part.waived >= 0, "no penalty is below zero");
        require(part.open <= part.total, "no more is open than has accrued");
      }
      if (tariff.penalties[static_cast<std::size_t>(one.penalty)].counted_per != dues::penalty_scope::receivable) continue;
      const dues::accrual alone = dues::accrue(made.terms, made.receivables[i], day);
      require(alone.ok() && alone.total() == one.total(), "alone and among others it is the same");
      const dues::payoff paid = dues::payoff_on(made.terms, made.receivables[i], day);
      require(!paid.ok() || paid.total >= 0, "no payoff is below zero");
    }
    for (const dues::penalty_episode& one : all.episodes) {
      dues::int128 parts = 0;
      for (const std::size_t at : one.receivables)
        for (const dues::component_accrual& part : all.receivables[at].components) parts += part.component == one.accrued.component ? part.total : dues::int128(0);
      require(!all.ok() || parts >= one.accrued.total, "an episode is spread over its receivables");
    }
  }
}

}  // namespace dues_fuzz
