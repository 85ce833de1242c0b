// SPDX-License-Identifier: Apache-2.0
//
// The words of the tariff language that stand for a choice. The order of each list is the order of
// its enumeration; the first is the default where the language has one.
#pragma once

#include <dues/config.hpp>

#include <array>
#include <cstdint>
#include <string_view>

DUES_BEGIN

enum class fee_kind : std::uint8_t { recurring, one_off };
enum class fee_scope : std::uint8_t { unit, subscription };
enum class payer_role : std::uint8_t { owner, tenant, developer, operator_ };
enum class payer_change : std::uint8_t {
  by_days, by_convention, rated_apart, whole_at_period_start, whole_at_issue_date, whole_at_due_date
};
enum class price_basis : std::uint8_t { month, day, year, season, period };
enum class year_count : std::uint8_t { months, days_of_365, days_of_that_year };
enum class day_count : std::uint8_t { days, average_month };
enum class proration : std::uint8_t {
  actual_days, thirty_day, thirty_360, actual_365, actual_actual, whole_month, half_month,
  next_month, none, from_day
};
enum class price_moment : std::uint8_t { each_day, period_start };
enum class rounding_of : std::uint8_t { line, each_month, running_total, month_price, day_price };
enum class limit_scope : std::uint8_t { line, period };
enum class billed_when : std::uint8_t { in_advance, in_arrears };
enum class schedule_kind : std::uint8_t { months, season, once };
enum class anchor_kind : std::uint8_t { calendar, subscription_start, date };
enum class due_kind : std::uint8_t { days_after_issue, day_of_month, last_day_of_month, month_day };
enum class tax_moment : std::uint8_t { issue, service_days };
enum class tax_scope : std::uint8_t { per_line, per_bill };

namespace words {
inline constexpr std::array<std::string_view, 4> payer_role{"owner", "tenant", "developer", "operator"};
inline constexpr std::array<std::string_view, 6> payer_change{
    "by_days", "by_convention", "rated_apart", "whole_at_period_start", "whole_at_issue_date", "whole_at_due_date"};
inline constexpr std::array<std::string_view, 5> price_basis{"month", "day", "year", "season", "period"};
inline constexpr std::array<std::string_view, 3> year_count{"months", "days_of_365", "days_of_that_year"};
inline constexpr std::array<std::string_view, 2> day_count{"days", "average_month"};
inline constexpr std::array<std::string_view, 10> proration{
    "actual_days", "thirty_day", "thirty_360", "actual_365", "actual_actual",
    "whole_month", "half_month", "next_month", "none",       "from_day"};
inline constexpr std::array<std::string_view, 2> price_moment{"each_day", "period_start"};
inline constexpr std::array<std::string_view, 5> rounding_of{"line", "each_month", "running_total", "month_price", "day_price"};
inline constexpr std::array<std::string_view, 7> rounding_mode{"half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"};
inline constexpr std::array<std::string_view, 3> division{"largest_remainder", "in_order", "rotating"};
inline constexpr std::array<std::string_view, 2> limit_scope{"line", "period"};
inline constexpr std::array<std::string_view, 2> fee_scope{"unit", "subscription"};
inline constexpr std::array<std::string_view, 2> billed_when{"in_advance", "in_arrears"};
inline constexpr std::array<std::string_view, 3> roll{"following", "preceding", "modified_following"};
inline constexpr std::array<std::string_view, 3> tax_moment{"issue", "service_days", "payment"};
inline constexpr std::array<std::string_view, 2> tax_scope{"per_line", "per_bill"};
inline constexpr std::array<std::string_view, 5> attribute_type{"number", "choice", "text", "yes_no", "date"};
}  // namespace words

DUES_END
