// SPDX-License-Identifier: Apache-2.0
//
// Bodies of group_rater that tell why a line could not be computed. Included by group.hpp.
#pragma once

#include <dues/rating/group.hpp>

DUES_BEGIN

namespace detail {

// Row of the facts that holds on a day, as a place for messages.
inline std::string row_place(std::string_view table, const attribute_rows& rows, std::uint32_t id, civil_day day) {
  const std::int64_t row = rows.begin.empty() || id == id_table::none ? -1 : rows.row_on(id, day);
  return row < 0 ? "/" + std::string(table) : rows.place(table, static_cast<std::size_t>(row));
}

}  // namespace detail

// Lines without an amount for those who would have had one.
template <class Recorder>
void group_rater<Recorder>::fail(const charge_group& group, diagnostic why, bool by_parts, group_lines& out) {
  out.lines.clear();
  if (by_parts) find_parts(group);
  else list_accounts();
  const day_range hull = hull_of(pieces_);
  for (const payer_part& part : parts_) out.lines.push_back({part.account, part.hull, 0, {}, {}, -1});
  if (out.lines.empty()) out.lines.push_back({id_table::none, hull, 0, {}, {}, -1});
  out.fault = std::move(why);
}

template <class Recorder>
diagnostic group_rater<Recorder>::overflowed(const charge_group& group) const {
  const fee& rule = *group.what->rule;
  return make_diagnostic("R104", rule.pointer, {{"fee", rule.id}, {"unit", std::string(known_.units.at(group.unit))}});
}

template <class Recorder>
diagnostic group_rater<Recorder>::tell(const line_failure& why, const charge_group& group) const {
  const fee& rule = *group.what->rule;
  const std::string unit(known_.units.at(group.unit));
  const std::string on = to_text(why.on);
  const std::string_view name = why.slot < 0 ? std::string_view(rule.id) : std::string_view(tariff_.slots[static_cast<std::size_t>(why.slot)].name);
  if (why.why == line_failure::reason::bad_fact) return known_.faults[static_cast<std::size_t>(why.slot)];
  if (why.why == line_failure::reason::negative_widening) return make_diagnostic("R106", why.pointer, {{"fee", rule.id}, {"unit", unit}, {"on", on}});
  if (why.why == line_failure::reason::before_window)
    return make_diagnostic("R107", why.pointer, {{"fee", rule.id}, {"unit", unit}, {"on", on}, {"from", to_text(rule.window.anchor)}});
  switch (why.why) {
    case line_failure::reason::missing: {
      const slot_kind kind = tariff_.slots[static_cast<std::size_t>(why.slot)].kind;
      std::string of = unit;
      std::string place = detail::row_place("units", known_.unit_rows, group.unit, why.on);
      if (kind == slot_kind::account) {
        of = why.account == id_table::none ? std::string("-") : std::string(known_.accounts.at(why.account));
        place = detail::row_place("accounts", known_.account_rows, why.account, why.on);
      } else if (kind != slot_kind::unit && kind != slot_kind::usage && group.subject != id_table::none) {
        of = known_.subscriptions[group.subject].id;
        place = "/subscriptions/" + std::to_string(known_.subscription_rows.source[known_.subscriptions[group.subject].row]);
      }
      return make_diagnostic("F110", std::move(place), {{"name", std::string(name)}, {"of", of}, {"on", on}, {"fee", rule.id}});
    }
    case line_failure::reason::no_cell:
      return make_diagnostic("R105", why.pointer.empty() ? rule.pointer : why.pointer, {{"fee", rule.id}, {"name", std::string(name)}, {"unit", unit}, {"on", on}});
    case line_failure::reason::no_value: {
      // The first day on which the price or the value stands.
      civil_day first = open_end;
      if (why.slot < 0 && rule.kind == fee_kind::metered) first = rule.metered.empty() || rule.metered.yearly() ? open_end : rule.metered.from(0);
      else if (why.slot < 0) first = rule.price.empty() || rule.price.yearly() ? open_end : rule.price.from(0);
      else if (const auto& is = tariff_.values[static_cast<std::size_t>(tariff_.slots[static_cast<std::size_t>(why.slot)].index)].is; !is.empty()) first = is.from(0);
      return make_diagnostic("T111", why.pointer, {{"name", std::string(name)}, {"first", to_text(first)}, {"from", on}});
    }
    case line_failure::reason::division_by_zero:
      return make_diagnostic("R101", why.pointer, {{"fee", rule.id}, {"unit", unit}, {"on", on}}, why.position);
    case line_failure::reason::overflow:
    case line_failure::reason::bad_fact:
    case line_failure::reason::negative_widening:
    case line_failure::reason::before_window:
    case line_failure::reason::none: break;
  }
  return overflowed(group);
}

DUES_END
