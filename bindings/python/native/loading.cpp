// SPDX-License-Identifier: Apache-2.0
//
// Facts, table by table.
#include "binding.hpp"

#include <nanobind/stl/string_view.h>

namespace dues_python {

namespace {

loader open(const tariff& of) {
  dues_loader* made = nullptr;
  call_error error(of.language());
  check(dues_loader_new(of.get(), &made, &error), error);
  return {made, of.language()};
}

void json(const loader& to, const nb::bytes& document) {
  call_error error(to.language());
  const std::int32_t status = released([&] { return dues_loader_json(to.get(), document.c_str(), document.size(), &error); });
  check_table(to, status, error);
}

void csv(const loader& to, std::string_view table, const nb::bytes& chunk, bool last) {
  call_error error(to.language());
  const std::int32_t status = released([&] { return dues_loader_csv(to.get(), table.data(), table.size(), chunk.c_str(), chunk.size(), last ? 1 : 0, &error); });
  check_table(to, status, error);
}

// (Facts, what was found as JSON)
nb::tuple finish(const loader& from) {
  dues_facts* made = nullptr;
  owned_text found;
  call_error error(from.language());
  const std::int32_t status = released([&] { return dues_loader_finish(from.get(), &made, &found, &error); });
  check(status, error, found);
  return nb::make_tuple(facts(made, from.language()), found.to_python());
}

}  // namespace

void check_table(const loader& of, std::int32_t status, const call_error& error) {
  owned_text found;
  if (status == DUES_BAD_FACTS) {
    dues_facts* none = nullptr;
    dues_loader_finish(of.get(), &none, &found, nullptr);
    dues_facts_free(none);
  }
  check(status, error, found);
}

void add_loading(nb::module_& to) {
  nb::class_<facts>(to, "Facts");
  nb::class_<loader>(to, "Loader").def("json", &json).def("csv", &csv).def("arrow", &load_arrow).def("finish", &finish);
  to.def("open", &open);
}

}  // namespace dues_python
