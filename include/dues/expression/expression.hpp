// SPDX-License-Identifier: Apache-2.0
//
// A compiled expression: typed postfix code that a small stack machine runs. Immutable; checked when
// it was compiled, so that evaluating it can only miss a fact, divide by a zero, or overflow.
#pragma once

#include <dues/expression/types.hpp>

#include <optional>
#include <span>

DUES_BEGIN

enum class opcode : std::uint8_t {
  push_number,   ///< argument: place in the numbers
  push_text,     ///< argument: place in the texts
  push_word,     ///< argument: place in a choice, or 0 and 1
  load,          ///< argument: slot
  known,         ///< argument: slot
  add, subtract, multiply, divide,  ///< argument: the value_type that comes out
  negate,
  minimum, maximum,            ///< argument: how many operands
  ceil, floor, round, abs,     ///< round: argument is the places
  equal, not_equal, less, less_equal, greater, greater_equal,  ///< of numbers, rates, dates
  same_word, other_word, same_text, other_text,
  any_of,                      ///< argument: how many operands follow the first; of words
  any_text_of,
  logical_not, days,
  jump,            ///< argument: where to
  jump_if_false,   ///< takes the operand; argument: where to
  jump_if_false_or_pop,  ///< keeps a false operand
  jump_if_true_or_pop
};

struct instruction {
  opcode code = opcode::push_number;
  value_type type = value_type::number;  ///< of the operands
  std::int32_t argument = 0;
  std::int32_t position = 0;             ///< byte offset in the source
  std::int32_t shown = -1;               ///< push_word: place of the word among the texts
};

class expression {
 public:
  /// Limits of the language.
  static constexpr std::size_t most_characters = 2'000;
  static constexpr std::size_t most_steps = 256;
  static constexpr int most_depth = 32;  ///< of parentheses, calls, `not` and unary minus in each other

  const std::string& source() const noexcept { return source_; }
  const std::string& pointer() const noexcept { return pointer_; }
  value_type type() const noexcept { return type_; }
  std::span<const instruction> code() const noexcept { return code_; }
  /// Sorted, each once.
  std::span<const std::int32_t> slots_read() const noexcept { return slots_; }
  bool is_literal() const noexcept { return code_.size() == 1 && code_[0].code == opcode::push_number; }
  /// Precondition: is_literal().
  const decimal& literal() const { return numbers_[0]; }
  const decimal& number(std::int32_t place) const { return numbers_[static_cast<std::size_t>(place)]; }
  std::string_view text(std::int32_t place) const { return texts_[static_cast<std::size_t>(place)]; }
  /// Operands at once, at most; no more than most_steps.
  int max_stack() const noexcept { return max_stack_; }
  /// The slot, when the whole expression is one name.
  std::optional<std::int32_t> single_slot() const noexcept {
    if (code_.size() == 1 && code_[0].code == opcode::load) return code_[0].argument;
    return std::nullopt;
  }

 private:
  friend class expression_builder;
  std::string source_, pointer_;
  value_type type_ = value_type::number;
  std::vector<instruction> code_;
  std::vector<decimal> numbers_;
  std::vector<std::string> texts_;
  std::vector<std::int32_t> slots_;
  int max_stack_ = 0;
};

DUES_END
