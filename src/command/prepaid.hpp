// SPDX-License-Identifier: Apache-2.0
//
// What was paid ahead, from a ledger or a list of events.
#pragma once

#include "files.hpp"

#include <dues/ledger/event.hpp>

namespace dues::command {

/// The events of the file that concern the first tariff that can read it.
/// @throws failure (wrong_input, no_file)
std::vector<ledger_event> read_prepaid(const std::vector<std::shared_ptr<const program>>& tariffs, const std::string& name, input_files& files, const language& words);

}  // namespace dues::command
