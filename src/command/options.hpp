// SPDX-License-Identifier: Apache-2.0
//
// From arguments to a request. The only place that knows CLI11.
#pragma once

#include "command.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dues::command {

using verb = int (*)(const request& asked, const language& words);

struct invocation {
  verb run = nullptr;
  request asked;
};

/// The language that the arguments ask for: --words, --lang, else `from_environment`, else English. It is
/// found before the rest, so that help and complaints speak it too.
/// @throws failure
language language_of(const std::vector<std::string>& arguments, const std::string& from_environment);

/// @returns nothing when help or the version was asked for, and is written
/// @throws failure (wrong_use) for arguments that cannot be understood
std::optional<invocation> read_arguments(const std::vector<std::string>& arguments, const language& words);

}  // namespace dues::command
