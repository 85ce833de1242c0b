// SPDX-License-Identifier: Apache-2.0
//
// Discounts over the bills of a block of lines, where its lines were made: a block has all lines of its
// accounts. Not public.
#pragma once

#include <dues/discount/impl/bill_discounts.hpp>
#include <dues/discount/lowering.hpp>

DUES_BEGIN

namespace detail {

/// One thread at a time.
class block_discounts {
 public:
  block_discounts(const facts& known, std::shared_ptr<const discount_plan> plan) : plan_(std::move(plan)), works_(known, *plan_) {}

  /// Lines of one account, issue date and due date form one bill; lines without an account are in none.
  /// @param granted  gets what is granted, by row of the block
  void lower(line_block& block, std::span<const tax_rate> rates, std::vector<diagnostic>& faults, std::vector<granted_discount>& granted) {
    const std::size_t lines = block.size();
    works_.open(block, rates, faults);
    for (std::size_t row = rows_.size(); row < lines; ++row) rows_.push_back(static_cast<std::uint32_t>(row));
    const bool one_date = block.issue.same() && block.due.same();
    bool sorted = true;
    for (std::size_t begin = 0; begin < lines;) {
      const std::uint32_t account = block.account[begin];
      std::size_t end = begin + 1;
      bool alike = true;
      for (; end < lines && block.account[end] == account; ++end) alike = alike && (one_date || (block.issue[end] == block.issue[begin] && block.due[end] == block.due[begin]));
      if (account == id_table::none) {
        begin = end;
        continue;
      }
      if (alike) works_.lower(std::span(rows_).subspan(begin, end - begin), granted);
      else {
        lower_by_date(block, begin, end, granted);
        sorted = false;
      }
      begin = end;
    }
    if (!sorted) std::stable_sort(granted.begin(), granted.end(), [](const granted_discount& a, const granted_discount& b) { return a.line < b.line; });
  }

 private:
  void lower_by_date(const line_block& block, std::size_t begin, std::size_t end, std::vector<granted_discount>& granted) {
    by_date_.assign(rows_.begin() + static_cast<std::ptrdiff_t>(begin), rows_.begin() + static_cast<std::ptrdiff_t>(end));
    const auto dates = [&](std::uint32_t row) { return std::pair(block.issue[row], block.due[row]); };
    std::stable_sort(by_date_.begin(), by_date_.end(), [&](std::uint32_t a, std::uint32_t b) { return dates(a) < dates(b); });
    for (std::size_t first = 0; first < by_date_.size();) {
      std::size_t last = first + 1;
      while (last < by_date_.size() && dates(by_date_[last]) == dates(by_date_[first])) ++last;
      works_.lower(std::span(by_date_).subspan(first, last - first), granted);
      first = last;
    }
  }

  std::shared_ptr<const discount_plan> plan_;
  bill_discounts works_;
  std::vector<std::uint32_t> rows_;  ///< 0, 1, ...
  std::vector<std::uint32_t> by_date_;
};

}  // namespace detail

DUES_END
