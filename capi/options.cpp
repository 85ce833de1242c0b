// SPDX-License-Identifier: Apache-2.0
//
// Days and published rates that options hold.
#include <capi/impl/options.hpp>

namespace dues::capi {

civil_day day_of(std::int32_t days, const char* name) {
  if (days == DUES_OPEN_END) return last_day;
  const civil_day day{days};
  if (day < first_day || day > last_day) refuse(DUES_OUT_OF_RANGE, {{"name", name}, {"is", std::to_string(days)}, {"range", "the years 1 to 9999"}});
  return day;
}

void read_references_of(const dues_str* references, std::uint32_t count, const char* name, penalty_terms& terms, diagnostics& found) {
  if (count == 0) return;
  need(references, name);
  if (count > DUES_MOST_ID_BYTES) refuse(DUES_OUT_OF_RANGE, {{"name", name}, {"is", std::to_string(count)}, {"range", "0 to 1048576"}});
  for (std::uint32_t i = 0; i < count; ++i)
    if (!read_references(view_of(references[i].data, references[i].size, name), terms, found)) return;
}

}  // namespace dues::capi
