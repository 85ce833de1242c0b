// SPDX-License-Identifier: Apache-2.0
//
// A rate that changed twelve times, receivables with three payments each. By hand: the rate summed up to each
// change once, two look-ups among twelve a payment, one division. Both must give the same totals.
#include "penalty.hpp"

#include "allocations.hpp"
#include "made_once.hpp"
#include "stopwatch.hpp"

#include <dues/penalty/columns.hpp>
#include <dues/penalty/reading.hpp>
#include <dues/tariff/program.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace dues_bench {
namespace {

constexpr int steps = 12;
constexpr std::int64_t tenths_of_a_percent = 1'000;
constexpr std::int64_t days_of_a_year = 365;

struct debts {
  dues::penalty_terms terms;
  std::vector<std::int64_t> principal, paid, totals, by_hand;
  std::vector<dues::civil_day> due, paid_on;
  std::vector<std::uint32_t> paid_until;
  std::array<dues::civil_day, steps> from;
  std::array<std::int64_t, steps> rate;  ///< thousandths a year
  dues::civil_day as_of;

  dues::overdue_columns columns() const { return {principal, due, paid_until, paid_on, paid}; }
};

std::shared_ptr<const dues::program> tariff() {
  const auto made = dues::compile(R"({"dues_tariff": "1", "id": "house", "edition": "1", "from": "1990-01-01", "currency": "CNY", "name": {"en": "House"},
    "reads": {"unit": [{"id": "area", "type": "number", "above": 0}], "references": [{"id": "lpr", "type": "rate_per_year"}]},
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 10}}],
    "fees": [{"id": "fee", "name": {"en": "Fee"}, "kind": "recurring", "schedule": "monthly", "price": "1", "quantity": "unit.area", "penalty": "late"}],
    "penalties": [{"id": "late", "name": {"en": "Late"}, "components": [{"id": "late", "rate": {"reference": "lpr", "per": "year"}}]}]})");
  if (!made.compiled) throw std::logic_error("the tariff of the penalties does not compile");
  return made.compiled;
}

/// Due over the first half of `days` days, which end on 2026-01-01; the rate changes twelve times in them.
debts make_debts(std::size_t items, int days) {
  debts all;
  all.terms.tariff = tariff();
  all.as_of = *dues::parse_day("2026-01-01");
  const dues::civil_day first = all.as_of - days;
  std::vector<dues::reference_series::entry> entries;
  for (int i = 0; i < steps; ++i) {
    const auto at = static_cast<std::size_t>(i);
    all.from[at] = first + i * days / steps;
    all.rate[at] = 30 + (i * 7) % 13;
    entries.push_back({all.from[at], dues::open_end, *dues::decimal::make(all.rate[at], 3)});
  }
  all.terms.references.emplace("lpr", dues::reference_series("lpr", std::move(entries)));
  std::uint64_t seed = 1;
  const auto roll = [&seed](int below) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return static_cast<int>((seed >> 33) % static_cast<std::uint64_t>(below));
  };
  for (std::size_t i = 0; i < items; ++i) {
    all.principal.push_back(10'000 + roll(500'000));
    all.due.push_back(first + roll(days / 2));
    std::array<int, 3> when{roll(days), roll(days), roll(days)};
    std::sort(when.begin(), when.end());
    for (const int one : when) {
      all.paid_on.push_back(first + one);
      all.paid.push_back(roll(static_cast<int>(all.principal.back() / 3)));
    }
    all.paid_until.push_back(static_cast<std::uint32_t>(all.paid.size()));
  }
  all.totals.resize(items);
  all.by_hand.resize(items);
  return all;
}

void by_hand(debts& all) {
  std::array<std::int64_t, steps> sums{};
  for (std::size_t i = 1; i < steps; ++i) sums[i] = sums[i - 1] + all.rate[i - 1] * (all.from[i] - all.from[i - 1]);
  // What a unit has borne by the end of a day.
  const auto borne = [&](dues::civil_day day) {
    const auto after = std::upper_bound(all.from.begin(), all.from.end(), day);
    const auto at = static_cast<std::size_t>(after - all.from.begin()) - 1;
    return sums[at] + all.rate[at] * (day - all.from[at] + 1);
  };
  const std::int64_t last = borne(all.as_of);
  std::size_t p = 0;
  for (std::size_t i = 0; i < all.principal.size(); ++i) {
    std::int64_t here = borne(all.due[i]);
    std::int64_t open = all.principal[i];
    std::int64_t sum = 0;
    for (; p < all.paid_until[i]; ++p) {
      if (all.due[i] < all.paid_on[p]) {
        const std::int64_t then = borne(all.paid_on[p]);
        sum += open * (then - here);
        here = then;
      }
      open -= std::min(open, all.paid[p]);
    }
    sum += open * (last - here);
    constexpr std::int64_t whole = tenths_of_a_percent * days_of_a_year;
    all.by_hand[i] = (sum + whole / 2) / whole;
  }
  benchmark::DoNotOptimize(all.by_hand.data());
  benchmark::ClobberMemory();
}

void by_engine(debts& all) {
  dues::diagnostics found;
  if (!dues::accrue_columns(all.terms, 0, 0, all.columns(), all.as_of, all.totals, found)) throw std::logic_error("penalties could not be accrued");
}

debts checked_debts(std::size_t items, int days) {
  debts all = make_debts(items, days);
  by_hand(all);
  by_engine(all);
  if (all.totals != all.by_hand) throw std::logic_error("the loop and the engine give different penalties");
  return all;
}

void beside_the_loop(benchmark::State& state) {
  const auto items = static_cast<std::size_t>(state.range(0));
  debts& all = made_once("overdue", items, [&] { return checked_debts(items, 5 * 365); });
  state.counters["units"] = state.counters["lines"] = static_cast<double>(items);
  for ([[maybe_unused]] auto round : state) {
    const double hand = processor_time([&] { by_hand(all); });
    double engine = 0;
    const std::size_t taken = allocations([&] { engine = processor_time([&] { by_engine(all); }); });
    state.SetIterationTime(engine / 1e9);
    state.counters["loop_ns"] = hand;
    state.counters["engine_ns"] = engine;
    state.counters["allocations"] = static_cast<double>(taken);
  }
}

struct two_ages {
  debts young, old;
};

// One receivable at a time with its explanation, as a screen asks for it.
void old_beside_young(benchmark::State& state) {
  constexpr std::size_t items = 2'000;
  two_ages& all = made_once("ages", items, [] { return two_ages{checked_debts(items, 365), checked_debts(items, 30 * 365)}; });
  const auto histories = [](const debts& of) {
    std::vector<dues::receivable_history> made(items);
    std::uint32_t p = 0;
    for (std::size_t i = 0; i < items; ++i) {
      made[i].penalty = 0;
      made[i].principal = of.principal[i];
      made[i].due = of.due[i];
      for (; p < of.paid_until[i]; ++p) made[i].changes.push_back({of.paid_on[p], dues::principal_change_kind::payment, of.paid[p]});
    }
    return made;
  };
  const auto young = histories(all.young);
  const auto old = histories(all.old);
  const auto accrued = [](const debts& of, const std::vector<dues::receivable_history>& each) {
    for (const auto& one : each) benchmark::DoNotOptimize(dues::accrue(of.terms, one, of.as_of).components.data());
  };
  state.counters["units"] = static_cast<double>(items);
  for ([[maybe_unused]] auto round : state) {
    state.counters["one_year_ns"] = processor_time([&] { accrued(all.young, young); });
    const double thirty = processor_time([&] { accrued(all.old, old); });
    state.counters["thirty_years_ns"] = thirty;
    state.SetIterationTime(thirty / 1e9);
  }
}

}  // namespace

void register_penalties(std::size_t items) {
  constexpr int rounds = 5;
  const auto all = static_cast<std::int64_t>(items);
  const auto in_rounds = [](benchmark::internal::Benchmark* one) {
    return one->UseManualTime()->Iterations(1)->Repetitions(rounds)->ReportAggregatesOnly()->Unit(benchmark::kMillisecond);
  };
  in_rounds(benchmark::RegisterBenchmark("overdue_receivables", beside_the_loop))->Arg(all / 4)->Arg(all / 2)->Arg(all);
  in_rounds(benchmark::RegisterBenchmark("thirty_years_overdue", old_beside_young))->Arg(all);
}

}  // namespace dues_bench
