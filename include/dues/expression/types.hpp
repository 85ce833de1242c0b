// SPDX-License-Identifier: Apache-2.0
//
// The types of the expression language, and the names that an expression may read.
#pragma once

#include <dues/value/exact.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

DUES_BEGIN

/// number and rate are both exact; a rate is a share such as 5%, and does not add to a number.
enum class value_type : std::uint8_t { number, rate, choice, text, yes_no, date };

std::string_view to_text(value_type type) noexcept;

/// A name that may be read. `slot` is what the evaluator's context is asked for.
struct name_info {
  std::string name;
  value_type type = value_type::number;
  std::int32_t slot = 0;
  std::vector<std::string> words;  ///< of a choice, in declared order
  bool above_zero = false;         ///< may stand under a division
  int max_digits = 38;             ///< digits of its coefficient, where bounds are declared
};

/// The names in scope of one place of a tariff.
class scope {
 public:
  void add(name_info info);
  /// Null when the name is not in scope.
  const name_info* find(std::string_view dotted_name) const;
  /// The known name nearest to a misspelt one, or empty. Cost: names in scope.
  std::string nearest(std::string_view word) const;
  /// Names, and prefixes that end with a dot, for which no nearest one is sought: their mistake is
  /// told elsewhere. Lives as long as the scope.
  void excuse(const std::set<std::string, std::less<>>* names) { excused_ = names; }
  static bool is_excused(const std::set<std::string, std::less<>>& names, std::string_view word) {
    return names.contains(word) || names.contains(word.substr(0, word.find('.') + 1));
  }

 private:
  const std::set<std::string, std::less<>>* excused_ = nullptr;
  std::vector<name_info> names_;
  std::unordered_map<std::string, std::size_t> places_;
};

/// One value while an expression is evaluated; its type is known from the code.
template <class Int>
struct operand {
  exact<Int> number;       ///< number, rate
  std::int32_t word = 0;   ///< place in a choice; 0 or 1 of yes_no; days of a date
  std::string_view text;   ///< text; of a choice its word, for explanations
  std::int32_t step = -1;  ///< of an explanation: the step that made it
};

DUES_END
