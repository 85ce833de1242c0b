// SPDX-License-Identifier: Apache-2.0
//
// Explanations and payoffs: data that adds up, sentences in two languages, what settles a debt on a day.
#include "penalty/penalty_house.hpp"

namespace {

using dues_test::day;
using dues_test::history_of;
using dues_test::receivable;
using dues_test::tariff_with;
using dues_test::units;

std::vector<std::string> said(const dues::accrual& made, const dues::language& words) {
  std::vector<std::string> out;
  for (const auto& component : made.components)
    for (const auto& segment : component.segments) out.push_back(dues::sentence(segment, words));
  return out;
}

TEST(an_explanation, says_each_segment_in_english_and_chinese) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}, "limits": [{"at_most": {"rate": {"percent": "12%", "per": "year"}}}]},
    {"id": "fee", "class": "costs", "rate": {"amount": "25.00", "per": "once"}}, {"id": "month", "rate": {"percent": "1%", "per": "month"}})");
  const auto made = dues_test::accrued(tariff, history_of(receivable("1000.00", "2026-03-31", R"("changes": [{"on": "2026-04-10", "kind": "payment", "amount": "500.00"}])")), "2026-04-30");
  EXPECT_EQ(said(made, dues::language::english()), (std::vector<std::string>{
      "2026-04-01 to 2026-04-10: 1000.00 x 12% a year x 10/365 = 240/73; the ceiling holds", "2026-04-11 to 2026-04-30: 500.00 x 12% a year x 20/365 = 240/73; the ceiling holds",
      "2026-04-01: 25.00 once", "2026-04-30: for the month 500.00 x 1% = 5.00"}));
  EXPECT_EQ(said(made, dues::language::chinese())[0], "2026-04-01 至 2026-04-10：1000.00 × 12%（每年）× 10/365 = 240/73；适用上限");
}

TEST(an_explanation, says_how_the_total_came_about) {
  const auto program = dues_test::compiled_penalty(tariff_with(R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}, "limits": [{"at_most": {"of_principal": "5%"}}]})"));
  const auto history = dues::read_penalty_history(program, history_of(receivable("268.80", "2026-03-31")));
  const auto on = [&](std::string_view date, const dues::language& words) {
    const auto made = dues::accrue(history.terms, history.receivables[0], day(date));
    return dues::sentence(*program, program->penalties[0], made.components[0], words);
  };
  EXPECT_EQ(on("2026-03-31", dues::language::english()), "Late / late: nothing has accrued");
  EXPECT_EQ(on("2026-05-10", dues::language::english()), "Late / late: 5.376 accrued, rounded 5.38");
  EXPECT_EQ(on("2026-12-31", dues::language::english()), "Late / late: 36.96 accrued, a limit makes it 13.44");
  EXPECT_EQ(on("2026-12-31", dues::language::chinese()), "Late / late：计得 36.96，按限额为 13.44");
}

TEST(an_accrual, is_written_as_data_with_its_clauses) {
  const auto program = dues_test::compiled_penalty(tariff_with(R"({"id": "late", "cites": ["Contract 12"], "rate": {"percent": "0.05%", "per": "day"}})"));
  const auto history = dues::read_penalty_history(program, history_of(receivable("268.80", "2026-03-31", R"("settled": [{"kind": "waiver", "on": "2026-05-10", "amount": "2.69"}])")));
  const std::string json = dues::to_json(dues::accrue(history.terms, history.receivables[0], day("2026-05-10")), *program, false);
  EXPECT_EQ(json, R"({"receivable":"R1","penalty":"late","as_of":"2026-05-10","components":[{"component":"late","class":"penalties","cites":["Contract 12"],"exact":"5.376",)"
                  R"("total":"5.38","paid":"0.00","waived":"2.69","open":"2.69","sentence":{"en":"Late / late: 5.376 accrued, rounded 5.38","zh":"Late / late：计得 5.376，舍入为 5.38"},)"
                  R"("segments":[{"is":"days","from":"2026-04-01","to":"2026-05-11","days":40,"base":"268.80","rate":"0.05%","per":"day","fraction":"1","amount":"5.376",)"
                  R"("rate_at":"/penalties/0/components/0/rate","sentence":{"en":"2026-04-01 to 2026-05-10: 268.80 x 0.05% a day x 40 days = 5.376",)"
                  R"("zh":"2026-04-01 至 2026-05-10：268.80 × 0.05%（每日）× 40 天 = 5.376"}}]}],"diagnostics":[]})");
}

TEST(a_payoff, is_what_is_open_and_what_accrues_to_the_day) {
  const auto history = dues_test::read(tariff_with(R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}})"), history_of(receivable("268.80", "2026-02-28",
      R"("changes": [{"on": "2026-04-20", "kind": "payment", "amount": "213.73"}], "settled": [{"kind": "payment", "on": "2026-04-20", "amount": "6.85"}])")));
  const auto may = dues::payoff_on(history.terms, history.receivables[0], day("2026-05-31"));
  EXPECT_EQ(units(may.principal) + " " + units(may.components[0]) + " " + units(may.total), "55.07 1.13 56.20");
  const auto april = dues::payoff_on(history.terms, history.receivables[0], day("2026-04-19"));
  EXPECT_EQ(units(april.principal) + " " + units(april.components[0]), "268.80 6.72");  // fifty days
}

TEST(a_payoff, leaves_the_day_of_payment_out_where_the_policy_does) {
  const auto history = dues_test::read(tariff_with(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "payment_day_counts": false})"), history_of(receivable("100", "2026-01-31")));
  EXPECT_EQ(units(dues::payoff_on(history.terms, history.receivables[0], day("2026-02-10")).total), "109.00");
}

}  // namespace
