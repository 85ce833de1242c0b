// SPDX-License-Identifier: Apache-2.0
//
// What money settles first, what becomes of the rest, and how arrears may be paid in parts. The ledger
// carries out the payments; plans are read and checked.
#pragma once

#include <dues/tariff/penalties.hpp>

DUES_BEGIN

/// A receivable goes to the first bucket that fits; what is not named does not matter.
struct payment_bucket {
  std::optional<claim_class> paid_class;
  std::optional<claim_age> age;
  std::vector<std::int32_t> fees;  ///< into program::fees, rising; empty: all
  std::string fund;                ///< empty: all
};

struct payment_credit {
  bool settles_later_bills = true;
  std::vector<std::int32_t> bound_to;  ///< fees; empty: free
};

/// Cash is rounded to a multiple of `to`; the difference is an entry of its own.
struct cash_rounding {
  decimal to;
  rounding_mode mode = rounding_mode::half_up;
};

struct payment_policy {
  std::vector<std::string> cites;
  std::vector<payment_bucket> order;
  payment_across across = payment_across::all_receivables;
  std::vector<payment_rank> then;  ///< within a bucket; without `designated` the payer cannot choose
  not_due_order not_due = not_due_order::after_all_due;
  std::optional<payment_credit> credit;  ///< none: what is left settles nothing by itself
  std::optional<cash_rounding> cash;
};

/// Arrears paid by instalments.
struct plan : described {
  int at_most_instalments = 1;
  std::optional<plain_rate> interest;
  plan_penalties penalties = plan_penalties::pause;
  plan_missed when_missed = plan_missed::ends_and_paused_penalties_fall_due;
};

DUES_END
