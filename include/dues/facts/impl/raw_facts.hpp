// SPDX-License-Identifier: Apache-2.0
//
// Rows of facts as they came, small: ids are numbers of arrival until they are ranked. Not public.
#pragma once

#include <dues/facts/facts.hpp>

DUES_BEGIN

namespace detail {

/// Of a row of units that says who holds the unit, or gives attributes of an account.
inline constexpr std::uint32_t row_of_units = attribute_rows::of_units;
/// Of an id that other rows name but that no row of units has.
inline constexpr std::uint32_t stranger = 0x8000'0000U;

/// Words of a choice, found without a scan where there are many.
class word_finder {
 public:
  word_finder() = default;
  explicit word_finder(const std::vector<std::string>& words);
  /// -1 when it is none of them.
  std::int32_t find(std::string_view text) const noexcept;
  std::span<const std::string_view> words() const noexcept { return words_; }

 private:
  std::vector<std::string_view> words_;
  std::vector<std::int32_t> sorted_;  ///< places in words_, by their bytes; empty when there are few
};

/// One table of dated attributes while it is read.
struct raw_attributes {
  const std::vector<attribute>* declared = nullptr;
  std::vector<word_finder> finders;  ///< by attribute
  std::vector<std::uint32_t> id;     ///< number of arrival, then rank
  std::vector<civil_day> from, to;
  std::vector<std::uint32_t> source;
  std::vector<number_column> numbers;
  std::vector<word_column> words;

  void begin(const std::vector<attribute>& attributes);
  void open_row(std::uint32_t row_id, std::uint32_t source_row);
  /// The attribute has no value in the row that was opened last.
  void add_missing(std::size_t attribute);
};

/// Who holds the units of a table where rows say it, row by row.
struct raw_holders {
  static constexpr unsigned role_bits = 2;
  std::vector<std::uint32_t> account;       ///< or id_table::none
  std::vector<std::int32_t> share_and_role; ///< share << 2 | role

  bool empty() const noexcept { return account.empty(); }
  void add(std::uint32_t who, std::int32_t share, payer_role role) {
    account.push_back(who);
    share_and_role.push_back(static_cast<std::int32_t>(static_cast<std::uint32_t>(share) << role_bits | static_cast<std::uint32_t>(role)));
  }
  std::int32_t share(std::size_t row) const noexcept { return share_and_role[row] >> role_bits; }
  payer_role role(std::size_t row) const noexcept { return static_cast<payer_role>(share_and_role[row] & 3); }
};

struct raw_tenure {
  std::uint32_t unit;
  std::uint32_t row;  ///< with row_of_units
  tenure made;
};

struct raw_subscription {
  std::uint32_t unit;
  std::uint32_t row;
  subscription made;
};

struct raw_occupancy {
  std::uint32_t unit;
  std::uint32_t row;
  occupancy made;
};

struct raw_meter {
  std::uint32_t meter = 0;  ///< number of arrival
  dues::meter made;
};

struct raw_reading {
  std::uint32_t reg = 0, value = 0;  ///< numbers of arrival
  meter_reading made;
};

/// A day on which all registers of a meter were read.
struct read_day {
  std::uint32_t meter, place;
  civil_day on;
  reading_kind kind;
};

/// Usage, and the day of the reading that bills it.
struct closed_interval {
  usage_interval is;
  civil_day closing;
};

struct raw_exception {
  civil_day on;
  bool business_day;
  std::size_t row;
};

struct raw_calendar {
  day_range covered{first_day, last_day + 1};
  unsigned weekend = 0;
  std::vector<raw_exception> exceptions;
  bool declared = false;
};

}  // namespace detail

DUES_END
