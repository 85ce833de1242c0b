// SPDX-License-Identifier: Apache-2.0
//
// Cells of CSV (RFC 4180). For exchange every byte comes back as it was; for people a text that a
// spreadsheet would run as a formula is made harmless.
#pragma once

#include <dues/config.hpp>

#include <string>
#include <string_view>

DUES_BEGIN

/// Appends `text` as one cell for exchange: in quotes, its own quotes doubled, where it holds a
/// comma, a quote, CR or LF, or begins like a byte order mark; else as it is. Never changes a byte of the text.
void append_csv_cell(std::string& out, std::string_view text);

/// Whether a spreadsheet may run `text`: it begins with = + - @ tab or CR and is no number such as
/// -5, +1.25 or -6%.
/// @source OWASP, CSV Injection
bool runs_in_a_spreadsheet(std::string_view text) noexcept;

/// Appends `text` as one cell for people: one that a spreadsheet may run has an apostrophe before it.
/// What is written so does not come back as it was: programs exchange by append_csv_cell.
void append_csv_cell_for_people(std::string& out, std::string_view text);

DUES_END
