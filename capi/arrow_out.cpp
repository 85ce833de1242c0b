// SPDX-License-Identifier: Apache-2.0
//
// A result's lines as an Arrow stream: its columns, its batches, and who releases what. A consumer may move
// a column out of a batch and release it later, so that every column keeps what it needs by itself.
#include <capi/impl/arrow_lines.hpp>
#include <capi/impl/arrow_schema.hpp>
#include <capi/impl/calls.hpp>

namespace dues::capi {

namespace {

std::string format_of(char type, int minor_units) {
  switch (type) {
    case 't': return "u";
    case 'd': return "tdD";
    case 'm': return "d:19," + std::to_string(minor_units);
    case 'n': return "d:38," + std::to_string(number_places);
    default: return "i";
  }
}

void make_lines_schema(ArrowSchema* out, const lines_source& from) {
  const program& tariff = *from.made->known->tariff;
  std::vector<arrow_field> fields;
  for (const column_form& one : column_forms) fields.push_back({one.name, format_of(one.type, tariff.minor_units), one.nullable, one.type == 'w'});
  make_table_schema(out, fields, {{"dues.tariff", tariff.id}, {"dues.edition", tariff.edition}, {"dues.tariff_hash", tariff.content_hash}, {"dues.currency", tariff.currency_code}});
}

// ---- batches ----

struct array_node {
  std::shared_ptr<const lines_source> from;
  column_buffers buffers;
  std::array<const void*, 3> words{};
  ArrowArray dictionary = {};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> places;
};

void release_array(ArrowArray* array) {
  auto* const node = static_cast<array_node*>(array->private_data);
  for (ArrowArray& one : node->children)
    if (one.release != nullptr) one.release(&one);
  if (node->dictionary.release != nullptr) node->dictionary.release(&node->dictionary);
  array->release = nullptr;
  delete node;
}

// @returns what `out` owns
array_node& make_array(ArrowArray* out, const std::shared_ptr<const lines_source>& from, std::size_t rows) {
  auto node = std::make_unique<array_node>();
  node->from = from;
  *out = {};
  out->length = static_cast<std::int64_t>(rows);
  out->release = release_array;
  out->private_data = node.get();
  return *node.release();
}

void make_column(ArrowArray* out, const std::shared_ptr<const lines_source>& from, line_column which, const line_block& block, std::size_t first, std::size_t count) {
  array_node& node = make_array(out, from, count);
  const char type = column_forms[static_cast<std::size_t>(which)].type;
  node.buffers = fill_column(*from, which, block, first, count);
  out->buffers = node.buffers.buffers.data();
  out->n_buffers = type == 't' ? 3 : 2;
  out->null_count = node.buffers.nulls;
  if (type != 'w') return;
  const word_list& words = from->words_of(which);
  array_node& of_words = make_array(&node.dictionary, from, static_cast<std::size_t>(words.size()));
  of_words.words = {nullptr, words.ends.data(), words.bytes.data()};
  node.dictionary.buffers = of_words.words.data();
  node.dictionary.n_buffers = 3;
  out->dictionary = &node.dictionary;
}

void make_batch(ArrowArray* out, const std::shared_ptr<const lines_source>& from, const line_block& block, std::size_t first, std::size_t count) {
  owned<ArrowArray> made;
  array_node& node = make_array(made.get(), from, count);
  node.children.resize(line_columns);
  for (std::size_t i = 0; i < line_columns; ++i) {
    make_column(&node.children[i], from, static_cast<line_column>(i), block, first, count);
    node.places.push_back(&node.children[i]);
  }
  made->n_children = static_cast<std::int64_t>(line_columns);
  made->children = node.places.data();
  made->n_buffers = 1;
  made->buffers = node.words.data();  // a struct has one buffer, and no row of ours is null
  *out = *made;
  made->release = nullptr;
}

// ---- stream ----

struct lines_stream {
  std::shared_ptr<const lines_source> from;
  std::size_t block = 0, row = 0;
  const char* error = nullptr;
};

int give_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  out->release = nullptr;
  return answer<lines_stream>(stream, [&](lines_stream& of) { make_lines_schema(out, *of.from); });
}

// Texts of a batch have offsets in 32 bits: so many ids of the longest fit.
constexpr std::size_t most_rows = 65'536;
static_assert(most_rows * longest_fact_id < INT32_MAX);

int give_next(ArrowArrayStream* stream, ArrowArray* out) {
  out->release = nullptr;
  return answer<lines_stream>(stream, [&](lines_stream& of) {
    const auto blocks = of.from->made->lines.blocks();
    while (of.block < blocks.size() && of.row == blocks[of.block].size()) {
      ++of.block;
      of.row = 0;
    }
    if (of.block == blocks.size()) return;
    const std::size_t count = std::min(most_rows, blocks[of.block].size() - of.row);
    make_batch(out, of.from, blocks[of.block], of.row, count);
    of.row += count;
  });
}

const char* give_error(ArrowArrayStream* stream) { return static_cast<lines_stream*>(stream->private_data)->error; }

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<lines_stream*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

}  // namespace dues::capi

using namespace dues::capi;

int32_t dues_result_arrow(const dues_result* result, struct ArrowArrayStream* out, dues_error* error) {
  if (out != nullptr) *out = {};
  return guarded(error, [&] {
    need(out, "out");
    auto stream = std::make_unique<lines_stream>();
    stream->from = std::make_shared<const lines_source>(checked(result, "result"));
    *out = {give_schema, give_next, give_error, release_stream, stream.release()};
  });
}
