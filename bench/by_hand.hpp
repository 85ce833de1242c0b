// SPDX-License-Identifier: Apache-2.0
//
// The loops that a programmer would write who knows these rules when he compiles: one fee, or a table of
// fees with a switch over their kinds. They are what the engine's time is held against; both must give the
// same cents.
#pragma once

#include "city.hpp"

#include <dues/bill/bill.hpp>

#include <span>
#include <vector>

namespace dues_bench {

/// A line by hand. Tax is inside gross or on top of it, as the fee says.
struct record {
  std::uint32_t account = 0, unit = 0;
  std::int32_t fee = 0;
  dues::civil_day from, to;
  std::int32_t tax = 0;
  std::int64_t gross = 0;
};
static_assert(sizeof(record) == 32);

/// area x price x days / days of the month, half up, into out[place of the unit].
void one_fee_by_hand(const city& houses, dues::day_range month, std::vector<record>& out);

enum class kind : std::uint8_t { by_area, by_table, by_year, by_expression, flat };
enum class taxed : std::uint8_t { no, inside, on_top };

struct fee_by_hand {
  kind what = kind::flat;
  std::int64_t price_hundredths = 0;
  taxed how = taxed::no;
  std::int64_t percent = 0;
};
/// The fees of one_fee_tariff() and of five_fees_tariff(), in their order.
std::vector<fee_by_hand> one_fee();
std::vector<fee_by_hand> five_fees();

/// Any of the five kinds, into out[fees x place of the unit + place of the fee].
void fees_by_hand(const city& houses, dues::day_range month, std::span<const fee_by_hand> fees, std::vector<record>& out);

/// Whether every line of the engine has its record and every record its line, with the same account, unit,
/// fee, days, gross, tax and amount. @throws std::runtime_error that names the first unit where not
void same_lines(const city& houses, std::span<const fee_by_hand> fees, const std::vector<record>& hand, const dues::billing& engine);

}  // namespace dues_bench
