// SPDX-License-Identifier: Apache-2.0
//
// The presets of payments that are shipped: each compiles into a tariff and settles its worked case.
#include "ledger/book.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

using namespace dues_test;

const std::filesystem::path folder = std::filesystem::path(DUES_SOURCE_DIR) / "src/data/presets/payments";

std::string preset(const std::string& id) {
  std::ifstream file(folder / (id + ".json"));
  std::stringstream text;
  text << file.rdbuf();
  dues::diagnostics found;
  const auto document = dues::read_json(text.str(), found);
  EXPECT_NE(document, nullptr) << id;
  if (document == nullptr) return {};
  EXPECT_EQ(document->root().find("id").text(), id);
  EXPECT_GT(document->root().find("cites").size(), 0U) << id;
  // With keys in order `payments` is the last.
  const std::string sorted = dues::canonical_text(*document);
  const std::size_t at = sorted.find("\"payments\":") + 11;
  return sorted.substr(at, sorted.size() - at - 1);
}

std::shared_ptr<const dues::program> tariff_of(const std::string& id, std::string_view penalty = R"({"id": "late", "rate": {"percent": "0.05%", "per": "day"}})") {
  std::string fees;
  for (const char* fee : {"assessment", "attorney_foreclosure", "attorney_other", "fine", "reminder"})
    fees += std::string(fees.empty() ? "" : ",") + R"({"id": ")" + fee + R"(", "kind": "recurring", "name": {"en": "x"}, "price": "1.00", "schedule": "monthly", "penalty": "late"})";
  const dues::compile_result made = dues::compile(R"({"dues_tariff": "1", "id": "t", "edition": "1", "from": "2020-01-01", "currency": "USD", "name": {"en": "T"},
    "schedules": [{"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"days_after_issue": 0}}], "fees": [)" + fees + R"(],
    "penalties": [{"id": "late", "name": {"en": "L"}, "components": [)" + std::string(penalty) + R"(]}], "payments": )" + preset(id) + "}");
  for (const dues::diagnostic& one : made.found.all())
    if (one.level == dues::severity::error) ADD_FAILURE() << id << ": " << one.code << " " << one.pointer << " " << dues::message(one);
  return made.compiled;
}

struct preset_book : test_book {
  dues::tariff_accruals by_tariff;
  explicit preset_book(std::shared_ptr<const dues::program> tariff, bool late = false) : test_book(oldest_first), by_tariff(dues::penalty_terms{tariff, {}, {}}) {
    kept = dues::ledger(tariff);
    if (late) penalties = &by_tariff;
  }
};

TEST(presets_test, every_preset_compiles) {
  std::size_t files = 0;
  for (const auto& one : std::filesystem::directory_iterator(folder)) {
    EXPECT_NE(tariff_of(one.path().stem().string()), nullptr);
    ++files;
  }
  EXPECT_EQ(files, 6U);
}

TEST(presets_test, texas_pays_700_on_450_150_200_and_100) {
  preset_book book(tariff_of("us-tx-209-0063"));
  book.record_all({charge("A", "fine", "2026-01-01", "2026-01-01", "100.00"), charge("A", "attorney_foreclosure", "2026-01-02", "2026-01-02", "200.00"),
                   charge("A", "assessment", "2026-02-01", "2026-02-01", "450.00"), charge("A", "assessment", "2026-03-01", "2026-03-01", "150.00"), payment("p", "A", "2026-03-01", "700.00")});
  EXPECT_EQ(book.settled_by("p", key("A", "assessment", "2026-02-01")), "450.00");
  EXPECT_EQ(book.settled_by("p", key("A", "assessment", "2026-03-01")), "150.00");
  EXPECT_EQ(book.settled_by("p", key("A", "attorney_foreclosure", "2026-01-02")), "100.00");
  EXPECT_EQ(book.settled_by("p", key("A", "fine", "2026-01-01")), "0.00");
}

TEST(presets_test, florida_pays_interest_and_the_late_fee_before_the_assessment) {
  // 300 at 18 % for 60 days: 8.88; the late fee is the higher of 25 and 5 %; 266.12 reach the assessment.
  preset_book book(tariff_of("us-fl-720-3085", R"({"id": "interest", "class": "interest", "rate": {"percent": "18%", "per": "year"}},
    {"id": "late", "rate": {"higher_of": [{"amount": "25", "per": "once"}, {"percent": "5%", "per": "once"}]}})"), true);
  const std::string id = key("A", "assessment", "2026-01-01");
  book.record_all({charge("A", "assessment", "2026-01-01", "2026-01-01", "300.00"), payment("p", "A", "2026-03-02", "300.00", R"(, "for_fees": ["assessment"])")});
  EXPECT_EQ(book.settled_by("p", id, "interest"), "8.88");
  EXPECT_EQ(book.settled_by("p", id, "late"), "25.00");
  EXPECT_EQ(book.settled_by("p", id, "principal"), "266.12");
  EXPECT_EQ(book.open(id), "33.88");
}

// A reminder of 20 and two periods of 268.80 with 5.38 and 4.03 of penalty: 300 are paid.
void pay_300(preset_book& book) {
  book.record_all({event("opening", "cost", "A", "2026-06-01", R"(, "fee": "reminder", "due": "2026-01-31", "amount": "20.00", "class": "costs")"),
                   event("opening", "first", "A", "2026-06-01", R"(, "fee": "assessment", "due": "2026-01-31", "amount": "268.80", "penalty": "5.38")"),
                   event("opening", "second", "A", "2026-06-01", R"(, "fee": "assessment", "due": "2026-02-28", "amount": "268.80", "penalty": "4.03")"), payment("p", "A", "2026-06-01", "300.00")});
}

TEST(presets_test, the_civil_code_bill_by_bill_leaves_267_01_of_the_second) {
  for (const char* id : {"cn-bill-by-bill", "oldest-first"}) {
    preset_book book(tariff_of(id));
    pay_300(book);
    EXPECT_EQ(book.settled_by("p", "first"), "274.18") << id;
    EXPECT_EQ(book.open_penalty("second"), "0.00") << id;
    EXPECT_EQ(book.open("second"), "267.01") << id;
  }
}

TEST(presets_test, the_civil_code_class_by_class_takes_all_penalties_before_any_principal) {
  preset_book book(tariff_of("cn-by-class"));
  book.record_all({event("opening", "first", "A", "2026-06-01", R"(, "fee": "assessment", "due": "2026-01-31", "amount": "268.80", "penalty": "5.38")"),
                   event("opening", "second", "A", "2026-06-01", R"(, "fee": "assessment", "due": "2026-02-28", "amount": "268.80", "penalty": "4.03")"), payment("p", "A", "2026-06-01", "9.41")});
  EXPECT_EQ(book.open_penalty("second"), "0.00");
  EXPECT_EQ(book.open("first"), "268.80");
}

TEST(presets_test, in_proportion_divides_100_over_three_of_100) {
  preset_book book(tariff_of("pro-rata"));
  book.record_all({charge("A", "assessment", "2026-01-01", "2026-01-10", "100.00"), charge("A", "fine", "2026-01-01", "2026-01-10", "100.00"), charge("A", "reminder", "2026-01-01", "2026-01-10", "100.00"),
                   payment("p", "A", "2026-02-01", "100.00")});
  EXPECT_EQ(book.open(key("A", "assessment", "2026-01-01")), "66.66");
  EXPECT_EQ(book.open(key("A", "fine", "2026-01-01")), "66.67");
  EXPECT_EQ(book.open(key("A", "reminder", "2026-01-01")), "66.67");
}

}  // namespace
