// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/facts/rows.hpp>
#include <dues/json/impl/place.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <deque>

DUES_BEGIN

namespace detail {

// Depth 1: members of the document. Depth 2: a table. Depth 3: a row. Depth 4: a list in a cell.
struct row_handler {
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;
  using error_code = boost::system::error_code;
  using view = boost::json::string_view;

  row_sink& sink;
  diagnostics& found;
  const facts_limits& limits;
  int depth = 0;
  bool in_list = false;
  std::string part, table, wrong;
  std::size_t row = 0, used = 0;
  std::vector<std::string> names, texts;  // kept from row to row: no allocation once warm
  std::vector<cell> cells;

  bool fail(std::string what, error_code& ec) {
    wrong = std::move(what);
    ec = boost::json::make_error_code(boost::json::error::syntax);
    return false;
  }
  bool within(std::size_t bytes, std::size_t most, const char* what, error_code& ec) {
    if (bytes <= most) return true;
    return fail((depth >= 3 ? place() : std::string("the document")) + " has " + what + " of more than " + std::to_string(most) + " bytes", ec);
  }
  std::string place() const { return "/" + table + "/" + std::to_string(row); }

  bool scalar(cell_kind kind, view text, error_code& ec) {
    part += std::string_view(text);
    if (!within(part.size(), limits.cell_bytes, "a value", ec)) return false;
    if (depth == 0) return fail("facts are one object of tables", ec);
    if (depth == 1) {
      if (table != "dues_facts") return fail("/" + table + " is no table", ec);
      sink.version(part);
    } else if (depth == 2) {
      return fail(place() + " is no row", ec);
    } else if (in_list) {
      std::string& joined = texts[used - 1];
      if (!joined.empty()) joined += ' ';
      joined += part;
      if (!within(joined.size(), limits.cell_bytes, "a list", ec)) return false;
    } else {
      texts[used - 1] = part;
      cells[used - 1].kind = kind;
    }
    part.clear();
    return true;
  }
  void next_cell() {
    if (used == names.size()) {
      names.emplace_back();
      texts.emplace_back();
      cells.emplace_back();
    }
    std::swap(names[used], part);
    part.clear();
    texts[used].clear();
    ++used;
  }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& ec) {
    if (depth != 0 && depth != 2) return fail((depth == 1 ? "/" + table : place()) + " may not be an object", ec);
    ++depth;
    used = 0;
    return true;
  }
  bool on_object_end(std::size_t, error_code&) {
    if (--depth == 2) {
      for (std::size_t i = 0; i < used; ++i) {
        cells[i].name = names[i];
        cells[i].text = texts[i];
      }
      sink.row(table, row++, std::span<const cell>(cells).first(used));
    }
    return true;
  }
  bool on_array_begin(error_code& ec) {
    if (depth == 0) return fail("facts are one object of tables", ec);
    if (depth == 1) {
      if (table == "dues_facts") return fail("/dues_facts is no table", ec);
      row = 0;
      ++depth;
      sink.table(table);
      return true;
    }
    if (depth != 3 || in_list) return fail("a list stands where a value is wanted", ec);
    in_list = true;
    cells[used - 1].kind = cell_kind::list;
    return true;
  }
  bool on_array_end(std::size_t, error_code&) {
    if (in_list) in_list = false;
    else --depth;
    return true;
  }
  bool on_key_part(view s, std::size_t, error_code&) { part += std::string_view(s); return true; }
  bool on_key(view s, std::size_t, error_code& ec) {
    part += std::string_view(s);
    if (!within(part.size(), limits.name_bytes, "a name", ec)) return false;
    if (depth == 1) {
      table = part;
      part.clear();
      return true;
    }
    if (used == limits.cells) return fail(place() + " has more than " + std::to_string(limits.cells) + " cells", ec);
    next_cell();
    return true;
  }
  bool on_string_part(view s, std::size_t, error_code&) { part += std::string_view(s); return true; }
  bool on_string(view s, std::size_t, error_code& ec) { return scalar(cell_kind::text, s, ec); }
  bool on_number_part(view s, error_code&) { part += std::string_view(s); return true; }
  bool on_int64(std::int64_t, view s, error_code& ec) { return scalar(cell_kind::number, s, ec); }
  bool on_uint64(std::uint64_t, view s, error_code& ec) { return scalar(cell_kind::number, s, ec); }
  template <class Unused>
  bool on_double(Unused, view s, error_code& ec) { return scalar(cell_kind::number, s, ec); }
  bool on_bool(bool b, error_code& ec) { return scalar(cell_kind::boolean, b ? "true" : "false", ec); }
  bool on_null(error_code& ec) {
    if (depth == 0) return fail("facts are one object of tables", ec);
    return fail((depth >= 2 ? place() : "/" + table) + " holds null; leave the cell out", ec);
  }
  bool on_comment_part(view, error_code&) { return true; }
  bool on_comment(view, error_code&) { return true; }
};

}  // namespace detail

bool read_json_rows(std::string_view text, row_sink& sink, diagnostics& found, const facts_limits& limits) {
  if (text.size() > limits.bytes) {
    found.add(make_diagnostic("F108", "", {{"what", "the document has " + std::to_string(text.size()) + " bytes; the limit is " + std::to_string(limits.bytes)}}));
    return false;
  }
  text = detail::without_mark(text);
  boost::json::parse_options options;
  options.max_depth = most_facts_depth;
  detail::row_handler handler{sink, found, limits, 0, false, {}, {}, {}, 0, 0, {}, {}, {}};
  boost::json::basic_parser<detail::row_handler> parser(options, std::move(handler));
  boost::system::error_code ec;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
  std::size_t rest = read;
  while (!ec && rest < text.size() && std::string_view(" \t\r\n").find(text[rest]) != std::string_view::npos) ++rest;
  if (!ec && rest < text.size()) ec = boost::json::make_error_code(boost::json::error::extra_data);
  if (!ec) return true;
  const std::string& wrong = parser.handler().wrong;
  found.add(make_diagnostic("F108", "", {{"what", (wrong.empty() ? "not a JSON document: " + ec.message() : wrong) + " at " + detail::place_of(text, read)}}));
  return false;
}

DUES_END
