// SPDX-License-Identifier: Apache-2.0
//
// Documents for tests: a tariff around its fees, facts around their rows, and one call that bills.
#pragma once

#include <dues/dues.hpp>

#include <gtest/gtest.h>

#include <string>

namespace dues_test {

struct town {
  std::string reads = R"("unit": [{"id": "area", "type": "number", "at_least": 0}, {"id": "use", "type": "choice", "of": ["flat", "shop"], "default": "flat"}])";
  std::string values;
  std::string schedules = R"({"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}})";
  std::string taxes;
  std::string discounts;
  std::string fees = R"({"id": "management", "kind": "recurring", "name": {"en": "Management", "zh": "物业费"}, "quantity": "unit.area", "price": "2.00", "schedule": "monthly"})";
  std::string units = R"({"unit": "1-101", "from": "2026-01-01", "area": "80"})";
  std::string tenures = R"({"unit": "1-101", "account": "A", "role": "owner", "from": "2026-01-01"})";
  std::string more_tables;  ///< each with a leading comma

  std::string tariff() const {
    std::string text = R"({"dues_tariff": "1", "id": "town", "edition": "1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "Town", "zh": "镇"}, "reads": {)" + reads + "}, ";
    if (!values.empty()) text += "\"values\": [" + values + "], ";
    if (!discounts.empty()) text += "\"discounts\": [" + discounts + "], ";
    if (!taxes.empty()) text += "\"taxes\": [" + taxes + "], ";
    return text + "\"schedules\": [" + schedules + "], \"fees\": [" + fees + "]}";
  }
  std::string facts() const { return R"({"dues_facts": "1", "units": [)" + units + R"(], "tenures": [)" + tenures + "]" + more_tables + "}"; }

  std::shared_ptr<const dues::program> compiled() const {
    dues::compile_result made = dues::compile(tariff());
    for (const dues::diagnostic& one : made.found.all()) EXPECT_EQ(one.level, dues::severity::warning) << one.code << " " << one.pointer << " " << dues::message(one);
    return made.compiled;
  }
  dues::facts_result loaded() const { return dues::load_facts(compiled(), facts()); }
};

inline dues::bill_request days(std::string_view from, std::string_view to) {
  dues::bill_request asked;
  asked.days = {dues::parse_day(from).value(), dues::parse_day(to).value()};
  return asked;
}

inline dues::billing billed(const town& of, std::string_view from = "2026-03-01", std::string_view to = "2026-04-01") {
  return dues::make_bills(of.loaded().loaded, days(from, to));
}

inline std::string amount_of(const dues::billing& made, std::size_t i) { return dues::amount_text(made.lines[i].amount, made.known->tariff->minor_units); }

inline const dues::diagnostic& fault_of(const dues::billing& made, std::size_t i) {
  static const dues::diagnostic none;
  return made.lines.size() > i && made.lines[i].fault >= 0 ? made.faults[static_cast<std::size_t>(made.lines[i].fault)] : none;
}

}  // namespace dues_test
