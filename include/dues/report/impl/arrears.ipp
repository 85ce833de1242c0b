// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/json/writer.hpp>
#include <dues/report/arrears.hpp>
#include <dues/report/impl/standing.hpp>

#include <algorithm>
#include <stdexcept>

DUES_BEGIN

namespace detail {

class arrears_reader {
 public:
  arrears_reader(const program& tariff, const arrears_request& asked) : tariff_(tariff), levels_(tariff.arrears->levels), asked_(asked) {}

  arrears_standing stand(const account_state& state) {
    arrears_standing made;
    made.account = state.account;
    std::vector<const receivable*> counting;
    for (const receivable& one : state.receivables) {
      const int128 open = one.open();
      if (open <= 0) continue;
      if (is_left_out(one, asked_.as_of)) {
        made.paused += open;
        continue;
      }
      counting.push_back(&one);
      if (one.due >= asked_.as_of) continue;
      if (made.receivables++ == 0 || one.due < made.oldest_due) made.oldest_due = one.due;
      made.overdue += open;
      claim(one, made);
    }
    made.penalties = state.open_penalties();
    if (made.receivables != 0) made.days_overdue = asked_.as_of - made.oldest_due;
    std::sort(counting.begin(), counting.end(), [](const receivable* a, const receivable* b) { return a->due < b->due; });
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      const civil_day on = reached_on(levels_[i], counting);
      if (on <= asked_.as_of) {
        made.level = static_cast<std::int32_t>(i);
        made.next = -1;
      } else if (on != open_end && (made.next < 0 || on < made.next_on)) {
        made.next = static_cast<std::int32_t>(i);
        made.next_on = on;
      }
    }
    return made;
  }

 private:
  // The first day on which all conditions hold, if nothing is paid; open_end: none. What is due counts from the day after.
  civil_day reached_on(const arrears_level& level, const std::vector<const receivable*>& by_due) const {
    if (by_due.empty()) return open_end;
    const civil_day oldest = by_due.front()->due;
    civil_day on = oldest + std::max(level.days_overdue, 1);
    if (level.months_overdue != 0) on = std::max(on, add_months(oldest, level.months_overdue));
    if (!level.amount) return on;
    const exact128 least(*level.amount);
    int128 sum = 0;
    for (const receivable* one : by_due) {
      sum += one->open();
      if (!(exact128::scaled(sum, tariff_.minor_units) < least)) return std::max(on, one->due + 1);
    }
    return open_end;
  }

  void claim(const receivable& one, arrears_standing& into) const {
    const auto end = claim_ends(tariff_, one, asked_.as_of, asked_.lapse_calendar);
    if (!end) return;
    if (end->last_day < asked_.as_of) {
      ++into.lapsed;
    } else if (!into.lapses_on || end->last_day < *into.lapses_on) {
      into.lapses_on = end->last_day;
      into.lapses_first = one.id;
    }
  }

  const program& tariff_;
  const std::vector<arrears_level>& levels_;
  const arrears_request& asked_;
};

}  // namespace detail

arrears_report arrears_on(const ledger& of, const arrears_request& asked) {
  if (!of.tariff().arrears) throw std::invalid_argument("the tariff has no arrears");
  arrears_report made;
  made.as_of = asked.as_of;
  derive_options with;
  with.as_of = asked.as_of;
  with.known_at = asked.known_at;
  with.penalties = asked.penalties;
  detail::arrears_reader reader(of.tariff(), asked);
  for (const auto& [account, book] : of.books()) {
    const account_state state = of.state(account, with);
    for (const diagnostic& one : state.found.all()) made.found.add(one);
    arrears_standing one = reader.stand(state);
    if (one.overdue != 0 || one.paused != 0) made.accounts.push_back(std::move(one));
  }
  return made;
}

std::string to_json(const program& tariff, const arrears_report& made, bool indented) {
  std::string out;
  json_writer json(out, indented);
  const auto level = [&](std::string_view name, std::int32_t place, std::optional<civil_day> on) {
    if (place < 0) return;
    const arrears_level& one = tariff.arrears->levels[static_cast<std::size_t>(place)];
    json.key(name).begin_object().member("id", one.id);
    if (one.action) json.member("action", words::arrears_action[static_cast<std::size_t>(*one.action)]);
    json.key("name").begin_object();
    for (const auto& [tag, text] : one.name.all()) json.member(tag, text);
    json.end_object();
    if (on) json.member("on", to_text(*on));
    json.end_object();
  };
  json.begin_object().member("as_of", to_text(made.as_of)).member("currency", tariff.currency_code).key("accounts").begin_array();
  for (const arrears_standing& one : made.accounts) {
    json.begin_object().member("account", one.account);
    level("level", one.level, std::nullopt);
    level("next", one.next, one.next_on);
    json.member("overdue", amount_text(one.overdue, tariff.minor_units)).member("paused", amount_text(one.paused, tariff.minor_units));
    json.member("penalties", amount_text(one.penalties, tariff.minor_units)).key("receivables").integer(static_cast<std::int64_t>(one.receivables));
    if (one.receivables != 0) json.member("oldest_due", to_text(one.oldest_due)).key("days_overdue").integer(one.days_overdue);
    if (one.lapses_on) json.member("lapses_on", to_text(*one.lapses_on)).member("lapses_first", one.lapses_first);
    if (one.lapsed != 0) json.key("lapsed").integer(static_cast<std::int64_t>(one.lapsed));
    json.end_object();
  }
  json.end_array().end_object();
  return out;
}

DUES_END
