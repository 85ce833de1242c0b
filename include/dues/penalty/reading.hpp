// SPDX-License-Identifier: Apache-2.0
//
// Histories and published rates as JSON documents, for hosts that do not build the values themselves.
#pragma once

#include <dues/penalty/history.hpp>

#include <string_view>

DUES_BEGIN

/// What a history document holds. `receivables` is empty when it could not be used.
struct penalty_history {
  penalty_terms terms;
  std::vector<receivable_history> receivables;  ///< in the order of the document
  diagnostics found;
};

/// Reads {"dues_history": "1", "references", "calendars", "receivables"}; every mistake is reported with its
/// JSON pointer. Amounts are texts or numbers of at most the currency's places, dates YYYY-MM-DD, `to` the
/// first day not included. Fields: penalty/SEMANTICS.md.
/// Cost: n log n in the document's bytes.
penalty_history read_penalty_history(std::shared_ptr<const program> tariff, std::string_view json);

/// Adds the references of a document {"dues_references": "1", "references": [...]} to `into`, replacing
/// series of the same id: the published rates that are installed with the library, or a host's own.
/// @returns false, and `into` as it was, when the document has a mistake
bool read_references(std::string_view json, penalty_terms& into, diagnostics& found);

DUES_END
