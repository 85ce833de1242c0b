// SPDX-License-Identifier: Apache-2.0
//
// Meters and their readings: what closes a line, and what is told when rows do not go together.
#include <dues/facts/loader.hpp>

#include "tariff/small_tariff.hpp"

namespace {

using dues_test::change;
using dues_test::expect_told;

constexpr std::string_view tariff_text = R"({
  "dues_tariff": "1", "id": "metered", "edition": "1", "from": "2020-01-01", "currency": "CNY", "name": {"en": "M"},
  "reads": {"meters": [{"id": "water", "of": "unit", "unit": "m3"}, {"id": "power", "of": "unit", "unit": "kWh", "registers": ["peak", "valley"]}]},
  "schedules": [{"id": "read", "kind": "readings", "due": {"days_after_issue": 15}}],
  "fees": [
    {"id": "water", "kind": "metered", "name": {"en": "W"}, "meter": "water", "price": "4", "schedule": "read"},
    {"id": "power", "kind": "metered", "name": {"en": "P"}, "meter": "power", "price": {"by_register": {"peak": "0.6", "valley": "0.3"}}, "schedule": "read"},
    {"id": "sewage", "kind": "metered", "name": {"en": "S"}, "meter": "water", "price": {"tiers": "graduated", "window": "calendar_year", "steps": [{"is": "1"}]}, "schedule": "read"}
  ]
})";

constexpr std::string_view facts_text = R"({
  "dues_facts": "1",
  "units": [{"unit": "1", "from": "2020-01-01"}, {"unit": "2", "from": "2020-01-01"}],
  "tenures": [{"unit": "1", "account": "A", "role": "owner", "from": "2020-01-01"}],
  "meters": [
    {"meter": "W-1", "kind": "water", "unit": "1", "from": "2026-01-01", "digits": 5},
    {"meter": "P-1", "kind": "power", "unit": "1", "from": "2026-01-01", "ratio": "20"}
  ],
  "readings": [
    {"meter": "W-1", "read_on": "2025-12-31", "reading": "10"},
    {"meter": "W-1", "read_on": "2026-01-31", "reading": "25.5"},
    {"meter": "W-1", "read_on": "2026-02-28", "reading": "40", "kind": "estimated"},
    {"meter": "P-1", "register": "peak", "read_on": "2025-12-31", "reading": "1"},
    {"meter": "P-1", "register": "valley", "read_on": "2025-12-31", "reading": "2"},
    {"meter": "P-1", "register": "peak", "read_on": "2026-01-31", "reading": "4"},
    {"meter": "P-1", "register": "valley", "read_on": "2026-01-31", "reading": "3"}
  ]
})";

std::shared_ptr<const dues::program> tariff() {
  static const auto made = dues::compile(tariff_text).compiled;
  return made;
}

dues::facts_result loaded(const std::vector<change>& changes = {}) { return dues::load_facts(tariff(), dues_test::patched(facts_text, changes)); }

/// "2026-01-31: 15.5" for each line of unit 1's water; "F120" in place of usage that is not known.
std::vector<std::string> closings(const dues::facts& known, std::int32_t kind = 0) {
  std::vector<std::string> out;
  for (const dues::meter_closing& closing : known.meters.closings_of(0, kind)) {
    std::string text = dues::to_text(closing.on) + ":";
    for (const dues::usage_interval& one : known.meters.intervals_of(closing)) {
      const std::size_t registers = known.tariff->meters[static_cast<std::size_t>(kind)].registers.size();
      for (std::size_t r = 0; r < registers; ++r) text += " " + (one.fault >= 0 ? known.faults[static_cast<std::size_t>(one.fault)].code : known.meters.usage(one, r).to_decimal()->normalized().to_text());
    }
    out.push_back(text);
  }
  return out;
}

TEST(readings, close_lines_but_for_the_first_of_a_meter) {
  const dues::facts_result result = loaded();
  expect_told(result.found.all(), {});
  EXPECT_EQ(closings(*result.loaded), (std::vector<std::string>{"2026-01-31: 15.5", "2026-02-28: 14.5"}));
  EXPECT_EQ(closings(*result.loaded, 1), std::vector<std::string>{"2026-01-31: 60 20"});
  EXPECT_TRUE(result.loaded->meters.closings_of(1, 0).empty());
}

TEST(estimates, are_gone_once_a_real_reading_closes_and_stay_until_then) {
  const std::string later = R"({"meter": "W-1", "read_on": "2026-03-31", "reading": "60", "kind": ")";
  EXPECT_EQ(closings(*loaded({{"/readings/-", later + "actual\"}"}}).loaded), (std::vector<std::string>{"2026-01-31: 15.5", "2026-03-31: 34.5"}));
  EXPECT_EQ(closings(*loaded({{"/readings/-", later + "estimated\"}"}}).loaded), (std::vector<std::string>{"2026-01-31: 15.5", "2026-02-28: 14.5", "2026-03-31: 20"}));
  // Taken away for good: the last reading is a real one, and closes.
  EXPECT_EQ(closings(*loaded({{"/readings/-", later + "final\"}"}}).loaded), (std::vector<std::string>{"2026-01-31: 15.5", "2026-03-31: 34.5"}));
  // Followed by another meter it closes nothing, and estimates stand until something does.
  const std::vector<change> replaced{{"/readings/-", later + "final\"}"}, {"/meters/-", R"({"meter": "W-2", "kind": "water", "unit": "1", "from": "2026-04-01"})"},
                                     {"/readings/-", R"({"meter": "W-2", "read_on": "2026-03-31", "reading": "0", "kind": "first"})"}};
  EXPECT_EQ(closings(*loaded(replaced).loaded), (std::vector<std::string>{"2026-01-31: 15.5", "2026-02-28: 14.5"}));
  std::vector<change> read_again = replaced;
  read_again.push_back({"/readings/-", R"({"meter": "W-2", "read_on": "2026-04-30", "reading": "7"})"});
  EXPECT_EQ(closings(*loaded(read_again).loaded), (std::vector<std::string>{"2026-01-31: 15.5", "2026-04-30: 34.5 7"}));
}

TEST(two_meters_of_one_kind, add_up_where_they_are_read_together) {
  const dues::facts_result result = loaded({{"/meters/-", R"({"meter": "W-2", "kind": "water", "unit": "1", "from": "2026-01-01"})"},
                                            {"/readings/-", R"({"meter": "W-2", "read_on": "2026-01-10", "reading": "0"})"},
                                            {"/readings/-", R"({"meter": "W-2", "read_on": "2026-01-31", "reading": "3"})"}});
  EXPECT_EQ(closings(*result.loaded), (std::vector<std::string>{"2026-01-31: 15.5 3", "2026-02-28: 14.5"}));
}

struct mistake {
  std::string why;
  std::vector<change> changes;
  std::vector<std::string> told;
};

TEST(mistakes_of_meters, are_told_at_their_place) {
  for (const mistake& one : std::vector<mistake>{
           {"below the last", {{"/readings/1/reading", "\"9\""}}, {"F120 /readings/1/reading | meter=W-1 | is=9 | before=10 | on=2026-01-31 | last=2025-12-31"}},
           {"rolled over, and not below", {{"/readings/1/rolled_over", "true"}}, {"F103 /readings/1/rolled_over | wanted=a reading below the last, 10"}},
           {"rolled over, of nobody knows how many digits", {{"/readings/1/reading", "\"9\""}, {"/readings/1/rolled_over", "true"}, {"/meters/0/digits", {}}}, {"F103 /readings/1/rolled_over | wanted=digits of the meter"}},
           {"a register left out", {{"/readings/6", {}}}, {"F122 /readings/5/register | meter=P-1 | on=2026-01-31 | is=valley"}},
           {"a register that the kind has not", {{"/readings/6/register", "\"vally\""}}, {"F105 /readings/6/register | what=register of power | is=vally | nearest=valley", "F122 /readings/5/register"}},
           {"two readings of one day that differ", {{"/readings/-", R"({"meter": "W-1", "read_on": "2026-01-31", "reading": "26"})"}}, {"F109 /readings/7/read_on | is=W-1 2026-01-31"}},
           {"a meter on two units", {{"/meters/-", R"({"meter": "W-1", "kind": "water", "unit": "2", "from": "2026-01-01"})"}}, {"F109 /meters/2/meter | is=W-1"}},
           {"a meter of no unit", {{"/meters/0/unit", "\"9\""}}, {"F105 /meters/0/unit | is=9", "F105 /readings/0/meter | is=W-1"}},
           {"a kind that is none", {{"/meters/0/kind", "\"watr\""}}, {"F105 /meters/0/kind | what=meter in reads | is=watr | nearest=water", "F105 /readings/0/meter | is=W-1"}},
           {"readings of no meter", {{"/readings/0/meter", "\"W-9\""}}, {"F105 /readings/0/meter | what=meter | is=W-9"}},
           {"read before it stood there", {{"/readings/0/read_on", "\"2025-12-30\""}}, {"F106 /readings/0/read_on | what=meter W-1 | is=a reading on 2025-12-30, when it does not stand there"}},
           {"a ratio of nothing", {{"/meters/1/ratio", "0"}}, {"F103 /meters/1/ratio | wanted=a number above 0", "F105 /readings/3/meter | is=P-1"}},
           {"nineteen digits", {{"/meters/0/digits", "19"}}, {"F103 /meters/0/digits | wanted=1 to 18", "F105 /readings/0/meter"}},
           {"a negative reading", {{"/readings/1/reading", "-1"}}, {"F103 /readings/1/reading | wanted=0 or more"}},
           {"a kind of reading that is none", {{"/readings/1/kind", "\"guessed\""}}, {"F103 /readings/1/kind | wanted=actual, estimated, first or final"}},
           {"usage before, of a fee without a window", {{"/usage_before", R"([{"unit": "1", "fee": "water", "window_from": "2026-01-01", "usage": 5}])"}}, {"F105 /usage_before/0/fee | is=water | nearest="}},
           {"usage before, from the middle of a window", {{"/usage_before", R"([{"unit": "1", "fee": "sewage", "window_from": "2026-02-01", "usage": 5}])"}}, {"F103 /usage_before/0/window_from | wanted=the first day of a window, such as 2026-01-01"}},
           {"usage before, twice", {{"/usage_before", R"([{"unit": "1", "fee": "sewage", "window_from": "2026-01-01", "usage": 5}, {"unit": "1", "fee": "sewage", "window_from": "2026-01-01", "usage": 6}])"}}, {"F109 /usage_before/1/window_from | is=2026-01-01"}},
           {"usage before, billed in tenths of a cent", {{"/usage_before", R"([{"unit": "1", "fee": "sewage", "window_from": "2026-01-01", "usage": 5, "billed": "5.005"}])"}}, {"F103 /usage_before/0/billed | wanted=an amount with at most 2 places"}},
           {"usage before, of no unit", {{"/usage_before", R"([{"unit": "9", "fee": "sewage", "window_from": "2026-01-01", "usage": 5}])"}}, {"F105 /usage_before/0/unit | is=9"}},
           {"a meter of a group", {{"/meters/0/of", "\"1\""}}, {"F101 /meters/0/of", "F105 /readings/0/meter"}},
       }) {
    SCOPED_TRACE(one.why);
    expect_told(loaded(one.changes).found.all(), one.told);
  }
}

TEST(mistakes_of_readings, follow_their_meter_and_not_the_other_kind) {
  const auto known = loaded({{"/readings/6", {}}}).loaded;
  EXPECT_EQ(known->unit_fault[0], -1);
  EXPECT_EQ(known->meters.fault[0], -1);
  ASSERT_GE(known->meters.fault[1], 0);
  EXPECT_EQ(known->faults[static_cast<std::size_t>(known->meters.fault[1])].code, "F122");
  // Whichever of the two readings is wrong, the usage on both sides of it is not known.
  EXPECT_EQ(closings(*loaded({{"/readings/1/reading", "\"9\""}}).loaded), (std::vector<std::string>{"2026-01-31: F120", "2026-02-28: F120"}));
}

TEST(readings, of_a_tariff_without_meters_are_told_of) {
  const dues::facts_result result = dues::load_facts(dues_test::compiled({}).compiled, R"({"dues_facts": "1", "readings": [{"meter": "M", "read_on": "2026-01-31", "reading": 1}]})");
  bool told = false;
  for (const dues::diagnostic& one : result.found.all()) told = told || (one.code == "F105" && one.pointer == "/readings/0/meter");
  EXPECT_TRUE(told);
}

TEST(usage_before, is_found_by_unit_fee_and_window) {
  const auto known = loaded({{"/usage_before", R"([{"unit": "1", "fee": "sewage", "window_from": "2026-01-01", "usage": "5.5", "billed": "5.50"}, {"unit": "1", "fee": "sewage", "window_from": "2025-01-01", "usage": 7}])"}}).loaded;
  const dues::usage_before* const found = known->meters.before_window(0, 2, *dues::parse_day("2026-01-01"));
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->usage.to_text(), "5.5");
  EXPECT_EQ(found->billed->to_text(), "5.50");
  EXPECT_EQ(known->meters.before_window(0, 2, *dues::parse_day("2027-01-01")), nullptr);
  EXPECT_EQ(known->meters.before_window(1, 2, *dues::parse_day("2026-01-01")), nullptr);
}

TEST(readings, come_as_csv_and_in_any_order_too) {
  dues::facts_loader loader(tariff());
  const auto table = [&](std::string_view name, std::string_view text) {
    ASSERT_TRUE(loader.begin_csv(name));
    loader.feed(text);
    ASSERT_TRUE(loader.end_csv());
  };
  table("readings",
        "meter,register,read_on,reading,kind,rolled_over\nW-1,,2026-02-28,40,estimated,\nP-1,valley,2026-01-31,3,,\nW-1,,2025-12-31,10,,\n"
        "P-1,peak,2026-01-31,4,actual,false\nP-1,valley,2025-12-31,2,,\nW-1,total,2026-01-31,25.5,,\nP-1,peak,2025-12-31,1,,\n");
  table("meters", "meter,kind,unit,from,ratio,digits\nP-1,power,1,2026-01-01,20,\nW-1,water,1,2026-01-01,,5\n");
  table("units", "unit,from\n2,2020-01-01\n1,2020-01-01\n");
  const dues::facts_result result = loader.finish();
  expect_told(result.found.all(), {});
  EXPECT_EQ(closings(*result.loaded), (std::vector<std::string>{"2026-01-31: 15.5", "2026-02-28: 14.5"}));
  EXPECT_EQ(closings(*result.loaded, 1), std::vector<std::string>{"2026-01-31: 60 20"});
}

TEST(readings_of_several_tariffs, go_where_their_meter_went) {
  const auto other = dues::compile(dues_test::patched(tariff_text, {{"/id", "\"other\""}})).compiled;
  dues::facts_loader loader({tariff(), other});
  loader.json(R"({"dues_facts": "1", "units": [{"unit": "1", "from": "2020-01-01", "tariff": "metered"}, {"unit": "2", "from": "2020-01-01", "tariff": "other"}],
                  "meters": [{"meter": "W-2", "kind": "water", "unit": "2", "from": "2026-01-01"}],
                  "readings": [{"meter": "W-2", "read_on": "2026-01-31", "reading": "1"}, {"meter": "W-2", "read_on": "2026-02-28", "reading": "4"}, {"meter": "W-3", "read_on": "2026-02-28", "reading": "4"}]})");
  const dues::facts_set result = loader.finish_all();
  expect_told(result.found.all(), {"F105 /readings/2/meter | is=W-3"});
  EXPECT_EQ(closings(*result.by_tariff.at("other")), std::vector<std::string>{"2026-02-28: 3"});
  EXPECT_TRUE(result.by_tariff.at("metered")->meters.closings.empty());
}

}  // namespace
