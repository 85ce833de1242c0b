// SPDX-License-Identifier: Apache-2.0
//
// What is written is what capi/dues_arrow.h lists, so that both sides do the same work.
#include "arrow_by_hand.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace dues_bench {
namespace {

std::string_view cut(std::string_view& rest, char at) {
  const std::size_t end = std::min(rest.find(at), rest.size());
  const std::string_view cell = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return cell;
}

}  // namespace

text_table::text_table(std::string_view csv) {
  std::string_view header = cut(csv, '\n');
  while (!header.empty()) names_.emplace_back(cut(header, ','));
  columns_.resize(names_.size());
  for (; !csv.empty(); ++rows_) {
    std::string_view row = cut(csv, '\n');
    for (column& one : columns_) {
      one.bytes += cut(row, ',');
      one.ends.push_back(static_cast<std::int32_t>(one.bytes.size()));
    }
  }
  for (column& one : columns_) {
    one.buffers[1] = one.ends.data();
    one.buffers[2] = one.bytes.data();
  }
}

ArrowArrayStream text_table::stream() {
  given_ = false;
  ArrowArrayStream made = {};
  made.private_data = this;
  made.get_schema = [](ArrowArrayStream* from, ArrowSchema* out) {
    auto& of = *static_cast<text_table*>(from->private_data);
    const auto nothing = [](ArrowSchema* one) { one->release = nullptr; };
    of.schemas_.assign(of.names_.size(), {});
    of.schema_places_.clear();
    for (std::size_t i = 0; i < of.names_.size(); ++i) {
      of.schemas_[i] = {"u", of.names_[i].c_str(), nullptr, ARROW_FLAG_NULLABLE, 0, nullptr, nullptr, nothing, nullptr};
      of.schema_places_.push_back(&of.schemas_[i]);
    }
    *out = {"+s", "", nullptr, 0, static_cast<std::int64_t>(of.names_.size()), of.schema_places_.data(), nullptr, nothing, nullptr};
    return 0;
  };
  made.get_next = [](ArrowArrayStream* from, ArrowArray* out) {
    auto& of = *static_cast<text_table*>(from->private_data);
    *out = {};
    if (std::exchange(of.given_, true)) return 0;
    static const void* no_buffer[1] = {nullptr};
    const auto nothing = [](ArrowArray* one) { one->release = nullptr; };
    const auto rows = static_cast<std::int64_t>(of.rows_);
    of.arrays_.assign(of.columns_.size(), {});
    of.array_places_.clear();
    for (std::size_t i = 0; i < of.columns_.size(); ++i) {
      of.arrays_[i] = {rows, 0, 0, 3, 0, of.columns_[i].buffers, nullptr, nullptr, nothing, nullptr};
      of.array_places_.push_back(&of.arrays_[i]);
    }
    *out = {rows, 0, 0, 1, static_cast<std::int64_t>(of.columns_.size()), no_buffer, of.array_places_.data(), nullptr, nothing, nullptr};
    return 0;
  };
  made.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  made.release = [](ArrowArrayStream* one) { one->release = nullptr; };
  return made;
}

void text_table::load(dues::facts_loader& loader, std::string_view table) const {
  std::vector<std::string_view> row(columns_.size());
  bool good = loader.begin_rows(table, names_);
  for (std::size_t i = 0; good && i < rows_; ++i) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      const column& of = columns_[c];
      row[c] = std::string_view(of.bytes).substr(static_cast<std::size_t>(of.ends[i]), static_cast<std::size_t>(of.ends[i + 1] - of.ends[i]));
    }
    good = loader.row(row);
  }
  if (good) loader.end_rows();  // finish() tells what was wrong
}

namespace {

using bytes = std::unique_ptr<std::uint8_t[]>;

template <class Value>
Value* room(std::vector<bytes>& batch, std::size_t values) {
  return reinterpret_cast<Value*>(batch.emplace_back(std::make_unique_for_overwrite<std::uint8_t[]>(values * sizeof(Value) + 1)).get());
}

template <class TextOf>
void texts(std::vector<bytes>& batch, std::size_t rows, TextOf&& text_of) {
  auto* const ends = room<std::int32_t>(batch, rows + 1);
  std::int32_t size = 0;
  ends[0] = 0;
  for (std::size_t i = 0; i < rows; ++i) ends[i + 1] = size += static_cast<std::int32_t>(text_of(i).size());
  auto* at = room<char>(batch, static_cast<std::size_t>(size));
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string_view text = text_of(i);
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    at += text.size();
  }
}

template <class Value>
void copied(std::vector<bytes>& batch, const dues::run_column<Value>& column) {
  auto* const values = room<std::int32_t>(batch, column.size());
  for (std::size_t i = 0; i < column.size(); ++i) std::memcpy(values + i, std::array<Value, 1>{column[i]}.data(), sizeof(std::int32_t));
}

template <class UnitsOf>
void wide(std::vector<bytes>& batch, std::size_t rows, UnitsOf&& units_of) {
  auto* const values = room<dues::int128>(batch, rows);
  for (std::size_t i = 0; i < rows; ++i) std::memcpy(values + i, std::array<dues::int128, 1>{units_of(i)}.data(), sizeof(dues::int128));
}

void numbers(std::vector<bytes>& batch, const dues::run_column<std::int64_t>& coefficients, const dues::run_column<std::int8_t>& scales) {
  std::array<dues::int128, dues::decimal::most_places + 1> power{};
  power.back() = 1;
  for (std::size_t i = power.size() - 1; i > 0; --i) power[i - 1] = power[i] * 10;
  wide(batch, coefficients.size(), [&](std::size_t row) { return scales[row] < 0 ? dues::int128(0) : dues::int128(coefficients[row]) * power[static_cast<std::size_t>(scales[row])]; });
}

}  // namespace

std::int64_t lines_into_arrow(const dues::billing& made) {
  const dues::facts& known = *made.known;
  std::int64_t sum = 0;
  for (const dues::line_block& block : made.lines.blocks()) {
    std::vector<bytes> batch;
    const std::size_t rows = block.size();
    texts(batch, rows, [&](std::size_t i) { return block.account[i] == dues::id_table::none ? std::string_view() : known.accounts.at(block.account[i]); });
    texts(batch, rows, [&](std::size_t i) { return known.units.at(block.unit[i]); });
    texts(batch, rows, [&](std::size_t i) { return block.subscription[i] == dues::id_table::none ? std::string_view() : std::string_view(known.subscriptions[block.subscription[i]].id); });
    for (int words = 0; words < 2; ++words) copied(batch, block.fee);  // fees, and the funds of fees
    for (int words = 0; words < 2; ++words) copied(batch, block.rate);  // rates, and their taxes
    copied(batch, block.fault);
    for (const auto* days : {&block.period, &block.from, &block.to, &block.issue, &block.due})
      if (days->same()) copied(batch, *days);
    if (block.adjustment.same()) copied(batch, block.adjustment);
    numbers(batch, block.quantity, block.quantity_scale);
    numbers(batch, block.price, block.price_scale);
    wide(batch, rows, [&](std::size_t i) { return dues::int128(block.gross[i]); });
    wide(batch, rows, [&](std::size_t i) { return dues::int128(block.tax[i]); });
    wide(batch, rows, [&](std::size_t i) { return dues::int128(block.gross[i] + block.added[i] - block.tax[i]); });
    wide(batch, rows, [&](std::size_t i) { return dues::int128(block.gross[i] + block.added[i]); });
    for (std::size_t i = 0; i < rows; ++i) sum += block.gross[i] + block.added[i];
  }
  return sum;
}

}  // namespace dues_bench
