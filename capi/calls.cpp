// SPDX-License-Identifier: Apache-2.0
//
// What all functions of the C boundary share: refusals, the caller's error, texts that come and go.
#include <capi/impl/calls.hpp>
#include <capi/impl/utf8.hpp>

#include <charconv>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <system_error>

namespace dues::capi {

namespace {

// Cut at a character where it does not fit.
template <std::size_t Size>
void put_text(char (&out)[Size], std::string_view text) noexcept {
  std::size_t size = std::min(text.size(), Size - 1);
  if (size < text.size())
    while (size != 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  if (size != 0) std::memcpy(out, text.data(), size);
  out[size] = 0;
}

// The 17 of "/units/17/area" in facts, of "/17/amount" in events; or -1.
std::int64_t row_of(const diagnostic& what) noexcept {
  if (what.code.empty() || (what.code[0] != 'F' && what.code[0] != 'L')) return -1;
  const std::string_view pointer = what.pointer;
  const std::size_t table = what.code[0] == 'L' ? pointer.find('/') : pointer.find('/', 1);
  if (table == std::string_view::npos) return -1;
  std::int64_t row = -1;
  const char* const last = pointer.data() + pointer.size();
  const auto [at, wrong] = std::from_chars(pointer.data() + table + 1, last, row);
  return wrong == std::errc() && (at == last || *at == '/') ? row : -1;
}

void put_error(dues_error* error, std::int32_t status, const diagnostic& what) {
  if (error == nullptr) return;
  const language& words = error->language == DUES_CHINESE ? language::chinese() : language::english();
  const std::string text = message(what, words);
  const std::string help = cure(what, words);
  error->status = status;
  error->position = what.position;
  error->row = row_of(what);
  put_text(error->code, what.code);
  put_text(error->pointer, what.pointer);
  put_text(error->message, text);
  put_text(error->cure, help);
}

// Of an entry without values: no memory is needed.
void put_plain(dues_error* error, std::int32_t status, std::string_view code) noexcept {
  const catalogue_entry* const entry = find_entry(code);
  if (error == nullptr || entry == nullptr) return;
  const bool chinese = error->language == DUES_CHINESE;
  error->status = status;
  put_text(error->code, code);
  put_text(error->message, chinese ? entry->zh : entry->en);
  put_text(error->cure, chinese ? entry->cure_zh : entry->cure_en);
}

std::int32_t no_memory(dues_error* error) noexcept {
  put_plain(error, DUES_NO_MEMORY, "C300");
  return DUES_NO_MEMORY;
}

}  // namespace

void refuse(std::int32_t status, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  throw refusal{status, make_diagnostic("C" + std::to_string(status), "", values)};
}

void refuse(std::int32_t status, const diagnostics& found) {
  for (const diagnostic& one : found.all())
    if (one.level == severity::error) throw refusal{status, one};
  refuse(DUES_INTERNAL, {});
}

bool begin_error(dues_error* error) noexcept {
  if (error == nullptr) return true;
  if (error->struct_size < sizeof(dues_error)) return false;
  error->status = 0;
  error->position = -1;
  error->row = -1;
  error->code[0] = error->pointer[0] = error->message[0] = error->cure[0] = 0;
  return true;
}

std::int32_t tell_current(dues_error* error) noexcept {
  try {
    throw;
  } catch (const refusal& one) {
    try {
      put_error(error, one.status, one.what);
      return one.status;
    } catch (...) {
      return no_memory(error);
    }
  } catch (const std::bad_alloc&) {
    return no_memory(error);
  } catch (const std::length_error&) {  // a vector that no memory could hold
    return no_memory(error);
  } catch (const std::system_error&) {
    put_plain(error, DUES_NO_THREAD, "C304");
    return DUES_NO_THREAD;
  } catch (...) {
    put_plain(error, DUES_INTERNAL, "C900");
    return DUES_INTERNAL;
  }
}

std::string_view view_of(const char* data, std::size_t size, const char* name, std::uint64_t most) {
  if (size > most) refuse(DUES_OUT_OF_RANGE, {{"name", std::string(name) + "_size"}, {"is", std::to_string(size)}, {"range", "0 to " + std::to_string(most)}});
  if (size != 0) need(data, name);
  return size == 0 ? std::string_view() : std::string_view(data, size);
}

std::string_view id_of(const char* data, std::size_t size, const char* name) {
  const std::string_view id = view_of(data, size, name, DUES_MOST_ID_BYTES);
  if (!is_utf8(id)) refuse(DUES_NOT_UTF8, {{"name", name}});
  return id;
}

dues_decimal decimal_of(const int128& coefficient, int scale) noexcept {
  const bool negative = coefficient < 0;
  const uint128 magnitude = negative ? uint128(uint128(0) - uint128(coefficient)) : uint128(coefficient);
  constexpr std::uint64_t all = ~std::uint64_t{0};
  auto low = static_cast<std::uint64_t>(magnitude & uint128(all));
  auto high = static_cast<std::uint64_t>(magnitude >> 64U);
  if (negative) {
    low = ~low + 1;
    high = ~high + (low == 0 ? 1 : 0);
  }
  return {low, static_cast<std::int64_t>(high), scale, 1};
}

void text_buffer::grow(std::size_t needed) {
  const std::size_t room = std::max({needed, room_ * 2, std::size_t{256}});
  char* const grown = new char[room];
  if (size_ != 0) std::memcpy(grown, data_, size_);
  delete[] data_;
  data_ = grown;
  room_ = room;
}

void text_buffer::add(std::string_view more) {
  constexpr std::size_t most = PTRDIFF_MAX / 2;
  if (more.empty()) return;
  if (more.size() > most - size_) throw std::bad_alloc();
  if (size_ + more.size() >= room_) grow(size_ + more.size() + 1);
  std::memcpy(data_ + size_, more.data(), more.size());
  size_ += more.size();
}

dues_text text_buffer::release() {
  if (data_ == nullptr) grow(1);
  data_[size_] = 0;
  const dues_text made{data_, size_};
  data_ = nullptr;
  size_ = room_ = 0;
  return made;
}

dues_text text_of(std::string_view text) {
  text_buffer made;
  made.add(text);
  return made.release();
}

}  // namespace dues::capi
