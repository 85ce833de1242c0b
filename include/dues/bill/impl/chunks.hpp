// SPDX-License-Identifier: Apache-2.0
//
// Bytes of a document on their way out: collected to chunks, so that a result of any size takes
// constant memory, with days and amounts written straight as digits. Not public.
#pragma once

#include <dues/bill/output.hpp>

#include <algorithm>
#include <array>
#include <charconv>

DUES_BEGIN

namespace detail {

/// Hands on what it collects whenever a chunk is full. Room is asked for once for several pieces.
class chunk_writer {
 public:
  explicit chunk_writer(const text_sink& to) : to_(to), bytes_(first_chunk, '\0') {}
  chunk_writer(const chunk_writer&) = delete;
  chunk_writer& operator=(const chunk_writer&) = delete;

  /// Room for `bytes` more, which put() then fills.
  void need(std::size_t bytes) {
    if (bytes > bytes_.size() - used_) make_room(bytes);
  }
  void put(std::string_view text) noexcept {
    text.copy(bytes_.data() + used_, text.size());  // of nothing, too: memcpy takes no null
    used_ += text.size();
  }
  void put(char c) noexcept { bytes_[used_++] = c; }
  void append(std::string_view text) {
    need(text.size());
    put(text);
  }
  void hand_on() {
    if (used_ != 0) to_(std::string_view(bytes_).substr(0, used_));
    used_ = 0;
  }

 private:
  static constexpr std::size_t chunk = std::size_t{1} << 17;
  static constexpr std::size_t first_chunk = std::size_t{1} << 12;  // small results are frequent

  void make_room(std::size_t bytes) {
    if (bytes_.size() < chunk) return bytes_.resize(std::min(chunk, 8 * bytes_.size()) + bytes);
    hand_on();
    if (bytes > bytes_.size()) bytes_.resize(bytes);
  }

  const text_sink& to_;
  std::string bytes_;
  std::size_t used_ = 0;
};

/// A sign, 19 digits, a point, and the zeros of a small number.
inline constexpr std::size_t most_number_bytes = 24;
static_assert(decimal::most_places < 20);

/// `units` of 10^-places: 1230 at 2 places is "12.30". Room: most_number_bytes.
inline void put_number(chunk_writer& out, std::int64_t units, int places) noexcept {
  // Most digits stand right; what is left of them are the zeros of a number below 1.
  std::array<char, 40> digits;
  digits.fill('0');
  const std::uint64_t size = units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
  char* const first = digits.data() + 20;
  const char* const end = std::to_chars(first, digits.data() + digits.size(), size).ptr;
  const auto count = static_cast<std::size_t>(end - first);
  const auto decimals = static_cast<std::size_t>(places);
  const std::size_t whole = count > decimals ? count - decimals : 1;
  const char* const begin = end - decimals - whole;
  if (units < 0) out.put('-');
  out.put(std::string_view(begin, whole));
  if (decimals == 0) return;
  out.put('.');
  out.put(std::string_view(begin + whole, decimals));
}

/// YYYY-MM-DD of the days that a run has again and again; empty like to_text.
class day_texts {
 public:
  std::string_view of(civil_day day) {
    slot& at = slots_[static_cast<std::uint32_t>(day.days) % slots_.size()];
    if (at.day != day || !at.used) {
      const std::string text = to_text(day);
      at.day = day;
      at.used = true;
      at.length = static_cast<std::uint8_t>(text.copy(at.text.data(), at.text.size()));
    }
    return {at.text.data(), at.length};
  }

 private:
  struct slot {
    civil_day day;
    bool used = false;
    std::uint8_t length = 0;
    std::array<char, 10> text{};
  };
  std::array<slot, 128> slots_;
};

/// YYYY-MM-DD.
inline constexpr std::size_t most_day_bytes = 10;

}  // namespace detail

DUES_END
