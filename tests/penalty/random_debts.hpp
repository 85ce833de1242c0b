// SPDX-License-Identifier: Apache-2.0
//
// Random policies and histories, each as the oracle's values and as what the library reads: the policy as a
// document, the history as values. One seed makes one policy or one history.
#pragma once

#include "penalty/oracle.hpp"
#include "penalty/penalty_house.hpp"

#include <random>

namespace dues_test {

class dice {
 public:
  explicit dice(std::uint64_t seed) : engine_(seed) {}
  int upto(int most) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(most + 1)); }
  int between(int least, int most) { return least + upto(most - least); }
  bool one_in(int n) { return upto(n - 1) == 0; }

 private:
  std::mt19937_64 engine_;
};

struct random_policy {
  oracle::policy rules;
  std::string components;  // JSON
  std::string references;  // JSON, the field of a history
};

/// hundredths of a percent as a text and as a share: 125 is "1.25%"
inline std::string percent_text(int hundredths) {
  std::string cents = std::to_string(hundredths % 100);
  return "\"" + std::to_string(hundredths / 100) + "." + (cents.size() < 2 ? "0" : "") + cents + "%\"";
}
inline oracle::fraction share(int hundredths) { return oracle::fraction(hundredths, 10'000); }

inline oracle::rate random_rate(dice& roll, std::string& json, oracle::span per, bool may_be_flat = true) {
  oracle::rate made;
  made.per = per;
  static constexpr const char* words[] = {"day", "month", "year", "once"};
  json = "{\"per\": \"" + std::string(words[static_cast<int>(per)]) + "\"";
  if (per == oracle::span::year) {
    made.year_of = roll.one_in(2) ? 365 : roll.one_in(2) ? 360 : 0;
    json += made.year_of == 0 ? ", \"year_of\": \"actual\"" : ", \"year_of\": \"" + std::to_string(made.year_of) + "\"";
  }
  if (per == oracle::span::month) {
    made.started = roll.one_in(2);
    json += made.started ? ", \"month\": \"started\"" : ", \"month\": \"completed\"";
  }
  if (per == oracle::span::year && roll.one_in(2)) {
    made.is = oracle::rate::form::reference;
    const int times = roll.between(5, 40), plus = roll.upto(400);
    made.value = oracle::fraction(times, 10);
    made.plus = share(plus);
    made.held = roll.one_in(3) ? roll.upto(1) : -1;
    json += ", \"reference\": \"lpr\", \"times\": " + std::to_string(times / 10) + "." + std::to_string(times % 10) + ", \"plus\": " + percent_text(plus);
    if (made.held >= 0) json += made.held == 0 ? ", \"fixed_on\": \"due_date\"" : ", \"fixed_on\": \"start\"";
  } else if (may_be_flat && roll.one_in(4)) {
    made.is = oracle::rate::form::amount;
    const int cents = roll.between(1, 2'000);
    made.value = oracle::fraction(cents, 100);
    json += ", \"amount\": \"" + units(dues::int128(cents)) + "\"";
  } else {
    const int hundredths = per == oracle::span::day ? roll.between(1, 40) : per == oracle::span::year ? roll.between(50, 4'000) : roll.between(10, 1'500);
    made.value = share(hundredths);
    json += ", \"percent\": " + percent_text(hundredths);
  }
  json += "}";
  return made;
}

inline oracle::span random_span(dice& roll, bool daily) { return static_cast<oracle::span>(daily ? (roll.one_in(2) ? 0 : 2) : roll.upto(3)); }

inline oracle::version random_version(dice& roll, std::string& json, bool daily) {
  oracle::version made;
  std::string one, two;
  switch (roll.upto(5)) {
    case 0:
    case 1:
    case 2: made.rates = {random_rate(roll, json, random_span(roll, daily))}; break;
    case 3: {
      const bool alike = roll.one_in(2);
      const oracle::span per = random_span(roll, daily);
      made.is = roll.one_in(2) ? oracle::version::form::higher : oracle::version::form::lower;
      made.rates = {random_rate(roll, one, per)};
      made.rates.push_back(random_rate(roll, two, alike ? per : random_span(roll, daily)));
      json = std::string("{\"") + (made.is == oracle::version::form::higher ? "higher_of" : "lower_of") + "\": [" + one + ", " + two + "]}";
      break;
    }
    default: {
      made.is = oracle::version::form::steps;
      int end = 0;
      json = "{\"steps\": [";
      for (int i = roll.upto(2); i >= 0; --i) {
        made.rates.push_back(random_rate(roll, one, random_span(roll, daily)));
        end = i == 0 ? 0 : end + roll.between(1, 60);
        made.ends.push_back(end);
        json += (made.rates.size() == 1 ? "{" : ", {") + (end == 0 ? std::string() : "\"days_overdue_up_to\": " + std::to_string(end) + ", ") + "\"rate\": " + one + "}";
      }
      json += "]}";
    }
  }
  return made;
}

inline oracle::component random_component(dice& roll, std::string& json, std::string_view id, bool second) {
  oracle::component made;
  json = R"({"id": ")" + std::string(id) + "\"";
  const bool compounds = roll.one_in(6);
  const bool has_ceiling = !compounds && roll.one_in(3);
  std::string rate;
  if (compounds) {
    made.compounds = roll.one_in(2) ? roll.between(1, 3) : 12;
    made.by_months = roll.one_in(2);
    oracle::version one;
    one.from = day("2015-01-01");
    one.rates = {random_rate(roll, rate, oracle::span::year, false)};
    made.versions = {one};
    json += ", \"compounds_every_months\": " + std::to_string(made.compounds) + (made.by_months ? ", \"broken_year\": \"by_months\"" : "") + ", \"rate\": " + rate;
  } else {
    // Under a ceiling only what goes with one: rates a day, and completed months below.
    oracle::version one = random_version(roll, rate, has_ceiling);
    one.from = day("2015-01-01");
    made.versions = {one};
    json += ", \"rate\": ";
    if (roll.one_in(3)) {
      std::string later;
      oracle::version two = random_version(roll, later, has_ceiling);
      two.from = day("2023-03-01") + roll.upto(200);
      made.versions.push_back(two);
      json += "[{\"from\": \"2015-01-01\", \"is\": " + rate + "}, {\"from\": \"" + dues::to_text(two.from) + "\", \"is\": " + later + "}]";
    } else if (has_ceiling && roll.one_in(3)) {
      oracle::rate month = random_rate(roll, rate, oracle::span::month);
      month.started = false;
      if (const auto at = rate.find("started"); at != std::string::npos) rate.replace(at, 7, "completed");
      made.versions[0].is = oracle::version::form::plain;
      made.versions[0].ends.clear();
      made.versions[0].rates = {month};
      json += rate;
    } else {
      json += rate;
    }
  }
  std::string on;
  const auto bears = [&on](std::string_view what) { on += (on.empty() ? "\"" : ", \"") + std::string(what) + "\""; };
  made.on_principal = !second || roll.one_in(2);
  made.on_first = second;
  made.on_costs = roll.one_in(4);
  if (made.on_principal) bears("principal");
  if (made.on_costs) bears("costs");
  if (made.on_first) bears("first");
  json += ", \"on\": [" + on + "]";
  made.from_demand = roll.one_in(5);
  made.that_day = roll.one_in(4);
  json += std::string(", \"starts\": {\"on\": ") + (made.from_demand ? "\"demand\"" : "\"due_date\"") + ", \"that_day_counts\": " + (made.that_day ? "true}" : "false}");
  made.payment_day = !roll.one_in(4);
  if (!made.payment_day) json += ", \"payment_day_counts\": false";
  if (roll.one_in(2)) {
    made.grace_months = roll.one_in(3);
    made.grace = made.grace_months ? roll.between(1, 2) : roll.between(1, 45);
    made.cliff = !compounds && roll.one_in(2);
    json += std::string(", \"grace\": {\"") + (made.grace_months ? "months" : "days") + "\": " + std::to_string(made.grace) + ", \"then\": \"" + (made.cliff ? "from_due_date" : "from_grace_end") + "\"}";
  }
  std::string limits;
  const auto limit = [&limits](const std::string& one) { limits += (limits.empty() ? "" : ", ") + one; };
  int most_least = 1'000;  // no minimum above a written maximum
  if (roll.one_in(4)) {
    const int cents = most_least = roll.between(1, 3'000);
    made.most = oracle::fraction(cents, 100);
    limit(R"({"at_most": {"amount": ")" + units(dues::int128(cents)) + "\"}}");
  }
  if (roll.one_in(4)) {
    const int cents = roll.between(1, most_least);
    made.least = oracle::fraction(cents, 100);
    limit(R"({"at_least": {"amount": ")" + units(dues::int128(cents)) + "\"}}");
  }
  if (roll.one_in(4)) {
    const int cents = roll.between(1, std::min(300, most_least));
    made.nothing_below = oracle::fraction(cents, 100);
    limit(R"({"nothing_below": {"amount": ")" + units(dues::int128(cents)) + "\"}}");
  }
  if (roll.one_in(3)) {
    const int hundredths = roll.between(1, 3'000);
    made.most_share = share(hundredths);
    limit(R"({"at_most": {"of_principal": )" + percent_text(hundredths) + "}}");
  }
  if (has_ceiling) {
    std::string one, two;
    oracle::ceiling first{day("2015-01-01"), random_rate(roll, one, roll.one_in(4) ? oracle::span::month : oracle::span::year, false)};
    made.ceilings = {first};
    if (roll.one_in(2)) {
      oracle::ceiling later{day("2023-02-01") + roll.upto(150), std::nullopt};
      if (roll.one_in(2)) later.is = random_rate(roll, two, oracle::span::year, false);
      made.ceilings.push_back(later);
      one = "[{\"from\": \"2015-01-01\", \"is\": " + one + "}, {\"from\": \"" + dues::to_text(later.from) + "\", \"is\": " + (later.is ? two : "\"none\"") + "}]";
    }
    limit(R"({"at_most": {"rate": )" + one + "}}");
  }
  if (!limits.empty()) json += ", \"limits\": [" + limits + "]";
  made.places = roll.one_in(5) ? roll.upto(1) : 2;
  made.down = roll.one_in(4);
  json += ", \"rounding\": {\"places\": " + std::to_string(made.places) + (made.down ? ", \"mode\": \"down\"" : "") + "}}";
  return made;
}

inline random_policy made_policy(std::uint64_t seed) {
  dice roll(seed);
  random_policy made;
  std::string first, second;
  made.rules.components.push_back(random_component(roll, first, "first", false));
  made.components = first;
  if (roll.one_in(4)) {
    made.rules.components.push_back(random_component(roll, second, "second", true));
    made.components += ", " + second;
  }
  made.references = "\"references\": [";
  dues::civil_day from = day("2015-01-01");
  for (int i = 0; i < 8; ++i) {
    const int hundredths = roll.between(100, 600);
    made.rules.reference.emplace_back(from, share(hundredths));
    made.references += (i == 0 ? "" : ", ") + std::string(R"({"reference": "lpr", "from": ")") + dues::to_text(from) + "\", \"value\": " + percent_text(hundredths) + "}";
    from = i == 0 ? day("2023-01-01") + roll.upto(40) : from + roll.between(1, 60);
  }
  made.references += "], ";
  return made;
}

struct random_debt {
  oracle::debt of;
  dues::receivable_history history;
  dues::civil_day as_of;
};

inline random_debt made_debt(const oracle::policy& rules, std::uint64_t seed) {
  dice roll(seed);
  random_debt made;
  const int principal = roll.one_in(10) ? roll.upto(100) : roll.between(100, 500'000);
  made.of.principal = principal;
  made.history.principal = principal;
  made.history.id = "R";
  made.history.penalty = 0;
  made.of.due = made.history.due = day("2023-01-01") + roll.upto(120);
  const bool chained = rules.components.size() > 1;
  const int span = chained ? roll.upto(70) : roll.one_in(12) ? roll.upto(800) : roll.upto(220);
  made.as_of = made.of.due + span;
  const auto any_day = [&] { return made.of.due + (roll.upto(span + 20) - 10); };
  for (int i = roll.upto(4); i > 0; --i) {
    const bool reversed = roll.one_in(4);  // as if it had never been made
    oracle::change one{any_day(), roll.one_in(2) ? 0 : roll.upto(3), roll.upto(principal / 2 + 1)};
    if (one.kind == 3 && roll.one_in(2)) one.by = -one.by;
    if (reversed) continue;
    made.of.changes.push_back(one);
    made.history.changes.push_back({one.on, static_cast<dues::principal_change_kind>(one.kind), dues::int128(static_cast<std::int64_t>(one.by))});
  }
  for (int i = roll.upto(2); i > 0; --i) made.of.demands.push_back(any_day());
  made.history.demands = made.of.demands;
  for (int i = roll.upto(2); i > 0; --i) {
    const dues::civil_day from = any_day();
    const dues::civil_day to = from + roll.upto(30);
    made.of.out.emplace_back(from, to);
    made.history.left_out.push_back({static_cast<dues::excluded_days>(roll.upto(2)), {from, to}});
  }
  for (int i = roll.upto(2); i > 0; --i) {
    oracle::settlement one{static_cast<std::size_t>(roll.upto(static_cast<int>(rules.components.size()) - 1)), any_day(), roll.upto(2'000), roll.one_in(2)};
    made.of.settled.push_back(one);
    made.history.settled.push_back({one.waiver ? dues::penalty_settlement::kind::waiver : dues::penalty_settlement::kind::payment, static_cast<std::int32_t>(one.component), one.on,
                                    dues::int128(static_cast<std::int64_t>(one.amount))});
  }
  for (int i = roll.upto(2); i > 0; --i) {
    const auto on = any_day();
    const int by = roll.between(-2'000, 10'000);
    made.of.costs.emplace_back(on, by);
    made.history.costs.push_back({on, by});
  }
  return made;
}

}  // namespace dues_test
