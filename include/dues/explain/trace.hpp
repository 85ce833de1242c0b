// SPDX-License-Identifier: Apache-2.0
//
// The recorder that a calculation may be run with. A bill runs with `no_trace`, which costs
// nothing; an explanation runs the same rule with `trace`, so it cannot disagree with the bill.
#pragma once

#include <dues/config.hpp>
#include <dues/expression/evaluate.hpp>

#include <string>
#include <utility>
#include <vector>

DUES_BEGIN

/// What goes into a step. `from` is where it comes from: a fact ("/units/3/area"), a place of the
/// tariff ("/fees/0/price"), or the step that made it ("#4").
struct step_input {
  std::string name, value, from;
};

/// One step of a calculation: what is done to what, and what comes out, exact until it is rounded.
struct step {
  std::string at;                  ///< JSON pointer into the tariff
  std::string does;                ///< a word: read, multiply, count, add, at_least, round, share_out, tax, ...
  std::vector<step_input> inputs;
  std::string value;
  std::vector<std::string> cites;  ///< law or clause that the rule rests on
};

/// A number on its way through a calculation, and the step that made it (-1: none was noted).
template <class Int>
struct term {
  exact<Int> value;
  std::int32_t step = -1;
};

/// A number that goes into a step. `from` is used when no step made it.
template <class Int>
step_input input(std::string_view name, const term<Int>& number, std::string_view from = {}) {
  return {std::string(name), number.value.to_text(), number.step < 0 ? std::string(from) : "#" + std::to_string(number.step)};
}

struct no_trace {
  static constexpr bool enabled = false;
  template <class... Args>
  std::int32_t operation(Args&&...) {
    return -1;
  }
};

/// Collects steps.
class trace {
 public:
  static constexpr bool enabled = true;

  std::vector<step> steps;
  /// Where the expression stands that is being evaluated.
  std::string at;

  /// Adds a step and gives its number; later steps refer to it as "#0", "#1", ...
  std::int32_t add(step made) {
    steps.push_back(std::move(made));
    return static_cast<std::int32_t>(steps.size()) - 1;
  }
  static std::string mark(std::int32_t step) { return step < 0 ? std::string() : "#" + std::to_string(step); }

  /// Called by the evaluator for each operation of an expression. What no step made is a literal.
  template <class Operand>
  std::int32_t operation(std::string_view word, std::int32_t, std::span<const Operand> inputs, value_type input_type, const Operand& result,
                         value_type result_type) {
    step made;
    made.at = at;
    made.does = word;
    const char* const names[] = {"left", "right"};
    for (std::size_t i = 0; i < inputs.size(); ++i)
      made.inputs.push_back({inputs.size() <= 2 ? names[i] : "value" + std::to_string(i + 1), to_text(inputs[i], input_type),
                             inputs[i].step < 0 ? at : mark(inputs[i].step)});
    made.value = to_text(result, result_type);
    return add(std::move(made));
  }

  template <class Operand>
  static std::string to_text(const Operand& value, value_type type) {
    switch (type) {
      case value_type::number:
      case value_type::rate: return value.number.to_text();
      case value_type::yes_no: return value.word != 0 ? "true" : "false";
      case value_type::date: return dues::to_text(civil_day{value.word});
      case value_type::text: return std::string(value.text);
      case value_type::choice: return value.text.empty() ? std::to_string(value.word) : std::string(value.text);
    }
    return {};
  }
};

DUES_END
