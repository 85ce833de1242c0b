// SPDX-License-Identifier: Apache-2.0
//
// Reads one event field by field. Not public.
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/diagnostic/shortened.hpp>
#include <dues/json/node.hpp>
#include <dues/ledger/ledger.hpp>
#include <dues/tariff/object_reader.hpp>

DUES_BEGIN

namespace detail {

/// Fields of all kinds of events, as a set.
enum event_field : std::uint64_t {
  field_date = 1ULL << 0, field_amount = 1ULL << 1, field_unit = 1ULL << 2, field_fee = 1ULL << 3, field_subject = 1ULL << 4, field_period = 1ULL << 5,
  field_cause = 1ULL << 6, field_issue = 1ULL << 7, field_due = 1ULL << 8, field_class = 1ULL << 9, field_penalty = 1ULL << 10, field_sources = 1ULL << 11,
  field_for = 1ULL << 12, field_for_fees = 1ULL << 13, field_receivable = 1ULL << 14, field_of = 1ULL << 15, field_through = 1ULL << 16, field_currency = 1ULL << 17,
  field_credit = 1ULL << 18, field_bound_to = 1ULL << 19, field_account = 1ULL << 20, field_id = 1ULL << 21, field_recorded = 1ULL << 22,
  field_reason = 1ULL << 23, field_actor = 1ULL << 24, field_reference = 1ULL << 25, field_event = 1ULL << 26, field_kind = 1ULL << 27,
  field_from = 1ULL << 28, field_to = 1ULL << 29, field_share = 1ULL << 30, field_plan = 1ULL << 31,
  field_instalments = 1ULL << 32, field_does = 1ULL << 33, field_subscription = 1ULL << 34, field_deposit = 1ULL << 35,
  field_months = 1ULL << 36, field_terms = 1ULL << 37, field_lines = 1ULL << 38
};

struct event_field_name {
  event_field field;
  std::string_view name;
};

inline constexpr event_field_name event_field_names[] = {
    {field_event, "event"}, {field_id, "id"}, {field_account, "account"}, {field_date, "date"}, {field_recorded, "recorded"}, {field_amount, "amount"},
    {field_currency, "currency"}, {field_unit, "unit"}, {field_fee, "fee"}, {field_subject, "subject"}, {field_period, "period"}, {field_cause, "cause"},
    {field_issue, "issue"}, {field_due, "due"}, {field_class, "class"}, {field_penalty, "penalty"}, {field_credit, "credit"}, {field_bound_to, "bound_to"},
    {field_sources, "sources"}, {field_for, "for"}, {field_for_fees, "for_fees"}, {field_receivable, "receivable"}, {field_of, "of"},
    {field_through, "through"}, {field_kind, "kind"}, {field_from, "from"}, {field_to, "to"}, {field_share, "share"}, {field_plan, "plan"}, {field_instalments, "instalments"}, {field_does, "does"},
    {field_subscription, "subscription"}, {field_deposit, "deposit"}, {field_months, "months"}, {field_terms, "terms"}, {field_lines, "lines"}, {field_reason, "reason"}, {field_actor, "actor"}, {field_reference, "reference"}};

struct event_fields {
  std::uint64_t needed, allowed;  ///< allowed: besides needed and what all may have
};

/// What each kind holds, in the order of event_kind.
inline constexpr event_fields fields_of_kind[] = {
    {field_account | field_unit | field_fee | field_period | field_issue | field_due | field_amount, field_id | field_subject | field_cause | field_class},
    {field_id | field_account | field_date, field_fee | field_unit | field_due | field_amount | field_penalty | field_class | field_credit | field_bound_to | field_deposit | field_subscription},
    {field_id | field_account | field_date | field_receivable | field_amount, 0},
    {field_id | field_account | field_date, field_for},
    {field_id | field_account | field_date | field_receivable, field_amount | field_share},
    {field_id | field_account | field_date | field_receivable | field_amount, 0},
    {field_id | field_account | field_date | field_amount, field_for | field_for_fees},
    {field_id | field_account | field_date | field_amount, field_sources | field_for | field_for_fees},
    {field_id | field_account | field_date | field_amount, 0},
    {field_id | field_account | field_date | field_of, 0},
    {field_id | field_date | field_through, field_account},
    {field_id | field_date | field_of, field_account},
    {field_id | field_account | field_kind | field_from | field_to, field_for},
    {field_id | field_account | field_date | field_plan | field_instalments, field_for},
    {field_id | field_account | field_date | field_to, field_unit | field_for},
    {field_id | field_account | field_date | field_does | field_subscription, field_amount | field_for | field_for_fees},
    {field_id | field_account, field_from | field_to | field_for | field_of | field_date},
    {field_id | field_account | field_date | field_from | field_of | field_receivable | field_due | field_amount, field_unit | field_fee | field_class | field_penalty},
    {field_id | field_account | field_date, field_for},
    {field_id | field_account | field_date | field_unit | field_fee | field_months | field_from | field_amount | field_terms, field_subscription | field_sources},
    {field_id | field_account | field_date | field_of | field_amount | field_lines, 0}};
inline constexpr std::uint64_t fields_of_all = field_event | field_recorded | field_reason | field_actor | field_reference | field_currency;

class event_reader {
 public:
  event_reader(const program& tariff, diagnostics& found) : tariff_(tariff), found_(found) {}
  /// @returns false when it was refused
  bool read(json_node node, ledger_event& into);

 private:
  void wrong(json_node node, std::string_view name, std::string_view wanted) {
    found_.add(make_diagnostic("L103", node.pointer(), {{"name", std::string(name)}, {"is", shown(node)}, {"wanted", std::string(wanted)}}));
  }
  bool check_fields(json_node node, event_kind kind);
  std::string text(json_node node);
  civil_day day(json_node node);
  std::int64_t amount(json_node node);
  std::vector<std::string> texts(json_node node);
  void read_field(json_node node, event_field field, ledger_event& into);
  void read_sources(json_node node, ledger_event& into);
  void read_instalments(json_node node, ledger_event& into);
  void read_class(json_node node, ledger_event& into);
  void complete_opening(json_node node);
  void complete_case(json_node node, ledger_event& into);
  // prepay.ipp
  void read_terms(json_node node, ledger_event& into);
  void read_ahead(json_node node, ledger_event& into);
  void read_kept(json_node node, ledger_event& into);
  void complete(json_node node, ledger_event& into);

  const program& tariff_;
  diagnostics& found_;
  std::uint64_t seen_ = 0;
};

}  // namespace detail

DUES_END
