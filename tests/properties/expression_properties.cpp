// SPDX-License-Identifier: Apache-2.0
//
// Random expressions, evaluated three ways: in 128 bits, in 256 bits, and by a tree interpreter over
// Boost's rationals that shares no code with the library. All must agree; where a width is too small it
// must say so, and never give another number.
#include <dues/expression/evaluate.hpp>
#include <dues/expression/parse.hpp>
#include <dues/explain/trace.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using dues::eval_status;
using dues::value_type;
using rational = boost::multiprecision::cpp_rational;
using integer = boost::multiprecision::cpp_int;

// ---- the facts: values are drawn, the names are fixed ----

enum : std::int32_t { some_slot, positive_slot, rate_slot, flag_slot, use_slot, from_slot, to_slot, slots };

struct world {
  dues::decimal some, positive, rate;
  std::int32_t flag = 0, use = 0, from = 0, to = 0;
};

const std::vector<std::string>& uses() {
  static const std::vector<std::string> words{"flat", "shop", "office"};
  return words;
}

dues::scope names_of_world() {
  dues::scope names;
  names.add({"unit.some", value_type::number, some_slot, {}, false, 38});
  names.add({"unit.positive", value_type::number, positive_slot, {}, true, 38});
  names.add({"value.rate", value_type::rate, rate_slot, {}, false, 38});
  names.add({"unit.flag", value_type::yes_no, flag_slot, {}, false, 38});
  names.add({"unit.use", value_type::choice, use_slot, uses(), false, 38});
  names.add({"unit.from", value_type::date, from_slot, {}, false, 38});
  names.add({"unit.to", value_type::date, to_slot, {}, false, 38});
  return names;
}

template <class Int>
struct world_context {
  const world& facts;
  eval_status load(std::int32_t at, dues::operand<Int>& out) {
    switch (at) {
      case some_slot: out.number = dues::exact<Int>(facts.some); break;
      case positive_slot: out.number = dues::exact<Int>(facts.positive); break;
      case rate_slot: out.number = dues::exact<Int>(facts.rate); break;
      case flag_slot: out.word = facts.flag; break;
      case use_slot: out.word = facts.use; break;
      case from_slot: out.word = facts.from; break;
      default: out.word = facts.to; break;
    }
    return eval_status::ok;
  }
  bool known(std::int32_t) const { return true; }
};

// ---- the tree: what is meant, how it is written, what it is worth ----

struct tree {
  std::string word;  ///< an operator, a function, or "leaf"
  std::string text;  ///< of a leaf
  int strength = 9;  ///< how tightly it binds: or 1, and 2, not 3, comparison 4, sum 5, product 6, minus 7, call 9
  bool spare = false;  ///< written in parentheses that it does not need
  std::vector<tree> of;
};

std::string written(const tree& t, int least) {
  std::string made;
  if (t.word == "leaf") made = t.text;
  else if (t.word == "not") made = "not " + written(t.of[0], 3);
  else if (t.word == "minus") made = "-" + written(t.of[0], 7);
  else if (t.strength == 9) {
    for (const tree& one : t.of) made += (made.empty() ? "" : ", ") + written(one, 0);
    made = t.word + "(" + made + ")";
  } else {
    // Comparisons do not chain; the others take their own kind on the left only.
    const int left = t.strength == 4 ? 5 : t.strength;
    made = written(t.of[0], left) + " " + t.word + " " + written(t.of[1], t.strength + 1);
  }
  return t.strength < least || t.spare ? "(" + made + ")" : made;
}

rational to_rational(const dues::decimal& value) {
  rational made(integer(dues::to_string(value.coefficient())));
  for (int i = 0; i < value.scale(); ++i) made /= 10;
  return made;
}

integer floor_of(const rational& x) {
  const integer n = numerator(x);
  const integer d = denominator(x);
  integer q = n / d;
  if (n < 0 && q * d != n) --q;
  return q;
}

rational rounded(const rational& x, int places) {
  rational power = 1;
  for (int i = 0; i < places; ++i) power *= 10;
  const rational size = x < 0 ? rational(-x) : x;
  const rational away = rational(floor_of(size * power + rational(1, 2))) / power;  // ties away from zero
  return x < 0 ? rational(-away) : away;
}

/// Yes and no are 1 and 0; a word is its place, a date its day.
rational worth(const tree& t, const world& facts) {
  if (t.word == "leaf") {
    if (t.text == "unit.some") return to_rational(facts.some);
    if (t.text == "unit.positive") return to_rational(facts.positive);
    if (t.text == "value.rate") return to_rational(facts.rate);
    if (t.text == "unit.flag") return facts.flag;
    if (t.text == "unit.use") return facts.use;
    if (t.text == "unit.from") return facts.from;
    if (t.text == "unit.to") return facts.to;
    if (t.text == "true") return 1;
    if (t.text == "false") return 0;
    for (std::size_t i = 0; i < uses().size(); ++i)
      if (t.text == "'" + uses()[i] + "'") return static_cast<int>(i);
    const bool percent = t.text.back() == '%';
    const auto number = dues::decimal::parse(t.text.substr(0, t.text.size() - (percent ? 1 : 0)));
    return percent ? rational(to_rational(*number) / 100) : to_rational(*number);
  }
  // Nothing but the branch that holds is looked at: the other may divide by zero.
  const rational a = worth(t.of[0], facts);
  if (t.word == "if") return worth(a != 0 ? t.of[1] : t.of[2], facts);
  if (t.word == "and") return a == 0 ? a : worth(t.of[1], facts);
  if (t.word == "or") return a != 0 ? a : worth(t.of[1], facts);
  if (t.word == "not") return a == 0 ? 1 : 0;
  if (t.word == "minus") return -a;
  if (t.word == "ceil") return -rational(floor_of(-a));
  if (t.word == "floor") return rational(floor_of(a));
  if (t.word == "abs") return a < 0 ? rational(-a) : a;
  rational b = worth(t.of[1], facts);
  if (t.word == "round") return rounded(a, static_cast<int>(numerator(b)));
  if (t.word == "min" || t.word == "max") {
    rational best = a;
    for (std::size_t i = 1; i < t.of.size(); ++i) {
      b = worth(t.of[i], facts);
      if (t.word == "min" ? b < best : b > best) best = b;
    }
    return best;
  }
  if (t.word == "days") return b - a;
  if (t.word == "+") return a + b;
  if (t.word == "-") return a - b;
  if (t.word == "*") return a * b;
  if (t.word == "/") return a / b;
  if (t.word == "=") return a == b ? 1 : 0;
  if (t.word == "!=") return a != b ? 1 : 0;
  if (t.word == "<") return a < b ? 1 : 0;
  if (t.word == "<=") return a <= b ? 1 : 0;
  if (t.word == ">") return a > b ? 1 : 0;
  return a >= b ? 1 : 0;
}

// ---- growing a tree from drawn numbers: shorter draws and smaller numbers give simpler trees ----

class grower {
 public:
  explicit grower(const std::vector<std::uint8_t>& draws) : draws_(draws) {}

  tree grow(value_type type, int depth) {
    switch (type) {
      case value_type::number: return number(depth);
      case value_type::rate: return rate(depth);
      default: return condition(depth);
    }
  }

 private:
  int draw(int below) { return at_ < draws_.size() ? draws_[at_++] % below : 0; }
  static tree leaf(std::string text) { return {"leaf", std::move(text), 9, false, {}}; }
  tree make(std::string word, int strength, std::vector<tree> of) { return {std::move(word), {}, strength, draw(5) == 4, std::move(of)}; }
  tree digits(std::string_view sign) {
    std::string text = std::to_string(draw(200));
    if (draw(2) == 1) text += "." + std::to_string(draw(1000));
    return leaf(text + std::string(sign));
  }
  tree chosen(value_type type, int depth) { return make("if", 9, {grow(value_type::yes_no, depth - 1), grow(type, depth - 1), grow(type, depth - 1)}); }
  tree extreme(value_type type, int depth) {
    std::vector<tree> of{grow(type, depth - 1), grow(type, depth - 1)};
    if (draw(2) == 1) of.push_back(grow(type, depth - 1));
    return make(draw(2) == 1 ? "min" : "max", 9, std::move(of));
  }
  tree not_zero(int depth) {
    switch (draw(4)) {
      case 0: return leaf("unit.positive");
      case 1: return leaf(std::to_string(1 + draw(200)));
      case 2: return make("+", 5, {make("abs", 9, {leaf("unit.positive")}), leaf("0.5")});
      default: return make("*", 6, {leaf("unit.positive"), depth > 1 ? not_zero(depth - 1) : leaf("3")});
    }
  }
  tree tested(int depth) {
    const tree quotient = make("/", 6, {number(depth - 1), leaf("unit.some")});
    const tree other = number(depth - 1);
    switch (draw(4)) {
      case 0: return make("if", 9, {make("!=", 4, {leaf("unit.some"), leaf("0")}), quotient, other});
      case 1: return make("if", 9, {make("=", 4, {leaf("0"), leaf("unit.some")}), other, quotient});
      case 2: return make("if", 9, {make("and", 2, {condition(depth - 1), make(">", 4, {leaf("unit.some"), leaf("0")})}), quotient, other});
      default: return make("if", 9, {make("or", 1, {make("=", 4, {leaf("unit.some"), leaf("0")}), condition(depth - 1)}), other, quotient});
    }
  }
  tree number(int depth) {
    if (depth <= 0) return draw(3) == 0 ? digits("") : leaf(draw(2) == 1 ? "unit.some" : "unit.positive");
    switch (draw(13)) {
      case 0: return number(0);
      case 1: return make("+", 5, {number(depth - 1), number(depth - 1)});
      case 2: return make("-", 5, {number(depth - 1), number(depth - 1)});
      case 3: return make("*", 6, {number(depth - 1), number(depth - 1)});
      case 4: return make("*", 6, {rate(depth - 1), number(depth - 1)});
      case 5: return make("/", 6, {number(depth - 1), not_zero(depth)});
      case 6: return make("minus", 7, {number(depth - 1)});
      case 7: return extreme(value_type::number, depth);
      case 8: return make("round", 9, {number(depth - 1), leaf(std::to_string(draw(7)))});
      case 9: return make(draw(2) == 1 ? "ceil" : "floor", 9, {number(depth - 1)});
      case 10: return draw(2) == 1 ? make("abs", 9, {number(depth - 1)}) : make("days", 9, {leaf("unit.from"), leaf("unit.to")});
      case 11: return tested(depth);
      default: return chosen(value_type::number, depth);
    }
  }
  tree rate(int depth) {
    if (depth <= 0) return draw(2) == 0 ? digits("%") : leaf("value.rate");
    switch (draw(7)) {
      case 0: return rate(0);
      case 1: return make("+", 5, {rate(depth - 1), rate(depth - 1)});
      case 2: return make("-", 5, {rate(depth - 1), rate(depth - 1)});
      case 3: return make("*", 6, {rate(depth - 1), rate(depth - 1)});
      case 4: return make("/", 6, {rate(depth - 1), not_zero(depth)});
      case 5: return extreme(value_type::rate, depth);
      default: return chosen(value_type::rate, depth);
    }
  }
  tree condition(int depth) {
    if (depth <= 0) return leaf(draw(3) == 0 ? "true" : draw(2) == 1 ? "unit.flag" : "false");
    static const std::vector<std::string> signs{"=", "!=", "<", "<=", ">", ">="};
    switch (draw(7)) {
      case 0: return condition(0);
      case 1: return make("and", 2, {condition(depth - 1), condition(depth - 1)});
      case 2: return make("or", 1, {condition(depth - 1), condition(depth - 1)});
      case 3: return make("not", 3, {condition(depth - 1)});
      case 4: return make(signs[static_cast<std::size_t>(draw(2))], 4, {leaf("unit.use"), leaf("'" + uses()[static_cast<std::size_t>(draw(3))] + "'")});
      case 5: return make(signs[static_cast<std::size_t>(draw(6))], 4, {leaf("unit.from"), leaf("unit.to")});
      default: {
        const value_type type = draw(3) == 2 ? value_type::rate : value_type::number;
        return make(signs[static_cast<std::size_t>(draw(6))], 4, {grow(type, depth - 1), grow(type, depth - 1)});
      }
    }
  }

  const std::vector<std::uint8_t>& draws_;
  std::size_t at_ = 0;
};

/// @param large  coefficients of 14 digits, so that products pass the narrow width
world drawn_world(bool large) {
  world made;
  const auto number = [](int least, int most, int scale) { return *dues::decimal::make(*rc::gen::inRange(least, most), scale); };
  made.some = *rc::gen::weightedElement<bool>({{1, true}, {3, false}}) ? dues::decimal() : number(-50'000, 50'000, *rc::gen::inRange(0, 5));
  made.positive = number(1, 50'000, *rc::gen::inRange(0, 5));
  if (large) {
    made.some = *dues::decimal::make(dues::int128(*rc::gen::inRange<std::int64_t>(-90'000'000'000'000, 90'000'000'000'000)), *rc::gen::inRange(0, 7));
    made.positive = *dues::decimal::make(dues::int128(*rc::gen::inRange<std::int64_t>(10'000'000'000'000, 90'000'000'000'000)), *rc::gen::inRange(0, 7));
  }
  made.rate = number(-5'000, 20'000, 4);
  made.flag = *rc::gen::inRange(0, 2);
  made.use = *rc::gen::inRange(0, 3);
  made.from = *rc::gen::inRange(15'000, 25'000);
  made.to = *rc::gen::inRange(15'000, 25'000);
  return made;
}

template <class Int>
eval_status run(const dues::expression& what, const world& facts, rational& out) {
  world_context<Int> context{facts};
  dues::no_trace silent;
  dues::operand<Int> value;
  std::int32_t where = -1;
  const eval_status status = dues::evaluate<Int>(what, context, silent, value, where);
  if (status != eval_status::ok) return status;
  if (what.type() == value_type::yes_no) {
    out = value.word;
    return status;
  }
  const auto lowest = value.number.reduced();
  if (!lowest) return eval_status::overflow;  // fits as num / (den * 10^scale) only
  out = rational(integer(dues::to_string(lowest->num)), integer(dues::to_string(lowest->den)));
  return status;
}

void agree(const std::vector<std::uint8_t>& draws, value_type type, int depth, bool large) {
  const tree meant = grower(draws).grow(type, depth);
  const std::string source = written(meant, 0);
  RC_PRE(source.size() <= dues::expression::most_characters);
  RC_LOG() << source << '\n';

  dues::diagnostics found;
  const auto what = dues::compile_expression(source, type, names_of_world(), "/p", found);
  if (!what) {
    // Too many steps is an honest answer; a lone literal of the wrong sign cannot come up here.
    RC_ASSERT(found.all().size() == 1U);
    RC_ASSERT(found.all()[0].code == "T208");
    RC_DISCARD("too long");
  }
  RC_ASSERT(found.empty());
  RC_ASSERT(what->max_stack() >= 1);

  const world facts = drawn_world(large);
  const rational wanted = worth(meant, facts);
  rational narrow;
  rational wide;
  const eval_status first = run<dues::int128>(*what, facts, narrow);
  const eval_status second = run<dues::int256>(*what, facts, wide);
  RC_ASSERT(first == eval_status::ok || first == eval_status::overflow);
  RC_ASSERT(second == eval_status::ok || second == eval_status::overflow);
  if (first == eval_status::ok) RC_ASSERT(narrow == wanted);
  if (second == eval_status::ok) RC_ASSERT(wide == wanted);
  if (first == eval_status::ok) RC_ASSERT(second == eval_status::ok);
  // What is as small as real tariffs are fits the narrow width.
  if (depth <= 2) RC_ASSERT(first == eval_status::ok);
  RC_CLASSIFY(what->code().size() > 20, "more than 20 steps");
  RC_CLASSIFY(what->max_stack() > 8, "deep");
  RC_CLASSIFY(first != eval_status::ok, "too wide for 128 bits");
  RC_CLASSIFY(second != eval_status::ok, "too wide for 256 bits");
}

RC_GTEST_PROP(expression_property, small_expressions_agree_with_rationals, (const std::vector<std::uint8_t>& draws)) {
  agree(draws, *rc::gen::element(value_type::number, value_type::rate, value_type::yes_no), 2, false);
}

RC_GTEST_PROP(expression_property, large_expressions_agree_with_rationals_or_say_overflow, ()) {
  const auto draws = *rc::gen::container<std::vector<std::uint8_t>>(*rc::gen::inRange<std::size_t>(0, 400), rc::gen::arbitrary<std::uint8_t>());
  agree(draws, *rc::gen::element(value_type::number, value_type::rate, value_type::yes_no), 5, *rc::gen::arbitrary<bool>());
}

// Whatever stands in a tariff, the compiler answers: an expression or a mistake inside the text.
RC_GTEST_PROP(expression_property, any_text_compiles_or_has_a_mistake_in_it, ()) {
  static const std::vector<std::string> words{"unit.some", "unit.use", "unit.x", "value.rate", "'shop'", "'", "1", "0", "5%", ".", "(", ")", ",", "+", "-", "*", "/", "=", "<=",
                                              "in", "and", "or", "not ", "if(", "min(", "round(", "known(", "days(", "usage(", "true", " ", "\n", "\xe5\x95\x86", "\xff", "%", "&"};
  const auto picked = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words));
  std::string source;
  for (const std::string& one : picked) source += one;
  dues::diagnostics found;
  const auto what = dues::compile_expression(source, *rc::gen::element(value_type::number, value_type::rate, value_type::yes_no, value_type::text), names_of_world(), "/p", found);
  RC_ASSERT(what.has_value() != found.has_errors());
  for (const dues::diagnostic& one : found.all()) {
    RC_ASSERT(one.position >= 0);
    RC_ASSERT(static_cast<std::size_t>(one.position) <= source.size());
  }
}

}  // namespace
