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

enum class fee_kind : std::uint8_t { recurring, one_off, metered };
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
enum class schedule_kind : std::uint8_t { months, season, once, readings };
enum class anchor_kind : std::uint8_t { calendar, subscription_start, date };
enum class due_kind : std::uint8_t { days_after_issue, day_of_month, last_day_of_month, month_day };
enum class tax_moment : std::uint8_t { issue, service_days };
enum class tax_scope : std::uint8_t { per_line, per_bill };
enum class reference_type : std::uint8_t { rate_per_year, index };
// meters
enum class price_change : std::uint8_t { divide_by_days, divide_in_whole_units, price_at_reading };
enum class usage_belongs : std::uint8_t { to_closing_reading, by_days };
// discounts and prepayments
enum class window_of : std::uint8_t { service, issue, payment };
enum class vacancy_approval : std::uint8_t { forward, back_to_first_day, not_needed };
enum class gift_kind : std::uint8_t { percent, amount, free_months, price, penalty_relief };
enum class discount_base : std::uint8_t { remaining, gross };
enum class cap_scope : std::uint8_t { line, bill, year };
enum class discount_form : std::uint8_t { less_on_line, credit };
enum class group_comparison : std::uint8_t { bill, line };
enum class prepaid_price : std::uint8_t { locked, floating };
enum class early_leave : std::uint8_t { reprice, pro_rata, no_refund };
// penalties
enum class penalty_scope : std::uint8_t { receivable, bill, unit };
enum class penalty_span : std::uint8_t { day, month, year, once };
enum class penalty_year : std::uint8_t { of_365, of_360, actual };
enum class penalty_month : std::uint8_t { completed, started };
enum class broken_year : std::uint8_t { by_days, by_months };
enum class penalty_start : std::uint8_t { due_date, demand };
enum class rate_fixing : std::uint8_t { due_date, start, demand, moving };
enum class grace_end : std::uint8_t { from_due_date, from_grace_end };
enum class penalty_rounded : std::uint8_t { total, segment };
enum class excluded_days : std::uint8_t { dispute, deferral, moratorium };
// payments, plans, arrears
enum class claim_class : std::uint8_t { costs, penalties, interest, principal };
enum class claim_age : std::uint8_t { past_due, due, not_due };
enum class payment_across : std::uint8_t { all_receivables, each_receivable_in_turn };
enum class payment_rank : std::uint8_t { designated, due_first, least_secured, heaviest_burden, earliest_due, pro_rata };
enum class not_due_order : std::uint8_t { after_all_due, in_order };
enum class plan_penalties : std::uint8_t { pause, go_on };
enum class plan_missed : std::uint8_t { ends_and_paused_penalties_fall_due, ends };
enum class arrears_action : std::uint8_t { sms, call, visit, lawyers_letter, payment_order, suit };
enum class lapse_restart : std::uint8_t { demand, acknowledgement, part_payment };

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
inline constexpr std::array<std::string_view, 2> reference_type{"rate_per_year", "index"};
inline constexpr std::array<std::string_view, 3> price_change{"divide_by_days", "divide_in_whole_units", "price_at_reading"};
inline constexpr std::array<std::string_view, 2> usage_belongs{"to_closing_reading", "by_days"};
inline constexpr std::array<std::string_view, 3> window_of{"service", "issue", "payment"};
inline constexpr std::array<std::string_view, 3> vacancy_approval{"forward", "back_to_first_day", "not_needed"};
inline constexpr std::array<std::string_view, 5> gift_kind{"percent", "amount", "free_months", "price", "penalty_relief"};
inline constexpr std::array<std::string_view, 2> discount_base{"remaining", "gross"};
inline constexpr std::array<std::string_view, 3> cap_scope{"line", "bill", "year"};
inline constexpr std::array<std::string_view, 2> discount_form{"less_on_line", "credit"};
inline constexpr std::array<std::string_view, 2> group_comparison{"bill", "line"};
inline constexpr std::array<std::string_view, 2> prepaid_price{"locked", "floating"};
inline constexpr std::array<std::string_view, 3> early_leave{"reprice", "pro_rata", "no_refund"};
inline constexpr std::array<std::string_view, 3> penalty_scope{"receivable", "bill", "unit"};
inline constexpr std::array<std::string_view, 4> penalty_span{"day", "month", "year", "once"};
inline constexpr std::array<std::string_view, 3> penalty_year{"365", "360", "actual"};
inline constexpr std::array<std::string_view, 2> penalty_month{"completed", "started"};
inline constexpr std::array<std::string_view, 2> broken_year{"by_days", "by_months"};
inline constexpr std::array<std::string_view, 2> penalty_start{"due_date", "demand"};
inline constexpr std::array<std::string_view, 3> rate_fixing{"due_date", "start", "demand"};
inline constexpr std::array<std::string_view, 2> grace_end{"from_due_date", "from_grace_end"};
inline constexpr std::array<std::string_view, 2> penalty_rounded{"total", "segment"};
inline constexpr std::array<std::string_view, 3> excluded_days{"dispute", "deferral", "moratorium"};
inline constexpr std::array<std::string_view, 4> claim_class{"costs", "penalties", "interest", "principal"};
inline constexpr std::array<std::string_view, 3> claim_age{"past_due", "due", "not_due"};
inline constexpr std::array<std::string_view, 2> payment_across{"all_receivables", "each_receivable_in_turn"};
inline constexpr std::array<std::string_view, 6> payment_rank{
    "designated", "due_first", "least_secured", "heaviest_burden", "earliest_due", "pro_rata"};
inline constexpr std::array<std::string_view, 2> not_due_order{"after_all_due", "in_order"};
inline constexpr std::array<std::string_view, 2> plan_penalties{"pause", "go_on"};
inline constexpr std::array<std::string_view, 2> plan_missed{"ends_and_paused_penalties_fall_due", "ends"};
inline constexpr std::array<std::string_view, 6> arrears_action{"sms", "call", "visit", "lawyers_letter", "payment_order", "suit"};
inline constexpr std::array<std::string_view, 3> lapse_restart{"demand", "acknowledgement", "part_payment"};
}  // namespace words

DUES_END
