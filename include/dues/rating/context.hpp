// SPDX-License-Identifier: Apache-2.0
//
// What the names in an expression stand for while one line is rated: the unit's facts on a day,
// the payer's, the subscription's, the period's, and the tariff's named values.
#pragma once

#include <dues/explain/trace.hpp>
#include <dues/facts/facts.hpp>
#include <dues/rating/proration.hpp>
#include <dues/rating/window_use.hpp>

DUES_BEGIN

/// Why a line could not be computed.
struct line_failure {
  enum class reason : std::uint8_t { none, missing, no_cell, no_value, division_by_zero, overflow, bad_fact, negative_widening, before_window } why = reason::none;
  std::int32_t slot = -1;  ///< of bad_fact: into facts::faults
  std::string pointer;
  int position = -1;
  std::uint32_t account = id_table::none;
  civil_day on;
};

/// What an expression of a discount reads of the line that it may lower. Amounts in minor units.
struct lowered_line {
  std::int64_t gross = 0, remaining = 0, bill_gross = 0;
  std::int64_t quantity = 0;
  std::int8_t quantity_scale = -1;  ///< -1: it has no one quantity
};

/// How many of a window's months are covered.
struct served_window {
  civil_day from;
  share_of_time share;
};

template <class Int, class Recorder>
class rating_context {
 public:
  rating_context(const program& tariff, const facts& known, Recorder& recorder)
      : tariff_(tariff), known_(known), recorder_(recorder) {}

  std::uint32_t unit = 0, account = id_table::none;
  const subscription* subscribed = nullptr;
  civil_day day;
  std::int64_t covered_days = 0, nominal_days = 0;
  share_of_time covered_months, covered_share;
  day_range line_days;                    ///< from the first to the last that the line covers
  const lowered_line* lowered = nullptr;  ///< of discounts alone
  const window_use<int256>* window = nullptr;  ///< before the line; of prices by steps
  std::span<const served_window> served_windows;
  line_failure failure;

  /// Called by the evaluator.
  eval_status load(std::int32_t at, operand<Int>& out) {
    const slot& one = tariff_.slots[static_cast<std::size_t>(at)];
    switch (one.kind) {
      case slot_kind::unit: return load_attribute(at, tariff_.unit_attributes, known_.unit_rows, unit, "units", out);
      case slot_kind::account:
        if (account == id_table::none) return fail(line_failure::reason::missing, at);
        return load_attribute(at, tariff_.account_attributes, known_.account_rows, account, "accounts", out);
      case slot_kind::subscription: return load_row(at, tariff_.subscription_attributes, known_.subscription_rows, subscribed->row, "subscriptions", out);
      case slot_kind::subscription_price: return load_own(at, subscribed->price, std::nullopt, out);
      case slot_kind::subscription_quantity: return load_own(at, subscribed->quantity, decimal(1), out);
      case slot_kind::value: return load_value(at, out);
      case slot_kind::period_days: return give(at, exact<Int>(covered_days), out);
      case slot_kind::period_nominal_days: return give(at, exact<Int>(nominal_days), out);
      case slot_kind::period_months: return give(at, exact<Int>::ratio(Int(covered_months.num), Int(covered_months.den)), out);
      case slot_kind::period_share: return give(at, exact<Int>::ratio(Int(covered_share.num), Int(covered_share.den)), out);
      case slot_kind::usage: return load_usage(at, out);
      case slot_kind::line_gross: return give_money(at, &lowered_line::gross, out);
      case slot_kind::line_remaining: return give_money(at, &lowered_line::remaining, out);
      case slot_kind::bill_gross: return give_money(at, &lowered_line::bill_gross, out);
      case slot_kind::line_quantity:
        if (lowered == nullptr || lowered->quantity_scale < 0) return fail(line_failure::reason::missing, at);
        return give(at, exact<Int>::scaled(Int(lowered->quantity), lowered->quantity_scale), out, "line");
      case slot_kind::receivable_principal:
      case slot_kind::receivable_open: return fail(line_failure::reason::missing, at);  // neither a fee nor a discount reads them
    }
    return eval_status::missing;
  }

  /// Called by the evaluator for known(name).
  bool known(std::int32_t at) {
    const line_failure before = failure;
    operand<Int> unused;
    no_trace silent;
    rating_context<Int, no_trace> quiet(tariff_, known_, silent);
    quiet.unit = unit;
    quiet.account = account;
    quiet.subscribed = subscribed;
    quiet.day = day;
    quiet.line_days = line_days;
    const bool found = quiet.load(at, unused) == eval_status::ok;
    failure = before;
    return found;
  }

  /// Evaluates one expression on the current day. On failure `failure` says why.
  bool compute(const expression& what, operand<Int>& out) {
    if (what.is_literal()) {
      out = {exact<Int>(what.literal()), 0, {}, -1};
      return fits(out);
    }
    if constexpr (Recorder::enabled) recorder_.at = what.pointer();
    if (const auto slot = what.single_slot()) {  // one name needs no stack
      out = {};
      if (load(*slot, out) == eval_status::ok) return fits(out);
      if (failure.pointer.empty()) failure.pointer = what.pointer();
      return false;
    }
    std::int32_t where = -1;
    switch (evaluate<Int>(what, *this, recorder_, out, where)) {
      case eval_status::ok: return true;
      case eval_status::missing: break;
      case eval_status::division_by_zero: fail(line_failure::reason::division_by_zero, -1); break;
      case eval_status::overflow: fail(line_failure::reason::overflow, -1); break;
    }
    if (failure.pointer.empty()) failure.pointer = what.pointer();
    failure.position = failure.why == line_failure::reason::division_by_zero ? where : -1;
    return false;
  }

  const facts& known_facts() const noexcept { return known_; }
  share_of_time served(civil_day from) const {
    for (const served_window& one : served_windows)
      if (one.from == from) return one.share;
    return {1, 1};
  }
  /// What a number needs that no fact gives.
  void miss(std::int32_t slot) { fail(line_failure::reason::missing, slot); }

  /// Usage between two readings, in one register or in all together (-1).
  /// @returns false when a reading is below the last, or the sum does not fit
  bool usage_between(const usage_interval& of, std::int32_t reg, term<Int>& out) {
    if (of.fault >= 0) {
      fail(line_failure::reason::bad_fact, of.fault);
      return false;
    }
    const meter_kind& kind = tariff_.meters[static_cast<std::size_t>(known_.meters.meters[of.meter].kind)];
    const std::size_t first = reg < 0 ? 0 : static_cast<std::size_t>(reg);
    const std::size_t end = reg < 0 ? kind.registers.size() : first + 1;
    for (std::size_t r = first; r < end; ++r) {
      term<Int> one{to_width<Int>(known_.meters.usage(of, r)), -1};
      if constexpr (Recorder::enabled) one.step = note_usage(of, r, kind, one.value);
      add_to(out, one, r != first, kind.pointer);
    }
    if (out.value.overflowed()) fail(line_failure::reason::overflow, -1);
    return !out.value.overflowed();
  }
  /// sum + one, noted; the first of them stands for itself.
  void add_to(term<Int>& sum, const term<Int>& one, bool any, [[maybe_unused]] const std::string& at) {
    if (!any) {
      sum = one;
      return;
    }
    term<Int> both{sum.value + one.value, -1};
    if constexpr (Recorder::enabled) both.step = recorder_.add({at, "add", {input("left", sum), input("right", one)}, both.value.to_text(), {}});
    sum = both;
  }

 private:
  std::int32_t note_usage(const usage_interval& of, std::size_t reg, const meter_kind& kind, const exact<Int>& value) {
    if constexpr (!Recorder::enabled) return -1;
    else return recorder_.add(usage_step(of, reg, kind, value));
  }
  step usage_step(const usage_interval& of, std::size_t reg, const meter_kind& kind, const exact<Int>& value) const {
    const metering& meters = known_.meters;
    const meter& read = meters.meters[of.meter];
    const auto row = [](std::string_view table, std::uint32_t at, std::string_view column) { return "/" + std::string(table) + "/" + std::to_string(at) + "/" + std::string(column); };
    const meter_reading& after = meters.readings[of.after + reg];
    std::vector<step_input> inputs{{"reading", meters.values.at(of.after + reg).normalized().to_text(), row("readings", after.row, "reading")},
                                   {"before", meters.values.at(of.before + reg).normalized().to_text(), row("readings", meters.readings[of.before + reg].row, "reading")},
                                   {"ratio", read.ratio.to_text(), row("meters", read.row, "ratio")},
                                   {"meter", std::string(meters.ids.at(of.meter)), row("meters", read.row, "meter")},
                                   {"range", to_text(of.days.from) + ".." + to_text(of.days.to), {}}};
    if (kind.registers.size() > 1) inputs.push_back({"register", kind.registers[reg], {}});
    if (after.rolled_over) inputs.push_back({"turn", meters.turn(read).to_text(), row("meters", read.row, "digits")});
    return {kind.pointer, after.rolled_over ? "usage_turned" : "usage", std::move(inputs), value.to_text(), kind.cites};
  }

  // Of the line's dates: what the readings inside close.
  eval_status load_usage(std::int32_t at, operand<Int>& out) {
    const usage_name& of = tariff_.usages[static_cast<std::size_t>(tariff_.slots[static_cast<std::size_t>(at)].index)];
    const auto closed = known_.meters.closings_in(unit, of.kind, line_days);
    if (closed.empty()) return fail(line_failure::reason::missing, at);
    term<Int> sum;
    bool any = false;
    for (const meter_closing& closing : closed)
      for (const usage_interval& one : known_.meters.intervals_of(closing)) {
        term<Int> used;
        if (!usage_between(one, of.reg, used)) return failure.why == line_failure::reason::overflow ? eval_status::overflow : eval_status::missing;
        add_to(sum, used, std::exchange(any, true), tariff_.meters[static_cast<std::size_t>(of.kind)].pointer);
      }
    out.number = sum.value;
    out.step = sum.step;
    return sum.value.overflowed() ? fail(line_failure::reason::overflow, at) : eval_status::ok;
  }

  bool fits(const operand<Int>& value) {
    if (value.number.overflowed()) fail(line_failure::reason::overflow, -1);
    return !value.number.overflowed();
  }

  eval_status fail(line_failure::reason why, std::int32_t at) {
    if (failure.why == line_failure::reason::none) failure = {why, at, {}, -1, account, day};
    return why == line_failure::reason::overflow ? eval_status::overflow : eval_status::missing;
  }

  eval_status give(std::int32_t at, exact<Int> number, operand<Int>& out, std::string_view from = "period") {
    out.number = number;
    record(at, out, value_type::number, std::string(from));
    return eval_status::ok;
  }

  eval_status give_money(std::int32_t at, std::int64_t lowered_line::*amount, operand<Int>& out) {
    if (lowered == nullptr) return fail(line_failure::reason::missing, at);  // of a fee
    return give(at, exact<Int>::scaled(Int(lowered->*amount), tariff_.minor_units), out, "line");
  }

  void record(std::int32_t at, operand<Int>& value, value_type type, std::string from) {
    if constexpr (Recorder::enabled)
      value.step = recorder_.add({recorder_.at, "read", {{tariff_.slots[static_cast<std::size_t>(at)].name, trace::to_text(value, type), std::move(from)}}, trace::to_text(value, type), {}});
  }

  eval_status load_own(std::int32_t at, const std::optional<decimal>& own, std::optional<decimal> otherwise, operand<Int>& out) {
    if (!own && !otherwise) return fail(line_failure::reason::missing, at);
    out.number = exact<Int>(own ? *own : *otherwise);
    if constexpr (Recorder::enabled) {
      const std::string_view column = tariff_.slots[static_cast<std::size_t>(at)].kind == slot_kind::subscription_price ? "price" : "quantity";
      const std::uint32_t row = known_.subscription_rows.source[subscribed->row];
      record(at, out, value_type::number, own ? "/subscriptions/" + std::to_string(row) + "/" + std::string(column) : std::string("default"));
    }
    return eval_status::ok;
  }

  eval_status load_attribute(std::int32_t at, const std::vector<attribute>& declared, const attribute_rows& rows, std::uint32_t id,
                             std::string_view table, operand<Int>& out) {
    return load_row(at, declared, rows, rows.row_on(id, day), table, out);
  }

  eval_status load_row(std::int32_t at, const std::vector<attribute>& declared, const attribute_rows& rows, std::int64_t row,
                       std::string_view table, operand<Int>& out) {
    const auto column = static_cast<std::size_t>(tariff_.slots[static_cast<std::size_t>(at)].index);
    const attribute& what = declared[column];
    const auto place = static_cast<std::size_t>(row);
    const bool number = what.type == value_type::number;
    const bool has = row >= 0 && (number ? rows.numbers[column].has(place) : rows.words[column].has(place));
    if (!has && !what.has_default) return fail(line_failure::reason::missing, at);
    if (number) {
      const number_column& numbers = rows.numbers[column];
      if (!has) out.number = exact<Int>(what.default_number);
      else if (numbers.is_wide()) out.number = exact<Int>(numbers.at(place));
      else out.number = exact<Int>::scaled(Int(numbers.narrow()[place]), numbers.scale());
    } else if (what.type == value_type::text) {
      out.text = has ? known_.texts.at(rows.words[column].at(place)) : std::string_view(what.default_text);
    } else {
      out.word = has ? rows.words[column].at(place) : what.default_word;
      if (what.type == value_type::choice) out.text = what.words[static_cast<std::size_t>(out.word)];
    }
    if constexpr (Recorder::enabled)
      record(at, out, what.type, has ? rows.place(table, place) + "/" + what.id : what.pointer + "/default");
    return eval_status::ok;
  }

  // Values read only values that stand before them in the order of compilation, to a limited depth.
  eval_status load_value(std::int32_t at, operand<Int>& out) {
    const named_value& value = tariff_.values[static_cast<std::size_t>(tariff_.slots[static_cast<std::size_t>(at)].index)];
    const int index = value.is.index_on(day);
    if (index < 0) return fail(line_failure::reason::no_value, at);
    const value_version& version = value.is.at(static_cast<std::size_t>(index));
    std::int32_t leaf = version.plain;
    std::vector<step_input> keys;  // stays empty, and costs nothing, without a recorder
    if (version.root >= 0) {
      leaf = version.root;
      for (const std::int32_t by : value.by) {
        operand<Int> key;
        if (const eval_status status = load(by, key); status != eval_status::ok) return status;
        if constexpr (Recorder::enabled) {
          const slot& named = tariff_.slots[static_cast<std::size_t>(by)];
          keys.push_back({named.name, trace::to_text(key, named.type), trace::mark(key.step)});
        }
        leaf = child_of(tariff_.levels[static_cast<std::size_t>(leaf)], by, key);
        if (leaf < 0) return fail(line_failure::reason::no_cell, at);
      }
    }
    std::string before;
    if constexpr (Recorder::enabled) before = recorder_.at;
    const bool found = compute(tariff_.expressions[static_cast<std::size_t>(leaf)], out);
    if constexpr (Recorder::enabled) recorder_.at = before;
    if (!found) return failure.why == line_failure::reason::overflow ? eval_status::overflow : eval_status::missing;
    if constexpr (Recorder::enabled) {
      const std::string& cell = tariff_.expressions[static_cast<std::size_t>(leaf)].pointer();
      keys.insert(keys.begin(), {"value." + value.id, trace::to_text(out, value.type), out.step < 0 ? cell : trace::mark(out.step)});
      out.step = recorder_.add({cell, "look_up", std::move(keys), trace::to_text(out, value.type), value.cites});
    }
    return eval_status::ok;
  }

  std::int32_t child_of(const table_level& level, std::int32_t by, const operand<Int>& key) const {
    if (tariff_.slots[static_cast<std::size_t>(by)].type != value_type::text) return level.by_word[static_cast<std::size_t>(key.word)];
    const auto found = std::lower_bound(level.by_key.begin(), level.by_key.end(), key.text, [](const auto& e, std::string_view k) { return e.first < k; });
    return found != level.by_key.end() && found->first == key.text ? found->second : level.otherwise;
  }

  const program& tariff_;
  const facts& known_;
  Recorder& recorder_;
};

DUES_END
