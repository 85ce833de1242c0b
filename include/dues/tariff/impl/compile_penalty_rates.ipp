// SPDX-License-Identifier: Apache-2.0
//
// Reads the rates of penalties: a share, an amount or a published rate for a span of time, the
// higher or lower of two, and steps by days overdue.
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

inline constexpr int most_overdue_days = 36'600;  // a century

// @param percents, amounts  which names a share and an amount may read
plain_rate compiler::read_plain_rate(json_node node, place percents, place amounts, reads& read) {
  static constexpr std::array<std::string_view, 9> known{
      "percent", "amount", "reference", "times", "plus", "fixed_on", "per", "year_of", "month"};
  static constexpr std::array<std::string_view, 3> forms{"percent", "amount", "reference"};
  object_reader reader(node, "rate", known, {}, limits_, found_);
  plain_rate made;
  made.pointer = node.pointer();
  if (!reader.usable()) return made;
  const std::string_view form = reader.one_of(forms);
  if (form == forms[1]) made.is = plain_rate::form::amount;
  if (form == forms[2]) made.is = plain_rate::form::reference;
  made.percent = read_expression(reader.get("percent"), value_type::rate, percents);
  made.amount = read_expression(reader.get("amount"), value_type::number, amounts);
  made.plus = read_expression(reader.get("plus"), value_type::rate, percents);
  check_literal(made.percent, decimal(), std::nullopt, "0% or more");
  check_literal(made.amount, decimal(), std::nullopt, "0 or more");
  for (const auto* one : {&made.percent, &made.amount, &made.plus})
    if (*one) add_expression_reads(**one, read);
  if (reader.has("reference")) made.reference = refer(reader, reader.get("reference"), made_.references, "reference");
  made.times = reader.number(reader.get("times"));
  if (made.times && *made.times <= decimal())
    found_.add(make_diagnostic("T117", reader.get("times").pointer(), {{"name", "times"}, {"is", made.times->to_text()}, {"wanted", "above 0"}}));
  made.fixed_on = reader.choice("fixed_on", words::rate_fixing, rate_fixing::moving);
  const auto per = reader.word(reader.need("per"), words::penalty_span);
  if (per) made.per = static_cast<penalty_span>(*per);
  made.year_of = reader.choice("year_of", words::penalty_year, penalty_year::of_365);
  made.month = reader.choice("month", words::penalty_month, penalty_month::completed);
  if (per && !form.empty()) check_plain_rate(reader, made);
  return made;
}

void compiler::check_plain_rate(object_reader& reader, const plain_rate& made) {
  const bool published = made.is == plain_rate::form::reference;
  for (const std::string_view field : {"times", "plus", "fixed_on"})
    if (reader.has(field) && !published) refuse(reader.get(field), std::string(field) + " goes with a reference");
  if (reader.has("year_of") && made.per != penalty_span::year) refuse(reader.get("year_of"), "year_of goes with per year");
  if (reader.has("month") && made.per != penalty_span::month) refuse(reader.get("month"), "month goes with per month");
  if (!published) return;
  if (made.per != penalty_span::year) refuse(reader.get("per"), "a reference is a rate per year, so per is year");
  if (made.reference >= 0 && made_.references[static_cast<std::size_t>(made.reference)].type == reference_type::index)
    refuse(reader.get("reference"), "an index is no rate; a penalty needs a reference of type rate_per_year");
}

penalty_rate compiler::read_penalty_rate(json_node node, reads& read) {
  static constexpr std::array<std::string_view, 6> forms{"percent", "amount", "reference", "higher_of", "lower_of", "steps"};
  static constexpr std::array<penalty_rate::form, 3> nested{penalty_rate::form::higher_of, penalty_rate::form::lower_of, penalty_rate::form::steps};
  penalty_rate made;
  std::size_t form = 3;
  while (form < forms.size() && !node.find(forms[form])) ++form;
  if (form == forms.size()) {
    made.rates.push_back({0, read_plain_rate(node, place::where, place::penalty, read)});
    return made;
  }
  object_reader reader(node, "rate", forms, {}, limits_, found_);
  if (reader.one_of(forms).empty()) return made;
  made.is = nested[form - 3];
  if (made.is == penalty_rate::form::steps) {
    read_rate_steps(reader, made, read);
    return made;
  }
  const std::vector<json_node> two = needed_parts(reader, forms[form], 2, 2);
  for (const json_node one : two) made.rates.push_back({0, read_plain_rate(one, place::where, place::penalty, read)});
  return made;
}

void compiler::read_rate_steps(object_reader& reader, penalty_rate& into, reads& read) {
  static constexpr std::array<std::string_view, 2> known{"days_overdue_up_to", "rate"};
  constexpr std::size_t most_steps = 1'000;
  int before = 0;
  const std::vector<json_node> steps = needed_parts(reader, "steps", 1, most_steps);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    object_reader step(steps[i], "step", known, {}, limits_, found_);
    if (!step.usable()) continue;
    penalty_rate::step made;
    const json_node until = step.get("days_overdue_up_to");
    const bool last = i + 1 == steps.size();
    if (static_cast<bool>(until) == last)
      found_.add(make_diagnostic("T221", steps[i].pointer(), {{"what", last ? "the last step has an end" : "a step before the last has no end"}}));
    const auto days = step.integer(until, 1, most_overdue_days);
    if (days && *days <= before)
      found_.add(make_diagnostic("T220", until.pointer(), {{"is", std::to_string(*days)}, {"before", std::to_string(before)}}));
    if (days) before = made.days_overdue_up_to = static_cast<int>(*days);
    if (const json_node rate = step.need("rate")) made.rate = read_plain_rate(rate, place::where, place::penalty, read);
    into.rates.push_back(std::move(made));
  }
}

// A share of the principal a year, where it is written out: what a ceiling can be compared with; of a
// year of 360 days it is a little more, which a warning may leave out.
inline std::optional<exact<int128>> share_a_year(const plain_rate& rate) {
  if (rate.is != plain_rate::form::percent || !rate.percent || !rate.percent->is_literal()) return std::nullopt;
  constexpr std::int64_t days = 365;
  constexpr std::int64_t months = 12;
  const exact<int128> share(rate.percent->literal());
  switch (rate.per) {
    case penalty_span::day: return share * exact<int128>(days);
    case penalty_span::month: return share * exact<int128>(months);
    case penalty_span::year: return share;
    case penalty_span::once: break;
  }
  return std::nullopt;
}

inline std::string told_rate(const plain_rate& rate) {
  return rate.percent->source() + " per " + std::string(words::penalty_span[static_cast<std::size_t>(rate.per)]);
}

// Compares what holds on the first day of each version of the two; told once for each component.
void compiler::warn_above_ceiling(const penalty_component& made) {
  for (const penalty_limit& limit : made.limits) {
    if (limit.is != penalty_limit::form::at_most_rate || limit.rate.yearly() || made.rate.yearly()) continue;
    for (std::size_t c = 0; c < limit.rate.size(); ++c) {
      const auto& ceiling = limit.rate.at(c);
      const auto most = ceiling ? share_a_year(*ceiling) : std::nullopt;
      if (!most) continue;
      const int r = made.rate.index_on(std::max(limit.rate.from(c), made_.life.from));
      if (r < 0) continue;
      for (const penalty_rate::step& one : made.rate.at(static_cast<std::size_t>(r)).rates) {
        const auto share = share_a_year(one.rate);
        if (!share || share->overflowed() || most->overflowed() || *share <= *most) continue;
        found_.add(make_diagnostic("T261", one.rate.pointer, {{"is", told_rate(one.rate)}, {"ceiling", told_rate(*ceiling)}, {"from", to_text(std::max(limit.rate.from(c), made_.life.from))}}));
        return;
      }
    }
  }
}

}  // namespace detail

DUES_END
