// SPDX-License-Identifier: Apache-2.0
//
// Who pays on which day: the account of the subscription, else the first role in the fee's list
// that has a tenure that day, co-holders by their shares.
#pragma once

#include <dues/rating/pieces.hpp>
#include <dues/value/exact.hpp>

DUES_BEGIN

/// One payer over days on which nobody's share changes.
struct holding {
  day_range days;
  std::uint32_t account = 0;
  exact128 share{1};  ///< of the day, in (0, 1]
};

/// Who pays over `days`, in order of date, then account. Days without a payer have no holding.
void holdings_over(const facts& known, const fee& rule, std::uint32_t unit, const subscription* subscribed, day_range days,
                   std::vector<holding>& out);

/// The first covered day that nobody pays for, if there is one.
std::optional<civil_day> day_without_payer(std::span<const piece> covered, std::span<const holding> holdings);

/// One account's part of a line before it is rounded.
struct payer_part {
  std::uint32_t account = 0;
  day_range hull;  ///< first to last day that it pays for
  exact256 weight;
};

/// Adds a part of an account, or widens the last one when it is his too. order_parts joins the others.
void add_part(std::vector<payer_part>& parts, std::uint32_t account, day_range days, const exact256& weight);

/// Joins the parts of each account. Ties go by the first day within the line, then by account id.
void order_parts(std::vector<payer_part>& parts);

/// Weights by days and shares.
/// @param covered  days that the line charges for, in order
void parts_by_days(std::span<const piece> covered, std::span<const holding> holdings, std::vector<payer_part>& out);

/// Weights by the fee's convention: each tenure in order counts what all days so far count, less
/// what was given; the joiner bears the rest.
void parts_by_convention(const fee_period& what, std::span<const piece> covered, std::span<const holding> holdings, std::vector<payer_part>& out);

DUES_END
