// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/value/rounding.hpp>

DUES_BEGIN

namespace detail {
inline constexpr std::array<std::string_view, 7> rounding_names{"half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"};
}

std::string_view to_text(rounding_mode mode) noexcept { return detail::rounding_names[static_cast<std::size_t>(mode)]; }

std::optional<rounding_mode> rounding_mode_from(std::string_view text) noexcept {
  for (std::size_t i = 0; i < detail::rounding_names.size(); ++i)
    if (detail::rounding_names[i] == text) return static_cast<rounding_mode>(i);
  return std::nullopt;
}

DUES_END
