// SPDX-License-Identifier: Apache-2.0
//
// Reads caps on discounts, and warns where a group compares nothing or a cap may be passed.
#pragma once

#include <dues/tariff/impl/compiler.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

// It holds for lines of several units, so it reads no facts.
discount_cap compiler::read_cap(object_reader& reader) {
  static constexpr std::array<std::string_view, 2> forms{"percent", "amount"};
  discount_cap made;
  if (!reader.usable()) return made;
  reader.one_of(forms);
  made.percent = read_expression(reader.get("percent"), value_type::rate, place::tax);
  made.amount = read_expression(reader.get("amount"), value_type::number, place::tax);
  check_literal(made.percent, decimal(), decimal(1), "0% to 100%");
  check_literal(made.amount, decimal(), std::nullopt, "0 or more");
  return made;
}

void compiler::read_discount_limits(json_node node) {
  static constexpr std::array<std::string_view, 5> known{"cites", "note", "per", "of", "at_most"};
  static constexpr std::array<std::string_view, 2> fields{"percent", "amount"};
  if (!node) return;
  const std::vector<granted_sum> sums = sums_of_percentages();
  for (const json_node member : parts(node, limits_.schedules)) {
    object_reader reader(member, "discount_limit", known, {}, limits_, found_);
    if (!reader.usable()) continue;
    discount_limit made;
    made.pointer = member.pointer();
    made.cites = reader.texts(reader.get("cites"));
    reader.localized(reader.get("note"));
    made.of = read_fee_list(reader, reader.get("of"));
    object_reader cap(reader.need("at_most"), "at_most", fields, {}, limits_, found_);
    made.at_most = read_cap(cap);
    reader.need("per");
    made.at_most.per = reader.choice("per", words::cap_scope, cap_scope::line);
    warn_past_limit(made, sums);
    made_.discount_limits.push_back(std::move(made));
  }
}

// Where one member alone reaches a fee, nothing there is compared with it.
void compiler::warn_lone_members(const discount_group& group) {
  std::map<std::int32_t, std::pair<int, std::int32_t>> reached;  // by fee: how many members, and the last
  for (const std::int32_t member : group.members)
    for (const std::int32_t fee : made_.discounts[static_cast<std::size_t>(member)].of) {
      ++reached[fee].first;
      reached[fee].second = member;
    }
  if (group.members.size() < 2) return;
  for (const auto& [fee, by] : reached)
    if (by.first == 1) {
      const discount& alone = made_.discounts[static_cast<std::size_t>(by.second)];
      found_.add(make_diagnostic("T251", alone.pointer + "/of", {{"member", alone.id}, {"fee", made_.fees[static_cast<std::size_t>(fee)].id}}));
    }
}

// A percentage that is written out and in range; one that is computed is not judged.
inline const decimal* written_percent(const discount& one) {
  const bool written = one.give.kind == gift_kind::percent && one.give.is && one.give.is->is_literal();
  return written && one.give.is->literal() <= decimal(1) ? &one.give.is->literal() : nullptr;
}

// "12.5%" of 0.1250.
inline std::string shown_percent(const exact<int128>& share) {
  std::string text = (share * exact<int128>(std::int64_t{100})).to_text();
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
  }
  return text + "%";
}

// Of each fee: what its discounts may give together. Members of a group stand next to each other; of
// them the one that gives most counts, the first of equals.
std::vector<compiler::granted_sum> compiler::sums_of_percentages() const {
  std::vector<granted_sum> sums(made_.fees.size());
  for (std::size_t f = 0; f < sums.size(); ++f) {
    const auto& all = made_.fees[f].discounts;
    for (std::size_t i = 0; i < all.size();) {
      const std::int32_t group = made_.discounts[static_cast<std::size_t>(all[i])].group;
      const discount* best = nullptr;
      do {
        const discount& one = made_.discounts[static_cast<std::size_t>(all[i])];
        const decimal* given = written_percent(one);
        if (given != nullptr && (best == nullptr || *given > *written_percent(*best))) best = &one;
        ++i;
      } while (group >= 0 && i < all.size() && made_.discounts[static_cast<std::size_t>(all[i])].group == group);
      if (best == nullptr) continue;
      sums[f].percent = sums[f].percent + exact<int128>(*written_percent(*best));
      if (sums[f].discounts.size() < longest_id * 2) sums[f].discounts += (sums[f].discounts.empty() ? "" : ", ") + best->id;
    }
  }
  return sums;
}

// Told of the first fee alone.
void compiler::warn_past_limit(const discount_limit& limit, const std::vector<granted_sum>& sums) {
  const auto& most = limit.at_most.percent;
  if (!most || !most->is_literal()) return;
  for (std::size_t f = 0; f < sums.size(); ++f) {
    if (!limit.of.empty() && !std::binary_search(limit.of.begin(), limit.of.end(), static_cast<std::int32_t>(f))) continue;
    if (sums[f].percent.overflowed() || sums[f].percent <= exact<int128>(most->literal())) continue;
    found_.add(make_diagnostic("T250", limit.pointer, {{"discounts", sums[f].discounts}, {"is", shown_percent(sums[f].percent)}, {"limit", most->source()}, {"fee", made_.fees[f].id}}));
    return;
  }
}

}  // namespace detail

DUES_END
