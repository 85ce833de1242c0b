// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/expression/evaluate.hpp>
#include <dues/expression/impl/tokens.hpp>
#include <dues/expression/parse.hpp>

#include <algorithm>

DUES_BEGIN

/// Builds one expression while it is parsed: types are known as soon as code is made.
class expression_builder {
 public:
  expression_builder(std::string_view source, const scope& names, std::string pointer, diagnostics& found)
      : source_(source), names_(names), pointer_(std::move(pointer)), found_(found) {}

  std::optional<expression> build(value_type wanted);

 private:
  /// What the code made so far leaves on the stack.
  struct piece {
    value_type type = value_type::number;
    const name_info* name = nullptr;       ///< when it is one name
    std::int32_t begin = 0;                ///< position in the source
    std::size_t at = 0;                    ///< its first instruction
    bool quoted = false;                   ///< a word that is not yet known to be of a choice
    bool nonzero = false, positive = false;
    std::optional<decimal> literal;
    std::vector<std::string_view> nonzero_if_true, nonzero_if_false;  ///< names proven by a condition
  };
  struct failed {};

  [[noreturn]] void fail(std::string_view code, std::initializer_list<std::pair<std::string_view, std::string>> values, std::int32_t position);
  [[noreturn]] void unexpected(std::string_view expected);
  void advance() { now_ = detail::next_token(source_, at_); }
  bool sign(std::string_view text) const { return now_.kind == detail::token_kind::sign && now_.text == text; }
  bool word(std::string_view text) const { return now_.kind == detail::token_kind::name && now_.text == text; }
  void expect(std::string_view text);
  std::size_t emit(opcode code, value_type type, std::int32_t argument, std::int32_t position, int stack_change, std::int32_t shown = -1);
  void land(std::size_t jump) { made_.code_[jump].argument = static_cast<std::int32_t>(made_.code_.size()); }
  std::int32_t keep(std::string_view text);
  bool proven(std::string_view name) const { return std::find(proven_.begin(), proven_.end(), name) != proven_.end(); }
  std::string text_of(const piece& one) const { return std::string(source_.substr(static_cast<std::size_t>(one.begin), static_cast<std::size_t>(end_ - one.begin))); }

  piece either();
  piece both();
  piece negation();
  piece comparison();
  piece sum();
  piece term();
  piece unary();
  piece primary();
  piece number(bool rate);
  piece name();
  piece call(const detail::token& function);
  piece branch(const detail::token& function);
  void membership(piece& left);
  void compare(piece& left, std::string_view sign_text, std::int32_t position);
  void as_choice(const piece& quoted, const name_info& choice);
  void need(const piece& one, value_type wanted, std::string_view what, std::int32_t position);
  void arithmetic(piece& left, const piece& right, char sign_text, std::int32_t position);

  std::string_view source_;
  const scope& names_;
  std::string pointer_;
  diagnostics& found_;
  expression made_;
  detail::token now_;
  std::size_t at_ = 0;
  std::int32_t end_ = 0;  ///< end of the last token taken
  int depth_ = 0, stack_ = 0;
  std::vector<std::string_view> proven_;  ///< names that are not 0 where the parser stands

  struct deeper {
    explicit deeper(expression_builder& b) : builder(b) {
      if (++builder.depth_ > expression::most_depth)
        builder.fail("T208", {{"is", "depth " + std::to_string(builder.depth_)}, {"limit", "depth " + std::to_string(expression::most_depth)}}, builder.now_.position);
    }
    ~deeper() { --builder.depth_; }
    deeper(const deeper&) = delete;
    deeper& operator=(const deeper&) = delete;
    expression_builder& builder;
  };
};

void expression_builder::fail(std::string_view code, std::initializer_list<std::pair<std::string_view, std::string>> values, std::int32_t position) {
  found_.add(make_diagnostic(code, pointer_, values, position));
  throw failed();
}

void expression_builder::unexpected(std::string_view expected) {
  const std::string found = now_.kind == detail::token_kind::end ? "the end" : "'" + std::string(now_.text) + "'";
  fail("T201", {{"expected", std::string(expected)}, {"found", found}}, now_.position);
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
  if (stack_ > expression::most_depth * 2)
    fail("T208", {{"is", "more operands at once"}, {"limit", std::to_string(expression::most_depth * 2)}}, position);
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
  } catch (const failed&) {
    return std::nullopt;
  }
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
  const deeper guard(*this);
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

// A quoted word becomes a place in the choice that it stands beside.
void expression_builder::as_choice(const piece& quoted, const name_info& choice) {
  instruction& push = made_.code_[quoted.at];
  const std::string_view text = made_.texts_[static_cast<std::size_t>(push.argument)];
  const auto at = std::find(choice.words.begin(), choice.words.end(), text);
  if (at == choice.words.end()) {
    std::vector<std::string_view> words(choice.words.begin(), choice.words.end());
    std::string listed;
    for (const std::string_view one : words) listed += (listed.empty() ? "" : ", ") + std::string(one);
    fail("T206", {{"word", std::string(text)}, {"words", listed}, {"nearest", std::string(nearest_name(text, words))}}, quoted.begin);
  }
  push.shown = push.argument;
  push.code = opcode::push_word;
  push.type = value_type::choice;
  push.argument = static_cast<std::int32_t>(at - choice.words.begin());
}

void expression_builder::compare(piece& left, std::string_view text, std::int32_t position) {
  const piece right = sum();
  const auto mismatch = [&] {
    fail("T204", {{"operator", std::string(text)}, {"left", std::string(to_text(left.type))}, {"right", std::string(to_text(right.type))}}, position);
  };
  const bool equality = text == "=" || text == "!=";
  const bool plain = text == "=";
  if (left.type == value_type::choice || right.type == value_type::choice) {
    if (!equality) mismatch();
    if (left.type == value_type::choice && right.quoted) as_choice(right, *left.name);
    else if (right.type == value_type::choice && left.quoted) as_choice(left, *right.name);
    else if (left.type != right.type || left.name->words != right.name->words) mismatch();
    emit(plain ? opcode::same_word : opcode::other_word, value_type::choice, 0, position, -1);
  } else if (left.type != right.type) {
    mismatch();
  } else if (left.type == value_type::text) {
    if (!equality) mismatch();
    emit(plain ? opcode::same_text : opcode::other_text, value_type::text, 0, position, -1);
  } else if (left.type == value_type::yes_no) {
    if (!equality) mismatch();
    emit(plain ? opcode::same_word : opcode::other_word, value_type::yes_no, 0, position, -1);
  } else {
    const opcode code = text == "=" ? opcode::equal : text == "!=" ? opcode::not_equal : text == "<" ? opcode::less
                      : text == "<=" ? opcode::less_equal : text == ">" ? opcode::greater : opcode::greater_equal;
    emit(code, left.type, 0, position, -1);
  }
  piece made;
  made.type = value_type::yes_no;
  made.begin = left.begin;
  made.at = left.at;
  // What a test against a literal says about a name being 0.
  const bool mirrored = right.name != nullptr && left.literal.has_value();
  const name_info* name = mirrored ? right.name : left.name;
  const std::optional<decimal>& bound = mirrored ? left.literal : right.literal;
  if (name != nullptr && bound && (name->type == value_type::number || name->type == value_type::rate)) {
    std::string_view sense = text;
    if (mirrored) sense = text == "<" ? ">" : text == "<=" ? ">=" : text == ">" ? "<" : text == ">=" ? "<=" : text;
    const decimal zero;
    if ((sense == ">" && *bound >= zero) || (sense == ">=" && *bound > zero) || (sense == "<" && *bound <= zero) ||
        (sense == "<=" && *bound < zero) || (sense == "!=" && *bound == zero) || (sense == "=" && *bound != zero))
      made.nonzero_if_true.push_back(name->name);
    if ((sense == "=" && *bound == zero) || (sense == "<=" && *bound >= zero) || (sense == "<" && *bound > zero) || (sense == ">=" && *bound <= zero) || (sense == ">" && *bound < zero))
      made.nonzero_if_false.push_back(name->name);
  }
  left = std::move(made);
}

void expression_builder::membership(piece& left) {
  const std::int32_t position = now_.position;
  if (left.type != value_type::choice && left.type != value_type::text)
    fail("T204", {{"operator", "in"}, {"left", std::string(to_text(left.type))}, {"right", "words"}}, position);
  advance();
  expect("(");
  std::int32_t count = 0;
  for (;;) {
    if (now_.kind != detail::token_kind::quoted) unexpected("a word in quotes");
    piece one;
    one.begin = now_.position;
    one.at = emit(opcode::push_text, value_type::text, keep(now_.text), now_.position, 1);
    if (left.type == value_type::choice) as_choice(one, *left.name);
    ++count;
    advance();
    if (!sign(",")) break;
    advance();
  }
  expect(")");
  emit(left.type == value_type::choice ? opcode::any_of : opcode::any_text_of, left.type, count, position, -count);
  piece made;
  made.type = value_type::yes_no;
  made.begin = left.begin;
  made.at = left.at;
  left = std::move(made);
}

void expression_builder::need(const piece& one, value_type wanted, std::string_view what, std::int32_t position) {
  if (one.type != wanted)
    fail("T204", {{"operator", std::string(what)}, {"left", std::string(to_text(one.type))}, {"right", "a " + std::string(to_text(wanted))}}, position);
}

void expression_builder::arithmetic(piece& left, const piece& right, char sign_text, std::int32_t position) {
  const value_type n = value_type::number;
  const value_type r = value_type::rate;
  const bool numeric = (left.type == n || left.type == r) && (right.type == n || right.type == r);
  const bool sums = sign_text == '+' || sign_text == '-';
  const bool quotient = sign_text == '/';
  if (!numeric || (sums && left.type != right.type) || (quotient && left.type == n && right.type == r))
    fail("T204", {{"operator", std::string(1, sign_text)}, {"left", std::string(to_text(left.type))}, {"right", std::string(to_text(right.type))}}, position);
  if (quotient && !right.nonzero) fail("T205", {{"divisor", text_of(right)}}, right.begin);
  const opcode code = sign_text == '+' ? opcode::add : sign_text == '-' ? opcode::subtract : sign_text == '*' ? opcode::multiply : opcode::divide;
  emit(code, left.type, 0, position, -1);
  if (!sums) left.type = quotient ? (left.type == right.type ? n : r) : (left.type == r && right.type == r ? r : n);
  left.positive = left.positive && right.positive && sign_text != '-';
  left.nonzero = left.positive || (!sums && left.nonzero && right.nonzero);
  left.name = nullptr;
  left.literal.reset();
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
    const std::int32_t begin = now_.position;
    advance();
    piece one = either();
    expect(")");
    one.begin = begin;
    return one;
  }
  if (now_.kind == token_kind::name) return name();
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
  if (known == nullptr) fail("T202", {{"name", std::string(token.text)}, {"nearest", names_.nearest(token.text)}}, token.position);
  one.type = known->type;
  one.name = known;
  one.positive = known->above_zero;
  one.nonzero = known->above_zero || proven(known->name);
  one.at = emit(opcode::load, known->type, known->slot, token.position, 1);
  return one;
}

expression_builder::piece expression_builder::branch(const detail::token& function) {
  piece condition = either();
  need(condition, value_type::yes_no, "if", function.position);
  const std::size_t past = emit(opcode::jump_if_false, value_type::yes_no, 0, function.position, -1);
  expect(",");
  const std::size_t before = proven_.size();
  proven_.insert(proven_.end(), condition.nonzero_if_true.begin(), condition.nonzero_if_true.end());
  piece left = either();
  proven_.resize(before);
  const std::size_t end = emit(opcode::jump, left.type, 0, function.position, -1);
  land(past);
  expect(",");
  proven_.insert(proven_.end(), condition.nonzero_if_false.begin(), condition.nonzero_if_false.end());
  piece right = either();
  proven_.resize(before);
  land(end);
  expect(")");
  if (left.type != right.type || left.type == value_type::choice)
    fail("T204", {{"operator", "if"}, {"left", std::string(to_text(left.type))}, {"right", std::string(to_text(right.type))}}, function.position);
  piece made;
  made.type = left.type;
  made.begin = function.position;
  made.at = condition.at;
  made.positive = left.positive && right.positive;
  made.nonzero = left.nonzero && right.nonzero;
  return made;
}

expression_builder::piece expression_builder::call(const detail::token& function) {
  const deeper guard(*this);
  const std::string name(function.text);
  const auto wanted = [&](std::string_view what) { fail("T203", {{"function", name}, {"wanted", std::string(what)}}, function.position); };
  if (name == "usage" || name == "billed") fail("T150", {{"what", name + "()"}}, function.position);
  static constexpr std::array<std::string_view, 9> functions{"if", "min", "max", "ceil", "floor", "round", "abs", "known", "days"};
  if (std::find(functions.begin(), functions.end(), function.text) == functions.end()) {
    fail("T203", {{"function", name}, {"wanted", "one of if, min, max, ceil, floor, round, abs, known, days"},
                  {"nearest", std::string(nearest_name(function.text, functions))}}, function.position);
  }
  advance();  // '('
  if (name == "if") return branch(function);
  if (name == "known") {
    const name_info* known = now_.kind == detail::token_kind::name ? names_.find(now_.text) : nullptr;
    if (now_.kind != detail::token_kind::name) wanted("one name");
    if (known == nullptr) fail("T202", {{"name", std::string(now_.text)}, {"nearest", names_.nearest(now_.text)}}, now_.position);
    piece one;
    one.type = value_type::yes_no;
    one.begin = function.position;
    one.at = emit(opcode::known, value_type::yes_no, known->slot, now_.position, 1);
    advance();
    expect(")");
    return one;
  }
  std::vector<piece> arguments;
  const std::size_t first = made_.code_.size();
  if (!sign(")"))
    for (;;) {
      arguments.push_back(either());
      if (!sign(",")) break;
      advance();
    }
  expect(")");
  const auto numeric = [](const piece& one) { return one.type == value_type::number || one.type == value_type::rate; };
  piece made;
  made.begin = function.position;
  made.at = first;
  if (name == "min" || name == "max") {
    if (arguments.size() < 2) wanted("two or more numbers or rates of one type");
    made.type = arguments[0].type;
    bool all = true;
    bool any = false;
    for (const piece& one : arguments) {
      if (!numeric(one) || one.type != made.type) wanted("two or more numbers or rates of one type");
      all = all && one.positive;
      any = any || one.positive;
    }
    made.positive = name == "min" ? all : any;
    made.nonzero = made.positive;
    const auto count = static_cast<std::int32_t>(arguments.size());
    emit(name == "min" ? opcode::minimum : opcode::maximum, made.type, count, function.position, 1 - count);
    return made;
  }
  if (name == "days") {
    if (arguments.size() != 2 || arguments[0].type != value_type::date || arguments[1].type != value_type::date) wanted("two dates");
    emit(opcode::days, value_type::date, 0, function.position, -1);
    return made;
  }
  if (name == "round") {
    const bool fine = arguments.size() == 2 && numeric(arguments[0]) && arguments[1].literal && arguments[1].type == value_type::number &&
                      arguments[1].literal->normalized().scale() == 0 && *arguments[1].literal >= decimal() && *arguments[1].literal <= decimal(decimal::most_places);
    if (!fine) wanted("a number or rate, and places from 0 to 18");
    const auto places = static_cast<std::int32_t>(arguments[1].literal->normalized().coefficient());
    made_.code_.resize(arguments[1].at);  // the places are part of the step
    --stack_;
    made.type = arguments[0].type;
    emit(opcode::round, made.type, places, function.position, 0);
    return made;
  }
  if (arguments.size() != 1 || !numeric(arguments[0]) || (name != "abs" && arguments[0].type != value_type::number))
    wanted(name == "abs" ? "one number or rate" : "one number");
  made.type = arguments[0].type;
  made.positive = (name == "abs" && arguments[0].nonzero) || (name == "ceil" && arguments[0].positive);
  made.nonzero = made.positive;
  emit(name == "ceil" ? opcode::ceil : name == "floor" ? opcode::floor : opcode::abs, made.type, 0, function.position, 0);
  return made;
}

std::optional<expression> compile_expression(std::string_view source, value_type wanted, const scope& names, std::string pointer, diagnostics& found) {
  return expression_builder(source, names, std::move(pointer), found).build(wanted);
}

DUES_END
