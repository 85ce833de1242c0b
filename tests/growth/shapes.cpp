// SPDX-License-Identifier: Apache-2.0
#include "shapes.hpp"

#include <algorithm>
#include <cstring>

namespace dues_growth {
namespace {

// What every tariff here has in common; each shape says what is different.
struct tariff {
  std::string values = "[]", schedules = R"([{"id":"m","kind":"months","months":1,"billed":"in_advance","due":{"day_of_month":10}}])";
  std::string taxes = "[]", more_fields;
  std::string price = "\"3.10\"", fees;

  std::string text() const {
    return R"({"dues_tariff":"1","id":"t","edition":"1","from":"0001-01-01","currency":"CNY","name":{"en":"T"},
"reads":{"unit":[{"id":"area","type":"number","default":"1"},{"id":"use","type":"choice","of":["flat","shop"],"default":"flat"},{"id":"code","type":"text","default":"c"}],
"subscription":[{"id":"size","type":"number","default":"1"}]},
"values":)" + values + ",\"taxes\":" + taxes + ",\"schedules\":" + schedules + ",\"fees\":" +
           (fees.empty() ? R"([{"id":"f","kind":"recurring","name":{"en":"F"},"quantity":"unit.area","schedule":"m")" + more_fields + ",\"price\":" + price + "}]" : fees) + "}";
  }
};

std::string number(int i) {
  const std::string digits = std::to_string(i);
  return std::string(8 - digits.size(), '0') + digits;
}
std::string day(int i) { return dues::to_text(dues::first_day + i); }
dues::day_range july() { return {*dues::day_from(2026, 7, 1), *dues::day_from(2026, 8, 1)}; }

// [made(0), made(1), ...]
template <class Make>
std::string list(int n, Make&& made) {
  std::string out = "[";
  for (int i = 0; i < n; ++i) {
    if (i != 0) out += ',';
    out += made(i);
  }
  return out + "]";
}

std::string facts(const std::string& units, const std::string& tenures, const std::string& more = {}) {
  return R"({"dues_facts":"1","units":)" + units + ",\"tenures\":" + tenures + more + "}";
}

template <class Unit, class Account>
std::string units_and_owners(int n, Unit&& unit, Account&& account) {
  return facts(list(n, [&](int i) { return R"({"unit":")" + unit(i) + R"(","from":"2015-01-01","use":"flat","area":")" + std::to_string(30 + i % 100) + ".25\"}"; }),
               list(n, [&](int i) { return R"({"unit":")" + unit(i) + R"(","account":")" + account(i) + R"(","role":"owner","from":"2015-01-01"})"; }));
}

std::string unit_u(int) { return R"({"unit":"U","from":"0001-01-01"})"; }
std::string held(int i) { return R"({"unit":"U","account":"A)" + number(i) + R"(","role":"owner","from":")" + day(i) + R"(","to":")" + day(i + 1) + "\"}"; }
std::string held_by_one(int) { return R"({"unit":"U","account":"A","role":"owner","from":"0001-01-01"})"; }

input plain(int n) {
  return {tariff().text(), units_and_owners(n, number, number), july()};
}
// A different order of arrival: 7919 is prime, so every unit comes once.
input shuffled(int n) {
  const auto unit = [n](int i) { return number(static_cast<int>(std::int64_t{i} * 7'919 % n)); };
  return {tariff().text(), units_and_owners(n, unit, unit), july()};
}
input long_prefixes(int n) {
  const auto id = [n](int i) { return std::string(200, 'x') + number(static_cast<int>(std::int64_t{i} * 7'919 % n)); };
  return {tariff().text(), units_and_owners(n, id, id), july()};
}
input one_account(int n) {
  tariff of;
  of.taxes = R"([{"id":"v","rate":"6%","included":false,"computed":"per_bill"}])";
  of.more_fields = ",\"tax\":\"v\"";
  return {of.text(), units_and_owners(n, number, [](int) { return "A"; }), july()};
}
input mistakes(int n) {
  return {tariff().text(), facts(list(n, [](int i) { return R"({"unit":")" + number(i) + R"(","from":"2015-01-01","use":"flot","area":"x"})"; }), "[]"), july()};
}
input versions(int n) {
  tariff of;
  of.price = list(n, [](int i) { return R"({"from":")" + day(i) + R"(","is":")" + std::to_string(1 + i % 9) + ".50\"}"; });
  return {of.text(), facts(list(1, unit_u), list(1, held_by_one)), {dues::first_day, dues::first_day + n}};
}
input rows_of_one_unit(int n) {
  return {tariff().text(), facts(list(n, [](int i) { return R"({"unit":"U","from":")" + day(i) + R"(","area":")" + std::to_string(1 + i % 9) + "\"}"; }), list(1, held_by_one)),
          {dues::first_day, dues::first_day + n}};
}
input tenures_of_one_unit(int n) {
  return {tariff().text(), facts(list(1, unit_u), list(n, held)), {dues::first_day, dues::first_day + n}};
}
// All of them at once: each line is divided among them.
input co_owners_of_one_unit(int n) {
  return {tariff().text(), facts(list(1, unit_u), list(n, [](int i) { return R"({"unit":"U","account":"A)" + number(i) + R"(","role":"owner","from":"0001-01-01"})"; })), july()};
}
input subscriptions_of_one_unit(int n) {
  tariff of;
  of.fees = R"([{"id":"p","kind":"recurring","name":{"en":"P"},"for_each":"subscription","quantity":"subscription.quantity * subscription.size","price":"10","schedule":"m"}])";
  return {of.text(), facts(list(1, unit_u), list(1, held_by_one), ",\"subscriptions\":" + list(n, [](int i) { return R"({"subscription":"S)" + number(i) + R"(","unit":"U","fee":"p","from":"2020-01-01","quantity":2})"; })), july()};
}
// A tariff has a thousand fees at most: n / 40 of them.
input fees(int n) {
  tariff of;
  of.fees = list(std::min(n / 40, 1'000), [](int i) { return R"({"id":"f)" + std::to_string(i) + R"(","kind":"recurring","name":{"en":"F"},"quantity":"unit.area","schedule":"m","price":"1.25"})"; });
  return {of.text(), units_and_owners(20, number, number), july()};
}
// A tariff has ten thousand values at most: n / 4 of them, in chains of ten rows, each reading two of the row before.
input values(int n) {
  tariff of;
  of.values = list(n / 4, [](int i) {
    const std::string below = "value.v" + std::to_string(i - i % 10 - 10);
    const std::string is = i % 100 < 10 ? "unit.area" : below + " + " + below.substr(0, below.size() - 1) + "1";
    return "{\"id\":\"v" + std::to_string(i) + "\",\"is\":\"" + is + "\"}";
  });
  of.price = "\"value.v" + std::to_string(n / 4 - 1) + "\"";
  return {of.text(), units_and_owners(20, number, number), july()};
}
input cells(int n) {
  tariff of;
  of.values = R"([{"id":"v","by":["unit.code"],"is":{)";
  for (int i = 0; i < n; ++i) of.values += "\"" + std::string(40, 'k') + number(static_cast<int>(std::int64_t{i} * 7'919 % n)) + "\":\"" + std::to_string(i) + ".5\",";
  of.values += "\"otherwise\":1}}]";
  of.price = "\"value.v\"";
  return {of.text(), units_and_owners(20, number, number), july()};
}
input wrong_cells(int n) {
  input made = cells(n);
  for (std::size_t at = 0; (at = made.tariff.find(".5\"", at)) != std::string::npos; ++at) made.tariff.replace(at, 3, "x5\"");
  return made;
}
input fields_twice(int n) {
  input made = plain(1);
  for (int i = 0; i < n; ++i) made.tariff.insert(1, "\"x" + number(i / 2) + "\":1,");
  return made;
}

constexpr shape shapes[] = {
    {"plain", plain}, {"shuffled", shuffled}, {"long_prefixes", long_prefixes}, {"one_account", one_account}, {"mistakes", mistakes}, {"versions", versions},
    {"rows_of_one_unit", rows_of_one_unit}, {"tenures_of_one_unit", tenures_of_one_unit}, {"co_owners_of_one_unit", co_owners_of_one_unit},
    {"subscriptions_of_one_unit", subscriptions_of_one_unit}, {"fees", fees}, {"values", values}, {"cells", cells}, {"wrong_cells", wrong_cells}, {"fields_twice", fields_twice}};

}  // namespace

const shape* find_shape(const char* name) {
  for (const shape& one : shapes)
    if (std::strcmp(one.name, name) == 0) return &one;
  return nullptr;
}

}  // namespace dues_growth
