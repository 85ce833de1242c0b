// SPDX-License-Identifier: Apache-2.0
//
// What the names in a penalty's expressions stand for on a day: facts of the unit and the account that
// the history holds, named values of the tariff, and the receivable's own amounts.
#pragma once

#include <dues/expression/evaluate.hpp>
#include <dues/penalty/history.hpp>

DUES_BEGIN

namespace detail {

template <class Int>
class penalty_context {
 public:
  penalty_context(const program& tariff, std::span<const known_attribute> known) : tariff_(tariff), known_(known) {}

  civil_day day;
  exact<Int> principal, open;  ///< of the receivable, in units of the currency

  /// Why the last computation failed; code is empty when it did not.
  struct failure {
    std::string_view code;
    std::string name, pointer;
    int position = -1;
  } failed;

  std::optional<exact<Int>> compute(const expression& what) {
    if (what.is_literal()) return exact<Int>(what.literal());
    operand<Int> out;
    if (!run(what, out)) return std::nullopt;
    return out.number;
  }

  /// Called by the evaluator.
  eval_status load(std::int32_t at, operand<Int>& out) {
    const slot& one = tariff_.slots[static_cast<std::size_t>(at)];
    switch (one.kind) {
      case slot_kind::unit: return load_attribute(one, tariff_.unit_attributes, out);
      case slot_kind::account: return load_attribute(one, tariff_.account_attributes, out);
      case slot_kind::value: return load_value(one, out);
      case slot_kind::receivable_principal: out.number = principal; return eval_status::ok;
      case slot_kind::receivable_open: out.number = open; return eval_status::ok;
      default: return miss("P113", one.name);  // the compiler lets no penalty read it
    }
  }
  /// Called by the evaluator for known(name).
  bool known(std::int32_t at) {
    const failure before = failed;
    operand<Int> unused;
    const bool found = load(at, unused) == eval_status::ok;
    failed = before;
    return found;
  }

 private:
  struct silent {
    static constexpr bool enabled = false;
  };

  bool run(const expression& what, operand<Int>& out) {
    silent recorder;
    std::int32_t where = -1;
    const eval_status status = evaluate<Int>(what, *this, recorder, out, where);
    if (status == eval_status::ok) return true;
    if (status == eval_status::overflow && failed.code.empty()) failed = {"P115", what.source(), what.pointer(), -1};
    if (status == eval_status::division_by_zero && failed.code.empty()) failed = {"P114", what.source(), what.pointer(), where};
    if (failed.pointer.empty()) failed.pointer = what.pointer();
    return false;
  }

  eval_status miss(std::string_view code, std::string name) {
    if (failed.code.empty()) failed = {code, std::move(name), {}, -1};
    return eval_status::missing;
  }

  eval_status load_attribute(const slot& one, const std::vector<attribute>& declared, operand<Int>& out) {
    const attribute& what = declared[static_cast<std::size_t>(one.index)];
    const known_attribute* found = nullptr;
    for (const known_attribute& each : known_)
      if (each.of == one.kind && each.column == one.index && each.from <= day && (found == nullptr || found->from < each.from)) found = &each;
    if (found == nullptr && !what.has_default) return miss("P113", one.name);
    if (what.type == value_type::number) out.number = exact<Int>(found != nullptr ? found->number : what.default_number);
    else if (what.type == value_type::text) out.text = found != nullptr ? std::string_view(found->text) : std::string_view(what.default_text);
    else out.word = found != nullptr ? found->word : what.default_word;
    return eval_status::ok;
  }

  eval_status load_value(const slot& one, operand<Int>& out) {
    const named_value& value = tariff_.values[static_cast<std::size_t>(one.index)];
    const int index = value.is.index_on(day);
    if (index < 0) return miss("P116", one.name);
    const value_version& version = value.is.at(static_cast<std::size_t>(index));
    std::int32_t leaf = version.plain;
    if (version.root >= 0) {
      leaf = version.root;
      for (const std::int32_t by : value.by) {
        operand<Int> key;
        if (const eval_status status = load(by, key); status != eval_status::ok) return status;
        leaf = child_of(tariff_.levels[static_cast<std::size_t>(leaf)], by, key);
        if (leaf < 0) return miss("P116", one.name);
      }
    }
    // A value reads only values compiled before it, deepest_chain of them at most.
    const expression& what = tariff_.expressions[static_cast<std::size_t>(leaf)];
    if (run(what, out)) return eval_status::ok;
    return failed.code == "P115" ? eval_status::overflow : failed.code == "P114" ? eval_status::division_by_zero : eval_status::missing;
  }

  std::int32_t child_of(const table_level& level, std::int32_t by, const operand<Int>& key) const {
    if (tariff_.slots[static_cast<std::size_t>(by)].type != value_type::text) return level.by_word[static_cast<std::size_t>(key.word)];
    const auto found = std::lower_bound(level.by_key.begin(), level.by_key.end(), key.text, [](const auto& e, std::string_view k) { return e.first < k; });
    return found != level.by_key.end() && found->first == key.text ? found->second : level.otherwise;
  }

  const program& tariff_;
  std::span<const known_attribute> known_;
};

}  // namespace detail

DUES_END
