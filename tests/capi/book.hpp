// SPDX-License-Identifier: Apache-2.0
//
// A ledger for the tests of the C boundary: the page of the ledger has its example, 100 due on 10 January at 1 % a
// day and 40 due on the 20th, of which 105 paid on the 15th settles the 100 and its 5.
#pragma once

#include "house.hpp"

#include <dues_arrow.h>

namespace book {

using house::view;

inline constexpr std::string_view tariff = R"({
  "dues_tariff": "1", "id": "court", "edition": "1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "Court"},
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 9}}],
  "fees": [
    {"id": "management", "kind": "recurring", "name": {"en": "M"}, "price": "100.00", "schedule": "monthly", "penalty": "late"},
    {"id": "water", "kind": "recurring", "name": {"en": "W"}, "price": "40.00", "schedule": "monthly"}],
  "penalties": [{"id": "late", "name": {"en": "Late"}, "components": [{"id": "late", "rate": {"percent": "1%", "per": "day"}}]}],
  "payments": {"order": [{"class": "costs"}, {"class": "penalties"}, {"class": "principal"}], "then": ["designated", "earliest_due"],
               "credit": {"settles_later_bills": true}}})";

inline constexpr std::string_view charges = R"([
  {"event": "charge", "account": "Chen", "unit": "1", "fee": "management", "period": "2026-01-01", "issue": "2026-01-01", "due": "2026-01-10", "amount": "100.00"},
  {"event": "charge", "account": "Chen", "unit": "1", "fee": "water", "period": "2026-01-01", "issue": "2026-01-01", "due": "2026-01-20", "amount": "40.00"}])";
inline constexpr std::string_view payment = R"({"event": "payment", "id": "p1", "account": "Chen", "date": "2026-01-15", "amount": "105.00", "actor": "desk"})";
inline const std::string management = "court/Chen/1/management/-/2026-01-01/charge", water = "court/Chen/1/water/-/2026-01-01/charge";

inline constexpr std::int32_t january = 20'454;  // days from 1970-01-01 to 2026-01-01
inline std::int32_t on_january(std::int32_t day) { return january + day - 1; }

inline constexpr std::string_view history = R"({"dues_history": "1", "receivables": [
  {"receivable": "R1", "penalty": "late", "principal": "100.00", "due": "2026-01-10", "account": "Chen",
   "changes": [{"on": "2026-01-15", "kind": "payment", "amount": "60.00"}]},
  {"receivable": "R2", "penalty": "late", "principal": "50.00", "due": "2026-01-20", "account": "Lin"}]})";

using ledger_ptr = std::unique_ptr<dues_ledger, house::freed_by<dues_ledger, dues_ledger_free>>;

inline house::tariff_ptr compile() { return house::compile(tariff); }
inline dues_str str(std::string_view text) { return {text.data(), text.size()}; }

inline ledger_ptr open(const dues_tariff* of, std::string_view json = {}) {
  dues_ledger_source source = DUES_LEDGER_SOURCE_INIT;
  source.json = str(json);
  dues_error error = DUES_ERROR_INIT;
  dues_ledger* made = nullptr;
  EXPECT_EQ(dues_ledger_open(of, &source, &made, nullptr, &error), DUES_OK) << error.code << ' ' << error.pointer << ": " << error.message;
  return ledger_ptr(made);
}

inline dues_apply events_of(std::string_view json, std::int64_t version = -1) {
  dues_apply what = DUES_APPLY_INIT;
  what.version = version;
  what.events = str(json);
  return what;
}

/// What was posted.
inline std::string record(dues_ledger* to, std::string_view events) {
  const dues_apply what = events_of(events);
  dues_error error = DUES_ERROR_INIT;
  dues_text posted = {nullptr, 0};
  EXPECT_EQ(dues_ledger_apply(to, &what, nullptr, &posted, nullptr, &error), DUES_OK) << error.code << ' ' << error.pointer << ": " << error.message;
  return house::taken(posted);
}

/// The two charges and the payment.
inline ledger_ptr kept(const dues_tariff* of) {
  ledger_ptr made = open(of);
  record(made.get(), charges);
  record(made.get(), payment);
  return made;
}

inline dues_ledger_view as_of(std::int32_t day, std::string_view account = {}) {
  dues_ledger_view view = DUES_LEDGER_VIEW_INIT;
  view.as_of = day;
  view.account = str(account);
  return view;
}

inline std::string text_of(const dues_ledger* of, std::int32_t form, const dues_ledger_view* view = nullptr) {
  dues_error error = DUES_ERROR_INIT;
  dues_text text = {nullptr, 0};
  EXPECT_EQ(dues_ledger_text(of, view, form, &text, &error), DUES_OK) << error.code << ' ' << error.pointer << ": " << error.message;
  return house::taken(text);
}

inline dues_account_info balances(const dues_ledger* of, const dues_ledger_view* view = nullptr) {
  dues_account_info info{};
  info.struct_size = sizeof info;
  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(dues_ledger_get(of, view, &info, &error), DUES_OK) << error.code << ' ' << error.pointer << ": " << error.message;
  return info;
}

/// "40.00 open, 0.00 penalties, 0.00 credit"
inline std::string told(const dues_account_info& info) { return house::text(info.open) + " open, " + house::text(info.penalties) + " penalties, " + house::text(info.credit) + " credit"; }

}  // namespace book
