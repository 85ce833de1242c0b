// SPDX-License-Identifier: Apache-2.0
//
// Random towns for the properties of billing: a tariff and facts as JSON text, as a host would hand
// them in. Draws are rapidcheck's, so a town that fails is shrunk.
#pragma once

#include <dues/dues.hpp>

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dues_test {

/// A JSON object of texts. A value that begins with { or [ stays as it is; an empty one is left out.
std::string object(std::initializer_list<std::pair<std::string_view, std::string>> members);
std::string list(const std::vector<std::string>& of);

/// What may stand in a random tariff.
struct wishes {
  bool payer_facts = true;    ///< fees that read the account
  bool line_limits = true;    ///< limits for each payer's line
  bool subscriptions = true;
  bool discounts = true;
  std::vector<std::string> changes{"by_days", "by_convention", "rated_apart", "whole_at_period_start", "whole_at_issue_date", "whole_at_due_date"};
  std::vector<std::string> taxes{"", "inside", "on_top", "bill_inside", "bill_on_top", "by_days"};
};

struct drawn_rules {
  std::string json;
  std::vector<std::string> subscribed;  ///< fees for each subscription
};

/// One to four fees that apply from 2024-01-01.
drawn_rules draw_rules(const wishes& wanted);

/// Tables of rows, each an object as text.
struct town {
  std::vector<std::string> units, accounts, tenures, subscriptions;
  std::string json() const;
};

/// Units U0, U1, ... held by accounts A0 to A4, who change and share; owners hold without a gap from the
/// first day on, unless there are gaps.
town draw_town(const drawn_rules& rules, int units, bool gaps);
/// Rows of one unit, and its tenures.
void draw_unit(const drawn_rules& rules, const std::string& unit, bool gaps, town& into);

dues::civil_day day_of_2024(int offset);
/// A run of one to eight months that begins in 2024.
dues::bill_request draw_run();

/// These throw std::runtime_error, which fails a property, when a document has an error.
std::shared_ptr<const dues::program> compiled(const std::string& tariff_json);
std::shared_ptr<const dues::facts> loaded(const std::shared_ptr<const dues::program>& tariff, const std::string& facts_json);

/// Throws std::runtime_error when a line could not be computed, or the run was refused.
const dues::billing& without_faults(const dues::billing& made);

/// Rows of to_csv, without the header; split at their commas (no cell here has one inside).
std::vector<std::vector<std::string>> csv_rows(const dues::billing& made);
enum csv_column : std::size_t { key_cell = 0, account_cell = 1, unit_cell = 2 };

}  // namespace dues_test
