// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/expression/impl/builder.hpp>
#include <dues/expression/impl/calls.ipp>
#include <dues/expression/impl/typing.ipp>

DUES_BEGIN

void expression_builder::fail(std::string_view code, std::initializer_list<std::pair<std::string_view, std::string>> values, std::int32_t position) {
  found_.add(make_diagnostic(code, pointer_, values, position));
  throw failed{code == "T202" || code == "T203" || code == "T204" || code == "T205"};
}

void expression_builder::unexpected(std::string_view expected) {
  const std::string found = now_.kind == detail::token_kind::end ? "the end" : "'" + std::string(now_.text) + "'";
  fail("T201", {{"expected", std::string(expected)}, {"found", found}}, now_.position);
}

void expression_builder::wrong_arguments(std::string_view function, std::string_view wanted, std::int32_t position) {
  fail("T203", {{"function", std::string(function)}, {"wanted", std::string(wanted)}}, position);
}

void expression_builder::unknown_name(const detail::token& name) {
  fail("T202", {{"name", std::string(name.text)}, {"nearest", names_.nearest(name.text)}}, name.position);
}

// After a mistake of names or types the words still say what they say: whoever misspelt one name
// hears of the others too. Functions of a later release take what is no name, so they end the search.
void expression_builder::check_other_names() {
  static constexpr std::array<std::string_view, 6> spoken{"and", "or", "not", "in", "true", "false"};
  constexpr std::size_t most_told = 8;
  std::vector<std::string_view> told;
  for (const diagnostic& one : found_.all())
    if (one.code == "T202" && one.pointer == pointer_) told.push_back(one.value("name"));
  std::vector<detail::token> wrong;
  std::size_t at = 0;
  detail::token next = detail::next_token(source_, at);
  while (next.kind != detail::token_kind::end && told.size() < most_told) {
    const detail::token one = next;
    next = detail::next_token(source_, at);
    if (one.kind != detail::token_kind::name || std::find(spoken.begin(), spoken.end(), one.text) != spoken.end()) continue;
    if (next.kind == detail::token_kind::sign && next.text == "(") {
      if (one.text == "usage" || one.text == "billed") break;
      continue;
    }
    if (names_.find(one.text) != nullptr || std::find(told.begin(), told.end(), one.text) != told.end()) continue;
    told.push_back(one.text);
    wrong.push_back(one);
  }
  for (const detail::token& one : wrong)
    found_.add(make_diagnostic("T202", pointer_, {{"name", std::string(one.text)}, {"nearest", names_.nearest(one.text)}}, one.position));
}

void expression_builder::expect(std::string_view text) {
  if (!sign(text)) unexpected("'" + std::string(text) + "'");
  end_ = static_cast<std::int32_t>(at_);
  advance();
}

std::size_t expression_builder::emit(opcode code, value_type type, std::int32_t argument, std::int32_t position, int stack_change, std::int32_t shown) {
  if (made_.code_.size() >= expression::most_steps)
    fail("T208", {{"is", "more steps"}, {"limit", std::to_string(expression::most_steps) + " steps"}}, position);
  made_.code_.push_back({code, type, argument, position, shown});
  stack_ += stack_change;
  made_.max_stack_ = std::max(made_.max_stack_, stack_);
  return made_.code_.size() - 1;
}

std::int32_t expression_builder::keep(std::string_view text) {
  made_.texts_.emplace_back(text);
  return static_cast<std::int32_t>(made_.texts_.size()) - 1;
}

std::optional<expression> expression_builder::build(value_type wanted) {
  made_.source_ = source_.substr(0, expression::most_characters);
  made_.pointer_ = pointer_;
  try {
    if (source_.size() > expression::most_characters)
      fail("T208", {{"is", std::to_string(source_.size()) + " characters"}, {"limit", std::to_string(expression::most_characters) + " characters"}}, 0);
    advance();
    const piece all = either();
    if (now_.kind != detail::token_kind::end) unexpected("an operator or the end");
    if (all.type != wanted) {
      const bool literal = all.literal.has_value();
      if (literal && wanted == value_type::rate && all.type == value_type::number) fail("T103", {{"text", std::string(source_)}}, 0);
      if (literal && wanted == value_type::number && all.type == value_type::rate) fail("T104", {{"text", std::string(source_)}}, 0);
      fail("T204", {{"operator", "this place, which takes " + std::string(to_text(wanted)) + ","}, {"left", std::string(to_text(all.type))}, {"right", "nothing else"}}, 0);
    }
  } catch (const failed& mistake) {
    if (mistake.look_further) check_other_names();
    return std::nullopt;
  }
  if (spoiled_) return std::nullopt;
  made_.type_ = wanted;
  for (const instruction& one : made_.code_)
    if (one.code == opcode::load || one.code == opcode::known) made_.slots_.push_back(one.argument);
  std::sort(made_.slots_.begin(), made_.slots_.end());
  made_.slots_.erase(std::unique(made_.slots_.begin(), made_.slots_.end()), made_.slots_.end());
  // A negative literal is one literal too.
  if (made_.code_.size() == 2 && made_.code_[0].code == opcode::push_number && made_.code_[1].code == opcode::negate) {
    made_.numbers_[0] = *decimal::make(-made_.numbers_[0].coefficient(), made_.numbers_[0].scale());
    made_.code_.pop_back();
  }
  return std::move(made_);
}

expression_builder::piece expression_builder::either() {
  piece left = both();
  while (word("or")) {
    const std::int32_t position = now_.position;
    need(left, value_type::yes_no, "or", position);
    advance();
    const std::size_t jump = emit(opcode::jump_if_true_or_pop, value_type::yes_no, 0, position, -1);
    const std::size_t before = proven_.size();
    proven_.insert(proven_.end(), left.nonzero_if_false.begin(), left.nonzero_if_false.end());
    const piece right = both();
    proven_.resize(before);
    need(right, value_type::yes_no, "or", position);
    land(jump);
    left.name = nullptr;
    left.nonzero_if_true.clear();
    left.nonzero_if_false.insert(left.nonzero_if_false.end(), right.nonzero_if_false.begin(), right.nonzero_if_false.end());
  }
  return left;
}

expression_builder::piece expression_builder::both() {
  piece left = negation();
  while (word("and")) {
    const std::int32_t position = now_.position;
    need(left, value_type::yes_no, "and", position);
    advance();
    const std::size_t jump = emit(opcode::jump_if_false_or_pop, value_type::yes_no, 0, position, -1);
    const std::size_t before = proven_.size();
    proven_.insert(proven_.end(), left.nonzero_if_true.begin(), left.nonzero_if_true.end());
    const piece right = negation();
    proven_.resize(before);
    need(right, value_type::yes_no, "and", position);
    land(jump);
    left.name = nullptr;
    left.nonzero_if_false.clear();
    left.nonzero_if_true.insert(left.nonzero_if_true.end(), right.nonzero_if_true.begin(), right.nonzero_if_true.end());
  }
  return left;
}

expression_builder::piece expression_builder::negation() {
  if (!word("not")) return comparison();
  const deeper guard(*this);
  const std::int32_t position = now_.position;
  advance();
  piece one = negation();
  need(one, value_type::yes_no, "not", position);
  emit(opcode::logical_not, value_type::yes_no, 0, position, 0);
  std::swap(one.nonzero_if_true, one.nonzero_if_false);
  one.name = nullptr;
  return one;
}

expression_builder::piece expression_builder::comparison() {
  piece left = sum();
  if (word("in")) {
    membership(left);
    return left;
  }
  for (const std::string_view text : {"=", "!=", "<", "<=", ">", ">="})
    if (sign(text)) {
      const std::int32_t position = now_.position;
      advance();
      compare(left, text, position);
      return left;
    }
  return left;
}

expression_builder::piece expression_builder::sum() {
  piece left = term();
  while (sign("+") || sign("-")) {
    const char what = now_.text[0];
    const std::int32_t position = now_.position;
    advance();
    arithmetic(left, term(), what, position);
  }
  return left;
}

expression_builder::piece expression_builder::term() {
  piece left = unary();
  while (sign("*") || sign("/")) {
    const char what = now_.text[0];
    const std::int32_t position = now_.position;
    advance();
    arithmetic(left, unary(), what, position);
  }
  return left;
}

expression_builder::piece expression_builder::unary() {
  if (!sign("-")) return primary();
  const deeper guard(*this);
  const std::int32_t position = now_.position;
  advance();
  piece one = unary();
  if (one.type != value_type::number && one.type != value_type::rate)
    fail("T204", {{"operator", "-"}, {"left", "nothing"}, {"right", std::string(to_text(one.type))}}, position);
  emit(opcode::negate, one.type, 0, position, 0);
  one.positive = false;
  one.name = nullptr;
  one.begin = position;
  if (one.literal) one.literal = decimal::make(-one.literal->coefficient(), one.literal->scale());
  return one;
}

expression_builder::piece expression_builder::number(bool rate) {
  piece one;
  one.begin = now_.position;
  decimal_error why = decimal_error::none;
  auto value = decimal::parse(now_.text, &why);
  constexpr int hundred = 2;
  if (value && rate)
    value = value->scale() + hundred > decimal::most_places ? value->normalized() : value;
  if (value && rate) value = decimal::make(value->coefficient(), value->scale() + hundred);
  if (!value) fail("T208", {{"is", std::string(now_.text.substr(0, 60))}, {"limit", "38 digits, 18 of them after the point"}}, now_.position);
  for (int128 left = value->coefficient(); left != 0 || one.digits == 0; left = int128(left / 10)) ++one.digits;
  one.type = rate ? value_type::rate : value_type::number;
  one.literal = value;
  one.positive = *value > decimal();
  one.nonzero = *value != decimal();
  made_.numbers_.push_back(*value);
  one.at = emit(opcode::push_number, one.type, static_cast<std::int32_t>(made_.numbers_.size()) - 1, one.begin, 1);
  end_ = static_cast<std::int32_t>(at_);
  advance();
  return one;
}

expression_builder::piece expression_builder::primary() {
  using detail::token_kind;
  if (now_.kind == token_kind::number || now_.kind == token_kind::rate) return number(now_.kind == token_kind::rate);
  if (now_.kind == token_kind::quoted) {
    piece one;
    one.type = value_type::text;
    one.quoted = true;
    one.begin = now_.position;
    one.at = emit(opcode::push_text, value_type::text, keep(now_.text), now_.position, 1);
    end_ = static_cast<std::int32_t>(at_);
    advance();
    return one;
  }
  if (sign("(")) {
    const deeper guard(*this);
    const std::int32_t begin = now_.position;
    advance();
    piece one = either();
    expect(")");
    one.begin = begin;
    return one;
  }
  const bool connective = word("and") || word("or") || word("in") || word("not");
  if (now_.kind == token_kind::name && !connective) return name();
  unexpected("a number, a name or '('");
}

expression_builder::piece expression_builder::name() {
  const detail::token token = now_;
  end_ = static_cast<std::int32_t>(at_);
  advance();
  if (sign("(")) return call(token);
  piece one;
  one.begin = token.position;
  if (token.text == "true" || token.text == "false") {
    one.type = value_type::yes_no;
    one.at = emit(opcode::push_word, value_type::yes_no, token.text == "true" ? 1 : 0, token.position, 1);
    return one;
  }
  const name_info* known = names_.find(token.text);
  if (known == nullptr) unknown_name(token);
  one.type = known->type;
  one.name = known;
  if (known->type == value_type::choice) one.choice = known;
  if (known->max_digits < decimal::most_digits) one.digits = known->max_digits;
  one.positive = known->above_zero;
  one.nonzero = known->above_zero || proven(known->name);
  one.at = emit(opcode::load, known->type, known->slot, token.position, 1);
  return one;
}

std::optional<expression> compile_expression(std::string_view source, value_type wanted, const scope& names, std::string pointer, diagnostics& found) {
  return expression_builder(source, names, std::move(pointer), found).build(wanted);
}

DUES_END
