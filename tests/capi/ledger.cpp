// SPDX-License-Identifier: Apache-2.0
//
// A ledger through C: what the host stores, applies and reads.
#include "book.hpp"

namespace {

using namespace book;
using house::taken;
using house::text;
using house::view;

// Whether a text has all of these in it.
::testing::AssertionResult has(const std::string& text, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts)
    if (text.find(part) == std::string::npos) return ::testing::AssertionFailure() << "no " << part << " in\n" << text;
  return ::testing::AssertionSuccess();
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

struct refused {
  std::int32_t status = 0;
  dues_error error = DUES_ERROR_INIT;
  std::string found;
};

refused apply_wrong(dues_ledger* to, const dues_apply& what) {
  refused made;
  dues_text found = {nullptr, 0}, posted = {nullptr, 0};
  made.status = dues_ledger_apply(to, &what, nullptr, &posted, &found, &made.error);
  EXPECT_EQ(posted.data, nullptr);
  made.found = taken(found);
  return made;
}

TEST(ledger_through_c, a_payment_settles_the_penalty_and_the_principal_of_the_page_s_example) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = open(of.get());
  dues_apply what = events_of(charges, 0);
  dues_applied done{};
  done.struct_size = sizeof done;
  ASSERT_EQ(dues_ledger_apply(kept.get(), &what, &done, nullptr, nullptr, nullptr), DUES_OK);
  EXPECT_EQ(done.recorded, 2U);
  EXPECT_EQ(done.version, 2U);
  const dues_ledger_view on_15 = as_of(on_january(15), "Chen");
  EXPECT_EQ(told(balances(kept.get(), &on_15)), "140.00 open, 5.00 penalties, 0.00 credit");
  EXPECT_EQ(text(balances(kept.get(), &on_15).owed), "105.00") << "the 40 are not due yet";
  EXPECT_EQ(text(balances(kept.get(), &on_15).to_pay), "105.00");

  what = events_of(payment, 2);
  dues_text posted = {nullptr, 0};
  ASSERT_EQ(dues_ledger_apply(kept.get(), &what, &done, &posted, nullptr, nullptr), DUES_OK);
  EXPECT_EQ(done.version, 3U);
  const std::string entries = taken(posted);
  EXPECT_EQ(done.entries, count(entries, R"("by": "p1")"));
  EXPECT_TRUE(has(entries, {R"("account":"Chen","version":3)", R"("amount": "105.00")", R"("amount": "5.00")", R"("amount": "100.00")", R"("actor": "desk")"}));
  EXPECT_EQ(told(balances(kept.get(), &on_15)), "40.00 open, 0.00 penalties, 0.00 credit");
  EXPECT_EQ(told(balances(kept.get())), "40.00 open, 0.00 penalties, 0.00 credit") << "all accounts";
}

TEST(ledger_through_c, what_is_stored_opens_again_whole_or_an_account_alone) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  record(kept.get(), R"({"event": "payment", "id": "p2", "account": "Lin", "date": "2026-01-16", "amount": "7.00"})");
  record(kept.get(), R"({"event": "close", "id": "c1", "date": "2026-01-31", "through": "2026-01-14"})");
  const std::string whole = text_of(kept.get(), DUES_LEDGER_JSON);
  const ledger_ptr again = open(of.get(), whole);
  EXPECT_EQ(text_of(again.get(), DUES_LEDGER_JSON), whole);
  EXPECT_EQ(told(balances(again.get())), "40.00 open, 0.00 penalties, 7.00 credit");
  EXPECT_EQ(balances(again.get()).version, 1U) << "one closing";
  EXPECT_EQ(balances(again.get()).accounts, 2U);

  dues_ledger_view of_lin = DUES_LEDGER_VIEW_INIT;
  of_lin.account = str("Lin");
  const std::string alone = text_of(kept.get(), DUES_LEDGER_JSON, &of_lin);
  EXPECT_EQ(alone.find("Chen"), std::string::npos);
  const ledger_ptr lin = open(of.get(), alone);
  EXPECT_EQ(told(balances(lin.get())), "0.00 open, 0.00 penalties, 7.00 credit");
  const refused closed = apply_wrong(lin.get(), events_of(R"({"event": "payment", "id": "p3", "account": "Lin", "date": "2026-01-14", "amount": "1.00"})"));
  EXPECT_STREQ(closed.error.code, "L118") << "its closings came with it";
}

TEST(ledger_through_c, without_entries_events_are_applied_in_their_order) {
  const house::tariff_ptr of = compile();
  std::string events(charges);
  events.insert(events.rfind(']'), "," + std::string(payment));
  const ledger_ptr made = open(of.get(), R"({"dues_ledger": "1", "tariff": "court", "currency": "CNY", "events": )" + events + "}");
  EXPECT_EQ(text_of(made.get(), DUES_LEDGER_JSON), text_of(book::kept(of.get()).get(), DUES_LEDGER_JSON));
}

TEST(ledger_through_c, a_document_that_was_cut_or_changed_is_refused) {
  const house::tariff_ptr of = compile();
  const std::string whole = text_of(book::kept(of.get()).get(), DUES_LEDGER_JSON);
  std::string changed = whole;
  changed.replace(changed.rfind("\"5.00\""), 6, "\"4.00\"");
  for (const auto& [json, code] : {std::pair(whole.substr(0, whole.size() / 2), "T116"), std::pair(changed, "L126")}) {
    dues_ledger_source source = DUES_LEDGER_SOURCE_INIT;
    source.json = str(json);
    dues_ledger* made = nullptr;
    dues_text found = {nullptr, 0};
    dues_error error = DUES_ERROR_INIT;
    EXPECT_EQ(dues_ledger_open(of.get(), &source, &made, &found, &error), DUES_BAD_LEDGER);
    EXPECT_EQ(made, nullptr);
    EXPECT_STREQ(error.code, code);
    EXPECT_NE(taken(found).find(code), std::string::npos);
  }
}

TEST(ledger_through_c, all_events_of_a_call_are_recorded_or_none) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  const std::string before = text_of(kept.get(), DUES_LEDGER_JSON);
  const refused made = apply_wrong(kept.get(), events_of(R"([
    {"event": "payment", "id": "p2", "account": "Lin", "date": "2026-01-16", "amount": "7.00"},
    {"event": "payment", "id": "p3", "account": "Chen", "date": "2026-01-16", "amount": "7.00"},
    {"event": "close", "id": "c1", "date": "2026-01-31", "through": "2026-01-02"},
    {"event": "refund", "id": "r1", "account": "Chen", "date": "2026-01-17", "amount": "3.00"}])"));
  EXPECT_EQ(made.status, DUES_BAD_LEDGER);
  EXPECT_STREQ(made.error.code, "L116");
  EXPECT_STREQ(made.error.pointer, "/3/amount");
  EXPECT_EQ(made.error.row, 3);
  EXPECT_EQ(text_of(kept.get(), DUES_LEDGER_JSON), before);
  record(kept.get(), R"({"event": "payment", "id": "p2", "account": "Wu", "date": "2026-01-16", "amount": "1.00"})");  // the id is free
}

TEST(ledger_through_c, every_mistake_of_the_events_is_told) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = open(of.get());
  const refused made = apply_wrong(kept.get(), events_of(R"([{"event": "payment", "id": "p2"}, {"event": "pay"}])"));
  EXPECT_EQ(made.status, DUES_BAD_LEDGER);
  EXPECT_STREQ(made.error.code, "L102");
  EXPECT_EQ(made.error.row, 0);
  EXPECT_TRUE(has(made.found, {"L104", "/1/event"}));
  EXPECT_EQ(apply_wrong(kept.get(), events_of("[1, 2")).status, DUES_BAD_LEDGER);
}

TEST(ledger_through_c, a_stale_version_is_refused_with_its_code) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  const std::string_view later = R"({"event": "payment", "id": "p2", "account": "Chen", "date": "2026-01-21", "amount": "40.00"})";
  const refused made = apply_wrong(kept.get(), events_of(later, 2));
  EXPECT_EQ(made.status, DUES_STALE);
  EXPECT_STREQ(made.error.code, "L111");
  EXPECT_EQ(balances(kept.get()).version, 0U);
  dues_apply what = events_of(later, 3);
  EXPECT_EQ(dues_ledger_apply(kept.get(), &what, nullptr, nullptr, nullptr, nullptr), DUES_OK);
  const refused several = apply_wrong(kept.get(), events_of(R"([{"event": "payment", "id": "a", "account": "A", "date": "2026-01-21", "amount": "1"},
    {"event": "payment", "id": "b", "account": "B", "date": "2026-01-21", "amount": "1"}])", 0));
  EXPECT_EQ(several.status, DUES_WRONG_OPTION) << "whose version?";
}

TEST(ledger_through_c, what_is_recorded_twice_is_told_and_adds_nothing) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  const std::string before = text_of(kept.get(), DUES_LEDGER_JSON);
  dues_apply what = events_of(payment, 2);  // who asks again knows the version from before
  dues_applied done{};
  done.struct_size = sizeof done;
  dues_text posted = {nullptr, 0};
  ASSERT_EQ(dues_ledger_apply(kept.get(), &what, &done, &posted, nullptr, nullptr), DUES_OK);
  EXPECT_EQ(done.repeated, 1U);
  EXPECT_EQ(done.recorded, 0U);
  EXPECT_EQ(done.version, 3U);
  EXPECT_EQ(taken(posted), R"([{"account":"Chen","version":3,"entries":[]}])");
  EXPECT_EQ(text_of(kept.get(), DUES_LEDGER_JSON), before);
  std::string other(payment);
  other.replace(other.find("105.00"), 6, "104.00");
  EXPECT_STREQ(apply_wrong(kept.get(), events_of(other)).error.code, "L110");
}

TEST(ledger_through_c, a_result_is_charged_from_its_handle_and_from_its_documents_alike) {
  const house::tariff_ptr of = house::compile();
  const house::result_ptr july = house::bill(house::load(of.get()).get(), house::run_of(house::july, house::august));
  std::vector<std::string> whole;
  for (const std::int32_t form : {-1, std::int32_t{DUES_JSON}, std::int32_t{DUES_CSV}}) {
    const ledger_ptr kept = open(of.get());
    dues_apply what = DUES_APPLY_INIT;
    const std::string document = form < 0 ? "" : house::text_of(july.get(), form);
    if (form < 0) what.result = july.get();
    else what.billed = str(document);
    dues_applied done{};
    done.struct_size = sizeof done;
    dues_error error = DUES_ERROR_INIT;
    ASSERT_EQ(dues_ledger_apply(kept.get(), &what, &done, nullptr, nullptr, &error), DUES_OK) << error.message;
    EXPECT_EQ(done.recorded, 3U);
    whole.push_back(text_of(kept.get(), DUES_LEDGER_JSON));
    // 76.27 of Chen, 160.18 and 307.49 of Lin: see the README.
    EXPECT_EQ(told(balances(kept.get())), "543.94 open, 0.00 penalties, 0.00 credit");
    ASSERT_EQ(dues_ledger_apply(kept.get(), &what, &done, nullptr, nullptr, nullptr), DUES_OK);
    EXPECT_EQ(done.repeated, 3U) << "billed again, nothing is charged twice";
  }
  EXPECT_EQ(whole[0], whole[1]);
  EXPECT_EQ(whole[0], whole[2]);
  const house::tariff_ptr another = compile();
  dues_apply what = DUES_APPLY_INIT;
  what.result = july.get();
  EXPECT_EQ(apply_wrong(open(another.get()).get(), what).status, DUES_WRONG_OPTION) << "a result of another tariff";
}

TEST(ledger_through_c, balances_and_history_are_as_of_a_day_and_as_known_on_a_day) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  record(kept.get(), R"({"event": "reversal", "id": "b1", "account": "Chen", "date": "2026-01-25", "of": "p1", "reason": "bounced"})");
  dues_ledger_view chen = as_of(on_january(16), "Chen");
  EXPECT_EQ(told(balances(kept.get(), &chen)), "140.00 open, 6.00 penalties, 0.00 credit") << "as if it had never been";
  chen.known_at = on_january(24);
  EXPECT_EQ(told(balances(kept.get(), &chen)), "40.00 open, 0.00 penalties, 0.00 credit") << "before it bounced";
  const std::string known = text_of(kept.get(), DUES_HISTORY_JSON, &chen);
  EXPECT_TRUE(has(known, {R"("event": "payment")", R"("version":4)"}));
  EXPECT_EQ(known.find("bounced"), std::string::npos);
  chen.known_at = DUES_OPEN_END;
  chen.as_of = DUES_OPEN_END;
  EXPECT_TRUE(has(text_of(kept.get(), DUES_HISTORY_JSON, &chen), {"bounced", R"("event": "reversal")"}));
  const std::string csv = text_of(kept.get(), DUES_ENTRIES_CSV);
  EXPECT_TRUE(has(csv, {"account,entry,id,date", ",bounced,"}));
}

TEST(ledger_through_c, an_allocation_says_why_it_came_first) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  dues_ledger_view chen = as_of(on_january(15), "Chen");
  EXPECT_EQ(text_of(kept.get(), DUES_BALANCES_JSON, &chen).find("sentence"), std::string::npos);
  chen.flags = DUES_WHY;
  EXPECT_TRUE(has(text_of(kept.get(), DUES_BALANCES_JSON, &chen), {"CNY 100.00 went to " + management + " (principal) before " + water}));
}

TEST(ledger_through_c, openings_begin_another_book_with_the_same_balances) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  const dues_ledger_view on_25 = as_of(on_january(25));
  const ledger_ptr moved = open(of.get());
  record(moved.get(), text_of(kept.get(), DUES_OPENINGS_JSON, &on_25));
  EXPECT_EQ(told(balances(moved.get(), &on_25)), told(balances(kept.get(), &on_25)));
  dues_text none = {nullptr, 0};
  EXPECT_EQ(dues_ledger_text(kept.get(), nullptr, DUES_OPENINGS_JSON, &none, nullptr), DUES_WRONG_OPTION) << "on which day?";
  EXPECT_EQ(dues_ledger_text(kept.get(), &on_25, DUES_LEDGER_JSON, &none, nullptr), DUES_WRONG_OPTION) << "what is stored has no day";
}

TEST(ledger_through_c, an_account_of_which_nothing_is_known_owes_nothing_and_has_no_texts) {
  const house::tariff_ptr of = compile();
  const ledger_ptr kept = book::kept(of.get());
  dues_ledger_view nobody = DUES_LEDGER_VIEW_INIT;
  nobody.account = str("Chan");
  EXPECT_EQ(balances(kept.get(), &nobody).version, 0U);
  EXPECT_EQ(balances(kept.get(), &nobody).accounts, 0U);
  dues_text none = {nullptr, 0};
  dues_error error = DUES_ERROR_INIT;
  for (const std::int32_t form : {DUES_LEDGER_JSON, DUES_BALANCES_JSON, DUES_HISTORY_JSON, DUES_ENTRIES_CSV}) EXPECT_EQ(dues_ledger_text(kept.get(), &nobody, form, &none, &error), DUES_NOT_FOUND);
  EXPECT_STREQ(error.code, "L190");
  ArrowArrayStream stream = {};
  EXPECT_EQ(dues_ledger_arrow(kept.get(), &nobody, DUES_BALANCES, &stream, nullptr), DUES_NOT_FOUND);
}

TEST(ledger_through_c, a_rate_that_is_not_known_is_told_and_given_beside_the_ledger) {
  const house::tariff_ptr of = house::compile(R"({
    "dues_tariff": "1", "id": "court", "edition": "1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "Court"},
    "reads": {"references": [{"id": "lpr", "type": "rate_per_year"}]},
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 9}}],
    "fees": [{"id": "management", "kind": "recurring", "name": {"en": "M"}, "price": "100.00", "schedule": "monthly", "penalty": "late"}],
    "penalties": [{"id": "late", "name": {"en": "Late"}, "components": [{"id": "late", "rate": {"reference": "lpr", "per": "year"}}]}]})");
  const std::string_view charge = R"({"event": "charge", "account": "Chen", "unit": "1", "fee": "management", "period": "2026-01-01", "issue": "2026-01-01", "due": "2026-01-10", "amount": "36500.00"})";
  const dues_ledger_view on_20 = as_of(on_january(20));
  const ledger_ptr without = open(of.get());
  record(without.get(), charge);
  dues_account_info info{};
  info.struct_size = sizeof info;
  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(dues_ledger_get(without.get(), &on_20, &info, &error), DUES_BAD_LEDGER);
  EXPECT_STREQ(error.code, "P109");

  const dues_str rates = str(R"({"dues_references": "1", "references": [{"reference": "lpr", "from": "2026-01-01", "value": "3.00%"}]})");
  dues_ledger_source source = DUES_LEDGER_SOURCE_INIT;
  source.references = &rates;
  source.reference_count = 1;
  dues_ledger* made = nullptr;
  ASSERT_EQ(dues_ledger_open(of.get(), &source, &made, nullptr, &error), DUES_OK) << error.message;
  const ledger_ptr with(made);
  record(with.get(), charge);
  // Ten days of 36,500 x 3 % / 365.
  EXPECT_EQ(told(balances(with.get(), &on_20)), "36500.00 open, 30.00 penalties, 0.00 credit");
  const dues_str wrong = str(R"({"dues_references": "2"})");
  source.references = &wrong;
  EXPECT_EQ(dues_ledger_open(of.get(), &source, &made, nullptr, &error), DUES_BAD_HISTORY);
  EXPECT_STREQ(error.pointer, "/dues_references");
}

}  // namespace
