// SPDX-License-Identifier: Apache-2.0
//
// What a policy or a history can get wrong: code, place and values.
#include "penalty/penalty_house.hpp"

namespace {

using dues_test::history_of;
using dues_test::receivable;
using dues_test::tariff_with;

/// "T117 /penalties/..." of each error.
std::vector<std::string> told(const dues::diagnostics& found) {
  std::vector<std::string> out;
  for (const dues::diagnostic& one : found.all())
    if (one.level == dues::severity::error) out.push_back(one.code + " " + one.pointer);
  return out;
}

TEST(a_policy, that_cannot_be_meant_is_refused_when_it_is_compiled) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "limits": [{"at_most": {"amount": "-1"}}]})", "T117"},
      {R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "limits": [{"at_most": {"of_principal": "-1%"}}]})", "T117"},
      {R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "limits": [{"nothing_below": {"amount": "5"}}, {"at_most": {"amount": "4.99"}}]})", "T117"},
      {R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "limits": [{"nothing_below": {"amount": "5"}}, {"nothing_below": {"amount": "4"}}]})", "T230"},
      {R"({"id": "late", "rate": {"steps": [{"days_overdue_up_to": 30, "rate": {"percent": "1%", "per": "day"}}, {"days_overdue_up_to": 20, "rate": {"percent": "1%", "per": "day"}}, {"rate": {"percent": "1%", "per": "day"}}]}})", "T220"},
      {R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "grace": {"days": 1000000, "then": "from_due_date"}})", "T117"},
      {R"({"id": "late", "rate": {"percent": "1%", "per": "year"}, "broken_year": "by_days"})", "T230"},
      {R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "compounds_every_months": 12})", "T230"},
      {R"({"id": "late", "rate": {"percent": "1%", "per": "year"}, "compounds_every_months": 0})", "T117"},
      {R"({"id": "late", "on": ["principal", "late"], "rate": {"percent": "1%", "per": "day"}})", "T207"}};
  for (const auto& [component, code] : rows) {
    const auto made = dues::compile(tariff_with(component));
    ASSERT_FALSE(told(made.found).empty()) << component;
    EXPECT_TRUE(told(made.found)[0].starts_with(code + " /penalties/0/components/0")) << told(made.found)[0];
  }
}

TEST(a_limit, that_comes_out_below_zero_is_an_error) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}, "limits": [{"at_most": {"amount": "receivable.open - 50"}}]})");
  EXPECT_EQ(dues_test::total(tariff, history_of(receivable("100", "2026-01-31")), "2026-02-10"), "10.00");
  const auto made = dues_test::accrued(tariff, history_of(receivable("40", "2026-01-31")), "2026-02-10");
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(told(made.found), (std::vector<std::string>{"P117 /penalties/0/components/0/limits/0"}));
  EXPECT_EQ(made.found.all()[0].value("is"), "-10.00");
  EXPECT_TRUE(made.components.empty());
}

TEST(an_amount, that_divides_by_zero_or_is_too_large_is_an_error) {
  const std::string divides = tariff_with(R"json({"id": "late", "rate": {"amount": "if(unit.area > 5, 1, 1 / unit.area)", "per": "once"}})json");
  EXPECT_EQ(dues_test::total(divides, history_of(receivable("100", "2026-01-31", R"("facts": [{"name": "unit.area", "is": 0}])")), "2026-02-10"), "P114");
  const std::string large = tariff_with(R"({"id": "late", "rate": {"percent": "99999999999999%", "per": "day"}})");
  EXPECT_EQ(dues_test::total(large, history_of(receivable("9999999999999999999999999999.99", "1950-01-31")), "2026-02-10"), "P115");
}

TEST(a_table, without_a_cell_or_a_version_is_an_error) {
  const std::string tariff = tariff_with(R"({"id": "late", "rate": {"amount": "value.by_type", "per": "month"}})");
  const std::string shop = R"("facts": [{"name": "unit.type", "is": "shop", "from": "2026-03-01"}])";
  EXPECT_EQ(dues_test::total(tariff, history_of(receivable("100", "2026-01-31", shop)), "2026-02-28"), "P113");
  EXPECT_EQ(dues_test::total(tariff, history_of(receivable("100", "2026-02-28", shop)), "2026-03-28"), "20.00");
}

TEST(a_history, is_refused_with_the_place_of_each_mistake) {
  const auto program = dues_test::compiled_penalty(tariff_with(R"({"id": "late", "rate": {"percent": "1%", "per": "day"}}, {"id": "fee", "rate": {"amount": "1", "per": "once"}})"));
  const std::vector<std::pair<std::string, std::string>> rows{
      {"{}", "T108 "},
      {R"({"dues_history": "2", "receivables": []})", "T100 /dues_history"},
      {R"({"dues_history": "1", "receivables": [], "payments": []})", "T101 /payments"},
      {history_of(R"({"receivable": "R1", "penalty": "lat", "principal": "1", "due": "2026-01-31"})"), "T110 /receivables/0/penalty"},
      {history_of(receivable("1.005", "2026-01-31")), "T117 /receivables/0/principal"},
      {history_of(receivable("-1", "2026-01-31")), "T117 /receivables/0/principal"},
      {history_of(receivable("1%", "2026-01-31")), "T104 /receivables/0/principal"},
      {history_of(receivable("1", "2026-02-30")), "T107 /receivables/0/due"},
      {history_of(receivable("1", "2026-01-31") + "," + receivable("1", "2026-01-31")), "T109 /receivables/1"},
      {history_of(receivable("1", "2026-01-31", R"("changes": [{"on": "2026-02-01", "kind": "paid", "amount": "1"}])")), "T105 /receivables/0/changes/0/kind"},
      {history_of(receivable("1", "2026-01-31", R"("changes": [{"on": "2026-02-01", "kind": "payment", "amount": "-1"}])")), "T117 /receivables/0/changes/0/amount"},
      {history_of(receivable("1", "2026-01-31", R"("settled": [{"on": "2026-02-01", "kind": "waiver", "amount": "1"}])")), "T108 /receivables/0/settled/0"},
      {history_of(receivable("1", "2026-01-31", R"("settled": [{"on": "2026-02-01", "kind": "waiver", "component": "lat", "amount": "1"}])")), "T110 /receivables/0/settled/0/component"},
      {history_of(receivable("1", "2026-01-31", R"("left_out": [{"kind": "dispute", "from": "2026-02-02", "to": "2026-02-01"}])")), "T112 /receivables/0/left_out/0/to"},
      {history_of(receivable("1", "2026-01-31", R"("facts": [{"name": "unit.kind", "is": "shop"}])")), "T110 /receivables/0/facts/0/name"},
      {history_of(receivable("1", "2026-01-31", R"("facts": [{"name": "unit.type", "is": "flat"}])")), "T105 /receivables/0/facts/0/is"},
      {history_of(receivable("1", "2026-01-31"), R"("references": [{"reference": "lpr", "from": "2026-01-01", "value": "0.03"}], )"), "T103 /references/0/value"},
      {history_of(receivable("1", "2026-01-31"), R"("references": [{"reference": "lpr", "from": "2026-01-01", "value": "3%"}, {"reference": "lpr", "from": "2026-01-01", "value": "4%"}], )"), "T109 /references/1"}};
  for (const auto& [history, wanted] : rows) {
    const auto made = dues::read_penalty_history(program, history);
    ASSERT_FALSE(told(made.found).empty()) << history;
    EXPECT_TRUE(told(made.found)[0].starts_with(wanted)) << told(made.found)[0] << " of " << history;
    EXPECT_TRUE(made.receivables.empty());
  }
}

}  // namespace
