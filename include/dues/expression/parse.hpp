// SPDX-License-Identifier: Apache-2.0
//
// Reads an expression, checks names and types, and compiles it. Every mistake has a position.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>
#include <dues/expression/expression.hpp>

DUES_BEGIN

/// @param wanted   the type that must come out; a bare number for a rate is T103, a percentage for a
///                 number T104
/// @param pointer  JSON pointer of the expression
/// @returns nothing when there is a mistake: T103, T104, T150, T201 to T206, T208. The first is told, and
///          with it every wrong word of a list and every other name that is not in scope (8 at most)
/// Cost: linear in the source, which is limited.
std::optional<expression> compile_expression(std::string_view source, value_type wanted, const scope& names,
                                             std::string pointer, diagnostics& found);

DUES_END
