// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

inline constexpr std::array<std::string_view, 19> fee_fields{
    "id", "kind", "name", "cites", "note", "from", "through", "where", "payers", "change_of_payer",
    "schedule", "tax", "penalty", "fund", "secured", "rounding", "limits", "division", "quantity"};  // the last is not of metered ones
inline constexpr std::array<std::string_view, 10> recurring_fields{
    "price", "amount", "for_each", "price_per", "year_counted", "day_counted", "proration", "price_at",
    "price_ceiling", "factor"};
inline constexpr std::array<std::string_view, 7> metered_fields{
    "meter", "price", "amount", "price_change", "usage_belongs", "price_ceiling", "factor"};
inline constexpr std::array<std::string_view, 2> one_off_fields{"price", "amount"};
inline constexpr std::array<std::string_view, 4> fee_fields_later{
    "revenue", "growth", "rent_free", "suspended_at"};

template <class Part>
std::int32_t compiler::refer(object_reader& reader, json_node field, const std::vector<Part>& parts, std::string_view of) {
  const auto id = reader.text(field);
  if (!id) return -1;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i].id == *id) {
      used_.insert({std::string(of), *id});
      return static_cast<std::int32_t>(i);
    }
  std::vector<std::string_view> known;
  for (const Part& part : parts) known.push_back(part.id);
  found_.add(make_diagnostic("T110", field.pointer(), {{"of", std::string(of)}, {"id", shortened(*id)}, {"nearest", nearest(*id, known)}}));
  return -1;
}

void compiler::read_fees(json_node node) {
  for (const json_node member : parts(node, limits_.fees)) read_fee(member);
}

void compiler::read_fee(json_node node) {
  static constexpr std::array<std::string_view, 6> kinds{"recurring", "one_off", "metered", "share", "deposit", "stay"};
  const json_node kind_node = node.find("kind");
  if (kind_node && kind_node.is(node_kind::text)) {
    const auto at = std::find(kinds.begin(), kinds.end(), kind_node.text());
    if (at != kinds.end() && at - kinds.begin() > static_cast<std::ptrdiff_t>(fee_kind::metered)) {
      // One refusal says it all: what stands inside belongs to the same later release.
      found_.add(make_diagnostic("T150", kind_node.pointer(), {{"what", "a fee of kind " + std::string(*at)}}));
      if (const json_node id = node.find("id")) refused_fees_.emplace(id.text());
      return;
    }
  }
  const bool one_off = kind_node && kind_node.text() == "one_off";
  const bool metered = kind_node && kind_node.text() == "metered";
  std::vector<std::string_view> fields(fee_fields.begin(), fee_fields.end());
  if (metered) fields.pop_back();
  if (one_off) fields.insert(fields.end(), one_off_fields.begin(), one_off_fields.end());
  else if (metered) fields.insert(fields.end(), metered_fields.begin(), metered_fields.end());
  else fields.insert(fields.end(), recurring_fields.begin(), recurring_fields.end());
  object_reader reader(node, "fee", fields, fee_fields_later, limits_, found_);
  if (!reader.usable()) return;
  fee made;
  describe(reader, made, true, true);
  check_unique("fee", "fee", made.id, node);
  if (const auto kind = reader.word(reader.need("kind"), kinds)) made.kind = static_cast<fee_kind>(*kind);
  read_life(reader, made);
  made.scope = one_off ? fee_scope::subscription : metered ? fee_scope::unit : reader.choice("for_each", words::fee_scope, fee_scope::unit);
  const place at = made.scope == fee_scope::subscription ? place::subscription_fee : place::unit_fee;
  made.where = read_expression(reader.get("where"), value_type::yes_no, place::where);
  if (made.where) warn_never_true(*made.where);
  read_payers(reader, made);
  made.change = reader.choice("change_of_payer", words::payer_change, payer_change::by_days);
  made.schedule = refer(reader, reader.need("schedule"), made_.schedules, "schedule");
  if (reader.has("tax")) made.tax = refer(reader, reader.get("tax"), made_.taxes, "tax");
  if (reader.has("penalty")) made.penalty = refer(reader, reader.get("penalty"), made_.penalties, "penalty");
  made.secured = reader.boolean(reader.get("secured")).value_or(false);
  if (reader.has("fund") && refer(reader, reader.get("fund"), made_.funds, "fund") >= 0) made.fund = reader.get("fund").text();
  made.places = made_.minor_units;
  read_fee_rounding(reader.get("rounding"), made);
  made.divided = reader.choice("division", words::division, division::largest_remainder);
  const std::size_t errors = found_.errors();
  if (metered) read_metered(reader, made, at);
  else read_price(reader, made, at);
  const bool whole_price = found_.errors() == errors;
  if (one_off) {
    made.basis = price_basis::period;
    made.convention = proration::none;
  } else if (metered) {
    made.basis = price_basis::period;
  } else {
    read_recurring(reader, made);
  }
  read_limits(reader.get("limits"), made, at);
  gather_reads(made);
  check_fee(reader, made);
  check_gaps(made, whole_price);
  made_.fees.push_back(std::move(made));
}

void compiler::read_life(object_reader& reader, fee& into) {
  into.life = made_.life;
  const auto from = reader.date(reader.get("from"));
  const auto through = reader.date(reader.get("through"));
  if (from) into.life.from = std::max(into.life.from, *from);
  if (through) into.life.to = std::min(into.life.to, *through + 1);
  if ((from || through) && into.life.empty() && !made_.life.empty())
    found_.add(make_diagnostic("T112", reader.get(through ? "through" : "from").pointer(),
                               {{"is", to_text(into.life.to - 1)}, {"before", to_text(into.life.from)}}));
}

void compiler::read_payers(object_reader& reader, fee& into) {
  const json_node field = reader.get("payers");
  if (!field) return;
  into.payers.clear();
  for (const json_node role : reader.list(field)) {
    const auto word = reader.word(role, words::payer_role);
    if (!word) continue;
    const auto one = static_cast<payer_role>(*word);
    if (std::find(into.payers.begin(), into.payers.end(), one) != into.payers.end())
      found_.add(make_diagnostic("T109", role.pointer(), {{"of", "payers"}, {"id", std::string(role.text())}}));
    else
      into.payers.push_back(one);
  }
  if (field.is(node_kind::array) && field.size() == 0) reader.wrong_type(field, "at least one role");
}

void compiler::read_price(object_reader& reader, fee& into, place at) {
  static constexpr std::array<std::string_view, 2> forms{"price", "amount"};
  const std::string_view form = reader.one_of(forms);
  into.quantity = read_expression(reader.get("quantity"), value_type::number, at);
  into.amount = read_expression(reader.get("amount"), value_type::number, at);
  if (form == "amount") {
    if (reader.has("quantity"))
      found_.add(make_diagnostic("T106", reader.get("quantity").pointer(), {{"of", "fee"}, {"wanted", "amount or quantity x price"}, {"has", "amount and quantity"}}));
    if (reader.has("price_ceiling") || reader.has("factor"))
      found_.add(make_diagnostic("T230", reader.get("amount").pointer(), {{"what", "price_ceiling and factor go with price; write them into the amount"}}));
  }
  const json_node price = reader.get("price");
  bool later = false;
  const auto refuse_object = [&](json_node one) {
    if (!one.is(node_kind::object)) return;
    found_.add(make_diagnostic("T150", one.pointer(), {{"what", "a price by tiers or by register"}}));
    later = true;
  };
  refuse_object(price);
  if (price.is(node_kind::array))
    for (json_node version = price.first(); version; version = version.next()) refuse_object(version.find("is"));
  if (!later) into.price = read_dated(price, value_type::number, at, false);
  into.ceiling = read_dated(reader.get("price_ceiling"), value_type::number, at, true);
  into.factor = read_dated(reader.get("factor"), value_type::rate, at, true);
}

void compiler::read_recurring(object_reader& reader, fee& into) {
  const bool season = into.schedule >= 0 && made_.schedules[static_cast<std::size_t>(into.schedule)].kind == schedule_kind::season;
  into.basis = reader.choice("price_per", words::price_basis, season ? price_basis::season : price_basis::month);
  into.years = reader.choice("year_counted", words::year_count, year_count::months);
  into.days = reader.choice("day_counted", words::day_count, day_count::days);
  into.moment = reader.choice("price_at", words::price_moment, price_moment::each_day);
  const json_node convention = reader.get("proration");
  if (convention && convention.is(node_kind::object)) {
    static constexpr std::array<std::string_view, 1> fields{"from_day"};
    object_reader day(convention, "proration", fields, {}, limits_, found_);
    constexpr int longest_month = 31;
    into.convention = proration::from_day;
    into.from_day = static_cast<int>(day.integer(day.need("from_day"), 1, longest_month).value_or(1));
  } else {
    static constexpr std::span<const std::string_view> plain = std::span(words::proration).first(9);
    if (const auto word = reader.word(convention, plain)) into.convention = static_cast<proration>(*word);
  }
}

void compiler::read_fee_rounding(json_node node, fee& into) {
  static constexpr std::array<std::string_view, 3> fields{"places", "mode", "of"};
  object_reader reader(node, "rounding", fields, {}, limits_, found_);
  if (!reader.usable()) return;
  into.mode = reader.choice("mode", words::rounding_mode, rounding_mode::half_up);
  into.rounded = reader.choice("of", words::rounding_of, rounding_of::line);
  const bool of_price = into.rounded == rounding_of::month_price || into.rounded == rounding_of::day_price;
  constexpr int most_places = 18;
  into.places = static_cast<int>(reader.integer(reader.get("places"), 0, of_price ? most_places : made_.minor_units).value_or(made_.minor_units));
}

void compiler::read_limits(json_node node, fee& into, place at) {
  static constexpr std::array<std::string_view, 5> fields{"at_least", "at_most", "free", "per", "prorated"};
  object_reader reader(node, "limits", fields, {}, limits_, found_);
  if (!reader.usable()) return;
  into.limits.at_least = read_dated(reader.get("at_least"), value_type::number, at, true);
  into.limits.at_most = read_dated(reader.get("at_most"), value_type::number, at, true);
  into.limits.free = read_dated(reader.get("free"), value_type::number, at, true);
  into.limits.per = reader.choice("per", words::limit_scope, limit_scope::line);
  into.limits.prorated = reader.boolean(reader.get("prorated")).value_or(true);
  if (!into.limits.free.empty() && into.amount)
    found_.add(make_diagnostic("T230", reader.get("free").pointer(), {{"what", "free takes from a quantity; an amount has none"}}));
  if (!into.limits.free.empty() && !into.limits.prorated && into.kind != fee_kind::metered)
    found_.add(make_diagnostic("T230", reader.get("free").pointer(),
                               {{"what", "a free quantity of a fee that runs with time is prorated with it; prorated false does not go with free"}}));
}

void compiler::gather_reads(fee& into) {
  const auto all = [&](const dated_expression& versions) {
    for (std::size_t i = 0; i < versions.size(); ++i)
      if (versions.at(i)) add_expression_reads(*versions.at(i), into.read);
  };
  if (into.kind == fee_kind::metered && into.meter >= 0) insert_sorted(into.read.meters, into.meter);
  for (std::size_t i = 0; i < into.metered.size(); ++i)
    add_metered_reads(into.metered.at(i), into.read);
  if (into.where) add_expression_reads(*into.where, into.read);
  if (into.quantity) add_expression_reads(*into.quantity, into.read);
  if (into.amount) add_expression_reads(*into.amount, into.read);
  for (const auto* versions : {&into.price, &into.ceiling, &into.factor, &into.limits.at_least, &into.limits.at_most, &into.limits.free})
    all(*versions);
}

void compiler::check_fee(object_reader& reader, fee& into) {
  if (into.kind == fee_kind::metered) check_tiers(reader, into);
  const auto refuse = [&](std::string_view field, std::string what) {
    const json_node at = reader.get(field);
    found_.add(make_diagnostic("T230", at ? at.pointer() : reader.node().pointer(), {{"what", std::move(what)}}));
  };
  const schedule* when = into.schedule < 0 ? nullptr : &made_.schedules[static_cast<std::size_t>(into.schedule)];
  if (when != nullptr) {
    if (when->kind == schedule_kind::once && into.kind != fee_kind::one_off) refuse("schedule", "a schedule of kind once goes with a fee of kind one_off");
    if (when->kind != schedule_kind::once && into.kind == fee_kind::one_off) refuse("schedule", "a fee of kind one_off needs a schedule of kind once");
    if (when->counted_from == anchor_kind::subscription_start && into.scope == fee_scope::unit)
      refuse("schedule", "counted_from subscription_start needs for_each subscription");
    if (when->kind == schedule_kind::readings && into.kind != fee_kind::metered) refuse("schedule", "a schedule of kind readings goes with a fee of kind metered");
    const bool season = when->kind == schedule_kind::season && into.kind != fee_kind::metered;
    if (season && into.basis != price_basis::season) refuse("price_per", "a season schedule implies price_per season");
    if (!season && into.basis == price_basis::season) refuse("price_per", "price_per season needs a season schedule");
  }
  if (reader.has("year_counted") && into.basis != price_basis::year) refuse("year_counted", "year_counted without price_per year");
  if (reader.has("day_counted") && into.basis != price_basis::day) refuse("day_counted", "day_counted without price_per day");
  const bool by_month = into.basis == price_basis::month;
  if (!by_month && (into.rounded == rounding_of::month_price || into.rounded == rounding_of::day_price))
    refuse("rounding", "a rounded month or day price needs price_per month");
  if (into.rounded == rounding_of::each_month && (into.basis == price_basis::season || into.basis == price_basis::period))
    refuse("rounding", "rounding of each_month needs a price that runs by months, days or years");
  if (into.rounded == rounding_of::running_total && into.limits.any())
    refuse("rounding", "rounding of running_total does not go with limits");
  // What is one amount for all payers needs them to be rated as one.
  const bool rated_apart = into.change == payer_change::rated_apart || !into.read.account_columns.empty();
  if (into.rounded == rounding_of::running_total && rated_apart)
    refuse("rounding", "rounding of running_total needs one line for all payers, not rated_apart nor facts of the account");
  if (into.limits.any() && into.limits.per == limit_scope::period && rated_apart)
    refuse("limits", "limits per period need one line for all payers, not rated_apart nor facts of the account");
  if (!into.read.account_columns.empty() && (into.change == payer_change::by_days || into.change == payer_change::by_convention)) {
    const json_node at = reader.get("change_of_payer");
    found_.add(make_diagnostic("T231", at ? at.pointer() : reader.node().pointer(), {{"fee", into.id}, {"name", into.read.an_account_name}}));
  }
}

// Only of what is otherwise right: a version with a wrong date or price leaves a gap of its own.
void compiler::check_gaps(const fee& checked, bool whole_price) {
  if (!life_known_) return;
  if (whole_price && !checked.price.empty() && !checked.price.yearly() && checked.life.from < checked.price.from(0))
    found_.add(make_diagnostic("T111", checked.pointer + "/price",
                               {{"name", checked.id}, {"first", to_text(checked.price.from(0))}, {"from", to_text(checked.life.from)}}));
  if (whole_price && !checked.metered.empty() && !checked.metered.yearly() && checked.life.from < checked.metered.from(0))
    found_.add(make_diagnostic("T111", checked.pointer + "/price",
                               {{"name", checked.id}, {"first", to_text(checked.metered.from(0))}, {"from", to_text(checked.life.from)}}));
  check_value_gaps(checked.read, checked.life.from, checked.pointer);
}

void compiler::check_value_gaps(const reads& read, civil_day from, const std::string& pointer) {
  if (!life_known_) return;
  for (const std::int32_t at : read.values) {
    const named_value& value = made_.values[static_cast<std::size_t>(at)];
    if (value_is_whole_[static_cast<std::size_t>(at)] && !value.is.empty() && !value.is.yearly() && from < value.is.from(0))
      found_.add(make_diagnostic("T111", pointer, {{"name", "value." + value.id}, {"first", to_text(value.is.from(0))}, {"from", to_text(from)}}));
  }
}

}  // namespace detail

DUES_END
