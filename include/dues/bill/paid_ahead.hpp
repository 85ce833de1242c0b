// SPDX-License-Identifier: Apache-2.0
//
// Lines that a run leaves out because they were billed and paid ahead of their time.
#pragma once

#include <dues/config.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>

DUES_BEGIN

/// Keys of lines, without their cause, by account. Of any tariff: a key begins with its id.
struct paid_ahead {
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> keys;

  bool holds(std::string_view account, std::string_view key_base) const {
    const auto of_account = keys.find(account);
    return of_account != keys.end() && of_account->second.contains(key_base);
  }
};

DUES_END
