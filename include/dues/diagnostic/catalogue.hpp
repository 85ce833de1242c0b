// SPDX-License-Identifier: Apache-2.0
//
// The one catalogue of diagnostics: code, severity, what it means, how to cure it, in Chinese and
// English. A host may lay a further language over it as data.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>

#include <map>
#include <optional>

DUES_BEGIN

/// One entry. `{name}` in a text stands for the diagnostic's value of that name.
struct catalogue_entry {
  std::string_view code;
  severity level;
  std::string_view en, zh;            ///< the message
  std::string_view cure_en, cure_zh;  ///< what to do
};

/// All entries, by code.
std::span<const catalogue_entry> catalogue() noexcept;
/// @returns null for a code that is not in the catalogue
const catalogue_entry* find_entry(std::string_view code) noexcept;

/// Texts of one language: "en" and "zh" are built in, a host adds others as data.
class language {
 public:
  static const language& english();
  static const language& chinese();
  /// A further language: message texts by diagnostic code or sentence key; what is missing stays English.
  language(std::string tag, std::map<std::string, std::string, std::less<>> texts);

  std::string_view tag() const noexcept { return tag_; }
  bool is_chinese() const noexcept { return tag_ == "zh"; }
  /// The text laid over `key`, if any.
  std::optional<std::string_view> text(std::string_view key) const;

 private:
  std::string tag_;
  std::map<std::string, std::string, std::less<>> texts_;
};

/// Replaces each `{name}` of `pattern` by the value of that name (empty when there is none).
std::string fill(std::string_view pattern,
                 std::span<const std::pair<std::string, std::string>> values);

/// The message of one diagnostic, without code and place.
std::string message(const diagnostic& found, const language& words = language::english());
/// How to cure it.
std::string cure(const diagnostic& found, const language& words = language::english());

DUES_END
