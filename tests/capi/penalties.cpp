// SPDX-License-Identifier: Apache-2.0
//
// What lateness costs, through C. By hand: R1 bears 1.00 a day for five days, then 0.40; R2 bears 0.50 a day from 21
// January on.
#include "book.hpp"

#include <dues/dues.hpp>

namespace {

using namespace book;
using house::taken;

dues_penalty_run run_of(std::int32_t form, std::int32_t day, std::string_view json = history) {
  dues_penalty_run run = DUES_PENALTY_RUN_INIT;
  run.day = day;
  run.form = form;
  run.history = str(json);
  return run;
}

std::string penalties(const dues_tariff* of, const dues_penalty_run& run) {
  dues_text out = {nullptr, 0};
  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(dues_penalties(of, &run, &out, nullptr, &error), DUES_OK) << error.code << ' ' << error.pointer << ": " << error.message;
  return taken(out);
}

std::int32_t status_of(const dues_tariff* of, const dues_penalty_run& run, dues_error* error = nullptr) {
  dues_text out = {nullptr, 0};
  const std::int32_t status = dues_penalties(of, &run, &out, nullptr, error);
  EXPECT_EQ(out.data != nullptr, status == DUES_OK);
  dues_text_free(&out);
  return status;
}

bool begins(const std::string& text, std::string_view with) { return text.compare(0, with.size(), with) == 0; }

TEST(penalties_through_c, sums_to_a_day_come_with_their_segments) {
  const house::tariff_ptr of = compile();
  dues_penalty_run run = run_of(DUES_ACCRUALS_JSON, on_january(25));
  // R1: 5 x 1.00 + 10 x 0.40 = 9.00; R2: 5 x 0.50 = 2.50.
  const std::string all = penalties(of.get(), run);
  EXPECT_TRUE(begins(all, R"({"as_of":"2026-01-25","currency":"CNY","total":"11.50","open":"11.50","failed":0,"receivables":[)")) << all;
  EXPECT_NE(all.find(R"("en":"2026-01-11 to 2026-01-15: 100.00 x 1% a day x 5 days = 5.00")"), std::string::npos) << all;
  run.account = str("Lin");
  const std::string lin = penalties(of.get(), run);
  EXPECT_TRUE(begins(lin, R"({"as_of":"2026-01-25","currency":"CNY","total":"2.50","open":"2.50","failed":0)")) << lin;
  EXPECT_EQ(lin.find("R1"), std::string::npos);
}

TEST(penalties_through_c, a_payoff_is_what_settles_it_on_the_day) {
  const house::tariff_ptr of = compile();
  const std::string all = penalties(of.get(), run_of(DUES_PAYOFFS_JSON, on_january(25)));
  // 40 + 9.00 and 50 + 2.50.
  EXPECT_EQ(all, R"({"on":"2026-01-25","currency":"CNY","total":"101.50","failed":0,"receivables":[)"
                 R"({"receivable":"R1","principal":"40.00","components":[{"component":"late","open":"9.00"}],"total":"49.00"},)"
                 R"({"receivable":"R2","principal":"50.00","components":[{"component":"late","open":"2.50"}],"total":"52.50"}]})");
}

TEST(penalties_through_c, payoffs_are_those_of_cpp_also_where_the_day_of_payment_does_not_count) {
  for (const std::string_view more : {"", R"(, "payment_day_counts": false)"}) {
    std::string changed(tariff);
    changed.replace(changed.find(R"("per": "day"})"), 13, R"("per": "day"})" + std::string(more));
    const house::tariff_ptr of = house::compile(changed);
    const auto program = dues::compile(changed).compiled;
    const dues::penalty_history read = dues::read_penalty_history(program, history);
    for (const std::int32_t day : {9, 10, 11, 15, 16, 25, 31}) {
      const std::string all = penalties(of.get(), run_of(DUES_PAYOFFS_JSON, on_january(day)));
      dues::int128 sum = 0;
      for (const dues::receivable_history& one : read.receivables) sum += dues::payoff_on(read.terms, one, dues::civil_day{on_january(day)}).total;
      EXPECT_NE(all.find(R"("total":")" + dues::amount_text(sum, 2) + R"(","failed":0)"), std::string::npos) << day << ' ' << all;
    }
  }
}

TEST(penalties_through_c, posting_daily_or_once_comes_to_the_same) {
  const house::tariff_ptr of = compile();
  std::string posted;
  for (std::int32_t day = 1; day <= 31; ++day) {
    dues_penalty_run run = run_of(DUES_POSTINGS_JSON, on_january(day));
    run.posted = str(posted);
    posted = penalties(of.get(), run);
    EXPECT_TRUE(day != 25 || begins(posted, R"({"as_of":"2026-01-25","currency":"CNY","post":"0.90","failed":0)")) << posted;
  }
  dues_penalty_run again = run_of(DUES_POSTINGS_JSON, on_january(31));
  again.posted = str(posted);
  EXPECT_TRUE(begins(penalties(of.get(), again), R"({"as_of":"2026-01-31","currency":"CNY","post":"0.00","failed":0)"));
  // R1: 5.00 + 16 x 0.40 = 11.40; R2: 11 x 0.50 = 5.50.
  EXPECT_TRUE(begins(penalties(of.get(), run_of(DUES_POSTINGS_JSON, on_january(31))), R"({"as_of":"2026-01-31","currency":"CNY","post":"16.90","failed":0)"));
}

TEST(penalties_through_c, what_is_in_the_history_no_longer_is_taken_back) {
  const house::tariff_ptr of = compile();
  const std::string posted = penalties(of.get(), run_of(DUES_POSTINGS_JSON, on_january(25)));
  const std::string_view alone = R"({"dues_history": "1", "receivables": [{"receivable": "R2", "penalty": "late", "principal": "50.00", "due": "2026-01-20"}]})";
  dues_penalty_run run = run_of(DUES_POSTINGS_JSON, on_january(25), alone);
  run.posted = str(posted);
  const std::string made = penalties(of.get(), run);
  EXPECT_TRUE(begins(made, R"({"as_of":"2026-01-25","currency":"CNY","post":"-9.00","failed":0)")) << made;
  EXPECT_NE(made.find(R"({"receivable":"R1","components":[{"component":"late","total":"0.00","posted":"9.00","post":"-9.00"}]})"), std::string::npos) << made;
}

constexpr std::string_view by_reference = R"({
  "dues_tariff": "1", "id": "court", "edition": "1", "from": "2026-01-01", "currency": "CNY", "name": {"en": "Court"},
  "reads": {"references": [{"id": "lpr", "type": "rate_per_year"}]},
  "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 9}}],
  "fees": [{"id": "management", "kind": "recurring", "name": {"en": "M"}, "price": "100.00", "schedule": "monthly", "penalty": "late"}],
  "penalties": [{"id": "late", "name": {"en": "Late"}, "components": [{"id": "late", "rate": {"reference": "lpr", "per": "year"}}]}]})";

TEST(penalties_through_c, a_receivable_that_cannot_be_told_says_why_and_the_others_go_on) {
  const house::tariff_ptr of = house::compile(by_reference);
  const std::string_view two = R"({"dues_history": "1", "receivables": [
    {"receivable": "old", "penalty": "late", "principal": "36500.00", "due": "2025-12-01"},
    {"receivable": "new", "penalty": "late", "principal": "36500.00", "due": "2026-01-10"}]})";
  const dues_str rates = str(R"({"dues_references": "1", "references": [{"reference": "lpr", "from": "2026-01-01", "value": "3.00%"}]})");
  for (const std::int32_t form : {DUES_ACCRUALS_JSON, DUES_PAYOFFS_JSON, DUES_POSTINGS_JSON}) {
    dues_penalty_run run = run_of(form, on_january(20), two);
    run.references = &rates;
    run.reference_count = 1;
    const std::string made = penalties(of.get(), run);
    EXPECT_NE(made.find(R"("failed":1)"), std::string::npos) << made;
    EXPECT_NE(made.find("P110"), std::string::npos) << made;
    EXPECT_NE(made.find("\"30.00\""), std::string::npos) << "ten days of 36,500 x 3 % / 365: " << made;
    if (form != DUES_POSTINGS_JSON) continue;
    // What cannot be told now stays as it was posted.
    std::string posted = made;
    posted.replace(posted.find(R"("components":[])"), 15, R"("components":[{"component":"late","total":"12.00"}])");
    run.posted = str(posted);
    EXPECT_NE(penalties(of.get(), run).find(R"({"component":"late","total":"12.00","posted":"12.00","post":"0.00"})"), std::string::npos);
  }
}

TEST(penalties_through_c, receivables_that_are_counted_as_one_have_an_episode) {
  std::string changed(tariff);
  changed.replace(changed.find(R"("name": {"en": "Late"})"), 22, R"("name": {"en": "Late"}, "counted_per": "unit")");
  const house::tariff_ptr of = house::compile(changed);
  const std::string_view two = R"({"dues_history": "1", "receivables": [
    {"receivable": "A", "penalty": "late", "principal": "100.00", "due": "2026-01-10", "account": "Chen", "unit": "1"},
    {"receivable": "B", "penalty": "late", "principal": "50.00", "due": "2026-01-20", "account": "Chen", "unit": "1"}]})";
  const std::string made = penalties(of.get(), run_of(DUES_ACCRUALS_JSON, on_january(25), two));
  // 15 days of 1.00 and 5 of 0.50.
  EXPECT_TRUE(begins(made, R"({"as_of":"2026-01-25","currency":"CNY","total":"17.50")")) << made;
  EXPECT_NE(made.find(R"("episodes":[{"receivables":["A","B"],"from":"2026-01-11","accrued":)"), std::string::npos) << made;
  const std::string payoff = penalties(of.get(), run_of(DUES_PAYOFFS_JSON, on_january(25), two));
  EXPECT_TRUE(begins(payoff, R"({"on":"2026-01-25","currency":"CNY","total":"167.50")")) << payoff;
}

TEST(penalties_through_c, what_cannot_be_read_is_refused_with_its_place) {
  const house::tariff_ptr of = compile();
  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(status_of(of.get(), run_of(DUES_ACCRUALS_JSON, on_january(1), R"({"dues_history": "1", "receivables": [{"receivable": "R", "penalty": "lat", "principal": "1", "due": "2026-01-01"}]})"), &error), DUES_BAD_HISTORY);
  EXPECT_STREQ(error.code, "T110");
  EXPECT_STREQ(error.pointer, "/receivables/0/penalty");
  EXPECT_EQ(status_of(of.get(), run_of(DUES_ACCRUALS_JSON, on_january(1), "{"), &error), DUES_BAD_HISTORY);
  EXPECT_STREQ(error.code, "T116");
  EXPECT_EQ(status_of(of.get(), run_of(DUES_ACCRUALS_JSON, on_january(1), ""), &error), DUES_BAD_HISTORY);

  dues_penalty_run run = run_of(DUES_POSTINGS_JSON, on_january(25));
  for (const auto& [posted, code, pointer] : {
           std::tuple(R"({"receivables": []})", "T108", ""),
           std::tuple(R"({"currency": "USD", "receivables": []})", "L113", "/currency"),
           std::tuple(R"({"currency": "CNY", "receivables": [{"components": []}]})", "T108", "/receivables/0"),
           std::tuple(R"({"currency": "CNY", "receivables": [{"receivable": "R1", "components": [{"component": "late", "total": "1.005"}]}]})", "T100", "/receivables/0/components/0/total"),
           std::tuple(R"({"currency": "CNY", "receivables": [{"receivable": "R1", "components": [{"component": "late", "total": "1"}, {"component": "late", "total": "1"}]}]})", "T109", "/receivables/0/components/1"),
           std::tuple("[", "T116", "")}) {
    run.posted = str(posted);
    EXPECT_EQ(status_of(of.get(), run, &error), DUES_BAD_HISTORY) << posted;
    EXPECT_STREQ(error.code, code) << posted;
    EXPECT_STREQ(error.pointer, pointer) << posted;
  }
}

TEST(penalties_through_c, options_have_the_values_of_the_header) {
  const house::tariff_ptr of = compile();
  EXPECT_EQ(status_of(of.get(), run_of(-1, on_january(1))), DUES_WRONG_OPTION);
  EXPECT_EQ(status_of(of.get(), run_of(3, on_january(1))), DUES_WRONG_OPTION);
  EXPECT_EQ(status_of(of.get(), run_of(DUES_ACCRUALS_JSON, DUES_OPEN_END)), DUES_OUT_OF_RANGE);
  EXPECT_EQ(status_of(of.get(), run_of(DUES_ACCRUALS_JSON, INT32_MIN)), DUES_OUT_OF_RANGE);
  dues_penalty_run run = run_of(DUES_POSTINGS_JSON, on_january(1));
  run.account = str("Chen");
  EXPECT_EQ(status_of(of.get(), run), DUES_WRONG_OPTION);
  run = run_of(DUES_PAYOFFS_JSON, on_january(1));
  run.posted = str("{}");
  EXPECT_EQ(status_of(of.get(), run), DUES_WRONG_OPTION);
  run = run_of(DUES_PAYOFFS_JSON, on_january(1));
  run.struct_size = 8;
  EXPECT_EQ(status_of(of.get(), run), DUES_WRONG_OPTION);
  run = run_of(DUES_PAYOFFS_JSON, on_january(1));
  run.reference_count = 1;
  EXPECT_EQ(status_of(of.get(), run), DUES_NULL_ARGUMENT);
  EXPECT_EQ(status_of(of.get(), run_of(DUES_ACCRUALS_JSON, 2'932'896)), DUES_OK) << "the last day of all";
  EXPECT_EQ(status_of(of.get(), run_of(DUES_PAYOFFS_JSON, -719'162)), DUES_OK) << "the first";
}

}  // namespace
