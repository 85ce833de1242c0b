// SPDX-License-Identifier: Apache-2.0
//
// Penalties as simple as they can be, for tests of what the ledger does with them: so much a day of the
// open principal, from the day after the due date, rounded on the total.
#pragma once

#include "ledger/book.hpp"

namespace dues_test {

class daily : public dues::accruals {
 public:
  /// `per_ten_thousand` of the principal a day: 5 is 0.05 %.
  explicit daily(int per_ten_thousand) : rate_(per_ten_thousand) {}

  void accrue(std::span<dues::receivable> all, dues::civil_day day, bool, dues::diagnostics&) const override {
    for (dues::receivable& one : all) {
      if (!one.issued) continue;
      dues::int128 sum = 0, base = 0;
      for (std::size_t i = 0; i < one.history.size(); ++i) {
        base += one.history[i].amount;
        // The base of a change holds from the day after it to the day of the next.
        const dues::civil_day from = std::max(one.history[i].date, one.due);
        const dues::civil_day through = i + 1 < one.history.size() ? std::min(one.history[i + 1].date, day) : day;
        if (from < through) sum += base * (through - from);
      }
      const dues::int128 total = dues::divide_rounded<dues::int128>(sum * rate_, 10'000, dues::rounding_mode::half_up);
      if (one.penalties.empty() && total == 0) continue;
      if (one.penalties.empty()) one.penalties.push_back({"late", dues::claim_class::penalties, 0, 0, 0});
      one.penalties.front().accrued = total;
    }
  }
  dues::exact128 burden(const dues::receivable&, dues::civil_day) const override { return dues::exact128(rate_); }

 private:
  int rate_;
};

}  // namespace dues_test
