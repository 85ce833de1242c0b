// SPDX-License-Identifier: Apache-2.0
//
// The loops by hand, and their comparison with the engine's lines. Amounts here are positive, so that half
// up is (2a + b) / 2b.
#include "by_hand.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace dues_bench {
namespace {

constexpr std::int64_t half_up(std::int64_t amount, std::int64_t by) { return (2 * amount + by) / (2 * by); }

constexpr std::int64_t lift_price[2][2] = {{60, 10}, {90, 20}};  // [shop][stairs]

// The amount of a whole month as a fraction of cents.
struct fraction {
  std::int64_t amount, by;
};
fraction whole_month(const fee_by_hand& fee, const house& one) {
  switch (fee.what) {
    case kind::by_area: return {one.area_hundredths * fee.price_hundredths, 100};
    case kind::by_table: return {one.area_hundredths * lift_price[one.shop][one.stairs], 100};
    case kind::by_year: return {fee.price_hundredths, 12};
    case kind::by_expression: {
      // max(40, ceil(area) * 0.5) x 0.45, from 20.00 to 35.00, in halves of a cent
      const std::int64_t halves = std::max<std::int64_t>(80, (one.area_hundredths + 99) / 100);
      return {std::clamp<std::int64_t>(halves * fee.price_hundredths, 4000, 7000), 2};
    }
    case kind::flat: return {fee.price_hundredths, 1};
  }
  return {0, 1};
}

}  // namespace

std::vector<fee_by_hand> one_fee() { return {{kind::by_area, 310}}; }

std::vector<fee_by_hand> five_fees() {
  return {{kind::by_area, 310, taxed::inside, 6}, {kind::by_table}, {kind::by_year, 5000}, {kind::by_expression, 45}, {kind::flat, 1500, taxed::on_top, 9}};
}

void one_fee_by_hand(const city& houses, dues::day_range month, std::vector<record>& out) {
  constexpr std::int64_t price_hundredths = 310;
  const std::int64_t divisor = std::int64_t{month.days()} * 100;
  record* to = out.data();
  for (const house& one : houses) {
    const dues::civil_day from = std::max(one.owned_from, month.from);
    const std::int64_t days = month.to - from;
    *to++ = {one.account, one.unit, 0, from, month.to, 0, half_up(one.area_hundredths * price_hundredths * days, divisor)};
  }
}

void fees_by_hand(const city& houses, dues::day_range month, std::span<const fee_by_hand> fees, std::vector<record>& out) {
  const std::int64_t month_days = month.days();
  record* to = out.data();
  for (const house& one : houses) {
    const dues::civil_day from = std::max(one.owned_from, month.from);
    const std::int64_t days = month.to - from;
    std::int32_t place = 0;
    for (const fee_by_hand& fee : fees) {
      const fraction whole = whole_month(fee, one);
      const std::int64_t gross = half_up(whole.amount * days, whole.by * month_days);
      std::int64_t tax = 0;
      if (fee.how == taxed::inside) tax = half_up(gross * fee.percent, 100 + fee.percent);
      else if (fee.how == taxed::on_top) tax = half_up(gross * fee.percent, 100);
      *to++ = {one.account, one.unit, place++, from, month.to, static_cast<std::int32_t>(tax), gross};
    }
  }
}

void same_lines(const city& houses, std::span<const fee_by_hand> fees, const std::vector<record>& hand, const dues::billing& engine) {
  if (engine.lines.size() != hand.size()) throw std::runtime_error("the engine makes " + std::to_string(engine.lines.size()) + " lines, the loop " + std::to_string(hand.size()));
  std::vector<bool> seen(hand.size());
  for (const dues::line& one : engine.lines) {
    const auto fee = static_cast<std::size_t>(one.fee);
    const std::size_t at = one.unit * fees.size() + fee;  // ids of units are in the order of their numbers
    const record& same = hand.at(at);
    const std::int64_t on_top = fees[fee].how == taxed::on_top ? same.tax : 0;
    const bool equal = !seen[at] && one.fault < 0 && same.unit == one.unit && same.fee == one.fee && same.from == one.from && same.to == one.to && same.gross == one.gross &&
                       same.tax == one.tax && one.amount == same.gross + on_top && engine.known->accounts.at(one.account) == account_id(houses[one.unit]);
    if (!equal) throw std::runtime_error("the engine and the loop differ at " + std::string(engine.known->units.at(one.unit)) + ", fee " + std::to_string(one.fee));
    seen[at] = true;
  }
}

}  // namespace dues_bench
