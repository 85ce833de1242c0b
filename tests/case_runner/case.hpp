// SPDX-License-Identifier: Apache-2.0
//
// A case of tests/cases: documents in, lines and bills out, and what they must be. The form is
// checked by tests/cases/check_form.py. Read with Boost.JSON's DOM, which keeps texts as they are;
// cases write every number that matters as text.
#pragma once

#include <dues/dues.hpp>

#include <boost/json.hpp>

#include <string>
#include <vector>

namespace dues_test {

namespace json = boost::json;

/// One run of a case: the case itself, or one of its variants with its patch applied.
struct case_run {
  std::string name;      ///< "AF-06", "AF-06~leap"
  json::value document;  ///< patched
};

/// All runs of tests/cases, by file name.
std::vector<case_run> all_case_runs();

/// A result and what its documents' diagnostics said.
struct case_result {
  dues::billing made;
  std::vector<dues::diagnostic> told;  ///< by the compiler and the loader; errors of the tariff leave `made` empty
};

/// Bills one document that has tariff, facts, from, to, select.
case_result bill_case(const json::value& document, const dues::billed_before* before = nullptr);

/// What a run gives as bytes: results as JSON and CSV, each line explained. For comparing builds.
std::string bytes_of(const case_run& run);

/// The two runs of a case with `before`: the first one's document and lines.
struct earlier_run {
  json::value document;
  dues::billed_before lines;
  case_result result;
};
std::optional<earlier_run> run_before(const json::value& document);

}  // namespace dues_test
