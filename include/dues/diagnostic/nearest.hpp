// SPDX-License-Identifier: Apache-2.0
//
// "did you mean": the known name nearest to a misspelt one, so that every such message can help.
#pragma once

#include <dues/config.hpp>

#include <span>
#include <string>
#include <string_view>

DUES_BEGIN

/// The name with the least edit distance to `word`, at most a third of its length (at least 1);
/// the first of equals. Words longer than 64 bytes find nothing. Cost: names x length squared.
/// @returns empty when none is near
std::string_view nearest_name(std::string_view word, std::span<const std::string_view> names);

DUES_END
