// SPDX-License-Identifier: Apache-2.0
//
// Schemas: everything of one hangs on one allocation a struct.
#include <capi/impl/arrow_schema.hpp>

#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

namespace dues::capi {

namespace {

struct schema_node {
  std::string format, metadata;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> places;
  ArrowSchema dictionary = {};
};

void release_schema(ArrowSchema* schema) {
  auto* const node = static_cast<schema_node*>(schema->private_data);
  for (ArrowSchema& one : node->children)
    if (one.release != nullptr) one.release(&one);
  if (node->dictionary.release != nullptr) node->dictionary.release(&node->dictionary);
  schema->release = nullptr;
  delete node;
}

// @param name  lives for ever
void make_schema(ArrowSchema* out, const char* name, std::string format, std::int64_t flags) {
  auto node = std::make_unique<schema_node>();
  node->format = std::move(format);
  *out = {};
  out->format = node->format.c_str();
  out->name = name;
  out->flags = flags;
  out->release = release_schema;
  out->private_data = node.release();
}

schema_node& node_of(ArrowSchema& schema) { return *static_cast<schema_node*>(schema.private_data); }

// https://arrow.apache.org/docs/format/CDataInterface.html#c.ArrowSchema.metadata: counts and sizes in 32 bits.
void put_metadata(ArrowSchema& schema, std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
  std::string& text = node_of(schema).metadata;
  const auto put = [&](std::size_t number) {
    const auto value = static_cast<std::int32_t>(number);
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    text.append(bytes, sizeof value);
  };
  put(pairs.size());
  for (const auto& [key, value] : pairs)
    for (const std::string_view one : {key, value}) {
      put(one.size());
      text += one;
    }
  schema.metadata = text.c_str();
}

}  // namespace

void make_table_schema(ArrowSchema* out, std::span<const arrow_field> fields, std::initializer_list<std::pair<std::string_view, std::string_view>> metadata) {
  owned<ArrowSchema> made;
  make_schema(made.get(), "", "+s", 0);
  put_metadata(*made, metadata);
  schema_node& node = node_of(*made);
  node.children.resize(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    make_schema(&node.children[i], fields[i].name, fields[i].format, fields[i].nullable ? ARROW_FLAG_NULLABLE : 0);
    if (fields[i].words) {
      schema_node& words = node_of(node.children[i]);
      make_schema(&words.dictionary, "", "u", 0);
      node.children[i].dictionary = &words.dictionary;
    }
    node.places.push_back(&node.children[i]);
  }
  made->n_children = static_cast<std::int64_t>(fields.size());
  made->children = node.places.data();
  *out = *made;
  made->release = nullptr;
}

std::pair<int, const char*> failure_of_stream() noexcept {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return {ENOMEM, "there is not enough memory"};
  } catch (...) {
    return {EIO, "something went wrong inside Dues"};
  }
}

}  // namespace dues::capi
