// SPDX-License-Identifier: Apache-2.0
//
// What lowers a line: discounts, groups of which the best is granted, caps on all of them together,
// and paying ahead. Discounts that rest on facts alone are computed (discount::computed); the others, and
// paying ahead, are read and checked.
#pragma once

#include <dues/tariff/parts.hpp>

DUES_BEGIN

/// Dates in which the service day, the issue day or the payment must lie; both ends of a document
/// are included, so `days.to` is the day after its `through`.
struct discount_window {
  window_of of = window_of::service;
  day_range days;
};

/// Paid by a day, which is included.
struct paid_by_rule {
  enum class form : std::uint8_t { days_before_due, month_day, date } by = form::days_before_due;
  int days_before_due = 0;
  month_day yearly;
  civil_day date;
};

struct vacancy_rule {
  int from_month = 1;
  int through_month = 0;  ///< included; 0: no end
  vacancy_approval approval = vacancy_approval::forward;
};

/// All that are named must hold; 0 and empty stand for what is not named.
struct discount_when {
  int prepaid_months = 0;   ///< at least
  std::optional<paid_by_rule> paid_by;
  int on_time_periods = 0;  ///< one after the other
  std::optional<vacancy_rule> vacant;
  std::string coupon, tag;
  std::optional<expression> condition;  ///< yes_no, read on each day; may read line. and bill.
};

struct discount_gift {
  gift_kind kind = gift_kind::percent;
  std::optional<expression> is;  ///< percent and penalty_relief: a rate; amount and price: a number
  int free_months = 0;
  bool each_line = false;        ///< an amount for each line, not once for all that it reaches
};

/// One of the two.
struct discount_cap {
  std::optional<expression> percent;  ///< a rate, of the gross
  std::optional<expression> amount;   ///< a number
  cap_scope per = cap_scope::line;
};

struct discount : described {
  std::vector<std::int32_t> of;     ///< fees, into program::fees, rising
  std::int32_t group = -1;          ///< into program::discount_groups; -1: stands alone
  std::optional<expression> where;  ///< yes_no, read on each day: units for which it is granted
  std::optional<discount_window> window;
  discount_when when;
  discount_gift give;
  discount_base works_on = discount_base::remaining;
  std::optional<discount_cap> at_most;
  discount_form given_as = discount_form::less_on_line;
  std::string partner;              ///< who bears it; empty: the manager
  std::optional<bool> lowers_tax;   ///< none: before invoicing it does, after it and for a partner's not
  section_rounding rounding;
  reads read;                       ///< of where, when and give together
  bool computed = false;            ///< by this version; a line that any other may lower is refused (R116)

  /// Whether it lowers lines; relief from penalties lowers none.
  bool lowers_lines() const noexcept { return give.kind != gift_kind::penalty_relief; }
};

/// Of its members the one that grants most works, at the group's place in the order.
struct discount_group : described {
  std::vector<std::int32_t> members;  ///< into program::discounts
  group_comparison compared = group_comparison::bill;
};

/// A cap on all discounts together.
struct discount_limit {
  std::string pointer;
  std::vector<std::string> cites;
  std::vector<std::int32_t> of;  ///< fees; empty: all
  discount_cap at_most;
};

/// Periods may be paid ahead.
struct prepayment : described {
  std::vector<std::int32_t> of;  ///< fees
  int at_most_months = 0;        ///< 0: no limit
  bool not_past_contract_end = true;
  prepaid_price price = prepaid_price::locked;
  early_leave leaving_early = early_leave::reprice;
};

DUES_END
