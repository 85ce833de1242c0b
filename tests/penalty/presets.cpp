// SPDX-License-Identifier: Apache-2.0
//
// The presets that are installed: each says what it rests on, compiles as part of a tariff, and gives the
// amounts of its own worked case. And the published rates that are installed beside them.
#include "penalty/penalty_house.hpp"
#include "tariff/document.hpp"

#include <filesystem>
#include <set>

namespace {

using dues_test::find;
using dues_test::value;
using dues_test::written;

const std::string data = std::string(DUES_SOURCE_DIR) + "/src/data/";

std::vector<std::filesystem::path> preset_files() {
  std::vector<std::filesystem::path> found;
  for (const auto& one : std::filesystem::directory_iterator(data + "presets/penalties"))
    if (one.path().extension() == ".json") found.push_back(one.path());
  std::sort(found.begin(), found.end());
  return found;
}

std::string members(value* list) {
  if (list == nullptr) return {};
  const std::string text = written(*list);
  return text.substr(1, text.size() - 2);
}

/// A tariff with the preset's reads, values and penalties, and a fee for each of them.
std::string tariff_of(value& preset) {
  const std::string currency = find(preset, "/case/currency")->text;
  const std::string more_units = members(find(preset, "/reads/unit"));
  std::string fees;
  for (const auto& one : find(preset, "/penalties")->members) {
    value penalty = one.is;
    const std::string id = find(penalty, "/id")->text;
    fees += (fees.empty() ? "" : ", ") + (R"({"id": "fee_)" + id + R"(", "name": {"en": "Fee"}, "kind": "recurring", "schedule": "monthly", "price": "1", "quantity": "unit.area", "penalty": ")" + id + "\"}");
  }
  const std::string values = members(find(preset, "/values"));
  return R"({"dues_tariff": "1", "id": "house", "edition": "1", "from": "2015-01-01", "currency": ")" + currency + R"(", "name": {"en": "House"},
    "reads": {"unit": [{"id": "area", "type": "number", "above": 0})" + (more_units.empty() ? "" : ", " + more_units) + R"(], "references": [)" + members(find(preset, "/reads/references")) + R"(]},
    "values": [)" + values + R"(],
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 10}}],
    "fees": [)" + fees + R"(], "penalties": )" + written(*find(preset, "/penalties")) + "}";
}

TEST(presets, say_what_they_rest_on_and_since_when) {
  ASSERT_GE(preset_files().size(), 9U);
  for (const auto& file : preset_files()) {
    SCOPED_TRACE(file);
    value preset = dues_test::parsed(dues_test::file_text(file));
    EXPECT_EQ(find(preset, "/dues_preset")->text, "1");
    EXPECT_EQ(find(preset, "/id")->text, file.stem());
    for (const char* needed : {"/name/zh", "/name/en", "/cites/0", "/source", "/in_force", "/penalties/0", "/case/title/zh", "/case/title/en"}) EXPECT_NE(find(preset, needed), nullptr) << needed;
    EXPECT_TRUE(find(preset, "/in_force/from") != nullptr || find(preset, "/in_force/seen") != nullptr);
    const std::set<std::string> known{"dues_preset", "id", "name", "cites", "source", "in_force", "note", "reads", "values", "penalties", "case"};
    for (const auto& member : preset.members) EXPECT_TRUE(known.contains(member.key)) << member.key;
  }
}

TEST(presets, give_the_amounts_of_their_cases) {
  for (const auto& file : preset_files()) {
    SCOPED_TRACE(file);
    value preset = dues_test::parsed(dues_test::file_text(file));
    const auto program = dues_test::compiled_penalty(tariff_of(preset));
    ASSERT_TRUE(program);
    value* references = find(preset, "/case/references");
    const std::string with = references == nullptr ? "" : "\"references\": " + written(*references) + ", ";
    auto made = dues::read_penalty_history(program, dues_test::history_of(members(find(preset, "/case/receivables")), with));
    for (const auto& one : made.found.all()) ADD_FAILURE() << one.code << ' ' << one.pointer << ' ' << dues::message(one);
    const value* uses = find(preset, "/case/uses");
    for (const auto& one : uses == nullptr ? std::vector<dues_test::member>() : uses->members) {
      ASSERT_TRUE(dues::read_references(dues_test::file_text(data + "references/" + one.is.text + ".json"), made.terms, made.found));
    }
    const auto all = dues::accrue_all(made.terms, made.receivables, dues_test::day(find(preset, "/case/as_of")->text));
    ASSERT_TRUE(all.ok());
    ASSERT_EQ(all.receivables.size(), 1U);
    const auto& components = program->penalties[static_cast<std::size_t>(all.receivables[0].penalty)].components;
    value totals = *find(preset, "/case/totals");
    EXPECT_EQ(totals.members.size(), components.size());
    for (const auto& one : all.receivables[0].components) {
      const value* wanted = find(totals, "/" + components[static_cast<std::size_t>(one.component)].id);
      ASSERT_NE(wanted, nullptr);
      EXPECT_EQ(dues_test::units(one.total), wanted->text);
    }
  }
}

TEST(presets, of_commercial_units_in_aljunied_take_the_higher_each_month) {
  // 300 due 31 January, 230 paid 1 March: 30, then 20.
  value preset = dues_test::parsed(dues_test::file_text(data + "presets/penalties/sg_aljunied.json"));
  const auto program = dues_test::compiled_penalty(tariff_of(preset));
  const auto made = dues::read_penalty_history(program, dues_test::history_of(R"({"receivable": "R1", "penalty": "sg_aljunied_commercial", "account": "tan", "unit": "01-01", "principal": "300.00", "due": "2026-01-31",
    "changes": [{"on": "2026-03-01", "kind": "payment", "amount": "230.00"}]})"));
  ASSERT_EQ(made.receivables.size(), 1U);
  EXPECT_EQ(dues_test::units(dues::accrue(made.terms, made.receivables[0], dues_test::day("2026-03-31")).total()), "50.00");
}

TEST(the_loan_prime_rate, is_that_of_its_days_and_ends_with_what_is_known) {
  dues::penalty_terms terms;
  dues::diagnostics found;
  ASSERT_TRUE(dues::read_references(dues_test::file_text(data + "references/lpr_1y.json"), terms, found));
  const dues::reference_series& lpr = terms.references.at("lpr_1y");
  const auto on = [&](std::string_view day) {
    const auto* one = lpr.find(dues_test::day(day));
    return one == nullptr ? std::string("none") : one->rate.to_text();
  };
  EXPECT_EQ(on("2019-08-19"), "none");
  EXPECT_EQ(on("2019-08-20"), "0.0425");
  EXPECT_EQ(on("2022-08-21"), "0.0370");
  EXPECT_EQ(on("2022-08-22"), "0.0365");
  EXPECT_EQ(on("2025-05-19"), "0.0310");
  EXPECT_EQ(on("2025-05-20"), "0.0300");
  EXPECT_EQ(on("2026-05-19"), "0.0300");
  EXPECT_EQ(on("2026-05-20"), "none");
  EXPECT_EQ(lpr.last_known(), dues_test::day("2026-05-19"));
}

TEST(the_loan_prime_rate, past_its_end_is_an_error_unless_the_policy_holds_it) {
  const std::string open = dues_test::history_of(R"({"receivable": "R1", "penalty": "late", "principal": "10000.00", "due": "2026-03-31"})");
  const auto with = [&](std::string_view fixed) {
    const auto program = dues_test::compiled_penalty(dues_test::tariff_with(R"({"id": "late", "rate": {"reference": "lpr", "per": "year")" + std::string(fixed) + "}}"));
    auto made = dues::read_penalty_history(program, open);
    dues::penalty_terms installed;
    EXPECT_TRUE(dues::read_references(dues_test::file_text(data + "references/lpr_1y.json"), installed, made.found));
    made.terms.references.emplace("lpr", installed.references.at("lpr_1y"));
    return dues::accrue(made.terms, made.receivables[0], dues_test::day("2026-11-25"));
  };
  const auto moving = with("");
  ASSERT_FALSE(moving.ok());
  EXPECT_EQ(moving.found.all()[0].code, "P111");
  EXPECT_EQ(moving.found.all()[0].value("last"), "2026-05-19");
  EXPECT_EQ(dues_test::total_of(with(R"(, "fixed_on": "due_date")")), "196.44");  // 10000 x 3% x 239/365
}

}  // namespace
