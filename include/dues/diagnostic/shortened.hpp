// SPDX-License-Identifier: Apache-2.0
//
// What a document holds may be of any length; what a message shows of it is short.
#pragma once

#include <dues/config.hpp>

#include <span>
#include <string>
#include <string_view>

DUES_BEGIN

/// The text, or as many whole characters as 80 bytes hold.
std::string shortened(std::string_view text);
/// "a, b or c"; of more than twenty the first twenty, and how many there are besides.
std::string listed(std::span<const std::string_view> words);

DUES_END
