// SPDX-License-Identifier: Apache-2.0
//
// A flat of 89.60 m2 at 3.00 a month: 268.80, with what a test says of prepayments and discounts. Money is compared
// as a person writes it.
#pragma once

#include <dues/dues.hpp>

#include <gtest/gtest.h>

namespace dues_test {

inline dues::civil_day day(std::string_view text) { return dues::parse_day(text).value(); }

struct offer_town {
  std::string prepayments = R"({"id": "ahead", "of": ["management", "parking"], "at_most_months": 12})";
  std::string discounts;
  std::string price = R"("3.00")";
  std::string schedule = R"({"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}})";
  std::string through;  ///< of the tariff
  std::string taxes, tax;
  std::string area = "89.60";
  std::string tenures = R"({"unit": "1-101", "account": "A-1", "role": "owner", "from": "2020-01-01"})";
  std::string subscriptions = R"({"subscription": "P-1", "unit": "1-101", "fee": "parking", "from": "2025-01-01"})";
  std::string units;  ///< instead of the one flat
  std::string more;   ///< sections, each with a leading comma

  std::string tariff() const {
    std::string text = R"({"dues_tariff": "1", "id": "town", "edition": "1", "from": "2020-01-01", )";
    if (!through.empty()) text += R"("through": ")" + through + R"(", )";
    text += R"("currency": "CNY", "name": {"en": "Town"}, "reads": {"unit": [{"id": "area", "type": "number", "above": 0}]}, "schedules": [)" + schedule +
            R"(, {"id": "entry", "kind": "once", "due": {"days_after_issue": 0}}], )";
    if (!taxes.empty()) text += R"("taxes": [)" + taxes + "], ";
    text += R"("fees": [{"id": "management", "kind": "recurring", "name": {"en": "Management"}, "quantity": "unit.area", "price": )" + price + R"(, "schedule": "monthly")" + tax +
            R"(}, {"id": "parking", "kind": "recurring", "name": {"en": "Parking"}, "price": "200.00", "for_each": "subscription", "schedule": "monthly"},
               {"id": "card", "kind": "one_off", "name": {"en": "Card"}, "price": "20.00", "schedule": "entry"}])";
    if (!prepayments.empty()) text += R"(, "prepayments": [)" + prepayments + "]";
    if (!discounts.empty()) text += R"(, "discounts": [)" + discounts + "]";
    return text + more + "}";
  }
  std::string facts() const {
    const std::string flats = units.empty() ? R"({"unit": "1-101", "from": "2020-01-01", "area": ")" + area + R"("})" : units;
    return R"({"dues_facts": "1", "units": [)" + flats + R"(], "tenures": [)" + tenures + R"(], "subscriptions": [)" + subscriptions + "]}";
  }
  std::shared_ptr<const dues::facts> loaded() const {
    const dues::compile_result made = dues::compile(tariff());
    for (const dues::diagnostic& one : made.found.all())
      if (one.level == dues::severity::error) ADD_FAILURE() << one.code << " " << one.pointer << " " << dues::message(one);
    dues::facts_result facts_made = dues::load_facts(made.compiled, facts());
    for (const dues::diagnostic& one : facts_made.found.all()) ADD_FAILURE() << one.code << " " << one.pointer << " " << dues::message(one);
    return facts_made.loaded;
  }
};

inline dues::prepay_request ahead(int months, std::string_view from = "2026-01-01", std::string_view on = "2026-01-01", std::string_view fee = "management") {
  dues::prepay_request asked;
  asked.account = "A-1";
  asked.unit = "1-101";
  asked.fee = fee;
  asked.months = months;
  if (!from.empty()) asked.from = day(from);
  asked.on = day(on);
  return asked;
}

inline std::string money(dues::int128 units) { return dues::amount_text(units, 2); }

/// "Q107: 13 months ..."; empty when nothing is wrong.
inline std::string told(const dues::diagnostics& found) {
  std::string out;
  for (const dues::diagnostic& one : found.all()) out += (out.empty() ? "" : "\n") + one.code + ": " + dues::message(one);
  return out;
}

inline constexpr const char* month_free = R"({"id": "gift", "of": ["management"], "when": {"prepaid_months": 12}, "give": {"free_months": 1}})";
inline constexpr const char* five_percent = R"({"id": "half_year", "of": ["management"], "when": {"prepaid_months": 6}, "give": {"percent": "5%"}})";

}  // namespace dues_test
