// SPDX-License-Identifier: Apache-2.0
//
// A tax at one rate in 64 bits, for many lines: what tax_of gives where it fits. Not public.
#pragma once

#include <dues/tax/tax.hpp>
#include <dues/value/fixed_divisor.hpp>

DUES_BEGIN

namespace detail {

class plain_tax {
 public:
  plain_tax() = default;
  plain_tax(const tax_rule& rule, const exact128& rate, int minor_units) : mode_(rule.mode), included_(rule.included) {
    const auto lowest = rate.reduced();
    const auto num = lowest ? to_int64(lowest->num) : std::nullopt;
    const auto den = lowest ? to_int64(lowest->den) : std::nullopt;
    if (!num || !den || *num < 0 || rule.places > minor_units) return;
    step_ = pow10<std::int64_t>(minor_units - rule.places);
    // Inside: net = gross / (1 + rate). On top: tax = gross x rate.
    times_ = included_ ? *den : *num;
    if (add_overflows(*den, included_ ? *num : std::int64_t{0}, divisor_) || mul_overflows(divisor_, step_, divisor_)) return;
    by_ = fixed_divisor(divisor_);
    most_ = (fixed_divisor::most_number - 1) / std::max<std::int64_t>(times_, 1);
  }

  /// @returns whether 64 bits do for this amount
  bool fits(std::int64_t gross) const noexcept { return gross <= most_ && gross >= -most_; }
  /// Precondition: fits(gross).
  std::int64_t of(std::int64_t gross) const noexcept {
    const std::int64_t num = gross * times_;
    const std::int64_t part = (mode_ == rounding_mode::half_up && by_.usable() ? by_.half_up(num) : divide_rounded<std::int64_t>(num, divisor_, mode_)) * step_;
    return included_ ? gross - part : part;
  }

 private:
  std::int64_t times_ = 0, divisor_ = 1, step_ = 1;
  std::int64_t most_ = -1;  ///< no amount fits
  fixed_divisor by_;
  rounding_mode mode_ = rounding_mode::half_up;
  bool included_ = true;
};

}  // namespace detail

DUES_END
