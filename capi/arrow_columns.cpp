// SPDX-License-Identifier: Apache-2.0
#include <capi/impl/arrow_lines.hpp>
#include <capi/impl/calls.hpp>

#include <map>

namespace dues::capi {

void word_list::add(std::string_view word) {
  if (word.empty()) return word_of.push_back(-1);
  for (std::int32_t i = 0; i < size(); ++i)
    if (std::string_view(bytes).substr(static_cast<std::size_t>(ends[static_cast<std::size_t>(i)]), static_cast<std::size_t>(ends[static_cast<std::size_t>(i) + 1] - ends[static_cast<std::size_t>(i)])) == word)
      return word_of.push_back(i);
  bytes += word;
  ends.push_back(static_cast<std::int32_t>(bytes.size()));
  word_of.push_back(size() - 1);
}

lines_source::lines_source(const dues_result& of) : made(of.made) {
  const program& tariff = *made->known->tariff;
  for (const fee& one : tariff.fees) {
    fees.add(one.id);
    funds.add(one.fund);
  }
  for (const tax_rate& one : made->rates) tax_ids.add(tariff.taxes[static_cast<std::size_t>(one.tax)].id);
  for (const std::string& one : of.rates) rates.add(one);
  // Of a million faults there are a few codes.
  for (const diagnostic& one : made->faults) faults.add(one.code);
}

const word_list& lines_source::words_of(line_column column) const noexcept {
  switch (column) {
    case line_column::fee: return fees;
    case line_column::tax_id: return tax_ids;
    case line_column::rate: return rates;
    case line_column::fund: return funds;
    default: return faults;
  }
}

namespace {

// One column while it is filled. Rows are counted from 0 in the batch.
class column_writer {
 public:
  column_writer(const line_block& block, std::size_t first, std::size_t count) : block_(block), first_(first), count_(count) {}

  // A column of the result: its own memory where it stands row by row.
  template <class Value>
  column_buffers days(const run_column<Value>& column) {
    static_assert(sizeof(Value) == sizeof(std::int32_t));
    if (!column.same()) out_.buffers[1] = column.rows().data() + first_;
    else std::fill_n(room<Value>(count_), count_, column.same_value());
    return std::move(out_);
  }

  column_buffers words(const run_column<std::int32_t>& column, const word_list& list) {
    auto* const values = room<std::int32_t>(count_);
    const auto word = [&](std::int32_t of) { return of < 0 ? -1 : list.word_of[static_cast<std::size_t>(of)]; };
    if (column.same()) {
      const std::int32_t same = word(column.same_value());
      std::fill_n(values, count_, std::max(same, 0));
      if (same < 0) all_null();
      return std::move(out_);
    }
    for (std::size_t i = 0; i < count_; ++i) {
      const std::int32_t is = word(column.rows()[first_ + i]);
      values[i] = std::max(is, 0);
      if (is < 0) null(i);
    }
    return std::move(out_);
  }

  // @param text_of  of a row; a view without data is null
  template <class TextOf>
  column_buffers texts(TextOf&& text_of) {
    auto* const ends = room<std::int32_t>(count_ + 1);
    std::size_t size = 0;
    ends[0] = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const std::string_view text = text_of(first_ + i);
      if (text.data() == nullptr) null(i);
      size += text.size();
      ends[i + 1] = static_cast<std::int32_t>(size);
    }
    out_.bytes = std::make_unique_for_overwrite<std::uint8_t[]>(size + 1);
    std::uint8_t* at = out_.bytes.get();
    for (std::size_t i = 0; i < count_; ++i) {
      const std::string_view text = text_of(first_ + i);
      if (!text.empty()) std::memcpy(at, text.data(), text.size());
      at += text.size();
    }
    out_.buffers[2] = out_.bytes.get();
    return std::move(out_);
  }

  // @param units_of  of a row, minor units
  template <class UnitsOf>
  column_buffers money(UnitsOf&& units_of) {
    auto* const values = room<std::int64_t>(count_ * 2);
    for (std::size_t i = 0; i < count_; ++i) {
      const std::int64_t units = units_of(first_ + i);
      values[i * 2] = units;
      values[i * 2 + 1] = units < 0 ? -1 : 0;
    }
    null_faults();
    return std::move(out_);
  }

  column_buffers numbers(const run_column<std::int64_t>& coefficients, const run_column<std::int8_t>& scales) {
    auto* const values = room<std::uint64_t>(count_ * 2);
    if (scales.same() && scales.same_value() < 0) {
      std::fill_n(values, count_ * 2, 0U);
      all_null();
      return std::move(out_);
    }
    for (std::size_t i = 0; i < count_; ++i) {
      const std::int8_t scale = scales[first_ + i];
      const bool missing = scale < 0 || block_.fault[first_ + i] >= 0;
      if (missing) null(i);
      const dues_decimal made = missing ? no_decimal() : decimal_of(int128(coefficients[first_ + i]) * int128(pow10<std::int64_t>(number_places - scale)), number_places);
      values[i * 2] = made.low;
      values[i * 2 + 1] = static_cast<std::uint64_t>(made.high);
    }
    return std::move(out_);
  }

 private:
  template <class Value>
  Value* room(std::size_t values) {
    out_.values = std::make_unique_for_overwrite<std::uint8_t[]>(std::max<std::size_t>(values * sizeof(Value), 1));
    out_.buffers[1] = out_.values.get();
    return reinterpret_cast<Value*>(out_.values.get());  // new[] of bytes gives memory for any value
  }
  std::size_t valid_bytes() const noexcept { return (count_ + 7) / 8; }
  void need_valid(std::uint8_t all) {
    if (out_.valid != nullptr) return;
    out_.valid = std::make_unique_for_overwrite<std::uint8_t[]>(valid_bytes());
    std::fill_n(out_.valid.get(), valid_bytes(), all);
    out_.buffers[0] = out_.valid.get();
  }
  void null(std::size_t row) {
    need_valid(0xFF);
    out_.valid[row / 8] = static_cast<std::uint8_t>(out_.valid[row / 8] & ~(1U << (row % 8)));
    ++out_.nulls;
  }
  void all_null() {
    need_valid(0);
    out_.nulls = static_cast<std::int64_t>(count_);
  }
  void null_faults() {
    if (block_.fault.same() && block_.fault.same_value() < 0) return;
    for (std::size_t i = 0; i < count_; ++i)
      if (block_.fault[first_ + i] >= 0) null(i);
  }

  const line_block& block_;
  const std::size_t first_, count_;
  column_buffers out_;
};

}  // namespace

column_buffers fill_column(const lines_source& from, line_column which, const line_block& block, std::size_t first, std::size_t count) {
  const facts& known = *from.made->known;
  column_writer write(block, first, count);
  switch (which) {
    case line_column::account:
      return write.texts([&](std::size_t row) { return block.account[row] == id_table::none ? std::string_view() : known.accounts.at(block.account[row]); });
    case line_column::unit: return write.texts([&](std::size_t row) { return known.units.at(block.unit[row]); });
    case line_column::subject:
      return write.texts([&](std::size_t row) { return block.subscription[row] == id_table::none ? std::string_view() : std::string_view(known.subscriptions[block.subscription[row]].id); });
    case line_column::fee: return write.words(block.fee, from.fees);
    case line_column::fund: return write.words(block.fee, from.funds);
    case line_column::tax_id: return write.words(block.rate, from.tax_ids);
    case line_column::rate: return write.words(block.rate, from.rates);
    case line_column::diagnostic: return write.words(block.fault, from.faults);
    case line_column::period: return write.days(block.period);
    case line_column::from: return write.days(block.from);
    case line_column::to: return write.days(block.to);
    case line_column::issue: return write.days(block.issue);
    case line_column::due: return write.days(block.due);
    case line_column::adjustment: return write.days(block.adjustment);
    case line_column::quantity: return write.numbers(block.quantity, block.quantity_scale);
    case line_column::price: return write.numbers(block.price, block.price_scale);
    case line_column::gross: return write.money([&](std::size_t row) { return block.gross[row]; });
    case line_column::net: return write.money([&](std::size_t row) { return block.gross[row] + block.added[row] - block.tax[row]; });
    case line_column::tax: return write.money([&](std::size_t row) { return block.tax[row]; });
    default: return write.money([&](std::size_t row) { return block.gross[row] + block.added[row]; });
  }
}

}  // namespace dues::capi
