// SPDX-License-Identifier: Apache-2.0
//
// One Arrow column as cells: whatever its type, a row of it is read as the text that a CSV would have.
#pragma once

#include <capi/impl/calls.hpp>
#include <dues_arrow.h>

#include <array>
#include <string>

namespace dues::capi {

/// A stream that breaks the rules of the format, or that its producer has failed.
[[noreturn]] void refuse_stream(const std::string& what);

class arrow_column {
 public:
  /// @throws refusal (DUES_WRONG_COLUMN) for a type that is not accepted
  explicit arrow_column(const ArrowSchema& schema);

  const std::string& name() const noexcept { return name_; }
  /// Turns to the next batch, which must outlive what is read of it.
  /// @param offset  rows of the batch that are passed over, its own offset
  void bind(const ArrowArray& array, std::int64_t offset, std::int64_t rows);
  /// The cell of a row of the batch; empty where it is null. Lives until the next call.
  std::string_view text(std::int64_t row);

 private:
  enum class form : std::uint8_t { nothing, text, long_text, view_text, yes_no, whole, natural, decimal, day, milliseconds, moment, dictionary };

  void accept(std::string_view format);
  [[noreturn]] void refuse_type(std::string_view format) const;
  bool is_null(std::int64_t at) const noexcept;
  std::int64_t integer(std::int64_t at) const noexcept;
  std::string_view text_at(std::int64_t at) const;
  std::string_view view_at(std::int64_t at) const;
  std::string_view decimal_at(std::int64_t at);
  std::string_view digits(uint128 magnitude, bool negative, int places);
  std::string_view day_text(std::int64_t day, bool whole);
  template <class Value>
  const Value* buffer(std::size_t which) const noexcept {
    return static_cast<const Value*>(array_->buffers[which]);
  }

  std::string name_;
  form form_ = form::nothing;
  int bytes_ = 0;                       ///< of an integer, also of an index
  bool is_signed_ = true;
  int scale_ = 0;                       ///< of decimals
  std::int64_t ticks_a_day_ = 1;        ///< of moments
  std::unique_ptr<arrow_column> words_; ///< of a dictionary
  const ArrowArray* array_ = nullptr;
  std::int64_t offset_ = 0, length_ = 0;
  std::array<char, 64> room_{};
  std::int64_t last_day_ = INT64_MIN;
  std::array<char, 12> last_day_text_{};
};

}  // namespace dues::capi
