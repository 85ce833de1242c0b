// SPDX-License-Identifier: Apache-2.0
//
// Which periods a request to pay ahead covers, and why it is refused: no policy, more months than the tariff or
// the contract allows, days on which no period begins or that are paid or billed already. Not public.
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/diagnostic/shortened.hpp>
#include <dues/quote/quote.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

/// What is paid ahead: periods [first, first + count) of one fee, unit and subject, for one payer.
struct covered_periods {
  std::int32_t fee = -1, policy = -1;
  std::uint32_t account = id_table::none, unit = id_table::none, subject = id_table::none;
  civil_day start;  ///< of the subscription, where periods are counted from it
  std::int64_t first = 0;
  std::int64_t count = 0;
  civil_day end = open_end;  ///< of the contract
};

class coverage_check {
 public:
  coverage_check(const facts& known, const prepay_request& asked, const quote_context& with, diagnostics& found) : known_(known), tariff_(*known.tariff), asked_(asked), with_(with), found_(found) {}

  /// @returns false when it is refused
  bool find(covered_periods& out);

 private:
  bool refuse(std::string_view code, std::initializer_list<std::pair<std::string_view, std::string>> values) {
    found_.add(make_diagnostic(code, "", values));
    return false;
  }
  bool find_names(covered_periods& out);
  bool find_subscription(covered_periods& out);
  bool find_policy(covered_periods& out);
  bool find_first(covered_periods& out);
  bool within_limits(covered_periods& out);
  bool is_free(const covered_periods& out);

  bool concerns(const ledger_event& one, const covered_periods& of) const {
    const std::string_view subject = of.subject == id_table::none ? std::string_view("-") : std::string_view(known_.subscriptions[of.subject].id);
    return one.kind == event_kind::prepay && one.account == asked_.account && one.unit == asked_.unit && one.fee == rule(of).id && one.subject == subject;
  }
  const fee& rule(const covered_periods& of) const { return tariff_.fees[static_cast<std::size_t>(of.fee)]; }
  const schedule& when(const covered_periods& of) const { return tariff_.schedules[static_cast<std::size_t>(rule(of).schedule)]; }
  nominal_period period(const covered_periods& of, std::int64_t index) const { return make_period(when(of), known_, of.start, index); }

  const facts& known_;
  const program& tariff_;
  const prepay_request& asked_;
  const quote_context& with_;
  diagnostics& found_;
};

inline bool coverage_check::find_names(covered_periods& out) {
  out.account = known_.accounts.find(asked_.account);
  if (out.account == id_table::none) return refuse("R112", {{"what", "account"}, {"is", asked_.account}});
  out.unit = known_.units.find(asked_.unit);
  if (out.unit == id_table::none) return refuse("R112", {{"what", "unit"}, {"is", asked_.unit}});
  if (asked_.fee.empty() && !asked_.subscription.empty()) {
    for (const subscription& one : known_.subscriptions_of(out.unit))
      if (one.id == asked_.subscription) out.fee = one.fee;
    if (out.fee < 0) return refuse("R112", {{"what", "subscription"}, {"is", asked_.subscription}});
  } else {
    out.fee = tariff_.fee_index(asked_.fee);
  }
  if (out.fee < 0) return refuse("L124", {{"is", asked_.fee}, {"tariff", tariff_.id}});
  return rule(out).scope == fee_scope::unit || find_subscription(out);
}

// The one that is named, else the only one of the fee.
inline bool coverage_check::find_subscription(covered_periods& out) {
  std::size_t taken = 0;
  for (const subscription& one : known_.subscriptions_of(out.unit)) {
    if (one.fee != out.fee || (!asked_.subscription.empty() && one.id != asked_.subscription)) continue;
    ++taken;
    out.subject = static_cast<std::uint32_t>(&one - known_.subscriptions.data());
  }
  if (taken == 0) return refuse("R112", {{"what", "subscription"}, {"is", asked_.subscription.empty() ? rule(out).id : asked_.subscription}});
  if (taken > 1) return refuse("Q102", {{"fee", rule(out).id}, {"unit", asked_.unit}, {"n", std::to_string(taken)}});
  out.start = known_.subscriptions[out.subject].days.from;
  return true;
}

inline bool coverage_check::find_policy(covered_periods& out) {
  for (std::size_t i = 0; i < tariff_.prepayments.size() && out.policy < 0; ++i)
    if (const auto& of = tariff_.prepayments[i].of; std::binary_search(of.begin(), of.end(), out.fee)) out.policy = static_cast<std::int32_t>(i);
  if (out.policy < 0) return refuse("Q101", {{"fee", rule(out).id}, {"tariff", tariff_.id}});
  if (rule(out).kind != fee_kind::recurring || when(out).kind != schedule_kind::months) return refuse("Q103", {{"fee", rule(out).id}, {"schedule", when(out).id}});
  if (asked_.months <= 0 || asked_.months % when(out).months != 0)
    return refuse("Q104", {{"is", std::to_string(asked_.months)}, {"fee", rule(out).id}, {"months", std::to_string(when(out).months)}});
  out.count = asked_.months / when(out).months;
  return true;
}

// The period that begins on the day asked for; else the first that is neither begun nor paid ahead.
inline bool coverage_check::find_first(covered_periods& out) {
  if (asked_.on < first_day || last_day < asked_.on) return refuse("Q105", {{"is", std::to_string(asked_.on.days)}, {"begins", to_text(first_day)}, {"fee", rule(out).id}});
  if (asked_.from != ledger_event::no_day) {
    out.first = period_number(when(out), out.start, asked_.from);
    const day_range days = period(out, out.first).days;
    if (days.from != asked_.from) return refuse("Q105", {{"is", to_text(asked_.from)}, {"begins", to_text(days.from)}, {"fee", rule(out).id}});
    return asked_.on < days.to || refuse("Q106", {{"from", to_text(asked_.from)}, {"on", to_text(asked_.on)}});
  }
  civil_day begin = std::max(asked_.on, out.start);
  for (const ledger_event& one : with_.prepaid)
    if (concerns(one, out)) begin = std::max(begin, one.ahead.covered.to);
  out.first = period_number(when(out), out.start, begin);
  if (period(out, out.first).days.from < begin) ++out.first;
  return true;
}

// By-laws count the months that are paid and not yet begun; a contract what lies before its end.
inline bool coverage_check::within_limits(covered_periods& out) {
  const prepayment& policy = tariff_.prepayments[static_cast<std::size_t>(out.policy)];
  const int each = when(out).months;
  out.end = rule(out).life.to;
  if (out.subject != id_table::none) out.end = std::min(out.end, known_.subscriptions[out.subject].days.to);
  if (policy.at_most_months > 0) {
    int ahead = 0;
    for (const ledger_event& one : with_.prepaid) {
      if (!concerns(one, out)) continue;
      for (const ahead_line& line : one.ahead.lines)
        if (!line.gift && asked_.on < line.period) ahead += line.months;
    }
    const int most = std::max(0, policy.at_most_months - ahead) / each * each;
    if (asked_.months > most)
      return refuse("Q107", {{"is", std::to_string(asked_.months)}, {"fee", rule(out).id}, {"most", std::to_string(most)}, {"limit", std::to_string(policy.at_most_months)}, {"ahead", std::to_string(ahead)}});
  }
  std::int64_t inside = out.count;
  if (out.end != open_end) inside = std::max<std::int64_t>(0, period_number(when(out), out.start, out.end) - out.first);
  if (policy.not_past_contract_end && out.count > inside)
    return refuse("Q108", {{"is", std::to_string(asked_.months)}, {"fee", rule(out).id}, {"most", std::to_string(inside * each)}, {"end", to_text(out.end)}});
  constexpr int most_months = 1'200;  // a century
  return asked_.months <= most_months || refuse("Q107", {{"is", std::to_string(asked_.months)}, {"fee", rule(out).id}, {"most", std::to_string(most_months)}, {"limit", std::to_string(most_months)}, {"ahead", "0"}});
}

// Neither paid ahead already nor billed.
inline bool coverage_check::is_free(const covered_periods& out) {
  const day_range days{period(out, out.first).days.from, period(out, out.first + out.count - 1).days.to};
  for (const ledger_event& one : with_.prepaid)
    if (concerns(one, out) && !intersect(days, one.ahead.covered).empty())
      return refuse("Q109", {{"from", to_text(days.from)}, {"by", one.id}, {"to", to_text(one.ahead.covered.to)}});
  if (with_.billed == nullptr) return true;
  line key;
  key.account = out.account;
  key.unit = out.unit;
  key.fee = out.fee;
  key.subscription = out.subject;
  for (std::int64_t k = 0; k < out.count; ++k) {
    key.period = period(out, out.first + k).days.from;
    if (with_.billed->lines.contains(line_key_base(known_, key))) return refuse("Q109", {{"from", to_text(key.period)}, {"by", line_key_base(known_, key)}, {"to", to_text(period(out, out.first + k).days.to)}});
  }
  return true;
}

inline bool coverage_check::find(covered_periods& out) { return find_names(out) && find_policy(out) && find_first(out) && within_limits(out) && is_free(out); }

}  // namespace detail

DUES_END
