// SPDX-License-Identifier: Apache-2.0
//
// A made-up city to measure with: flats and shops with attributes that change over time, and their
// owners. The same size gives the same city on every machine.
#pragma once

#include <dues/dues.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace dues_bench {

/// One unit as the loop by hand reads it: what holds in the month that is billed.
struct plain_unit {
  std::uint32_t account = 0;      ///< number of the owner
  dues::civil_day owned_from;     ///< a tenth of them inside the month
  std::int64_t area_hundredths = 0;
};

struct city {
  std::string facts_json;
  std::string units_csv;  ///< the same units, each with its owner and one row
  std::vector<plain_unit> units;
};

/// The month that is billed.
inline dues::day_range billed_month() { return {*dues::day_from(2026, 7, 1), *dues::day_from(2026, 8, 1)}; }
inline constexpr std::int64_t price_hundredths = 310;  ///< of the fee by area, in that month

/// Of `units` units: one in ten is handed over inside the month, one in five was measured anew in an
/// earlier year, one in twenty was resold to an account whose number is out of the order of units.
city make_city(std::size_t units);

/// One fee: area x price, by the month.
const char* one_fee_tariff();
/// Five kinds of fees: by area at a dated price; by a table; by the year; by an expression with
/// limits; flat, with tax on top.
const char* five_fees_tariff();

/// Both throw std::runtime_error with the diagnostics when something is wrong with our own documents.
std::shared_ptr<const dues::program> compiled(const char* tariff_json);
std::shared_ptr<const dues::facts> loaded(const std::shared_ptr<const dues::program>& tariff, const city& from);
/// The same from a table of CSV.
std::shared_ptr<const dues::facts> loaded_from_csv(const std::shared_ptr<const dues::program>& tariff, const city& from);
/// Bills the month. @throws std::runtime_error when there is a diagnostic
dues::billing billed(const std::shared_ptr<const dues::facts>& known, const std::string& account = {});

/// The lines of the month alone, in the memory of an earlier result.
dues::billing billed_again(const std::shared_ptr<const dues::facts>& known, dues::billing reused);

/// Units in the city of the usual benches; set once by main.
std::size_t& usual_units();
/// The least times_loop of any size; 0 before the first. Read by main for its bound.
double& least_times_loop();

void register_one_fee();
void register_others();

}  // namespace dues_bench
