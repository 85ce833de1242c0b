// SPDX-License-Identifier: Apache-2.0
//
// The frame of every function of the C boundary: arguments are checked, everything is caught, a status
// comes out, and the caller's error tells what went wrong.
#pragma once

#include <capi/impl/handles.hpp>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace dues::capi {

/// Ends a call with a status; `what` tells.
struct refusal {
  std::int32_t status;
  diagnostic what;
};

/// Refuses: `code` is "C" and the number of the status.
[[noreturn]] void refuse(std::int32_t status, std::initializer_list<std::pair<std::string_view, std::string>> values);
/// Refuses with the first error of `found`.
[[noreturn]] void refuse(std::int32_t status, const diagnostics& found);

/// Empties the caller's error. @returns false when it is no dues_error
bool begin_error(dues_error* error) noexcept;
/// Writes the exception being handled into `error`. @returns its status
std::int32_t tell_current(dues_error* error) noexcept;

template <class Body>
std::int32_t guarded(dues_error* error, Body&& body) noexcept {
  if (!begin_error(error)) return DUES_WRONG_OPTION;
  try {
    body();
    return DUES_OK;
  } catch (...) {
    return tell_current(error);
  }
}

inline void need(const void* argument, const char* name) {
  if (argument == nullptr) refuse(DUES_NULL_ARGUMENT, {{"name", name}});
}

/// The handle, when it is one of its kind.
template <class Handle>
Handle& checked(Handle* handle, const char* name) {
  need(handle, name);
  if (handle->is != std::remove_const_t<Handle>::own_kind) refuse(DUES_WRONG_HANDLE, {{"name", name}});
  return *handle;
}

template <class Handle>
void free_handle(Handle* handle) noexcept {
  if (handle == nullptr || handle->is != Handle::own_kind) return;
  handle->is = kind::freed;
  delete handle;
}

/// A text of the caller's, of at most `most` bytes.
std::string_view view_of(const char* data, std::size_t size, const char* name, std::uint64_t most = DUES_MOST_BYTES);
/// An id or a key: short and UTF-8.
std::string_view id_of(const char* data, std::size_t size, const char* name);

inline dues_str str_of(std::string_view text) noexcept { return {text.data(), text.size()}; }
/// None where the text is empty.
inline dues_str str_or_none(std::string_view text) noexcept { return text.empty() ? dues_str{nullptr, 0} : str_of(text); }

/// A struct that the caller sized: what both sides know is copied; what the caller has beyond it stays.
template <class Struct>
void put_struct(Struct* out, Struct made, const char* name) {
  need(out, name);
  const std::uint32_t size = out->struct_size;
  if (size < sizeof(Struct)) refuse(DUES_WRONG_OPTION, {{"name", std::string(name) + ".struct_size"}, {"is", std::to_string(size)}});
  made.struct_size = size;
  std::memcpy(out, &made, sizeof(Struct));
}
/// Checks the size, and leaves all else zero.
template <class Struct>
void clear_struct(Struct* out, const char* name) {
  put_struct(out, Struct{}, name);
}

dues_decimal decimal_of(const int128& coefficient, int scale) noexcept;
inline dues_decimal no_decimal() noexcept { return {0, 0, 0, 0}; }

/// A text that grows and is then handed to the caller.
class text_buffer {
 public:
  text_buffer() = default;
  text_buffer(const text_buffer&) = delete;
  text_buffer& operator=(const text_buffer&) = delete;
  ~text_buffer() { delete[] data_; }

  void add(std::string_view more);
  /// Gives the text away, with a 0 after it.
  dues_text release();

 private:
  void grow(std::size_t needed);

  char* data_ = nullptr;
  std::size_t size_ = 0, room_ = 0;
};

dues_text text_of(std::string_view text);

/// A text that is freed, unless it was handed over.
struct owned_text : dues_text {
  owned_text() noexcept : dues_text{nullptr, 0} {}
  owned_text(const owned_text&) = delete;
  owned_text& operator=(const owned_text&) = delete;
  ~owned_text() { dues_text_free(this); }
  void give(dues_text* out) noexcept {
    if (out != nullptr) std::swap(static_cast<dues_text&>(*this), *out);
  }
};

/// A JSON list of what was found, where the caller wants it.
inline void put_diagnostics(dues_text* out, const diagnostics& found) {
  if (out != nullptr) *out = text_of(to_json(found.all(), false));
}

}  // namespace dues::capi
