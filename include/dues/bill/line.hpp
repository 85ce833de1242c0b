// SPDX-License-Identifier: Apache-2.0
//
// One charge line: what one account owes for one unit, fee and service period. Amounts are whole
// minor units of the tariff's currency.
#pragma once

#include <dues/facts/facts.hpp>
#include <dues/rating/schedule.hpp>

DUES_BEGIN

struct line {
  std::uint32_t account = id_table::none;       ///< rank in facts; none when a line has no payer
  std::uint32_t unit = 0;
  std::int32_t fee = 0;                         ///< place in the tariff: the order of lines
  std::uint32_t subscription = id_table::none;  ///< place in facts
  std::int32_t adjustment = 0;                  ///< 0: charge; n: the n-th adjustment
  civil_day period;                             ///< first day of the nominal period
  civil_day from, to;                           ///< hull of the days that it charges for
  civil_day issue, due;
  std::int64_t gross = 0;   ///< before discounts and exclusive tax
  std::int64_t tax = 0;
  std::int64_t amount = 0;  ///< gross less discounts, tax included; net = amount - tax
  std::int32_t rate = -1;   ///< into bill_result::rates
  std::int32_t fault = -1;  ///< into bill_result::faults: then the amounts are 0
  std::int8_t quantity_scale = -1, price_scale = -1;  ///< -1: more than one, or none
  std::int64_t quantity = 0, price = 0;

  std::int64_t net() const noexcept { return amount - tax; }
};

/// A tax at one rate, as lines refer to it; no rate: by service days, at several.
struct tax_rate {
  std::int32_t tax = -1;
  std::optional<exact128> rate;
};

/// "tariff/account/unit/fee/subject/period/cause", each percent-escaped: the same for the same
/// charge whenever it is billed.
std::string line_key(const facts& known, const line& one);
/// The key without its cause.
std::string line_key_base(const facts& known, const line& one);
/// "charge", "adjustment:1".
std::string cause_text(const line& one);
/// Id of the subscription, or "-".
std::string_view subject_text(const facts& known, const line& one);
/// A rate as people write it: 0.06 is "6%".
std::string percent_text(const exact128& rate);
/// Minor units as decimal text: 1230 at 2 places is "12.30".
std::string amount_text(int128 units, int places);

DUES_END
