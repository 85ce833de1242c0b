// SPDX-License-Identifier: Apache-2.0
//
// What is drawn stays inside the language: a town is always valid, and mostly has several payers,
// changes inside a period, and taxes of every kind.
#include "town.hpp"

#include <rapidcheck.h>

#include <stdexcept>

namespace dues_test {
namespace {

// Evenly, from the first example on: rapidcheck would begin with the smallest.
int between(int least, int end) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, end)); }
int below(int end) { return between(0, end); }
bool one_in(int n) { return below(n) == n - 1; }  // shrinks to no
std::string pick(const std::vector<std::string>& of) { return of[static_cast<std::size_t>(below(static_cast<int>(of.size())))]; }
std::string money(int least_hundredths, int end) { return dues::amount_text(between(least_hundredths, end), 2); }
std::string day(int offset) { return dues::to_text(day_of_2024(offset)); }
constexpr int open = 100'000;  // no end

std::string draw_price(bool subscribed, bool payer) {
  if (payer) return "if(account.class = 'normal', 3.10, 1.55)";
  switch (below(subscribed ? 6 : 5)) {
    case 0: return money(0, 1000);
    case 1: return list({object({{"from", "2024-01-01"}, {"is", money(0, 500)}}), object({{"from", day(1 + below(500))}, {"is", money(0, 500)}})});
    case 2: return "value.use_price";
    case 3: return list({object({{"from", "03-01"}, {"is", money(0, 500)}}), object({{"from", "09-16"}, {"is", money(0, 500)}})});
    case 4: return money(0, 9999) + std::to_string(below(100));
    default: return "subscription.price";
  }
}

std::string draw_proration() {
  const std::string word = pick({"actual_days", "thirty_day", "thirty_360", "actual_365", "actual_actual", "whole_month", "half_month", "from_day", "next_month", "none"});
  return word == "from_day" ? "{\"from_day\": " + std::to_string(1 + below(31)) + "}" : word;
}

std::string draw_rounding(const std::string& basis, bool may_run) {
  if (!one_in(2)) return {};
  std::vector<std::string> of{"line"};
  if (basis == "month") of.insert(of.end(), {"month_price", "day_price"});
  if (basis != "season" && basis != "period") of.push_back("each_month");
  if (may_run) of.push_back("running_total");
  return "{\"of\": \"" + pick(of) + "\", \"mode\": \"" + pick({"half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"}) + "\", \"places\": " + std::to_string(2 - below(3)) + "}";
}

std::string draw_limits(bool apart, const wishes& wanted) {
  if (!one_in(3)) return {};
  return "{" + std::string(one_in(2) ? "\"at_least\": \"" + money(0, 9000) + "\", " : "") + "\"at_most\": " +
         (one_in(3) ? list({object({{"from", day(below(300))}, {"is", money(9000, 40000)}})}) : "\"" + money(9000, 40000) + "\"") + ", \"per\": \"" +
         (apart ? "line" : wanted.line_limits ? pick({"line", "period"}) : "period") + "\", \"prorated\": " + pick({"true", "false"}) + "}";
}

std::string draw_fee(const std::string& id, bool subscribed, const wishes& wanted) {
  const std::string schedule = pick(subscribed ? std::vector<std::string>{"monthly", "own", "anchored", "season"} : std::vector<std::string>{"monthly", "quarterly", "anchored", "season"});
  const std::string basis = schedule == "season" ? "season" : pick({"month", "day", "year", "period"});
  const std::string change = pick(wanted.changes);
  const bool payer = wanted.payer_facts && change != "by_days" && change != "by_convention" && one_in(3);
  const bool apart = payer || change == "rated_apart";  // then the payers have no line together
  const std::string limits = draw_limits(apart, wanted);
  return object({{"id", id},
                 {"kind", "recurring"},
                 {"name", "{\"en\": \"" + id + "\"}"},
                 {"for_each", subscribed ? "subscription" : "unit"},
                 {"where", one_in(4) ? "unit.use = 'flat'" : ""},
                 {"payers", pick({"[\"owner\"]", "[\"tenant\", \"owner\"]"})},
                 {"change_of_payer", change},
                 {"division", pick({"largest_remainder", "in_order", "rotating"})},
                 {"quantity", pick({"", "unit.area", "max(40, ceil(unit.area) * 0.5)", "period.days"})},
                 {"price", draw_price(subscribed, payer)},
                 {"price_ceiling", one_in(4) ? list({object({{"from", day(below(400))}, {"is", money(100, 400)}})}) : ""},
                 {"factor", one_in(5) ? "70%" : ""},
                 {"price_per", basis},
                 {"proration", draw_proration()},
                 {"price_at", one_in(4) ? "period_start" : ""},
                 {"limits", limits},
                 {"rounding", draw_rounding(basis, limits.empty() && !apart)},
                 {"schedule", schedule},
                 {"tax", pick(wanted.taxes)}});
}

std::string draw_cap() {
  const std::string per = pick({"line", "bill"});
  return one_in(2) ? object({{"percent", "12.5%"}, {"per", per}}) : object({{"amount", "30.005"}, {"per", per}});
}

// By percent or amount, for some lines or all, on some days or all.
std::string draw_discount(const std::string& id, int fees) {
  std::vector<std::string> of;
  const int only = below(2 * fees);  // one fee, or all of them
  for (int i = 0; i < fees; ++i)
    if (only >= fees || only == i) of.push_back("\"fee" + std::to_string(i) + "\"");
  const std::string condition = pick({"", "", "account.class = 'reduced'", "line.gross >= 300", "bill.gross >= 500", "unit.area > 90"});
  const std::string window = one_in(3) ? object({{"of", pick({"service", "issue"})}, {"from", day(below(200))}, {"through", day(200 + below(200))}}) : "";
  const std::string give = pick({R"({"percent": "7.5%"})", R"json({"percent": "if(unit.use = 'flat', 12%, 3.3%)"})json", R"({"percent": "100%"})", R"({"amount": "25.00"})",
                                 R"({"amount": "40.01", "each": "line"})", R"({"amount": "line.remaining / 7"})"});
  return object({{"id", id},
                 {"of", list(of)},
                 {"where", one_in(4) ? "unit.use = 'flat'" : ""},
                 {"window", window},
                 {"when", condition.empty() ? "" : object({{"condition", condition}})},
                 {"give", give},
                 {"works_on", pick({"remaining", "gross"})},
                 {"at_most", one_in(4) ? draw_cap() : ""},
                 {"funded_by", one_in(4) ? R"({"partner": "market"})" : ""}});
}

// None to four, two of them perhaps in a group, and perhaps a limit on all.
std::string draw_discounts(int fees) {
  std::vector<std::string> all;
  const int count = below(5);
  for (int i = 0; i < count; ++i) all.push_back(draw_discount("d" + std::to_string(i), fees));
  if (count >= 2 && one_in(3)) {
    all[0] = object({{"id", "best"}, {"best_of", list({all[0], all[1]})}, {"compared", pick({"bill", "line"})}});
    all.erase(all.begin() + 1);
  }
  if (all.empty()) return "";
  const std::string limit = one_in(3) ? ", \"discount_limits\": " + list({object({{"per", pick({"line", "bill"})}, {"at_most", R"({"percent": "33%"})"}})}) : "";
  return ", \"discounts\": " + list(all) + limit;
}

// Who holds the unit from `from` on: alone, by equal parts, or by shares.
void add_holders(const std::string& unit, const std::string& role, int from, int to, town& into) {
  const int holders = 1 + below(3);
  const int first = below(5);
  const bool shares = one_in(2);
  int left = 10'000;
  for (int i = 0; i < holders; ++i) {
    const int part = i + 1 == holders ? left : 1 + below(left - (holders - i));
    left -= part;
    into.tenures.push_back(object({{"unit", unit},
                                   {"account", "A" + std::to_string((first + i) % 5)},
                                   {"role", role},
                                   {"from", day(from)},
                                   {"to", to == open ? "" : day(to)},
                                   {"share", shares ? dues::amount_text(part, 2) + "%" : ""}}));
  }
}

}  // namespace

std::string object(std::initializer_list<std::pair<std::string_view, std::string>> members) {
  std::string made;
  for (const auto& [name, value] : members) {
    if (value.empty()) continue;
    const bool raw = value.front() == '{' || value.front() == '[';
    made += (made.empty() ? "\"" : ", \"") + std::string(name) + "\": " + (raw ? value : "\"" + value + "\"");
  }
  return "{" + made + "}";
}

std::string list(const std::vector<std::string>& of) {
  std::string made;
  for (const std::string& one : of) made += (made.empty() ? "" : ",\n") + one;
  return "[" + made + "]";
}

std::string town::json() const { return object({{"dues_facts", "1"}, {"units", list(units)}, {"accounts", list(accounts)}, {"tenures", list(tenures)}, {"subscriptions", list(subscriptions)}}); }

drawn_rules draw_rules(const wishes& wanted) {
  drawn_rules made;
  std::vector<std::string> fees;
  const int count = 1 + below(4);
  for (int i = 0; i < count; ++i) {
    const bool subscribed = wanted.subscriptions && one_in(3);
    const std::string id = "fee" + std::to_string(i);
    if (subscribed) made.subscribed.push_back(id);
    fees.push_back(draw_fee(id, subscribed, wanted));
  }
  made.json = R"json({
  "dues_tariff": "1", "id": "town", "edition": "1", "from": "2024-01-01", "currency": "CNY", "name": {"en": "A town"},
  "reads": {
    "unit": [{"id": "use", "type": "choice", "of": ["flat", "shop"]}, {"id": "area", "type": "number", "above": 0}],
    "account": [{"id": "class", "type": "choice", "of": ["normal", "reduced"], "default": "normal"}]},
  "values": [{"id": "use_price", "by": ["unit.use"], "is": [
    {"from": "2024-01-01", "is": {"flat": "2.805", "shop": "6.50"}}, {"from": "2024-05-20", "is": {"flat": "3.10", "shop": "7.00"}}]}],
  "schedules": [
    {"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}},
    {"id": "quarterly", "kind": "months", "months": 3, "billed": "in_arrears", "due": {"days_after_issue": 20}},
    {"id": "anchored", "kind": "months", "months": 2, "counted_from": "2023-08-31", "billed": "in_advance", "due": {"days_after_issue": 0}},
    {"id": "season", "kind": "season", "season": {"from": "11-15", "through": "03-15"}, "billed": "in_advance", "due": {"month_day": "11-30"}},
    {"id": "own", "kind": "months", "months": 1, "counted_from": "subscription_start", "billed": "in_advance", "due": {"days_after_issue": 3}}],
  "taxes": [
    {"id": "inside", "rate": [{"from": "2024-01-01", "is": "6%"}, {"from": "2024-06-10", "is": "5%"}], "included": true},
    {"id": "on_top", "rate": "9%", "included": false},
    {"id": "bill_inside", "rate": [{"from": "2024-01-01", "is": "6%"}, {"from": "2024-07-01", "is": "9%"}], "included": true, "computed": "per_bill"},
    {"id": "bill_on_top", "rate": "6%", "included": false, "computed": "per_bill"},
    {"id": "by_days", "rate": [{"from": "2024-02-10", "is": "6%"}, {"from": "2024-08-20", "is": "13%"}], "included": true, "rate_on": "service_days"}],
  "fees": )json" + list(fees) + (wanted.discounts ? draw_discounts(count) : "") + "}";
  return made;
}

void draw_unit(const drawn_rules& rules, const std::string& unit, bool gaps, town& into) {
  // A fee for a subscription may read the unit before it exists, or after: F110, which is no mistake.
  const bool lasting = !rules.subscribed.empty();
  const auto use = [] { return pick({"flat", "shop"}); };
  int from = lasting ? -400 : below(300) - 150;
  into.units.push_back(object({{"unit", unit}, {"from", day(from)}, {"use", use()}, {"area", money(1000, 20000)}}));
  for (int changes = below(3); changes > 0; --changes) {
    from += 1 + below(150);
    const bool area = one_in(2);
    into.units.push_back(object({{"unit", unit}, {"from", day(from)}, {"to", changes == 1 && !lasting && one_in(3) ? day(from + 1 + below(200)) : ""}, {"use", area ? "" : use()}, {"area", area ? money(1000, 20000) : ""}}));
  }
  int held = below(300) - 200;
  for (int changes = below(4); changes > 0; --changes) {
    const int next = held + 1 + below(150);
    if (!gaps || !one_in(6)) add_holders(unit, "owner", held, next, into);
    held = next;
  }
  add_holders(unit, "owner", held, open, into);
  if (one_in(2)) {
    const int let = held + below(200);
    add_holders(unit, "tenant", let, let + 1 + below(200), into);
  }
}

town draw_town(const drawn_rules& rules, int units, bool gaps) {
  town made;
  for (int i = 0; i < units; ++i) draw_unit(rules, "U" + std::to_string(i), gaps, made);
  for (int i = 0; i < 5; ++i)
    if (one_in(2)) made.accounts.push_back(object({{"account", "A" + std::to_string(i)}, {"from", day(below(200) - 100)}, {"class", pick({"normal", "reduced"})}}));
  if (rules.subscribed.empty()) return made;
  for (int i = below(4); i > 0; --i) {
    const int from = below(300) - 50;
    made.subscriptions.push_back(object({{"subscription", "S" + std::to_string(i)},
                                         {"unit", "U" + std::to_string(below(units))},
                                         {"fee", pick(rules.subscribed)},
                                         {"account", one_in(2) ? "A" + std::to_string(below(5)) : ""},
                                         {"from", day(from)},
                                         {"to", one_in(2) ? day(from + 1 + below(250)) : ""},
                                         {"price", money(0, 9999)}}));
  }
  return made;
}

dues::civil_day day_of_2024(int offset) { return *dues::day_from(2024, 1, 1) + offset; }

dues::bill_request draw_run() {
  dues::bill_request asked;
  asked.days.from = *dues::day_from(2024, static_cast<unsigned>(1 + below(12)), 1);
  asked.days.to = dues::add_months(asked.days.from, 1 + below(8));
  asked.select = one_in(2) ? dues::selection::service : dues::selection::issue;
  return asked;
}

std::shared_ptr<const dues::program> compiled(const std::string& tariff_json) {
  dues::compile_result made = dues::compile(tariff_json);
  if (made.compiled == nullptr) throw std::runtime_error(dues::to_json(made.found.all()) + tariff_json);
  return made.compiled;
}

std::shared_ptr<const dues::facts> loaded(const std::shared_ptr<const dues::program>& tariff, const std::string& facts_json) {
  dues::facts_result made = dues::load_facts(tariff, facts_json);
  if (made.loaded == nullptr || made.found.has_errors()) throw std::runtime_error(dues::to_json(made.found.all()) + facts_json);
  return made.loaded;
}

const dues::billing& without_faults(const dues::billing& made) {
  if (!made.found.empty()) throw std::runtime_error(dues::to_json(made.found.all()));
  if (!made.faults.empty()) throw std::runtime_error(dues::to_json(std::span<const dues::diagnostic>(made.faults)));
  return made;
}

std::vector<std::vector<std::string>> csv_rows(const dues::billing& made) {
  const std::string text = dues::to_csv(made);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t at = text.find("\r\n") + 2; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    std::vector<std::string>& row = rows.emplace_back();
    for (std::size_t cell = at; cell <= end;) {
      const std::size_t stop = std::min(text.find(',', cell), end);
      row.push_back(text.substr(cell, stop - cell));
      cell = stop + 1;
    }
    at = end + 2;
  }
  return rows;
}

}  // namespace dues_test
