// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a decimal: accepted exactly when a second, slower reading of the rule accepts them.
#include "fuzz/targets.hpp"

#include <dues/value/decimal.hpp>

namespace dues_fuzz {

namespace {

// -?[0-9]+(\.[0-9]+)?, 38 digits without leading zeros, 18 of them after the point.
bool is_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  const auto digits = [](std::string_view all) { return all.find_first_not_of("0123456789") == std::string_view::npos; };
  if (whole.empty() || !digits(whole) || !digits(part) || (point != std::string_view::npos && part.empty())) return false;
  const std::string all = std::string(whole) + std::string(part);
  const std::size_t first = all.find_first_not_of('0');
  return part.size() <= dues::decimal::most_places && (first == std::string::npos || all.size() - first <= dues::decimal::most_digits);
}

}  // namespace

void decimal(std::string_view bytes) {
  dues::decimal_error why = dues::decimal_error::none;
  const auto made = dues::decimal::parse(bytes, &why);
  require(made.has_value() == (why == dues::decimal_error::none), "a number, or why not");
  require(made.has_value() == is_decimal(bytes), "what is a decimal is read");
  if (!made) return;
  const auto again = dues::decimal::parse(made->to_text());
  require(again && *again == *made && again->scale() == made->scale(), "what is written is read back the same");
  require(made->normalized() == *made, "trailing zeros do not change a number");
  require(dues::decimal::make(made->coefficient(), made->scale()) == made, "its parts make it again");
  for (int places = 0; places <= dues::decimal::most_places; ++places) {
    const auto down = made->rescaled(places, dues::rounding_mode::floor);
    const auto up = made->rescaled(places, dues::rounding_mode::ceiling);
    const auto nearest = made->rescaled(places, dues::rounding_mode::half_even);
    if (down) require(*down <= *made, "floor is not above");
    if (up) require(*up >= *made, "ceiling is not below");
    if (down && up && nearest) require(*nearest == *down || *nearest == *up, "the nearest is floor or ceiling");
    if (places >= made->scale() && nearest) require(*nearest == *made, "more places change nothing");
  }
}

}  // namespace dues_fuzz
