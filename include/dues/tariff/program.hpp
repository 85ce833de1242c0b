// SPDX-License-Identifier: Apache-2.0
//
// A compiled tariff: names resolved to slots, expressions to typed flat code, versions sorted. It
// never changes after compiling and is shared freely between threads.
#pragma once

#include <dues/diagnostic/diagnostic.hpp>
#include <dues/limits.hpp>
#include <dues/tariff/arrears.hpp>
#include <dues/tariff/discounts.hpp>
#include <dues/tariff/metered.hpp>
#include <dues/tariff/parts.hpp>
#include <dues/tariff/payments.hpp>
#include <dues/tariff/penalties.hpp>
#include <dues/value/currency.hpp>
#include <dues/value/decimal.hpp>
#include <dues/value/split.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

DUES_BEGIN

/// A fact that the tariff reads of a unit, an account or a subscription.
struct attribute : described {
  value_type type = value_type::number;
  std::vector<std::string> words;               ///< of a choice
  std::optional<decimal> above, at_least, at_most;
  std::string unit;                             ///< of measure, for people
  bool has_default = false;
  decimal default_number;
  std::int32_t default_word = 0;                ///< choice, yes_no, date
  std::string default_text;
};

/// What a name in an expression stands for.
enum class slot_kind : std::uint8_t {
  unit, account, subscription, subscription_price, subscription_quantity, value,
  period_days, period_months, period_nominal_days, period_share,
  usage,                                                  ///< index: into program::usages
  line_gross, line_remaining, line_quantity, bill_gross,  ///< in discounts alone
  receivable_principal, receivable_open                   ///< in penalties alone
};

struct slot {
  slot_kind kind;
  std::int32_t index = 0;  ///< column of the attribute, or number of the value
  value_type type = value_type::number;
  std::string name;        ///< as written in expressions: unit.area
};

/// One level of a table of cells: a child for each word (choice, yes_no) or key (text).
struct table_level {
  std::vector<std::int32_t> by_word;                       ///< -1: no cell
  std::vector<std::pair<std::string, std::int32_t>> by_key;  ///< sorted
  std::int32_t otherwise = -1;
};

/// What a named value is from one date on: an expression, or cells nested in the order of `by`.
struct value_version {
  std::int32_t plain = -1;  ///< into program::expressions, or -1 when there are cells
  std::int32_t root = -1;   ///< into program::levels
  std::string pointer;
};

struct named_value : described {
  value_type type = value_type::number;
  std::vector<std::int32_t> by;  ///< slots
  dated<value_version> is;
};

struct due_rule {
  due_kind kind = due_kind::days_after_issue;
  int days = 0;          ///< days after issue, or day of the month
  month_day yearly;
  bool rolls = false;
  roll how = roll::following;
  std::string calendar;
};

struct schedule : described {
  schedule_kind kind = schedule_kind::months;
  int months = 1;
  billed_when billed = billed_when::in_advance;
  anchor_kind counted_from = anchor_kind::calendar;
  civil_day anchor;
  month_day season_from, season_through;
  int issue_shift_days = 0;  ///< negative: earlier
  due_rule due;
};

struct tax_rule : described {
  dated<std::optional<expression>> rate;  ///< empty: ends here
  std::vector<std::string> rate_pointers;
  bool included = true;
  tax_moment moment = tax_moment::issue;
  tax_scope scope = tax_scope::per_line;
  int places = 2;
  rounding_mode mode = rounding_mode::half_up;
};

struct fee_limits {
  dated_expression at_least, at_most, free;
  limit_scope per = limit_scope::line;
  bool prorated = true;
  bool any() const noexcept { return !at_least.empty() || !at_most.empty(); }
};

struct fee : described {
  fee_kind kind = fee_kind::recurring;
  fee_scope scope = fee_scope::unit;
  day_range life;  ///< its own, cut by the tariff's
  std::optional<expression> where;
  std::vector<payer_role> payers{payer_role::owner};
  payer_change change = payer_change::by_days;
  std::int32_t schedule = -1, tax = -1;
  std::int32_t penalty = -1;           ///< into program::penalties; none: lateness costs nothing
  std::string fund;
  bool secured = false;                ///< for the rank least_secured of payments
  std::vector<std::int32_t> discounts; ///< into program::discounts: those that may lower its lines, in their order
  int places = 2;
  rounding_mode mode = rounding_mode::half_up;
  rounding_of rounded = rounding_of::line;
  fee_limits limits;
  division divided = division::largest_remainder;
  std::optional<expression> quantity;  ///< none: 1
  dated_expression price;              ///< empty when there is an amount
  std::optional<expression> amount;
  dated_expression ceiling, factor;
  price_basis basis = price_basis::month;
  year_count years = year_count::months;
  day_count days = day_count::days;
  proration convention = proration::actual_days;
  int from_day = 1;
  price_moment moment = price_moment::each_day;
  std::int32_t meter = -1;              ///< metered: into program::meters
  bool by_register = false;             ///< some price of it is
  dated<metered_price> metered;         ///< metered: empty when there is an amount
  price_change on_change = price_change::divide_by_days;
  usage_belongs belongs = usage_belongs::to_closing_reading;
  bool by_tiers = false;                ///< some price of it is by steps
  bool by_volume = false;
  bool scales_by_months = false;        ///< some of its limits do
  tier_window window;                   ///< of its steps
  reads read;

  /// Whether usage of earlier lines counts for the steps of a price.
  bool has_window() const noexcept { return window.kind != window_kind::period; }
};

struct fund : described {};

/// A published series that penalties name: a lending rate, an index of prices.
struct reference : described {
  reference_type type = reference_type::rate_per_year;
};

/// Who may read: any number of threads. Lifetime: shared_ptr.
class program {
 public:
  std::string id, edition, currency_code;
  int minor_units = 2;
  names name;
  std::vector<std::string> cites;
  day_range life;            ///< from, through + 1
  std::string content_hash;  ///< UUID version 5 of the canonical document

  std::vector<attribute> unit_attributes, account_attributes, subscription_attributes;
  std::vector<reference> references;
  std::vector<meter_kind> meters;
  std::vector<usage_name> usages;  ///< of slots
  std::vector<std::string> calendars;
  std::vector<slot> slots;
  std::vector<named_value> values;
  std::vector<expression> expressions;  ///< of values and cells
  std::vector<table_level> levels;
  std::vector<schedule> schedules;
  std::vector<tax_rule> taxes;
  std::vector<fund> funds;
  std::vector<fee> fees;

  // Bills are made without these, except that a line which one of its fee's discounts may lower is
  // refused. The ledger carries out the payments; the others are read and checked, for stages to come.
  std::vector<prepayment> prepayments;
  std::vector<discount> discounts;  ///< in the order of the document, members of a group at its place
  std::vector<discount_group> discount_groups;
  std::vector<discount_limit> discount_limits;
  std::vector<penalty> penalties;
  std::optional<payment_policy> payments;
  std::vector<plan> plans;
  std::optional<arrears_policy> arrears;

  /// @returns -1 when no fee is called so
  std::int32_t fee_index(std::string_view fee_id) const noexcept;
};

struct compile_result {
  std::shared_ptr<const program> compiled;  ///< null when there is an error
  diagnostics found;
};

/// Reads and checks a tariff document; every mistake is reported, not only the first.
/// Cost: n log n in the document's bytes.
compile_result compile(std::string_view tariff_json, const tariff_limits& limits = {});

DUES_END
