// SPDX-License-Identifier: Apache-2.0
//
// The functions of the language. There are ten, and no others can be made.
#pragma once

#include <dues/expression/impl/builder.hpp>

DUES_BEGIN

expression_builder::piece expression_builder::branch(const detail::token& function) {
  piece condition = either();
  need(condition, value_type::yes_no, "if", function.position);
  const std::size_t past = emit(opcode::jump_if_false, value_type::yes_no, 0, function.position, -1);
  expect(",");
  const std::size_t before = proven_.size();
  proven_.insert(proven_.end(), condition.nonzero_if_true.begin(), condition.nonzero_if_true.end());
  piece left = either();
  proven_.resize(before);
  const std::size_t end = emit(opcode::jump, left.type, 0, function.position, -1);  // one branch only leaves its value
  land(past);
  expect(",");
  proven_.insert(proven_.end(), condition.nonzero_if_false.begin(), condition.nonzero_if_false.end());
  piece right = either();
  proven_.resize(before);
  land(end);
  expect(")");
  if (!one_type(left, right))
    fail("T204", {{"operator", "if"}, {"left", std::string(to_text(left.type))}, {"right", std::string(to_text(right.type))}}, function.position);
  piece made;
  made.type = left.type;
  made.choice = left.choice;
  made.begin = function.position;
  made.at = condition.at;
  made.positive = left.positive && right.positive;
  made.nonzero = left.nonzero && right.nonzero;
  made.digits = left.digits != 0 && right.digits != 0 ? std::max(left.digits, right.digits) : 0;
  return made;
}

// usage(water), usage(power, peak): a name of its own in the scope.
expression_builder::piece expression_builder::usage(const detail::token& function) {
  advance();  // '('
  const auto word_here = [&] {
    if (now_.kind != detail::token_kind::name) wrong_arguments("usage", "a meter of reads, and a register if it has several", function.position);
    const std::string text(now_.text);
    advance();
    return text;
  };
  std::string name = "usage(" + word_here();
  if (sign(",")) {
    advance();
    name += ", " + word_here();
  }
  name += ")";
  end_ = static_cast<std::int32_t>(at_);
  expect(")");
  const name_info* known = names_.find(name);
  if (known == nullptr) fail("T202", {{"name", name}, {"nearest", names_.nearest(name)}}, function.position);
  piece made;
  made.begin = function.position;
  made.name = known;
  made.nonzero = proven(known->name);
  made.at = emit(opcode::load, known->type, known->slot, function.position, 1);
  return made;
}

expression_builder::piece expression_builder::extreme(const std::string& function, const std::vector<piece>& arguments, std::int32_t position) {
  piece made;
  bool fine = arguments.size() >= 2;
  bool all_positive = true;
  bool any_positive = false;
  bool counted = true;
  for (const piece& one : arguments) {
    fine = fine && (one.type == value_type::number || one.type == value_type::rate) && one.type == arguments[0].type;
    all_positive = all_positive && one.positive;
    any_positive = any_positive || one.positive;
    counted = counted && one.digits != 0;
    made.digits = std::max(made.digits, one.digits);
  }
  if (!fine) wrong_arguments(function, "two or more numbers or rates of one type", position);
  if (!counted) made.digits = 0;
  made.type = arguments[0].type;
  made.positive = function == "min" ? all_positive : any_positive;
  made.nonzero = made.positive;
  const auto count = static_cast<std::int32_t>(arguments.size());
  emit(function == "min" ? opcode::minimum : opcode::maximum, made.type, count, position, 1 - count);
  return made;
}

expression_builder::piece expression_builder::call(const detail::token& function) {
  const deeper guard(*this);
  const std::string name(function.text);
  if (name == "usage") return usage(function);
  if (name == "billed") fail("T150", {{"what", name + "()"}}, function.position);
  static constexpr std::array<std::string_view, 9> functions{"if", "min", "max", "ceil", "floor", "round", "abs", "known", "days"};
  if (std::find(functions.begin(), functions.end(), function.text) == functions.end())
    fail("T203", {{"function", name}, {"wanted", "one of if, min, max, ceil, floor, round, abs, known, days, usage"},
                  {"nearest", std::string(nearest_name(function.text, functions))}}, function.position);
  advance();  // '('
  if (name == "if") return branch(function);
  piece made;
  made.begin = function.position;
  if (name == "known") {
    if (now_.kind != detail::token_kind::name) wrong_arguments(name, "one name", function.position);
    const name_info* known = names_.find(now_.text);
    if (known == nullptr) unknown_name(now_);
    made.type = value_type::yes_no;
    made.at = emit(opcode::known, value_type::yes_no, known->slot, now_.position, 1);
    advance();
    expect(")");
    return made;
  }
  made.at = made_.code_.size();
  std::vector<piece> arguments;
  if (!sign(")"))
    for (;;) {
      arguments.push_back(either());
      if (!sign(",")) break;
      advance();
    }
  expect(")");
  if (name == "min" || name == "max") {
    piece one = extreme(name, arguments, function.position);
    one.begin = made.begin;
    one.at = made.at;
    return one;
  }
  if (name == "days") {
    if (arguments.size() != 2 || arguments[0].type != value_type::date || arguments[1].type != value_type::date)
      wrong_arguments(name, "two dates", function.position);
    emit(opcode::days, value_type::date, 0, function.position, -1);
    return made;
  }
  const auto numeric = [](const piece& one) { return one.type == value_type::number || one.type == value_type::rate; };
  if (name == "round") {
    const bool fine = arguments.size() == 2 && numeric(arguments[0]) && arguments[1].literal && arguments[1].type == value_type::number &&
                      arguments[1].literal->normalized().scale() == 0 && *arguments[1].literal >= decimal() && *arguments[1].literal <= decimal(decimal::most_places);
    if (!fine) wrong_arguments(name, "a number or rate, and places from 0 to 18", function.position);
    const auto places = static_cast<std::int32_t>(arguments[1].literal->normalized().coefficient());
    made_.code_.resize(arguments[1].at);  // the places are part of the step
    --stack_;
    made.type = arguments[0].type;
    emit(opcode::round, made.type, places, function.position, 0);
    return made;
  }
  if (arguments.size() != 1 || !numeric(arguments[0]) || (name != "abs" && arguments[0].type != value_type::number))
    wrong_arguments(name, name == "abs" ? "one number or rate" : "one number", function.position);
  made.type = arguments[0].type;
  made.digits = arguments[0].digits;
  made.positive = (name == "abs" && arguments[0].nonzero) || (name == "ceil" && arguments[0].positive);
  made.nonzero = made.positive;
  emit(name == "ceil" ? opcode::ceil : name == "floor" ? opcode::floor : opcode::abs, made.type, 0, function.position, 0);
  return made;
}

DUES_END
