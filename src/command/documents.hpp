// SPDX-License-Identifier: Apache-2.0
//
// From file names to a run: what the verbs bill and explain do alike. What is wrong is told on the way.
#pragma once

#include "command.hpp"
#include "progress.hpp"

namespace dues::command {

/// A run and what became known of its facts.
struct run_result {
  billing made;
  diagnostics about_facts;  ///< rows with a mistake; told already
};

/// Reads tariff, facts and earlier results, and bills.
/// @throws failure (wrong_input, wrong_use, no_file)
run_result read_and_bill(const request& asked, const language& words, progress& shown);

/// Lines that could not be computed.
std::size_t lines_without_amount(const billing& made);

/// How a run ends: fine, or without_amount when anything is missing in it.
int end_of(const run_result& run);

}  // namespace dues::command
