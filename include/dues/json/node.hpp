// SPDX-License-Identifier: Apache-2.0
//
// A JSON document as it was written: every number keeps its text (2.80 stays 2.80), every key its
// place, and a key that stands twice is still there twice, to be reported.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>
#include <dues/limits.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

DUES_BEGIN

enum class node_kind : std::uint8_t { null, boolean, number, text, array, object };

/// "an object", "a number", ... for messages.
std::string_view describe(node_kind kind) noexcept;

class json_document;

/// A place in a document. Cheap to copy; lives no longer than its document.
class json_node {
 public:
  json_node() = default;
  json_node(const json_document* owner, std::uint32_t at) : owner_(owner), at_(at) {}

  explicit operator bool() const noexcept { return owner_ != nullptr; }
  node_kind kind() const;
  bool is(node_kind wanted) const { return owner_ != nullptr && kind() == wanted; }
  /// Text of a string (unescaped) or of a number (as written); empty for the others.
  std::string_view text() const;
  bool truth() const;
  /// Key under which this node stands in its object; empty elsewhere.
  std::string_view key() const;
  std::uint32_t size() const;
  json_node first() const;
  json_node next() const;
  /// First member called `name`, or an empty node. Cost: members.
  json_node find(std::string_view name) const;
  /// RFC 6901.
  std::string pointer() const;

 private:
  const json_document* owner_ = nullptr;
  std::uint32_t at_ = 0;
};

/// Texts in large pieces that never move, so that views of them stay. Millions of short ones would
/// else cost more than the document itself.
class text_store {
 public:
  std::string_view keep(std::string_view text);

 private:
  std::vector<std::unique_ptr<char[]>> pieces_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
};

/// @see read_json
class json_document {
 public:
  struct entry {
    std::string_view text, key;
    std::uint32_t parent = none, first = none, last = none, next = none, size = 0, index = 0;
    node_kind kind = node_kind::null;
    bool truth = false;
  };
  static constexpr std::uint32_t none = UINT32_MAX;

  json_node root() const { return entries.empty() ? json_node() : json_node(this, 0); }

  std::vector<entry> entries;
  text_store texts;  ///< what the entries' views look at
};

/// Reads one document. Not JSON, comments, bad UTF-8, too deep: T116; too large: T151.
/// Keys that stand twice in an object: T102 at the second one.
/// @returns null when the document cannot be used at all
std::unique_ptr<json_document> read_json(std::string_view text, diagnostics& found,
                                         const json_limits& limits = {});

/// The document with keys sorted by bytes and no spaces: what a content hash is taken of.
std::string canonical_text(const json_document& document);

DUES_END
