// SPDX-License-Identifier: Apache-2.0
//
// Why a line has its amount: the calculation itself, run once more with a recorder. Steps are data;
// sentences in Chinese and English, or in a host's language, are made from them.
#pragma once

#include <dues/bill/bill.hpp>
#include <dues/diagnostic/catalogue.hpp>
#include <dues/explain/trace.hpp>

DUES_BEGIN

struct explanation {
  std::string key;          ///< of the line
  std::vector<step> steps;  ///< in the order in which they were done; the last one gives the amount
  std::string gross, tax, amount;
};

/// Explains one line of a result. An adjustment is explained as what is owed now, less what was billed.
/// @param place  into made.lines
/// @returns nothing for a line that could not be computed: its diagnostic says why
/// Cost: that of its fee for its unit; with a tax by the bill, or an adjustment, that of its account.
std::optional<explanation> explain_line(const billing& made, std::size_t place);

/// Does every step again from its inputs alone; inputs that an earlier step made are taken from there.
/// @returns the amount that comes out, or nothing when a step does not give what it says
std::optional<std::string> replay(const explanation& told);

/// One step as a sentence. The words come from the catalogue of sentences ("step.multiply"), names
/// from the tariff.
std::string sentence(const program& tariff, const step& one, const language& words);

/// {"key", "gross", "tax", "amount", "steps": [{"at", "cites", "does", "inputs", "value", "sentence": {"en", "zh"}}]}.
std::string to_json(const explanation& told, const program& tariff, bool indented = true);

/// The catalogue of sentences, by key. `{name}` stands for the input of that name, `{value}` for what
/// comes out. A host lays a further language over it by the same keys.
struct phrase {
  std::string_view key, en, zh;
};
std::span<const phrase> phrases() noexcept;

DUES_END
