// SPDX-License-Identifier: Apache-2.0
//
// What stands behind the handles. Each begins with a word of its kind, so that a handle of another kind
// gives a status in place of a crash.
#pragma once

#include <dues.h>
#include <dues/dues.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace dues::capi {

// No text of a file or a pointer looks so by chance.
enum class kind : std::uint64_t {
  tariff = 0xD0E5'7A41'FF00'0001,
  loader = 0xD0E5'7A41'FF00'0002,
  facts = 0xD0E5'7A41'FF00'0003,
  result = 0xD0E5'7A41'FF00'0004,
  watch = 0xD0E5'7A41'FF00'0005,
  ledger = 0xD0E5'7A41'FF00'0006,
  freed = 0
};

/// refused: the facts cannot be used, and finishing tells why. broken: a call did not come to its end.
enum class loader_state : std::uint8_t { open, in_csv, refused, broken, finished };

}  // namespace dues::capi

struct dues_tariff {
  static constexpr dues::capi::kind own_kind = dues::capi::kind::tariff;
  dues::capi::kind is = own_kind;
  std::shared_ptr<const dues::program> program;
};

struct dues_loader {
  static constexpr dues::capi::kind own_kind = dues::capi::kind::loader;
  dues::capi::kind is = own_kind;
  dues::facts_loader loader;
  dues::capi::loader_state state = dues::capi::loader_state::open;
  std::string csv_table;        ///< while one is being read
  dues::facts_result refused;   ///< in that state

  explicit dues_loader(std::shared_ptr<const dues::program> tariff) : loader(std::move(tariff)) {}
};

struct dues_facts {
  static constexpr dues::capi::kind own_kind = dues::capi::kind::facts;
  dues::capi::kind is = own_kind;
  std::shared_ptr<const dues::facts> facts;
};

struct dues_result {
  static constexpr dues::capi::kind own_kind = dues::capi::kind::result;
  dues::capi::kind is = own_kind;
  std::shared_ptr<const dues::billing> made;
  std::vector<std::string> rates;  ///< as people write them, by billing::rates
};

struct dues_watch {
  static constexpr dues::capi::kind own_kind = dues::capi::kind::watch;
  dues::capi::kind is = own_kind;
  dues::run_watch watch;
};

struct dues_ledger {
  static constexpr dues::capi::kind own_kind = dues::capi::kind::ledger;
  dues::capi::kind is = own_kind;
  dues::tariff_accruals penalties;
  dues::ledger kept;

  dues_ledger(dues::penalty_terms terms, dues::ledger opened) : penalties(std::move(terms)), kept(std::move(opened)) {}
};
