// SPDX-License-Identifier: Apache-2.0
//
// The city. Numbers are drawn by splitmix64 (Steele, Lea and Flood, 2014), so that no platform's
// generator decides what is measured.
#include "city.hpp"

#include <dues/bill/line.hpp>

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

std::string numbered(char letter, std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(1, letter) + "-" + std::string(8 - std::min<std::size_t>(8, digits.size()), '0') + digits;
}

std::string first_area(const house& one) { return dues::amount_text(one.area_hundredths + (one.measured_anew ? 50 : 0), 2); }
std::string area(const house& one) { return dues::amount_text(one.area_hundredths, 2); }
const char* use(const house& one) { return one.shop ? "shop" : "flat"; }
const char* access(const house& one) { return one.stairs ? "stairs" : "lift"; }

constexpr const char* built = "2015-01-01";
constexpr const char* measured = "2021-03-01";

}  // namespace

std::string unit_id(const house& of) { return numbered('U', of.unit); }
std::string account_id(const house& of) { return numbered('A', of.account); }

city make_city(std::size_t units) {
  city made;
  made.reserve(units);
  drawer draw;
  const dues::day_range month = billed_month();
  constexpr std::uint32_t resold = 50'000'000;  // beyond every unit
  for (std::uint32_t i = 0; i < units; ++i) {
    house one;
    one.unit = i;
    one.account = draw.below(20) == 0 ? resold + i : i;
    one.area_hundredths = 3000 + static_cast<std::int64_t>(draw.below(15'000));
    one.owned_from = dues::civil_day{month.from.days - 3'000 + static_cast<std::int32_t>(draw.below(2'900))};
    if (draw.below(10) == 0) one.owned_from = month.from + 1 + static_cast<int>(draw.below(30));
    one.shop = draw.below(12) == 0;
    one.measured_anew = draw.below(5) == 0;
    one.stairs = draw.below(3) == 0;
    made.push_back(one);
  }
  return made;
}

std::string units_csv(const city& of) {
  std::string text = "unit,from,use,access,area\n";
  for (const house& one : of) {
    text += unit_id(one) + "," + built + "," + use(one) + "," + access(one) + "," + first_area(one) + "\n";
    if (one.measured_anew) text += unit_id(one) + "," + measured + ",,," + area(one) + "\n";
  }
  return text;
}

std::string tenures_csv(const city& of) {
  std::string text = "unit,account,role,from\n";
  for (const house& one : of) text += unit_id(one) + "," + account_id(one) + ",owner," + dues::to_text(one.owned_from) + "\n";
  return text;
}

std::string facts_json(const city& of) {
  std::string text = R"({"dues_facts":"1","units":[)";
  const char* comma = "";
  for (const house& one : of) {
    text += comma + std::string(R"({"unit":")") + unit_id(one) + R"(","from":")" + built + R"(","use":")" + use(one) + R"(","access":")" + access(one) + R"(","area":")" + first_area(one) + "\"}";
    comma = ",\n";
    if (one.measured_anew) text += comma + std::string(R"({"unit":")") + unit_id(one) + R"(","from":")" + measured + R"(","area":")" + area(one) + "\"}";
  }
  text += "],\"tenures\":[";
  comma = "";
  for (const house& one : of) {
    text += comma + std::string(R"({"unit":")") + unit_id(one) + R"(","account":")" + account_id(one) + R"(","role":"owner","from":")" + dues::to_text(one.owned_from) + "\"}";
    comma = ",\n";
  }
  return text + "]}";
}

}  // namespace dues_bench
