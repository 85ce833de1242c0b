// SPDX-License-Identifier: Apache-2.0
//
// What a host writes first: it compiles a tariff and, when the tariff is wrong, says what and where. The
// same program is built in each way in which Dues can be had; run.sh compares what they print.
#include <dues/dues.hpp>

#include <iostream>
#include <string_view>

namespace {

constexpr std::string_view right =
    R"({"dues_tariff": "1", "id": "lime-court", "edition": "2026-1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "Lime Court"}, "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
 "fees": [{"id": "management", "kind": "recurring", "name": {"en": "Management fee"}, "price": "248.06", "schedule": "monthly"}]})";

constexpr std::string_view wrong =
    R"({"dues_tariff": "1", "id": "lime-court", "edition": "2026-1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "Lime Court"}, "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
 "fees": [{"id": "management", "kind": "recurring", "name": {"en": "Management fee"}, "price": "248.06", "schedule": "montly"}]})";

void compile_and_tell(std::string_view tariff) {
  const dues::compile_result result = dues::compile(tariff);
  if (result.compiled) std::cout << "compiled " << result.compiled->id << '\n';
  for (const dues::diagnostic& one : result.found.all()) std::cout << one.code << ' ' << one.pointer << ": " << dues::message(one) << '\n';
}

}  // namespace

int main() {
  compile_and_tell(right);
  compile_and_tell(wrong);
}
