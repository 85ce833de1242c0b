// SPDX-License-Identifier: Apache-2.0
//
// What a tariff can get wrong: for each code at least one tariff that earns it, with place and values.
#include "tariff/small_tariff.hpp"

#include <algorithm>
#include <set>

namespace {

using dues_test::change;
using dues_test::compiled;
using dues_test::expect_told;
using dues_test::small_tariff;

struct row {
  std::string why;
  std::vector<change> changes;
  std::vector<std::string> mistakes;
};

// One penalty of one component, with its rate and what follows it.
std::string late(const std::string& rate) {
  return R"([{"id": "late", "name": {"en": "Late"}, "components": [{"id": "late", "rate": )" + rate + "}]}]";
}

const std::vector<row>& mistakes_of_documents() {
  static const std::vector<row> rows{
      {"an edition is text", {{"/edition", "5"}}, {"T100 /edition | name=edition | is=5 | wanted=a text"}},
      {"a text is not empty", {{"/edition", "\"\""}}, {"T100 /edition | is=''"}},
      {"null is no value", {{"/through", "null"}}, {"T100 /through | is=null"}},
      {"fees are a list", {{"/fees", "{}"}}, {"T100 /fees | name=fees | is=an object | wanted=a list", "T120 /values/0", "T120 /values/1", "T120 /schedules/0",
                                               "T120 /schedules/1", "T120 /schedules/2", "T120 /taxes/0", "T120 /funds/0"}},
      {"a fee is an object", {{"/fees/1", "true"}}, {"T100 /fees/1 | name=fee | is=true or false | wanted=an object", "T120 /schedules/1"}},
      {"a fraction of a month", {{"/schedules/0/months", "1.5"}}, {"T100 /schedules/0/months | is=1.5 | wanted=a whole number from 1 to 1200"}},
      {"months as text", {{"/schedules/0/months", "\"1\""}}, {"T100 /schedules/0/months | is='1'"}},
      {"included is yes or no", {{"/taxes/0/included", "\"yes\""}}, {"T100 /taxes/0/included | wanted=true or false"}},
      {"last_day_of_month false says nothing", {{"/schedules/2/due/last_day_of_month", "false"}}, {"T100 /schedules/2/due/last_day_of_month"}},
      {"payers without a role", {{"/fees/0/payers", "[]"}}, {"T100 /fees/0/payers | wanted=at least one role"}},
      {"payers as text", {{"/fees/0/payers", "\"owner\""}}, {"T100 /fees/0/payers | is='owner' | wanted=a list"}},
      {"a choice without words", {{"/reads/account/0/of", "[]"}}, {"T100 /reads/account/0/of | wanted=at least one word"}},
      {"a bound that is no number", {{"/reads/unit/1/above", "\"none\""}}, {"T100 /reads/unit/1/above | is='none' | wanted=a number"}},
      {"a table without cells", {{"/values/0/is", "{}"}}, {"T100 /values/0/is | is=empty | wanted=cells by the words of unit.use"}},
      {"cells where a plain value is read", {{"/values/1/is", "{\"flat\": 1}"}}, {"T100 /values/1/is | is=an object"}},
      {"a plain value where cells are read", {{"/values/0/is", "5"}}, {"T100 /values/0/is | is=5 | wanted=cells by the words of unit.use"}},
      {"by is read as text", {{"/values/0/by/0", "7"}}, {"T100 /values/0/by/0 | is=7"}},
      {"a price that is a boolean", {{"/fees/1/price", "true"}}, {"T100 /fees/1/price | wanted=a number or an expression"}},
      {"a name is text by language", {{"/name", "\"Small\""}}, {"T100 /name | is='Small'"}},
      {"a misspelt field", {{"/fees/0/quantiti", "1"}}, {"T101 /fees/0/quantiti | name=quantiti | of=fee | nearest=quantity"}},
      {"an end in a tariff is through", {{"/fees/0/to", "\"2026-12-31\""}}, {"T101 /fees/0/to | name=to | of=fee | nearest=through"}},
      {"a field like nothing known", {{"/xyzzy", "1"}}, {"T101 /xyzzy | of=tariff | nearest="}},
      {"a one-off fee has no proration", {{"/fees/1/proration", "\"none\""}}, {"T101 /fees/1/proration | of=fee"}},
      {"a rate without its sign", {{"/taxes/0/rate", "0.06"}}, {"T103 /taxes/0/rate@0 | text=0.06"}},
      {"a rate as text without its sign", {{"/fees/0/factor", "\"0.5\""}}, {"T103 /fees/0/factor@0 | text=0.5", "T120 /values/1"}},
      {"a percentage for money", {{"/fees/1/price", "\"5%\""}}, {"T104 /fees/1/price@0 | text=5%"}},
      {"a percentage for a bound", {{"/reads/unit/1/at_most", "\"5%\""}}, {"T104 /reads/unit/1/at_most | text=5%"}},
      {"a misspelt word", {{"/fees/0/proration", "\"actual days\""}}, {"T105 /fees/0/proration | word=actual days | nearest=actual_days"}},
      {"a role that is none", {{"/fees/0/payers/0", "\"tennant\""}}, {"T105 /fees/0/payers/0 | word=tennant | words=owner, tenant, developer or operator | nearest=tenant"}},
      {"a default that is no word", {{"/reads/account/0/default", "\"normale\""}}, {"T105 /reads/account/0/default | nearest=normal"}},
      {"price and amount", {{"/fees/2/price", "\"1\""}}, {"T106 /fees/2 | of=fee | wanted=price or amount | has=price and amount"}},
      {"neither price nor amount", {{"/fees/1/price", {}}}, {"T106 /fees/1 | has=none"}},
      {"an amount with a quantity", {{"/fees/2/quantity", "2"}}, {"T106 /fees/2/quantity | has=amount and quantity"}},
      {"two due dates", {{"/schedules/0/due/days_after_issue", "5"}}, {"T106 /schedules/0/due | of=due | has=days_after_issue and day_of_month"}},
      {"issued earlier and later", {{"/schedules/0/issue_days_earlier", "5"}, {"/schedules/0/issue_days_later", "5"}}, {"T106 /schedules/0 | has=issue_days_earlier and issue_days_later"}},
      {"a day that does not exist", {{"/from", "\"2026-02-30\""}}, {"T107 /from | text='2026-02-30'"}},
      {"a yearly day that does not exist", {{"/schedules/2/season/through", "\"02-30\""}}, {"T107 /schedules/2/season/through | text='02-30'"}},
      {"an anchor that does not exist", {{"/schedules/0/counted_from", "\"2026-13-01\""}}, {"T107 /schedules/0/counted_from"}},
      {"a version from no day", {{"/fees/1/price", R"([{"from": "2025-02-29", "is": 1}])"}}, {"T107 /fees/1/price/0/from | text='2025-02-29'"}},
      {"no due date", {{"/schedules/0/due", {}}}, {"T108 /schedules/0 | of=schedule | name=due"}},
      {"a version without a date", {{"/fees/1/price", R"([{"is": 1}])"}}, {"T108 /fees/1/price/0 | of=version | name=from"}},
      {"a fund without a name", {{"/funds/0/name", {}}}, {"T108 /funds/0 | of=fund | name=name"}},
      {"no currency", {{"/currency", {}}}, {"T108  | of=tariff | name=currency"}},
      {"two fees of one id", {{"/fees/1/id", "\"management\""}}, {"T109 /fees/1/id | of=fee | id=management"}},
      {"two attributes of one id", {{"/reads/unit/4/id", "\"area\""}}, {"T109 /reads/unit/4/id | of=attribute | id=area"}},
      {"two values of one id", {{"/values/-", R"({"id": "share", "is": 1})"}}, {"T109 /values/2/id | of=value | id=share"}},
      {"a word twice", {{"/reads/account/0/of/1", "\"normal\""}}, {"T109 /reads/account/0/of/1 | of=words | id=normal"}},
      {"a role twice", {{"/fees/0/payers/1", "\"tenant\""}}, {"T109 /fees/0/payers/1 | of=payers | id=tenant"}},
      {"cells by one attribute twice", {{"/values/0/by/-", "\"unit.use\""}}, {"T109 /values/0/by/1 | of=by | id=unit.use"}},
      {"no such tax", {{"/fees/0/tax", "\"vatt\""}}, {"T110 /fees/0/tax | of=tax | id=vatt | nearest=vat", "T120 /taxes/0 | of=tax | id=vat"}},
      {"no such schedule", {{"/fees/1/schedule", "\"at-onse\""}}, {"T110 /fees/1/schedule | of=schedule | nearest=at-once", "T120 /schedules/1"}},
      {"no such fund", {{"/fees/0/fund", "\"x\""}}, {"T110 /fees/0/fund | of=fund | id=x", "T120 /funds/0"}},
      {"no such calendar", {{"/schedules/0/if_holiday/calendar", "\"cm\""}}, {"T110 /schedules/0/if_holiday/calendar | id=cm | nearest=cn"}},
      {"a price that begins late", {{"/fees/1/price", R"([{"from": "2026-07-01", "is": 1}])"}}, {"T111 /fees/1/price | name=card | first=2026-07-01 | from=2026-01-01"}},
      {"a value that begins late", {{"/values/1/is", R"([{"from": "2026-02-01", "is": "5%"}])"}}, {"T111 /fees/0 | name=value.share | first=2026-02-01 | from=2026-01-01"}},
      {"dates that fall", {{"/fees/1/price", R"([{"from": "2026-01-01", "is": 1}, {"from": "2025-07-01", "is": 2}])"}}, {"T112 /fees/1/price/1/from | is=2025-07-01 | before=2026-01-01"}},
      {"a date twice", {{"/fees/1/price", R"([{"from": "01-01", "is": 1}, {"from": "01-01", "is": 2}])"}}, {"T112 /fees/1/price/1/from | is=01-01 | before=01-01"}},
      {"two forms of dates", {{"/fees/1/price", R"([{"from": "2026-01-01", "is": 1}, {"from": "07-01", "is": 2}])"}}, {"T112 /fees/1/price/1/from | is=07-01"}},
      {"an end before the start", {{"/through", "\"2025-12-31\""}}, {"T112 /through | is=2025-12-31 | before=2026-01-01"}},
      {"a fee that begins when the tariff has ended", {{"/through", "\"2026-12-31\""}, {"/fees/1/from", "\"2027-01-01\""}}, {"T112 /fees/1/from | is=2026-12-31 | before=2027-01-01"}},
      {"no such currency", {{"/currency", "\"RMB\""}}, {"T113 /currency | is=RMB | on=2026-01-01"}},
      // Croatia has used the euro since January 2023.
      {"a currency that is withdrawn", {{"/currency", "\"HRK\""}}, {"T113 /currency | is=HRK"}},
      {"a currency without a minor unit", {{"/currency", "\"XAU\""}}, {"T113 /currency | is=XAU"}},
      {"a newer language", {{"/dues_tariff", "\"2\""}}, {"T114 /dues_tariff | is=2 | known=1"}},
      {"an exponent in a bound", {{"/reads/unit/1/at_most", "5e3"}}, {"T115 /reads/unit/1/at_most | text=5e3"}},
      {"an exponent in a price", {{"/fees/1/price", "\"2E1\""}}, {"T115 /fees/1/price | text=2E1"}},
      {"months of none", {{"/schedules/0/months", "0"}}, {"T117 /schedules/0/months | name=months | is=0 | wanted=a whole number from 1 to 1200"}},
      {"a day 32", {{"/fees/0/proration", "{\"from_day\": 32}"}}, {"T117 /fees/0/proration/from_day | is=32"}},
      {"more days than fit", {{"/schedules/1/due/days_after_issue", "99999999999999999999"}}, {"T117 /schedules/1/due/days_after_issue"}},
      {"finer than the currency", {{"/fees/0/rounding/places", "3"}}, {"T117 /fees/0/rounding/places | wanted=a whole number from 0 to 2"}},
      {"a dated price without an entry", {{"/fees/1/price", "[]"}}, {"T117 /fees/1/price | is=0 versions"}},
      {"cells by nothing", {{"/values/0/by", "[]"}}, {"T117 /values/0/by | is=0 | wanted=1 to 8 attributes"}},
      {"a default outside its bounds", {{"/reads/unit/1/default", "0"}}, {"T117 /reads/unit/1/default | is=0 | wanted=above 0"}},
      {"a default above its bounds", {{"/reads/unit/1/default", "5000.01"}}, {"T117 /reads/unit/1/default | wanted=at most 5000"}},
      {"bounds that leave no number", {{"/reads/unit/1/above", "5000"}}, {"T117 /reads/unit/1/at_most | is=5000 | wanted=above 5000"}},
      {"a capital letter", {{"/id", "\"Small\""}}, {"T118 /id | id=Small"}},
      {"a hyphen where expressions read", {{"/fees/0/id", "\"management-fee\""}}, {"T118 /fees/0/id | id=management-fee"}},
      {"an id of 65 characters", {{"/id", "\"" + std::string(65, 'a') + "\""}}, {"T118 /id | id=" + std::string(65, 'a')}},
      {"a tax that no fee names", {{"/fees/0/tax", {}}}, {"T120 /taxes/0 | of=tax | id=vat"}},
      {"a value that nothing reads", {{"/values/-", R"({"id": "spare", "is": 1})"}}, {"T120 /values/2 | of=value | id=spare"}},
      {"two uses at once", {{"/fees/0/where", "\"unit.use = 'flat' and unit.use = 'shop'\""}}, {"T121 /fees/0/where"}},
      {"a condition that is false", {{"/fees/0/where", "\"false\""}}, {"T121 /fees/0/where"}},
      {"an expression that does not parse", {{"/fees/0/quantity", "\"unit.area +\""}}, {"T201 /fees/0/quantity@11 | found=the end"}},
      {"an empty expression", {{"/fees/0/quantity", "\"\""}}, {"T201 /fees/0/quantity@0 | found=nothing"}},
      {"a misspelt attribute", {{"/fees/0/quantity", "\"2 * unit.aera\""}}, {"T202 /fees/0/quantity@4 | name=unit.aera | nearest=unit.area"}},
      {"a subscription's size in a fee of units", {{"/fees/0/price_ceiling", "\"subscription.quantity\""}}, {"T202 /fees/0/price_ceiling@0"}},
      {"a period in a condition", {{"/fees/0/where", "\"period.days > 1\""}}, {"T202 /fees/0/where@0 | name=period.days"}},
      {"a fact in a tax", {{"/taxes/0/rate", "\"if(unit.lift, 6%, 9%)\""}}, {"T202 /taxes/0/rate@3 | name=unit.lift"}},
      {"a value of facts in a tax", {{"/values/1/is", "\"if(unit.lift, 6%, 9%)\""}, {"/taxes/0/rate", "\"value.share\""}}, {"T202 /taxes/0/rate@0 | name=value.share"}},
      {"cells by an attribute without its table", {{"/values/0/by/0", "\"use\""}}, {"T202 /values/0/by/0 | name=use | nearest=unit.use"}},
      {"a function that is none", {{"/values/1/is", "\"maxx(5%, 6%)\""}}, {"T203 /values/1/is@0 | function=maxx | nearest=max"}},
      {"two types", {{"/fees/2/amount", "\"unit.area + 5%\""}}, {"T204 /fees/2/amount@10 | operator=+"}},
      {"a divisor that may be 0", {{"/fees/2/amount", "\"100 / unit.floor\""}}, {"T205 /fees/2/amount@6 | divisor=unit.floor"}},
      {"a word that is none", {{"/fees/0/where", "\"unit.use = 'flats'\""}}, {"T206 /fees/0/where@11 | word=flats | nearest=flat"}},
      {"a value that reads itself", {{"/values/1/is", "\"value.share\""}}, {"T207 /values/1/is | cycle=value.share -> value.share"}},
      {"too many digits", {{"/reads/unit/1/at_most", "\"" + std::string(39, '9') + "\""}}, {"T208 /reads/unit/1/at_most"}},
      {"an expression of 2,001 characters", {{"/fees/0/quantity", "\"" + std::string(2001, '1') + "\""}}, {"T208 /fees/0/quantity@0 | is=2001 characters"}},
      {"a key that is no word", {{"/values/0/is/flats", "\"3\""}}, {"T213 /values/0/is/flats | key=flats | of=unit.use | nearest=flat"}},
      {"a cell that is missing", {{"/values/0/is/otherwise", {}}}, {"T214 /values/0/is | cell=unit.use = office"}},
      {"five months of a calendar year", {{"/schedules/0/months", "5"}}, {"T230 /schedules/0/months | what=counted_from calendar needs months that divide 12, not 5"}},
      {"year_counted without years", {{"/fees/0/year_counted", "\"months\""}}, {"T230 /fees/0/year_counted"}},
      {"day_counted without days", {{"/fees/0/day_counted", "\"days\""}}, {"T230 /fees/0/day_counted"}},
      {"a season price of no season", {{"/fees/0/price_per", "\"season\""}}, {"T230 /fees/0/price_per"}},
      {"a season billed by months", {{"/fees/2/price_per", "\"month\""}}, {"T230 /fees/2/price_per"}},
      {"a one-off fee every month", {{"/fees/1/schedule", "\"monthly\""}}, {"T230 /fees/1/schedule", "T120 /schedules/1"}},
      {"a fee of months once", {{"/fees/0/schedule", "\"at-once\""}}, {"T230 /fees/0/schedule", "T120 /schedules/0"}},
      {"the start of no subscription", {{"/schedules/0/counted_from", "\"subscription_start\""}}, {"T230 /fees/0/schedule"}},
      {"an amount with a ceiling", {{"/fees/2/price_ceiling", "1"}}, {"T230 /fees/2/amount"}},
      {"an amount with a free quantity", {{"/fees/2/limits", "{\"free\": 1}"}}, {"T230 /fees/2/limits/free"}},
      {"a rounded month price of a season", {{"/fees/2/rounding", "{\"of\": \"month_price\"}"}}, {"T230 /fees/2/rounding"}},
      {"each month of a season rounded", {{"/fees/2/rounding", "{\"of\": \"each_month\"}"}}, {"T230 /fees/2/rounding"}},
      {"a running total with limits", {{"/fees/0/rounding", "{\"of\": \"running_total\"}"}}, {"T230 /fees/0/rounding"}},
      {"a tax by bill and by service days", {{"/taxes/0/computed", "\"per_bill\""}, {"/taxes/0/rate_on", "\"service_days\""}}, {"T230 /taxes/0/rate_on"}},
      {"a column that facts have", {{"/reads/unit/3/id", "\"role\""}}, {"T230 /reads/unit/3/id"}},
      {"a subscription's own price", {{"/reads/subscription/0/id", "\"price\""}}, {"T230 /reads/subscription/0/id"}},
      {"bounds of a choice", {{"/reads/unit/0/at_least", "1"}}, {"T230 /reads/unit/0/at_least | what=at_least does not go with type choice"}},
      {"cells by a number", {{"/values/0/by/0", "\"unit.area\""}}, {"T230 /values/0/by/0"}},
      {"a level that another overtakes", {{"/arrears", R"({"levels": [{"id": "late", "name": {"en": "L"}, "when": {"days_overdue": 30}}, {"id": "early", "name": {"en": "E"}, "when": {"days_overdue": 10}}]})"}},
       {"T122 /arrears/levels/1 | earlier=late | is=early"}},
      {"a plan whose interest is worked out", {{"/plans", R"([{"id": "parts", "at_most_instalments": 6, "interest": {"percent": "1% + 2%", "per": "year"}}])"}}, {"T160 /plans/0/interest"}},
      {"steps of a penalty that fall", {{"/fees/0/penalty", "\"late\""}, {"/penalties", late(R"({"steps": [{"days_overdue_up_to": 9, "rate": {"amount": 1, "per": "day"}}, {"days_overdue_up_to": 8, "rate": {"amount": 2, "per": "day"}}, {"rate": {"amount": 3, "per": "day"}}]})")}},
       {"T220 /penalties/0/components/0/rate/steps/1/days_overdue_up_to | is=8 | before=9"}},
      {"a last step that ends", {{"/fees/0/penalty", "\"late\""}, {"/penalties", late(R"({"steps": [{"days_overdue_up_to": 9, "rate": {"amount": 1, "per": "day"}}]})")}},
       {"T221 /penalties/0/components/0/rate/steps/0 | what=the last step has an end"}},
      {"discounts that may pass their limit", {{"/discounts", R"([{"id": "d", "of": ["card"], "give": {"percent": "12.5%"}}])"}, {"/discount_limits", R"([{"per": "line", "of": ["card"], "at_most": {"percent": "12%"}}])"}},
       {"T250 /discount_limits/0 | discounts=d | is=12.5% | limit=12% | fee=card"}},
      {"a member of a group alone with its fee", {{"/discounts", R"([{"id": "g", "best_of": [{"id": "a", "of": ["card"], "give": {"percent": "5%"}}, {"id": "b", "of": ["card", "heating"], "give": {"percent": "6%"}}]}])"}},
       {"T251 /discounts/0/best_of/1/of | member=b | fee=heating"}},
      {"a class that no payment settles", {{"/fees/0/penalty", "\"late\""}, {"/penalties", late(R"({"percent": "5%", "per": "year"})")}, {"/payments", R"({"order": [{"class": "principal"}], "then": ["earliest_due"]})"}},
       {"T260 /penalties/0/components/0 | class=penalties | penalty=late"}},
      {"a penalty above its ceiling", {{"/fees/0/penalty", "\"late\""}, {"/penalties", late(R"({"percent": "2%", "per": "month"}, "limits": [{"at_most": {"rate": {"percent": "23%", "per": "year"}}}])")}},
       {"T261 /penalties/0/components/0/rate | is=2% per month | ceiling=23% per year | from=2026-01-01"}},
      {"the payer's class in a line that days divide", {{"/fees/0/quantity", "\"if(account.class = 'normal', 2, 1)\""}}, {"T231 /fees/0 | fee=management | name=account.class"}},
  };
  return rows;
}

TEST(tariff_mistakes, are_told_with_code_place_and_values) {
  EXPECT_EQ(dues::compile(small_tariff).found.all().size(), 0U);
  for (const row& one : mistakes_of_documents()) {
    SCOPED_TRACE(one.why);
    const dues::compile_result result = compiled(one.changes);
    expect_told(result.found.all(), one.mistakes);
    EXPECT_EQ(result.compiled == nullptr, result.found.has_errors());
  }
}

TEST(tariff_mistakes, of_every_code_have_a_document) {
  // Of what stands in the text itself, of parts of a later release, of two editions and of steps of metered fees, others of
  // these tests speak.
  std::set<std::string, std::less<>> seen{"T102", "T116", "T141", "T150", "T151", "T222", "T224"};
  for (const row& one : mistakes_of_documents())
    for (const std::string& wanted : one.mistakes) seen.insert(wanted.substr(0, 4));
  for (const dues::catalogue_entry& entry : dues::catalogue()) {
    const bool of_tariffs = entry.code.starts_with('T');
    EXPECT_TRUE(!of_tariffs || seen.contains(entry.code)) << entry.code;
  }
}

}  // namespace
