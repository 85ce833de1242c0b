// SPDX-License-Identifier: Apache-2.0
//
// Bodies of bill_discounts that write lowered lines: their tax, or why they have none. Included by
// bill_discounts.hpp.
#pragma once

#include <dues/discount/impl/bill_discounts.hpp>

DUES_BEGIN

namespace detail {

inline void bill_discounts::refuse(std::size_t i, diagnostic why) {
  if (block_->fault[rows_[i]] >= 0) return;  // one reason is enough
  line one = full(i);
  one.gross = one.tax = one.amount = 0;
  one.quantity_scale = one.price_scale = -1;
  one.quantity = one.price = 0;
  one.rate = -1;
  one.fault = static_cast<std::int32_t>(faults_->size());
  faults_->push_back(std::move(why));
  block_->set(rows_[i], one);
}

// The tax of a lowered line; one by the bill follows later.
inline bool bill_discounts::tax(std::size_t i, std::span<const granted_discount> of_line) {
  const std::uint32_t row = rows_[i];
  std::int64_t left = gross_[i];
  std::int64_t base = gross_[i];
  for (const granted_discount& each : of_line) {
    left -= each.amount;
    if (planned(each.discount).lowers_tax) base -= each.amount;
  }
  const std::int32_t rate = block_->rate[row];
  if (rate < 0) {
    block_->added.set(row, left - gross_[i]);
    return true;
  }
  const plain_tax& plain = taxes_[static_cast<std::size_t>(rate)];
  if (!plain.fits(base)) return tax_exactly(i, left, base);
  const std::int64_t tax = plain.of(base);
  const bool included = tariff_.taxes[static_cast<std::size_t>(rates_[static_cast<std::size_t>(rate)].tax)].included;
  std::int64_t amount = left;
  if (!included && add_overflows(left, tax, amount)) return false;
  block_->tax.set(row, tax);
  block_->added.set(row, amount - gross_[i]);
  return true;
}

inline bool bill_discounts::tax_exactly(std::size_t i, std::int64_t left, std::int64_t base) {
  line one = full(i);
  const fee& rule = tariff_.fees[static_cast<std::size_t>(one.fee)];
  const tax_rule& by = tariff_.taxes[static_cast<std::size_t>(rule.tax)];
  one.amount = left;
  if (by.scope != tax_scope::per_bill || by.moment == tax_moment::service_days) {
    const std::optional<std::int64_t> tax = by.moment == tax_moment::service_days ? tax_by_days(tariff_, by, base, days_.charged(one)).tax
                                                                                  : tax_of(by, *rates_[static_cast<std::size_t>(one.rate)].rate, base, tariff_.minor_units);
    if (!tax || add_overflows(left, by.included ? 0 : *tax, one.amount)) return false;
    one.tax = *tax;
  }
  block_->set(rows_[i], one);
  return true;
}

}  // namespace detail

DUES_END
