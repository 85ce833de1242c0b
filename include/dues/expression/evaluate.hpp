// SPDX-License-Identifier: Apache-2.0
//
// Runs a compiled expression over a number type, a context that knows the facts, and a recorder.
// Nothing is allocated; `and`, `or` and `if` ask for no more facts than they need.
#pragma once

#include <dues/expression/expression.hpp>
#include <dues/value/date.hpp>

#include <array>

DUES_BEGIN

enum class eval_status : std::uint8_t { ok, missing, division_by_zero, overflow };

namespace detail {

template <class Int>
bool compare_numbers(opcode code, const exact<Int>& a, const exact<Int>& b) {
  switch (code) {
    case opcode::equal: return a == b;
    case opcode::not_equal: return !(a == b);
    case opcode::less: return a < b;
    case opcode::less_equal: return !(b < a);
    case opcode::greater: return b < a;
    default: return !(a < b);
  }
}

inline bool compare_words(opcode code, std::int32_t a, std::int32_t b) {
  switch (code) {
    case opcode::equal: return a == b;
    case opcode::not_equal: return a != b;
    case opcode::less: return a < b;
    case opcode::less_equal: return a <= b;
    case opcode::greater: return a > b;
    default: return a >= b;
  }
}

/// 10^places rounding as an exact value.
template <class Int>
bool round_exact(const exact<Int>& value, int places, rounding_mode mode, exact<Int>& out) {
  int128 coefficient;
  if (!value.round(places, mode, coefficient)) return false;
  const auto rounded = decimal::make(coefficient, places);
  if (rounded) out = exact<Int>(*rounded);
  return rounded.has_value();
}

std::string_view word_of(opcode code) noexcept;

}  // namespace detail

namespace detail {

/// @param stack  room for what.max_stack() operands
template <class Int, class Context, class Recorder>
eval_status run_code(const expression& what, Context& context, Recorder& recorder, std::span<operand<Int>> stack, operand<Int>& out, std::int32_t& where) {
  std::size_t top = 0;  // operands on the stack
  const auto code = what.code();
  for (std::size_t at = 0; at < code.size(); ++at) {
    const instruction& one = code[at];
    where = one.position;
    const auto result = [&](std::size_t inputs, const operand<Int>& value, value_type type) {
      std::int32_t step = -1;
      if constexpr (Recorder::enabled)
        step = recorder.operation(detail::word_of(one.code), one.position, std::span<const operand<Int>>(stack.data(), stack.size()).subspan(top - inputs, inputs), one.type, value, type);
      top -= inputs;
      stack[top] = value;
      stack[top++].step = step;
      return value.number.overflowed() ? eval_status::overflow : eval_status::ok;
    };
    // A yes or no that says how to go on. `and` and `or` tell it when their left side settles them;
    // otherwise what they give is their right side.
    const auto decided = [&](std::string_view word, const operand<Int>& answer) {
      if constexpr (Recorder::enabled)
        recorder.operation(word, one.position, std::span<const operand<Int>>(&answer, 1), value_type::yes_no, answer, value_type::yes_no);
      else
        static_cast<void>(word), static_cast<void>(answer);
    };
    operand<Int> made;
    eval_status status = eval_status::ok;
    switch (one.code) {
      case opcode::push_number:
        stack[top] = {exact<Int>(what.number(one.argument)), 0, {}, -1};
        if (stack[top++].number.overflowed()) return eval_status::overflow;
        break;
      case opcode::push_text: stack[top++] = {{}, 0, what.text(one.argument), -1}; break;
      case opcode::push_word: stack[top++] = {{}, one.argument, one.shown < 0 ? std::string_view() : what.text(one.shown), -1}; break;
      case opcode::load:
        stack[top] = {};
        status = context.load(one.argument, stack[top]);
        if (stack[top++].number.overflowed() && status == eval_status::ok) status = eval_status::overflow;
        break;
      case opcode::known: stack[top++] = {{}, context.known(one.argument) ? 1 : 0, {}, -1}; break;
      case opcode::add: made.number = stack[top - 2].number + stack[top - 1].number; status = result(2, made, one.type); break;
      case opcode::subtract: made.number = stack[top - 2].number - stack[top - 1].number; status = result(2, made, one.type); break;
      case opcode::multiply: made.number = stack[top - 2].number * stack[top - 1].number; status = result(2, made, static_cast<value_type>(one.argument)); break;
      case opcode::divide:
        if (stack[top - 1].number.is_zero()) return eval_status::division_by_zero;
        made.number = stack[top - 2].number / stack[top - 1].number;
        status = result(2, made, static_cast<value_type>(one.argument));
        break;
      case opcode::negate: made.number = -stack[top - 1].number; status = result(1, made, one.type); break;
      case opcode::minimum:
      case opcode::maximum: {
        const auto count = static_cast<std::size_t>(one.argument);
        made = stack[top - count];
        for (std::size_t i = top - count + 1; i < top; ++i)
          if (one.code == opcode::minimum ? stack[i].number < made.number : made.number < stack[i].number) made = stack[i];
        status = result(count, made, one.type);
        break;
      }
      case opcode::ceil: made.number = stack[top - 1].number.ceil(); status = result(1, made, one.type); break;
      case opcode::floor: made.number = stack[top - 1].number.floor(); status = result(1, made, one.type); break;
      case opcode::abs: made.number = stack[top - 1].number.abs(); status = result(1, made, one.type); break;
      case opcode::round:
        if (!detail::round_exact(stack[top - 1].number, one.argument, rounding_mode::half_up, made.number)) return eval_status::overflow;
        if constexpr (Recorder::enabled) {
          const std::array<operand<Int>, 2> inputs{stack[top - 1], operand<Int>{exact<Int>(std::int64_t{one.argument}), 0, {}, -1}};
          made.step = recorder.operation("round_to", one.position, std::span<const operand<Int>>(inputs), one.type, made, one.type);
        }
        stack[top - 1] = made;
        break;
      case opcode::equal:
      case opcode::not_equal:
      case opcode::less:
      case opcode::less_equal:
      case opcode::greater:
      case opcode::greater_equal:
        made.word = (one.type == value_type::date ? detail::compare_words(one.code, stack[top - 2].word, stack[top - 1].word)
                                                  : detail::compare_numbers(one.code, stack[top - 2].number, stack[top - 1].number)) ? 1 : 0;
        status = result(2, made, value_type::yes_no);
        break;
      case opcode::same_word: made.word = stack[top - 2].word == stack[top - 1].word ? 1 : 0; status = result(2, made, value_type::yes_no); break;
      case opcode::other_word: made.word = stack[top - 2].word != stack[top - 1].word ? 1 : 0; status = result(2, made, value_type::yes_no); break;
      case opcode::same_text: made.word = stack[top - 2].text == stack[top - 1].text ? 1 : 0; status = result(2, made, value_type::yes_no); break;
      case opcode::other_text: made.word = stack[top - 2].text != stack[top - 1].text ? 1 : 0; status = result(2, made, value_type::yes_no); break;
      case opcode::any_of:
      case opcode::any_text_of: {
        const auto count = static_cast<std::size_t>(one.argument);
        const operand<Int>& sought = stack[top - count - 1];
        for (std::size_t i = top - count; i < top; ++i)
          if (one.code == opcode::any_of ? stack[i].word == sought.word : stack[i].text == sought.text) made.word = 1;
        status = result(count + 1, made, value_type::yes_no);
        break;
      }
      case opcode::logical_not: made.word = stack[top - 1].word != 0 ? 0 : 1; status = result(1, made, value_type::yes_no); break;
      case opcode::days:
        made.number = exact<Int>(std::int64_t{stack[top - 1].word} - stack[top - 2].word);
        status = result(2, made, value_type::number);
        break;
      case opcode::jump: at = static_cast<std::size_t>(one.argument) - 1; break;
      case opcode::jump_if_false:
        decided("choose", stack[top - 1]);
        if (stack[--top].word == 0) at = static_cast<std::size_t>(one.argument) - 1;
        break;
      case opcode::jump_if_false_or_pop:
        if (stack[top - 1].word != 0) {
          --top;
          break;
        }
        decided("and", stack[top - 1]);
        at = static_cast<std::size_t>(one.argument) - 1;
        break;
      case opcode::jump_if_true_or_pop:
        if (stack[top - 1].word == 0) {
          --top;
          break;
        }
        decided("or", stack[top - 1]);
        at = static_cast<std::size_t>(one.argument) - 1;
        break;
    }
    if (status != eval_status::ok) return status;
  }
  out = stack[0];
  return eval_status::ok;
}

// Apart, so that the usual small expression does not pay for the large frame.
template <class Int, class Context, class Recorder>
[[gnu::noinline]] eval_status run_large(const expression& what, Context& context, Recorder& recorder, operand<Int>& out, std::int32_t& where) {
  std::array<operand<Int>, expression::most_steps> stack;
  return run_code<Int>(what, context, recorder, std::span<operand<Int>>(stack), out, where);
}

}  // namespace detail

/// The value of an expression. Nothing is allocated; the stack is a local array.
/// @param context   eval_status load(slot, operand<Int>&); bool known(slot)
/// @param recorder  static constexpr bool enabled; operation(word, position, inputs, their type, result, its type)
///                  gives the number of the step that it noted, by which later steps refer to it
/// @param where     position in the source of what failed
/// @returns what load answers, division_by_zero, or overflow; then `out` is not written
template <class Int, class Context, class Recorder>
eval_status evaluate(const expression& what, Context& context, Recorder& recorder, operand<Int>& out, std::int32_t& where) {
  constexpr int small = 2;
  constexpr int usual = 8;
  if (what.max_stack() > usual) return detail::run_large<Int>(what, context, recorder, out, where);
  if (what.max_stack() <= small) {  // one comparison, one product: a small frame
    std::array<operand<Int>, small> stack;
    return detail::run_code<Int>(what, context, recorder, std::span<operand<Int>>(stack), out, where);
  }
  std::array<operand<Int>, usual> stack;
  return detail::run_code<Int>(what, context, recorder, std::span<operand<Int>>(stack), out, where);
}

DUES_END
