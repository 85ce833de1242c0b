// SPDX-License-Identifier: Apache-2.0
//
// What a reader of a tariff sees: a text by language.
#pragma once

#include <dues/config.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

DUES_BEGIN

/// A text in several languages, in the order of the document.
class names {
 public:
  void add(std::string tag, std::string text) { texts_.emplace_back(std::move(tag), std::move(text)); }
  bool empty() const noexcept { return texts_.empty(); }
  /// Language tag and text, in the order of the document.
  const std::vector<std::pair<std::string, std::string>>& all() const noexcept { return texts_; }
  /// The text for `tag`; else English, else Chinese, else the first; `otherwise` when there is none.
  std::string_view in(std::string_view tag, std::string_view otherwise = {}) const {
    for (const std::string_view wanted : {tag, std::string_view("en"), std::string_view("zh")})
      for (const auto& [language, text] : texts_)
        if (language == wanted) return text;
    return texts_.empty() ? otherwise : std::string_view(texts_.front().second);
  }

 private:
  std::vector<std::pair<std::string, std::string>> texts_;
};

DUES_END
