// SPDX-License-Identifier: Apache-2.0
//
// Results as documents: JSON for machines and for a later run that adjusts, CSV for spreadsheets and
// databases. Amounts are decimal texts. The same result gives the same bytes.
#pragma once

#include <dues/bill/bill.hpp>
#include <dues/diagnostic/catalogue.hpp>
#include <dues/json/writer.hpp>

DUES_BEGIN

/// {"dues_result": "1", tariff, edition, tariff_hash, currency, from, to, select, bills, lines, diagnostics}.
/// Diagnostics carry their message and cure in English and Chinese.
std::string to_json(const billing& made, bool indented = true);

/// One row a line, with a header (RFC 4180, UTF-8, CRLF). A line that could not be computed has the
/// code of its diagnostic in the last column, and no amounts.
std::string to_csv(const billing& made);

/// {"code", "severity", "pointer", "position"?, "values", "message": {"en", "zh"}, "cure": {"en", "zh"}}.
void append_diagnostic(json_writer& out, const diagnostic& one);
/// A list of diagnostics as JSON text.
std::string to_json(std::span<const diagnostic> found, bool indented = true);

DUES_END
