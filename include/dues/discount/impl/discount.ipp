// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/discount/impl/lower_block.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

/// Bills that come one by one, as lines: each in a block of its own.
struct single_bills {
  explicit single_bills(const facts& known) : plan(known, {first_day, first_day}, false), works(known, plan) {}

  void lower(std::span<line> lines, std::span<const tax_rate> rates, std::vector<diagnostic>& faults, std::vector<granted_discount>& granted, prepaid_lines prepaid) {
    block.clear();
    rows.resize(lines.size());
    std::iota(rows.begin(), rows.end(), 0U);
    for (const line& one : lines) block.add(one);
    works.open(block, rates, faults);
    works.lower(rows, granted, prepaid);
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = block.at(i);
  }

  discount_plan plan;
  bill_discounts works;
  line_block block;
  std::vector<std::uint32_t> rows;
};

std::shared_ptr<const discount_plan> block_lowering::plan(const facts& known, day_range days, bool many) { return std::make_shared<const discount_plan>(known, days, many); }
block_lowering::block_lowering(const facts& known, std::shared_ptr<const discount_plan> plan) : works_(std::make_unique<block_discounts>(known, std::move(plan))) {}
block_lowering::~block_lowering() = default;
void block_lowering::lower(line_block& block, std::span<const tax_rate> rates, std::vector<diagnostic>& faults, std::vector<granted_discount>& granted) {
  works_->lower(block, rates, faults, granted);
}

}  // namespace detail

discount_stage::discount_stage(const facts& known) : works_(std::make_unique<detail::single_bills>(known)) {}
discount_stage::~discount_stage() = default;
void discount_stage::lower(std::span<line> lines, std::span<const tax_rate> rates, std::vector<diagnostic>& faults, std::vector<granted_discount>& granted, prepaid_lines prepaid) {
  works_->lower(lines, rates, faults, granted, prepaid);
}

std::vector<discount_note> note_discounts(const facts& known, std::vector<line> lines, std::span<const tax_rate> rates, std::size_t of_line, prepaid_lines prepaid) {
  detail::single_bills bills(known);
  std::vector<diagnostic> faults;
  std::vector<granted_discount> granted;
  bills.works.note(of_line);
  bills.lower(lines, rates, faults, granted, prepaid);
  return bills.works.notes();
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
