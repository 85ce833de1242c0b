// SPDX-License-Identifier: Apache-2.0
//
// A host that bills one unit at a time, its tariff compiled before: facts come as JSON, the result leaves as
// JSON. In each round C, by libdues, and C++ take turns call by call, so that what else the machine does falls
// on both; each call is timed by itself, in processor time, so that there is a slowest hundredth to tell.
#include "c_door.hpp"

#include "engine.hpp"
#include "stopwatch.hpp"

#include <benchmark/benchmark.h>
#include <dues.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace dues_bench {
namespace {

void need(std::int32_t status) {
  if (status != DUES_OK) throw std::runtime_error(dues_status_name(status));
}

struct tariff_of_both {
  std::shared_ptr<const dues::program> in_cpp;
  dues_tariff* in_c = nullptr;

  explicit tariff_of_both(std::string_view json) : in_cpp(compiled(json)) { need(dues_tariff_compile(json.data(), json.size(), &in_c, nullptr, nullptr)); }
  tariff_of_both(const tariff_of_both&) = delete;
  tariff_of_both& operator=(const tariff_of_both&) = delete;
  ~tariff_of_both() { dues_tariff_free(in_c); }
};

// @returns the result, which the caller frees
dues_text by_c(const dues_tariff* tariff, const std::string& facts_json) {
  dues_loader* loader = nullptr;
  dues_facts* facts = nullptr;
  dues_result* result = nullptr;
  dues_text text = {nullptr, 0};
  dues_run run = DUES_RUN_INIT;
  run.from = billed_month().from.days;
  run.to = billed_month().to.days;
  need(dues_loader_new(tariff, &loader, nullptr));
  need(dues_loader_json(loader, facts_json.data(), facts_json.size(), nullptr));
  need(dues_loader_finish(loader, &facts, nullptr, nullptr));
  need(dues_bill(facts, &run, &result, nullptr));
  need(dues_result_text(result, DUES_JSON, 0, &text, nullptr));
  dues_result_free(result);
  dues_facts_free(facts);
  dues_loader_free(loader);
  return text;
}

std::string by_cpp(const std::shared_ptr<const dues::program>& tariff, const std::string& facts_json) {
  return dues::to_json(bills_of_days(loaded_from_json(tariff, facts_json), billed_month()), false);
}

double at_share(std::vector<double>& times, std::size_t hundredths) {
  const auto place = times.begin() + static_cast<std::ptrdiff_t>(times.size() * hundredths / 100);
  std::nth_element(times.begin(), place, times.end());
  return *place;
}

void one_unit(benchmark::State& state, std::string_view tariff_json) {
  const tariff_of_both tariff(tariff_json);
  const std::string facts = facts_json(make_city(1));
  dues_text first = by_c(tariff.in_c, facts);
  const bool same = std::string_view(first.data, first.size) == by_cpp(tariff.in_cpp, facts);
  dues_text_free(&first);
  if (!same) throw std::runtime_error("C and C++ give different results");
  constexpr std::size_t calls = 2'000;
  std::vector<double> in_c(calls);
  std::vector<double> in_cpp(calls);
  for ([[maybe_unused]] auto round : state) {
    for (std::size_t i = 0; i < calls; ++i) {
      in_c[i] = processor_time([&] {
        dues_text made = by_c(tariff.in_c, facts);
        benchmark::DoNotOptimize(made.data);
        dues_text_free(&made);
      });
      in_cpp[i] = processor_time([&] { benchmark::DoNotOptimize(by_cpp(tariff.in_cpp, facts).data()); });
    }
    state.counters["c_ns"] = at_share(in_c, 50);
    state.counters["cpp_ns"] = at_share(in_cpp, 50);
    state.counters["c_p99_ns"] = at_share(in_c, 99);
    state.SetIterationTime(state.counters["c_ns"] / 1e9);
  }
}

}  // namespace

void register_c_door() {
  constexpr int rounds = 5;
  for (const auto& [name, tariff] : {std::pair("json_to_json_one_unit", one_fee_tariff()), std::pair("json_to_json_one_unit_five_fees", five_fees_tariff())})
    benchmark::RegisterBenchmark(name, one_unit, tariff)->UseManualTime()->Iterations(1)->Repetitions(rounds)->ReportAggregatesOnly()->Unit(benchmark::kMicrosecond);
}

}  // namespace dues_bench
