// SPDX-License-Identifier: Apache-2.0
//
// Which types go together, what comes out, and what is thereby known not to be 0.
#pragma once

#include <dues/expression/impl/builder.hpp>

DUES_BEGIN

// A quoted word becomes a place in the choice that it stands beside. A wrong word is told and
// parsing goes on, so that a list tells all of its wrong words.
void expression_builder::as_choice(piece& quoted, const name_info& choice) {
  instruction& push = made_.code_[quoted.at];
  const std::string_view text = made_.texts_[static_cast<std::size_t>(push.argument)];
  auto at = std::find(choice.words.begin(), choice.words.end(), text);
  if (at == choice.words.end()) {
    std::vector<std::string_view> words(choice.words.begin(), choice.words.end());
    // As many words as a reader takes in: a choice may have a thousand, and a list as many mistakes.
    constexpr std::size_t most_listed = 20;
    std::string listed;
    for (std::size_t i = 0; i < words.size() && i < most_listed; ++i) listed += (i == 0 ? "" : ", ") + shortened(words[i]);
    if (words.size() > most_listed) listed += ", and " + std::to_string(words.size() - most_listed) + " more";
    found_.add(make_diagnostic("T206", pointer_, {{"word", std::string(text)}, {"words", listed}, {"nearest", std::string(nearest_name(text, words))}}, quoted.begin));
    spoiled_ = true;
    at = choice.words.begin();
  }
  push.shown = push.argument;
  push.code = opcode::push_word;
  push.type = value_type::choice;
  push.argument = static_cast<std::int32_t>(at - choice.words.begin());
  quoted.type = value_type::choice;
  quoted.choice = &choice;
  quoted.quoted = false;
}

// Choices go together when their words are the same in the same order: a word is its place.
bool expression_builder::one_type(piece& left, piece& right) {
  if (left.choice != nullptr && right.quoted) as_choice(right, *left.choice);
  else if (right.choice != nullptr && left.quoted) as_choice(left, *right.choice);
  if (left.choice != nullptr && right.choice != nullptr) return left.choice->words == right.choice->words;
  return left.type == right.type;
}

void expression_builder::compare(piece& left, std::string_view text, std::int32_t position) {
  piece right = sum();
  const bool equality = text == "=" || text == "!=";
  const bool ordered = left.type == value_type::number || left.type == value_type::rate || left.type == value_type::date;
  if (!one_type(left, right) || (!equality && !ordered))
    fail("T204", {{"operator", std::string(text)}, {"left", std::string(to_text(left.type))}, {"right", std::string(to_text(right.type))}}, position);
  if (ordered) {
    const opcode code = text == "=" ? opcode::equal : text == "!=" ? opcode::not_equal : text == "<" ? opcode::less
                      : text == "<=" ? opcode::less_equal : text == ">" ? opcode::greater : opcode::greater_equal;
    emit(code, left.type, 0, position, -1);
  } else if (left.type == value_type::text) {
    emit(text == "=" ? opcode::same_text : opcode::other_text, left.type, 0, position, -1);
  } else {
    emit(text == "=" ? opcode::same_word : opcode::other_word, left.type, 0, position, -1);
  }
  piece made;
  made.type = value_type::yes_no;
  made.begin = left.begin;
  made.at = left.at;
  conclude(made, left, right, text);
  left = std::move(made);
}

// What a test of a name against a literal says about the name being 0.
void expression_builder::conclude(piece& made, const piece& left, const piece& right, std::string_view text) const {
  const bool mirrored = right.name != nullptr && left.literal.has_value();
  const name_info* name = mirrored ? right.name : left.name;
  const std::optional<decimal>& bound = mirrored ? left.literal : right.literal;
  if (name == nullptr || !bound) return;
  std::string_view sense = text;
  if (mirrored) sense = text == "<" ? ">" : text == "<=" ? ">=" : text == ">" ? "<" : text == ">=" ? "<=" : text;
  const decimal zero;
  // 0 itself fails the test, so what passes it is not 0; and the other way about.
  const bool zero_passes = sense == "=" ? zero == *bound : sense == "!=" ? zero != *bound : sense == "<" ? zero < *bound
                         : sense == "<=" ? zero <= *bound : sense == ">" ? zero > *bound : zero >= *bound;
  (zero_passes ? made.nonzero_if_false : made.nonzero_if_true).push_back(name->name);
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
    if (left.choice != nullptr) as_choice(one, *left.choice);
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
    fail("T204", {{"operator", std::string(what)}, {"left", std::string(to_text(one.type))}, {"right", std::string(to_text(wanted))}}, position);
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
  const bool counted = sign_text == '*' && left.digits != 0 && right.digits != 0;
  left.digits = counted ? left.digits + right.digits : 0;
  if (left.digits > decimal::most_digits)
    fail("T208", {{"is", std::to_string(left.digits) + " digits"}, {"limit", std::to_string(decimal::most_digits) + " digits"}}, position);
  const opcode code = sign_text == '+' ? opcode::add : sign_text == '-' ? opcode::subtract : sign_text == '*' ? opcode::multiply : opcode::divide;
  const value_type type = sums ? left.type : quotient ? (left.type == right.type ? n : r) : (left.type == r && right.type == r ? r : n);
  emit(code, left.type, static_cast<std::int32_t>(type), position, -1);
  left.type = type;
  left.positive = left.positive && right.positive && sign_text != '-';
  left.nonzero = left.positive || (!sums && left.nonzero && right.nonzero);
  left.name = nullptr;
  left.literal.reset();
}

DUES_END
