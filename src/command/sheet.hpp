// SPDX-License-Identifier: Apache-2.0
//
// The lines of a run for a spreadsheet: CSV with a byte order mark, titles and names in the reader's
// language, and no text that a spreadsheet would run as a formula. Programs exchange --format csv.
#pragma once

#include "command.hpp"

#include <dues/bill/output.hpp>

namespace dues::command {

void write_sheet(std::span<const billing> made, const language& words, const text_sink& to);

}  // namespace dues::command
