// SPDX-License-Identifier: Apache-2.0
//
// The public calls, each checked for mistakes.
#include "engine.hpp"

#include <stdexcept>

namespace dues_bench {
namespace {

[[noreturn]] void refuse(const char* what, std::span<const dues::diagnostic> found) { throw std::runtime_error(std::string(what) + ":\n" + dues::to_json(found)); }

std::shared_ptr<const dues::facts> checked(dues::facts_result made) {
  if (made.loaded == nullptr || !made.found.empty()) refuse("the facts", made.found.all());
  return made.loaded;
}

dues::billing checked(dues::billing made) {
  if (!made.found.empty()) refuse("the run", made.found.all());
  if (!made.faults.empty()) refuse("lines of the run", made.faults);
  return made;
}

}  // namespace

std::string_view one_fee_tariff() {
  return R"json({
  "dues_tariff": "1", "id": "one-fee", "edition": "1", "from": "2015-01-01", "currency": "CNY", "name": {"en": "One fee"},
  "reads": {"unit": [
    {"id": "use", "type": "choice", "of": ["flat", "shop"]}, {"id": "access", "type": "choice", "of": ["lift", "stairs"]},
    {"id": "area", "type": "number", "above": 0}]},
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
  "fees": [
    {"id": "management", "kind": "recurring", "name": {"en": "Management"}, "quantity": "unit.area", "price": "3.10", "schedule": "monthly"}]
})json";
}

std::string_view five_fees_tariff() {
  return R"json({
  "dues_tariff": "1", "id": "five-fees", "edition": "1", "from": "2015-01-01", "currency": "CNY", "name": {"en": "Five fees"},
  "reads": {"unit": [
    {"id": "use", "type": "choice", "of": ["flat", "shop"]}, {"id": "access", "type": "choice", "of": ["lift", "stairs"]},
    {"id": "area", "type": "number", "above": 0}]},
  "values": [{"id": "lift_price", "by": ["unit.use", "unit.access"],
    "is": {"flat": {"lift": "0.60", "stairs": "0.10"}, "shop": {"lift": "0.90", "otherwise": "0.20"}}}],
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
  "taxes": [
    {"id": "inside", "name": {"en": "VAT"}, "rate": "6%", "included": true},
    {"id": "on_top", "name": {"en": "VAT on top"}, "rate": "9%", "included": false}],
  "fees": [
    {"id": "management", "kind": "recurring", "name": {"en": "Management"}, "quantity": "unit.area", "schedule": "monthly", "tax": "inside",
     "price": [{"from": "2015-01-01", "is": "2.10"}, {"from": "2019-01-01", "is": "2.80"}, {"from": "2024-07-01", "is": "3.10"}]},
    {"id": "lifts", "kind": "recurring", "name": {"en": "Lifts"}, "quantity": "unit.area", "price": "value.lift_price", "schedule": "monthly"},
    {"id": "waste", "kind": "recurring", "name": {"en": "Waste"}, "price": "50.00", "price_per": "year", "schedule": "monthly"},
    {"id": "repairs", "kind": "recurring", "name": {"en": "Repairs"}, "quantity": "max(40, ceil(unit.area) * 0.5)", "price": "0.45",
     "limits": {"at_least": "20.00", "at_most": "35.00"}, "schedule": "monthly"},
    {"id": "guard", "kind": "recurring", "name": {"en": "Guard"}, "price": "15.00", "schedule": "monthly", "tax": "on_top"}]
})json";
}

std::shared_ptr<const dues::program> compiled(std::string_view tariff_json) {
  dues::compile_result made = dues::compile(tariff_json);
  if (made.compiled == nullptr) refuse("the tariff", made.found.all());
  return made.compiled;
}

std::shared_ptr<const dues::facts> loaded_from_csv(const std::shared_ptr<const dues::program>& tariff, std::string_view units_csv, std::string_view tenures_csv) {
  dues::facts_loader loader(tariff);
  bool read = loader.begin_csv("units") && loader.feed(units_csv) && loader.end_csv();
  if (read && !tenures_csv.empty()) read = loader.begin_csv("tenures") && loader.feed(tenures_csv) && loader.end_csv();
  return checked(loader.finish());
}

std::shared_ptr<const dues::facts> loaded_from_json(const std::shared_ptr<const dues::program>& tariff, std::string_view facts_json) { return checked(dues::load_facts(tariff, facts_json)); }

std::shared_ptr<const dues::facts> loaded(std::string_view tariff_json, const city& from) { return loaded_from_csv(compiled(tariff_json), units_csv(from), tenures_csv(from)); }

dues::billing lines_of_days(const std::shared_ptr<const dues::facts>& known, dues::day_range days, unsigned threads, dues::billing reused) {
  dues::bill_request asked;
  asked.days = days;
  asked.threads = threads;
  return checked(dues::make_lines(known, asked, nullptr, std::move(reused)));
}

dues::billing bills_of_days(const std::shared_ptr<const dues::facts>& known, dues::day_range days, std::string_view account) {
  dues::bill_request asked;
  asked.days = days;
  asked.account = account;
  return checked(dues::make_bills(known, asked));
}

}  // namespace dues_bench
