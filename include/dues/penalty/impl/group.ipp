// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/penalty/impl/accrual.ipp>
#include <dues/penalty/impl/group.hpp>

#include <map>
#include <tuple>

DUES_BEGIN

namespace detail {

/// Those of one policy that are counted together.
struct penalty_group {
  std::vector<std::size_t> places;               ///< into what was asked
  std::vector<const receivable_history*> members;  ///< by due date, then id
};

// @returns false when the number type was too narrow
template <class Int>
bool accrue_group(const penalty_terms& terms, const penalty_group& group, civil_day as_of, arrears_accrual& into) {
  const receivable_history& first = *group.members.front();
  const penalty& policy = terms.tariff->penalties[static_cast<std::size_t>(first.penalty)];
  const auto fail = [&](const diagnostic& why) {
    for (const std::size_t place : group.places) {
      into.receivables[place].components.clear();
      into.receivables[place].found = {};
      into.receivables[place].found.add(why);
    }
  };
  for (const std::size_t place : group.places) into.receivables[place].components.assign(policy.components.size(), {});
  for (std::size_t c = 0; c < policy.components.size(); ++c) {
    for (const std::size_t place : group.places) into.receivables[place].components[c].component = static_cast<std::int32_t>(c);
    for (const episode& one : episodes_of(policy.components[c], group.members)) {
      if (as_of < one.days.from) break;
      arrears owed;
      for (const std::size_t member : one.members) owed.members.push_back(group.members[member]);
      owed.counted = days_counted(policy, policy.components[c], owed.members);
      owed.within = one.days;
      accrual_run<Int> run(terms, policy, owed, as_of);
      penalty_episode told;
      told.days = one.days;
      for (const std::size_t member : one.members) told.receivables.push_back(group.places[member]);
      diagnostic failed;
      bool wider = false;
      const auto whole = run.component(c, as_of);
      std::vector<int128> parts;
      const bool fine = whole && accrue_component(run, policy, owed, c, as_of, told.accrued, failed, wider) &&
                        spreader<Int>(run, policy.components[c], c, owed).spread(*whole, as_of, parts);
      if (!fine) {
        wider = wider || run.overflowed || run.failed.code.empty() || run.failed.code == "P115";
        if (run.failed.code.empty()) run.failed = make_diagnostic("P115", policy.components[c].pointer, {{"name", policy.components[c].id}, {"receivable", first.id}, {"on", to_text(as_of)}});
        fail(run.failed);
        return !wider;
      }
      for (std::size_t i = 0; i < parts.size(); ++i) into.receivables[told.receivables[i]].components[c].total += parts[i];
      into.episodes.push_back(std::move(told));
    }
    for (std::size_t i = 0; i < group.places.size(); ++i) {
      accrual& one = into.receivables[group.places[i]];
      settle(*group.members[i], c, as_of, terms.tariff->minor_units, one.components[c], one.found);
    }
  }
  return true;
}

}  // namespace detail

arrears_accrual accrue_all(const penalty_terms& terms, std::span<const receivable_history> of, civil_day as_of) {
  arrears_accrual made;
  std::map<std::tuple<std::int32_t, std::string_view, std::string_view>, std::vector<std::size_t>> groups;
  made.receivables.resize(of.size());
  for (std::size_t i = 0; i < of.size(); ++i) {
    accrual& one = made.receivables[i];
    one.receivable = of[i].id;
    one.penalty = of[i].penalty;
    one.as_of = as_of;
    if (of[i].penalty < 0) continue;
    const penalty& policy = terms.tariff->penalties[static_cast<std::size_t>(of[i].penalty)];
    const bool by_bill = policy.counted_per == penalty_scope::bill;
    if (policy.counted_per == penalty_scope::receivable) one = accrue(terms, of[i], as_of);
    else if (by_bill ? of[i].bill.empty() : of[i].unit.empty() || of[i].account.empty())
      one.found.add(make_diagnostic("P120", policy.pointer, {{"receivable", of[i].id}, {"penalty", policy.id}, {"missing", by_bill ? "bill" : of[i].unit.empty() ? "unit" : "account"}}));
    else groups[{of[i].penalty, by_bill ? std::string_view(of[i].bill) : std::string_view(of[i].account), by_bill ? std::string_view() : std::string_view(of[i].unit)}].push_back(i);
  }
  for (auto& [key, places] : groups) {
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) { return std::tie(of[a].due, of[a].id) < std::tie(of[b].due, of[b].id); });
    detail::penalty_group group;
    group.places = places;
    for (const std::size_t place : places) group.members.push_back(&of[place]);
    const std::size_t episodes = made.episodes.size();
    if (detail::accrue_group<int128>(terms, group, as_of, made)) continue;
    made.episodes.resize(episodes);
    for (const std::size_t place : places) made.receivables[place].found = {};
    detail::accrue_group<int256>(terms, group, as_of, made);
  }
  return made;
}

DUES_END
