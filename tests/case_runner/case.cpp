// SPDX-License-Identifier: Apache-2.0
#include "case_runner/case.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace dues_test {

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return text.str();
}

// The place that `at` names, except its last step; that one is added or replaced by the patch.
json::value& parent_of(json::value& document, const json::array& at) {
  json::value* here = &document;
  for (std::size_t i = 0; i + 1 < at.size(); ++i)
    here = at[i].is_string() ? &here->as_object().at(at[i].as_string()) : &here->as_array().at(static_cast<std::size_t>(at[i].as_int64()));
  return *here;
}

void patch(json::value& document, const json::value& change) {
  const json::array& at = change.at("at").as_array();
  json::value& parent = parent_of(document, at);
  const bool removes = change.as_object().contains("remove");
  if (at.back().is_string()) {
    if (removes) parent.as_object().erase(at.back().as_string());
    else parent.as_object()[at.back().as_string()] = change.at("is");
    return;
  }
  json::array& list = parent.as_array();
  const auto place = static_cast<std::size_t>(at.back().as_int64());
  if (removes) list.erase(list.begin() + static_cast<std::ptrdiff_t>(place));
  else list.at(place) = change.at("is");
}

std::string text_at(const json::value& document, const char* name, const char* otherwise = "") {
  const auto* field = document.as_object().if_contains(name);
  return field == nullptr ? std::string(otherwise) : std::string(field->as_string());
}

}  // namespace

std::vector<case_run> all_case_runs() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(DUES_SOURCE_DIR) / "tests" / "cases"))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<case_run> runs;
  for (const auto& file : files) {
    const json::value document = json::parse(read_file(file));
    const std::string id = text_at(document, "id");
    runs.push_back({id, document});
    const auto* variants = document.as_object().if_contains("variants");
    if (variants == nullptr) continue;
    for (const json::value& variant : variants->as_array()) {
      json::value changed = document;
      for (const json::value& change : variant.at("patch").as_array()) patch(changed, change);
      changed.as_object()["expect"] = variant.at("expect");
      runs.push_back({id + "~" + text_at(variant, "id"), std::move(changed)});
    }
  }
  return runs;
}

case_result bill_case(const json::value& document, const dues::billed_before* before) {
  case_result result;
  const auto take = [&](const dues::diagnostics& found) { result.told.insert(result.told.end(), found.all().begin(), found.all().end()); };
  const dues::compile_result tariff = dues::compile(json::serialize(document.at("tariff")));
  take(tariff.found);
  if (tariff.compiled == nullptr) return result;
  const dues::facts_result facts = dues::load_facts(tariff.compiled, json::serialize(document.at("facts")));
  take(facts.found);
  if (facts.loaded == nullptr) return result;
  dues::bill_request asked;
  asked.days = {dues::parse_day(text_at(document, "from")).value(), dues::parse_day(text_at(document, "to")).value()};
  asked.select = text_at(document, "select") == "issue" ? dues::selection::issue : dues::selection::service;
  result.made = dues::make_bills(facts.loaded, asked, before);
  take(result.made.found);
  return result;
}

std::optional<earlier_run> run_before(const json::value& document) {
  const auto* before = document.as_object().if_contains("before");
  if (before == nullptr) return std::nullopt;
  earlier_run first{document, {}, {}};
  json::object& changed = first.document.as_object();
  for (const auto& field : before->as_object()) changed[field.key()] = field.value();
  changed.erase("before");
  first.result = bill_case(first.document);
  if (first.result.made.known == nullptr) return first;
  dues::diagnostics found;
  if (!dues::read_billed(*first.result.made.known->tariff, dues::to_json(first.result.made), first.lines, found))
    throw std::runtime_error("a result of our own cannot be read: " + dues::message(found.all()[0]));
  return first;
}

std::string bytes_of(const case_run& run) {
  const auto first = run_before(run.document);
  const case_result result = bill_case(run.document, first ? &first->lines : nullptr);
  std::string bytes = "== " + run.name + "\n" + dues::to_json(result.told);
  if (result.made.known == nullptr) return bytes;
  bytes += dues::to_json(result.made) + dues::to_csv(result.made);
  for (std::size_t i = 0; i < result.made.lines.size(); ++i)
    if (const auto told = dues::explain_line(result.made, i)) bytes += dues::to_json(*told, *result.made.known->tariff);
  return bytes;
}

}  // namespace dues_test
