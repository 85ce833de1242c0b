// SPDX-License-Identifier: Apache-2.0
//
// A run as tables for people: a summary, totals by fee, the bills or the lines, what went wrong.
#pragma once

#include "command.hpp"

namespace dues::command {

/// One after the other, for each tariff.
std::string report(std::span<const billing> made, const request& asked, const language& words);

/// Labels (keys of texts) and what stands beside them, the latter in one column.
std::string labelled(const std::vector<std::pair<std::string_view, std::string>>& rows, const language& words);

/// The name that the tariff gives a fee in this language.
std::string fee_name(const program& tariff, std::int32_t fee, const language& words);

/// "charge", "adjustment 1".
std::string cause_in(const line& one, const language& words);

}  // namespace dues::command
