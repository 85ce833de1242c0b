// SPDX-License-Identifier: Apache-2.0
//
// Writes JSON text in the order it is told. Amounts are written as texts, so that no reader can
// turn them into binary fractions.
#pragma once

#include <dues/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

DUES_BEGIN

/// Appends `text` quoted and escaped (control characters, quotes, backslashes; UTF-8 as it is).
void append_json_text(std::string& out, std::string_view text);

/// A writer with two-space indentation, or none.
class json_writer {
 public:
  explicit json_writer(std::string& out, bool indented = true) : out_(out), indented_(indented) {}

  json_writer& begin_object();
  json_writer& end_object();
  json_writer& begin_array();
  json_writer& end_array();
  json_writer& key(std::string_view name);
  json_writer& text(std::string_view value);
  json_writer& integer(std::int64_t value);
  json_writer& boolean(bool value);
  /// A value that is JSON text already.
  json_writer& written(std::string_view value);
  json_writer& member(std::string_view name, std::string_view value) { return key(name).text(value); }

 private:
  void before_value();
  void new_line();

  std::string& out_;
  bool indented_;
  bool after_key_ = false;
  std::vector<bool> has_members_;
};

DUES_END
