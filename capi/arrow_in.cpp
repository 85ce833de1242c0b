// SPDX-License-Identifier: Apache-2.0
//
// Facts from an Arrow stream: a struct of columns, batch after batch, row by row to the loader.
#include <capi/impl/arrow.hpp>
#include <capi/impl/arrow_cells.hpp>
#include <capi/impl/utf8.hpp>

namespace dues::capi {

namespace {

// What the producer says about its failure, as far as it can be shown.
[[noreturn]] void refuse_failed(ArrowArrayStream& stream, int code) {
  const char* const said = stream.get_last_error == nullptr ? nullptr : stream.get_last_error(&stream);
  std::string what = said == nullptr ? "" : std::string(said, strnlen(said, 300));
  if (what.empty() || !is_utf8(what)) what = "error " + std::to_string(code);
  refuse_stream(what);
}

std::vector<arrow_column> columns_of(ArrowArrayStream& stream) {
  if (stream.get_schema == nullptr || stream.get_next == nullptr) refuse_stream("it has no functions");
  owned<ArrowSchema> schema;
  if (const int code = stream.get_schema(&stream, schema.get()); code != 0) refuse_failed(stream, code);
  if (!schema || schema->format == nullptr || std::string_view(schema->format) != "+s") refuse_stream("it is no stream of structs");
  if (schema->n_children < 0 || (schema->n_children != 0 && schema->children == nullptr)) refuse_stream("its schema has no columns");
  std::vector<arrow_column> columns;
  for (std::int64_t i = 0; i < schema->n_children; ++i) {
    if (schema->children[i] == nullptr) refuse_stream("its schema has no columns");
    columns.emplace_back(*schema->children[i]);
  }
  return columns;
}

// The next batch, bound to the columns; nothing at the end.
bool next(ArrowArrayStream& stream, owned<ArrowArray>& batch, std::vector<arrow_column>& columns) {
  batch.reset();
  if (const int code = stream.get_next(&stream, batch.get()); code != 0) refuse_failed(stream, code);
  if (!batch) return false;
  if (batch->n_children != static_cast<std::int64_t>(columns.size()) || (!columns.empty() && batch->children == nullptr)) refuse_stream("a batch has another number of columns");
  if (batch->length < 0 || batch->offset < 0) refuse_stream("a batch has no length");
  if (batch->null_count > 0) refuse_stream("a batch has rows that are null");
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (batch->children[i] == nullptr) refuse_stream("a batch has another number of columns");
    columns[i].bind(*batch->children[i], batch->offset, batch->length);
  }
  return true;
}

bool has_nul(std::string_view text) noexcept { return text.find('\0') != std::string_view::npos; }

// Whether the loader has taken all rows.
bool take_rows(facts_loader& to, std::string_view table, ArrowArrayStream& stream, std::vector<arrow_column>& columns) {
  owned<ArrowArray> batch;
  std::vector<std::string_view> texts(columns.size());
  for (std::size_t row = 0; next(stream, batch, columns);)
    for (std::int64_t i = 0; i < batch->length; ++i, ++row) {
      for (std::size_t k = 0; k < columns.size(); ++k) {
        texts[k] = columns[k].text(i);
        if (is_plain(texts[k]) || (is_utf8(texts[k]) && !has_nul(texts[k]))) continue;
        diagnostic told = make_diagnostic("C105", "/" + std::string(table) + "/" + std::to_string(row) + "/" + columns[k].name(), {{"name", columns[k].name()}});
        throw refusal{DUES_NOT_UTF8, std::move(told)};
      }
      if (!to.row(texts)) return false;
    }
  return to.end_rows();
}

}  // namespace

bool take_arrow(facts_loader& to, std::string_view table, ArrowArrayStream& stream) {
  std::vector<arrow_column> columns = columns_of(stream);
  std::vector<std::string> names;
  for (const arrow_column& one : columns) names.push_back(one.name());
  return to.begin_rows(table, names) && take_rows(to, table, stream, columns);
}

}  // namespace dues::capi
