// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/expression/evaluate.hpp>
#include <dues/expression/impl/tokens.hpp>
#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

// Names of values in an expression, quoted words aside.
inline void mentioned_values(std::string_view text, std::set<std::string, std::less<>>& into) {
  constexpr std::string_view prefix = "value.";
  if (text.size() > expression::most_characters || text.find(prefix) == std::string_view::npos) return;
  std::size_t at = 0;
  for (token one = next_token(text, at); one.kind != token_kind::end; one = next_token(text, at))
    if (one.kind == token_kind::name && one.text.starts_with(prefix)) into.emplace(one.text.substr(prefix.size()));
}

// @returns false when it was there
inline bool insert_sorted(std::vector<std::int32_t>& into, std::int32_t one) {
  const auto at = std::lower_bound(into.begin(), into.end(), one);
  if (at != into.end() && *at == one) return false;
  into.insert(at, one);
  return true;
}

inline void merge_sorted(std::vector<std::int32_t>& into, const std::vector<std::int32_t>& from) {
  if (from.empty()) return;
  std::vector<std::int32_t> both;
  both.reserve(into.size() + from.size());
  std::set_union(into.begin(), into.end(), from.begin(), from.end(), std::back_inserter(both));
  into = std::move(both);
}

void merge_reads(reads& into, const reads& from) {
  merge_sorted(into.unit_columns, from.unit_columns);
  merge_sorted(into.account_columns, from.account_columns);
  merge_sorted(into.values, from.values);
  merge_sorted(into.meters, from.meters);
  into.subscription |= from.subscription;
  into.period |= from.period;
  into.line |= from.line;
  into.receivable |= from.receivable;
  if (into.an_account_name.empty()) into.an_account_name = from.an_account_name;
}

bool compiler::in_scope(const reads& what, place at) const {
  const bool of_sections = what.line || what.receivable;
  const bool metered = !what.meters.empty();
  switch (at) {
    case place::where: return !what.subscription && !what.period && !metered && !of_sections;
    case place::unit_fee: return !what.subscription && !of_sections;
    case place::subscription_fee: return !of_sections;
    case place::value: return true;
    case place::tax:
      return !what.subscription && !what.period && !metered && !of_sections && what.unit_columns.empty() && what.account_columns.empty();
    case place::unit_discount: return !what.subscription && !metered && !what.receivable;
    case place::subscription_discount: return !metered && !what.receivable;
    case place::penalty: return !what.subscription && !what.period && !metered && !what.line;
  }
  return false;
}

const std::vector<std::string>& compiler::words_of(const slot& by) const {
  static const std::vector<std::string> truths{"false", "true"};
  if (by.type == value_type::yes_no) return truths;
  const auto& attributes = by.kind == slot_kind::unit      ? made_.unit_attributes
                           : by.kind == slot_kind::account ? made_.account_attributes
                                                           : made_.subscription_attributes;
  return attributes[static_cast<std::size_t>(by.index)].words;
}

const std::unordered_map<std::string_view, std::int32_t>& compiler::places_of_words(std::int32_t slot) {
  const auto [at, fresh] = word_places_.try_emplace(slot);
  if (fresh)
    for (const std::string& word : words_of(made_.slots[static_cast<std::size_t>(slot)]))
      at->second.emplace(word, static_cast<std::int32_t>(at->second.size()));
  return at->second;
}

// Each place's names are kept and only grow: thousands of values would else be gathered thousands
// of times.
const scope& compiler::names_in(place at) {
  scope& names = scopes_[static_cast<std::size_t>(at)];
  std::size_t& seen = scoped_[static_cast<std::size_t>(at)];
  names.excuse(&spoiled_);
  for (; seen < made_.slots.size(); ++seen) {
    const std::size_t i = seen;
    const slot& one = made_.slots[i];
    reads what;
    name_info info;
    info.name = one.name;
    info.type = one.type;
    info.slot = static_cast<std::int32_t>(i);
    const attribute* declared = nullptr;
    switch (one.kind) {
      case slot_kind::unit:
        what.unit_columns.push_back(one.index);
        declared = &made_.unit_attributes[static_cast<std::size_t>(one.index)];
        break;
      case slot_kind::account:
        what.account_columns.push_back(one.index);
        declared = &made_.account_attributes[static_cast<std::size_t>(one.index)];
        break;
      case slot_kind::subscription:
        what.subscription = true;
        declared = &made_.subscription_attributes[static_cast<std::size_t>(one.index)];
        break;
      case slot_kind::subscription_price:
      case slot_kind::subscription_quantity: what.subscription = true; break;
      case slot_kind::value: what = value_reads_[static_cast<std::size_t>(one.index)]; break;
      case slot_kind::period_days:
      case slot_kind::period_nominal_days:
        info.above_zero = true;  // a line covers at least a day
        what.period = true;
        break;
      case slot_kind::period_months:
      case slot_kind::period_share: what.period = true; break;
      case slot_kind::usage: what.meters.push_back(made_.usages[static_cast<std::size_t>(one.index)].kind); break;
      case slot_kind::line_gross:
      case slot_kind::line_remaining:
      case slot_kind::line_quantity:
      case slot_kind::bill_gross: what.line = true; break;
      case slot_kind::receivable_principal:
      case slot_kind::receivable_open: what.receivable = true; break;
    }
    if (declared != nullptr) {
      info.words = declared->words;
      // `above` excludes 0 only where it is not negative.
      info.above_zero = (declared->above && *declared->above >= decimal()) || (declared->at_least && *declared->at_least > decimal());
    }
    if (in_scope(what, at)) names.add(std::move(info));
  }
  return names;
}

void compiler::add_expression_reads(const expression& e, reads& into) const {
  for (const std::int32_t at : e.slots_read()) {
    const slot& one = made_.slots[static_cast<std::size_t>(at)];
    switch (one.kind) {
      case slot_kind::unit: insert_sorted(into.unit_columns, one.index); break;
      case slot_kind::account:
        insert_sorted(into.account_columns, one.index);
        if (into.an_account_name.empty()) into.an_account_name = one.name;
        break;
      case slot_kind::value:
        // What is there already came with all that it reads.
        if (insert_sorted(into.values, one.index)) merge_reads(into, value_reads_[static_cast<std::size_t>(one.index)]);
        break;
      case slot_kind::subscription:
      case slot_kind::subscription_price:
      case slot_kind::subscription_quantity: into.subscription = true; break;
      case slot_kind::line_gross: case slot_kind::line_remaining: case slot_kind::line_quantity:
      case slot_kind::bill_gross: into.line = true; break;
      case slot_kind::receivable_principal: case slot_kind::receivable_open: into.receivable = true; break;
      case slot_kind::period_days: case slot_kind::period_nominal_days: case slot_kind::period_months:
      case slot_kind::period_share: into.period = true; break;
      case slot_kind::usage: insert_sorted(into.meters, made_.usages[static_cast<std::size_t>(one.index)].kind); break;
    }
  }
}

std::optional<expression> compiler::read_expression(json_node node, value_type wanted, place at) {
  if (!node) return std::nullopt;
  if (!node.is(node_kind::text) && !node.is(node_kind::number)) {
    found_.add(make_diagnostic("T100", node.pointer(), {{"name", std::string(node.key())}, {"is", shown(node)}, {"wanted", "a number or an expression"}}));
    return std::nullopt;
  }
  if (node.text().empty()) {
    found_.add(make_diagnostic("T201", node.pointer(), {{"expected", "an expression"}, {"found", "nothing"}}, 0));
    return std::nullopt;
  }
  decimal_error why = decimal_error::none;
  if (!decimal::parse(node.text(), &why) && why == decimal_error::exponent) {
    found_.add(make_diagnostic("T115", node.pointer(), {{"text", shortened(node.text())}}));
    return std::nullopt;
  }
  if (found_.errors() >= diagnostics::limit) return std::nullopt;  // nobody would see what is wrong with it
  if (pointer_bytes_ > limits_.pointer_bytes) return std::nullopt;
  std::string pointer = node.pointer();
  if (!take_pointer(pointer)) return std::nullopt;
  diagnostics told;
  auto made = compile_expression(node.text(), wanted, names_in(at), std::move(pointer), told);
  for (const diagnostic& one : told.all())
    if (one.code != "T202" || !is_spoiled(one.value("name"))) found_.add(one);
  if (made) {
    for (const std::int32_t slot_read : made->slots_read()) {
      const slot& one = made_.slots[static_cast<std::size_t>(slot_read)];
      if (one.kind == slot_kind::value) used_.insert({"value", made_.values[static_cast<std::size_t>(one.index)].id});
      if (one.kind == slot_kind::usage) used_.insert({"meter", made_.meters[static_cast<std::size_t>(made_.usages[static_cast<std::size_t>(one.index)].kind)].id});
    }
  } else {
    std::set<std::string, std::less<>> mentioned;
    mentioned_values(node.text(), mentioned);
    for (const std::string& id : mentioned) used_.insert({"value", id});
  }
  if (made && !bounded(*made)) return std::nullopt;
  return made;
}

// One combination of words to try a condition with.
struct trial {
  std::vector<std::int32_t> words;  // by slot; -1: the fact is missing
  eval_status load(std::int32_t at, operand<int128>& out) const {
    out.word = words[static_cast<std::size_t>(at)];
    return out.word < 0 ? eval_status::missing : eval_status::ok;
  }
  bool known(std::int32_t at) const { return words[static_cast<std::size_t>(at)] >= 0; }
};

struct no_recorder {
  static constexpr bool enabled = false;
};

// The commonest slip is an `and` that should be an `or`. A condition over words alone is tried with
// all of them; one that reads anything else is not judged.
void compiler::warn_never_true(const expression& condition) {
  struct digit {
    std::int32_t slot;
    std::size_t radix;
  };
  std::vector<digit> digits;
  no_recorder unheard;
  std::size_t trials = 1;
  constexpr std::size_t most_trials = 1'000;
  for (const std::int32_t at : condition.slots_read()) {
    const slot& one = made_.slots[static_cast<std::size_t>(at)];
    const bool attribute_slot = one.kind == slot_kind::unit || one.kind == slot_kind::account || one.kind == slot_kind::subscription;
    if (!attribute_slot || (one.type != value_type::choice && one.type != value_type::yes_no)) return;
    digits.push_back({at, words_of(one).size() + 1});
    trials *= digits.back().radix;
    if (trials > most_trials) return;
  }
  trial now{std::vector<std::int32_t>(made_.slots.size(), -1)};
  for (std::size_t t = 0; t < trials; ++t) {
    std::size_t rest = t;
    for (const digit& one : digits) {
      now.words[static_cast<std::size_t>(one.slot)] = static_cast<std::int32_t>(rest % one.radix) - 1;
      rest /= one.radix;
    }
    operand<int128> out;
    std::int32_t where = -1;
    if (evaluate<int128>(condition, now, unheard, out, where) == eval_status::ok && out.word != 0) return;
  }
  found_.add(make_diagnostic("T121", condition.pointer(), {}));
}

template <class Entry>
void compiler::each_version(json_node node, Entry&& entry) {
  static constexpr std::array<std::string_view, 4> known{"from", "is", "cites", "note"};
  if (!node) return;
  if (!node.is(node_kind::array)) {
    entry(std::optional<civil_day>(first_day), std::optional<month_day>(), node);
    return;
  }
  if (node.size() == 0 || node.size() > limits_.versions) {
    found_.add(make_diagnostic("T117", node.pointer(), {{"name", std::string(node.key())}, {"is", std::to_string(node.size()) + " versions"},
                                                        {"wanted", "1 to " + std::to_string(limits_.versions)}}));
    return;
  }
  std::string before;
  for (json_node member = node.first(); member; member = member.next()) {
    object_reader reader(member, "version", known, {}, limits_, found_);
    const json_node from = reader.need("from");
    const json_node is = reader.need("is");
    reader.texts(reader.get("cites"));
    reader.localized(reader.get("note"));
    if (!from || !is) continue;
    const std::string text(from.text());
    constexpr std::size_t month_day_length = 5;
    const bool yearly = from.is(node_kind::text) && text.size() == month_day_length;
    std::optional<month_day> each_year;
    std::optional<civil_day> day;
    if (yearly) each_year = reader.yearly(from);
    else day = reader.date(from);
    if (!each_year && !day) continue;
    if (!before.empty() && (before.size() != text.size() || before >= text)) {
      found_.add(make_diagnostic("T112", from.pointer(), {{"is", text}, {"before", before}}));
      continue;
    }
    before = text;
    entry(day, each_year, is);
  }
}

dated_expression compiler::read_dated(json_node node, value_type wanted, place at, bool optional) {
  dated_expression out;
  each_version(node, [&](std::optional<civil_day> day, std::optional<month_day> yearly, json_node is) {
    std::optional<expression> made;
    const bool none = optional && node.is(node_kind::array) && is.is(node_kind::text) && is.text() == "none";
    if (!none) made = read_expression(is, wanted, at);
    if (day) out.add(*day, std::move(made));
    else out.add(*yearly, std::move(made));
  });
  return out;
}

}  // namespace detail

DUES_END
