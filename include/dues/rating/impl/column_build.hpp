// SPDX-License-Identifier: Apache-2.0
//
// From an expression's postfix code to nodes that compute columns. Included by
// column_expression.hpp.
#pragma once

#include <dues/rating/column_expression.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

inline constexpr std::int64_t largest_number = std::numeric_limits<std::int64_t>::max();

inline std::int64_t magnitude(std::int64_t number) { return number < 0 ? -number : number; }

inline bool is_numeric(value_type type) { return type == value_type::number || type == value_type::rate; }

inline std::int32_t column_expressions::add(column_node node) {
  nodes_.push_back(std::move(node));
  return static_cast<std::int32_t>(nodes_.size()) - 1;
}

inline std::int32_t column_expressions::literal(std::int64_t number, int scale) {
  column_node node;
  node.constant = true;
  node.scale = scale;
  node.largest = magnitude(number);
  node.numbers.assign(1, number);
  return add(std::move(node));
}

// Texts of facts go by their place in the pool; others get numbers that no place has.
inline std::int32_t column_expressions::text(std::string_view words) {
  if (const std::int32_t place = known_->texts.find(words); place >= 0) return place;
  constexpr std::int32_t first = -2;
  return texts_.try_emplace(std::string(words), first - static_cast<std::int32_t>(texts_.size())).first->second;
}

// What numbers an operation gives: scale, largest magnitude, and whether every row fits.
inline bool column_expressions::settle(column_node& node) {
  const auto fits = [&](int128 most) {
    node.proved = most <= int128(largest_number);
    node.largest = node.proved ? static_cast<std::int64_t>(most) : largest_number;
  };
  const auto scaled = [&](const column_node& one, int scale) { return int128(one.largest) * pow10_128(scale - one.scale); };
  const auto input = [&](std::size_t i) -> const column_node& { return at(node.inputs[i]); };
  for (const std::int32_t one : node.inputs)
    if (at(one).divisor != 1 && node.code != opcode::ceil && node.code != opcode::floor && node.code != opcode::round) return false;
  constexpr int most_scale = decimal::most_places;
  switch (node.code) {
    case opcode::add:
    case opcode::subtract:
      node.scale = std::max(input(0).scale, input(1).scale);
      node.mixed = input(0).mixed || input(1).mixed;
      fits(scaled(input(0), node.scale) + scaled(input(1), node.scale));
      break;
    case opcode::multiply:
      node.scale = input(0).scale + input(1).scale;
      node.mixed = input(0).mixed || input(1).mixed;
      fits(int128(input(0).largest) * int128(input(1).largest));
      break;
    case opcode::minimum:
    case opcode::maximum:
      node.scale = std::max(input(0).scale, input(1).scale);
      node.mixed = input(0).mixed || input(1).mixed || input(0).scale != input(1).scale;
      fits(std::max(scaled(input(0), node.scale), scaled(input(1), node.scale)));
      break;
    case opcode::divide: {
      const column_node& by = input(1);
      if (!by.constant || by.numbers[0] <= 0) return false;
      // a / (n / 10^s) = a x 10^s / n
      node.scale = input(0).scale;
      node.divisor = by.numbers[0];
      fits(int128(input(0).largest) * pow10_128(by.scale));
      break;
    }
    case opcode::ceil:
    case opcode::floor:
      node.scale = 0;
      fits(int128(input(0).largest) + 1);
      break;
    case opcode::round:
      node.scale = node.argument;
      fits((int128(input(0).largest) + 1) * pow10_128(node.argument));
      break;
    case opcode::negate:
    case opcode::abs:
      node.scale = input(0).scale;
      node.mixed = input(0).mixed;
      node.largest = input(0).largest;
      break;
    case opcode::days:
      node.largest = std::int64_t{1} << 33;
      break;
    default: {  // comparisons and logic: only the compared scales matter
      if (node.inputs.size() == 2 && is_numeric(input(0).type)) {
        const int scale = std::max(input(0).scale, input(1).scale);
        node.proved = std::max(scaled(input(0), scale), scaled(input(1), scale)) <= int128(largest_number);
      }
      break;
    }
  }
  return node.scale <= most_scale;
}

inline std::int32_t column_expressions::operation(const instruction& one, std::span<const std::int32_t> inputs) {
  if ((one.code == opcode::minimum || one.code == opcode::maximum) && inputs.size() > 2) {
    std::int32_t so_far = inputs[0];
    for (std::size_t i = 1; i < inputs.size() && so_far >= 0; ++i) so_far = combine(one.code, so_far, inputs[i]);
    return so_far;
  }
  column_node node;
  node.kind = column_step::operation;
  node.code = one.code;
  node.argument = one.argument;
  node.inputs.assign(inputs.begin(), inputs.end());
  switch (one.code) {
    case opcode::add: case opcode::subtract: case opcode::multiply: case opcode::divide: case opcode::negate:
    case opcode::minimum: case opcode::maximum: case opcode::ceil: case opcode::floor: case opcode::round:
    case opcode::abs: case opcode::days: node.type = value_type::number; break;
    default: node.type = value_type::yes_no; break;
  }
  if (inputs.size() == 1 && (one.code == opcode::minimum || one.code == opcode::maximum)) return inputs[0];
  if (!settle(node)) return -1;
  node.constant = std::all_of(inputs.begin(), inputs.end(), [&](std::int32_t input) { return at(input).constant; });
  std::uint8_t bad = 0;
  if (node.constant) run_operation(node, 1, &bad);
  return bad != 0 ? -1 : add(std::move(node));
}

inline std::int32_t column_expressions::combine(opcode code, std::int32_t left, std::int32_t right) {
  const std::int32_t inputs[] = {left, right};
  return operation({code, value_type::number, 2, 0, -1}, inputs);
}

inline std::int32_t column_expressions::load(std::int32_t place) {
  const program& tariff = *known_->tariff;
  const slot& one = tariff.slots[static_cast<std::size_t>(place)];
  if (one.kind == slot_kind::value) return value(tariff.values[static_cast<std::size_t>(one.index)]);
  if (one.kind != slot_kind::unit && one.kind != slot_kind::account) return -1;
  column_node node;
  node.kind = column_step::load;
  node.of_account = one.kind == slot_kind::account;
  const attribute& what = (node.of_account ? tariff.account_attributes : tariff.unit_attributes)[static_cast<std::size_t>(one.index)];
  node.rows = node.of_account ? &known_->account_rows : &known_->unit_rows;
  node.type = what.type;
  node.argument = one.index;
  if (what.type == value_type::number) {
    const number_column& column = node.rows->numbers[static_cast<std::size_t>(one.index)];
    if (column.is_wide()) return -1;
    node.scale = what.has_default ? std::max(column.scale(), what.default_number.scale()) : column.scale();
    node.grow = pow10<std::int64_t>(node.scale - column.scale());
    node.own_shown = static_cast<std::int8_t>(column.scale());
    if (mul_overflows(column.largest(), node.grow, node.largest)) return -1;
    if (what.has_default) {
      // A default is written as the tariff writes it.
      node.otherwise_shown = static_cast<std::int8_t>(what.default_number.scale());
      node.mixed = node.otherwise_shown != node.own_shown;
      int128 number = what.default_number.coefficient();
      if (scale_overflows(number, node.scale - node.otherwise_shown) || !to_int64(number)) return -1;
      node.otherwise = static_cast<std::int64_t>(number);
      node.largest = std::max(node.largest, magnitude(node.otherwise));
    }
  } else if (what.has_default) {
    node.otherwise = what.type == value_type::text ? text(what.default_text) : what.default_word;
  }
  reads_account_ = reads_account_ || node.of_account;
  return add(std::move(node));
}

// Cells are settled when the columns are built: each a number, by the words of the keys.
inline bool column_expressions::fill_cells(column_node& node, const named_value& what, std::int32_t level, std::size_t key, std::size_t place) {
  const table_level& cells = known_->tariff->levels[static_cast<std::size_t>(level)];
  for (std::int32_t word = 0; word < node.sizes[key]; ++word) {
    const std::int32_t child = cells.by_word[static_cast<std::size_t>(word)];
    const std::size_t here = place * static_cast<std::size_t>(node.sizes[key]) + static_cast<std::size_t>(word);
    if (child < 0) continue;
    if (key + 1 < node.sizes.size()) {
      if (!fill_cells(node, what, child, key + 1, here)) return false;
      continue;
    }
    const std::int32_t leaf = build(known_->tariff->expressions[static_cast<std::size_t>(child)]);
    if (leaf < 0 || !at(leaf).constant || !is_numeric(at(leaf).type) || divides(leaf)) return false;
    node.cells[here] = static_cast<std::int32_t>(node.cell_numbers.size());
    node.cell_numbers.push_back(at(leaf).numbers[0]);
    node.cell_shown.push_back(shown_as(leaf).scale_of(0));
    // Scales are made one below; until then each number stands at its leaf's.
    node.shown.push_back(static_cast<std::int8_t>(at(leaf).scale));
  }
  return true;
}

inline std::int32_t column_expressions::value(const named_value& what) {
  const int index = what.is.index_on(day_);
  if (index < 0) return -1;
  const value_version& version = what.is.at(static_cast<std::size_t>(index));
  const program& tariff = *known_->tariff;
  if (version.root < 0) return build(tariff.expressions[static_cast<std::size_t>(version.plain)]);
  if (!is_numeric(what.type)) return -1;
  column_node node;
  node.kind = column_step::table;
  constexpr std::size_t most_cells = 65'536;
  std::size_t cells = 1;
  for (const std::int32_t by : what.by) {
    const slot& key = tariff.slots[static_cast<std::size_t>(by)];
    const bool of_account = key.kind == slot_kind::account;
    if (key.kind != slot_kind::unit && !of_account) return -1;
    const attribute& read = (of_account ? tariff.account_attributes : tariff.unit_attributes)[static_cast<std::size_t>(key.index)];
    if (read.type != value_type::choice && read.type != value_type::yes_no) return -1;
    node.sizes.push_back(read.type == value_type::choice ? static_cast<std::int32_t>(read.words.size()) : 2);
    cells *= static_cast<std::size_t>(node.sizes.back());
    if (cells > most_cells) return -1;
    const std::int32_t input = load(by);
    if (input < 0) return -1;
    node.inputs.push_back(input);
  }
  node.cells.assign(cells, -1);
  if (!fill_cells(node, what, version.root, 0, 0) || node.cell_numbers.empty()) return -1;
  for (const std::int8_t scale : node.shown) node.scale = std::max<int>(node.scale, scale);
  for (std::size_t i = 0; i < node.cell_numbers.size(); ++i) {
    std::int64_t& number = node.cell_numbers[i];
    if (scale_overflows(number, node.scale - node.shown[i])) return -1;
    node.largest = std::max(node.largest, magnitude(number));
    node.mixed = node.mixed || node.cell_shown[i] != node.scale;
  }
  node.shown.clear();
  return add(std::move(node));
}

inline bool column_expressions::build_range(const expression& what, std::size_t from, std::size_t to, std::vector<std::int32_t>& stack) {
  const auto code = what.code();
  // One value that a stretch of code leaves.
  const auto branch = [&](std::size_t begin, std::size_t end) {
    std::vector<std::int32_t> own;
    return build_range(what, begin, end, own) && own.size() == 1 ? own[0] : -1;
  };
  for (std::size_t i = from; i < to; ++i) {
    const instruction& one = code[i];
    column_node node;
    std::int32_t made = -1;
    switch (one.code) {
      case opcode::push_number: {
        const decimal& number = what.number(one.argument);
        const auto narrow = to_int64(number.coefficient());
        if (narrow) made = literal(*narrow, number.scale());
        break;
      }
      case opcode::push_text:
      case opcode::push_word:
        node.constant = true;
        node.type = one.code == opcode::push_text ? value_type::text : value_type::choice;
        node.words = {one.code == opcode::push_text ? text(what.text(one.argument)) : one.argument};
        made = add(std::move(node));
        break;
      case opcode::load: made = load(one.argument); break;
      case opcode::known:
      case opcode::jump: return false;
      case opcode::jump_if_false: {
        const auto past = static_cast<std::size_t>(one.argument);
        const auto end = static_cast<std::size_t>(code[past - 1].argument);
        node.kind = column_step::choose;
        node.inputs = {stack.back(), branch(i + 1, past - 1), branch(past, end)};
        stack.pop_back();
        if (node.inputs[1] < 0 || node.inputs[2] < 0 || divides(node.inputs[1]) || divides(node.inputs[2])) return false;
        node.type = at(node.inputs[1]).type;
        if (is_numeric(node.type)) {
          column_node both;
          both.code = opcode::maximum;
          both.inputs = {node.inputs[1], node.inputs[2]};
          if (!settle(both) || !both.proved) return false;
          node.scale = both.scale;
          node.mixed = both.mixed;
          node.largest = both.largest;
        }
        made = add(std::move(node));
        i = end - 1;
        break;
      }
      case opcode::jump_if_false_or_pop:
      case opcode::jump_if_true_or_pop: {
        const auto end = static_cast<std::size_t>(one.argument);
        node.kind = one.code == opcode::jump_if_false_or_pop ? column_step::both : column_step::either;
        node.type = value_type::yes_no;
        node.inputs = {stack.back(), branch(i + 1, end)};
        stack.pop_back();
        if (node.inputs[1] < 0) return false;
        made = add(std::move(node));
        i = end - 1;
        break;
      }
      default: {
        std::size_t count = 2;
        if (one.code == opcode::minimum || one.code == opcode::maximum) count = static_cast<std::size_t>(one.argument);
        if (one.code == opcode::any_of || one.code == opcode::any_text_of) count = static_cast<std::size_t>(one.argument) + 1;
        if (one.code == opcode::negate || one.code == opcode::ceil || one.code == opcode::floor || one.code == opcode::round || one.code == opcode::abs || one.code == opcode::logical_not) count = 1;
        made = operation(one, std::span(stack).last(count));
        stack.resize(stack.size() - count);
        break;
      }
    }
    if (made < 0) return false;
    stack.push_back(made);
  }
  return true;
}

inline std::int32_t column_expressions::build(const expression& what) {
  std::vector<std::int32_t> stack;
  return build_range(what, 0, what.code().size(), stack) && stack.size() == 1 ? stack[0] : -1;
}

}  // namespace detail

DUES_END
