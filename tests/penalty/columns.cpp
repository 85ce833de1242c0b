// SPDX-License-Identifier: Apache-2.0
//
// Penalties of many receivables at once are those of each: where days are summed up once, where a policy
// needs each for itself, and where something is wrong.
#include "penalty/penalty_house.hpp"

#include <random>

namespace {

using dues_test::day;
using dues_test::tariff_with;

struct made_columns {
  std::vector<std::int64_t> principal, paid;
  std::vector<dues::civil_day> due, paid_on;
  std::vector<std::uint32_t> paid_until;
  dues::overdue_columns all() const { return {principal, due, paid_until, paid_on, paid}; }
};

made_columns random_columns(std::uint64_t seed, std::size_t rows) {
  std::mt19937_64 roll(seed);
  const auto upto = [&roll](int most) { return static_cast<int>(roll() % static_cast<std::uint64_t>(most + 1)); };
  made_columns made;
  for (std::size_t i = 0; i < rows; ++i) {
    made.principal.push_back(upto(200'000));
    made.due.push_back(day("2023-01-01") + upto(400));
    std::vector<int> days{upto(900), upto(900), upto(900)};
    std::sort(days.begin(), days.end());
    for (int p = upto(3); p > 0; --p) {
      made.paid_on.push_back(day("2022-12-01") + days[static_cast<std::size_t>(3 - p)]);
      made.paid.push_back(upto(100'000));
    }
    made.paid_until.push_back(static_cast<std::uint32_t>(made.paid.size()));
  }
  return made;
}

void same_as_each(const std::string& component) {
  SCOPED_TRACE(component);
  const auto program = dues_test::compiled_penalty(tariff_with(component));
  ASSERT_TRUE(program);
  auto terms = dues::read_penalty_history(program, dues_test::history_of("", R"("references": [{"reference": "lpr", "from": "2022-01-01", "value": "3.45%"}, {"reference": "lpr", "from": "2023-08-21", "value": "3.35%"},
    {"reference": "lpr", "from": "2024-10-21", "value": "3.10%"}], )")).terms;
  const made_columns columns = random_columns(7, 400);
  for (const char* as_of : {"2022-06-01", "2023-06-30", "2025-03-01"}) {
    std::vector<std::int64_t> totals(400, -1);
    dues::diagnostics found;
    ASSERT_TRUE(dues::accrue_columns(terms, 0, 0, columns.all(), day(as_of), totals, found)) << found.all()[0].code;
    for (std::size_t i = 0; i < totals.size(); ++i) {
      dues::receivable_history one;
      one.penalty = 0;
      one.principal = columns.principal[i];
      one.due = columns.due[i];
      for (std::uint32_t p = i == 0 ? 0 : columns.paid_until[i - 1]; p < columns.paid_until[i]; ++p)
        one.changes.push_back({columns.paid_on[p], dues::principal_change_kind::payment, columns.paid[p]});
      ASSERT_EQ(dues::int128(totals[i]), dues::accrue(terms, one, day(as_of)).components[0].total) << "row " << i << " as of " << as_of;
    }
  }
}

TEST(columns_of_receivables, bear_what_each_bears) {
  for (const char* component : {
           R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}})",
           R"({"id": "late", "rate": {"percent": "0.3%", "per": "day"}, "payment_day_counts": false, "limits": [{"at_most": {"of_principal": "30%"}}]})",
           R"({"id": "late", "rate": {"reference": "lpr", "times": "1.3", "per": "year"}})",
           R"({"id": "late", "rate": {"reference": "lpr", "plus": "2%", "per": "year", "year_of": "360"}, "rounding": {"mode": "down"}})",
           R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}, "limits": [{"at_least": {"amount": "5"}}, {"at_most": {"amount": "120"}}, {"nothing_below": {"amount": "5.01"}}, {"at_most": {"rate": {"reference": "lpr", "times": 4, "per": "year"}}}]})",
           R"({"id": "late", "rate": [{"from": "2015-01-01", "is": {"percent": "10%", "per": "year"}}, {"from": "2023-07-01", "is": {"percent": "0%", "per": "day"}}, {"from": "2024-01-01", "is": {"percent": "0.02%", "per": "day"}}]})"})
    same_as_each(component);
}

TEST(columns_of_receivables, of_other_policies_are_accrued_each_for_itself) {
  for (const char* component : {
           R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}, "grace": {"days": 15, "then": "from_due_date"}})",
           R"({"id": "late", "rate": {"percent": "1%", "per": "month"}})",
           R"({"id": "late", "rate": {"percent": "10%", "per": "year", "year_of": "actual"}})",
           R"json({"id": "late", "rate": {"amount": "min(5, receivable.open / 10)", "per": "month"}})json"})
    same_as_each(component);
}

TEST(columns_of_receivables, with_payments_out_of_order_give_the_same) {
  const auto program = dues_test::compiled_penalty(tariff_with(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}})"));
  made_columns columns;
  columns.principal = {10'000, 10'000};
  columns.due = {day("2026-01-31"), day("2026-01-31")};
  columns.paid_on = {day("2026-02-20"), day("2026-02-10")};
  columns.paid = {2'000, 5'000};
  columns.paid_until = {2, 2};
  std::vector<std::int64_t> totals(2);
  dues::diagnostics found;
  ASSERT_TRUE(dues::accrue_columns({program, {}, {}}, 0, 0, columns.all(), day("2026-02-28"), totals, found));
  EXPECT_EQ(totals, (std::vector<std::int64_t>{1'740, 2'800}));  // 10 x 1.00 + 10 x 0.50 + 8 x 0.30
}

TEST(columns_of_receivables, tell_which_has_no_published_rate) {
  const auto program = dues_test::compiled_penalty(tariff_with(R"({"id": "late", "rate": {"reference": "lpr", "per": "year"}})"));
  dues::penalty_terms terms{program, {}, {}};
  terms.references.emplace("lpr", dues::reference_series("lpr", {{day("2026-02-01"), dues::open_end, *dues::decimal::parse("0.0365")}}));
  made_columns columns;
  columns.principal = {100'000, 100'000};
  columns.due = {day("2026-01-01"), day("2026-01-31")};
  std::vector<std::int64_t> totals(2, -1);
  dues::diagnostics found;
  EXPECT_FALSE(dues::accrue_columns(terms, 0, 0, columns.all(), day("2026-02-10"), totals, found));
  EXPECT_EQ(totals, (std::vector<std::int64_t>{0, 100}));
  ASSERT_EQ(found.all().size(), 1U);
  EXPECT_EQ(found.all()[0].code, "P110");
  EXPECT_EQ(found.all()[0].pointer, "/penalties/0/components/0/rate");
}

}  // namespace
