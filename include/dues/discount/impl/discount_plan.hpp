// SPDX-License-Identifier: Apache-2.0
//
// What of the discounts is the same for all lines of a run, found once: which of them reach which fee,
// what is given where that reads no facts, bounds on what a line or a bill comes to, and conditions that
// can be asked a column at a time. What is not settled here is asked line by line. Not public.
#pragma once

#include <dues/discount/impl/fact_days.hpp>
#include <dues/rating/column_expression.hpp>
#include <dues/rating/context.hpp>
#include <dues/value/fixed_divisor.hpp>

#include <limits>

DUES_BEGIN

namespace detail {

/// A share of amounts in minor units: round(base x num / den) x step.
struct plain_share {
  bool known = false;  ///< the same for all lines of the run, and small
  std::int64_t num = 0, den = 1, step = 1;
  std::int64_t most = -1;  ///< no larger base is sure to fit
  rounding_mode mode = rounding_mode::half_up;
  fixed_divisor by;

  bool fits(std::int64_t base) const noexcept { return base <= most; }
  /// Of a base from 0 to `most`.
  std::int64_t of(std::int64_t base) const noexcept {
    const std::int64_t product = base * num;
    return (mode == rounding_mode::half_up && by.usable() ? by.half_up(product) : divide_rounded<std::int64_t>(product, den, mode)) * step;
  }
};

/// What a cap allows, in minor units.
struct plain_cap {
  bool known = false, percent = false;
  bool dated = false;  ///< it reads named values
  plain_share share;
  std::int64_t amount = 0;
};

/// How a yes or no is found for a line.
struct planned_condition {
  enum class kind : std::uint8_t { always, column, between, ask } how = kind::always;
  std::int32_t column = -1;                 ///< place among the plan's columns
  slot_kind of = slot_kind::line_gross;     ///< between: what lies in [least, most]
  std::int64_t least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
};

struct planned_discount {
  std::int32_t place = -1;  ///< into program::discounts
  const discount* rule = nullptr;
  bool once = false;        ///< an amount over all lines
  bool on_gross = false;
  bool lowers_tax = true;
  bool reads_bill = false;  ///< or the line: what it comes to is asked
  bool by_facts = false;    ///< rows of facts decide on which days
  bool free = false;        ///< it gives free months, to gift lines alone
  bool dated = false;       ///< it reads named values: what is settled stands inside the days of the plan
  planned_condition where, condition;
  plain_share percent;
  bool amount_known = false;
  std::int64_t amount = 0;  ///< minor units, rounded, where it is known
  plain_cap cap;
  std::vector<std::uint8_t> reaches;  ///< by fee, and none past the last
};

struct planned_limit {
  const discount_limit* rule = nullptr;
  plain_cap cap;
};

class discount_plan {
 public:
  /// @param days  of the run: what changes inside them is not settled here
  /// @param by_columns  there are many lines, so that preparing columns pays
  discount_plan(const facts& known, day_range days, bool by_columns);

  std::vector<planned_discount> discounts;         ///< by place in the program; those that are not computed have no rule
  std::vector<planned_limit> limits;
  column_expressions columns;                      ///< threads copy it: it keeps scratch space
  std::vector<std::int32_t> conditions;            ///< nodes of `columns`
  day_range days;

 private:
  planned_condition plan_condition(const expression& what, const reads& read, bool by_columns);
  bool between(const expression& what, planned_condition& made) const;
  bool same_for_all(const expression& what, int depth) const;
  std::optional<exact256> settled(const expression& what) const;
  plain_share share_of(const exact256& rate, const section_rounding& how) const;
  plain_cap cap_of(const discount_cap& cap) const;

  const facts& known_;
  const program& tariff_;
  std::vector<std::string_view> sources_;          ///< of the conditions
};

inline discount_plan::discount_plan(const facts& known, day_range of_run, bool by_columns)
    : columns(known, of_run.from), days(of_run), known_(known), tariff_(*known.tariff) {
  for (std::size_t d = 0; d < tariff_.discounts.size(); ++d) {
    planned_discount& made = discounts.emplace_back();
    const discount& one = tariff_.discounts[d];
    if (!one.computed) continue;
    made.place = static_cast<std::int32_t>(d);
    made.rule = &one;
    made.once = one.give.kind == gift_kind::amount && !one.give.each_line;
    made.dated = !one.read.values.empty();
    made.on_gross = one.works_on == discount_base::gross || one.give.kind == gift_kind::price;
    made.by_facts = reads_fact_days(one);
    made.lowers_tax = one.lowers_tax.value_or(one.partner.empty());
    made.reads_bill = one.read.line;
    made.free = one.give.kind == gift_kind::free_months;
    made.reaches.assign(tariff_.fees.size() + 1, 0);
    for (const std::int32_t fee : one.of) made.reaches[static_cast<std::size_t>(fee)] = 1;
    if (one.where) made.where = plan_condition(*one.where, one.read, by_columns);
    if (one.when.condition) made.condition = plan_condition(*one.when.condition, one.read, by_columns);
    if (one.at_most) made.cap = cap_of(*one.at_most);
    if (!one.give.is) continue;
    const auto given = settled(*one.give.is);
    if (!given) continue;
    if (one.give.kind == gift_kind::percent) made.percent = share_of(*given, one.rounding);
    if (one.give.kind == gift_kind::amount) {
      int128 units;
      std::int64_t minor = 0;
      const auto narrow = given->round(one.rounding.places, one.rounding.mode, units) ? to_int64(units) : std::nullopt;
      made.amount_known = narrow && !mul_overflows(*narrow, pow10<std::int64_t>(tariff_.minor_units - one.rounding.places), minor);
      made.amount = minor;
    }
  }
  for (const discount_limit& one : tariff_.discount_limits) limits.push_back({&one, cap_of(one.at_most)});
}

// Whether it reads nothing of a line, a unit or an account, and does not change inside the days.
inline bool discount_plan::same_for_all(const expression& what, int depth) const {
  constexpr int most_depth = 8;  // deeper ones are asked line by line
  if (depth > most_depth) return false;
  return std::all_of(what.slots_read().begin(), what.slots_read().end(), [&](std::int32_t at) {
    const slot& one = tariff_.slots[static_cast<std::size_t>(at)];
    if (one.kind != slot_kind::value) return false;
    const named_value& value = tariff_.values[static_cast<std::size_t>(one.index)];
    bool changes = !value.by.empty();
    value.is.cuts(days, [&](civil_day) { changes = true; });
    const int now = value.is.index_on(days.from);
    if (changes || now < 0) return false;
    const std::int32_t plain = value.is.at(static_cast<std::size_t>(now)).plain;
    return plain >= 0 && same_for_all(tariff_.expressions[static_cast<std::size_t>(plain)], depth + 1);
  });
}

inline std::optional<exact256> discount_plan::settled(const expression& what) const {
  if (!same_for_all(what, 0)) return std::nullopt;
  no_trace silent;
  rating_context<int256, no_trace> context(tariff_, known_, silent);
  context.day = days.from;
  operand<int256> out;
  if (!context.compute(what, out)) return std::nullopt;
  return out.number;
}

inline plain_share discount_plan::share_of(const exact256& rate, const section_rounding& how) const {
  plain_share made;
  const auto lowest = rate.reduced();
  if (!lowest) return made;
  std::int64_t den = 1;
  if (detail::narrow(lowest->num, made.num) || detail::narrow(lowest->den, den) || made.num < 0) return made;
  made.step = pow10<std::int64_t>(tariff_.minor_units - how.places);
  if (mul_overflows(den, made.step, made.den)) return made;
  made.mode = how.mode;
  made.by = fixed_divisor(made.den);
  made.most = (fixed_divisor::most_number - 1) / std::max<std::int64_t>(made.num, 1);
  made.known = true;
  return made;
}

// Of what a cap allows the part below a minor unit is not granted.
inline plain_cap discount_plan::cap_of(const discount_cap& cap) const {
  plain_cap made;
  const auto value = settled(cap.percent ? *cap.percent : *cap.amount);
  if (!value) return made;
  made.percent = cap.percent.has_value();
  made.dated = !(made.percent ? *cap.percent : *cap.amount).is_literal();
  if (made.percent) {
    made.share = share_of(*value, {tariff_.minor_units, rounding_mode::floor});
    made.known = made.share.known;
    return made;
  }
  int128 units;
  const auto narrow = value->round(tariff_.minor_units, rounding_mode::floor, units) ? to_int64(units) : std::nullopt;
  made.known = narrow.has_value();
  made.amount = std::max<std::int64_t>(narrow.value_or(0), 0);
  return made;
}

// "line.gross >= 300", "500 < bill.gross": bounds in minor units.
inline bool discount_plan::between(const expression& what, planned_condition& made) const {
  const auto code = what.code();
  if (code.size() != 3) return false;
  const bool turned = code[0].code == opcode::push_number;
  const instruction& read = code[turned ? 1 : 0];
  const instruction& number = code[turned ? 0 : 1];
  if (read.code != opcode::load || number.code != opcode::push_number) return false;
  made.of = tariff_.slots[static_cast<std::size_t>(read.argument)].kind;
  if (made.of != slot_kind::line_gross && made.of != slot_kind::line_remaining && made.of != slot_kind::bill_gross) return false;
  const exact256 bound(exact128(what.number(number.argument)));
  int128 below, above;
  if (!bound.round(tariff_.minor_units, rounding_mode::floor, below) || !bound.round(tariff_.minor_units, rounding_mode::ceiling, above)) return false;
  const auto down = to_int64(below);
  const auto up = to_int64(above);
  constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max() / 2;
  if (!down || !up || *down < -far || *up > far) return false;
  opcode code_of = code[2].code;
  if (turned) {
    if (code_of == opcode::less) code_of = opcode::greater;
    else if (code_of == opcode::less_equal) code_of = opcode::greater_equal;
    else if (code_of == opcode::greater) code_of = opcode::less;
    else if (code_of == opcode::greater_equal) code_of = opcode::less_equal;
  }
  switch (code_of) {
    case opcode::greater_equal: made.least = *up; return true;
    case opcode::greater: made.least = *down + 1; return true;
    case opcode::less_equal: made.most = *down; return true;
    case opcode::less: made.most = *up - 1; return true;
    default: return false;
  }
}

inline planned_condition discount_plan::plan_condition(const expression& what, const reads& read, bool by_columns) {
  planned_condition made;
  made.how = planned_condition::kind::between;
  if (between(what, made)) return made;
  made = {};
  made.how = planned_condition::kind::ask;
  bool changes = !by_columns || read.subscription;
  for (const std::int32_t value : read.values) tariff_.values[static_cast<std::size_t>(value)].is.cuts(days, [&](civil_day) { changes = true; });
  if (changes) return made;
  const auto known = std::find(sources_.begin(), sources_.end(), what.source());
  made.column = static_cast<std::int32_t>(known - sources_.begin());
  if (known == sources_.end()) {
    const std::int32_t node = columns.build(what);
    if (node < 0 || columns.divides(node)) return made;
    sources_.push_back(what.source());
    conditions.push_back(node);
  }
  made.how = planned_condition::kind::column;
  return made;
}

}  // namespace detail

DUES_END
