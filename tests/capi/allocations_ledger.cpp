// SPDX-License-Identifier: Apache-2.0
//
// Memory runs out at every place in calls of ledgers and penalties. A call that fails leaves the ledger as it was.
#include "book.hpp"
#include "every_allocation.hpp"

namespace {

using namespace book;
using counted_new::failing;

// One call that makes texts.
template <class Make>
auto texts(Make&& make) {
  return [make](long n, bool after) {
    dues_text out = {nullptr, 0}, found = {nullptr, 0};
    std::int32_t status = 0;
    {
      const failing fail(n, after);
      status = make(&out, &found);
    }
    EXPECT_EQ(out.data != nullptr, status == DUES_OK);
    dues_text_free(&out);
    dues_text_free(&found);
    return status;
  };
}

TEST(allocations_of_ledgers, a_ledger_opens_or_says_that_memory_is_short) {
  const house::tariff_ptr of = compile();
  const std::string whole = text_of(kept(of.get()).get(), DUES_LEDGER_JSON);
  const dues_str rates = str(R"({"dues_references": "1", "references": [{"reference": "lpr", "from": "2026-01-01", "value": "3.00%"}]})");
  for (const bool wrong : {false, true})
    every_allocation("dues_ledger_open", [&](long n, bool after) {
      dues_ledger_source source = DUES_LEDGER_SOURCE_INIT;
      source.json = str(wrong ? std::string_view(whole).substr(0, 300) : std::string_view(whole));
      source.references = &rates;
      source.reference_count = 1;
      dues_error error = DUES_ERROR_INIT;
      dues_ledger* made = nullptr;
      dues_text found = {nullptr, 0};
      std::int32_t status = 0;
      {
        const failing fail(n, after);
        status = dues_ledger_open(of.get(), &source, &made, &found, &error);
      }
      EXPECT_EQ(made != nullptr, status == DUES_OK);
      dues_ledger_free(made);
      dues_text_free(&found);
      return wrong && status == DUES_BAD_LEDGER ? DUES_OK : status;
    });
}

TEST(allocations_of_ledgers, events_are_recorded_or_the_ledger_is_as_it_was) {
  const house::tariff_ptr of = compile();
  const ledger_ptr made = open(of.get());
  record(made.get(), charges);
  const std::string before = text_of(made.get(), DUES_LEDGER_JSON);
  const std::string_view events = R"([
    {"event": "payment", "id": "p1", "account": "Chen", "date": "2026-01-15", "amount": "105.00", "sources": [{"kind": "cash", "amount": "5.00"}, {"kind": "bank", "amount": "100.00"}]},
    {"event": "waiver", "id": "w1", "account": "Chen", "date": "2026-01-14", "receivable": "court/Chen/1/management/-/2026-01-01/charge", "share": "50%"},
    {"event": "opening", "id": "o1", "account": "Lin", "date": "2026-01-01", "due": "2025-12-01", "amount": "3.00"},
    {"event": "close", "id": "c1", "date": "2026-01-31", "through": "2025-12-31"}])";
  std::string after_all;
  every_allocation("dues_ledger_apply", [&](long n, bool after) {
    const ledger_ptr to = open(of.get(), before);
    const dues_apply what = events_of(events);
    dues_error error = DUES_ERROR_INIT;
    dues_applied done{};
    done.struct_size = sizeof done;
    dues_text posted = {nullptr, 0}, found = {nullptr, 0};
    std::int32_t status = 0;
    {
      const failing fail(n, after);
      status = dues_ledger_apply(to.get(), &what, &done, &posted, &found, &error);
    }
    EXPECT_EQ(posted.data != nullptr, status == DUES_OK);
    dues_text_free(&posted);
    dues_text_free(&found);
    if (status != DUES_OK) {
      EXPECT_EQ(text_of(to.get(), DUES_LEDGER_JSON), before);
      EXPECT_EQ(dues_ledger_apply(to.get(), &what, nullptr, nullptr, nullptr, nullptr), DUES_OK) << "and goes on";
    }
    const std::string now = text_of(to.get(), DUES_LEDGER_JSON);
    if (after_all.empty()) after_all = now;
    EXPECT_EQ(now, after_all);
    return status;
  });
  EXPECT_EQ(text_of(made.get(), DUES_LEDGER_JSON), before);
}

TEST(allocations_of_ledgers, a_refusal_is_told_or_memory_is_short) {
  const house::tariff_ptr of = compile();
  const ledger_ptr made = kept(of.get());
  const std::string before = text_of(made.get(), DUES_LEDGER_JSON);
  every_allocation("dues_ledger_apply, refused", [&](long n, bool after) {
    const dues_apply what = events_of(R"([{"event": "payment", "id": "p2", "account": "Chen", "date": "2026-01-16", "amount": "1.00"},
      {"event": "refund", "id": "r1", "account": "Chen", "date": "2026-01-17", "amount": "3.00"}])");
    dues_error error = DUES_ERROR_INIT;
    error.language = DUES_CHINESE;
    dues_text found = {nullptr, 0};
    std::int32_t status = 0;
    {
      const failing fail(n, after);
      status = dues_ledger_apply(made.get(), &what, nullptr, nullptr, &found, &error);
    }
    dues_text_free(&found);
    return status == DUES_BAD_LEDGER ? DUES_OK : status;
  });
  EXPECT_EQ(text_of(made.get(), DUES_LEDGER_JSON), before);
}

TEST(allocations_of_ledgers, a_result_is_charged_or_memory_is_short) {
  const house::tariff_ptr of = house::compile();
  const house::result_ptr july = house::bill(house::load(of.get()).get(), house::run_of(house::july, house::august));
  const std::string json = house::text_of(july.get(), DUES_JSON);
  for (const bool from_handle : {true, false})
    every_allocation("dues_ledger_apply, a result", [&](long n, bool after) {
      const ledger_ptr to = open(of.get());
      dues_apply what = DUES_APPLY_INIT;
      if (from_handle) what.result = july.get();
      else what.billed = str(json);
      std::int32_t status = 0;
      {
        const failing fail(n, after);
        status = dues_ledger_apply(to.get(), &what, nullptr, nullptr, nullptr, nullptr);
      }
      EXPECT_EQ(balances(to.get()).accounts, status == DUES_OK ? 2U : 0U);
      return status;
    });
}

TEST(allocations_of_ledgers, what_is_kept_is_read_or_memory_is_short) {
  const house::tariff_ptr of = compile();
  const ledger_ptr made = kept(of.get());
  dues_ledger_view view = as_of(on_january(25), "Chen");
  view.flags = DUES_WHY;
  for (const std::int32_t form : {DUES_BALANCES_JSON, DUES_HISTORY_JSON, DUES_ENTRIES_CSV, DUES_OPENINGS_JSON})
    every_allocation("dues_ledger_text", texts([&](dues_text* out, dues_text*) { return dues_ledger_text(made.get(), &view, form, out, nullptr); }));
  every_allocation("dues_ledger_text, whole", texts([&](dues_text* out, dues_text*) { return dues_ledger_text(made.get(), nullptr, DUES_LEDGER_JSON, out, nullptr); }));
  every_allocation("dues_ledger_get", [&](long n, bool after) {
    dues_account_info info{};
    info.struct_size = sizeof info;
    const failing fail(n, after);
    return dues_ledger_get(made.get(), &view, &info, nullptr);
  });
}

TEST(allocations_of_ledgers, tables_go_out_as_arrow_or_memory_is_short) {
  const house::tariff_ptr of = compile();
  const ledger_ptr made = kept(of.get());
  for (const std::int32_t table : {DUES_BALANCES, DUES_OPEN_ITEMS, DUES_ENTRIES})
    every_allocation("dues_ledger_arrow", [&](long n, bool after) {
      ArrowArrayStream stream = {};
      ArrowSchema schema = {};
      ArrowArray batch = {};
      int failure = 0;
      std::int32_t status = 0;
      {
        const failing fail(n, after);
        status = dues_ledger_arrow(made.get(), nullptr, table, &stream, nullptr);
        if (status == DUES_OK) failure = stream.get_schema(&stream, &schema);
        if (status == DUES_OK && failure == 0) failure = stream.get_next(&stream, &batch);
      }
      EXPECT_EQ(batch.release != nullptr, status == DUES_OK && failure == 0);
      EXPECT_TRUE(failure == 0 || std::string_view(stream.get_last_error(&stream)) == "there is not enough memory");
      if (batch.release != nullptr) batch.release(&batch);
      if (schema.release != nullptr) schema.release(&schema);
      if (stream.release != nullptr) stream.release(&stream);
      return failure == 0 ? status : std::int32_t{DUES_NO_MEMORY};
    });
}

TEST(allocations_of_ledgers, penalties_are_told_or_memory_is_short) {
  const house::tariff_ptr of = compile();
  for (const std::int32_t form : {DUES_ACCRUALS_JSON, DUES_PAYOFFS_JSON, DUES_POSTINGS_JSON})
    every_allocation("dues_penalties", texts([&](dues_text* out, dues_text* found) {
                       dues_penalty_run run = DUES_PENALTY_RUN_INIT;
                       run.day = on_january(25);
                       run.form = form;
                       run.history = str(history);
                       if (form == DUES_POSTINGS_JSON) run.posted = str(R"({"currency": "CNY", "receivables": [{"receivable": "R1", "components": [{"component": "late", "total": "1.00"}]}]})");
                       return dues_penalties(of.get(), &run, out, found, nullptr);
                     }));
}

TEST(allocations_of_ledgers, quotes_are_made_and_billed_or_memory_is_short) {
  const house::tariff_ptr of = house::compile(R"({"dues_tariff": "1", "id": "town", "edition": "1", "from": "2020-01-01", "currency": "CNY", "name": {"en": "Town"},
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}}],
    "fees": [{"id": "management", "kind": "recurring", "name": {"en": "M"}, "price": "100.00", "schedule": "monthly"}],
    "prepayments": [{"id": "ahead", "of": ["management"], "at_most_months": 12}]})");
  const house::facts_ptr facts = house::load(of.get(), R"({"dues_facts": "1", "units": [{"unit": "1", "from": "2020-01-01"}],
    "tenures": [{"unit": "1", "account": "A", "role": "owner", "from": "2020-01-01"}]})");
  const ledger_ptr kept = open(of.get());
  const std::int32_t months = 2;
  dues_quote_run run = DUES_QUOTE_RUN_INIT;
  run.on = january;
  run.account = str("A");
  run.unit = str("1");
  run.fee = str("management");
  run.months = &months;
  run.month_count = 1;
  run.ledger = kept.get();
  every_allocation("dues_quote", texts([&](dues_text* out, dues_text*) { return dues_quote(facts.get(), &run, out, nullptr); }));
  dues_text made = {nullptr, 0};
  ASSERT_EQ(dues_quote(facts.get(), &run, &made, nullptr), DUES_OK);
  const std::string list = house::taken(made);
  const std::size_t begin = list.find('{', 1), end = list.rfind('}', list.rfind(R"("cheapest")"));
  const std::string quote = list.substr(begin, end + 1 - begin);
  run.quote = str(quote);
  run.id = str("q1");
  every_allocation("dues_quote_bill", texts([&](dues_text* out, dues_text*) { return dues_quote_bill(facts.get(), &run, out, nullptr); }));
  ASSERT_EQ(dues_quote_bill(facts.get(), &run, &made, nullptr), DUES_OK);
  record(kept.get(), house::taken(made));
  every_allocation("dues_bill, with a ledger", [&](long n, bool after) {
    dues_run regular = house::run_of(january, january + 90);
    regular.ledger = kept.get();
    dues_result* result = nullptr;
    std::int32_t status = 0;
    {
      const failing fail(n, after);
      status = dues_bill(facts.get(), &regular, &result, nullptr);
    }
    EXPECT_EQ(result != nullptr, status == DUES_OK);
    dues_result_free(result);
    return status;
  });
}

}  // namespace
