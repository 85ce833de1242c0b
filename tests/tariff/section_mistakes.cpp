// SPDX-License-Identifier: Apache-2.0
//
// What the sections beside fees can get wrong, each with code, place and values.
#include "tariff/section_tariff.hpp"

namespace {

using dues_test::change;
using dues_test::compiled_sections;
using dues_test::expect_told;

struct row {
  std::string why;
  std::vector<change> changes;
  std::vector<std::string> mistakes;  ///< before the warnings that every edition with sections has
};

void expect_mistakes(const std::vector<row>& rows) {
  for (const row& one : rows) {
    SCOPED_TRACE(one.why);
    const dues::compile_result result = compiled_sections(one.changes);
    // A row may be about a section that it takes out or that others read: then it names all itself.
    std::vector<dues::diagnostic> mistakes;
    for (const dues::diagnostic& found : result.found.all())
      if (found.code != "T160" && found.code != "T120") mistakes.push_back(found);
    expect_told(mistakes, one.mistakes);
    EXPECT_EQ(result.compiled == nullptr, result.found.has_errors());
  }
}

TEST(the_tariff_with_all_sections, is_right_and_warned_of_each_section_once) {
  const dues::compile_result result = compiled_sections({});
  expect_told(result.found.all(), dues_test::section_warnings());
  EXPECT_NE(result.compiled, nullptr);
}

TEST(discount_mistakes, are_told_with_code_place_and_values) {
  const std::string early = "/discounts/1/best_of/1";
  expect_mistakes({
      {"a misspelt field", {{"/discounts/0/percent", "\"5%\""}}, {"T101 /discounts/0/percent | name=percent | of=discount"}},
      {"a condition that is none", {{"/discounts/0/when/vacan", "1"}}, {"T101 /discounts/0/when/vacan | of=when | nearest=vacant"}},
      {"no fees", {{"/discounts/0/of", {}}}, {"T108 /discounts/0 | of=discount | name=of"}},
      {"an empty list of fees", {{"/discounts/0/of", "[]"}}, {"T100 /discounts/0/of | wanted=at least one fee"}},
      {"no such fee", {{"/discounts/0/of/0", "\"managment\""}}, {"T110 /discounts/0/of/0 | of=fee | id=managment | nearest=management"}},
      {"a fee twice", {{"/discounts/0/of/-", "\"management\""}}, {"T109 /discounts/0/of/1 | of=of | id=management"}},
      {"nothing given", {{"/discounts/0/give", "{}"}}, {"T106 /discounts/0/give | of=give | has=none"}},
      {"two gifts", {{early + "/give/amount", "5"}}, {"T106 /discounts/1/best_of/1/give | has=percent and amount"}},
      {"a percentage without its sign", {{early + "/give/percent", "0.05"}}, {"T103 /discounts/1/best_of/1/give/percent@0 | text=0.05"}},
      {"a percentage for money", {{"/discounts/2/give/amount", "\"5%\""}}, {"T104 /discounts/2/give/amount@0"}},
      {"more than all", {{early + "/give/percent", "\"100.5%\""}}, {"T117 /discounts/1/best_of/1/give/percent | name=percent | is=100.5% | wanted=0% to 100%"}},
      {"less than nothing", {{"/discounts/2/give/amount", "\"-1\""}}, {"T117 /discounts/2/give/amount | is=-1 | wanted=0 or more"}},
      {"no free month", {{"/discounts/1/best_of/0/give/free_months", "0"}}, {"T117 /discounts/1/best_of/0/give/free_months"}},
      {"each of a percentage", {{early + "/give/each", "\"line\""}}, {"T230 /discounts/1/best_of/1/give/each | what=each goes with amount"}},
      {"each bill", {{"/discounts/2/give/each", "\"bill\""}}, {"T105 /discounts/2/give/each | word=bill | words=line"}},
      {"a condition that is a number", {{"/discounts/2/when/condition", "\"unit.area\""}}, {"T204 /discounts/2/when/condition@0"}},
      {"what is owed, in a discount", {{"/discounts/2/give/amount", "\"receivable.open\""}}, {"T202 /discounts/2/give/amount@0 | name=receivable.open"}},
      {"the line, where only units are asked for", {{"/discounts/0/where", "\"line.gross > 100\""}}, {"T202 /discounts/0/where@0 | name=line.gross"}},
      {"a subscription's price for a fee of units", {{"/discounts/2/give/amount", "\"subscription.price\""}}, {"T202 /discounts/2/give/amount@0"}},
      {"a word that is none", {{"/discounts/2/when/condition", "\"account.class = 'reducd'\""}}, {"T206 /discounts/2/when/condition@16 | word=reducd | nearest=reduced"}},
      {"a condition never true", {{"/discounts/2/when/condition", "\"account.class = 'reduced' and account.class = 'normal'\""}}, {"T121 /discounts/2/when/condition"}},
      {"no condition named", {{"/discounts/0/when", "{}"}}, {"T100 /discounts/0/when"}},
      {"two days to pay by", {{early + "/when/paid_by/date", "\"2026-03-31\""}}, {"T106 /discounts/1/best_of/1/when/paid_by | has=month_day and date"}},
      {"a day that no year has", {{early + "/when/paid_by/month_day", "\"02-30\""}}, {"T107 /discounts/1/best_of/1/when/paid_by/month_day"}},
      {"vacant until before it begins", {{"/discounts/0/when/vacant/through_month", "6"}}, {"T117 /discounts/0/when/vacant/through_month | is=6 | wanted=a whole number from 7 to 1200"}},
      {"no approval", {{"/discounts/0/when/vacant/approval", {}}}, {"T108 /discounts/0/when/vacant | of=vacant | name=approval"}},
      {"a window that ends before it begins", {{"/discounts/2/window/through", "\"2026-02-09\""}}, {"T112 /discounts/2/window/through | is=2026-02-09 | before=2026-02-10"}},
      {"a window without a kind of date", {{"/discounts/2/window/of", {}}}, {"T108 /discounts/2/window | name=of"}},
      {"borne by nobody known", {{"/discounts/2/funded_by", "\"partner\""}}, {"T105 /discounts/2/funded_by | word='partner'"}},
      {"a partner without a name", {{"/discounts/2/funded_by/partner", "\"\""}}, {"T100 /discounts/2/funded_by/partner"}},
      {"a cap of both kinds", {{"/discounts/2/at_most/percent", "\"5%\""}}, {"T106 /discounts/2/at_most | has=percent and amount"}},
      {"a cap of facts", {{"/discounts/2/at_most/amount", "\"unit.area\""}}, {"T202 /discounts/2/at_most/amount@0"}},
      {"a cap for nothing", {{"/discounts/2/at_most/per", {}}}, {"T108 /discounts/2/at_most | name=per"}},
      {"finer than the currency", {{"/discounts/0/rounding", "{\"places\": 3}"}}, {"T117 /discounts/0/rounding/places"}},
      {"a group of one", {{early, {}}}, {"T100 /discounts/1/best_of | wanted=a list of at least 2"}},
      {"a group with fees of its own", {{"/discounts/1/of", "[\"management\"]"}}, {"T101 /discounts/1/of | of=group of discounts"}},
      {"a group in a group", {{early + "/best_of", "[]"}}, {"T101 /discounts/1/best_of/1/best_of | of=discount"}},
      {"a member called as a discount", {{early + "/id", "\"empty\""}}, {"T109 /discounts/1/best_of/1/id | of=discounts | id=empty"}},
      {"relief that is capped by line", {{"/discounts/2/give", "{\"penalty_relief\": \"50%\"}"}}, {"T230 /discounts/2/at_most"}},
      {"a value that begins after the discount", {{"/values/-", R"({"id": "part", "is": [{"from": "2026-02-11", "is": "5%"}]})"}, {"/discounts/2/give", "{\"percent\": \"value.part\"}"}},
       {"T111 /discounts/2 | name=value.part | first=2026-02-11 | from=2026-02-10"}},
      {"a member that reaches a fee alone", {{early + "/of/-", "\"card\""}}, {"T251 /discounts/1/best_of/1/of | member=early | fee=card"}},
      // 30 % and, of the group, 25 %: its other member gives months.
      {"two that may pass the limit", {{early + "/give/percent", "\"25%\""}}, {"T250 /discount_limits/0 | discounts=empty, early | is=55% | limit=50% | fee=management"}},
      {"a limit for nothing", {{"/discount_limits/0/per", {}}}, {"T108 /discount_limits/0 | of=discount_limit | name=per"}},
      {"a limit of facts", {{"/discount_limits/0/at_most", "{\"amount\": \"unit.area\"}"}}, {"T202 /discount_limits/0/at_most/amount@0"}},
      {"paying ahead for no fee", {{"/prepayments/0/of/0", "\"water\""}}, {"T110 /prepayments/0/of/0 | id=water"}},
      {"no month ahead", {{"/prepayments/0/at_most_months", "0"}}, {"T117 /prepayments/0/at_most_months"}},
      {"a price that is neither", {{"/prepayments/0/price", "\"fixed\""}}, {"T105 /prepayments/0/price | word=fixed"}},
      {"two of one id", {{"/prepayments/-", R"({"id": "ahead", "of": ["card"]})"}}, {"T109 /prepayments/1/id | of=prepayment | id=ahead"}},
  });
}

TEST(penalty_mistakes, are_told_with_code_place_and_values) {
  const std::string late = "/penalties/0/components/0";
  const std::string fixed = "/penalties/1/components/0";
  const std::string interest = "/penalties/1/components/1";
  expect_mistakes({
      {"no such penalty", {{"/fees/0/penalty", "\"lat\""}}, {"T110 /fees/0/penalty | of=penalty | id=lat | nearest=late"}},
      {"a penalty without a name", {{"/penalties/0/name", {}}}, {"T108 /penalties/0 | of=penalty | name=name"}},
      {"two of one id", {{"/penalties/1/id", "\"late\""}}, {"T109 /penalties/1/id | of=penalties | id=late", "T110 /fees/2/penalty | id=legal"}},
      {"without a component", {{"/penalties/0/components", "[]"}}, {"T100 /penalties/0/components | wanted=a list of at least 1"}},
      {"two components of one id", {{interest + "/id", "\"fixed\""}}, {"T109 /penalties/1/components/1/id | of=components | id=fixed"}},
      {"a component called as a word of on", {{late + "/id", "\"principal\""}}, {"T230 /penalties/0/components/0/id"}},
      {"paid as principal", {{late + "/class", "\"principal\""}}, {"T105 /penalties/0/components/0/class | word=principal"}},
      {"days that are none", {{"/penalties/0/days_left_out/0", "\"holiday\""}}, {"T105 /penalties/0/days_left_out/0 | word=holiday"}},
      {"days twice", {{"/penalties/0/days_left_out/-", "\"dispute\""}}, {"T109 /penalties/0/days_left_out/1 | id=dispute"}},
      {"no rate", {{late + "/rate", {}}}, {"T108 /penalties/0/components/0 | name=rate"}},
      {"a rate without its sign", {{late + "/rate/percent", "0.0005"}}, {"T103 /penalties/0/components/0/rate/percent@0 | text=0.0005"}},
      {"a negative rate", {{late + "/rate/percent", "\"-1%\""}}, {"T117 /penalties/0/components/0/rate/percent | wanted=0% or more"}},
      {"a percentage for an amount", {{fixed + "/rate/higher_of/1/amount", "\"5%\""}}, {"T104 /penalties/1/components/0/rate/higher_of/1/amount@0"}},
      {"a rate for no time", {{late + "/rate/per", {}}}, {"T108 /penalties/0/components/0/rate | name=per"}},
      {"a rate per week", {{late + "/rate/per", "\"week\""}}, {"T105 /penalties/0/components/0/rate/per | word=week"}},
      {"two rates in one", {{late + "/rate/amount", "1"}}, {"T106 /penalties/0/components/0/rate | of=rate | has=percent and amount"}},
      {"a rate and steps", {{late + "/rate/steps", "[]"}, {late + "/rate/per", {}}}, {"T106 /penalties/0/components/0/rate | has=percent and steps"}},
      {"the higher of one", {{fixed + "/rate/higher_of/1", {}}}, {"T100 /penalties/1/components/0/rate/higher_of | wanted=a list of at least 2"}},
      {"the higher of three", {{fixed + "/rate/higher_of/-", R"({"amount": 1, "per": "day"})"}}, {"T208 /penalties/1/components/0/rate/higher_of | limit=2"}},
      {"days of the year by day", {{late + "/rate/year_of", "\"360\""}}, {"T230 /penalties/0/components/0/rate/year_of"}},
      {"days of the year as a number", {{interest + "/rate/steps/0/rate/year_of", "360"}}, {"T100 /penalties/1/components/1/rate/steps/0/rate/year_of"}},
      {"months by day", {{late + "/rate/month", "\"started\""}}, {"T230 /penalties/0/components/0/rate/month"}},
      {"times without a reference", {{late + "/rate/times", "4"}}, {"T230 /penalties/0/components/0/rate/times"}},
      {"no such reference", {{late + "/limits/1/at_most/rate/reference", "\"lpp\""}}, {"T110 /penalties/0/components/0/limits/1/at_most/rate/reference | of=reference | id=lpp | nearest=lpr"}},
      {"a reference by day", {{late + "/limits/1/at_most/rate/per", "\"day\""}}, {"T230 /penalties/0/components/0/limits/1/at_most/rate/per"}},
      {"an index of prices as a rate", {{"/reads/references/0/type", "\"index\""}}, {"T230 /penalties/0/components/0/limits/1/at_most/rate/reference"}},
      {"times of nothing", {{late + "/limits/1/at_most/rate/times", "0"}}, {"T117 /penalties/0/components/0/limits/1/at_most/rate/times | wanted=above 0"}},
      {"a penalty that reads the line", {{fixed + "/rate/higher_of/1/amount", "\"line.gross\""}}, {"T202 /penalties/1/components/0/rate/higher_of/1/amount@0"}},
      {"a share that reads what is owed", {{fixed + "/rate/higher_of/0/percent", "\"if(receivable.open > 5, 1%, 2%)\""}}, {"T202 /penalties/1/components/0/rate/higher_of/0/percent@3"}},
      {"steps that fall", {{interest + "/rate/steps/1/days_overdue_up_to", "30"}, {interest + "/rate/steps/-", R"({"rate": {"amount": 1, "per": "day"}})"}}, {"T220 /penalties/1/components/1/rate/steps/1/days_overdue_up_to | is=30 | before=30"}},
      {"no last step", {{interest + "/rate/steps/1/days_overdue_up_to", "60"}}, {"T221 /penalties/1/components/1/rate/steps/1"}},
      {"an open step before the last", {{interest + "/rate/steps/0/days_overdue_up_to", {}}}, {"T221 /penalties/1/components/1/rate/steps/0"}},
      {"borne by no component", {{interest + "/on/1", "\"fixd\""}}, {"T110 /penalties/1/components/1/on/1 | of=component | id=fixd | nearest=fixed"}},
      {"bearing on itself", {{interest + "/on/1", "\"interest\""}}, {"T207 /penalties/1/components/1/on | cycle=interest -> interest"}},
      {"bearing on each other", {{fixed + "/on", "[\"interest\"]"}}, {"T207 /penalties/1/components/0/on | cycle=fixed -> interest -> fixed"}},
      {"bearing on nothing", {{interest + "/on", "[]"}}, {"T100 /penalties/1/components/1/on"}},
      {"compounding by day", {{late + "/compounds_every_months", "12"}}, {"T230 /penalties/0/components/0/compounds_every_months"}},
      {"a broken year of what is simple", {{late + "/broken_year", "\"by_months\""}}, {"T230 /penalties/0/components/0/broken_year"}},
      {"a start that is none", {{interest + "/starts/on", "\"summons\""}}, {"T105 /penalties/1/components/1/starts/on | word=summons"}},
      {"a grace of both", {{late + "/grace/months", "1"}}, {"T106 /penalties/0/components/0/grace | has=days and months"}},
      {"a grace of no day", {{late + "/grace/days", "0"}}, {"T117 /penalties/0/components/0/grace/days"}},
      {"a grace without what follows", {{late + "/grace/then", {}}}, {"T108 /penalties/0/components/0/grace | name=then"}},
      {"a grace by no calendar", {{late + "/grace/last_day", R"({"calendar": "ch", "roll": "following"})"}}, {"T110 /penalties/0/components/0/grace/last_day/calendar | id=ch | nearest=cn"}},
      {"a limit of both kinds", {{late + "/limits/0/at_least", "{\"amount\": 1}"}}, {"T106 /penalties/0/components/0/limits/0 | has=at_most and at_least"}},
      {"two maximums in one", {{late + "/limits/0/at_most/amount", "1"}}, {"T106 /penalties/0/components/0/limits/0/at_most | has=of_principal and amount"}},
      {"two minimums", {{late + "/limits/-", R"({"at_least": {"amount": 1}})"}, {late + "/limits/-", R"({"at_least": {"amount": 2}})"}}, {"T230 /penalties/0/components/0/limits/3"}},
      {"a minimum above the maximum", {{late + "/limits/-", R"({"at_least": {"amount": 5}})"}, {late + "/limits/-", R"({"at_most": {"amount": 4}})"}},
       {"T117 /penalties/0/components/0/limits/3 | is=4 | wanted=at least 5"}},
      {"a ceiling in money", {{late + "/limits/1/at_most/rate", R"({"amount": 5, "per": "day"})"}}, {"T230 /penalties/0/components/0/limits/1/at_most/rate"}},
      {"a ceiling that holds once", {{late + "/limits/1/at_most/rate", R"({"percent": "5%", "per": "once"})"}}, {"T230 /penalties/0/components/0/limits/1/at_most/rate"}},
      // 0.05 % a day is 18.25 % a year.
      {"a rate above its ceiling", {{late + "/limits/1/at_most/rate", R"([{"from": "2025-05-20", "is": {"percent": "24%", "per": "year"}}, {"from": "2026-05-20", "is": {"percent": "12%", "per": "year"}}])"}},
       {"T261 /penalties/0/components/0/rate | is=0.05% per day | ceiling=12% per year | from=2026-05-20"}},
      {"a rate that begins late", {{late + "/rate", R"([{"from": "2026-01-02", "is": {"percent": "0.05%", "per": "day"}}])"}}, {"T111 /penalties/0/components/0/rate | name=late | first=2026-01-02 | from=2026-01-01"}},
      {"a value that begins late", {{"/values/-", R"({"id": "fine", "is": [{"from": "2026-02-01", "is": 5}]})"}, {fixed + "/rate/higher_of/1/amount", "\"value.fine\""}},
       {"T111 /penalties/1 | name=value.fine | first=2026-02-01 | from=2026-01-01"}},
      {"a rounding of neither", {{late + "/rounding", "{\"of\": \"line\"}"}}, {"T105 /penalties/0/components/0/rounding/of | word=line"}},
      {"finer than the currency", {{late + "/rounding", "{\"places\": 3}"}}, {"T117 /penalties/0/components/0/rounding/places"}},
      {"two references of one id", {{"/reads/references/-", R"({"id": "lpr", "type": "index"})"}}, {"T109 /reads/references/1/id | of=reference | id=lpr"}},
      {"a reference of no kind", {{"/reads/references/0/type", {}}}, {"T108 /reads/references/0 | of=reference | name=type"}},
  });
}

TEST(payment_mistakes, are_told_with_code_place_and_values) {
  expect_mistakes({
      {"no order", {{"/payments/order", {}}}, {"T108 /payments | of=payments | name=order"}},
      {"an empty order", {{"/payments/order", "[]"}}, {"T100 /payments/order | wanted=a list of at least 1"}},
      {"no ranking", {{"/payments/then", {}}}, {"T108 /payments | name=then"}},
      {"a bucket of nothing", {{"/payments/order/4", "{}"}}, {"T100 /payments/order/4"}},
      {"a class that is none", {{"/payments/order/0/class", "\"cost\""}}, {"T105 /payments/order/0/class | word=cost | nearest=costs"}},
      {"an age that is none", {{"/payments/order/2/age", "\"overdue\""}}, {"T105 /payments/order/2/age | word=overdue"}},
      {"no such fund", {{"/payments/order/0/fund", "\"reserv\""}}, {"T110 /payments/order/0/fund | of=fund | nearest=reserve"}},
      {"no such fee", {{"/payments/order/4/fees/0", "\"cards\""}}, {"T110 /payments/order/4/fees/0 | of=fee | id=cards | nearest=card"}},
      {"a bucket twice", {{"/payments/order/1", R"({"class": "costs"})"}, {"/payments/order/-", R"({"class": "interest"})"}},
       {"T230 /payments/order/1 | what=the bucket order/0 takes all that would fit this one"}},
      {"a bucket within one before", {{"/payments/order/0", R"({"fees": ["heating", "card", "management"]})"}},
       {"T230 /payments/order/4 | what=the bucket order/0 takes all that would fit this one"}},
      {"a class in no bucket", {{"/payments/order", R"([{"class": "penalties"}, {"class": "costs"}, {"class": "principal"}])"}}, {"T260 /penalties/1/components/1 | class=interest | penalty=legal"}},
      {"a rank that is none", {{"/payments/then/1", "\"oldest\""}}, {"T105 /payments/then/1 | word=oldest"}},
      {"a rank twice", {{"/payments/then/1", "\"designated\""}}, {"T109 /payments/then/1 | of=then | id=designated"}},
      {"a rank after the last", {{"/payments/then/1", "\"pro_rata\""}, {"/payments/then/2", "\"due_first\""}}, {"T230 /payments/then"}},
      {"cash to nothing", {{"/payments/cash_rounding/to", "0"}}, {"T117 /payments/cash_rounding/to | is=0"}},
      {"cash finer than the currency", {{"/payments/cash_rounding/to", "\"0.005\""}}, {"T117 /payments/cash_rounding/to | is=0.005"}},
      {"cash to no mode", {{"/payments/cash_rounding/mode", {}}}, {"T108 /payments/cash_rounding | name=mode"}},
      {"credit for no fee", {{"/payments/credit/bound_to/0", "\"water\""}}, {"T110 /payments/credit/bound_to/0 | id=water"}},
      {"a plan of no instalment", {{"/plans/0/at_most_instalments", "0"}}, {"T117 /plans/0/at_most_instalments"}},
      {"a plan of facts", {{"/plans/0/interest/percent", "\"if(unit.lift, 1%, 2%)\""}}, {"T202 /plans/0/interest/percent@3"}},
      {"penalties that go on and were paused", {{"/plans/0/penalties", "\"go_on\""}, {"/plans/0/when_missed", "\"ends_and_paused_penalties_fall_due\""}}, {"T230 /plans/0/when_missed"}},
      {"two plans of one id", {{"/plans/-", R"({"id": "parts", "at_most_instalments": 2})"}}, {"T109 /plans/1/id | of=plans | id=parts"}},
      {"a level of nothing", {{"/arrears/levels/0/when", "{}"}}, {"T100 /arrears/levels/0/when"}},
      {"a level without a name", {{"/arrears/levels/0/name", {}}}, {"T108 /arrears/levels/0 | of=level | name=name"}},
      {"a level from no day", {{"/arrears/levels/0/when/days_overdue", "0"}}, {"T117 /arrears/levels/0/when/days_overdue"}},
      {"a level of a percentage", {{"/arrears/levels/0/when/amount", "\"5%\""}}, {"T104 /arrears/levels/0/when/amount"}},
      {"a level of less than nothing", {{"/arrears/levels/0/when/amount", "-1"}}, {"T117 /arrears/levels/0/when/amount | is=-1 | wanted=above 0"}},
      {"two levels of one id", {{"/arrears/levels/-", R"({"id": "letter", "name": {"en": "L"}, "when": {"days_overdue": 31}})"}}, {"T109 /arrears/levels/1/id | of=levels | id=letter"}},
      {"a claim that lapses at once", {{"/arrears/claim_lapses/years", "0"}}, {"T117 /arrears/claim_lapses/years"}},
      {"restarted by nothing known", {{"/arrears/claim_lapses/restarts_on/0", "\"letter\""}}, {"T105 /arrears/claim_lapses/restarts_on/0 | word=letter"}},
      {"a last day by no calendar", {{"/arrears/claim_lapses/last_day/calendar", "\"us\""}}, {"T110 /arrears/claim_lapses/last_day/calendar | id=us"}},
      {"a section of another kind", {{"/arrears", "[]"}, {"/payments", "[]"}, {"/plans", "{}"}}, {"T100 /payments | is=a list", "T100 /plans | wanted=a list", "T100 /arrears | is=a list"}},
  });
}

TEST(sections, bring_no_second_mistake_for_fees_that_are_refused) {
  const dues::compile_result result = compiled_sections({{"/fees/-", R"({"id": "water", "kind": "share"})"}, {"/discounts/0/of/-", "\"water\""},
                                                         {"/prepayments/0/of/-", "\"water\""}, {"/payments/order/4/fees/-", "\"water\""}, {"/payments/order/-", R"({"fees": ["water"]})"}});
  std::vector<dues::diagnostic> mistakes;
  for (const dues::diagnostic& found : result.found.all())
    if (found.code != "T160") mistakes.push_back(found);
  expect_told(mistakes, {"T150 /fees/3/kind"});
}

TEST(sections, that_nothing_refers_to_are_warned_of) {
  std::vector<dues::diagnostic> unused;
  const dues::compile_result result = compiled_sections({{"/fees/0/penalty", {}}, {"/reads/references/-", R"({"id": "cpi", "type": "index"})"}});
  for (const dues::diagnostic& found : result.found.all())
    if (found.code == "T120") unused.push_back(found);
  expect_told(unused, {"T120 /reads/references/1 | of=reference | id=cpi", "T120 /penalties/0 | of=penalty | id=late"});
}

}  // namespace
