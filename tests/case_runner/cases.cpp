// SPDX-License-Identifier: Apache-2.0
//
// Every case of tests/cases through the public door; every line of every run is explained, and the
// explanation replayed must give its amount.
#include "case_runner/case.hpp"

#include <gtest/gtest.h>

namespace {

using dues_test::case_result;
using dues_test::case_run;
namespace json = dues_test::json;

/// A field of a line as the cases write it.
std::string field_of(const dues::billing& made, const dues::line& one, std::string_view name) {
  const dues::facts& known = *made.known;
  const dues::program& tariff = *known.tariff;
  const auto amount = [&](std::int64_t units) { return dues::amount_text(units, tariff.minor_units); };
  const auto number = [](std::int64_t value, int scale) { return scale < 0 ? std::string() : dues::decimal::make(dues::int128(value), scale)->to_text(); };
  if (name == "account") return one.account == dues::id_table::none ? std::string() : std::string(known.accounts.at(one.account));
  if (name == "unit") return std::string(known.units.at(one.unit));
  if (name == "fee") return tariff.fees[static_cast<std::size_t>(one.fee)].id;
  if (name == "subject") return std::string(dues::subject_text(known, one));
  if (name == "period") return dues::to_text(one.period);
  if (name == "from") return dues::to_text(one.from);
  if (name == "to") return dues::to_text(one.to);
  if (name == "issue") return dues::to_text(one.issue);
  if (name == "due") return dues::to_text(one.due);
  if (name == "cause") return dues::cause_text(one);
  if (name == "quantity") return number(one.quantity, one.quantity_scale);
  if (name == "price") return number(one.price, one.price_scale);
  if (name == "gross") return amount(one.gross);
  if (name == "discounts") return amount(dues::discounts_of(tariff, one));
  if (name == "net") return amount(one.net());
  if (name == "tax") return amount(one.tax);
  if (name == "amount") return amount(one.amount);
  if (name == "diagnostic") return one.fault < 0 ? std::string() : made.faults[static_cast<std::size_t>(one.fault)].code;
  return "no such field";
}

std::string short_text(const dues::billing& made, const dues::line& one) {
  std::string text;
  for (const char* name : {"account", "unit", "fee", "subject", "from", "to", "cause", "amount", "diagnostic"}) text += field_of(made, one, name) + " ";
  return text;
}

/// What each discount grants, by its id.
std::string granted_text(const dues::billing& made, std::size_t place) {
  std::string text;
  for (const dues::granted_discount& one : dues::granted_to(made, place))
    text += made.known->tariff->discounts[static_cast<std::size_t>(one.discount)].id + " " + dues::amount_text(one.amount, made.known->tariff->minor_units) + "; ";
  return text;
}

std::string wanted_text(const json::object& by_discount) {
  std::string text;
  for (const auto& one : by_discount) text += std::string(one.key()) + " " + std::string(one.value().as_string()) + "; ";
  return text;
}

/// What is taxed, as the result says it.
std::string taxed_text(const dues::billing& made, std::size_t place) {
  const json::value result = json::parse(dues::to_json(made));
  return std::string(result.at("lines").as_array().at(place).at("taxed").as_string());
}

void expect_lines(const dues::billing& made, const json::array& wanted) {
  std::string all;
  for (const dues::line& one : made.lines) all += "  " + short_text(made, one) + "\n";
  ASSERT_EQ(made.lines.size(), wanted.size()) << all;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    for (const auto& field : wanted[i].as_object()) {
      const std::string_view name = field.key();
      const std::string is = name == "by_discount" ? granted_text(made, i) : name == "taxed" ? taxed_text(made, i) : field_of(made, made.lines[i], name);
      EXPECT_EQ(is, name == "by_discount" ? wanted_text(field.value().as_object()) : std::string(field.value().as_string())) << name << " of line " << i << "\n" << all;
    }
    // A line that was not expected to fail has not failed.
    if (!wanted[i].as_object().contains("diagnostic")) {
      EXPECT_EQ(field_of(made, made.lines[i], "diagnostic"), "") << all;
    }
  }
}

void expect_bills(const dues::billing& made, const json::array& wanted) {
  ASSERT_EQ(made.bills.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const dues::bill& one = made.bills[i];
    const json::object& is = wanted[i].as_object();
    EXPECT_EQ(std::string(is.at("account").as_string()), made.known->accounts.at(one.account));
    EXPECT_EQ(std::string(is.at("issue").as_string()), dues::to_text(one.issue));
    EXPECT_EQ(std::string(is.at("due").as_string()), dues::to_text(one.due));
    EXPECT_EQ(std::string(is.at("total").as_string()), dues::amount_text(dues::total_of(made, one), made.known->tariff->minor_units));
    if (const auto* lines = is.if_contains("lines")) {
      EXPECT_EQ(lines->to_number<std::uint32_t>(), one.end - one.begin);
    }
  }
}

void expect_result(const case_result& result, const json::object& expect) {
  for (const dues::diagnostic& one : result.told)
    EXPECT_TRUE(one.level == dues::severity::warning || result.made.known != nullptr) << one.code << " " << one.pointer << " " << dues::message(one);
  ASSERT_NE(result.made.known, nullptr);
  const dues::billing& made = result.made;
  const int places = made.known->tariff->minor_units;
  if (const auto* lines = expect.if_contains("lines")) expect_lines(made, lines->as_array());
  dues::int128 total = 0;
  for (const dues::line& one : made.lines) total += one.amount;
  if (const auto* wanted = expect.if_contains("total")) {
    EXPECT_EQ(dues::amount_text(total, places), std::string(wanted->as_string()));
  }
  if (const auto* bills = expect.if_contains("bills")) expect_bills(made, bills->as_array());
  if (const auto* never = expect.if_contains("must_not"))
    for (const json::value& wrong : never->as_array()) {
      EXPECT_NE(dues::amount_text(total, places), std::string(wrong.as_string()));
      for (const dues::line& one : made.lines) EXPECT_NE(field_of(made, one, "amount"), std::string(wrong.as_string()));
    }
}

void expect_replays(const dues::billing& made) {
  for (std::size_t i = 0; i < made.lines.size(); ++i) {
    const auto told = dues::explain_line(made, i);
    ASSERT_EQ(told.has_value(), made.lines[i].fault < 0) << short_text(made, made.lines[i]);
    if (!told) continue;
    const auto again = dues::replay(*told);
    ASSERT_TRUE(again) << short_text(made, made.lines[i]) << "\n" << dues::to_json(*told, *made.known->tariff);
    EXPECT_EQ(*again, field_of(made, made.lines[i], "amount"));
    EXPECT_EQ(dues::find_line(made, told->key), i);
  }
}

class cases : public testing::TestWithParam<case_run> {};

TEST_P(cases, give_what_they_must) {
  const case_run& run = GetParam();
  const auto first = dues_test::run_before(run.document);
  if (first) {
    if (const auto* expect = first->document.as_object().if_contains("expect")) expect_result(first->result, expect->as_object());
    expect_replays(first->result.made);
  }
  const case_result result = dues_test::bill_case(run.document, first ? &first->lines : nullptr);
  expect_result(result, run.document.at("expect").as_object());
  if (result.made.known != nullptr) expect_replays(result.made);
}

std::string test_name(const testing::TestParamInfo<case_run>& info) {
  std::string name = info.param.name;
  for (char& c : name)
    if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9')) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(all, cases, testing::ValuesIn(dues_test::all_case_runs()), test_name);

}  // namespace
