// SPDX-License-Identifier: Apache-2.0
//
// Schemas of tables that go out as Arrow streams.
#pragma once

#include <capi/impl/arrow.hpp>

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace dues::capi {

struct arrow_field {
  const char* name;    ///< lives for ever
  std::string format;
  bool nullable = false;
  bool words = false;  ///< a dictionary of utf8, whose index `format` is
};

/// A struct of these fields. `out` is filled when nothing fails.
void make_table_schema(ArrowSchema* out, std::span<const arrow_field> fields, std::initializer_list<std::pair<std::string_view, std::string_view>> metadata);

/// The errno and the words for the exception that is being handled.
std::pair<int, const char*> failure_of_stream() noexcept;

/// What the functions of a stream have in common: exceptions become errno codes and a text that lives for ever.
template <class Stream, class Body>
int answer(ArrowArrayStream* stream, Body&& body) noexcept {
  auto& of = *static_cast<Stream*>(stream->private_data);
  of.error = nullptr;
  try {
    body(of);
    return 0;
  } catch (...) {
    const auto [code, text] = failure_of_stream();
    of.error = text;
    return code;
  }
}

}  // namespace dues::capi
