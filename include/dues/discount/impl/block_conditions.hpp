// SPDX-License-Identifier: Apache-2.0
//
// Conditions of discounts asked for all units of a block at once. An answer is that of the latest rows
// of a unit and its account, and stands for lines whose days these rows cover; other lines are asked
// one by one. Not public.
#pragma once

#include <dues/bill/columns.hpp>
#include <dues/discount/impl/discount_plan.hpp>

DUES_BEGIN

namespace detail {

class block_conditions {
 public:
  enum class answer : std::uint8_t { no, yes, unknown };

  block_conditions(const facts& known, const discount_plan& plan) : known_(known), plan_(plan), columns_(plan.columns), answers_(plan.conditions.size()) {}

  void open(const line_block& block);
  answer of(std::int32_t condition, const line_block& block, std::uint32_t row) const {
    const std::uint32_t pair = pair_of_[row];
    return block.from[row] < steady_[pair].from || steady_[pair].to < block.to[row] ? answer::unknown : answers_[static_cast<std::size_t>(condition)][pair];
  }

 private:
  const facts& known_;
  const discount_plan& plan_;
  column_expressions columns_;
  std::vector<std::uint32_t> pair_of_;       ///< of each row
  std::vector<std::uint32_t> unit_row_;      ///< of each pair of account and unit
  std::vector<std::int64_t> account_row_;
  std::vector<day_range> steady_;            ///< days on which the rows hold, of those of the plan
  std::vector<std::vector<answer>> answers_; ///< of each condition, by pair
};

inline void block_conditions::open(const line_block& block) {
  if (plan_.conditions.empty()) return;
  const std::size_t lines = block.size();
  pair_of_.resize(lines);
  unit_row_.clear();
  account_row_.clear();
  steady_.clear();
  const bool accounts = columns_.reads_account();
  std::uint32_t account = 0;
  std::uint32_t unit = 0;
  for (std::size_t row = 0; row < lines; ++row) {
    if (unit_row_.empty() || block.unit[row] != unit || block.account[row] != account) {
      unit = block.unit[row];
      account = block.account[row];
      const std::uint32_t end = known_.unit_rows.begin[unit + 1];
      day_range days = plan_.days;
      if (known_.unit_rows.begin[unit] == end) days.to = days.from;  // nothing is known of it
      else days = intersect(days, {known_.unit_rows.from[end - 1], known_.unit_rows.to[end - 1]});
      unit_row_.push_back(days.empty() ? 0 : end - 1);
      if (accounts) {
        const bool has = account != id_table::none && known_.account_rows.begin[account] != known_.account_rows.begin[account + 1];
        account_row_.push_back(has ? std::int64_t{known_.account_rows.begin[account + 1]} - 1 : -1);
        if (has) days.from = std::max(days.from, known_.account_rows.from[static_cast<std::size_t>(account_row_.back())]);
      }
      steady_.push_back(days);
    }
    pair_of_[row] = static_cast<std::uint32_t>(unit_row_.size()) - 1;
  }
  for (std::size_t c = 0; c < answers_.size(); ++c) answers_[c].resize(unit_row_.size());
  std::array<std::uint8_t, batch_rows> bad;
  for (std::size_t at = 0; at < unit_row_.size(); at += batch_rows) {
    const std::size_t count = std::min(batch_rows, unit_row_.size() - at);
    const batch_facts batch{count, unit_row_.data() + at, accounts ? account_row_.data() + at : nullptr};
    for (std::size_t c = 0; c < answers_.size(); ++c) {
      std::fill_n(bad.begin(), count, std::uint8_t{0});
      columns_.run(plan_.conditions[c], batch, bad.data());
      for (std::size_t i = 0; i < count; ++i)
        answers_[c][at + i] = bad[i] != 0 ? answer::unknown : columns_.word(plan_.conditions[c], i) != 0 ? answer::yes : answer::no;
    }
  }
}

}  // namespace detail

DUES_END
