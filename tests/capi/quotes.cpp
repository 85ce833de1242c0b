// SPDX-License-Identifier: Apache-2.0
//
// Paying ahead through C: a flat of 268.80 a month, 5 % off for who pays six months, a month free for who pays twelve.
#include "book.hpp"

namespace {

using namespace book;
using house::taken;

constexpr std::string_view town = R"({"dues_tariff": "1", "id": "town", "edition": "1", "from": "2020-01-01", "currency": "CNY", "name": {"en": "Town"},
  "reads": {"unit": [{"id": "area", "type": "number", "above": 0}]},
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
  "fees": [{"id": "management", "kind": "recurring", "name": {"en": "M"}, "quantity": "unit.area", "price": "3.00", "schedule": "monthly"}],
  "prepayments": [{"id": "ahead", "of": ["management"], "at_most_months": 12}],
  "discounts": [{"id": "half_year", "of": ["management"], "when": {"prepaid_months": 6}, "give": {"percent": "5%"}}],
  "payments": {"order": [{"class": "costs"}, {"class": "penalties"}, {"class": "principal"}], "then": ["earliest_due"], "credit": {"settles_later_bills": true}}})";
constexpr std::string_view flat = R"({"dues_facts": "1", "units": [{"unit": "1-101", "from": "2020-01-01", "area": "89.60"}],
  "tenures": [{"unit": "1-101", "account": "A-1", "role": "owner", "from": "2020-01-01"}]})";

struct offers {
  house::tariff_ptr tariff = house::compile(town);
  house::facts_ptr facts = house::load(tariff.get(), flat);
  std::vector<std::int32_t> months{3, 6, 13};

  dues_quote_run run(std::int32_t on = january) const {
    dues_quote_run made = DUES_QUOTE_RUN_INIT;
    made.on = on;
    made.account = str("A-1");
    made.unit = str("1-101");
    made.fee = str("management");
    return made;
  }
  std::string quotes(dues_quote_run of) const {
    of.months = months.data();
    of.month_count = months.size();
    dues_text out = {nullptr, 0};
    dues_error error = DUES_ERROR_INIT;
    EXPECT_EQ(dues_quote(facts.get(), &of, &out, &error), DUES_OK) << error.code << ": " << error.message;
    return taken(out);
  }
  // The second of the quotes, as it stands in the list.
  static std::string second(const std::string& quotes) {
    const std::size_t begin = quotes.find(R"("dues_quote")", quotes.find(R"("dues_quote")") + 1);
    const std::size_t open = quotes.rfind('{', begin);
    int depth = 0;
    for (std::size_t at = open; at < quotes.size(); ++at) {
      depth += quotes[at] == '{' ? 1 : quotes[at] == '}' ? -1 : 0;
      if (depth == 0) return quotes.substr(open, at + 1 - open);
    }
    return {};
  }
};

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

TEST(quotes_through_c, months_are_quoted_each_and_the_cheapest_is_named) {
  const offers of;
  const std::string made = of.quotes(of.run());
  EXPECT_EQ(count(made, R"("dues_quote")"), 3U);
  for (const std::string_view part : {"\"806.40\"", "\"1532.16\"", "\"80.64\"", "Q107"}) EXPECT_NE(made.find(part), std::string::npos) << part << " in " << made;
  EXPECT_TRUE(made.ends_with(R"("cheapest":1})")) << "six months at 5 % off";
}

TEST(quotes_through_c, a_quote_is_billed_recorded_and_not_billed_again) {
  const offers of;
  const ledger_ptr kept = open(of.tariff.get());
  dues_quote_run run = of.run();
  run.ledger = kept.get();
  const std::string quote = offers::second(of.quotes(run));
  run.quote = str(quote);
  run.id = str("ahead-1");
  dues_text event = {nullptr, 0};
  dues_error error = DUES_ERROR_INIT;
  ASSERT_EQ(dues_quote_bill(of.facts.get(), &run, &event, &error), DUES_OK) << error.code << ": " << error.message;
  const std::string prepay = taken(event);
  EXPECT_NE(prepay.find(R"("event": "prepay")"), std::string::npos);
  record(kept.get(), prepay);
  EXPECT_EQ(told(balances(kept.get())), "0.00 open, 0.00 penalties, 0.00 credit") << "1532.16 settle their own lines";
  EXPECT_EQ(text_of(open(of.tariff.get(), text_of(kept.get(), DUES_LEDGER_JSON)).get(), DUES_LEDGER_JSON), text_of(kept.get(), DUES_LEDGER_JSON));

  // January to June are paid; of January to August two months are left to bill.
  dues_run regular = house::run_of(january, january + 243);
  EXPECT_EQ(count(house::text_of(house::bill(of.facts.get(), regular).get(), DUES_CSV), "\n"), 9U);
  regular.ledger = kept.get();
  EXPECT_EQ(count(house::text_of(house::bill(of.facts.get(), regular).get(), DUES_CSV), "\n"), 3U);

  record(kept.get(), R"({"event": "reversal", "id": "b", "account": "A-1", "date": "2026-03-05", "of": "ahead-1"})");
  EXPECT_EQ(told(balances(kept.get())), "806.40 open, 0.00 penalties, 0.00 credit") << "three months had begun";
}

TEST(quotes_through_c, a_quote_that_does_not_hold_is_refused_with_its_code) {
  const offers of;
  dues_quote_run run = of.run();
  const std::string quote = offers::second(of.quotes(run));
  run.quote = str(quote);
  run.id = str("ahead-1");
  dues_text event = {nullptr, 0};
  dues_error error = DUES_ERROR_INIT;
  run.on = january + 1;
  EXPECT_EQ(dues_quote_bill(of.facts.get(), &run, &event, &error), DUES_BAD_QUOTE);
  EXPECT_STREQ(error.code, "Q110");
  run.on = january;
  std::string larger(flat);
  larger.replace(larger.find("89.60"), 5, "90.00");
  EXPECT_EQ(dues_quote_bill(house::load(of.tariff.get(), larger).get(), &run, &event, &error), DUES_BAD_QUOTE);
  EXPECT_STREQ(error.code, "Q111");
  run.quote = str("{}");
  EXPECT_EQ(dues_quote_bill(of.facts.get(), &run, &event, &error), DUES_BAD_QUOTE);
  EXPECT_EQ(event.data, nullptr);
}

TEST(quotes_through_c, wrong_calls_have_a_status) {
  const offers of;
  const house::tariff_ptr another = compile();
  const ledger_ptr court = kept(another.get());
  dues_text out = {nullptr, 0};
  const std::int32_t months = 3;
  const auto status = [&](auto&& change) {
    dues_quote_run run = of.run();
    run.months = &months;
    run.month_count = 1;
    change(run);
    const std::int32_t made = dues_quote(of.facts.get(), &run, &out, nullptr);
    dues_text_free(&out);
    return made;
  };
  EXPECT_EQ(status([](dues_quote_run&) {}), DUES_OK);
  EXPECT_EQ(status([](dues_quote_run& run) { run.month_count = 0; }), DUES_OUT_OF_RANGE);
  EXPECT_EQ(status([](dues_quote_run& run) { run.month_count = SIZE_MAX; }), DUES_OUT_OF_RANGE);
  EXPECT_EQ(status([](dues_quote_run& run) { run.months = nullptr; }), DUES_NULL_ARGUMENT);
  EXPECT_EQ(status([](dues_quote_run& run) { run.on = DUES_OPEN_END; }), DUES_OUT_OF_RANGE);
  EXPECT_EQ(status([](dues_quote_run& run) { run.from = INT32_MIN; }), DUES_OUT_OF_RANGE);
  EXPECT_EQ(status([](dues_quote_run& run) { run.struct_size = 8; }), DUES_WRONG_OPTION);
  EXPECT_EQ(status([](dues_quote_run& run) { run.quote = str("{}"); }), DUES_WRONG_OPTION);
  EXPECT_EQ(status([](dues_quote_run& run) { run.account = {"x", SIZE_MAX}; }), DUES_OUT_OF_RANGE);
  EXPECT_EQ(status([](dues_quote_run& run) { run.unit = {nullptr, 1}; }), DUES_NULL_ARGUMENT);
  EXPECT_EQ(status([](dues_quote_run& run) { run.before_count = 1; }), DUES_NULL_ARGUMENT);
  EXPECT_EQ(status([&](dues_quote_run& run) { run.ledger = court.get(); }), DUES_WRONG_OPTION) << "of another tariff";
  EXPECT_EQ(status([&](dues_quote_run& run) { run.ledger = reinterpret_cast<const dues_ledger*>(another.get()); }), DUES_WRONG_HANDLE);
  const dues_quote_run run = of.run();
  EXPECT_EQ(dues_quote(nullptr, &run, &out, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_quote(of.facts.get(), nullptr, &out, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_quote(of.facts.get(), &run, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_quote(reinterpret_cast<const dues_facts*>(court.get()), &run, &out, nullptr), DUES_WRONG_HANDLE);
  EXPECT_EQ(dues_quote_bill(nullptr, &run, &out, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_quote_bill(of.facts.get(), &run, nullptr, nullptr), DUES_NULL_ARGUMENT);
  dues_run regular = house::run_of(january, january + 31);
  regular.ledger = court.get();
  dues_result* result = nullptr;
  EXPECT_EQ(dues_bill(of.facts.get(), &regular, &result, nullptr), DUES_WRONG_OPTION);
  regular.ledger = reinterpret_cast<const dues_ledger*>(another.get());
  EXPECT_EQ(dues_bill(of.facts.get(), &regular, &result, nullptr), DUES_WRONG_HANDLE);
}

}  // namespace
