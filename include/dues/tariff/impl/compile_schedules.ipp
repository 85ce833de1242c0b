// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

void compiler::read_funds(json_node node) {
  static constexpr std::array<std::string_view, 4> known{"id", "name", "cites", "note"};
  for (const json_node member : parts(node, limits_.schedules)) {
    object_reader reader(member, "fund", known, {}, limits_, found_);
    fund made;
    describe(reader, made, false, true);
    check_unique("fund", "fund", made.id, member);
    made_.funds.push_back(std::move(made));
  }
}

void compiler::read_schedules(json_node node) {
  for (const json_node member : parts(node, limits_.schedules)) read_schedule(member);
}

void compiler::read_schedule(json_node node) {
  static constexpr std::array<std::string_view, 12> known{
      "id", "kind", "name", "cites", "note", "due", "if_holiday", "issue_days_earlier", "issue_days_later",
      "months", "billed", "counted_from"};
  static constexpr std::array<std::string_view, 10> season_known{
      "id", "kind", "name", "cites", "note", "due", "if_holiday", "issue_days_earlier", "issue_days_later", "season"};
  static constexpr std::array<std::string_view, 6> kinds{"months", "season", "once", "readings", "instalments", "stays"};
  std::vector<std::string_view> fields(known.begin(), known.end());
  const json_node kind_node = node.find("kind");
  const std::string_view kind_text = kind_node ? kind_node.text() : std::string_view();
  if (kind_text == "season") {
    fields.assign(season_known.begin(), season_known.end());
    fields.push_back("billed");
  } else if (kind_text == "once") {
    fields.assign(known.begin(), known.begin() + 9);
  } else if (kind_text == "readings" || kind_text == "stays") {
    fields.assign(known.begin(), known.begin() + 9);
  } else if (kind_text == "instalments") {
    fields.push_back("instalments");
  }
  object_reader reader(node, "schedule", fields, {}, limits_, found_);
  if (!reader.usable()) return;
  schedule made;
  describe(reader, made, false);
  check_unique("schedule", "schedule", made.id, node);
  const auto kind = reader.word(reader.need("kind"), kinds);
  constexpr std::size_t built = 4;
  if (kind && *kind >= built)
    found_.add(make_diagnostic("T150", kind_node.pointer(), {{"what", "a schedule of kind " + std::string(kinds[*kind])}}));
  if (kind && *kind < built) {
    made.kind = static_cast<schedule_kind>(*kind);
    if (made.kind == schedule_kind::months) {
      made.months = static_cast<int>(reader.integer(reader.need("months"), 1, most_months).value_or(1));
      if (const json_node from = reader.get("counted_from")) {
        static constexpr std::array<std::string_view, 2> anchors{"calendar", "subscription_start"};
        const auto day = from.is(node_kind::text) ? parse_day(from.text()) : std::nullopt;
        if (day) {
          made.counted_from = anchor_kind::date;
          made.anchor = *day;
        } else if (from.is(node_kind::text) && !from.text().empty() && from.text()[0] >= '0' && from.text()[0] <= '9') {
          found_.add(make_diagnostic("T107", from.pointer(), {{"text", shown(from)}}));
        } else {
          made.counted_from = reader.choice("counted_from", anchors, anchor_kind::calendar);
        }
      }
      constexpr int months_a_year = 12;
      if (made.counted_from == anchor_kind::calendar && months_a_year % made.months != 0)
        found_.add(make_diagnostic("T230", reader.get("months").pointer(),
                                   {{"what", "counted_from calendar needs months that divide 12, not " + std::to_string(made.months)}}));
    }
    if (made.kind == schedule_kind::season) {
      static constexpr std::array<std::string_view, 2> ends{"from", "through"};
      object_reader season(reader.need("season"), "season", ends, {}, limits_, found_);
      made.season_from = season.yearly(season.need("from")).value_or(month_day{});
      made.season_through = season.yearly(season.need("through")).value_or(month_day{});
    }
    if (made.kind == schedule_kind::readings) made.billed = billed_when::in_arrears;
    if (made.kind == schedule_kind::months || made.kind == schedule_kind::season) {
      reader.need("billed");
      made.billed = reader.choice("billed", words::billed_when, billed_when::in_advance);
    }
  }
  static constexpr std::array<std::string_view, 2> shifts{"issue_days_earlier", "issue_days_later"};
  reader.one_of(shifts, true);
  if (const auto days = reader.integer(reader.get("issue_days_earlier"), 0, most_shift_days))
    made.issue_shift_days = -static_cast<int>(*days);
  if (const auto days = reader.integer(reader.get("issue_days_later"), 0, most_shift_days))
    made.issue_shift_days = static_cast<int>(*days);
  if (kind_text != "instalments") read_due(reader, made);
  made_.schedules.push_back(std::move(made));
}

void compiler::read_due(object_reader& reader, schedule& into) {
  static constexpr std::array<std::string_view, 4> forms{"days_after_issue", "day_of_month", "last_day_of_month", "month_day"};
  object_reader due(reader.need("due"), "due", forms, {}, limits_, found_);
  const std::string_view form = due.usable() ? due.one_of(forms) : std::string_view();
  if (form == forms[0]) into.due.days = static_cast<int>(due.integer(due.get(form), 0, most_shift_days).value_or(0));
  if (form == forms[1]) {
    constexpr int longest_month = 31;
    into.due.kind = due_kind::day_of_month;
    into.due.days = static_cast<int>(due.integer(due.get(form), 1, longest_month).value_or(1));
  }
  if (form == forms[2]) {
    into.due.kind = due_kind::last_day_of_month;
    const auto truth = due.boolean(due.get(form));
    if (truth && !*truth) due.wrong_type(due.get(form), "true, or another form of due");
  }
  if (form == forms[3]) {
    into.due.kind = due_kind::month_day;
    into.due.yearly = due.yearly(due.get(form)).value_or(month_day{});
  }
  if (!reader.has("if_holiday")) return;
  into.due.rolls = true;
  if (auto moved = read_roll(reader.get("if_holiday"), "if_holiday")) {
    into.due.how = moved->how;
    into.due.calendar = std::move(moved->calendar);
  }
}

std::optional<day_roll> compiler::read_roll(json_node node, std::string_view of) {
  if (!node) return std::nullopt;
  static constexpr std::array<std::string_view, 2> fields{"calendar", "roll"};
  object_reader reader(node, of, fields, {}, limits_, found_);
  day_roll made;
  reader.need("roll");
  made.how = reader.choice("roll", words::roll, roll::following);
  const json_node calendar = reader.need("calendar");
  const auto id = reader.id(calendar, false);
  if (!id) return std::nullopt;
  made.calendar = *id;
  if (std::find(made_.calendars.begin(), made_.calendars.end(), *id) == made_.calendars.end()) {
    const std::vector<std::string_view> known(made_.calendars.begin(), made_.calendars.end());
    found_.add(make_diagnostic("T110", calendar.pointer(),
                               {{"of", "calendar in reads"}, {"id", *id}, {"nearest", nearest(*id, known)}}));
  }
  return made;
}

void compiler::read_references(json_node node) {
  static constexpr std::array<std::string_view, 5> known{"id", "name", "cites", "note", "type"};
  for (const json_node member : parts(node, limits_.schedules)) {
    object_reader reader(member, "reference", known, {}, limits_, found_);
    reference made;
    describe(reader, made, true);
    check_unique("reference", "reference", made.id, member);
    reader.need("type");
    made.type = reader.choice("type", words::reference_type, reference_type::rate_per_year);
    made_.references.push_back(std::move(made));
  }
}

void compiler::read_taxes(json_node node) {
  static constexpr std::array<std::string_view, 9> known{
      "id", "name", "cites", "note", "rate", "included", "rate_on", "computed", "rounding"};
  static constexpr std::array<std::string_view, 1> later{"margin_over"};
  for (const json_node member : parts(node, limits_.schedules)) {
    object_reader reader(member, "tax", known, later, limits_, found_);
    tax_rule made;
    describe(reader, made, false);
    check_unique("tax", "tax", made.id, member);
    made.rate = read_dated(reader.need("rate"), value_type::rate, place::tax, true);
    made.included = reader.boolean(reader.need("included")).value_or(true);
    static constexpr std::array<std::string_view, 3> moments = words::tax_moment;
    if (const auto moment = reader.word(reader.get("rate_on"), moments)) {
      if (moments[*moment] == "payment")
        found_.add(make_diagnostic("T150", reader.get("rate_on").pointer(), {{"what", "rate_on payment"}}));
      else
        made.moment = static_cast<tax_moment>(*moment);
    }
    made.scope = reader.choice("computed", words::tax_scope, tax_scope::per_line);
    if (made.scope == tax_scope::per_bill && made.moment == tax_moment::service_days)
      found_.add(make_diagnostic("T230", reader.get("rate_on").pointer(), {{"what", "computed per_bill does not go with rate_on service_days"}}));
    made.places = made_.minor_units;
    if (reader.has("rounding")) {
      static constexpr std::array<std::string_view, 2> fields{"places", "mode"};
      object_reader rounding(reader.get("rounding"), "rounding", fields, {}, limits_, found_);
      made.places = static_cast<int>(rounding.integer(rounding.get("places"), 0, made_.minor_units).value_or(made_.minor_units));
      made.mode = rounding.choice("mode", words::rounding_mode, rounding_mode::half_up);
    }
    made_.taxes.push_back(std::move(made));
  }
}

}  // namespace detail

DUES_END
