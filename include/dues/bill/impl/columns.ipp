// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/columns.hpp>

DUES_BEGIN

namespace detail {

// A host may hand in any 64 bits as billed before: what is taken apart must come together again.
inline std::int64_t wrapped_sum(std::int64_t a, std::int64_t b) noexcept { return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b)); }
inline std::int64_t wrapped_difference(std::int64_t a, std::int64_t b) noexcept { return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b)); }

}  // namespace detail

line line_block::at(std::size_t row) const {
  line made;
  made.account = account[row];
  made.unit = unit[row];
  made.fee = fee[row];
  made.subscription = subscription[row];
  made.adjustment = adjustment[row];
  made.period = period[row];
  made.from = from[row];
  made.to = to[row];
  made.issue = issue[row];
  made.due = due[row];
  made.gross = gross[row];
  made.tax = tax[row];
  made.amount = detail::wrapped_sum(made.gross, added[row]);
  made.rate = rate[row];
  made.fault = fault[row];
  made.quantity_scale = quantity_scale[row];
  made.price_scale = price_scale[row];
  made.quantity = quantity[row];
  made.price = price[row];
  return made;
}

namespace detail {

// Every column of a block with what a line holds for it.
template <class Block, class Line, class Visit>
void each_column(Block& block, const Line& one, Visit&& visit) {
  visit(block.account, one.account);
  visit(block.unit, one.unit);
  visit(block.fee, one.fee);
  visit(block.subscription, one.subscription);
  visit(block.adjustment, one.adjustment);
  visit(block.period, one.period);
  visit(block.from, one.from);
  visit(block.to, one.to);
  visit(block.issue, one.issue);
  visit(block.due, one.due);
  visit(block.gross, one.gross);
  visit(block.tax, one.tax);
  visit(block.added, wrapped_difference(one.amount, one.gross));
  visit(block.rate, one.rate);
  visit(block.fault, one.fault);
  visit(block.quantity_scale, one.quantity_scale);
  visit(block.price_scale, one.price_scale);
  visit(block.quantity, one.quantity);
  visit(block.price, one.price);
}

}  // namespace detail

void line_block::add(const line& one) {
  detail::each_column(*this, one, [](auto& column, const auto& value) { column.add(value); });
}

void line_block::set(std::size_t row, const line& one) {
  detail::each_column(*this, one, [row](auto& column, const auto& value) { column.set(row, value); });
}

void line_block::clear() noexcept {
  detail::each_column(*this, line{}, [](auto& column, const auto&) { column.clear(); });
}

std::size_t line_list::block_of(std::size_t at) const {
  return static_cast<std::size_t>(std::upper_bound(ends_.begin(), ends_.end(), at) - ends_.begin());
}

line line_list::operator[](std::size_t at) const {
  const std::size_t block = block_of(at);
  return blocks_[block].at(at - (block == 0 ? 0 : ends_[block - 1]));
}

void line_list::count_blocks() {
  ends_.clear();
  std::size_t lines = 0;
  for (const line_block& block : blocks_) ends_.push_back(lines += block.size());
}

void line_list::push_back(const line& one) {
  constexpr std::size_t usual_block = 8'192;
  if (ends_.empty() || blocks_[ends_.size() - 1].size() >= usual_block) {
    if (ends_.size() == blocks_.size()) blocks_.emplace_back();
    ends_.push_back(size());
  }
  blocks_[ends_.size() - 1].add(one);
  ++ends_.back();
}

void line_list::set(std::size_t at, const line& one) {
  const std::size_t block = block_of(at);
  blocks_[block].set(at - (block == 0 ? 0 : ends_[block - 1]), one);
}

void line_list::clear() noexcept {
  for (line_block& block : blocks_) block.clear();
  ends_.clear();
}

DUES_END
