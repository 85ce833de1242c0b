// SPDX-License-Identifier: Apache-2.0
//
// Agreements and what is held, through C: events that need no call of their own, because documents carry them.
#include "book.hpp"

namespace {

using namespace book;

std::string told_of(const dues_ledger* kept, std::string_view account) {
  dues_ledger_view view = DUES_LEDGER_VIEW_INIT;
  view.account = str(account);
  return told(balances(kept, &view));
}

TEST(events_through_c, agreements_and_deposits_are_recorded_stored_and_read_again) {
  std::string with_plans(tariff);
  with_plans.replace(with_plans.rfind('}'), 1, R"(, "plans": [{"id": "three", "at_most_instalments": 3}]})");
  const house::tariff_ptr of = house::compile(with_plans);
  const ledger_ptr kept = open(of.get());
  record(kept.get(), charges);
  for (const std::string& event : {
           std::string(R"({"event": "acknowledgement", "id": "a1", "account": "Chen", "date": "2026-01-12"})"),
           R"({"event": "case", "id": "k1", "account": "Chen", "from": "2026-01-12", "to": "2026-01-20", "for": [")" + management + R"("]})",
           std::string(R"({"event": "deposit", "id": "d1", "account": "Chen", "date": "2026-01-13", "does": "hold", "subscription": "P-1", "amount": "500.00"})"),
           std::string(R"({"event": "plan", "id": "l1", "account": "Chen", "date": "2026-01-25", "plan": "three", "instalments": [{"due": "2026-02-10"}, {"due": "2026-03-10"}]})")}) {
    record(kept.get(), event);
    const std::string stored = text_of(kept.get(), DUES_LEDGER_JSON);
    EXPECT_EQ(text_of(open(of.get(), stored).get(), DUES_LEDGER_JSON), stored) << event;
  }
  EXPECT_EQ(told_of(kept.get(), "Chen").substr(0, 11), "140.00 open");
}

TEST(events_through_c, what_is_handed_over_moves_with_both_accounts_or_neither) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = open(of.get());
  record(kept.get(), charges);
  const std::string before = text_of(kept.get(), DUES_LEDGER_JSON);
  const std::string_view transfer = R"({"event": "transfer", "id": "t1", "account": "Chen", "date": "2026-01-05", "to": "Lin", "unit": "1"})";
  const std::string wrong = "[" + std::string(transfer) + R"(, {"event": "refund", "id": "r1", "account": "Chen", "date": "2026-01-17", "amount": "3.00"}])";
  const dues_apply what = events_of(wrong);
  EXPECT_EQ(dues_ledger_apply(kept.get(), &what, nullptr, nullptr, nullptr, nullptr), DUES_BAD_LEDGER);
  EXPECT_EQ(text_of(kept.get(), DUES_LEDGER_JSON), before);
  record(kept.get(), transfer);
  EXPECT_EQ(told_of(kept.get(), "Chen"), "0.00 open, 0.00 penalties, 0.00 credit");
  EXPECT_EQ(told_of(kept.get(), "Lin"), "140.00 open, 0.00 penalties, 0.00 credit");
}

}  // namespace
