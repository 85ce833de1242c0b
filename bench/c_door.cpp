// SPDX-License-Identifier: Apache-2.0
//
// A host that bills one unit at a time, its tariff compiled before: facts come as JSON, the result leaves as
// JSON. C, by libdues, and C++ take turns every hundred calls, so that what else the machine does falls on both;
// call by call each would find the other's code in the processor's caches, where a host has only one of them.
// Each call is timed by itself, in processor time, so that there is a slowest hundredth to tell. And a host that
// has its tables in Arrow and wants the lines so: in C++ it reads and writes the columns by hand.
#include "c_door.hpp"

#include "arrow_by_hand.hpp"
#include "engine.hpp"
#include "made_once.hpp"
#include "stopwatch.hpp"

#include <benchmark/benchmark.h>
#include <dues.h>
#include <dues_arrow.h>

#include <algorithm>
#include <memory>
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
  constexpr std::size_t turn = 100;
  std::vector<double> in_c(calls);
  std::vector<double> in_cpp(calls);
  for ([[maybe_unused]] auto round : state) {
    for (std::size_t from = 0; from < calls; from += turn) {
      for (std::size_t i = from; i < from + turn; ++i) {
        in_c[i] = processor_time([&] {
          dues_text made = by_c(tariff.in_c, facts);
          benchmark::DoNotOptimize(made.data);
          dues_text_free(&made);
        });
      }
      for (std::size_t i = from; i < from + turn; ++i) in_cpp[i] = processor_time([&] { benchmark::DoNotOptimize(by_cpp(tariff.in_cpp, facts).data()); });
    }
    state.counters["c_ns"] = at_share(in_c, 50);
    state.counters["cpp_ns"] = at_share(in_cpp, 50);
    state.counters["c_p99_ns"] = at_share(in_c, 99);
    state.SetIterationTime(state.counters["c_ns"] / 1e9);
  }
}

struct arrow_city {
  text_table units, tenures;
  tariff_of_both tariff{one_fee_tariff()};
  explicit arrow_city(const city& of) : units(units_csv(of)), tenures(tenures_csv(of)) {}
};

std::int64_t arrow_by_c(arrow_city& from) {
  dues_loader* loader = nullptr;
  dues_facts* facts = nullptr;
  dues_result* result = nullptr;
  dues_run run = DUES_RUN_INIT;
  run.from = billed_month().from.days;
  run.to = billed_month().to.days;
  run.flags = DUES_LINES_ONLY;
  need(dues_loader_new(from.tariff.in_c, &loader, nullptr));
  ArrowArrayStream units = from.units.stream();
  ArrowArrayStream tenures = from.tenures.stream();
  need(dues_loader_arrow(loader, "units", 5, &units, nullptr));
  need(dues_loader_arrow(loader, "tenures", 7, &tenures, nullptr));
  need(dues_loader_finish(loader, &facts, nullptr, nullptr));
  dues_loader_free(loader);
  need(dues_bill(facts, &run, &result, nullptr));
  ArrowArrayStream lines = {};
  need(dues_result_arrow(result, &lines, nullptr));
  std::int64_t sum = 0;
  for (ArrowArray batch = {}; lines.get_next(&lines, &batch) == 0 && batch.release != nullptr; batch.release(&batch)) {
    constexpr std::size_t amount = 15;  // its place among the columns
    const auto* const amounts = static_cast<const std::int64_t*>(batch.children[amount]->buffers[1]);
    for (std::int64_t i = 0; i < batch.length; ++i) sum += amounts[2 * i];
  }
  lines.release(&lines);
  dues_result_free(result);
  dues_facts_free(facts);
  return sum;
}

std::int64_t arrow_by_cpp(arrow_city& from) {
  dues::facts_loader loader(from.tariff.in_cpp);
  from.units.load(loader, "units");
  from.tenures.load(loader, "tenures");
  dues::facts_result facts = loader.finish();
  if (facts.loaded == nullptr) throw std::runtime_error("the facts cannot be used");
  return lines_into_arrow(lines_of_days(facts.loaded, billed_month()));
}

void arrow_to_arrow(benchmark::State& state) {
  const auto units = static_cast<std::size_t>(state.range(0));
  arrow_city& from = made_once("arrow", units, [&] { return std::make_unique<arrow_city>(make_city(units)); }).operator*();
  state.counters["units"] = static_cast<double>(units);
  for ([[maybe_unused]] auto round : state) {
    std::int64_t sum_in_c = 0;
    std::int64_t sum_in_cpp = 0;
    const double in_cpp = processor_time([&] { sum_in_cpp = arrow_by_cpp(from); });
    const double in_c = processor_time([&] { sum_in_c = arrow_by_c(from); });
    if (sum_in_c != sum_in_cpp) throw std::runtime_error("C and C++ give different amounts");
    state.counters["c_ns"] = in_c;
    state.counters["cpp_ns"] = in_cpp;
    state.SetIterationTime(in_c / 1e9);
  }
}

}  // namespace

void register_c_door(std::size_t units) {
  constexpr int rounds = 5;
  for (const auto& [name, tariff] : {std::pair("json_to_json_one_unit", one_fee_tariff()), std::pair("json_to_json_one_unit_five_fees", five_fees_tariff())})
    benchmark::RegisterBenchmark(name, one_unit, tariff)->UseManualTime()->Iterations(1)->Repetitions(rounds)->ReportAggregatesOnly()->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("arrow_to_arrow", arrow_to_arrow)->UseManualTime()->Iterations(1)->Repetitions(rounds)->ReportAggregatesOnly()->Unit(benchmark::kMillisecond)->Arg(static_cast<std::int64_t>(units));
}

}  // namespace dues_bench
