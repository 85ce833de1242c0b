// SPDX-License-Identifier: Apache-2.0
//
// A ledger of the flat of offer_town.hpp. Events go the way of a host: written as JSON and read back.
#pragma once

#include "quote/offer_town.hpp"

namespace dues_test {

inline constexpr const char* settled_in_order = R"(, "payments": {"order": [{"class": "principal"}], "then": ["designated", "earliest_due"], "credit": {"settles_later_bills": true}})";

struct prepaid_book {
  std::shared_ptr<const dues::facts> known;
  dues::ledger kept;

  explicit prepaid_book(offer_town of) : known((of.more += settled_in_order, of.loaded())), kept(known->tariff) {}

  dues::applied apply(const dues::ledger_event& event) {
    dues::diagnostics found;
    const auto read = dues::read_events(*known->tariff, dues::to_json(*known->tariff, event), found);
    EXPECT_TRUE(read.has_value()) << told(found);
    if (!read) return {};
    EXPECT_EQ(read->front(), event);
    return kept.apply(read->front());
  }
  void record(const dues::ledger_event& event) {
    const dues::applied done = apply(event);
    EXPECT_TRUE(done.recorded) << told(done.found);
  }
  void record(const std::string& json) {
    dues::diagnostics found;
    const auto read = dues::read_events(*known->tariff, json, found);
    ASSERT_TRUE(read.has_value()) << told(found);
    record(read->front());
  }
  dues::account_state state(std::string_view as_of = "9999-12-31", std::string_view account = "A-1") const {
    dues::derive_options with;
    with.as_of = day(as_of);
    return kept.state(account, with);
  }
  std::span<const dues::ledger_event> events() const { return kept.find("A-1")->events; }
  dues::ledger_event prepay(int months, std::string_view from = "2026-01-01", std::string_view on = "2026-01-01", std::string id = "p1") const {
    const dues::quote made = make_quote(known, ahead(months, from, on));
    EXPECT_TRUE(made.ok()) << told(made.found);
    return prepay_of(made, std::move(id));
  }
};

inline std::string reversal(std::string_view of, std::string_view date) {
  return R"({"event": "reversal", "id": "back", "account": "A-1", "date": ")" + std::string(date) + R"(", "of": ")" + std::string(of) + R"("})";
}
inline std::string charge(std::string_view period, std::string_view amount, std::string_view due) {
  return R"({"event": "charge", "account": "A-1", "unit": "1-101", "fee": "management", "period": ")" + std::string(period) + R"(", "issue": ")" + std::string(period) +
         R"(", "due": ")" + std::string(due) + R"(", "amount": ")" + std::string(amount) + R"("})";
}

}  // namespace dues_test
