// SPDX-License-Identifier: Apache-2.0
//
// Penalties of a whole portfolio at once. Where the policy is a rate on principal, what a unit of money has
// borne by each day is summed up once, and each receivable costs two look-ups a payment, however old it is.
#pragma once

#include <dues/penalty/accrual.hpp>

#include <span>

DUES_BEGIN

/// Receivables of one policy, as columns of equal length. Only read.
struct overdue_columns {
  std::span<const std::int64_t> principal;    ///< minor units, not negative
  std::span<const civil_day> due;
  std::span<const std::uint32_t> paid_until;  ///< where each receivable's payments end in the next two; empty: none paid
  std::span<const civil_day> paid_on;         ///< rising within a receivable
  std::span<const std::int64_t> paid;         ///< minor units, not negative

  std::size_t size() const noexcept { return principal.size(); }
};

/// The total to date of one component of each receivable, as accrue() gives it.
/// @param penalty    into program::penalties; counted per receivable
/// @param component  into its components; it bears on principal alone
/// @param totals     as long as the columns; minor units. What failed, or does not fit 64 bits, is 0 and told in `found`
/// @returns false when something was told
/// Cost: the days from the earliest due date once, then per receivable its payments - where the component is a plain
/// percentage or reference per day or year of 365 or 360 days, from the due date, without grace, left-out days
/// being none, with literal limits. Any other component costs what accrue() does.
bool accrue_columns(const penalty_terms& terms, std::int32_t penalty, std::size_t component, const overdue_columns& of, civil_day as_of, std::span<std::int64_t> totals,
                    diagnostics& found);

DUES_END
