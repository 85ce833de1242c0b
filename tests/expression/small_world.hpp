// SPDX-License-Identifier: Apache-2.0
//
// A small tariff's names and one unit's facts, for the tests of the expression language. It counts
// what it is asked, so that a test can tell what an expression did not ask.
#pragma once

#include <dues/expression/evaluate.hpp>
#include <dues/expression/parse.hpp>
#include <dues/explain/trace.hpp>

#include <map>
#include <vector>

namespace dues_test {

enum slot : std::int32_t { area, floors, residents, usage_rate, use, was_use, other_use, code, paid, moved_in, moved_out, absent, quantity, unit_price };

inline dues::scope small_scope() {
  using dues::value_type;
  const std::vector<std::string> uses{"flat", "shop", "office"};
  dues::scope names;
  const auto add = [&](std::string name, value_type type, slot at, std::vector<std::string> words = {}, bool above_zero = false, int digits = 38) {
    dues::name_info one;
    one.name = std::move(name);
    one.type = type;
    one.slot = at;
    one.words = std::move(words);
    one.above_zero = above_zero;
    one.max_digits = digits;
    names.add(std::move(one));
  };
  add("unit.area", value_type::number, area, {}, true);
  add("unit.floors", value_type::number, floors);
  add("unit.residents", value_type::number, residents);
  add("value.share", value_type::rate, usage_rate);
  add("unit.use", value_type::choice, use, uses);
  add("unit.was_use", value_type::choice, was_use, uses);
  add("unit.side", value_type::choice, other_use, {"north", "south"});
  add("unit.code", value_type::text, code);
  add("unit.paid", value_type::yes_no, paid);
  add("unit.moved_in", value_type::date, moved_in);
  add("unit.moved_out", value_type::date, moved_out);
  add("unit.absent", value_type::number, absent);
  add("unit.quantity", value_type::number, quantity, {}, false, 20);
  add("unit.price", value_type::number, unit_price, {}, false, 21);
  return names;
}

/// area 89.5, floors 0, residents 3, share 5%, use shop, was_use flat, side south, code B1-117, paid,
/// moved in 2025-02-26, out 2025-03-01; absent has no value.
template <class Int>
struct small_context {
  std::map<std::int32_t, int> asked;

  dues::eval_status load(std::int32_t at, dues::operand<Int>& out) {
    ++asked[at];
    const auto number = [&](std::string_view text) { out.number = dues::exact<Int>(*dues::decimal::parse(text)); };
    switch (at) {
      case area: number("89.5"); break;
      case floors: number("0"); break;
      case residents: number("3"); break;
      case usage_rate: number("0.05"); break;
      case use: out.word = 1; out.text = "shop"; break;
      case was_use: out.word = 0; out.text = "flat"; break;
      case other_use: out.word = 1; out.text = "south"; break;
      case code: out.text = "B1-117"; break;
      case paid: out.word = 1; break;
      case moved_in: out.word = dues::parse_day("2025-02-26")->days; break;
      case moved_out: out.word = dues::parse_day("2025-03-01")->days; break;
      case quantity: number("10"); break;
      case unit_price: number("2.80"); break;
      default: return dues::eval_status::missing;
    }
    return dues::eval_status::ok;
  }
  bool known(std::int32_t at) const { return at != absent; }
};

struct outcome {
  bool compiled = false;
  dues::eval_status status = dues::eval_status::ok;
  std::int32_t where = -1;
  std::string text;
  std::map<std::int32_t, int> asked;
};

/// Compiles and runs; `text` is the value as an explanation writes it.
template <class Int = dues::int128>
outcome value_of(std::string_view source, dues::value_type wanted) {
  outcome made;
  dues::diagnostics found;
  const auto compiled = dues::compile_expression(source, wanted, small_scope(), "/fees/0/quantity", found);
  made.compiled = compiled.has_value() && found.empty();
  if (!made.compiled) return made;
  small_context<Int> context;
  dues::no_trace silent;
  dues::operand<Int> out;
  made.status = dues::evaluate<Int>(*compiled, context, silent, out, made.where);
  if (made.status == dues::eval_status::ok) made.text = dues::trace::to_text(out, wanted);
  made.asked = context.asked;
  return made;
}

/// What is wrong with an expression, as "T202@4 T202@16".
inline std::string mistakes_of(std::string_view source, dues::value_type wanted = dues::value_type::number) {
  dues::diagnostics found;
  const auto compiled = dues::compile_expression(source, wanted, small_scope(), "/fees/0/quantity", found);
  std::string told;
  for (const dues::diagnostic& one : found.all()) told += (told.empty() ? "" : " ") + one.code + "@" + std::to_string(one.position);
  if (compiled.has_value() == found.has_errors()) told += " (and yet compiled, or neither)";
  return told;
}

}  // namespace dues_test
