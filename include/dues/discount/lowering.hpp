// SPDX-License-Identifier: Apache-2.0
//
// Discounts over blocks of lines, for runs: what is the same for a whole run is prepared once, and
// each thread lowers the bills of the blocks that it made. Not public.
#pragma once

#include <dues/bill/columns.hpp>
#include <dues/discount/discount.hpp>

#include <memory>

DUES_BEGIN

namespace detail {

class discount_plan;
class block_discounts;

/// One thread at a time; threads have one each, of one plan.
class block_lowering {
 public:
  /// @param days  of the run's lines, mostly: what changes outside them is asked line by line
  /// @param many  there are many lines, so that preparing columns pays
  static std::shared_ptr<const discount_plan> plan(const facts& known, day_range days, bool many);

  block_lowering(const facts& known, std::shared_ptr<const discount_plan> plan);
  ~block_lowering();
  block_lowering(const block_lowering&) = delete;
  block_lowering& operator=(const block_lowering&) = delete;

  /// Lines of one account, issue date and due date form one bill; lines without an account are in none.
  /// @param block    with all lines of its accounts
  /// @param granted  gets what is granted, by row of the block
  void lower(line_block& block, std::span<const tax_rate> rates, std::vector<diagnostic>& faults, std::vector<granted_discount>& granted);

 private:
  std::unique_ptr<block_discounts> works_;
};

}  // namespace detail

DUES_END
