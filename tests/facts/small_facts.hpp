// SPDX-License-Identifier: Apache-2.0
//
// Facts for the small tariff, with a row of everything, for tests that say what changes.
#pragma once

#include <dues/facts/facts.hpp>

#include "tariff/small_tariff.hpp"

namespace dues_test {

inline constexpr std::string_view small_facts = R"({
  "dues_facts": "1",
  "units": [
    {"unit": "1-101", "from": "2026-01-01", "use": "flat", "area": "80.02", "floor": 1, "code": "A", "lift": true, "built": "2001-05-01"},
    {"unit": "1-102", "from": "2026-01-01", "use": "shop", "area": 65.10},
    {"unit": "1-101", "from": "2026-07-01", "area": "81"}
  ],
  "accounts": [{"account": "A-1", "from": "2026-01-01", "class": "normal"}],
  "tenures": [
    {"unit": "1-101", "account": "A-1", "role": "owner", "from": "2026-01-01", "share": "50%"},
    {"unit": "1-101", "account": "A-2", "role": "owner", "from": "2026-01-01", "share": "50%"},
    {"unit": "1-102", "account": "A-3", "role": "tenant", "from": "2026-01-01", "to": "2026-07-01"}
  ],
  "subscriptions": [{"subscription": "S-1", "unit": "1-102", "fee": "card", "from": "2026-02-01", "quantity": 2, "size": "small"}],
  "occupancy": [{"unit": "1-102", "from": "2026-01-01", "state": "occupied", "approved": "2026-01-05"}],
  "calendars": [{"calendar": "cn", "from": "2026-01-01", "to": "2027-01-01", "weekend": ["saturday", "sunday"]}],
  "calendar_days": [{"calendar": "cn", "date": "2026-01-02", "is": "holiday", "recorded": "2025-12-01"}]
})";

inline std::shared_ptr<const dues::program> tariff_of_facts() {
  static const std::shared_ptr<const dues::program> made = dues::compile(small_tariff).compiled;
  return made;
}

inline dues::facts_result load(std::string_view text) { return dues::load_facts(tariff_of_facts(), text); }
inline dues::facts_result loaded(const std::vector<change>& changes) { return load(patched(small_facts, changes)); }

/// Ids of the units that carry a mistake.
inline std::vector<std::string> faulty_units(const dues::facts& known) {
  std::vector<std::string> units;
  for (std::uint32_t unit = 0; unit < known.units.size(); ++unit)
    if (known.unit_fault[unit] >= 0) units.emplace_back(known.units.at(unit));
  return units;
}

}  // namespace dues_test
