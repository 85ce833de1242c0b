// SPDX-License-Identifier: Apache-2.0
//
// Arrow streams made by hand, so that every buffer in them is known; and what a test sees released.
#pragma once

#include <dues_arrow.h>

#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace arrow_made {

/// One column: its format, its buffers, its nulls.
struct column {
  std::string name, format;
  std::vector<std::string> buffers;  ///< bytes; the first is the validity, empty for none
  std::int64_t length = 0, offset = 0, nulls = 0;
  std::shared_ptr<column> dictionary;
};

template <class Value>
std::string bytes_of(const std::vector<Value>& values) {
  return std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value));
}

/// Bits, the first lowest.
inline std::string bits(const std::vector<bool>& set) {
  std::string made((set.size() + 7) / 8, '\0');
  for (std::size_t i = 0; i < set.size(); ++i)
    if (set[i]) made[i / 8] = static_cast<char>(made[i / 8] | 1 << (i % 8));
  return made;
}

template <class Offset = std::int32_t>
column texts(std::string name, const std::vector<const char*>& all) {
  std::vector<Offset> ends{0};
  std::string bytes;
  std::vector<bool> valid;
  bool nulls = false;
  for (const char* one : all) {
    if (one != nullptr) bytes += one;
    ends.push_back(static_cast<Offset>(bytes.size()));
    valid.push_back(one != nullptr);
    nulls = nulls || one == nullptr;
  }
  return {std::move(name), sizeof(Offset) == 4 ? "u" : "U", {nulls ? bits(valid) : "", bytes_of(ends), bytes + " "}, static_cast<std::int64_t>(all.size()), 0, nulls ? -1 : 0, nullptr};
}

template <class Value>
column values(std::string name, std::string format, const std::vector<Value>& all) {
  return {std::move(name), std::move(format), {"", bytes_of(all)}, static_cast<std::int64_t>(all.size()), 0, 0, nullptr};
}

/// What its owner gives away; counts how many structs have been released.
struct source {
  std::vector<column> columns;
  int batches = 1;
  std::int64_t offset = 0;  ///< of each batch
  int fails_at = -1;        ///< batch that fails
  int made = 0, released = 0;
  int next = 0;
  std::deque<std::string> failure;
};

namespace detail {

struct schema_box {
  source* from;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> places;
};
struct array_box {
  source* from;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> places;
};

template <class Struct, class Box>
void release(Struct* one) {
  auto* const box = static_cast<Box*>(one->private_data);
  ++box->from->released;
  for (Struct& child : box->children)
    if (child.release != nullptr) child.release(&child);
  one->release = nullptr;
  delete box;
}

inline void schema_of(source& from, const column* of, ArrowSchema* out) {
  auto* const box = new schema_box{&from, {}, {}};
  ++from.made;
  *out = {};
  out->format = of == nullptr ? "+s" : of->format.c_str();
  out->name = of == nullptr ? "" : of->name.c_str();
  out->flags = ARROW_FLAG_NULLABLE;
  out->release = release<ArrowSchema, schema_box>;
  out->private_data = box;
  box->children.resize(of == nullptr ? from.columns.size() : of->dictionary != nullptr ? 1 : 0);
  for (std::size_t i = 0; i < box->children.size(); ++i) {
    schema_of(from, of == nullptr ? &from.columns[i] : of->dictionary.get(), &box->children[i]);
    box->places.push_back(&box->children[i]);
  }
  if (of != nullptr && of->dictionary != nullptr) {
    out->dictionary = box->places[0];
  } else if (of == nullptr) {
    out->n_children = static_cast<std::int64_t>(box->children.size());
    out->children = box->places.data();
  }
}

inline void array_of(source& from, const column* of, ArrowArray* out) {
  auto* const box = new array_box{&from, {}, {}, {}};
  ++from.made;
  *out = {};
  out->release = release<ArrowArray, array_box>;
  out->private_data = box;
  box->children.resize(of == nullptr ? from.columns.size() : of->dictionary != nullptr ? 1 : 0);
  for (std::size_t i = 0; i < box->children.size(); ++i) {
    array_of(from, of == nullptr ? &from.columns[i] : of->dictionary.get(), &box->children[i]);
    box->places.push_back(&box->children[i]);
  }
  if (of == nullptr) {
    out->length = from.columns.empty() ? 0 : from.columns[0].length - from.offset;
    out->offset = from.offset;
    out->n_children = static_cast<std::int64_t>(box->children.size());
    out->children = box->places.data();
    box->buffers.push_back(nullptr);
  } else {
    out->length = of->length;
    out->offset = of->offset;
    out->null_count = of->nulls;
    if (of->dictionary != nullptr) out->dictionary = box->places[0];
    for (const std::string& one : of->buffers) box->buffers.push_back(one.empty() ? nullptr : one.data());
  }
  out->n_buffers = static_cast<std::int64_t>(box->buffers.size());
  out->buffers = box->buffers.data();
}

}  // namespace detail

/// A stream over `from`, which must outlive it. Each batch holds all columns.
inline ArrowArrayStream stream_of(source& from) {
  ArrowArrayStream made = {};
  ++from.made;
  made.get_schema = [](ArrowArrayStream* stream, ArrowSchema* out) {
    detail::schema_of(*static_cast<source*>(stream->private_data), nullptr, out);
    return 0;
  };
  made.get_next = [](ArrowArrayStream* stream, ArrowArray* out) {
    source& of = *static_cast<source*>(stream->private_data);
    *out = {};
    if (of.next == of.fails_at) return 5;
    if (of.next++ < of.batches) detail::array_of(of, nullptr, out);
    return 0;
  };
  made.get_last_error = [](ArrowArrayStream*) -> const char* { return "the disk is on fire"; };
  made.release = [](ArrowArrayStream* stream) {
    ++static_cast<source*>(stream->private_data)->released;
    stream->release = nullptr;
  };
  made.private_data = &from;
  return made;
}

}  // namespace arrow_made
