// SPDX-License-Identifier: Apache-2.0
//
// How large a tariff and its parts may be. A document may come from anybody, so everything in it is
// bounded, and each bound can be set by the host. LIMITS.md lists them all, with those of other parts.
#pragma once

#include <dues/config.hpp>

#include <cstddef>

DUES_BEGIN

/// Of one JSON document that is read as a whole. Beyond any of them: T151, depth: T116.
struct json_limits {
  std::size_t bytes = std::size_t{64} << 20;
  std::size_t depth = 64;
  std::size_t nodes = 4'000'000;  ///< values of any kind
  std::size_t key_bytes = 1'000;  ///< of one key: places in the document are made of keys
};

/// Of a tariff. Beyond them: T208, where nothing else is said. All memory that compiling takes is
/// bounded by them; steps bounds the time in which a line is rated.
struct tariff_limits {
  json_limits document;
  std::size_t fees = 1'000;
  std::size_t values = 10'000;
  std::size_t schedules = 1'000;                            ///< also of taxes, funds and calendars, each
  std::size_t versions = 100'000;                           ///< of one dated value; T117
  std::size_t attributes = 1'000;                           ///< of a unit, an account, a subscription, each
  std::size_t words = 1'000;                                ///< of one choice
  std::size_t cells = 10'000'000;                           ///< of all tables together, words that share one counted each; T151
  std::size_t text_bytes = 4'000;                           ///< of one name, note, citation or word
  std::size_t texts = 100;                                  ///< languages of a name; citations of one part
  std::size_t steps = 10'000;                               ///< of an expression and of all values that it reads, each as often as it is read
  std::size_t pointer_bytes = std::size_t{256} << 20;       ///< of the places of all expressions together; T151
};

/// Of facts in JSON; those of CSV are csv_limits. Beyond them the document is refused (F108).
struct facts_limits {
  std::size_t bytes = std::size_t{4} << 30;       ///< of the document
  std::size_t cells = 10'000;                     ///< of one row
  std::size_t name_bytes = 1'000;                 ///< of a column or table: places are made of them
  std::size_t cell_bytes = std::size_t{1} << 20;  ///< of one cell
};

// Part of the language, or of how it is compiled: not for a host to set.
inline constexpr std::size_t longest_id = 64;          ///< of a tariff, in bytes
inline constexpr std::size_t longest_fact_id = 1'000;  ///< of a unit, an account, a subscription, a calendar, in bytes
inline constexpr std::size_t most_facts_depth = 8;     ///< of facts in JSON; four are of use
inline constexpr std::size_t most_levels = 8;          ///< attributes in the `by` of a value
inline constexpr int deepest_chain = 32;               ///< values that read each other: rating a line goes as deep
inline constexpr int most_months = 1'200;              ///< of a period: a century
inline constexpr int most_shift_days = 3'660;          ///< from a period's end to its issue, and from there to the due date: ten years

DUES_END
