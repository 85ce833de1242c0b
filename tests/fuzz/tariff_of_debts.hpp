// SPDX-License-Identifier: Apache-2.0
//
// A tariff with penalties of every kind and payments in an order of many ranks, for what is owed and paid.
#pragma once

#include "fuzz/targets.hpp"

#include <dues/dues.hpp>

namespace dues_fuzz {

inline std::shared_ptr<const dues::program> tariff_of_debts() {
  static const std::shared_ptr<const dues::program> made = [] {
    const dues::compile_result compiled = dues::compile(R"json({
  "dues_tariff": "1", "id": "t", "edition": "1", "from": "2020-01-01", "currency": "CNY", "name": {"en": "T"},
  "reads": {"unit": [{"id": "use", "type": "choice", "of": ["flat", "shop"]}, {"id": "area", "type": "number", "above": 0}],
            "references": [{"id": "lpr", "type": "rate_per_year"}], "calendars": ["cn"]},
  "funds": [{"id": "reserve", "name": {"en": "R"}}],
  "values": [{"id": "by_use", "by": ["unit.use"], "is": {"flat": "1.00", "shop": "20.00"}}],
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 9}}],
  "fees": [
    {"id": "m", "kind": "recurring", "name": {"en": "M"}, "price": "1.00", "schedule": "monthly", "penalty": "day"},
    {"id": "w", "kind": "recurring", "name": {"en": "W"}, "price": "1.00", "schedule": "monthly", "penalty": "year", "secured": true},
    {"id": "r", "kind": "recurring", "name": {"en": "R"}, "price": "1.00", "schedule": "monthly", "fund": "reserve", "penalty": "unit"},
    {"id": "n", "kind": "recurring", "name": {"en": "N"}, "price": "1.00", "schedule": "monthly"}],
  "penalties": [
    {"id": "day", "name": {"en": "D"}, "components": [
      {"id": "day", "rate": {"percent": "0.05%", "per": "day"}, "limits": [{"at_most": {"of_principal": "100%"}}, {"at_most": {"rate": {"reference": "lpr", "per": "year", "times": "4"}}}]}]},
    {"id": "year", "name": {"en": "Y"}, "days_left_out": ["dispute", "moratorium"], "components": [
      {"id": "late", "class": "interest", "rate": {"reference": "lpr", "per": "year", "times": "1.5", "fixed_on": "start"}, "grace": {"days": 15, "then": "from_grace_end"}},
      {"id": "fee", "rate": {"higher_of": [{"percent": "10%", "per": "once"}, {"amount": "10.00", "per": "once"}]}, "grace": {"days": 10, "then": "from_due_date"}}]},
    {"id": "compound", "name": {"en": "C"}, "components": [
      {"id": "c", "on": ["principal", "costs"], "rate": {"percent": "12%", "per": "year", "year_of": "actual"}, "compounds_every_months": 6, "payment_day_counts": false, "rounding": {"places": 1, "mode": "up"}}]},
    {"id": "months", "name": {"en": "S"}, "components": [
      {"id": "a", "rate": {"percent": "1%", "per": "month", "month": "started"}, "limits": [{"at_least": {"amount": "2.00"}}, {"at_most": {"amount": "50.00"}}]},
      {"id": "b", "on": ["principal", "a"], "rate": {"steps": [{"days_overdue_up_to": 30, "rate": {"percent": "0.1%", "per": "day"}}, {"rate": {"percent": "0.2%", "per": "day"}}]},
       "starts": {"on": "demand"}}]},
    {"id": "bill", "name": {"en": "B"}, "counted_per": "bill", "components": [
      {"id": "a", "rate": {"amount": "value.by_use", "per": "month"}}, {"id": "d", "rate": {"percent": "0.3%", "per": "day"}, "rounding": {"places": 2, "mode": "half_even", "of": "segment"}}]},
    {"id": "unit", "name": {"en": "U"}, "counted_per": "unit", "components": [{"id": "a", "rate": {"percent": "0.3%", "per": "day"}, "grace": {"months": 1, "then": "from_due_date"}}]}],
  "payments": {"order": [{"class": "costs", "age": "past_due"}, {"class": "costs"}, {"fund": "reserve"}, {"class": "interest"}, {"class": "principal", "fees": ["n"]}, {"class": "penalties"}, {"class": "principal"}],
               "then": ["designated", "due_first", "least_secured", "earliest_due", "pro_rata"], "credit": {"settles_later_bills": true}, "cash_rounding": {"to": "0.10", "mode": "half_up"}}})json");
    for (const dues::diagnostic& one : compiled.found.all())
      if (one.level == dues::severity::error) std::fprintf(stderr, "%s %s: %s\n", one.code.c_str(), one.pointer.c_str(), dues::message(one).c_str());
    return compiled.compiled;
  }();
  require(made != nullptr, "the tariff of debts compiles");
  return made;
}

/// Its rates, known from 2019 to the end of 2030.
inline dues::penalty_terms terms_of_debts() {
  dues::penalty_terms made;
  made.tariff = tariff_of_debts();
  dues::diagnostics found;
  require(dues::read_references(R"({"dues_references": "1", "references": [{"reference": "lpr", "from": "2019-01-01", "to": "2024-01-01", "value": "4.20%"},
    {"reference": "lpr", "from": "2024-01-01", "to": "2031-01-01", "value": "3.10%"}]})", made, found), "the rates are read");
  return made;
}

}  // namespace dues_fuzz
