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

billed_before read_before(const dues_str* before, std::size_t count, const char* name, const program& tariff) {
  billed_before made;
  if (count > DUES_MOST_ID_BYTES) refuse(DUES_OUT_OF_RANGE, {{"name", std::string(name) + "_count"}, {"is", std::to_string(count)}, {"range", "0 to 1048576"}});
  need(before, name);
  for (std::size_t i = 0; i < count; ++i) {
    diagnostics found;
    if (!read_billed(tariff, view_of(before[i].data, before[i].size, name), made, found)) refuse(DUES_BAD_RUN, found);
  }
  return made;
}

void need_tariff(const program& of, const program& wanted, const char* name) {
  if (of.id != wanted.id) refuse(DUES_WRONG_OPTION, {{"name", name}, {"is", "of the tariff " + of.id}});
}

}  // namespace dues::capi
