// SPDX-License-Identifier: Apache-2.0
//
// Google Benchmark's repetitions are the rounds, and it tells their medians. Each round runs the loop, then
// the engine, so that what else the machine does falls on both. The engine starts at loaded facts, uses the
// public call and ends at complete columns of lines; both write where they have written before. They must
// give the same lines.
#include "floor.hpp"

#include "allocations.hpp"
#include "by_hand.hpp"
#include "engine.hpp"
#include "made_once.hpp"
#include "stopwatch.hpp"

#include <benchmark/benchmark.h>

#include <thread>

namespace dues_bench {
namespace {

struct mix {
  std::string name;
  std::string_view tariff;
  std::vector<fee_by_hand> fees;
};

struct both {
  city houses;
  std::shared_ptr<const dues::facts> known;
  std::vector<record> records;
  dues::billing made;
};

void by_hand(const mix& of, both& all) {
  if (of.fees.size() == 1) one_fee_by_hand(all.houses, billed_month(), all.records);
  else fees_by_hand(all.houses, billed_month(), of.fees, all.records);
  benchmark::DoNotOptimize(all.records.data());
  benchmark::ClobberMemory();
}

void by_engine(both& all, unsigned threads) { all.made = lines_of_days(all.known, billed_month(), threads, std::move(all.made)); }

// Once, with the same lines from both.
both run_once(const mix& of, std::size_t units) {
  both all;
  all.houses = make_city(units);
  all.known = loaded(of.tariff, all.houses);
  all.records.resize(units * of.fees.size());
  by_hand(of, all);
  by_engine(all, 1);
  same_lines(all.houses, of.fees, all.records, all.made);
  return all;
}

both& run_before(benchmark::State& state, const mix& of) {
  const auto units = static_cast<std::size_t>(state.range(0));
  both& all = made_once(of.name, units, [&] { return run_once(of, units); });
  state.counters["units"] = static_cast<double>(units);
  state.counters["lines"] = static_cast<double>(all.records.size());
  return all;
}

void beside_the_loop(benchmark::State& state, const mix& of) {
  both& all = run_before(state, of);
  // So often that a round is long enough for the clock.
  const std::size_t repeats = 2'000'000 / all.records.size() + 1;
  const double each = static_cast<double>(repeats);
  for ([[maybe_unused]] auto round : state) {
    const double hand = processor_time([&] {
      for (std::size_t i = 0; i < repeats; ++i) by_hand(of, all);
    });
    double engine = 0;
    const std::size_t taken = allocations([&] {
      engine = processor_time([&] {
        for (std::size_t i = 0; i < repeats; ++i) by_engine(all, 1);
      });
    });
    state.SetIterationTime(engine / each / 1e9);
    state.counters["loop_ns"] = hand / each;
    state.counters["engine_ns"] = engine / each;
    state.counters["allocations"] = static_cast<double>(taken) / each;
  }
}

// A loop in registers that shares nothing.
std::uint64_t in_registers(std::uint64_t from) {
  for (int i = 0; i < 5'000'000; ++i) from = (from ^ (from >> 27)) * 0x94d049bb133111ebU;
  return from;
}

// What a second core of this machine brings at most, now: cores may share more than their name says.
double two_loops_in_registers() {
  std::uint64_t first = 1;
  std::uint64_t second = 2;
  const double alone = wall_time([&] { first = in_registers(first); });
  const double together = wall_time([&] {
    std::thread other([&] { second = in_registers(second); });
    first = in_registers(first);
    other.join();
  });
  benchmark::DoNotOptimize(first);
  benchmark::DoNotOptimize(second);
  return 2 * alone / together;
}

void beside_one_thread(benchmark::State& state, const mix& of) {
  both& all = run_before(state, of);
  for ([[maybe_unused]] auto round : state) {
    const double one = wall_time([&] { by_engine(all, 1); });
    const double two = wall_time([&] { by_engine(all, 2); });
    state.SetIterationTime(two / 1e9);
    state.counters["one_thread_ns"] = one;
    state.counters["two_threads_ns"] = two;
    state.counters["possible"] = two_loops_in_registers();
  }
}

}  // namespace

void register_floor(std::size_t units) {
  constexpr int rounds = 5;
  const auto all = static_cast<std::int64_t>(units);
  for (const mix& of : {mix{"one_fee_by_area", one_fee_tariff(), one_fee()}, mix{"five_kinds_of_fee", five_fees_tariff(), five_fees()}}) {
    const auto in_rounds = [](benchmark::internal::Benchmark* one, int how_many) {
      return one->UseManualTime()->Iterations(1)->Repetitions(how_many)->ReportAggregatesOnly()->Unit(benchmark::kMillisecond);
    };
    in_rounds(benchmark::RegisterBenchmark(of.name.c_str(), beside_the_loop, of), rounds)->Arg(all / 4)->Arg(all / 2)->Arg(all);
    // The clock on the wall jumps more than that of the processor.
    in_rounds(benchmark::RegisterBenchmark((of.name + "_two_threads").c_str(), beside_one_thread, of), 3 * rounds)->Arg(all);
  }
}

}  // namespace dues_bench
