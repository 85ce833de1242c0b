// SPDX-License-Identifier: Apache-2.0
//
// What the tariff's penalties say lateness has cost, for the ledger: the histories of an account go to
// the accruals of penalty/, and what comes back is what payments meet.
#pragma once

#include <dues/ledger/account.hpp>
#include <dues/penalty/accrual.hpp>

#include <functional>

DUES_BEGIN

/// Facts of a receivable that the policies' expressions read; empty where they read none.
using attributes_of = std::function<std::vector<known_attribute>(const receivable&)>;

class tariff_accruals : public accruals {
 public:
  /// @param terms  of the ledger's tariff, with the published rates and calendars that its penalties read
  /// @throws std::invalid_argument without a tariff
  explicit tariff_accruals(penalty_terms terms, attributes_of attributes = {});

  /// An opening accrues from its day on: what its policy gives to `day` less what it gives to the opening, beside
  /// the part "opening". Costs of recovery bear no penalty here.
  void accrue(std::span<receivable> of, civil_day day, bool for_payment, diagnostics& found) const override;
  /// The first plain percentage a day of the policy's components, a year's divided by its days; flat ones are 0.
  exact128 burden(const receivable& of, civil_day day) const override;

 private:
  void add(std::span<receivable> of, civil_day day, bool for_payment, bool to_opening, diagnostics& found) const;

  penalty_terms terms_;
  attributes_of attributes_;
  bool leaves_payment_day_out_ = false;
};

DUES_END
