// SPDX-License-Identifier: Apache-2.0
//
// Business days as data: weekends, holidays, and working days that lie on weekends. A date outside
// the calendar's range is not known, rather than a weekday.
#pragma once

#include <dues/value/date.hpp>

#include <utility>
#include <vector>

DUES_BEGIN

enum class roll : std::uint8_t { following, preceding, modified_following };

class business_calendar {
 public:
  /// @param weekend     bit 0 Monday .. bit 6 Sunday
  /// @param exceptions  sorted by day: (day, is it a business day?)
  business_calendar(std::string id, day_range covered, unsigned weekend, std::vector<std::pair<civil_day, bool>> exceptions)
      : id_(std::move(id)), covered_(covered), weekend_(weekend), exceptions_(std::move(exceptions)) {}

  const std::string& id() const noexcept { return id_; }
  day_range covered() const noexcept { return covered_; }
  /// Nothing outside the covered range.
  std::optional<bool> is_business_day(civil_day day) const noexcept;
  /// The day itself if it is a business day, else the next or the one before; modified_following
  /// goes back where the next lies in another month. Nothing when that leaves the covered range, or
  /// no business day is within a year.
  std::optional<civil_day> roll_day(civil_day day, roll how) const noexcept;

 private:
  std::optional<civil_day> walk(civil_day day, int step) const noexcept;

  std::string id_;
  day_range covered_;
  unsigned weekend_;
  std::vector<std::pair<civil_day, bool>> exceptions_;
};

DUES_END
