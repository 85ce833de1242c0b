// SPDX-License-Identifier: Apache-2.0
//
// Quotes as JSON, out and in again, and what became of an offer in a sentence. SEMANTICS.md lists the fields.
#pragma once

#include <dues/diagnostic/catalogue.hpp>
#include <dues/json/node.hpp>
#include <dues/quote/quote.hpp>

DUES_BEGIN

/// {"dues_quote": "1", "id", the request, "paid", "regular", "saved", "inputs", "offers", "bill"}; of a refused one
/// the request and "diagnostics".
std::string to_json(const quote& made);
/// A list of them.
std::string to_json(std::span<const quote> made);

/// Reads one quote, as far as bill_quote needs it: id, asked, inputs, paid. The tariff is the one that it was
/// made by, or a later edition. What is no quote: Q116, and what the reader of JSON tells.
std::optional<quote> read_quote(const program& tariff, std::string_view json, diagnostics& found, const json_limits& limits = {});

/// "prepay_12_get_1: 268.80" or why it grants nothing, and what it would take.
std::string sentence(const quote& made, const quoted_offer& offer, const language& words = language::english());

DUES_END
