// SPDX-License-Identifier: Apache-2.0
//
// A host that holds Dues itself, as headers, and loads libdues too (for a plugin, say). Neither disturbs the
// other: both compile the same tariff and tell the same.
#include <dues.h>
#include <dues/dues.hpp>

#include <iostream>
#include <string_view>

int main() {
  constexpr std::string_view wrong = R"({"dues_tariff": "1", "id": "lime-court"})";
  const dues::compile_result own = dues::compile(wrong);
  dues_tariff* tariff = nullptr;
  dues_text found = {nullptr, 0};
  const std::int32_t status = dues_tariff_compile(wrong.data(), wrong.size(), &tariff, &found, nullptr);
  const bool same = status == DUES_BAD_TARIFF && std::string_view(found.data, found.size) == dues::to_json(own.found.all(), false);
  dues_text_free(&found);
  std::cout << (same ? "both tell the same\n" : "they differ\n");
  return same ? 0 : 1;
}
