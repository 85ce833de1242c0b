// SPDX-License-Identifier: Apache-2.0
//
// A ledger as the verbs open it and write it: pay, ledger and correct.
#pragma once

#include "command.hpp"
#include "progress.hpp"

#include <dues/ledger/ledger.hpp>
#include <dues/ledger/penalties.hpp>

#include <memory>
#include <optional>

namespace dues::command {

class input_files;

/// The tariff, the rates that its penalties read, and the ledger so far.
struct opened_ledger {
  std::shared_ptr<const program> tariff;
  std::unique_ptr<tariff_accruals> penalties;
  std::optional<ledger> kept;
};

/// @throws failure
opened_ledger open_ledger(const request& asked, input_files& files, const language& words, progress& shown);

/// Writes the ledger where it is asked for, and what was posted.
/// @throws failure (no_file)
void show_posted(const request& asked, const opened_ledger& into, std::span<const ledger_entry> posted, std::size_t recorded, std::size_t repeated, const language& words);

}  // namespace dues::command
