// SPDX-License-Identifier: Apache-2.0
//
// ISO 4217: which currencies there are and how many decimal places each is rounded to.
#pragma once

#include <dues/config.hpp>

#include <cstdint>
#include <span>
#include <string_view>

DUES_BEGIN

struct currency {
  std::string_view code;
  std::uint16_t number = 0;
  std::int8_t minor_units = 2;  ///< decimal places; -1 where the standard gives none
  std::string_view until;       ///< last month of use, YYYY-MM, of one that is withdrawn
};

/// The table, by code.
std::span<const currency> currencies() noexcept;
/// Null for an unknown code. Withdrawn ones are found too; `until` tells.
const currency* find_currency(std::string_view code) noexcept;

DUES_END
