// SPDX-License-Identifier: Apache-2.0
//
// What discounts are told of lines that are paid ahead: how many months are paid with them, and which
// lines follow as the months that may come free. Quotes and prepayments say so; a plain run says nothing,
// and no line of it is paid ahead.
#pragma once

#include <dues/config.hpp>

#include <cstdint>
#include <span>

DUES_BEGIN

/// How one line is paid ahead.
struct prepaid_line {
  /// Months paid ahead together with it, its own counted; 0: none. A condition `prepaid_months: n` holds
  /// on all days of the line where this is n or more.
  std::int32_t months = 0;
  /// It follows the paid lines of its unit, fee and subscription. A discount that gives n free months, and
  /// whose conditions hold on the line, takes the next n months of these lines at their gross: a line of m
  /// months that is reached by fewer gives so many m-ths of its gross. No other discount reaches it, and no
  /// cap by the line cuts it. What no discount took of it is to be paid, or not billed at all.
  bool gift = false;
};

/// Of each line of a bill, in the order of the lines; empty: none is paid ahead.
using prepaid_lines = std::span<const prepaid_line>;

DUES_END
