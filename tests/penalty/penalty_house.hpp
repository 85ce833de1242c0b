// SPDX-License-Identifier: Apache-2.0
//
// The way a test asks what lateness costs: a tariff with one penalty and a history, as documents, through
// the public calls.
#pragma once

#include <dues/dues.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace dues_test {

inline dues::civil_day day(std::string_view text) { return *dues::parse_day(text); }

/// A tariff whose one penalty `late` has these components.
inline std::string tariff_with(std::string_view components, std::string_view currency = "CNY", std::string_view more = "") {
  return R"({"dues_tariff": "1", "id": "house", "edition": "1", "from": "2015-01-01", "currency": ")" + std::string(currency) + R"(",
    "name": {"en": "House"},
    "reads": {"unit": [{"id": "area", "type": "number", "above": 0}, {"id": "type", "type": "choice", "of": ["one_room", "shop"]}],
              "references": [{"id": "lpr", "type": "rate_per_year"}], "calendars": ["cn"]},
    "values": [{"id": "by_type", "by": ["unit.type"], "is": {"one_room": "1.00", "shop": "20.00"}}],
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 10}}],
    "fees": [{"id": "management", "name": {"en": "Management"}, "kind": "recurring", "schedule": "monthly", "price": "2.80", "quantity": "unit.area", "penalty": "late"}],
    "penalties": [{"id": "late", "name": {"en": "Late"})" + std::string(more) + R"(, "components": [)" + std::string(components) + "]}]}";
}

inline std::shared_ptr<const dues::program> compiled_penalty(const std::string& tariff) {
  const auto made = dues::compile(tariff);
  for (const dues::diagnostic& one : made.found.all())
    if (one.level == dues::severity::error) ADD_FAILURE() << one.code << ' ' << one.pointer << ' ' << dues::message(one);
  return made.compiled;
}

/// A history of receivables; `with` goes beside them: references, calendars.
inline std::string history_of(std::string_view receivables, std::string_view with = "") {
  return R"({"dues_history": "1", )" + std::string(with) + R"("receivables": [)" + std::string(receivables) + "]}";
}

/// One receivable R1 of `late`; `more` are further fields.
inline std::string receivable(std::string_view principal, std::string_view due, std::string_view more = "") {
  return R"({"receivable": "R1", "penalty": "late", "principal": ")" + std::string(principal) + R"(", "due": ")" + std::string(due) + '"' +
         (more.empty() ? "" : ", " + std::string(more)) + "}";
}

inline dues::penalty_history read(const std::string& tariff, const std::string& history) {
  auto made = dues::read_penalty_history(compiled_penalty(tariff), history);
  for (const dues::diagnostic& one : made.found.all()) ADD_FAILURE() << one.code << ' ' << one.pointer << ' ' << dues::message(one);
  return made;
}

inline dues::accrual accrued(const std::string& tariff, const std::string& history, std::string_view as_of) {
  const auto made = read(tariff, history);
  if (made.receivables.size() != 1) return {};
  return dues::accrue(made.terms, made.receivables[0], day(as_of));
}

inline std::string units(const dues::int128& amount, int places = 2) { return dues::decimal::make(amount, places)->to_text(); }

/// "5.38", or the components "40.00 6.51", or the code of what was wrong.
inline std::string total_of(const dues::accrual& made, int places = 2) {
  if (!made.ok()) return made.found.all()[0].code;
  std::string out;
  for (const dues::component_accrual& one : made.components) out += (out.empty() ? "" : " ") + units(one.total, places);
  return out;
}

inline std::string total(const std::string& tariff, const std::string& history, std::string_view as_of, int places = 2) { return total_of(accrued(tariff, history, as_of), places); }

/// One component with a rate of 1% a day and these further fields: 100.00 bears 1.00 a day.
inline std::string one_percent(std::string_view more, std::string_view around = "") {
  return tariff_with(R"({"id": "late", "rate": {"percent": "1%", "per": "day"})" + std::string(more) + "}", "CNY", around);
}

/// A member of a receivable: what was paid, or changed otherwise.
inline std::string paid(std::string_view on, std::string_view amount, std::string_view kind = "payment") {
  return R"("changes": [{"on": ")" + std::string(on) + R"(", "kind": ")" + std::string(kind) + R"(", "amount": ")" + std::string(amount) + "\"}]";
}

}  // namespace dues_test
