// SPDX-License-Identifier: Apache-2.0
//
// A small tariff with the payments of a test, events as JSON, and short ways to ask for balances. Money
// is compared as a person writes it.
#pragma once

#include <dues/dues.hpp>

#include <gtest/gtest.h>

namespace dues_test {

/// Fees: management, water, attorney, other_attorney, fine (principal), mortgage (secured), reserve of a fund.
inline std::shared_ptr<const dues::program> tariff_with(std::string_view payments, std::string_view more = {}) {
  std::string fees;
  for (const char* id : {"management", "water", "attorney", "other_attorney", "fine", "mortgage", "reserve"}) {
    fees += fees.empty() ? "" : ",";
    fees += R"({"id": ")" + std::string(id) + R"(", "kind": "recurring", "name": {"en": "x"}, "price": "1.00", "schedule": "monthly")";
    if (std::string_view(id) == "mortgage") fees += R"(, "secured": true)";
    if (std::string_view(id) == "reserve") fees += R"(, "fund": "reserve")";
    fees += "}";
  }
  std::string text = R"({"dues_tariff": "1", "id": "t", "edition": "1", "from": "2020-01-01", "currency": "CNY", "name": {"en": "T"},
    "funds": [{"id": "reserve", "name": {"en": "R"}}],
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 0}}],
    "fees": [)" + fees + "]";
  if (!payments.empty()) text += R"(, "payments": )" + std::string(payments);
  text += std::string(more) + "}";
  dues::compile_result made = dues::compile(text);
  for (const dues::diagnostic& one : made.found.all())
    if (one.level == dues::severity::error) ADD_FAILURE() << one.code << " " << one.pointer << " " << dues::message(one);
  return made.compiled;
}

inline constexpr std::string_view oldest_first = R"({"order": [{"class": "costs"}, {"class": "interest"}, {"class": "penalties"}, {"class": "principal"}],
    "then": ["designated", "earliest_due"], "credit": {"settles_later_bills": true}})";

/// A charge of unit U; its key is "t/ACCOUNT/U/FEE/-/ISSUE/charge".
inline std::string charge(std::string_view account, std::string_view fee, std::string_view issue, std::string_view due, std::string_view amount, std::string_view more = {}) {
  return R"({"event": "charge", "account": ")" + std::string(account) + R"(", "unit": "U", "fee": ")" + std::string(fee) + R"(", "period": ")" + std::string(issue) +
         R"(", "issue": ")" + std::string(issue) + R"(", "due": ")" + std::string(due) + R"(", "amount": ")" + std::string(amount) + R"(")" + std::string(more) + "}";
}
inline std::string key(std::string_view account, std::string_view fee, std::string_view issue) {
  return "t/" + std::string(account) + "/U/" + std::string(fee) + "/-/" + std::string(issue) + "/charge";
}
inline std::string payment(std::string_view id, std::string_view account, std::string_view date, std::string_view amount, std::string_view more = {}) {
  return R"({"event": "payment", "id": ")" + std::string(id) + R"(", "account": ")" + std::string(account) + R"(", "date": ")" + std::string(date) + R"(", "amount": ")" +
         std::string(amount) + R"(")" + std::string(more) + "}";
}
inline std::string event(std::string_view kind, std::string_view id, std::string_view account, std::string_view date, std::string_view more = {}) {
  return R"({"event": ")" + std::string(kind) + R"(", "id": ")" + std::string(id) + R"(", "account": ")" + std::string(account) + R"(", "date": ")" + std::string(date) + R"(")" +
         std::string(more) + "}";
}

inline dues::ledger_event event_of(const dues::program& tariff, const std::string& json) {
  dues::diagnostics found;
  auto events = dues::read_events(tariff, json, found);
  for (const dues::diagnostic& one : found.all()) ADD_FAILURE() << one.code << " " << one.pointer << " " << dues::message(one) << "\n" << json;
  return events && !events->empty() ? events->front() : dues::ledger_event{};
}

/// "L116 /amount: refund r1 asks for 5.00; the most is 3.00"
inline std::string told(const dues::diagnostics& found) {
  std::string out;
  for (const dues::diagnostic& one : found.all()) out += (out.empty() ? "" : "\n") + one.code + " " + one.pointer + ": " + dues::message(one);
  return out;
}

/// A ledger in which a test records events as it goes.
struct test_book {
  dues::ledger kept;
  const dues::accruals* penalties = nullptr;

  explicit test_book(std::string_view payments, std::string_view more = {}) : kept(tariff_with(payments, more)) {}

  dues::applied apply(const std::string& json) { return kept.apply(event_of(kept.tariff(), json), {std::nullopt, penalties}); }
  /// Records it; a refusal fails the test.
  void record(const std::string& json) {
    const dues::applied done = apply(json);
    EXPECT_TRUE(done.recorded) << told(done.found) << "\n" << json;
  }
  void record_all(const std::vector<std::string>& all) {
    for (const std::string& one : all) record(one);
  }
  /// Why it is refused; empty when it is not.
  std::string refused(const std::string& json) { return told(apply(json).found); }

  dues::account_state state(std::string_view account = "A", std::string_view as_of = "9999-12-31", std::string_view known_at = "9999-12-31") const {
    dues::derive_options with;
    with.as_of = *dues::parse_day(as_of);
    with.known_at = *dues::parse_day(known_at);
    with.penalties = penalties;
    return kept.state(account, with);
  }
  std::string money(dues::int128 amount) const { return dues::amount_text(amount, kept.tariff().minor_units); }
  /// What is open of a receivable, its penalty not counted.
  std::string open(const std::string& id, std::string_view account = "A", std::string_view as_of = "9999-12-31") const {
    const dues::account_state now = state(account, as_of);
    const dues::receivable* one = now.find(id);
    return one == nullptr ? "none" : money(one->open());
  }
  std::string open_penalty(const std::string& id, std::string_view as_of = "9999-12-31") const {
    const dues::account_state now = state("A", as_of);
    dues::int128 sum = 0;
    if (const dues::receivable* one = now.find(id))
      for (const dues::penalty_part& part : one->penalties) sum += part.open();
    return money(sum);
  }
  std::string credit(std::string_view account = "A", std::string_view as_of = "9999-12-31", std::string_view known_at = "9999-12-31") const {
    return money(state(account, as_of, known_at).credit_total());
  }
  /// What the payment settled of the receivable: all its parts.
  std::string settled_by(std::string_view cause, const std::string& id, std::string_view part = {}) const {
    dues::int128 sum = 0;
    for (const dues::movement& one : state().movements)
      if (one.kind == dues::movement_kind::allocation && one.cause == cause && one.receivable == id && (part.empty() || one.part == part)) sum += one.amount;
    return money(sum);
  }
};

}  // namespace dues_test
