// SPDX-License-Identifier: Apache-2.0
//
// Bodies of exact<Int>. Included by exact.hpp.
#pragma once

#include <dues/value/exact.hpp>

DUES_BEGIN

template <class Int>
void exact<Int>::shrink() {
  const Int ten(10);
  while (scale_ > 0 && num_ % ten == 0 && num_ != 0) {
    num_ = Int(num_ / ten);
    --scale_;
  }
  if (num_ == 0) {
    den_ = 1;
    scale_ = 0;
    return;
  }
  if (den_ == 1) return;
  const Int common = greatest_common_divisor(num_, den_);
  if (common != 1) {
    num_ = Int(num_ / common);
    den_ = Int(den_ / common);
  }
}

template <class Int>
exact<Int> exact<Int>::product(const exact& a, const exact& b) {
  if (a.overflowed() || b.overflowed()) return overflowing();
  exact out;
  const int scale = a.scale_ + b.scale_;
  const bool den_fits = a.den_ == 1   ? (out.den_ = b.den_, true)
                        : b.den_ == 1 ? (out.den_ = a.den_, true)
                                      : !mul_overflows(a.den_, b.den_, out.den_);
  if (den_fits && scale <= most_scale && !mul_overflows(a.num_, b.num_, out.num_)) {
    out.scale_ = scale;
    if (out.den_ != 1 && out.num_ % out.den_ == 0) {  // days over the same days
      out.num_ = Int(out.num_ / out.den_);
      out.den_ = 1;
    }
    return out;
  }
  // Once more with every common factor taken out first.
  exact x = a;
  exact y = b;
  x.shrink();
  y.shrink();
  const Int left = greatest_common_divisor(x.num_, y.den_);
  const Int right = greatest_common_divisor(y.num_, x.den_);
  if (left > 1) {
    x.num_ = Int(x.num_ / left);
    y.den_ = Int(y.den_ / left);
  }
  if (right > 1) {
    y.num_ = Int(y.num_ / right);
    x.den_ = Int(x.den_ / right);
  }
  exact again;
  if (mul_overflows(x.num_, y.num_, again.num_) || mul_overflows(x.den_, y.den_, again.den_)) return overflowing();
  again.scale_ = x.scale_ + y.scale_;
  again.shrink();
  return again.scale_ > most_scale ? overflowing() : again;
}

template <class Int>
exact<Int> exact<Int>::sum(const exact& a, const exact& b, bool minus) {
  if (a.overflowed() || b.overflowed()) return overflowing();
  const auto attempt = [minus](const exact& x, const exact& y, exact& out) {
    const exact& low = x.scale_ < y.scale_ ? x : y;
    const int gap = x.scale_ < y.scale_ ? y.scale_ - x.scale_ : x.scale_ - y.scale_;
    Int left = x.num_;
    Int right = y.num_;
    if (gap != 0 && scale_overflows(&low == &x ? left : right, gap)) return false;
    out.den_ = x.den_;
    if (x.den_ != y.den_) {
      const Int common = greatest_common_divisor(x.den_, y.den_);
      const Int grow_left = Int(y.den_ / common);
      const Int grow_right = Int(x.den_ / common);
      if (mul_overflows(x.den_, grow_left, out.den_) || mul_overflows(left, grow_left, left) || mul_overflows(right, grow_right, right))
        return false;
    }
    out.scale_ = std::max(x.scale_, y.scale_);
    return minus ? !sub_overflows(left, right, out.num_) : !add_overflows(left, right, out.num_);
  };
  exact out;
  if (!attempt(a, b, out)) {
    exact x = a;
    exact y = b;
    x.shrink();
    y.shrink();
    if (!attempt(x, y, out)) return overflowing();
  }
  if (out.den_ != 1 && out.num_ % out.den_ == 0) {
    out.num_ = Int(out.num_ / out.den_);
    out.den_ = 1;
  }
  return out;
}

template <class Int>
std::strong_ordering exact<Int>::compared(const exact& a, const exact& b) {
  const auto order = [](const auto& l, const auto& r) {
    return l < r ? std::strong_ordering::less : l > r ? std::strong_ordering::greater : std::strong_ordering::equal;
  };
  if (a.overflowed() || b.overflowed()) return order(a.overflowed(), b.overflowed());
  Int fast_left = a.num_;
  Int fast_right = b.num_;
  const bool fits = (a.scale_ == b.scale_ || !(a.scale_ < b.scale_ ? scale_overflows(fast_left, b.scale_ - a.scale_) : scale_overflows(fast_right, a.scale_ - b.scale_))) &&
                    (a.den_ == b.den_ || (!mul_overflows(fast_left, b.den_, fast_left) && !mul_overflows(fast_right, a.den_, fast_right)));
  if (fits) return order(fast_left, fast_right);
  // Two numbers of 255 bits and a power of ten up to 10^36 multiply to 630 bits.
  using big = boost::multiprecision::number<
      boost::multiprecision::cpp_int_backend<1024, 1024, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>,
      boost::multiprecision::et_off>;
  const big left = big(a.num_) * big(b.den_) * big(pow10_256(b.scale_));
  const big right = big(b.num_) * big(a.den_) * big(pow10_256(a.scale_));
  return order(left, right);
}

template <class Int>
exact<Int> exact<Int>::whole(rounding_mode mode) const {
  if (overflowed()) return *this;
  const wide den = wide(den_) * wide(pow10_256(scale_));
  exact out;
  if (detail::narrow(divide_rounded<wide>(wide(num_), den, mode), out.num_)) return overflowing();
  return out;
}

template <class Int>
bool exact<Int>::round(int places, rounding_mode mode, int128& out) const {
  if (overflowed()) return false;
  Int narrow_den = den_;
  if (scale_ >= places && !scale_overflows(narrow_den, scale_ - places))
    return !detail::narrow(narrow_den == 1 ? num_ : divide_rounded<Int>(num_, narrow_den, mode), out);
  const wide num = wide(num_) * wide(pow10_256(places));
  const wide den = wide(den_) * wide(pow10_256(scale_));
  return !detail::narrow(divide_rounded<wide>(num, den, mode), out);
}

template <class Int>
auto exact<Int>::reduced() const -> std::optional<fraction> {
  if (overflowed()) return std::nullopt;
  const wide num(num_);
  const wide den = wide(den_) * wide(pow10_256(scale_));
  const wide common = greatest_common_divisor<wide>(num, den);
  fraction out;
  if (common == 0) return fraction{Int(0), Int(1)};
  if (detail::narrow(wide(num / common), out.num) || detail::narrow(wide(den / common), out.den)) return std::nullopt;
  return out;
}

template <class Int>
std::optional<decimal> exact<Int>::to_decimal() const {
  if (overflowed()) return std::nullopt;
  if (den_ == 1 && scale_ <= decimal::most_places) {
    int128 coefficient;
    if (!detail::narrow(num_, coefficient))
      if (const auto plain = decimal::make(coefficient, scale_)) return plain;
  }
  const auto lowest = reduced();
  if (!lowest) return std::nullopt;
  // A denominator of twos and fives only divides a power of ten.
  Int den = lowest->den;
  int twos = 0;
  int fives = 0;
  for (; den % 2 == 0 && twos <= decimal::most_places; ++twos) den = Int(den / 2);
  for (; den % 5 == 0 && fives <= decimal::most_places; ++fives) den = Int(den / 5);
  const int places = std::max(twos, fives);
  if (den != 1 || places > decimal::most_places) return std::nullopt;
  // Wide: a decimal has 38 digits, whatever the width of the fraction.
  int128 coefficient;
  if (detail::narrow(wide(lowest->num) * wide(pow10_256(places) / int256(lowest->den)), coefficient)) return std::nullopt;
  return decimal::make(coefficient, places);
}

template <class Int>
bool exact<Int>::to_plain(std::int64_t& coefficient, std::int8_t& scale) const {
  if (den_ == 1 && scale_ >= 0 && scale_ <= decimal::most_places && !detail::narrow(num_, coefficient)) {
    scale = static_cast<std::int8_t>(scale_);
    return true;
  }
  const auto plain = to_decimal();
  const auto narrow = plain ? to_int64(plain->coefficient()) : std::nullopt;
  if (!narrow) return false;
  coefficient = *narrow;
  scale = static_cast<std::int8_t>(plain->scale());
  return true;
}

template <class Int>
std::string exact<Int>::to_text() const {
  if (overflowed()) return "overflow";
  if (const auto plain = to_decimal()) return plain->to_text();
  // Not by reduced(): in lowest terms the number may be longer than Int.
  const wide num(num_);
  const wide den = wide(den_) * wide(pow10_256(scale_));
  const wide common = greatest_common_divisor<wide>(num, den);
  const std::string text = wide(num / common).str();
  return den == common ? text : text + "/" + wide(den / common).str();
}

namespace detail {

/// -?[0-9]+, of any length that fits.
template <class Int>
std::optional<Int> parse_integer(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  Int value(0);
  for (const char c : text)
    if (c < '0' || c > '9' || mul_overflows(value, Int(10), value) || add_overflows(value, Int(c - '0'), value)) return std::nullopt;
  return negative ? Int(-value) : value;
}

}  // namespace detail

template <class Int>
std::optional<exact<Int>> exact<Int>::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos)
    if (const auto plain = decimal::parse(text)) return exact(*plain);
  // Beyond 38 digits only whole numbers are written: n, or n/d.
  const auto num = detail::parse_integer<Int>(text.substr(0, slash));
  const auto den = slash == std::string_view::npos ? std::optional<Int>(Int(1)) : detail::parse_integer<Int>(text.substr(slash + 1));
  if (!num || !den || *den == 0) return std::nullopt;
  return ratio(*num, *den);
}

DUES_END
