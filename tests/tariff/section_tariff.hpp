// SPDX-License-Identifier: Apache-2.0
//
// The small tariff with every section beside fees, for tests that say what changes in one of them.
#pragma once

#include "tariff/small_tariff.hpp"

namespace dues_test {

inline const std::string& section_tariff() {
  static const std::string made = patched(small_tariff, {
      {"/reads/references", R"json([{"id": "lpr", "type": "rate_per_year"}])json"},
      {"/fees/0/penalty", "\"late\""},
      {"/fees/2/penalty", "\"legal\""},
      {"/prepayments", R"json([{"id": "ahead", "of": ["management"], "at_most_months": 12}])json"},
      {"/discounts", R"json([
        {"id": "empty", "of": ["management"], "where": "unit.use = 'flat'", "give": {"percent": "30%"},
         "when": {"vacant": {"from_month": 7, "through_month": 24, "approval": "forward"}}},
        {"id": "offers", "best_of": [
          {"id": "gift", "of": ["management"], "when": {"prepaid_months": 12}, "give": {"free_months": 1}},
          {"id": "early", "of": ["management"], "when": {"prepaid_months": 12, "paid_by": {"month_day": "03-31"}}, "give": {"percent": "5%"}}]},
        {"id": "spring", "of": ["heating"], "window": {"of": "issue", "from": "2026-02-10", "through": "2026-02-24"},
         "when": {"condition": "account.class = 'reduced'"}, "give": {"amount": "min(20, line.gross / 10)"},
         "at_most": {"amount": "20.00", "per": "bill"}, "funded_by": {"partner": "market"}}])json"},
      {"/discount_limits", R"json([{"per": "line", "at_most": {"percent": "50%"}}])json"},
      {"/penalties", R"json([
        {"id": "late", "name": {"en": "Late"}, "days_left_out": ["dispute"], "components": [
          {"id": "late", "rate": {"percent": "0.05%", "per": "day"}, "grace": {"days": 15, "then": "from_due_date"},
           "limits": [{"at_most": {"of_principal": "100%"}}, {"at_most": {"rate": {"reference": "lpr", "times": 4, "per": "year"}}}]}]},
        {"id": "legal", "name": {"en": "Legal"}, "counted_per": "unit", "components": [
          {"id": "fixed", "class": "costs", "rate": {"higher_of": [{"percent": "10%", "per": "once"}, {"amount": "if(unit.use = 'flat', 5, 9)", "per": "once"}]}},
          {"id": "interest", "class": "interest", "on": ["principal", "fixed"], "starts": {"on": "demand"},
           "rate": {"steps": [{"days_overdue_up_to": 30, "rate": {"percent": "6%", "per": "year"}}, {"rate": {"percent": "1%", "per": "month", "month": "started"}}]}}]}])json"},
      {"/payments", R"json({"order": [{"class": "costs"}, {"class": "interest"}, {"class": "penalties", "age": "past_due"}, {"class": "principal"}, {"fees": ["card", "heating"]}],
        "then": ["designated", "earliest_due", "pro_rata"], "credit": {"bound_to": ["card"]}, "cash_rounding": {"to": "0.10", "mode": "down"}})json"},
      {"/plans", R"json([{"id": "parts", "at_most_instalments": 6, "interest": {"percent": "3%", "per": "year"}}])json"},
      {"/arrears", R"json({"levels": [{"id": "letter", "name": {"en": "Letter"}, "when": {"days_overdue": 30, "amount": "500.00"}}],
        "claim_lapses": {"years": 3, "restarts_on": ["demand"], "last_day": {"calendar": "cn", "roll": "following"}}})json"}});
  return made;
}

/// What an edition with all sections is warned of, in this order, after its mistakes.
inline const std::vector<std::string>& section_warnings() {
  static const std::vector<std::string> told{
      "T160 /discounts | what=discounts: gift, early"};
  return told;
}

inline dues::compile_result compiled_sections(const std::vector<change>& changes) { return dues::compile(patched(section_tariff(), changes)); }

}  // namespace dues_test
