// SPDX-License-Identifier: Apache-2.0
//
// Structs that say what to do, and what several of them hold: sizes, days, published rates.
#pragma once

#include <capi/impl/calls.hpp>

namespace dues::capi {

/// Adds published rates to `terms`, document by document.
void read_references_of(const dues_str* references, std::uint32_t count, const char* name, penalty_terms& terms, diagnostics& found);

/// Results of earlier runs, as JSON or CSV. @throws refusal  DUES_BAD_RUN
billed_before read_before(const dues_str* before, std::size_t count, const char* name, const program& tariff);

/// Refuses what was made for another tariff.
void need_tariff(const program& of, const program& wanted, const char* name);

/// A struct of the caller's that says what to do: its size is one that we know, and what a later version has behind it
/// asks for nothing.
template <class Struct>
void check_options(const Struct* asked, const char* name) {
  need(asked, name);
  constexpr std::uint32_t most_size = 4'096;
  const std::uint32_t size = asked->struct_size;
  bool known = size >= sizeof(Struct) && size <= most_size;
  const auto* const bytes = reinterpret_cast<const unsigned char*>(asked);
  for (std::size_t i = sizeof(Struct); known && i < size; ++i) known = bytes[i] == 0;
  if (!known) refuse(DUES_WRONG_OPTION, {{"name", std::string(name) + ".struct_size"}, {"is", std::to_string(size)}});
}

/// A day, or the last one for DUES_OPEN_END.
civil_day day_of(std::int32_t days, const char* name);

}  // namespace dues::capi
