// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/value/decimal.hpp>

DUES_BEGIN

std::optional<decimal> decimal::make(int128 coefficient, int scale) {
  if (scale < 0 || scale > most_places) return std::nullopt;
  if (!to_int64(coefficient)) {  // else it is short enough
    const int128 most = int128(pow10_128(most_digits) - 1);
    if (coefficient > most || coefficient < -most) return std::nullopt;
  }
  decimal made;
  made.coefficient_ = coefficient;
  made.scale_ = static_cast<std::int8_t>(scale);
  return made;
}

std::optional<decimal> decimal::parse(std::string_view text, decimal_error* why) {
  const auto fail = [&](decimal_error what) {
    if (why != nullptr) *why = what;
    return std::nullopt;
  };
  if (why != nullptr) *why = decimal_error::none;
  if (text.empty()) return fail(decimal_error::empty);
  const bool negative = text.front() == '-';
  std::size_t i = negative ? 1 : 0;
  int128 coefficient = 0;
  int digits = 0;
  int scale = 0;
  bool point = false;
  bool any = false;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && any && !point) {
      point = true;
      any = false;  // at least one digit follows
      continue;
    }
    if ((c == 'e' || c == 'E') && any) {
      // Only a number that is otherwise well formed is told that its exponent is the fault.
      std::size_t j = i + 1;
      if (j < text.size() && (text[j] == '+' || text[j] == '-')) ++j;
      bool number = j < text.size();
      for (; j < text.size(); ++j) number = number && text[j] >= '0' && text[j] <= '9';
      return fail(number ? decimal_error::exponent : decimal_error::not_a_number);
    }
    if (c < '0' || c > '9') return fail(decimal_error::not_a_number);
    any = true;
    if (digits > most_digits || scale > most_places) continue;  // reported below, once the text proves to be a number
    if (digits != 0 || c != '0') ++digits;
    if (point) ++scale;
    if (digits <= most_digits && scale <= most_places) coefficient = int128(coefficient * 10 + (c - '0'));
  }
  if (!any) return fail(decimal_error::not_a_number);
  if (digits > most_digits) return fail(decimal_error::too_many_digits);
  if (scale > most_places) return fail(decimal_error::too_many_places);
  decimal made;
  made.coefficient_ = negative ? int128(-coefficient) : coefficient;
  made.scale_ = static_cast<std::int8_t>(scale);
  return made;
}

std::string decimal::to_text() const {
  const bool negative = coefficient_ < 0;
  std::string digits = to_string(negative ? int128(-coefficient_) : coefficient_);
  const auto places = static_cast<std::size_t>(scale_);
  if (places != 0) {
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return negative ? "-" + digits : digits;
}

decimal decimal::normalized() const {
  decimal made = *this;
  while (made.scale_ > 0 && int128(made.coefficient_ % 10) == 0) {
    made.coefficient_ = int128(made.coefficient_ / 10);
    --made.scale_;
  }
  return made;
}

std::optional<decimal> decimal::rescaled(int places, rounding_mode mode) const {
  if (places < 0 || places > most_places) return std::nullopt;
  if (places >= scale_) {
    int128 scaled;
    if (mul_overflows(coefficient_, pow10_128(places - scale_), scaled)) return std::nullopt;
    return make(scaled, places);
  }
  return make(divide_rounded(coefficient_, pow10_128(scale_ - places), mode), places);
}

std::strong_ordering decimal::compare(const decimal& a, const decimal& b) {
  if (a.scale_ == b.scale_)
    return a.coefficient_ < b.coefficient_ ? std::strong_ordering::less : a.coefficient_ > b.coefficient_ ? std::strong_ordering::greater : std::strong_ordering::equal;
  const int256 left = int256(a.coefficient_) * pow10_256(b.scale_);
  const int256 right = int256(b.coefficient_) * pow10_256(a.scale_);
  return left < right ? std::strong_ordering::less : left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

DUES_END
