// SPDX-License-Identifier: Apache-2.0
//
// A tariff that reads facts of every type, of units, accounts and subscriptions.
#pragma once

#include "fuzz/targets.hpp"

#include <dues/tariff/program.hpp>

namespace dues_fuzz {

inline std::shared_ptr<const dues::program> tariff_of_every_type() {
  static const std::shared_ptr<const dues::program> made = dues::compile(R"json({
  "dues_tariff": "1", "id": "all", "edition": "1", "from": "2020-01-01", "currency": "CNY", "name": {"en": "All"},
  "reads": {
    "unit": [
      {"id": "area", "type": "number", "above": 0}, {"id": "floor", "type": "number"}, {"id": "use", "type": "choice", "of": ["flat", "shop"]},
      {"id": "code", "type": "text"}, {"id": "lift", "type": "yes_no"}, {"id": "built", "type": "date"}],
    "account": [{"id": "class", "type": "choice", "of": ["normal", "reduced"]}, {"id": "since", "type": "date"}],
    "subscription": [{"id": "size", "type": "number", "default": 1}],
    "calendars": ["cn"]},
  "values": [
    {"id": "price", "by": ["unit.use", "unit.lift", "unit.code"], "is": [
      {"from": "2020-01-01", "is": {"flat": {"true": {"a": "2.80", "otherwise": "2.81"}, "false": {"otherwise": "1.90"}}, "otherwise": {"otherwise": {"otherwise": "6.50"}}}},
      {"from": "2026-07-16", "is": {"otherwise": {"otherwise": {"a": "unit.floor * 0.1", "otherwise": "7"}}}}]}],
  "schedules": [
    {"id": "monthly", "kind": "months", "months": 1, "billed": "in_advance", "due": {"day_of_month": 10}, "if_holiday": {"calendar": "cn", "roll": "following"}},
    {"id": "once", "kind": "once", "due": {"days_after_issue": 30}}],
  "taxes": [{"id": "vat", "rate": "6%", "included": true}, {"id": "bill", "rate": "9%", "included": false, "computed": "per_bill"}],
  "fees": [
    {"id": "management", "kind": "recurring", "name": {"en": "M"}, "payers": ["tenant", "owner"], "quantity": "unit.area", "price": "value.price", "schedule": "monthly", "tax": "vat"},
    {"id": "lifts", "kind": "recurring", "name": {"en": "L"}, "where": "unit.lift and (not known(unit.floor) or unit.floor > 1)", "amount": "max(1, unit.area / 3) * if(days(unit.built, unit.built) = 0, 1.5, 2)",
     "schedule": "monthly", "change_of_payer": "rated_apart", "tax": "bill"},
    {"id": "club", "kind": "recurring", "name": {"en": "C"}, "where": "unit.use = 'flat'", "amount": "if(account.class = 'reduced', 5, 10)", "schedule": "monthly", "change_of_payer": "whole_at_period_start"},
    {"id": "parking", "kind": "recurring", "name": {"en": "P"}, "for_each": "subscription", "quantity": "subscription.quantity * subscription.size", "price": "if(known(subscription.price), subscription.price, 300)",
     "schedule": "monthly", "limits": {"at_most": "1000"}},
    {"id": "card", "kind": "one_off", "name": {"en": "K"}, "price": "20.00", "schedule": "once", "tax": "vat"}]
})json").compiled;
  require(made != nullptr, "the tariff of every type compiles");
  return made;
}

}  // namespace dues_fuzz
