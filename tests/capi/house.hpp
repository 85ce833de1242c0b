// SPDX-License-Identifier: Apache-2.0
//
// The tariff and the facts of the README, and handles that free themselves, for the tests of the C boundary.
#pragma once

#include <dues.h>

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace house {

// Flat 1-101 is sold on 11 July; the price rises on 16 July. The amounts are worked by hand at the tests.
inline constexpr std::string_view tariff = R"({
  "dues_tariff": "1", "id": "lime-court", "edition": "2026-1", "from": "2026-01-01", "currency": "CNY",
  "name": {"zh": "青柠苑收费标准", "en": "Lime Court: what is charged"},
  "reads": {"unit": [
    {"id": "use", "type": "choice", "of": ["flat", "shop"], "name": {"en": "use"}},
    {"id": "area", "type": "number", "above": 0, "unit": "m2", "name": {"en": "floor area"}}]},
  "values": [{"id": "price", "name": {"en": "price"}, "by": ["unit.use"], "is": [
    {"from": "2026-01-01", "is": {"flat": "2.80", "shop": "6.50"}},
    {"from": "2026-07-16", "is": {"flat": "3.10", "shop": "7.00"}}]}],
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
  "taxes": [{"id": "vat", "name": {"en": "VAT"}, "rate": "6%", "included": true}],
  "fees": [{"id": "management", "kind": "recurring", "name": {"en": "Management fee"},
            "quantity": "unit.area", "price": "value.price", "schedule": "monthly", "tax": "vat"}]})";

inline constexpr std::string_view facts = R"({"dues_facts": "1",
  "units": [
    {"unit": "1-101", "from": "2026-01-01", "use": "flat", "area": "80.02"},
    {"unit": "S-1", "from": "2026-01-01", "use": "shop", "area": "45.50"}],
  "tenures": [
    {"unit": "1-101", "account": "Chen", "role": "owner", "from": "2026-01-01", "to": "2026-07-11"},
    {"unit": "1-101", "account": "Lin", "role": "owner", "from": "2026-07-11"},
    {"unit": "S-1", "account": "Lin", "role": "owner", "from": "2026-01-01"}]})";

inline constexpr std::int32_t july = 20'635, august = 20'666;  // days from 1970-01-01 to 2026-07-01, to 2026-08-01

template <class Handle, void (*Free)(Handle*)>
struct freed_by {
  void operator()(Handle* handle) const { Free(handle); }
};
using tariff_ptr = std::unique_ptr<dues_tariff, freed_by<dues_tariff, dues_tariff_free>>;
using loader_ptr = std::unique_ptr<dues_loader, freed_by<dues_loader, dues_loader_free>>;
using facts_ptr = std::unique_ptr<dues_facts, freed_by<dues_facts, dues_facts_free>>;
using result_ptr = std::unique_ptr<dues_result, freed_by<dues_result, dues_result_free>>;
using watch_ptr = std::unique_ptr<dues_watch, freed_by<dues_watch, dues_watch_free>>;

inline std::string_view view(dues_str text) { return {text.data == nullptr ? "" : text.data, text.size}; }

/// Takes the text away from the caller.
inline std::string taken(dues_text text) {
  std::string made(text.data == nullptr ? "" : text.data, text.size);
  dues_text_free(&text);
  return made;
}

inline std::string text(const dues_decimal& value) {
  char out[DUES_DECIMAL_SIZE];
  EXPECT_EQ(dues_decimal_text(&value, out, sizeof out), DUES_OK);
  return out;
}

inline std::string day(std::int32_t days) {
  char out[DUES_DATE_SIZE];
  EXPECT_EQ(dues_date_text(days, out, sizeof out), DUES_OK);
  return out;
}

inline tariff_ptr compile(std::string_view json = tariff) {
  dues_error error = DUES_ERROR_INIT;
  dues_tariff* made = nullptr;
  EXPECT_EQ(dues_tariff_compile(json.data(), json.size(), &made, nullptr, &error), DUES_OK) << error.code << ' ' << error.pointer << ": " << error.message;
  return tariff_ptr(made);
}

inline loader_ptr open_loader(const dues_tariff* of) {
  dues_loader* made = nullptr;
  EXPECT_EQ(dues_loader_new(of, &made, nullptr), DUES_OK);
  return loader_ptr(made);
}

inline facts_ptr finish(dues_loader* loader) {
  dues_error error = DUES_ERROR_INIT;
  dues_facts* made = nullptr;
  EXPECT_EQ(dues_loader_finish(loader, &made, nullptr, &error), DUES_OK) << error.code << ' ' << error.pointer << ": " << error.message;
  return facts_ptr(made);
}

inline facts_ptr load(const dues_tariff* of, std::string_view json = facts) {
  const loader_ptr loader = open_loader(of);
  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(dues_loader_json(loader.get(), json.data(), json.size(), &error), DUES_OK) << error.code << ' ' << error.pointer << ": " << error.message;
  return finish(loader.get());
}

inline dues_run run_of(std::int32_t from, std::int32_t to) {
  dues_run run = DUES_RUN_INIT;
  run.from = from;
  run.to = to;
  return run;
}

inline result_ptr bill(const dues_facts* of, const dues_run& run) {
  dues_error error = DUES_ERROR_INIT;
  dues_result* made = nullptr;
  EXPECT_EQ(dues_bill(of, &run, &made, &error), DUES_OK) << error.code << ' ' << error.pointer << ": " << error.message;
  return result_ptr(made);
}

inline result_ptr bill_july() { return bill(load(compile().get()).get(), run_of(july, august)); }

inline std::string text_of(const dues_result* result, std::int32_t form, std::size_t index = 0) {
  dues_text text = {nullptr, 0};
  EXPECT_EQ(dues_result_text(result, form, index, &text, nullptr), DUES_OK);
  return taken(text);
}

}  // namespace house
