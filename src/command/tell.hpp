// SPDX-License-Identifier: Apache-2.0
//
// Diagnostics for people: code, place, message, the expression with a caret, and the cure.
#pragma once

#include <dues/diagnostic/catalogue.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace dues::command {

/// One diagnostic as lines, the last one ended.
/// @param document  JSON in which the pointer may stand; the expression there is shown. Empty: none.
std::string tell(const diagnostic& found, std::string_view document, const language& words);

/// All of them on standard error, errors first, at most 20 and then how many more.
/// @param errors  how many there are, those that were not kept included
void tell_all(std::span<const diagnostic> found, std::size_t errors, std::string_view document, const language& words);

/// As above, for what a reader of documents found.
inline void tell_all(const diagnostics& found, std::string_view document, const language& words) { tell_all(found.all(), found.errors(), document, words); }

/// "--lang: 'nz' is none of en, zh; did you mean 'en'?"
std::string say_none_of(std::string_view option, std::string_view is, std::span<const std::string_view> known, const language& words);

std::size_t warnings_in(std::span<const diagnostic> found);

}  // namespace dues::command
