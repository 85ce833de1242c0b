// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/expression/evaluate.hpp>

DUES_BEGIN

std::string_view to_text(value_type type) noexcept {
  constexpr std::array<std::string_view, 6> texts{"a number", "a rate", "a choice", "a text", "yes_no", "a date"};
  return texts[static_cast<std::size_t>(type)];
}

void scope::add(name_info info) {
  places_.emplace(info.name, names_.size());
  names_.push_back(std::move(info));
}

const name_info* scope::find(std::string_view dotted_name) const {
  const auto at = places_.find(std::string(dotted_name));
  return at == places_.end() ? nullptr : &names_[at->second];
}

std::string scope::nearest(std::string_view word) const {
  if (excused_ != nullptr && is_excused(*excused_, word)) return {};
  std::vector<std::string_view> known;
  known.reserve(names_.size());
  for (const name_info& one : names_) known.emplace_back(one.name);
  return std::string(nearest_name(word, known));
}

namespace detail {

std::string_view word_of(opcode code) noexcept {
  switch (code) {
    case opcode::add: return "add";
    case opcode::subtract: return "subtract";
    case opcode::multiply: return "multiply";
    case opcode::divide: return "divide";
    case opcode::negate: return "negate";
    case opcode::minimum: return "minimum";
    case opcode::maximum: return "maximum";
    case opcode::ceil: return "ceil";
    case opcode::floor: return "floor";
    case opcode::abs: return "abs";
    case opcode::equal:
    case opcode::same_word:
    case opcode::same_text: return "equal";
    case opcode::not_equal:
    case opcode::other_word:
    case opcode::other_text: return "not_equal";
    case opcode::less: return "less";
    case opcode::less_equal: return "less_equal";
    case opcode::greater: return "greater";
    case opcode::greater_equal: return "greater_equal";
    case opcode::any_of:
    case opcode::any_text_of: return "in";
    case opcode::logical_not: return "not";
    case opcode::days: return "days";
    default: return "";
  }
}

}  // namespace detail

DUES_END
