// SPDX-License-Identifier: Apache-2.0
//
// Why a penalty has its amount, as data and as sentences in Chinese and English; and what would have to be
// paid on a day to owe nothing.
#pragma once

#include <dues/penalty/accrual.hpp>

DUES_BEGIN

/// One segment as a sentence: "2026-04-01 to 2026-05-10: 268.80 x 0.05% a day x 40 days = 5.376". A host lays a
/// further language over the keys "penalty.days", "penalty.days_flat", "penalty.month", "penalty.month_flat",
/// "penalty.once", "penalty.once_flat" and "penalty.ceiling".
std::string sentence(const penalty_segment& one, const language& words);

/// One component as a sentence: what its segments add up to, the limit or rounding that made the total.
std::string sentence(const program& tariff, const penalty& policy, const component_accrual& one, const language& words);

/// {"receivable", "penalty", "as_of", "components": [{"component", "class", "cites", "exact", "total", "paid",
/// "waived", "open", "limited_by"?, "sentence", "segments": [{"is", "from", "to", "days", "base", "rate", "per",
/// "fraction", "amount", "rate_at", "ceiling_at"?, "sentence": {"en", "zh"}}]}], "diagnostics"}. Amounts are texts.
std::string to_json(const accrual& made, const program& tariff, bool indented = true);

/// What settles a receivable on a day.
struct payoff {
  civil_day on;
  int128 principal = 0;            ///< open after what was settled by then, that day included; minor units
  std::vector<int128> components;  ///< open of each, counted through the day (or the day before: payment_day_counts)
  int128 total = 0;
  diagnostics found;
  bool ok() const noexcept { return !found.has_errors(); }
};

/// "What if it were paid on such a day?" Of a receivable that is alone in its group.
payoff payoff_on(const penalty_terms& terms, const receivable_history& of, civil_day on);

DUES_END
