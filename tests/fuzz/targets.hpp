// SPDX-License-Identifier: Apache-2.0
//
// What each fuzzer does with the bytes that it is given. Bytes may be wrong in every way; what must
// hold of any is asserted here, and a target that finds it broken stops the program.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace dues_fuzz {

void tariff(std::string_view bytes);      ///< compiles alike twice, and what compiles bills
void facts_json(std::string_view bytes);  ///< loads alike twice, and what loads bills
void facts_csv(std::string_view bytes);   ///< reads alike in pieces of any size, and writes back what it read
void expression(std::string_view bytes);  ///< compiles within its limits, and all widths give one value
void ledger(std::string_view bytes);      ///< reads and applies alike, stores what it read, and takes back what is not kept
void penalties(std::string_view bytes);   ///< reads alike twice, and what was read accrues within its limits
void decimal(std::string_view bytes);     ///< what is read is written back the same
void date(std::string_view bytes);        ///< what is read exists and is written back the same

struct target {
  const char* name;
  void (*run)(std::string_view);
};
inline constexpr target targets[] = {{"tariff", tariff}, {"facts_json", facts_json}, {"facts_csv", facts_csv}, {"expression", expression}, {"ledger", ledger}, {"penalties", penalties}, {"decimal", decimal}, {"date", date}};

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace dues_fuzz
