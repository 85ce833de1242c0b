// SPDX-License-Identifier: Apache-2.0
//
// What the caller is told when something is wrong: status, code, place, words in his language.
#include "house.hpp"

namespace {

using namespace house;

std::string changed(std::string_view text, std::string_view what, std::string_view to) {
  std::string made(text);
  made.replace(made.find(what), what.size(), to);
  return made;
}

TEST(errors_test, a_wrong_tariff_tells_code_pointer_and_cure_in_either_language) {
  const std::string wrong = changed(tariff, "\"schedule\": \"monthly\"", "\"schedule\": \"montly\"");
  for (const std::int32_t language : {DUES_ENGLISH, DUES_CHINESE}) {
    dues_error error = DUES_ERROR_INIT;
    error.language = language;
    dues_tariff* made = reinterpret_cast<dues_tariff*>(&error);
    dues_text found = {nullptr, 0};
    EXPECT_EQ(dues_tariff_compile(wrong.data(), wrong.size(), &made, &found, &error), DUES_BAD_TARIFF);
    EXPECT_EQ(made, nullptr);
    EXPECT_EQ(error.status, DUES_BAD_TARIFF);
    EXPECT_STREQ(error.code, "T110");
    EXPECT_STREQ(error.pointer, "/fees/0/schedule");
    EXPECT_EQ(error.row, -1);
    const std::string message = error.message;
    EXPECT_EQ(message.find("no schedule is called 'montly'; did you mean 'monthly'?") == 0, language == DUES_ENGLISH) << message;
    EXPECT_NE(message.find("montly"), std::string::npos);
    EXPECT_STRNE(error.cure, "");
    const std::string all = taken(found);
    EXPECT_NE(all.find("\"T110\""), std::string::npos);
    EXPECT_NE(all.find("\"T120\""), std::string::npos) << "warnings too: " << all;
  }
}

TEST(errors_test, warnings_come_with_a_tariff_that_compiles) {
  const std::string spare = changed(tariff, "\"schedules\": [", R"("schedules": [{"id": "yearly", "kind": "months", "months": 12, "billed": "in_advance", "due": {"day_of_month": 10}}, )");
  dues_tariff* made = nullptr;
  dues_text found = {nullptr, 0};
  ASSERT_EQ(dues_tariff_compile(spare.data(), spare.size(), &made, &found, nullptr), DUES_OK);
  const tariff_ptr owned(made);
  EXPECT_NE(taken(found).find("\"T120\""), std::string::npos);
}

TEST(errors_test, facts_that_cannot_be_used_tell_row_and_place_and_again_at_the_end) {
  const tariff_ptr of = compile();
  const loader_ptr loader = open_loader(of.get());
  const std::string_view csv = "unit,from,area\n1-101,2026-01-01,80.02\nS-1,2026-01-01\n";  // ragged
  dues_error error = DUES_ERROR_INIT;
  ASSERT_EQ(dues_loader_csv(loader.get(), "units", 5, csv.data(), csv.size(), 1, &error), DUES_BAD_FACTS);
  EXPECT_STREQ(error.code, "F143");
  EXPECT_EQ(error.row, 1);
  EXPECT_EQ(dues_loader_json(loader.get(), facts.data(), facts.size(), &error), DUES_WRONG_ORDER);
  EXPECT_STREQ(error.code, "C104");
  dues_facts* made = nullptr;
  dues_text found = {nullptr, 0};
  ASSERT_EQ(dues_loader_finish(loader.get(), &made, &found, &error), DUES_BAD_FACTS);
  EXPECT_EQ(made, nullptr);
  EXPECT_STREQ(error.code, "F143");
  EXPECT_NE(taken(found).find("\"F143\""), std::string::npos);
}

TEST(errors_test, a_row_with_a_mistake_follows_its_unit_into_its_line_and_no_other) {
  const tariff_ptr of = compile();
  const std::string wrong = changed(facts, "\"area\": \"80.02\"", "\"area\": \"-80.02\"");
  const loader_ptr loader = open_loader(of.get());
  ASSERT_EQ(dues_loader_json(loader.get(), wrong.data(), wrong.size(), nullptr), DUES_OK);
  dues_facts* made = nullptr;
  dues_text found = {nullptr, 0};
  ASSERT_EQ(dues_loader_finish(loader.get(), &made, &found, nullptr), DUES_OK);
  const facts_ptr known(made);
  EXPECT_NE(taken(found).find("/units/0/area"), std::string::npos);

  const result_ptr result = bill(known.get(), run_of(july, august));
  dues_error error = DUES_ERROR_INIT;
  dues_line line{};
  line.struct_size = sizeof line;
  ASSERT_EQ(dues_result_line(result.get(), 0, &line, &error), DUES_BAD_LINE);
  EXPECT_EQ(view(line.unit), "1-101");
  EXPECT_EQ(line.amount.present, 0);
  EXPECT_EQ(text(line.amount), "");
  EXPECT_STREQ(error.code, "F103");
  EXPECT_STREQ(error.pointer, "/units/0/area");
  EXPECT_EQ(error.row, 0);
  dues_text why = {nullptr, 0};
  EXPECT_EQ(dues_explain(result.get(), 0, &why, &error), DUES_BAD_LINE);
  EXPECT_STREQ(error.code, "F103");
  ASSERT_EQ(dues_result_line(result.get(), 2, &line, &error), DUES_OK);
  EXPECT_EQ(text(line.amount), "307.49");
  EXPECT_STREQ(error.code, "");
  EXPECT_EQ(error.status, 0);
}

TEST(errors_test, a_run_that_cannot_be_made_says_why) {
  const facts_ptr known = load(compile().get());
  dues_error error = DUES_ERROR_INIT;
  dues_result* result = nullptr;
  dues_run run = run_of(august, july);
  EXPECT_EQ(dues_bill(known.get(), &run, &result, &error), DUES_BAD_RUN);
  EXPECT_STREQ(error.code, "R113");
  run = run_of(july, august);
  run.account = {"Wu", 2};
  EXPECT_EQ(dues_bill(known.get(), &run, &result, &error), DUES_BAD_RUN);
  EXPECT_STREQ(error.code, "R112");
  run.account = {nullptr, 0};
  run.most_lines = 1;
  EXPECT_EQ(dues_bill(known.get(), &run, &result, &error), DUES_BAD_RUN);
  EXPECT_STREQ(error.code, "R110");
  run = run_of(july, august);
  const dues_str nothing{"{}", 2};
  run.before = &nothing;
  run.before_count = 1;
  EXPECT_EQ(dues_bill(known.get(), &run, &result, &error), DUES_BAD_RUN);
  EXPECT_STREQ(error.code, "R114");
}

TEST(errors_test, texts_that_are_too_long_are_cut_at_a_character) {
  const std::string wrong = changed(tariff, "\"schedule\": \"monthly\"", "\"schedule\": \"" + std::string(5'000, 'x') + "\"");
  const facts_ptr known = load(compile().get());
  std::string account(400, 'x');
  for (int i = 0; i < 200; ++i) account += "房";
  for (int shift = 0; shift < 3; ++shift, account.insert(0, "x")) {
    dues_error error = DUES_ERROR_INIT;
    dues_result* result = nullptr;
    dues_run run = run_of(july, august);
    run.account = {account.data(), account.size()};
    EXPECT_EQ(dues_bill(known.get(), &run, &result, &error), DUES_BAD_RUN);
    const std::string message = error.message;
    EXPECT_LT(message.size(), sizeof error.message);
    std::size_t last = message.size();
    while (last != 0 && (static_cast<unsigned char>(message[last - 1]) & 0xC0U) == 0x80U) --last;
    const auto lead = static_cast<unsigned char>(message[last - 1]);
    EXPECT_TRUE(lead < 0x80 || message.size() - last == 2U) << "the last character is whole";
  }
  dues_error error = DUES_ERROR_INIT;
  dues_tariff* made = nullptr;
  EXPECT_EQ(dues_tariff_compile(wrong.data(), wrong.size(), &made, nullptr, &error), DUES_BAD_TARIFF);
  EXPECT_EQ(std::strlen(error.code), 4U);
}

TEST(errors_test, statuses_have_names) {
  EXPECT_STREQ(dues_status_name(DUES_OK), "DUES_OK");
  EXPECT_STREQ(dues_status_name(DUES_BAD_TARIFF), "DUES_BAD_TARIFF");
  EXPECT_STREQ(dues_status_name(DUES_NO_THREAD), "DUES_NO_THREAD");
  EXPECT_STREQ(dues_status_name(DUES_INTERNAL), "DUES_INTERNAL");
  EXPECT_STREQ(dues_status_name(1), "unknown");
}

TEST(errors_test, the_library_is_of_the_version_of_its_header) { EXPECT_EQ(dues_version(), DUES_VERSION); }

}  // namespace
