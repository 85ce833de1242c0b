// SPDX-License-Identifier: Apache-2.0
//
// A small valid tariff with something of everything that is built, for tests that say what changes;
// and a short way to write which mistakes are expected.
#pragma once

#include <dues/diagnostic/catalogue.hpp>
#include <dues/tariff/program.hpp>

#include "tariff/document.hpp"

#include <gtest/gtest.h>

namespace dues_test {

inline constexpr std::string_view small_tariff = R"({
  "dues_tariff": "1", "id": "small", "edition": "1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "Small"},
  "reads": {
    "unit": [
      {"id": "use", "type": "choice", "of": ["flat", "shop", "office"]},
      {"id": "area", "type": "number", "above": 0, "at_most": 5000, "unit": "m2"},
      {"id": "floor", "type": "number", "default": 1},
      {"id": "code", "type": "text"},
      {"id": "lift", "type": "yes_no"},
      {"id": "built", "type": "date"}
    ],
    "account": [{"id": "class", "type": "choice", "of": ["normal", "reduced"]}],
    "subscription": [{"id": "size", "type": "choice", "of": ["small", "large"]}],
    "calendars": ["cn"]
  },
  "values": [
    {"id": "price", "by": ["unit.use"], "is": {"flat": "2.80", "shop": "6.50", "otherwise": "5.00"}},
    {"id": "share", "is": "50%"}
  ],
  "funds": [{"id": "reserve", "name": {"en": "Reserve"}}],
  "schedules": [
    {"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10},
     "if_holiday": {"calendar": "cn", "roll": "following"}},
    {"id": "at-once", "kind": "once", "due": {"days_after_issue": 0}},
    {"id": "winter", "kind": "season", "season": {"from": "11-15", "through": "03-15"}, "billed": "in_advance",
     "due": {"last_day_of_month": true}}
  ],
  "taxes": [{"id": "vat", "rate": "6%", "included": true}],
  "fees": [
    {"id": "management", "kind": "recurring", "name": {"en": "Management"}, "where": "unit.use != 'office'", "payers": ["tenant", "owner"],
     "quantity": "unit.area", "price": "value.price", "factor": "value.share", "price_ceiling": "3.00", "limits": {"at_least": "5.00"},
     "rounding": {"places": 2, "mode": "half_up"}, "schedule": "monthly", "tax": "vat", "fund": "reserve"},
    {"id": "card", "kind": "one_off", "name": {"en": "Card"}, "price": "20.00", "schedule": "at-once"},
    {"id": "heating", "kind": "recurring", "name": {"en": "Heating"}, "amount": "unit.area * 24", "schedule": "winter"}
  ]
})";

inline dues::compile_result compiled(const std::vector<change>& changes) { return dues::compile(patched(small_tariff, changes)); }

/// "T105 /fees/0/kind | word=monthly": code, pointer with the position if any, and all values.
inline std::string told(const dues::diagnostic& one) {
  std::string out = one.code + " " + one.pointer;
  if (one.position >= 0) out += "@" + std::to_string(one.position);
  for (const auto& [name, text] : one.values) out += " | " + name + "=" + text;
  return out;
}

/// Whether `one` is as `wanted` says: code and pointer the same, and every value that it names.
inline bool is_told(const dues::diagnostic& one, const std::string& wanted) {
  const std::string all = told(one) + " | ";
  std::size_t at = 0;
  bool first = true;
  while (at <= wanted.size()) {
    const std::size_t end = std::min(wanted.find(" | ", at), wanted.size());
    const std::string part = wanted.substr(at, end - at) + " | ";
    if (first ? !all.starts_with(part) : all.find(" | " + part) == std::string::npos) return false;
    first = false;
    at = end + 3;
  }
  return true;
}

/// The mistakes are these, in this order, and no others.
inline void expect_told(std::span<const dues::diagnostic> found, const std::vector<std::string>& wanted) {
  std::string all;
  for (const dues::diagnostic& one : found) all += "\n  " + told(one);
  ASSERT_EQ(found.size(), wanted.size()) << all;
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_TRUE(is_told(found[i], wanted[i])) << "wanted " << wanted[i] << "\nfound  " << told(found[i]);
}

}  // namespace dues_test
