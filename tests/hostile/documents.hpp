// SPDX-License-Identifier: Apache-2.0
//
// A tariff and facts with one place open, so that a test can put there what no writer of JSON would write.
#pragma once

#include "hostile/bounds.hpp"

#include <dues/diagnostic/catalogue.hpp>
#include <dues/facts/facts.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace dues_test {

inline constexpr bound at_once{0.1, 16};  ///< what a small document may cost, right or wrong

/// A tariff of one fee whose price is the JSON text `price`.
inline std::string tariff_of(std::string_view price, std::string_view from = "\"2026-01-01\"") {
  return R"({"dues_tariff":"1","id":"t","edition":"1","from":)" + std::string(from) + R"(,"currency":"CNY","name":{"en":"T"},
"reads":{"unit":[{"id":"area","type":"number"},{"id":"built","type":"date"},{"id":"code","type":"text"}]},
"schedules":[{"id":"m","kind":"months","months":1,"billed":"in_advance","due":{"day_of_month":10}}],
"fees":[{"id":"f","kind":"recurring","name":{"en":"F"},"quantity":"unit.area","schedule":"m","price":)" + std::string(price) + "}]}";
}

inline dues::compile_result compile_price(std::string_view price) { return dues::compile(tariff_of(price)); }

inline std::shared_ptr<const dues::program> plain_tariff() {
  static const std::shared_ptr<const dues::program> made = compile_price("1").compiled;
  return made;
}

/// Facts of one unit, with `cells` (such as `"area":5`) in its row.
inline std::string facts_of(std::string_view cells) {
  return R"({"dues_facts":"1","units":[{"unit":"U","from":"2026-01-01",)" + std::string(cells) + R"(}],"tenures":[{"unit":"U","account":"A","role":"owner","from":"2026-01-01"}]})";
}

inline dues::facts_result load_cells(std::string_view cells) { return dues::load_facts(plain_tariff(), facts_of(cells)); }

/// "T208 /fees/0/price@0", and its message.
inline std::string told(std::span<const dues::diagnostic> found) {
  std::string out;
  for (const dues::diagnostic& one : found)
    out += (out.empty() ? "" : "; ") + one.code + " " + one.pointer + (one.position < 0 ? "" : "@" + std::to_string(one.position)) + ": " + dues::message(one);
  return out;
}

/// One mistake is told, and what is told of it begins with `wanted`.
inline void expect_one(std::span<const dues::diagnostic> found, std::string_view wanted) {
  ASSERT_EQ(found.size(), 1U) << told(found);
  EXPECT_EQ(told(found).substr(0, wanted.size()), wanted) << told(found);
}

}  // namespace dues_test
