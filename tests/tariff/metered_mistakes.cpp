// SPDX-License-Identifier: Apache-2.0
//
// Metered fees and their prices by steps: each mistake is told at its place.
#include "tariff/small_tariff.hpp"

namespace {

using dues_test::change;
using dues_test::expect_told;

constexpr std::string_view metered = R"json({
  "dues_tariff": "1", "id": "metered", "edition": "1", "from": "2020-01-01", "currency": "CNY", "name": {"en": "M"},
  "reads": {
    "unit": [{"id": "residents", "type": "number"}, {"id": "people", "type": "number", "at_least": 0}, {"id": "use", "type": "choice", "of": ["flat", "shop"]}],
    "account": [{"id": "poor", "type": "yes_no"}],
    "meters": [{"id": "water", "of": "unit", "unit": "m3"}, {"id": "power", "of": "unit", "unit": "kWh", "registers": ["peak", "valley"]}]
  },
  "schedules": [{"id": "read", "kind": "readings", "due": {"days_after_issue": 15}}, {"id": "monthly", "kind": "months", "months": 1, "billed": "in_arrears", "due": {"day_of_month": 10}},
                {"id": "once", "kind": "once", "due": {"days_after_issue": 1}}],
  "fees": [
    {"id": "water", "kind": "metered", "name": {"en": "W"}, "meter": "water", "schedule": "read",
     "price": {"tiers": "graduated", "window": "calendar_year", "steps": [{"up_to": 180, "is": "5"}, {"up_to": 260, "is": "7"}, {"is": "9"}], "widen_by": "30 * max(0, unit.residents - 5)"}},
    {"id": "power", "kind": "metered", "name": {"en": "P"}, "meter": "power", "schedule": "monthly", "price": {"by_register": {"peak": "0.6", "valley": "0.3"}}},
    {"id": "card", "kind": "one_off", "name": {"en": "C"}, "schedule": "once", "price": "unit.people + if(account.poor and unit.use = 'flat', 1, 2)", "change_of_payer": "rated_apart"}
  ]
})json";

struct row {
  std::string why;
  std::vector<change> changes;
  std::vector<std::string> mistakes;
};

constexpr const char* price = "/fees/0/price";

std::string at(const char* below) { return std::string(price) + below; }

TEST(metered_fees, are_right_as_they_stand) {
  const dues::compile_result result = dues::compile(metered);
  expect_told(result.found.all(), {});
  ASSERT_NE(result.compiled, nullptr);
  EXPECT_TRUE(result.compiled->fees[0].by_tiers);
  EXPECT_TRUE(result.compiled->fees[1].by_register);
}

TEST(mistakes_of_metered_fees, are_told_at_their_place) {
  const std::string volume = R"({"tiers": "volume", "steps": [{"up_to": 100, "is": "2"}, {"is": "1"}]})";
  for (const row& one : std::vector<row>{
           {"no meter", {{"/fees/0/meter", {}}}, {"T108 /fees/0 | name=meter", "T120 /reads/meters/0 | of=meter | id=water"}},
           {"a meter that is none", {{"/fees/0/meter", "\"watr\""}}, {"T110 /fees/0/meter | of=meter | id=watr | nearest=water", "T120 /reads/meters/0 | of=meter | id=water"}},
           {"a quantity", {{"/fees/0/quantity", "1"}}, {"T101 /fees/0/quantity"}},
           {"price and amount", {{"/fees/0/amount", "1"}}, {"T106 /fees/0"}},
           {"a word of price_change", {{"/fees/0/price_change", "\"by_days\""}}, {"T105 /fees/0/price_change | word=by_days"}},
           {"a word of usage_belongs", {{"/fees/0/usage_belongs", "\"by_day\""}}, {"T105 /fees/0/usage_belongs | nearest=by_days"}},
           {"an amount with what goes with a price", {{price, {}}, {"/fees/0/amount", "\"usage(water)\""}, {"/fees/0/usage_belongs", "\"by_days\""}}, {"T230 /fees/0/usage_belongs"}},
           {"a register that is none", {{"/fees/1/price/by_register/night", "1"}}, {"T101 /fees/1/price/by_register/night"}},
           {"a register without a price", {{"/fees/1/price/by_register/valley", {}}}, {"T108 /fees/1/price/by_register"}},
           {"readings of a fee by the month", {{"/fees/2/kind", "\"recurring\""}, {"/fees/2/schedule", "\"read\""}, {"/fees/2/for_each", "\"unit\""}}, {"T230 /fees/2/schedule", "T120 /schedules/2"}},
           {"a schedule of kind once", {{"/fees/0/schedule", "\"once\""}}, {"T230 /fees/0/schedule", "T120 /schedules/0"}},
           {"two registers of one name", {{"/reads/meters/1/registers/-", "\"peak\""}}, {"T109 /reads/meters/1/registers/2 | of=registers | id=peak"}},
           {"no register", {{"/reads/meters/0/registers", "[]"}}, {"T100 /reads/meters/0/registers"}},
           {"a meter of a building", {{"/reads/meters/0/of", "\"unit.building\""}}, {"T150 /reads/meters/0/of | what=a meter of unit.building"}},
           {"a meter of an account", {{"/reads/meters/0/of", "\"account\""}}, {"T105 /reads/meters/0/of"}},
           {"two meters of one name", {{"/reads/meters/-", R"({"id": "water", "of": "unit", "unit": "l"})"}}, {"T109 /reads/meters/2/id"}},
           {"usage of nothing", {{"/fees/2/price", "\"usage(gas)\""}}, {"T202 /fees/2/price@0 | name=usage(gas)"}},
           {"usage of no register", {{"/fees/2/price", "\"usage(power, night)\""}}, {"T202 /fees/2/price@0 | name=usage(power, night)"}},
           {"usage without a meter", {{"/fees/2/price", "\"usage(1)\""}}, {"T203 /fees/2/price@0 | function=usage"}},
           {"usage in a condition", {{"/fees/0/where", "\"usage(water) > 1\""}}, {"T202 /fees/0/where@0 | name=usage(water)"}},
           {"usage under a division", {{"/fees/1/price", "\"1 / usage(power)\""}}, {"T205 /fees/1/price@4"}},
           {"no price before 2026", {{"/fees/1/price", R"([{"from": "2026-01-01", "is": "1"}])"}}, {"T111 /fees/1/price | name=power | first=2026-01-01 | from=2020-01-01"}},
           {"descending limits", {{at("/steps/1/up_to"), "170"}}, {"T220 /fees/0/price/steps/1/up_to | is=170 | before=180"}},
           {"one limit twice", {{at("/steps/1/up_to"), "180"}}, {"T220 /fees/0/price/steps/1/up_to | is=180 | before=180"}},
           {"limits that cross in winter", {{at("/steps/1/up_to"), R"([{"from": "05-01", "is": 260}, {"from": "11-01", "is": 150}])"}}, {"T220 /fees/0/price/steps/1/up_to | is=150 | before=180"}},
           {"limits that cross in 2026", {{at("/steps/0/up_to"), R"([{"from": "2020-01-01", "is": 180}, {"from": "2026-01-01", "is": 300}])"}}, {"T220 /fees/0/price/steps/1/up_to | is=260 | before=300"}},
           {"a limit below nothing", {{at("/steps/0/up_to"), "-1"}}, {"T117 /fees/0/price/steps/0/up_to"}},
           {"no last step", {{at("/steps/2/up_to"), "500"}}, {"T221 /fees/0/price/steps/2/up_to"}},
           {"a gap between steps", {{at("/steps/1/up_to"), {}}}, {"T221 /fees/0/price/steps/1"}},
           {"no steps", {{at("/steps"), "[]"}}, {"T100 /fees/0/price/steps"}},
           {"a word of tiers", {{at("/tiers"), "\"block\""}}, {"T105 /fees/0/price/tiers"}},
           {"a word of window", {{at("/window"), "\"year\""}}, {"T105 /fees/0/price/window | word=year"}},
           {"a window from a subscription", {{at("/window"), R"({"rolling_months": 12, "counted_from": "subscription_start"})"}}, {"T230 /fees/0/price/window/counted_from"}},
           {"months served of one month", {{at("/window"), "\"calendar_month\""}, {at("/limits_scale"), "\"by_months_served\""}}, {"T230 /fees/0/price/limits_scale"}},
           {"a block of slices", {{at("/steps/0/block"), "5"}}, {"T230 /fees/0/price/steps/0/block"}},
           {"blocks of nothing", {{price, R"({"tiers": "package", "steps": [{"is": "1", "block": 0}]})"}}, {"T117 /fees/0/price/steps/0/block"}},
           {"blocks of no size", {{price, R"({"tiers": "package", "steps": [{"is": "1"}]})"}}, {"T108 /fees/0/price/steps/0"}},
           {"a flat amount of blocks", {{price, R"({"tiers": "package", "steps": [{"is": "1", "block": 5, "flat": 1}]})"}}, {"T230 /fees/0/price/steps/0/flat"}},
           {"widened by less than nothing", {{at("/widen_by"), "\"unit.residents - 5\""}}, {"T222 /fees/0/price/widen_by | is=unit.residents - 5"}},
           {"widened by who knows what", {{at("/widen_by"), "\"unit.residents * 5\""}}, {"T222 /fees/0/price/widen_by"}},
           {"windows that change", {{price, R"([{"from": "2020-01-01", "is": {"tiers": "graduated", "steps": [{"is": "1"}]}}, {"from": "2026-01-01", "is": {"tiers": "graduated", "window": "calendar_year", "steps": [{"is": "1"}]}}])"}}, {"T230 /fees/0/price"}},
           {"each payer on his own", {{"/fees/0/change_of_payer", "\"rated_apart\""}}, {"T230 /fees/0/price"}},
           {"volume with a maximum", {{price, volume}, {"/fees/0/limits", R"({"at_most": 5})"}}, {"T230 /fees/0/limits"}},
           {"volume by days", {{price, volume}, {"/fees/0/usage_belongs", "\"by_days\""}}, {"T230 /fees/0/usage_belongs"}},
           {"volume rounded on the running total", {{price, volume}, {"/fees/0/rounding", R"({"of": "running_total"})"}}, {"T230 /fees/0/rounding"}},
           {"a cliff (warning)", {{price, R"({"tiers": "volume", "steps": [{"up_to": 100, "is": "1"}, {"is": "2"}]})"}}, {"T224 /fees/0/price/steps/1 | limit=100 | is=100 | beyond=200"}},
       }) {
    SCOPED_TRACE(one.why);
    expect_told(dues::compile(dues_test::patched(metered, one.changes)).found.all(), one.mistakes);
  }
}

TEST(a_widening, that_cannot_be_negative_is_taken) {
  for (const char* fine : {"0", "\"unit.people * 30\"", "\"if(unit.residents >= 6, 1200, 0)\"", "\"max(0, unit.residents - 5) * 30 + abs(unit.residents)\"",
                           "\"min(unit.people, ceil(unit.people / 2))\"", "\"if(unit.use = 'flat' and unit.residents > 5, if(unit.people > 3, 1, 2), unit.people)\""}) {
    SCOPED_TRACE(fine);
    expect_told(dues::compile(dues_test::patched(metered, {{at("/widen_by"), fine}})).found.all(), {});
  }
  for (const char* wrong : {"-1", "\"if(unit.residents >= 6, 1200, -1)\"", "\"if(unit.residents >= 6, 0 - 5, 1)\"", "\"min(unit.people, unit.residents)\"", "\"-unit.people\""}) {
    SCOPED_TRACE(wrong);
    expect_told(dues::compile(dues_test::patched(metered, {{at("/widen_by"), wrong}})).found.all(), {"T222 /fees/0/price/widen_by"});
  }
}

}  // namespace
