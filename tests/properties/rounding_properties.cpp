// SPDX-License-Identifier: Apache-2.0
//
// Quantity x price x days over the days of the month, rounded once in each mode: the same to the last
// unit as by unbounded rationals, in currencies of no, two and three places, of either sign.
#include "town.hpp"

#include "value/oracle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using dues_test::integer;
using dues_test::object;
using dues_test::rational;

rational rational_of(const dues::decimal& value) { return rational(integer(dues::to_string(value.coefficient())), dues_test::ten_to(value.scale())); }

// Of up to so many bits, either sign: each length as often as the others.
dues::decimal drawn_number(int most_bits, int most_places) {
  const int bits = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(1, most_bits + 1));
  const std::int64_t digits = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << bits));
  return *dues::decimal::make(dues::int128(*rc::gen::arbitrary<bool>() ? digits : -digits), *rc::gen::inRange(0, most_places + 1));
}

void agree(const dues::decimal& quantity, const dues::decimal& price) {
  const auto currency = *rc::gen::elementOf(std::vector<std::pair<std::string, int>>{{"JPY", 0}, {"CNY", 2}, {"KWD", 3}});
  const dues::rounding_mode mode = *rc::gen::elementOf(std::vector<dues::rounding_mode>(dues_test::modes.begin(), dues_test::modes.end()));
  const int places = *rc::gen::inRange(0, currency.second + 1);
  const dues::civil_day begin = dues::month_begin(dues_test::day_of_2024(*rc::gen::inRange(0, 1500)));
  const dues::day_range month{begin, dues::next_month_begin(begin)};
  const int first = *rc::gen::inRange(0, month.days());
  const int days = *rc::gen::inRange(1, month.days() - first + 1);

  const auto rules = dues_test::compiled(R"({"dues_tariff": "1", "id": "t", "edition": "1", "from": "2024-01-01", "currency": ")" + currency.first + R"(", "name": {"en": "T"},
    "reads": {"unit": [{"id": "size", "type": "number"}]},
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 0}}], "fees": [)" +
      object({{"id", "fee"}, {"kind", "recurring"}, {"name", "{\"en\": \"F\"}"}, {"schedule", "monthly"}, {"quantity", "unit.size"}, {"price", price.to_text()},
              {"rounding", "{\"mode\": \"" + std::string(dues::to_text(mode)) + "\", \"places\": " + std::to_string(places) + "}"}}) + "]}");
  dues_test::town facts;
  const std::string from = dues::to_text(begin + first);
  facts.units.push_back(object({{"unit", "U"}, {"from", from}, {"to", dues::to_text(begin + first + days)}, {"size", quantity.to_text()}}));
  facts.tenures.push_back(object({{"unit", "U"}, {"account", "A"}, {"role", "owner"}, {"from", from}}));
  dues::bill_request asked;
  asked.days = month;
  const dues::billing made = dues::make_bills(dues_test::loaded(rules, facts.json()), asked);
  RC_ASSERT(made.lines.size() == 1U);
  const dues::line& one = made.lines[0];

  const rational exact = rational_of(quantity) * rational_of(price) * rational(days, month.days());
  const integer wanted = dues_test::round_of(exact * dues_test::ten_to(places), mode) * dues_test::ten_to(currency.second - places);
  const bool fits = abs(wanted) <= std::numeric_limits<std::int64_t>::max();
  RC_CLASSIFY(!fits, "too large for a line");
  RC_CLASSIFY(wanted < 0, "negative");
  if (fits) {
    RC_ASSERT(one.fault < 0);
    RC_ASSERT(integer(one.amount) == wanted);
    RC_ASSERT(one.gross == one.amount);
  } else {
    RC_ASSERT(one.fault >= 0);
    RC_ASSERT(made.faults[static_cast<std::size_t>(one.fault)].code == "R104");
  }
}

RC_GTEST_PROP(rounding_property, a_line_of_one_piece_agrees_with_rationals_in_every_mode, ()) {
  agree(drawn_number(20, 4), drawn_number(17, 6));
}

// Digits up to what a line can hold, and beyond: never another number.
RC_GTEST_PROP(rounding_property, large_numbers_agree_with_rationals_or_say_that_they_do_not_fit, ()) {
  agree(drawn_number(62, 18), drawn_number(62, 18));
}

// Halves come up too seldom by chance: here odd quantities at prices of 5, 0.5, 0.05, 0.005.
RC_GTEST_PROP(rounding_property, halves_agree_with_rationals, ()) {
  const int odd = *rc::gen::inRange(0, 1000) * 2 + 1;
  agree(*dues::decimal::make(dues::int128(*rc::gen::arbitrary<bool>() ? odd : -odd), *rc::gen::inRange(0, 4)), *dues::decimal::make(dues::int128(5), *rc::gen::inRange(0, 4)));
}

}  // namespace
