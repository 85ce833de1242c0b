// SPDX-License-Identifier: Apache-2.0
//
// Ten discounts over the five fees, of every kind that facts decide: of some units, above an amount of the
// bill, the best of two, in a window, borne by a partner, capped each and all together. Each round runs
// without and with them, so that what else the machine does falls on both.
#include "discounts.hpp"

#include "engine.hpp"
#include "made_once.hpp"
#include "stopwatch.hpp"

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>

namespace dues_bench {
namespace {

// The tariff of five fees with a section more.
std::string five_fees_with(const std::string& section) {
  const std::string_view tariff = five_fees_tariff();
  return std::string(tariff.substr(0, tariff.rfind('}'))) + ", " + section + "}";
}

constexpr const char* ten_discounts = R"json("discounts": [
  {"id": "flats", "of": ["management"], "where": "unit.use = 'flat'", "give": {"percent": "5%"}},
  {"id": "stairs", "of": ["lifts"], "where": "unit.access = 'stairs'", "give": {"percent": "50%"}},
  {"id": "large", "of": ["management", "lifts"], "when": {"condition": "unit.area > 120"}, "give": {"amount": "8.00"}},
  {"id": "best", "best_of": [
    {"id": "small", "of": ["management", "waste"], "when": {"condition": "unit.area <= 60"}, "give": {"percent": "3%"}},
    {"id": "six", "of": ["management", "waste"], "give": {"amount": "6.00"}}]},
  {"id": "from_300", "of": ["management", "lifts", "repairs"], "when": {"condition": "bill.gross >= 300"}, "give": {"amount": "20.00"}},
  {"id": "spring", "of": ["guard"], "window": {"of": "service", "from": "2026-03-01", "through": "2026-05-31"}, "give": {"percent": "10%"}},
  {"id": "market", "of": ["guard"], "give": {"percent": "20%"}, "at_most": {"amount": "2.00", "per": "line"}, "funded_by": {"partner": "market"}},
  {"id": "waste", "of": ["waste"], "works_on": "gross", "give": {"percent": "12.5%"}},
  {"id": "all", "of": ["management", "lifts", "waste", "repairs", "guard"], "give": {"percent": "1%"}, "at_most": {"amount": "10.00", "per": "bill"}}],
  "discount_limits": [{"per": "bill", "at_most": {"percent": "30%"}}])json";

struct city_twice {
  std::shared_ptr<const dues::facts> plain, discounted;
};

city_twice make_twice(std::size_t units) {
  city_twice all;
  const city houses = make_city(units);
  all.plain = loaded(five_fees_tariff(), houses);
  all.discounted = loaded(five_fees_with(ten_discounts), houses);
  return all;
}

// Bills, over whose lines discounts work.
void ten(benchmark::State& state) {
  const auto units = static_cast<std::size_t>(state.range(0));
  city_twice& all = made_once("ten_discounts", units, [&] { return make_twice(units); });
  const auto granted = bills_of_days(all.discounted, billed_month()).granted.size();
  if (granted < 4 * units) throw std::runtime_error("the discounts do not come as they should");
  const auto run = [](const std::shared_ptr<const dues::facts>& known) { benchmark::DoNotOptimize(bills_of_days(known, billed_month()).bills.size()); };
  for ([[maybe_unused]] auto round : state) {
    const double plain = processor_time([&] { run(all.plain); });
    const double discounted = processor_time([&] { run(all.discounted); });
    state.SetIterationTime(discounted / 1e9);
    state.counters["undiscounted_ns"] = plain;
    state.counters["discounted_ns"] = discounted;
  }
  state.counters["accounts"] = static_cast<double>(units);
}

// Half of them for some units only, a tenth above an amount.
std::string two_hundred_discounts() {
  std::string text = "\"discounts\": [";
  for (int i = 0; i < 200; ++i) {
    text += std::string(i == 0 ? "" : ", ") + R"({"id": "d)" + std::to_string(i) + R"(", "of": ["management", "lifts", "waste", "repairs", "guard"], "give": )";
    text += i % 3 == 0 ? R"({"amount": "0.10"})" : R"({"percent": "0.5%"})";
    if (i % 2 == 0) text += R"(, "where": "unit.use = 'flat' and unit.area > )" + std::to_string(20 + i) + "\"";
    if (i % 10 == 5) text += R"(, "when": {"condition": "bill.gross >= 200"})";
    text += "}";
  }
  return text + "]";
}

void two_hundred(benchmark::State& state) {
  const auto units = static_cast<std::size_t>(state.range(0));
  auto& known = made_once("two_hundred_discounts", units, [&] { return loaded(five_fees_with(two_hundred_discounts()), make_city(units)); });
  constexpr std::size_t step = 1'000'003;  // a prime: no account is found in the cache because its neighbour was just there
  std::size_t at = units / 2;
  for ([[maybe_unused]] auto again : state) {
    benchmark::DoNotOptimize(bills_of_days(known, billed_month(), known->accounts.at(static_cast<std::uint32_t>(at))).granted.size());
    at = (at + step) % known->accounts.size();
  }
}

}  // namespace

void register_discounts(std::size_t units) {
  constexpr int rounds = 5;
  benchmark::RegisterBenchmark("ten_discounts", ten)->UseManualTime()->Iterations(1)->Repetitions(rounds)->ReportAggregatesOnly()->Unit(benchmark::kMillisecond)->Arg(static_cast<std::int64_t>(units));
  benchmark::RegisterBenchmark("two_hundred_discounts_of_one_account", two_hundred)->Repetitions(3)->ReportAggregatesOnly()->Unit(benchmark::kMicrosecond)->Arg(static_cast<std::int64_t>(units));
}

}  // namespace dues_bench
