// SPDX-License-Identifier: Apache-2.0
//
// Results as documents: JSON and CSV for machines, and for a later run that adjusts. Amounts are decimal
// texts. The same result gives the same bytes. Both are handed on in chunks, or made as one text.
#pragma once

#include <dues/bill/bill.hpp>
#include <dues/diagnostic/catalogue.hpp>
#include <dues/json/writer.hpp>

#include <functional>

DUES_BEGIN

/// Takes the next bytes of a document; they live until it returns. What it throws goes through.
using text_sink = std::function<void(std::string_view)>;

/// {"dues_result": "1", tariff, edition, tariff_hash, currency, from, to, select, bills, lines, diagnostics}.
/// Diagnostics carry their message and cure in English and Chinese. Memory: what a chunk takes.
void write_json(const billing& made, const text_sink& to, bool indented = true);
/// A list of such objects: what one run over several tariffs made.
void write_json(std::span<const billing> made, const text_sink& to, bool indented = true);
std::string to_json(const billing& made, bool indented = true);

/// One row a line, with one header (RFC 4180, UTF-8, CRLF). A line that could not be computed has the
/// code of its diagnostic in the last column, and no amounts. Every cell comes back byte for byte;
/// nothing is done for spreadsheets that run texts as formulas. Memory: what a chunk takes.
void write_csv(std::span<const billing> made, const text_sink& to);
inline void write_csv(const billing& made, const text_sink& to) { write_csv(std::span(&made, 1), to); }
std::string to_csv(const billing& made);

/// {"code", "severity", "pointer", "position"?, "values", "message": {"en", "zh"}, "cure": {"en", "zh"}}.
void append_diagnostic(json_writer& out, const diagnostic& one);
/// A list of diagnostics as JSON text.
std::string to_json(std::span<const diagnostic> found, bool indented = true);

DUES_END
