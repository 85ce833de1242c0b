// SPDX-License-Identifier: Apache-2.0
//
// Meters, their readings, and the usage between: which stretch of days a reading ends, and which
// reading closes a line. Estimates that a real reading has replaced are gone from it.
#pragma once

#include <dues/facts/columns.hpp>
#include <dues/value/date.hpp>
#include <dues/value/exact.hpp>

DUES_BEGIN

enum class reading_kind : std::uint8_t { actual, estimated, first, final_ };

/// A row of the table of meters.
struct meter {
  std::uint32_t unit = id_table::none;  ///< none: readings name it, and no row does
  std::int32_t kind = -1;               ///< into program::meters
  day_range days;
  decimal ratio{1};
  int digits = 0;                       ///< of its register; 0: not told
  std::uint32_t row = 0;
};

/// What one register of a meter shows at the end of a day. Those of one meter and day stand together,
/// in the order of the registers.
struct meter_reading {
  std::uint32_t meter = 0;
  civil_day on;
  std::uint32_t row = 0;
  std::uint16_t reg = 0;
  reading_kind kind = reading_kind::actual;
  bool rolled_over = false;
};

/// Usage from one reading of a meter to the next.
struct usage_interval {
  day_range days;                        ///< from the day after the one to the end of the other
  std::uint32_t meter = 0;
  std::uint32_t before = 0, after = 0;   ///< places of their first registers
  std::int32_t fault = -1;               ///< into facts::faults: a reading below the last
};

/// A reading, or several of one day, that closes a line of a unit.
struct meter_closing {
  civil_day on;
  day_range days;                        ///< of all its intervals
  std::uint32_t first = 0, end = 0;      ///< intervals
};

/// Usage of a window before these facts begin.
struct usage_before {
  std::uint32_t unit = 0;
  std::int32_t fee = -1;
  civil_day window_from;
  decimal usage;
  std::optional<decimal> billed;
  std::uint32_t row = 0;
};

/// Who may read: any number of threads.
class metering {
 public:
  id_table ids;                               ///< of meters
  std::vector<meter> meters;                  ///< by rank
  std::vector<meter_reading> readings;        ///< by meter, day, register
  number_column values;                       ///< of readings
  std::vector<usage_interval> intervals;      ///< by unit, kind, closing, days
  std::vector<meter_closing> closings;        ///< by unit, kind, day
  std::size_t kinds = 0;
  std::vector<std::uint32_t> interval_begin, closing_begin;  ///< of each unit and kind, and one past the last
  std::vector<std::int32_t> fault;            ///< of each unit and kind: into facts::faults, or -1
  std::vector<usage_before> before;           ///< by unit, fee, window

  bool empty() const noexcept { return kinds == 0; }
  std::size_t place(std::uint32_t unit, std::int32_t kind) const noexcept { return std::size_t{unit} * kinds + static_cast<std::size_t>(kind); }
  std::span<const meter_closing> closings_of(std::uint32_t unit, std::int32_t kind) const {
    const std::size_t at = place(unit, kind);
    return std::span(closings).subspan(closing_begin[at], closing_begin[at + 1] - closing_begin[at]);
  }
  std::span<const usage_interval> intervals_of(std::uint32_t unit, std::int32_t kind) const {
    const std::size_t at = place(unit, kind);
    return std::span(intervals).subspan(interval_begin[at], interval_begin[at + 1] - interval_begin[at]);
  }
  std::span<const usage_interval> intervals_of(const meter_closing& one) const { return std::span(intervals).subspan(one.first, one.end - one.first); }
  /// Closings of a unit on days of a range. Cost: logarithmic.
  std::span<const meter_closing> closings_in(std::uint32_t unit, std::int32_t kind, day_range days) const;
  /// A whole turn of the register: 10000 with four digits.
  exact128 turn(const meter& of) const;
  /// (reading - the one before, and a turn if it rolled over) x ratio; overflowed when it does not fit.
  exact128 usage(const usage_interval& of, std::size_t reg) const;
  /// Null when nothing was told.
  const usage_before* before_window(std::uint32_t unit, std::int32_t fee, civil_day window_from) const;
};

DUES_END
