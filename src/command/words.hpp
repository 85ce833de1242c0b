// SPDX-License-Identifier: Apache-2.0
//
// A further language, from a file: {"tag": "fr", "texts": {"T101": "...", "command.bills": "..."}}.
#pragma once

#include <dues/diagnostic/catalogue.hpp>

#include <string>

namespace dues::command {

/// @param plain  the language to complain in
/// @throws failure (wrong_input, no_file)
language read_words(const std::string& name, const language& plain);

}  // namespace dues::command
