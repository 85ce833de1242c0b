// SPDX-License-Identifier: Apache-2.0
//
// An expression run a column at a time, for rows on whose days nothing changes. Scales are settled when
// it is built, 64 bits hold every number, and what they cannot hold, or what facts lack, marks the row:
// the rule for one row computes it then, and knows why. Not public.
#pragma once

#include <dues/expression/expression.hpp>
#include <dues/facts/facts.hpp>
#include <dues/value/unset_rows.hpp>

#include <map>
#include <string>

DUES_BEGIN

namespace detail {

/// Rows that are computed at once: small enough for the nearest cache.
inline constexpr std::size_t batch_rows = 2'048;

/// Where the rows of a batch find their facts.
struct batch_facts {
  std::size_t count = 0;
  const std::uint32_t* unit_row = nullptr;   ///< into facts::unit_rows
  const std::int64_t* account_row = nullptr; ///< into facts::account_rows; -1: the account has none
};

enum class column_step : std::uint8_t { constant, load, table, operation, choose, both, either };

/// One operation on columns. Numbers are `numbers[i] / 10^scale`, all else is `words[i]`.
struct column_node {
  column_step kind = column_step::constant;
  opcode code = opcode::push_number;
  value_type type = value_type::number;
  std::int32_t argument = 0;
  std::vector<std::int32_t> inputs;     ///< places of nodes
  bool constant = false;                ///< one value stands for all rows
  int scale = 0;
  std::int64_t largest = 0;             ///< no magnitude is larger
  std::int64_t divisor = 1;             ///< what is still to be divided by
  bool proved = true;                   ///< no row can overflow
  bool mixed = false;                   ///< rows are written at scales of their own: `shown`
  unset_rows<std::int64_t> numbers;
  std::vector<std::int32_t> words;
  std::vector<std::int8_t> shown;
  const attribute_rows* rows = nullptr; ///< of load
  bool of_account = false;
  std::int64_t grow = 1;                ///< of load: from the column's scale to this one
  std::int8_t own_shown = 0, otherwise_shown = 0;
  std::int64_t otherwise = number_column::missing;  ///< of load: the default
  std::vector<std::int32_t> cells;      ///< of table: place in numbers by the words of the keys; -1: none
  std::vector<std::int64_t> cell_numbers;
  std::vector<std::int8_t> cell_shown;
  std::vector<std::int32_t> sizes;      ///< of table: words of each key
};

/// Quantities or prices as lines show them; by default there are none.
struct shown_column {
  static constexpr std::int64_t nothing = 0;
  const std::int64_t* numbers = &nothing;
  const std::int8_t* shown = nullptr;  ///< scales of the rows, where they differ
  std::size_t step = 0;                ///< 0: one value for all rows
  std::int8_t scale = -1;              ///< of the numbers

  std::int64_t coefficient(std::size_t row) const {
    const std::int64_t number = numbers[row * step];
    return shown == nullptr ? number : number / pow10<std::int64_t>(scale - shown[row * step]);
  }
  std::int8_t scale_of(std::size_t row) const { return shown == nullptr ? scale : shown[row * step]; }
};

class column_expressions {
 public:
  column_expressions(const facts& known, civil_day day) : known_(&known), day_(day) {}

  /// Builds `what` as it stands on the day. @returns -1 when columns cannot do it: it reads the
  /// subscription or the period, asks whether a fact is known, divides by facts, keeps numbers beyond 64 bits
  std::int32_t build(const expression& what);
  std::int32_t literal(std::int64_t number, int scale);
  /// Of two nodes: multiply, minimum, maximum, subtract.
  std::int32_t combine(opcode code, std::int32_t left, std::int32_t right);

  /// Computes the rows of a node. @param bad  set where a row could not be
  void run(std::int32_t node, const batch_facts& batch, std::uint8_t* bad);

  bool constant(std::int32_t node) const { return at(node).constant; }
  int scale(std::int32_t node) const { return at(node).scale; }
  std::int64_t largest(std::int32_t node) const { return at(node).largest; }
  std::int64_t number(std::int32_t node, std::size_t row) const { return at(node).numbers[at(node).constant ? 0 : row]; }
  std::int32_t word(std::int32_t node, std::size_t row) const { return at(node).words[at(node).constant ? 0 : row]; }
  const std::int64_t* numbers(std::int32_t node) const { return at(node).numbers.data(); }
  /// The rows of a node, which may be taken until it is run again; none when it has no row of its own, or
  /// rows at scales of their own.
  unset_rows<std::int64_t>* rows(std::int32_t node) { return at(node).constant || at(node).mixed ? nullptr : &at(node).numbers; }
  shown_column shown_as(std::int32_t node) const {
    const column_node& one = at(node);
    return {one.numbers.data(), one.mixed ? one.shown.data() : nullptr, one.constant ? 0U : 1U, static_cast<std::int8_t>(one.scale)};
  }
  bool divides(std::int32_t node) const { return at(node).divisor != 1; }
  bool reads_account() const noexcept { return reads_account_; }

 private:
  const column_node& at(std::int32_t node) const { return nodes_[static_cast<std::size_t>(node)]; }
  column_node& at(std::int32_t node) { return nodes_[static_cast<std::size_t>(node)]; }

  // column_build.hpp
  std::int32_t add(column_node node);
  bool build_range(const expression& what, std::size_t from, std::size_t to, std::vector<std::int32_t>& stack);
  std::int32_t operation(const instruction& one, std::span<const std::int32_t> inputs);
  bool settle(column_node& node);
  std::int32_t load(std::int32_t slot);
  std::int32_t value(const named_value& what);
  bool fill_cells(column_node& node, const named_value& what, std::int32_t level, std::size_t key, std::size_t place);
  std::int32_t text(std::string_view words);
  // column_run.hpp
  void run_operation(column_node& node, std::size_t count, std::uint8_t* bad);
  void run_load(column_node& node, const batch_facts& batch, std::uint8_t* bad);
  void run_table(column_node& node, std::size_t count, std::uint8_t* bad);
  void run_choice(column_node& node, const batch_facts& batch, std::uint8_t* bad);

  const facts* known_;
  civil_day day_;
  std::vector<column_node> nodes_;
  std::map<std::string, std::int32_t, std::less<>> texts_;  ///< that no fact has, by numbers below -1
  bool reads_account_ = false;
};

}  // namespace detail

DUES_END

#include <dues/rating/impl/column_run.hpp>
