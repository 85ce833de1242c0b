// SPDX-License-Identifier: Apache-2.0
//
// What a tariff or a fact can get wrong is told by a diagnostic: a code that is never reused, the
// place, the values. The words come from the catalogue, so one diagnostic speaks any language.
#pragma once

#include <dues/config.hpp>

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

DUES_BEGIN

enum class severity : std::uint8_t { error, warning };

/// One mistake. `code` is a key of the catalogue: T.. for a tariff, F.. for facts, L.. for the ledger, Q.. for paying ahead, R.. for a line.
struct diagnostic {
  std::string code;
  severity level = severity::error;
  std::string pointer;  ///< JSON pointer into the document; for rows "/units/12/area"
  int position = -1;    ///< byte offset inside an expression, -1 when there is none
  std::vector<std::pair<std::string, std::string>> values;

  /// The value called `name`, or empty.
  std::string_view value(std::string_view name) const noexcept;

  friend bool operator==(const diagnostic&, const diagnostic&) = default;
};

/// A diagnostic whose severity is the catalogue's.
diagnostic make_diagnostic(std::string_view code, std::string pointer,
                           std::initializer_list<std::pair<std::string_view, std::string>> values,
                           int position = -1);

/// Collects what is found, in the order found, up to `limit`; beyond it only counts errors. Warnings
/// take a quarter of it at most, so that they never crowd out an error.
class diagnostics {
 public:
  static constexpr std::size_t limit = 1000;
  static constexpr std::size_t most_warnings = limit / 4;

  void add(diagnostic found);
  bool has_errors() const noexcept { return errors_ != 0; }
  /// Errors found, those beyond `limit` included.
  std::size_t errors() const noexcept { return errors_; }
  std::span<const diagnostic> all() const noexcept { return found_; }
  bool empty() const noexcept { return found_.empty(); }

 private:
  std::vector<diagnostic> found_;
  std::size_t errors_ = 0, kept_errors_ = 0;
};

DUES_END
