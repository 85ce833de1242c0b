// SPDX-License-Identifier: Apache-2.0
//
// Tax on a line: inclusive net = round(gross / (1 + rate)), exclusive tax = round(net x rate); per
// line, or once per bill and rate with the tax spread by the lines' amounts.
#pragma once

#include <dues/bill/line.hpp>

DUES_BEGIN

/// The rate that stands on `day`; nothing before the first or after "none".
/// A rate reads no facts, only the tariff's own values.
std::optional<exact128> rate_on(const program& tariff, const tax_rule& rule, civil_day day);

/// Tax in minor units of a base that includes it or not.
/// @returns nothing when it does not fit
std::optional<std::int64_t> tax_of(const tax_rule& rule, const exact128& rate, std::int64_t gross, int minor_units);

/// Whether a tax is computed once for each bill and rate.
bool taxes_by_bill(const program& tariff);

/// What tax by service days comes to.
struct taxed_days {
  bool any = false;                ///< whether a rate stands on any day
  std::optional<exact128> rate;    ///< when one rate stands on all days
  std::optional<std::int64_t> tax; ///< nothing when it does not fit
};

/// How many charged days one rate stands; no rate: untaxed.
struct rate_span {
  std::int64_t days = 0;
  std::optional<exact128> rate;
};
/// In order of date. @param charged  days that the line charges for, in order
std::vector<rate_span> rates_over(const program& tariff, const tax_rule& rule, std::span<const day_range> charged);

/// Tax by service days: the gross is divided by charged days among the rates in force, each part taxed.
taxed_days tax_by_days(const program& tariff, const tax_rule& rule, std::int64_t gross, std::span<const day_range> charged);

/// One tax for the lines of one bill, tax and rate; spread by what of each is taxed.
/// @param lines  in the order in which ties go; their amounts have no tax yet
/// @param bases  of each line, the gross less what lowers its tax
/// @returns false when it does not fit; then the lines are as they were
bool spread_bill_tax(const program& tariff, const tax_rate& at, std::span<line> lines, std::span<const std::int64_t> bases);

DUES_END
