// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/discount/impl/bill_discounts.hpp>

#include <algorithm>

DUES_BEGIN

discount_stage::discount_stage(const facts& known) : works_(std::make_unique<detail::bill_discounts>(known)) {}
discount_stage::~discount_stage() = default;
void discount_stage::lower(std::span<line> lines, std::span<const tax_rate> rates, std::vector<diagnostic>& faults, std::vector<granted_discount>& granted, prepaid_lines prepaid) {
  works_->lower(lines, rates, faults, granted, prepaid);
}

std::vector<discount_note> note_discounts(const facts& known, std::vector<line> lines, std::span<const tax_rate> rates, std::size_t of_line, prepaid_lines prepaid) {
  detail::bill_discounts discounts(known);
  std::vector<diagnostic> faults;
  std::vector<granted_discount> granted;
  discounts.note(of_line);
  discounts.lower(lines, rates, faults, granted, prepaid);
  return discounts.notes();
}

std::int64_t taxed_gross(const program& tariff, const line& one, std::span<const granted_discount> of_line) {
  std::int64_t base = one.gross;
  for (const granted_discount& each : of_line) {
    const discount& by = tariff.discounts[static_cast<std::size_t>(each.discount)];
    if (by.lowers_tax.value_or(by.partner.empty())) base -= each.amount;
  }
  return base;
}

bool has_computed_discounts(const program& tariff, const fee& rule) {
  return std::any_of(rule.discounts.begin(), rule.discounts.end(), [&](std::int32_t one) { return tariff.discounts[static_cast<std::size_t>(one)].computed; });
}

bool lowers_by_bill(const program& tariff) {
  return std::any_of(tariff.fees.begin(), tariff.fees.end(), [&](const fee& one) { return has_computed_discounts(tariff, one); });
}

DUES_END
