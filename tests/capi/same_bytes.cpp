// SPDX-License-Identifier: Apache-2.0
//
// Every worked example gives the same bytes through C as through C++. This program holds the C++ engine and
// loads libdues: both do their work side by side.
#include "house.hpp"

#include <case_runner/case.hpp>

#include <string>

namespace {

namespace json = boost::json;
using namespace house;

std::int32_t day_of(const json::value& document, const char* name) {
  const json::string& text = document.at(name).as_string();
  std::int32_t days = 0;
  EXPECT_EQ(dues_date_parse(text.data(), text.size(), &days), DUES_OK);
  return days;
}

// What a run gives through C, in the form of dues_test::bytes_of, without what the documents' diagnostics say.
std::string through_c(const json::value& document, const std::string* before) {
  const std::string tariff_json = json::serialize(document.at("tariff"));
  dues_tariff* tariff = nullptr;
  if (dues_tariff_compile(tariff_json.data(), tariff_json.size(), &tariff, nullptr, nullptr) != DUES_OK) return "no tariff";
  const tariff_ptr owned_tariff(tariff);
  const loader_ptr loader = open_loader(tariff);
  const std::string facts_json = json::serialize(document.at("facts"));
  dues_facts* facts = nullptr;
  if (dues_loader_json(loader.get(), facts_json.data(), facts_json.size(), nullptr) != DUES_OK) return "no facts";
  if (dues_loader_finish(loader.get(), &facts, nullptr, nullptr) != DUES_OK) return "no facts";
  const facts_ptr owned_facts(facts);
  dues_run run = run_of(day_of(document, "from"), day_of(document, "to"));
  run.select = document.at("select").as_string() == "issue" ? DUES_BY_ISSUE : DUES_BY_SERVICE;
  dues_str earlier{nullptr, 0};
  if (before != nullptr) {
    earlier = {before->data(), before->size()};
    run.before = &earlier;
    run.before_count = 1;
  }
  dues_result* result = nullptr;
  dues_error error = DUES_ERROR_INIT;
  if (dues_bill(facts, &run, &result, &error) != DUES_OK) return std::string("no run: ") + error.code;
  const result_ptr owned_result(result);
  std::string bytes = text_of(result, DUES_JSON_INDENTED) + text_of(result, DUES_CSV);
  dues_result_info info{};
  info.struct_size = sizeof info;
  EXPECT_EQ(dues_result_get(result, &info, nullptr), DUES_OK);
  for (std::size_t i = 0; i < info.lines; ++i) {
    dues_text why = {nullptr, 0};
    if (dues_explain(result, i, &why, nullptr) == DUES_OK) bytes += taken(why);
  }
  return bytes;
}

std::string through_cpp(const json::value& document, const dues::billed_before* before) {
  const dues_test::case_result result = dues_test::bill_case(document, before);
  for (const dues::diagnostic& one : result.told)
    if (one.level == dues::severity::error && one.code[0] == 'T') return "no tariff";
  if (result.made.known == nullptr) return "no facts";
  for (const dues::diagnostic& one : result.made.found.all())
    if (one.level == dues::severity::error) return "no run: " + one.code;
  std::string bytes = dues::to_json(result.made) + dues::to_csv(result.made);
  for (std::size_t i = 0; i < result.made.lines.size(); ++i)
    if (const auto told = dues::explain_line(result.made, i)) bytes += dues::to_json(*told, *result.made.known->tariff, false);
  return bytes;
}

TEST(same_bytes_test, every_worked_example_gives_the_same_through_c_as_through_cpp) {
  std::size_t runs = 0;
  for (const dues_test::case_run& run : dues_test::all_case_runs()) {
    ++runs;
    const auto first = dues_test::run_before(run.document);
    std::string before;
    if (first && first->result.made.known != nullptr) before = dues::to_json(first->result.made);
    EXPECT_EQ(through_c(run.document, first ? &before : nullptr), through_cpp(run.document, first ? &first->lines : nullptr)) << run.name;
  }
  EXPECT_GT(runs, 100U);
}

}  // namespace
