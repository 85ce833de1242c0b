// SPDX-License-Identifier: Apache-2.0
//
// The operations on columns. What 64 bits cannot hold marks its row; where bounds prove that every row
// fits, nothing is checked. Included by
// column_expression.hpp.
#pragma once

#include <dues/rating/impl/column_build.hpp>
#include <dues/value/rounding.hpp>

DUES_BEGIN

namespace detail {

/// A column as an operation reads it; a constant stands still.
template <class T>
struct column_reader {
  const T* first;
  std::size_t step;
  T operator[](std::size_t i) const { return first[i * step]; }
};

inline column_reader<std::int64_t> read_numbers(const column_node& node) { return {node.numbers.data(), node.constant ? 0U : 1U}; }
inline column_reader<std::int32_t> read_words(const column_node& node) { return {node.words.data(), node.constant ? 0U : 1U}; }

// How a row of a node is written.
inline std::int8_t shown_of(const column_node& node, std::size_t row) {
  return node.mixed ? node.shown[node.constant ? 0 : row] : static_cast<std::int8_t>(node.scale);
}

/// Calls make(i, overflowed) for each row; a row that overflowed is marked where bounds do not exclude it.
template <class Make>
void fill_rows(column_node& node, std::size_t count, std::uint8_t* bad, Make&& make) {
  std::int64_t* const out = node.numbers.renew(count);
  if (node.proved) {
    for (std::size_t i = 0; i < count; ++i) out[i] = make(i, std::false_type{}, bad[i]);
  } else {
    for (std::size_t i = 0; i < count; ++i) out[i] = make(i, std::true_type{}, bad[i]);
  }
}

template <class Checked>
std::int64_t times(std::int64_t a, std::int64_t b, Checked, std::uint8_t& bad) {
  if constexpr (Checked::value) {
    std::int64_t out = 0;
    if (mul_overflows(a, b, out)) {
      bad = 1;
      return 0;
    }
    return out;
  } else {
    return a * b;
  }
}

template <class Checked>
std::int64_t plus(std::int64_t a, std::int64_t b, Checked, std::uint8_t& bad) {
  if constexpr (Checked::value) {
    std::int64_t out = 0;
    if (add_overflows(a, b, out)) {
      bad = 1;
      return 0;
    }
    return out;
  } else {
    return a + b;
  }
}

inline void column_expressions::run_operation(column_node& node, std::size_t count, std::uint8_t* bad) {
  const auto input = [&](std::size_t i) -> const column_node& { return at(node.inputs[i]); };
  const column_node& left = input(0);
  const column_node& right = input(node.inputs.size() - 1);
  const bool numbers = is_numeric(left.type);
  const auto a = read_numbers(left);
  const auto b = read_numbers(right);
  // Brings both to one scale.
  const int scale = std::max(left.scale, right.scale);
  const bool compared = numbers && node.inputs.size() == 2;
  const std::int64_t grow_a = compared ? pow10<std::int64_t>(scale - left.scale) : 1;
  const std::int64_t grow_b = compared ? pow10<std::int64_t>(scale - right.scale) : 1;
  if (node.mixed) node.shown.resize(count);
  const auto show = [&](auto&& pick) {
    if (node.mixed)
      for (std::size_t i = 0; i < count; ++i) node.shown[i] = pick(i);
  };
  const auto answer = [&](auto&& ask) {
    node.words.resize(count);
    for (std::size_t i = 0; i < count; ++i) node.words[i] = ask(i) ? 1 : 0;
  };
  const auto compare_rows = [&](auto&& ask) {
    if (!numbers) {
      const auto x = read_words(left);
      const auto y = read_words(right);
      return answer([&](std::size_t i) { return ask(std::int64_t{x[i]}, std::int64_t{y[i]}); });
    }
    if (node.proved) return answer([&](std::size_t i) { return ask(a[i] * grow_a, b[i] * grow_b); });
    answer([&](std::size_t i) { return ask(times(a[i], grow_a, std::true_type{}, bad[i]), times(b[i], grow_b, std::true_type{}, bad[i])); });
  };
  switch (node.code) {
    case opcode::add:
      fill_rows(node, count, bad, [&](std::size_t i, auto checked, std::uint8_t& no) { return plus(times(a[i], grow_a, checked, no), times(b[i], grow_b, checked, no), checked, no); });
      return show([&](std::size_t i) { return std::max(shown_of(left, i), shown_of(right, i)); });
    case opcode::subtract:
      fill_rows(node, count, bad, [&](std::size_t i, auto checked, std::uint8_t& no) { return plus(times(a[i], grow_a, checked, no), times(b[i], -grow_b, checked, no), checked, no); });
      return show([&](std::size_t i) { return std::max(shown_of(left, i), shown_of(right, i)); });
    case opcode::multiply:
      fill_rows(node, count, bad, [&](std::size_t i, auto checked, std::uint8_t& no) { return times(a[i], b[i], checked, no); });
      return show([&](std::size_t i) { return static_cast<std::int8_t>(shown_of(left, i) + shown_of(right, i)); });
    case opcode::minimum:
    case opcode::maximum: {
      const bool least = node.code == opcode::minimum;
      fill_rows(node, count, bad, [&](std::size_t i, auto checked, std::uint8_t& no) {
        const std::int64_t x = times(a[i], grow_a, checked, no);
        const std::int64_t y = times(b[i], grow_b, checked, no);
        return (least ? y < x : x < y) ? y : x;
      });
      return show([&](std::size_t i) {
        const std::int64_t x = times(a[i], grow_a, std::true_type{}, bad[i]);
        const std::int64_t y = times(b[i], grow_b, std::true_type{}, bad[i]);
        return (least ? y < x : x < y) ? shown_of(right, i) : shown_of(left, i);
      });
    }
    case opcode::divide: {
      const std::int64_t power = pow10<std::int64_t>(right.scale);
      fill_rows(node, count, bad, [&](std::size_t i, auto checked, std::uint8_t& no) { return times(a[i], power, checked, no); });
      return;
    }
    case opcode::ceil:
    case opcode::floor:
    case opcode::round: {
      // left / (divisor x 10^scale), at `places`
      const int places = node.code == opcode::round ? node.argument : 0;
      const rounding_mode mode = node.code == opcode::ceil ? rounding_mode::ceiling : node.code == opcode::floor ? rounding_mode::floor : rounding_mode::half_up;
      std::int64_t divisor = left.divisor;
      std::int64_t grow = 1;
      const bool down = left.scale >= places;
      if (down ? mul_overflows(divisor, pow10<std::int64_t>(left.scale - places), divisor) : mul_overflows(grow, pow10<std::int64_t>(places - left.scale), grow)) {
        node.numbers.assign(count, 0);
        std::fill_n(bad, count, std::uint8_t{1});
        return;
      }
      return fill_rows(node, count, bad, [&](std::size_t i, auto checked, std::uint8_t& no) { return divide_rounded<std::int64_t>(times(a[i], grow, checked, no), divisor, mode); });
    }
    case opcode::negate:
      fill_rows(node, count, bad, [&](std::size_t i, auto, std::uint8_t&) { return -a[i]; });
      return show([&](std::size_t i) { return shown_of(left, i); });
    case opcode::abs:
      fill_rows(node, count, bad, [&](std::size_t i, auto, std::uint8_t&) { return magnitude(a[i]); });
      return show([&](std::size_t i) { return shown_of(left, i); });
    case opcode::equal: return compare_rows([](std::int64_t x, std::int64_t y) { return x == y; });
    case opcode::not_equal: return compare_rows([](std::int64_t x, std::int64_t y) { return x != y; });
    case opcode::less: return compare_rows([](std::int64_t x, std::int64_t y) { return x < y; });
    case opcode::less_equal: return compare_rows([](std::int64_t x, std::int64_t y) { return x <= y; });
    case opcode::greater: return compare_rows([](std::int64_t x, std::int64_t y) { return x > y; });
    case opcode::greater_equal: return compare_rows([](std::int64_t x, std::int64_t y) { return x >= y; });
    case opcode::same_word:
    case opcode::same_text:
    case opcode::other_word:
    case opcode::other_text: {
      const auto x = read_words(left);
      const auto y = read_words(right);
      const bool same = node.code == opcode::same_word || node.code == opcode::same_text;
      return answer([&](std::size_t i) { return (x[i] == y[i]) == same; });
    }
    case opcode::any_of:
    case opcode::any_text_of: {
      const auto x = read_words(left);
      node.words.assign(count, 0);
      for (std::size_t k = 1; k < node.inputs.size(); ++k) {
        const auto y = read_words(input(k));
        for (std::size_t i = 0; i < count; ++i)
          if (x[i] == y[i]) node.words[i] = 1;
      }
      return;
    }
    case opcode::logical_not: {
      const auto x = read_words(left);
      return answer([&](std::size_t i) { return x[i] == 0; });
    }
    case opcode::days: {
      const auto x = read_words(left);
      const auto y = read_words(right);
      return fill_rows(node, count, bad, [&](std::size_t i, auto, std::uint8_t&) { return std::int64_t{y[i]} - x[i]; });
    }
    default: std::fill_n(bad, count, std::uint8_t{1}); return;  // build() makes no other
  }
}

inline void column_expressions::run_load(column_node& node, const batch_facts& batch, std::uint8_t* bad) {
  const auto column = static_cast<std::size_t>(node.argument);
  const auto each = [&](auto&& take) {
    if (node.of_account)
      for (std::size_t i = 0; i < batch.count; ++i) take(i, batch.account_row[i]);
    else
      for (std::size_t i = 0; i < batch.count; ++i) take(i, std::int64_t{batch.unit_row[i]});
  };
  if (is_numeric(node.type)) {
    const std::int64_t* const from = node.rows->numbers[column].narrow().data();
    node.numbers.renew(batch.count);
    if (!node.of_account && !node.mixed) {
      // Mostly every row has one.
      std::int64_t* const out = node.numbers.data();
      std::int64_t least = 0;  // the mark of a missing number is the least of all
      for (std::size_t i = 0; i < batch.count; ++i) {
        out[i] = from[batch.unit_row[i]];
        least = std::min(least, out[i]);
      }
      if (least != number_column::missing) {
        if (node.grow != 1)
          for (std::size_t i = 0; i < batch.count; ++i) out[i] *= node.grow;
        return;
      }
    }
    if (node.mixed) node.shown.resize(batch.count);
    each([&](std::size_t i, std::int64_t row) {
      std::int64_t number = row < 0 ? number_column::missing : from[row];
      const bool own = number != number_column::missing;
      number = own ? number * node.grow : node.otherwise;
      if (number == number_column::missing) {
        bad[i] = 1;
        number = 0;
      }
      node.numbers[i] = number;
      if (node.mixed) node.shown[i] = own ? node.own_shown : node.otherwise_shown;
    });
    return;
  }
  const std::int32_t* const from = node.rows->words[column].rows().data();
  const bool has_default = node.otherwise != number_column::missing;
  node.words.resize(batch.count);
  each([&](std::size_t i, std::int64_t row) {
    std::int32_t word = row < 0 ? word_column::missing : from[row];
    if (word == word_column::missing) {
      if (!has_default) bad[i] = 1;
      word = has_default ? static_cast<std::int32_t>(node.otherwise) : 0;
    }
    node.words[i] = word;
  });
}

inline void column_expressions::run_table(column_node& node, std::size_t count, std::uint8_t* bad) {
  node.numbers.renew(count);
  if (node.mixed) node.shown.resize(count);
  node.words.assign(count, 0);  // place of the cell
  for (std::size_t k = 0; k < node.inputs.size(); ++k) {
    const auto key = read_words(at(node.inputs[k]));
    for (std::size_t i = 0; i < count; ++i) node.words[i] = node.words[i] * node.sizes[k] + key[i];
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t cell = bad[i] != 0 ? -1 : node.cells[static_cast<std::size_t>(node.words[i])];
    if (cell < 0) bad[i] = 1;
    node.numbers[i] = cell < 0 ? 0 : node.cell_numbers[static_cast<std::size_t>(cell)];
    if (node.mixed) node.shown[i] = cell < 0 ? std::int8_t{0} : node.cell_shown[static_cast<std::size_t>(cell)];
  }
}

// `if`, `and`, `or`: only the side that decides may miss a fact.
inline void column_expressions::run_choice(column_node& node, const batch_facts& batch, std::uint8_t* bad) {
  const std::size_t count = batch.count;
  run(node.inputs[0], batch, bad);
  std::array<std::uint8_t, batch_rows> first{};
  std::array<std::uint8_t, batch_rows> second{};
  for (std::size_t i = 0; i < count; ++i) first[i] = second[i] = bad[i];
  run(node.inputs[1], batch, first.data());
  const auto condition = read_words(at(node.inputs[0]));
  if (node.kind != column_step::choose) {
    const auto other = read_words(at(node.inputs[1]));
    const bool both = node.kind == column_step::both;
    node.words.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      const bool settled = (condition[i] != 0) != both;
      node.words[i] = settled ? (both ? 0 : 1) : other[i];
      if (!settled) bad[i] |= first[i];
    }
    return;
  }
  run(node.inputs[2], batch, second.data());
  const column_node& yes = at(node.inputs[1]);
  const column_node& no = at(node.inputs[2]);
  for (std::size_t i = 0; i < count; ++i) bad[i] |= condition[i] != 0 ? first[i] : second[i];
  if (!is_numeric(node.type)) {
    const auto a = read_words(yes);
    const auto b = read_words(no);
    node.words.resize(count);
    for (std::size_t i = 0; i < count; ++i) node.words[i] = condition[i] != 0 ? a[i] : b[i];
    return;
  }
  const auto a = read_numbers(yes);
  const auto b = read_numbers(no);
  const std::int64_t grow_a = pow10<std::int64_t>(node.scale - yes.scale);
  const std::int64_t grow_b = pow10<std::int64_t>(node.scale - no.scale);
  node.numbers.renew(count);
  if (node.mixed) node.shown.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    node.numbers[i] = condition[i] != 0 ? a[i] * grow_a : b[i] * grow_b;
    if (node.mixed) node.shown[i] = shown_of(condition[i] != 0 ? yes : no, i);
  }
}

inline void column_expressions::run(std::int32_t place, const batch_facts& batch, std::uint8_t* bad) {
  column_node& node = at(place);
  if (node.constant) return;
  switch (node.kind) {
    case column_step::constant: return;
    case column_step::load: return run_load(node, batch, bad);
    case column_step::choose:
    case column_step::both:
    case column_step::either: return run_choice(node, batch, bad);
    case column_step::table:
      for (const std::int32_t input : node.inputs) run(input, batch, bad);
      return run_table(node, batch.count, bad);
    case column_step::operation:
      for (const std::int32_t input : node.inputs) run(input, batch, bad);
      return run_operation(node, batch.count, bad);
  }
}

}  // namespace detail

DUES_END
