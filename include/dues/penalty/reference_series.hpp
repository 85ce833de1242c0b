// SPDX-License-Identifier: Apache-2.0
//
// A published rate over time, as dated data: a lending rate, a central bank's rate. A day that nobody
// published a value for has none; the last value is not carried on by guessing.
#pragma once

#include <dues/value/date.hpp>
#include <dues/value/decimal.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

DUES_BEGIN

class reference_series {
 public:
  struct entry {
    civil_day from;
    civil_day to = open_end;  ///< half-open; open_end: until the next entry
    decimal rate;             ///< a share: 0.031 for 3.10%
    friend bool operator==(const entry&, const entry&) = default;
  };

  reference_series() = default;
  /// @param entries  in any order; the caller has checked that no two begin on one day
  reference_series(std::string id, std::vector<entry> entries);

  const std::string& id() const noexcept { return id_; }
  const std::vector<entry>& entries() const noexcept { return entries_; }  ///< rising by `from`
  /// The entry in force on `day`, or null: before the first, in a gap, or past the end. Cost: log n.
  const entry* find(civil_day day) const noexcept;
  /// The last day with a value; open_end - 1 when the last entry is open. first_day - 1 when there is none.
  civil_day last_known() const noexcept;
  /// Whether no entry is in force on `day` or later.
  bool ends_before(civil_day day) const noexcept { return last_known() < day; }

 private:
  std::string id_;
  std::vector<entry> entries_;
};

DUES_END
