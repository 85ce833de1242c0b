// SPDX-License-Identifier: Apache-2.0
//
// Tables written row by row as Arrow streams. A consumer may move a column out of a batch and release it later, so
// that every column keeps its batch by itself.
#include <capi/impl/arrow_table.hpp>
#include <capi/impl/calls.hpp>

#include <array>

namespace dues::capi {

namespace {

constexpr std::int64_t most_rows = 65'536;
constexpr std::size_t most_bytes = std::size_t{1} << 30U;  // of texts in a batch, before its last row: offsets have 32 bits

std::string format_of(cell_type type, int minor_units) {
  switch (type) {
    case cell_type::text:
    case cell_type::text_or_none: return "u";
    case cell_type::day: return "tdD";
    case cell_type::whole: return "l";
    case cell_type::money: break;
  }
  return "d:38," + std::to_string(minor_units);
}

struct array_node {
  std::shared_ptr<const table_batch> of;
  std::array<const void*, 3> buffers{};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> places;
};

void release_array(ArrowArray* array) {
  auto* const node = static_cast<array_node*>(array->private_data);
  for (ArrowArray& one : node->children)
    if (one.release != nullptr) one.release(&one);
  array->release = nullptr;
  delete node;
}

array_node& make_array(ArrowArray* out, const std::shared_ptr<const table_batch>& of) {
  auto node = std::make_unique<array_node>();
  node->of = of;
  *out = {};
  out->length = of->rows;
  out->release = release_array;
  out->private_data = node.get();
  return *node.release();
}

void make_batch(ArrowArray* out, const std::shared_ptr<const table_batch>& of) {
  owned<ArrowArray> made;
  array_node& node = make_array(made.get(), of);
  node.children.resize(of->columns.size());
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const column_cells& cells = of->columns[i];
    ArrowArray& child = node.children[i];
    array_node& its = make_array(&child, of);
    const bool is_text = cells.ends.size() == static_cast<std::size_t>(of->rows) + 1;
    its.buffers = {cells.nulls != 0 ? cells.valid.data() : nullptr, cells.ends.empty() ? static_cast<const void*>(cells.numbers.data()) : cells.ends.data(), cells.bytes.data()};
    child.buffers = its.buffers.data();
    child.n_buffers = is_text ? 3 : 2;
    child.null_count = cells.nulls;
    node.places.push_back(&child);
  }
  made->n_children = static_cast<std::int64_t>(node.children.size());
  made->children = node.places.data();
  made->n_buffers = 1;
  made->buffers = node.buffers.data();  // a struct has one buffer, and no row of ours is null
  *out = *made;
  made->release = nullptr;
}

struct table_stream {
  std::shared_ptr<const arrow_table> from;
  std::size_t next = 0;
  const char* error = nullptr;
};

int give_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  out->release = nullptr;
  return answer<table_stream>(stream, [&](table_stream& of) { make_table_schema(out, of.from->fields, {{"dues.tariff", of.from->tariff}, {"dues.currency", of.from->currency}}); });
}

int give_next(ArrowArrayStream* stream, ArrowArray* out) {
  out->release = nullptr;
  return answer<table_stream>(stream, [&](table_stream& of) {
    if (of.next == of.from->batches.size()) return;
    make_batch(out, of.from->batches[of.next]);
    ++of.next;
  });
}

const char* give_error(ArrowArrayStream* stream) { return static_cast<table_stream*>(stream->private_data)->error; }

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<table_stream*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

table_writer::table_writer(std::span<const table_column> columns, int minor_units, std::string_view tariff, std::string_view currency)
    : columns_(columns), made_(std::make_shared<arrow_table>()) {
  for (const table_column& one : columns) made_->fields.push_back({one.name, format_of(one.type, minor_units), one.type == cell_type::text_or_none});
  made_->tariff = tariff;
  made_->currency = currency;
  begin_batch();
}

void table_writer::begin_batch() {
  batch_ = std::make_shared<table_batch>();
  batch_->columns.resize(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i].type == cell_type::text || columns_[i].type == cell_type::text_or_none) batch_->columns[i].ends.push_back(0);
  longest_ = 0;
}

void table_writer::end_batch() {
  if (batch_->rows != 0) made_->batches.push_back(std::move(batch_));
}

void table_writer::text(std::string_view value) {
  const bool may_be_none = columns_[at_].type == cell_type::text_or_none;
  column_cells& to = next();
  if (value.size() >= most_bytes) throw std::bad_alloc();
  to.bytes += value;
  to.ends.push_back(static_cast<std::int32_t>(to.bytes.size()));
  longest_ = std::max(longest_, to.bytes.size());
  if (!may_be_none) return;
  const auto row = static_cast<std::size_t>(batch_->rows);
  if (row % 8 == 0) to.valid.push_back(0);
  if (value.empty()) ++to.nulls;
  else to.valid.back() = static_cast<std::uint8_t>(to.valid.back() | (1U << (row % 8)));
}

void table_writer::day(civil_day value) { next().ends.push_back(value.days); }
void table_writer::whole(std::uint64_t value) { next().numbers.push_back(value); }

void table_writer::money(const int128& value) {
  const dues_decimal is = decimal_of(value, 0);
  column_cells& to = next();
  to.numbers.push_back(is.low);
  to.numbers.push_back(static_cast<std::uint64_t>(is.high));
}

void table_writer::end_row() {
  at_ = 0;
  if (++batch_->rows < most_rows && longest_ < most_bytes) return;
  end_batch();
  begin_batch();
}

void table_writer::give(ArrowArrayStream* out) {
  end_batch();
  auto stream = std::make_unique<table_stream>();
  stream->from = std::move(made_);
  *out = {give_schema, give_next, give_error, release_stream, stream.release()};
}

}  // namespace dues::capi
