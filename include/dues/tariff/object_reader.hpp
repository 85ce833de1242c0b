// SPDX-License-Identifier: Apache-2.0
//
// Reads one object of a tariff, field by field. Fields that are unknown, stand for a later release,
// or have the wrong type are reported here, so that the rooms above only say what they want.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>
#include <dues/diagnostic/shortened.hpp>
#include <dues/json/node.hpp>
#include <dues/limits.hpp>
#include <dues/tariff/dated.hpp>
#include <dues/tariff/names.hpp>
#include <dues/value/decimal.hpp>

#include <optional>
#include <span>

DUES_BEGIN

class object_reader {
 public:
  /// @param of       what the object is, for messages: "fee"
  /// @param known    its fields
  /// @param later    fields of the language that this release refuses (T150)
  /// @param limits   of its texts and their lists; lives as long as the reader
  object_reader(json_node node, std::string_view of, std::span<const std::string_view> known,
                std::span<const std::string_view> later, const tariff_limits& limits, diagnostics& found);

  /// False when the node is no object; then every field is absent.
  bool usable() const noexcept { return usable_; }
  json_node node() const noexcept { return node_; }
  std::string_view of() const noexcept { return of_; }

  bool has(std::string_view name) const { return static_cast<bool>(get(name)); }
  /// The field, or an empty node. `null` was reported and reads as absent.
  json_node get(std::string_view name) const;
  /// The field; absent: T108.
  json_node need(std::string_view name);

  /// A text that is not empty, of limits.text_bytes at most; else T100 or T208.
  std::optional<std::string> text(json_node field);
  std::optional<bool> boolean(json_node field);
  /// An integer within [least, most]; else T100 or T117.
  std::optional<std::int64_t> integer(json_node field, std::int64_t least, std::int64_t most);
  std::optional<decimal> number(json_node field);
  /// "3.10%" as 0.031: text with its sign; without it T103.
  std::optional<decimal> percentage(json_node field);
  std::optional<civil_day> date(json_node field);
  std::optional<month_day> yearly(json_node field);
  /// Index of the field's text among `words`; else T105 with the nearest.
  std::optional<std::size_t> word(json_node field, std::span<const std::string_view> words);
  /// As `word`, absent: `otherwise`.
  template <class Enum, std::size_t N>
  Enum choice(std::string_view name, const std::array<std::string_view, N>& words, Enum otherwise) {
    const json_node field = get(name);
    if (!field) return otherwise;
    const auto found = word(field, words);
    return found ? static_cast<Enum>(*found) : otherwise;
  }
  /// An id; `readable`: one that expressions may read, so without '-'.
  std::optional<std::string> id(json_node field, bool readable);
  names localized(json_node field);
  std::vector<std::string> texts(json_node field);
  /// Members of a list; anything else: T100. Absent: none.
  std::vector<json_node> list(json_node field);
  /// Exactly one of `options` must stand here, else T106; the one that does.
  std::string_view one_of(std::span<const std::string_view> options, bool optional = false);

  /// The version of a kind of document, which is "1"; else T100, absent: T108.
  void version(std::string_view name);

  void wrong_type(json_node field, std::string_view wanted);
  /// T208 when there are more; the caller goes on without them.
  bool too_many(json_node field, std::size_t most);
  diagnostics& found() noexcept { return found_; }

 private:
  json_node node_;
  std::string_view of_;
  const tariff_limits& limits_;
  diagnostics& found_;
  bool usable_ = false;
};

/// The text of a field for a message: `'x'`, `5`, "an object".
std::string shown(json_node field);
/// MM-DD; nothing when it is no day of a leap year.
std::optional<month_day> parse_month_day(std::string_view text);

DUES_END
