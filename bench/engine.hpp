// SPDX-License-Identifier: Apache-2.0
//
// The public calls that are measured, and the two tariffs of the city. Every one throws std::runtime_error
// with the diagnostics when it finds a mistake: what is measured must be right.
#pragma once

#include "city.hpp"

#include <dues/dues.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace dues_bench {

/// One fee: area x price, by the month.
std::string_view one_fee_tariff();
/// Five kinds of fee: by area at a dated price with tax inside; by a table; by the year; by an
/// expression with limits; flat, with tax on top.
std::string_view five_fees_tariff();
inline constexpr std::size_t five_fees_count = 5;

std::shared_ptr<const dues::program> compiled(std::string_view tariff_json);

/// @param tenures_csv  may be empty, when rows of units say who holds them
std::shared_ptr<const dues::facts> loaded_from_csv(const std::shared_ptr<const dues::program>& tariff, std::string_view units_csv, std::string_view tenures_csv);
std::shared_ptr<const dues::facts> loaded_from_json(const std::shared_ptr<const dues::program>& tariff, std::string_view facts_json);
/// The city under a tariff, by CSV.
std::shared_ptr<const dues::facts> loaded(std::string_view tariff_json, const city& from);

/// The lines of `days`, in the memory of an earlier result.
dues::billing lines_of_days(const std::shared_ptr<const dues::facts>& known, dues::day_range days, unsigned threads = 1, dues::billing reused = {});
/// Lines and bills of `days`; of one account when it is not empty.
dues::billing bills_of_days(const std::shared_ptr<const dues::facts>& known, dues::day_range days, std::string_view account = {});

}  // namespace dues_bench
