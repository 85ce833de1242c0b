// SPDX-License-Identifier: Apache-2.0
//
// From file names to documents and a run: what the verbs do alike. What is wrong is told on the way.
#pragma once

#include "command.hpp"
#include "progress.hpp"

namespace dues::command {

class input_files;

/// A run and what became known of its facts.
struct run_result {
  std::vector<billing> made;  ///< one for each tariff, by its id
  diagnostics about_facts;    ///< rows with a mistake; told already
};

/// A tariff with its text, in which mistakes are shown.
struct read_tariff {
  std::string name, text;  ///< of the file
  compile_result result;
};
using read_tariffs_result = std::vector<read_tariff>;

/// Reads and compiles each file that was asked for. Nothing of them is told yet.
/// @throws failure (no_file, wrong_use)
read_tariffs_result read_tariffs(const request& asked, input_files& files, const language& words, progress& shown);
/// Tells what a tariff has; of several, with its name.
void tell_tariff(const read_tariff& one, bool several, const language& words);
/// By id. Precondition: all stand.
/// @throws failure (wrong_input) when two have one id
std::vector<std::shared_ptr<const program>> compiled_of(const read_tariffs_result& read, const language& words);

/// What bill and explain want of a run: with or without bills.
enum class wants { bills, lines };

/// Reads tariffs, facts and earlier results, and bills.
/// @throws failure (wrong_input, wrong_use, no_file)
run_result read_and_bill(const request& asked, wants what, const language& words, progress& shown);

/// Facts as loaded for each tariff, by its id; empty when they cannot be used at all.
struct read_facts_result {
  std::vector<std::shared_ptr<const facts>> loaded;
  diagnostics found;
};

/// Streams the files of facts. Nothing of them is told yet.
/// @throws failure (no_file, wrong_use)
read_facts_result read_facts(const request& asked, const std::vector<std::shared_ptr<const program>>& tariffs, input_files& files, const language& words, progress& shown);

/// Lines that could not be computed.
std::size_t lines_without_amount(const billing& made);

/// How a run ends: fine, or without_amount when anything is missing in it.
int end_of(const run_result& run);

}  // namespace dues::command
