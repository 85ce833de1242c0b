// SPDX-License-Identifier: Apache-2.0
//
// Leaves lines out that were paid ahead, before discounts and taxes by the bill see them. Not public.
#pragma once

#include <dues/bill/bill.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

/// Cost: of the lines of accounts that paid ahead; when there are any to leave out, of the block.
inline void leave_out(const paid_ahead& paid, const facts& known, line_block& block) {
  std::vector<bool> goes(block.size(), false);
  bool any = false;
  std::uint32_t account = id_table::none;
  const std::set<std::string, std::less<>>* keys = nullptr;  // of the account
  for (std::size_t row = 0; row < block.size(); ++row) {
    if (row == 0 || block.account[row] != account) {
      account = block.account[row];
      const auto at = account == id_table::none ? paid.keys.end() : paid.keys.find(known.accounts.at(account));
      keys = at == paid.keys.end() ? nullptr : &at->second;
    }
    if (keys == nullptr || !keys->contains(line_key_base(known, block.at(row)))) continue;
    goes[row] = any = true;
  }
  if (!any) return;
  std::vector<line> kept;
  for (std::size_t row = 0; row < block.size(); ++row)
    if (!goes[row]) kept.push_back(block.at(row));
  block.clear();
  for (const line& one : kept) block.add(one);
}

}  // namespace detail

DUES_END
