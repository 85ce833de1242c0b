// SPDX-License-Identifier: Apache-2.0

#include "prepaid.hpp"

#include "command.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/ledger/file.hpp>

namespace dues::command {

std::vector<ledger_event> read_prepaid(const std::vector<std::shared_ptr<const program>>& tariffs, const std::string& name, input_files& files, const language& words) {
  const std::string text = files.read(name);
  diagnostics first;
  for (const auto& tariff : tariffs) {
    diagnostics found;
    if (auto made = read_events(*tariff, text, found)) return std::move(*made);
    if (first.empty()) first = std::move(found);
  }
  write_error(shown_name(name, words) + std::string(say(words, "colon")));
  tell_all(first, text, words);
  throw failure(wrong_input, "");
}

}  // namespace dues::command
