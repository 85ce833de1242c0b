// SPDX-License-Identifier: Apache-2.0
//
// What else a host waits for: a mix of fees, one account out of the city, loading facts, compiling.
#include "city.hpp"
#include "stopwatch.hpp"

#include <benchmark/benchmark.h>

namespace dues_bench {
namespace {

// Runs `work` as often as asked, and tells what one of `things` took.
template <class Work>
void measure(benchmark::State& state, const char* each, std::size_t things, Work&& work) {
  const stopwatch time;
  for ([[maybe_unused]] auto one : state) work();
  state.counters[each] = time.nanoseconds() / (static_cast<double>(state.iterations()) * static_cast<double>(things));
}

void five_fees(benchmark::State& state) {
  const auto known = loaded(compiled(five_fees_tariff()), make_city(usual_units()));
  const std::size_t lines = billed(known).lines.size();
  state.counters["lines"] = static_cast<double>(lines);
  measure(state, "ns_per_line", lines, [&] { benchmark::DoNotOptimize(billed(known).lines.size()); });
}

void one_account(benchmark::State& state) {
  const auto known = loaded(compiled(five_fees_tariff()), make_city(usual_units()));
  const std::string account(known->accounts.at(static_cast<std::uint32_t>(known->accounts.size() / 2)));
  const std::size_t lines = billed(known, account).lines.size();
  state.counters["lines"] = static_cast<double>(lines);
  measure(state, "ns_per_line", lines, [&] { benchmark::DoNotOptimize(billed(known, account).lines.size()); });
}

void explain(benchmark::State& state) {
  const dues::billing made = billed(loaded(compiled(five_fees_tariff()), make_city(usual_units() / 10 + 1)));
  const std::size_t place = made.lines.size() / 2;
  for ([[maybe_unused]] auto one : state) benchmark::DoNotOptimize(dues::explain_line(made, place));
}

void load(benchmark::State& state) {
  const city houses = make_city(usual_units());
  const auto tariff = compiled(five_fees_tariff());
  state.counters["units"] = static_cast<double>(houses.units.size());
  measure(state, "ns_per_unit", houses.units.size(), [&] { benchmark::DoNotOptimize(loaded(tariff, houses)); });
}

void load_csv(benchmark::State& state) {
  const city houses = make_city(usual_units());
  const auto tariff = compiled(five_fees_tariff());
  state.counters["units"] = static_cast<double>(houses.units.size());
  measure(state, "ns_per_unit", houses.units.size(), [&] { benchmark::DoNotOptimize(loaded_from_csv(tariff, houses)); });
}

void compile(benchmark::State& state) {
  for ([[maybe_unused]] auto one : state) benchmark::DoNotOptimize(compiled(five_fees_tariff()));
}

void write_json(benchmark::State& state) {
  const dues::billing made = billed(loaded(compiled(five_fees_tariff()), make_city(usual_units() / 10 + 1)));
  state.counters["lines"] = static_cast<double>(made.lines.size());
  measure(state, "ns_per_line", made.lines.size(), [&] { benchmark::DoNotOptimize(dues::to_json(made, false).size()); });
}

}  // namespace

void register_others() {
  constexpr int rounds = 5;
  benchmark::RegisterBenchmark("five_kinds_of_fee", five_fees)->Iterations(1)->Repetitions(rounds)->Unit(benchmark::kMillisecond)->ReportAggregatesOnly();
  benchmark::RegisterBenchmark("one_account_of_the_city", one_account)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("explain_a_line", explain)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("load_facts", load)->Iterations(1)->Repetitions(rounds)->Unit(benchmark::kMillisecond)->ReportAggregatesOnly();
  benchmark::RegisterBenchmark("load_facts_csv", load_csv)->Iterations(1)->Repetitions(rounds)->Unit(benchmark::kMillisecond)->ReportAggregatesOnly();
  benchmark::RegisterBenchmark("compile_five_fees", compile)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("results_as_json", write_json)->Unit(benchmark::kMillisecond);
}

}  // namespace dues_bench
