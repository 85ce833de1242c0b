// SPDX-License-Identifier: Apache-2.0
//
// Reading a document in one expression, and documents drawn at random with what they mean.
#pragma once

#include <dues/diagnostic/catalogue.hpp>
#include <dues/json/node.hpp>
#include <dues/json/writer.hpp>

#include <rapidcheck.h>

#include <memory>
#include <string>

namespace dues_test {

struct reading {
  std::unique_ptr<dues::json_document> document;
  dues::diagnostics found;

  std::string told() const {
    std::string out;
    for (const auto& one : found.all()) out += one.code + " " + one.pointer + " " + message(one) + "\n";
    return out;
  }
};

inline reading read(std::string_view text, const dues::json_limits& limits = {}) {
  reading made;
  made.document = read_json(text, made.found, limits);
  return made;
}

inline std::string canonical(std::string_view text) {
  const reading is = read(text);
  return is.document ? canonical_text(*is.document) : is.told();
}

inline std::string utf_8(char32_t point) {
  const auto tail = [point](int shift) { return static_cast<char>(0x80 | ((point >> shift) & 0x3F)); };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0 | (point >> 6)), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xE0 | (point >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | (point >> 18)), tail(12), tail(6), tail(0)};
}

/// A text of any characters: control characters and quotes often, surrogates never.
inline std::string any_text() {
  using point = std::uint32_t;
  const auto points = *rc::gen::container<std::vector<point>>(rc::gen::resize(
      rc::kNominalSize, rc::gen::oneOf(rc::gen::inRange<point>(0, 0x30), rc::gen::elementOf(std::vector<point>{'"', '\\', '/', 0x7F, 0xFEFF, 0x7269}),
                                       rc::gen::inRange<point>(0x20, 0xD800), rc::gen::inRange<point>(0xE000, 0x110000))));
  std::string made;
  for (const point one : points) made += utf_8(one);
  return made;
}

}  // namespace dues_test
