// SPDX-License-Identifier: Apache-2.0
//
// The price of exactness: one fee by area for every unit of the city, by the engine's public call and by
// the loop that a programmer would write. Both are timed in turn within each round, so that what else
// the machine does falls on both; the medians of the rounds are told. They must give the same cents.
#include "city.hpp"
#include "stopwatch.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <stdexcept>

namespace dues_bench {
namespace {

constexpr int rounds = 5;

struct record {
  std::uint32_t account = 0, unit = 0;
  dues::civil_day from, to;
  std::int64_t quantity = 0, gross = 0;
};
static_assert(sizeof(record) == 32);

// area x price x days / days of the month, half up; amounts here are positive.
void by_hand(const std::vector<plain_unit>& units, dues::day_range month, std::vector<record>& out) {
  const std::int64_t month_days = month.days();
  const std::int64_t divisor = month_days * 100;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const plain_unit& unit = units[i];
    const dues::civil_day from = std::max(unit.owned_from, month.from);
    const std::int64_t days = month.to - from;
    const std::int64_t gross = (2 * unit.area_hundredths * price_hundredths * days + divisor) / (2 * divisor);
    out[i] = {unit.account, static_cast<std::uint32_t>(i), from, month.to, unit.area_hundredths, gross};
  }
  benchmark::DoNotOptimize(out.data());
  benchmark::ClobberMemory();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

void same_cents(const std::vector<record>& hand, const dues::billing& engine) {
  if (engine.lines.size() != hand.size()) throw std::runtime_error("the engine and the loop make different numbers of lines");
  for (const dues::line& one : engine.lines)
    if (hand[one.unit].gross != one.gross || hand[one.unit].from != one.from) throw std::runtime_error("the engine and the loop differ at unit " + std::to_string(one.unit));
}

// One round after another: the loop, then the engine.
void one_fee_by_area(benchmark::State& state) {
  const city houses = make_city(static_cast<std::size_t>(state.range(0)));
  const auto known = loaded(compiled(one_fee_tariff()), houses);
  std::vector<record> records(houses.units.size());
  by_hand(houses.units, billed_month(), records);  // pages are touched once before anything is timed
  dues::billing made = billed(known);  // both sides write again where they have written before
  same_cents(records, made);
  // The loop is short: so often that the clock's microseconds do not matter.
  const std::size_t repeats = 4'000'000 / houses.units.size() + 1;
  std::vector<double> hand;
  std::vector<double> engine;
  for ([[maybe_unused]] auto round : state) {
    const stopwatch by_loop;
    for (std::size_t i = 0; i < repeats; ++i) by_hand(houses.units, billed_month(), records);
    hand.push_back(by_loop.nanoseconds() / static_cast<double>(repeats));
    const stopwatch by_engine;
    made = billed_again(known, std::move(made));
    engine.push_back(by_engine.nanoseconds());
    state.SetIterationTime(engine.back() / 1e9);
    benchmark::DoNotOptimize(made.lines.size());
  }
  const auto lines = static_cast<double>(houses.units.size());
  const double times = median(engine) / median(hand);
  least_times_loop() = least_times_loop() == 0 ? times : std::min(least_times_loop(), times);
  state.counters["lines"] = lines;
  state.counters["loop_ns_per_line"] = median(hand) / lines;
  state.counters["ns_per_line"] = median(engine) / lines;
  state.counters["times_loop"] = times;
}

}  // namespace

void register_one_fee() {
  const auto units = static_cast<std::int64_t>(usual_units());
  auto* bench = benchmark::RegisterBenchmark("one_fee_by_area", one_fee_by_area)->UseManualTime()->Iterations(rounds)->Unit(benchmark::kMillisecond);
  // Twice the units, twice the time: whether it grows as it should.
  for (const std::int64_t times : {1, 2, 4}) bench->Arg(units * times);
}

}  // namespace dues_bench
