// SPDX-License-Identifier: Apache-2.0
//
// The city, and two tariffs for it. Numbers are drawn by splitmix64 (Steele, Lea and Flood, 2014), so
// that no platform's generator decides what is measured.
#include "city.hpp"

#include <stdexcept>

namespace dues_bench {
namespace {

class drawer {
 public:
  std::uint64_t below(std::uint64_t end) {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (z ^ (z >> 31)) % end;
  }

 private:
  std::uint64_t state_ = 20260701;
};

// "A-0000012": of one width, so that the order of texts is that of numbers.
std::string numbered(char letter, std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(1, letter) + "-" + std::string(8 - std::min<std::size_t>(8, digits.size()), '0') + digits;
}

std::string hundredths(std::int64_t value) { return dues::amount_text(value, 2); }

[[noreturn]] void refuse(const char* what, std::span<const dues::diagnostic> found) { throw std::runtime_error(std::string(what) + ":\n" + dues::to_json(found)); }

}  // namespace

city make_city(std::size_t units) {
  city made;
  made.units.reserve(units);
  drawer draw;
  const dues::day_range month = billed_month();
  std::string rows;
  std::string tenures;
  made.units_csv = "unit,account,from,use,area\n";
  for (std::size_t i = 0; i < units; ++i) {
    plain_unit one;
    one.account = static_cast<std::uint32_t>(draw.below(20) == 0 ? units + i : i);
    one.area_hundredths = 3000 + static_cast<std::int64_t>(draw.below(15'000));
    one.owned_from = dues::civil_day{month.from.days - 3'000 + static_cast<std::int32_t>(draw.below(2'900))};
    if (draw.below(10) == 0) one.owned_from = month.from + 1 + static_cast<int>(draw.below(30));
    const bool shop = draw.below(12) == 0;
    const std::string id = numbered('U', i);
    const char* const comma = i == 0 ? "" : ",\n";
    const bool anew = draw.below(5) == 0;
    const std::int64_t first_area = anew ? one.area_hundredths + 50 : one.area_hundredths;
    rows += comma + std::string(R"({"unit":")") + id + R"(","from":"2015-01-01","use":")" + (shop ? "shop" : "flat") + R"(","access":")" + (draw.below(3) == 0 ? "stairs" : "lift") +
            R"(","area":")" + hundredths(first_area) + "\"}";
    if (anew) rows += std::string(R"(,{"unit":")") + id + R"(","from":"2021-03-01","area":")" + hundredths(one.area_hundredths) + "\"}";
    tenures += comma + std::string(R"({"unit":")") + id + R"(","account":")" + numbered('A', one.account) + R"(","role":"owner","from":")" + dues::to_text(one.owned_from) + "\"}";
    made.units_csv += id + "," + numbered('A', one.account) + "," + dues::to_text(one.owned_from) + "," + (shop ? "shop" : "flat") + "," + hundredths(one.area_hundredths) + "\n";
    made.units.push_back(one);
  }
  made.facts_json = R"({"dues_facts":"1","units":[)" + rows + "],\"tenures\":[" + tenures + "]}";
  return made;
}

const char* one_fee_tariff() {
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

const char* five_fees_tariff() {
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

std::shared_ptr<const dues::program> compiled(const char* tariff_json) {
  dues::compile_result made = dues::compile(tariff_json);
  if (made.compiled == nullptr) refuse("the tariff", made.found.all());
  return made.compiled;
}

std::shared_ptr<const dues::facts> loaded(const std::shared_ptr<const dues::program>& tariff, const city& from) {
  dues::facts_result made = dues::load_facts(tariff, from.facts_json);
  if (made.loaded == nullptr || !made.found.empty()) refuse("the facts", made.found.all());
  return made.loaded;
}

std::shared_ptr<const dues::facts> loaded_from_csv(const std::shared_ptr<const dues::program>& tariff, const city& from) {
  dues::facts_loader loader(tariff);
  const bool read = loader.begin_csv("units") && loader.feed(from.units_csv) && loader.end_csv();
  dues::facts_result made = loader.finish();
  if (!read || made.loaded == nullptr || !made.found.empty()) refuse("the facts", made.found.all());
  return made.loaded;
}

dues::billing billed(const std::shared_ptr<const dues::facts>& known, const std::string& account) {
  dues::bill_request asked;
  asked.days = billed_month();
  asked.account = account;
  dues::billing made = dues::make_bills(known, asked);
  if (!made.found.empty() || !made.faults.empty()) refuse("the run", made.found.empty() ? std::span<const dues::diagnostic>(made.faults) : made.found.all());
  return made;
}

dues::billing billed_again(const std::shared_ptr<const dues::facts>& known, dues::billing reused) {
  dues::bill_request asked;
  asked.days = billed_month();
  return dues::make_lines(known, asked, nullptr, std::move(reused));
}

std::size_t& usual_units() {
  static std::size_t units = 200'000;
  return units;
}

double& least_times_loop() {
  static double times = 0;
  return times;
}

}  // namespace dues_bench
