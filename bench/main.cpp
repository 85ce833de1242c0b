// SPDX-License-Identifier: Apache-2.0
//
// dues_bench [--small | --units=N] [--most-times-loop=X] [options of Google Benchmark]
// With a bound it fails when the engine needs more than X times the time of the loop by hand.
#include "city.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace {

// The text after "--name=", when `argument` is that option.
std::string_view option(std::string_view argument, std::string_view name) {
  return argument.starts_with(name) ? argument.substr(name.size()) : std::string_view();
}

}  // namespace

int main(int count, char** arguments) {
  double most_times_loop = 0;
  std::vector<char*> others{arguments[0]};
  for (int i = 1; i < count; ++i) {
    const std::string_view one = arguments[i];
    if (one == "--small") dues_bench::usual_units() = 5'000;
    else if (const auto units = option(one, "--units="); !units.empty()) dues_bench::usual_units() = std::strtoull(units.data(), nullptr, 10);
    else if (const auto most = option(one, "--most-times-loop="); !most.empty()) most_times_loop = std::strtod(most.data(), nullptr);
    else others.push_back(arguments[i]);
  }
  if (dues_bench::usual_units() == 0) {
    std::cerr << "dues_bench: --units=N needs a number above 0\n";
    return 2;
  }
  int left = static_cast<int>(others.size());
  benchmark::Initialize(&left, others.data());
  if (benchmark::ReportUnrecognizedArguments(left, others.data())) return 2;
  try {
    dues_bench::register_one_fee();
    dues_bench::register_others();
    benchmark::RunSpecifiedBenchmarks();
  } catch (const std::exception& wrong) {
    std::cerr << "dues_bench: " << wrong.what() << '\n';
    return 1;
  }
  if (most_times_loop > 0 && dues_bench::least_times_loop() > most_times_loop) {
    std::cerr << "dues_bench: the engine needs " << dues_bench::least_times_loop() << " times the loop's time, more than " << most_times_loop << '\n';
    return 1;
  }
  return 0;
}
