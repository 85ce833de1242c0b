// SPDX-License-Identifier: Apache-2.0
//
// dues_bench [--units=N] [options of Google Benchmark]
// dues_bench --units-csv=FILE [--tenures-csv=FILE] --tariff=FILE --from=DAY --to=DAY [options of Google Benchmark]
// Ends with 2 when it is called wrongly, with 3 when it cannot measure. table.py judges what it writes with
// --benchmark_out=FILE: a figure needs the machine, the compiler and the day, so they are written as well.
#include "c_door.hpp"
#include "discounts.hpp"
#include "floor.hpp"
#include "hosts.hpp"
#include "penalty.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace {

constexpr const char* help =
    "dues_bench [--units=N]\n"
    "  measures on a made-up city of N units (1000000)\n"
    "dues_bench --units-csv=FILE [--tenures-csv=FILE] --tariff=FILE --from=DAY --to=DAY\n"
    "  measures on files of your own; days are half-open\n"
    "Options of Google Benchmark may follow, such as --benchmark_filter=REGEX and --benchmark_out=FILE.\n";

struct wrong_call : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Our options and their values; "" where one is not given.
using options = std::map<std::string, std::string, std::less<>>;

// Takes our options out of `arguments`; the others are Google Benchmark's.
options taken_out_of(std::vector<char*>& arguments) {
  options given{{"--units", ""}, {"--units-csv", ""}, {"--tenures-csv", ""}, {"--tariff", ""}, {"--from", ""}, {"--to", ""}};
  std::erase_if(arguments, [&](std::string_view one) {
    const std::size_t equals = one.find('=');
    const auto at = equals == one.npos ? given.end() : given.find(one.substr(0, equals));
    if (at == given.end()) return false;
    at->second = one.substr(equals + 1);
    return true;
  });
  return given;
}

std::size_t units_from(const std::string& text) {
  constexpr std::size_t usual = 1'000'000, least = 1'000, most = 4'000'000;  // lines of five fees are bounded by the run's limit
  if (text.empty()) return usual;
  std::size_t units = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), units);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || units < least || units > most) throw wrong_call("--units needs a number from 1000 to 4000000");
  return units;
}

dues::civil_day day_from(const std::string& text, const char* option) {
  const auto day = dues::parse_day(text);
  if (!day) throw wrong_call(std::string(option) + " needs a day such as 2026-07-01");
  return *day;
}

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name")) return line.substr(std::min(line.size(), line.find(':') + 2));
  return "unknown processor";
}

constexpr const char* compiler =
#if defined(__clang__)
    "clang " __clang_version__ " " DUES_BENCH_FLAGS;
#elif defined(__GNUC__)
    "g++ " __VERSION__ " " DUES_BENCH_FLAGS;
#else
    "unknown compiler " DUES_BENCH_FLAGS;
#endif

// @returns what is measured, in words
std::string register_what(const options& given) {
  const auto value = [&](const char* name) { return given.at(name); };
  if (value("--units-csv").empty()) {
    const std::size_t units = units_from(value("--units"));
    dues_bench::register_floor(units);
    dues_bench::register_hosts(units);
    dues_bench::register_c_door(units);
    dues_bench::register_penalties(units);
    dues_bench::register_discounts(units);
    return "a made-up city of " + std::to_string(units) + " units";
  }
  const dues_bench::own_files files{value("--units-csv"), value("--tenures-csv"), value("--tariff"), {day_from(value("--from"), "--from"), day_from(value("--to"), "--to")}};
  if (files.tariff.empty()) throw wrong_call("--units-csv needs --tariff");
  if (files.days.empty()) throw wrong_call("--from must be before --to");
  dues_bench::register_own_files(files);
  return files.units_csv;
}

}  // namespace

int main(int count, char** given) {
  std::vector<char*> arguments(given, given + count);
  try {
    const options ours = taken_out_of(arguments);
    int left = static_cast<int>(arguments.size());
    benchmark::Initialize(&left, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(left, arguments.data())) throw wrong_call("it does not know all of its options");
    benchmark::AddCustomContext("of", register_what(ours));
    benchmark::AddCustomContext("processor", processor());
    benchmark::AddCustomContext("compiler", compiler);
    if (benchmark::RunSpecifiedBenchmarks() == 0) throw wrong_call("no benchmark is called so");
    return 0;
  } catch (const wrong_call& wrong) {
    std::cerr << "dues_bench: " << wrong.what() << '\n' << help;
    return 2;
  } catch (const std::exception& wrong) {
    std::cerr << "dues_bench: " << wrong.what() << '\n';
    return 3;
  }
}
