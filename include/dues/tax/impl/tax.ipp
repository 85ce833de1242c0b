// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/rating/context.hpp>
#include <dues/tax/tax.hpp>

DUES_BEGIN

namespace detail {

inline exact128 units_to_amount(std::int64_t units, int places) { return exact128(*decimal::make(int128(units), places)); }

}  // namespace detail

std::optional<exact128> rate_on(const program& tariff, const tax_rule& rule, civil_day day) {
  const int at = rule.rate.index_on(day);
  if (at < 0 || !rule.rate.at(static_cast<std::size_t>(at))) return std::nullopt;
  static const facts nothing;
  no_trace silent;
  rating_context<int128, no_trace> context(tariff, nothing, silent);
  context.day = day;
  operand<int128> out;
  if (!context.compute(*rule.rate.at(static_cast<std::size_t>(at)), out)) return std::nullopt;
  return out.number;
}

std::optional<std::int64_t> tax_of(const tax_rule& rule, const exact128& rate, std::int64_t gross, int minor_units) {
  const exact128 base = detail::units_to_amount(gross, minor_units);
  const exact128 one(std::int64_t{1});
  if (rule.included && (one + rate).sign() <= 0) return std::nullopt;  // a rate of -100 % leaves nothing to tax
  const exact128 exact_part = rule.included ? base / (one + rate) : base * rate;
  int128 rounded;
  if (!exact_part.round(rule.places, rule.mode, rounded)) return std::nullopt;
  const auto part = to_int64(int128(rounded * pow10_128(minor_units - rule.places)));
  if (!part) return std::nullopt;
  return rule.included ? gross - *part : *part;
}

std::vector<rate_span> rates_over(const program& tariff, const tax_rule& rule, std::span<const day_range> charged) {
  std::vector<rate_span> spans;
  std::vector<civil_day> starts;
  for (const day_range days : charged) {
    starts.assign(1, days.from);
    const auto cut = [&](civil_day day) { starts.push_back(day); };
    rule.rate.cuts(days, cut);
    for (const named_value& value : tariff.values) value.is.cuts(days, cut);  // a rate may read values
    std::sort(starts.begin(), starts.end());
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::int64_t length = (i + 1 < starts.size() ? starts[i + 1] : days.to) - starts[i];
      auto rate = rate_on(tariff, rule, starts[i]);
      if (!spans.empty() && spans.back().rate == rate) spans.back().days += length;
      else spans.push_back({length, std::move(rate)});
    }
  }
  return spans;
}

taxed_days tax_by_days(const program& tariff, const tax_rule& rule, std::int64_t gross, std::span<const day_range> charged) {
  taxed_days found;
  const std::vector<rate_span> spans = rates_over(tariff, rule, charged);
  std::vector<int128> weights;
  for (const rate_span& span : spans) {
    weights.emplace_back(span.days);
    found.any = found.any || span.rate.has_value();
  }
  if (spans.size() == 1) found.rate = spans[0].rate;
  std::vector<int128> parts(weights.size());
  if (!split(int128(gross), std::span<const int128>(weights), division::largest_remainder, 0, parts)) return found;
  std::int64_t tax = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!spans[i].rate) continue;
    const auto part = tax_of(rule, *spans[i].rate, static_cast<std::int64_t>(parts[i]), tariff.minor_units);
    if (!part || add_overflows(tax, *part, tax)) return found;
  }
  found.tax = tax;
  return found;
}

bool taxes_by_bill(const program& tariff) {
  return std::any_of(tariff.taxes.begin(), tariff.taxes.end(), [](const tax_rule& tax) { return tax.scope == tax_scope::per_bill; });
}

bool spread_bill_tax(const program& tariff, const tax_rate& at, std::span<line> lines, std::span<const std::int64_t> bases) {
  const tax_rule& rule = tariff.taxes[static_cast<std::size_t>(at.tax)];
  std::int64_t base = 0;
  for (const std::int64_t one : bases)
    if (add_overflows(base, one, base)) return false;
  const auto tax = tax_of(rule, *at.rate, base, tariff.minor_units);
  if (!tax) return false;
  std::vector<int128> weights;
  for (const std::int64_t one : bases) weights.emplace_back(one < 0 ? -one : one);
  std::vector<int128> parts(lines.size(), int128(0));
  if (*tax != 0 && !split(int128(*tax), std::span<const int128>(weights), division::largest_remainder, 0, parts)) return false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].tax = static_cast<std::int64_t>(parts[i]);
    if (!rule.included) lines[i].amount += lines[i].tax;
  }
  return true;
}

DUES_END
