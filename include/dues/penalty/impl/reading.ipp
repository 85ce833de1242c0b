// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/penalty/impl/reading_facts.ipp>

#include <set>

DUES_BEGIN

namespace detail {

std::optional<int128> history_reader::amount(object_reader& of, std::string_view name, bool may_be_negative) {
  const auto value = of.number(of.need(name));
  if (!value) return std::nullopt;
  const auto plain = value->normalized();
  const auto units = plain.scale() <= tariff_->minor_units ? plain.rescaled(tariff_->minor_units, rounding_mode::half_up) : std::nullopt;
  // Sums of many amounts must fit too: 30 digits are more money than there is.
  const bool fits = units && units->coefficient() < pow10_128(30) && -units->coefficient() < pow10_128(30);
  if (fits && (may_be_negative || units->coefficient() >= 0)) return units->coefficient();
  const std::string wanted = std::string(may_be_negative ? "an amount" : "0 or more,") + " with " + std::to_string(tariff_->minor_units) + " places at most and below 10^30 of its smallest units";
  found_.add(make_diagnostic("T117", of.get(name).pointer(), {{"name", std::string(name)}, {"is", shortened(value->to_text())}, {"wanted", wanted}}));
  return std::nullopt;
}

void history_reader::receivables(json_node list, std::vector<receivable_history>& into) {
  static constexpr std::array<std::string_view, 13> fields{"receivable", "penalty", "principal", "due", "account", "unit", "bill", "facts", "changes", "demands", "left_out", "settled", "costs"};
  std::set<std::string> seen;
  rows(list, "receivable", fields, [&](object_reader& row) {
    receivable_history made;
    made.id = row.text(row.need("receivable")).value_or(std::string());
    if (!made.id.empty() && !seen.insert(made.id).second) found_.add(make_diagnostic("T109", row.node().pointer(), {{"of", "receivables"}, {"id", shortened(made.id)}}));
    made.account = row.text(row.get("account")).value_or(std::string());
    made.unit = row.text(row.get("unit")).value_or(std::string());
    made.bill = row.text(row.get("bill")).value_or(std::string());
    if (const auto id = row.text(row.need("penalty"))) {
      std::vector<std::string_view> known;
      for (std::size_t i = 0; i < tariff_->penalties.size(); ++i) {
        known.push_back(tariff_->penalties[i].id);
        if (tariff_->penalties[i].id == *id) made.penalty = static_cast<std::int32_t>(i);
      }
      if (made.penalty < 0)
        found_.add(make_diagnostic("T110", row.get("penalty").pointer(), {{"of", "penalty"}, {"id", shortened(*id)}, {"nearest", std::string(nearest_name(*id, known))}}));
    }
    made.principal = amount(row, "principal", false).value_or(0);
    made.due = row.date(row.need("due")).value_or(civil_day{});
    for (const json_node one : row.list(row.get("demands")))
      if (const auto day = row.date(one)) made.demands.push_back(*day);
    changes(row, made);
    left_out(row, made);
    if (made.penalty >= 0) settled(row, made);
    costs(row, made);
    facts(row, made);
    into.push_back(std::move(made));
  });
}

void history_reader::changes(object_reader& of, receivable_history& into) {
  static constexpr std::array<std::string_view, 5> fields{"on", "kind", "amount", "id", "reason"};
  rows(of.get("changes"), "change", fields, [&](object_reader& row) {
    principal_change made;
    const auto on = row.date(row.need("on"));
    const auto kind = row.word(row.need("kind"), words::principal_change_kind);
    if (kind) made.kind = static_cast<principal_change_kind>(*kind);
    const auto by = amount(row, "amount", made.kind == principal_change_kind::correction);
    row.text(row.get("id"));
    row.text(row.get("reason"));
    if (!on || !kind || !by) return;
    made.on = *on;
    // A correction is written as what it does to the charge: -50 lowers it.
    made.lowers_by = made.kind == principal_change_kind::correction ? int128(-*by) : *by;
    into.changes.push_back(made);
  });
}

void history_reader::left_out(object_reader& of, receivable_history& into) {
  static constexpr std::array<std::string_view, 3> fields{"kind", "from", "to"};
  rows(of.get("left_out"), "stretch of days left out", fields, [&](object_reader& row) {
    const auto kind = row.word(row.need("kind"), words::excluded_days);
    const auto from = row.date(row.need("from"));
    const auto to = row.date(row.get("to"));
    if (!kind || !from || (row.has("to") && !to)) return;
    if (to && *to < *from) {
      found_.add(make_diagnostic("T112", row.get("to").pointer(), {{"is", to_text(*to)}, {"before", to_text(*from)}}));
      return;
    }
    into.left_out.push_back({static_cast<excluded_days>(*kind), {*from, to.value_or(open_end)}});
  });
}

void history_reader::settled(object_reader& of, receivable_history& into) {
  static constexpr std::array<std::string_view, 6> fields{"kind", "component", "on", "amount", "id", "reason"};
  static constexpr std::array<std::string_view, 2> kinds{"payment", "waiver"};
  const auto& components = tariff_->penalties[static_cast<std::size_t>(into.penalty)].components;
  rows(of.get("settled"), "settlement", fields, [&](object_reader& row) {
    penalty_settlement made;
    const auto kind = row.word(row.need("kind"), kinds);
    const auto on = row.date(row.need("on"));
    const auto by = amount(row, "amount", false);
    row.text(row.get("id"));
    row.text(row.get("reason"));
    if (components.size() == 1 && !row.has("component")) made.component = 0;
    else if (const auto id = row.text(row.need("component"))) {
      std::vector<std::string_view> known;
      for (std::size_t i = 0; i < components.size(); ++i) {
        known.push_back(components[i].id);
        if (components[i].id == *id) made.component = static_cast<std::int32_t>(i);
      }
      if (made.component < 0)
        found_.add(make_diagnostic("T110", row.get("component").pointer(), {{"of", "component"}, {"id", shortened(*id)}, {"nearest", std::string(nearest_name(*id, known))}}));
    }
    if (!kind || !on || !by || made.component < 0) return;
    made.is = static_cast<penalty_settlement::kind>(*kind);
    made.on = *on;
    made.amount = *by;
    into.settled.push_back(made);
  });
}

void history_reader::costs(object_reader& of, receivable_history& into) {
  static constexpr std::array<std::string_view, 4> fields{"on", "amount", "id", "reason"};
  rows(of.get("costs"), "cost", fields, [&](object_reader& row) {
    const auto on = row.date(row.need("on"));
    const auto by = amount(row, "amount", true);
    row.text(row.get("id"));
    row.text(row.get("reason"));
    if (on && by) into.costs.push_back({*on, *by});
  });
}

}  // namespace detail

penalty_history read_penalty_history(std::shared_ptr<const program> tariff, std::string_view json) {
  static constexpr std::array<std::string_view, 5> fields{"dues_history", "note", "references", "calendars", "receivables"};
  penalty_history made;
  const auto document = read_json(json, made.found);
  made.terms.tariff = tariff;
  if (!document) return made;
  const tariff_limits limits;
  object_reader reader(document->root(), "history", fields, {}, limits, made.found);
  if (!reader.usable()) return made;
  reader.version("dues_history");
  reader.localized(reader.get("note"));
  detail::history_reader parts(tariff.get(), made.found);
  parts.references(reader.get("references"), made.terms.references);
  parts.calendars(reader.get("calendars"), made.terms.calendars);
  parts.receivables(reader.need("receivables"), made.receivables);
  if (made.found.has_errors()) made.receivables.clear();
  return made;
}

bool read_references(std::string_view json, penalty_terms& into, diagnostics& found) {
  static constexpr std::array<std::string_view, 5> fields{"dues_references", "name", "cites", "note", "references"};
  const std::size_t errors = found.errors();
  const auto document = read_json(json, found);
  if (!document) return false;
  const tariff_limits limits;
  object_reader reader(document->root(), "document of references", fields, {}, limits, found);
  if (!reader.usable()) return false;
  reader.version("dues_references");
  reader.localized(reader.get("name"));
  reader.localized(reader.get("note"));
  reader.texts(reader.get("cites"));
  std::map<std::string, reference_series, std::less<>> read;
  detail::history_reader(nullptr, found).references(reader.need("references"), read);
  if (found.errors() != errors) return false;
  for (auto& [id, series] : read) into.references.insert_or_assign(id, std::move(series));
  return true;
}

DUES_END
