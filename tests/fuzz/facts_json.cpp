// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as facts, for a tariff that reads every type and bills every way of dividing.
#include "fuzz/billed.hpp"
#include "fuzz/every_type.hpp"

namespace dues_fuzz {

void facts_json(std::string_view bytes) {
  const auto tariff = tariff_of_every_type();
  const dues::facts_result made = dues::load_facts(tariff, bytes);
  const dues::facts_result again = dues::load_facts(tariff, bytes);
  require_sound(made.found, again.found);
  require(made.loaded != nullptr || made.found.has_errors(), "facts, or an error");
  if (made.loaded == nullptr) return;
  const dues::facts& known = *made.loaded;
  for (std::uint32_t id = 1; id < known.units.size(); ++id) require(known.units.at(id - 1) < known.units.at(id), "units are in the order of their ids");
  require_billed(made.loaded, {*dues::parse_day("2026-07-01"), *dues::parse_day("2026-08-01")});
}

}  // namespace dues_fuzz
