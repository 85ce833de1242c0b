// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/json/writer.hpp>

DUES_BEGIN

void append_json_text(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // where what is not yet written begins: most texts need no escape at all
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && c != '"' && c != '\\' && byte != 0x7f) continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
  }
  out.append(text, plain);
  out += '"';
}

void json_writer::new_line() {
  if (!indented_) return;
  out_ += '\n';
  out_.append(2 * has_members_.size(), ' ');
}

void json_writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_members_.empty()) return;
  if (has_members_.back()) out_ += ',';
  has_members_.back() = true;
  new_line();
}

json_writer& json_writer::begin_object() {
  before_value();
  out_ += '{';
  has_members_.push_back(false);
  return *this;
}

json_writer& json_writer::end_object() {
  const bool any = has_members_.back();
  has_members_.pop_back();
  if (any) new_line();
  out_ += '}';
  return *this;
}

json_writer& json_writer::begin_array() {
  before_value();
  out_ += '[';
  has_members_.push_back(false);
  return *this;
}

json_writer& json_writer::end_array() {
  const bool any = has_members_.back();
  has_members_.pop_back();
  if (any) new_line();
  out_ += ']';
  return *this;
}

json_writer& json_writer::key(std::string_view name) {
  before_value();
  append_json_text(out_, name);
  out_ += indented_ ? ": " : ":";
  after_key_ = true;
  return *this;
}

json_writer& json_writer::text(std::string_view value) {
  before_value();
  append_json_text(out_, value);
  return *this;
}

json_writer& json_writer::integer(std::int64_t value) {
  before_value();
  out_ += std::to_string(value);
  return *this;
}

json_writer& json_writer::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
  return *this;
}

json_writer& json_writer::written(std::string_view value) {
  before_value();
  out_ += value;
  return *this;
}

DUES_END
