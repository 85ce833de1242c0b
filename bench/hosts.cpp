// SPDX-License-Identifier: Apache-2.0
//
// Each is the public call as a host makes it; output goes into a sink that only counts its bytes.
#include "hosts.hpp"

#include "engine.hpp"
#include "made_once.hpp"

#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace dues_bench {
namespace {

using facts_ptr = std::shared_ptr<const dues::facts>;

std::size_t size_of(const benchmark::State& state) { return static_cast<std::size_t>(state.range(0)); }
void tell(benchmark::State& state, const char* thing, std::size_t count) { state.counters[thing] = static_cast<double>(count); }

// Different places in turn, out of order: none is found in the cache because it was just there.
template <class Work>
void one_after_another(benchmark::State& state, std::size_t all, Work&& work) {
  constexpr std::size_t step = 1'000'003;  // a prime
  std::size_t at = all / 2;
  for ([[maybe_unused]] auto again : state) {
    work(at);
    at = (at + step) % all;
  }
}

void one_account(benchmark::State& state, const facts_ptr& known, dues::day_range days) {
  tell(state, "accounts_loaded", known->accounts.size());
  one_after_another(state, known->accounts.size(), [&](std::size_t at) {
    benchmark::DoNotOptimize(bills_of_days(known, days, known->accounts.at(static_cast<std::uint32_t>(at))).lines.size());
  });
}

void explain(benchmark::State& state, const dues::billing& made) {
  tell(state, "lines_made", made.lines.size());
  one_after_another(state, made.lines.size(), [&](std::size_t at) {
    if (!dues::explain_line(made, at)) throw std::runtime_error("a line has no explanation");
  });
}

void load(benchmark::State& state, const std::shared_ptr<const dues::program>& tariff, const std::string& units, const std::string& tenures) {
  std::size_t count = 0;
  for ([[maybe_unused]] auto again : state) count = loaded_from_csv(tariff, units, tenures)->units.size();
  tell(state, "units", count);
}

using writer = void (*)(const dues::billing&, const dues::text_sink&);
void as_csv(const dues::billing& made, const dues::text_sink& to) { dues::write_csv(made, to); }
void as_json(const dues::billing& made, const dues::text_sink& to) { dues::write_json(made, to, false); }

void write(benchmark::State& state, const dues::billing& made, writer write_to) {
  tell(state, "lines", made.lines.size());
  std::size_t bytes = 0;
  for ([[maybe_unused]] auto again : state) write_to(made, [&](std::string_view chunk) { bytes += chunk.size(); });
  if (bytes == 0) throw std::runtime_error("nothing was written");
}

std::string content(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + name);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Google Benchmark chooses how often each is repeated; the table has the median of three.
template <class Work>
benchmark::internal::Benchmark* add(const char* name, benchmark::TimeUnit unit, Work work) {
  return benchmark::RegisterBenchmark(name, std::move(work))->Unit(unit)->Repetitions(3)->ReportAggregatesOnly();
}
void in_three_sizes(benchmark::internal::Benchmark* one, std::size_t units) {
  for (const std::size_t part : {4U, 2U, 1U}) one->Arg(static_cast<std::int64_t>(units / part));
}

facts_ptr& city_facts(std::size_t units) {
  return made_once("facts", units, [&] { return loaded(five_fees_tariff(), make_city(units)); });
}
dues::billing& city_bills(std::size_t units) {
  return made_once("bills", units, [&] { return bills_of_days(loaded(five_fees_tariff(), make_city(units)), billed_month()); });
}

}  // namespace

void register_hosts(std::size_t units) {
  in_three_sizes(add("load_from_CSV", benchmark::kMillisecond, [](benchmark::State& state) {
    auto& texts = made_once("csv", size_of(state), [&] {
      const city houses = make_city(size_of(state));
      return std::pair(units_csv(houses), tenures_csv(houses));
    });
    load(state, compiled(five_fees_tariff()), texts.first, texts.second);
  }), units);
  in_three_sizes(add("load_from_JSON", benchmark::kMillisecond, [](benchmark::State& state) {
    const std::string& text = made_once("json", size_of(state), [&] { return facts_json(make_city(size_of(state))); });
    const auto tariff = compiled(five_fees_tariff());
    tell(state, "units", size_of(state));
    for ([[maybe_unused]] auto again : state) benchmark::DoNotOptimize(loaded_from_json(tariff, text));
  }), units);
  add("compile_five_fees", benchmark::kMicrosecond, [](benchmark::State& state) {
    for ([[maybe_unused]] auto again : state) benchmark::DoNotOptimize(compiled(five_fees_tariff()));
  });
  const auto all = static_cast<std::int64_t>(units);
  add("one_account", benchmark::kMicrosecond, [](benchmark::State& state) { one_account(state, city_facts(size_of(state)), billed_month()); })->Arg(all);
  add("explain_one_line", benchmark::kMicrosecond, [](benchmark::State& state) {
    explain(state, made_once("lines", size_of(state), [&] { return lines_of_days(loaded(five_fees_tariff(), make_city(size_of(state))), billed_month()); }));
  })->Arg(all);
  // As many lines as there are units in the city.
  in_three_sizes(add("lines_as_CSV", benchmark::kMillisecond, [](benchmark::State& state) { write(state, city_bills(size_of(state)), as_csv); }), units / five_fees_count);
  in_three_sizes(add("results_as_JSON", benchmark::kMillisecond, [](benchmark::State& state) { write(state, city_bills(size_of(state)), as_json); }), units / five_fees_count);
}

void register_own_files(const own_files& given) {
  const auto tariff = compiled(content(given.tariff));
  const auto units = std::make_shared<std::string>(content(given.units_csv));
  const auto tenures = std::make_shared<std::string>(given.tenures_csv.empty() ? std::string() : content(given.tenures_csv));
  const facts_ptr known = loaded_from_csv(tariff, *units, *tenures);
  const auto made = std::make_shared<dues::billing>(bills_of_days(known, given.days));
  if (made->lines.empty()) throw std::runtime_error("there are no lines from " + dues::to_text(given.days.from) + " to " + dues::to_text(given.days.to));
  const dues::day_range days = given.days;
  add("load_from_CSV", benchmark::kMillisecond, [=](benchmark::State& state) { load(state, tariff, *units, *tenures); });
  add("lines", benchmark::kMillisecond, [=](benchmark::State& state) {
    dues::billing lines = lines_of_days(known, days);
    tell(state, "lines", lines.lines.size());
    for ([[maybe_unused]] auto again : state) lines = lines_of_days(known, days, 1, std::move(lines));
  });
  add("one_account", benchmark::kMicrosecond, [=](benchmark::State& state) { one_account(state, known, days); });
  add("explain_one_line", benchmark::kMicrosecond, [=](benchmark::State& state) { explain(state, *made); });
  add("lines_as_CSV", benchmark::kMillisecond, [=](benchmark::State& state) { write(state, *made, as_csv); });
  add("results_as_JSON", benchmark::kMillisecond, [=](benchmark::State& state) { write(state, *made, as_json); });
}

}  // namespace dues_bench
