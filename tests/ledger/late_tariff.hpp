// SPDX-License-Identifier: Apache-2.0
//
// A tariff whose management fee bears a penalty, with plans, and a book that is kept by it.
#pragma once

#include "ledger/book.hpp"

namespace dues_test {

/// Fees: management (penalty `late`, by `rate`), water (no penalty).
/// @param more  further sections, after a comma
inline std::shared_ptr<const dues::program> tariff_of_lateness(std::string_view rate, std::string_view payments, std::string_view more = {}) {
  const dues::compile_result made = dues::compile(R"({"dues_tariff": "1", "id": "t", "edition": "1", "from": "2015-01-01", "currency": "CNY", "name": {"en": "T"},
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 0}}],
    "fees": [{"id": "management", "kind": "recurring", "name": {"en": "M"}, "price": "1.00", "schedule": "monthly", "penalty": "late"},
             {"id": "water", "kind": "recurring", "name": {"en": "W"}, "price": "1.00", "schedule": "monthly"}],
    "penalties": [{"id": "late", "name": {"en": "L"}, "days_left_out": ["dispute"], "components": [{"id": "day", "rate": )" + std::string(rate) + R"(}]}], "payments": )" + std::string(payments) + std::string(more) + "}");
  for (const dues::diagnostic& one : made.found.all())
    if (one.level == dues::severity::error) ADD_FAILURE() << one.code << " " << one.pointer << " " << dues::message(one);
  return made.compiled;
}

inline constexpr std::string_view principal_first = R"({"order": [{"class": "principal"}, {"class": "interest"}, {"class": "penalties"}], "then": ["designated", "earliest_due"], "credit": {}})";
inline constexpr std::string_view penalties_first = R"({"order": [{"class": "interest"}, {"class": "penalties"}, {"class": "principal"}], "then": ["designated", "earliest_due"], "credit": {}})";
inline constexpr std::string_view five_in_ten_thousand_a_day = R"({"percent": "0.05%", "per": "day"})";
inline constexpr std::string_view one_in_a_hundred_a_day = R"({"percent": "1%", "per": "day"})";

struct book_of_lateness : test_book {
  dues::tariff_accruals by_tariff;
  explicit book_of_lateness(std::string_view rate, std::string_view payments, std::string_view more = {}) : book_of_lateness(tariff_of_lateness(rate, payments, more)) {}
  explicit book_of_lateness(std::shared_ptr<const dues::program> tariff) : test_book(oldest_first), by_tariff(dues::penalty_terms{tariff, {}, {}}) {
    kept = dues::ledger(tariff);
    penalties = &by_tariff;
  }
};

}  // namespace dues_test
