// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/ledger/impl/prepay.hpp>
#include <dues/quote/impl/price_ahead.hpp>
#include <dues/quote/impl/quote_inputs.hpp>

#include <stdexcept>

DUES_BEGIN

namespace detail {

class quote_maker {
 public:
  quote_maker(std::shared_ptr<const facts> known, const prepay_request& asked, const quote_context& with) : known_(std::move(known)), tariff_(*known_->tariff), with_(with) {
    made_.asked = asked;
    made_.made.known = known_;
  }

  /// @param offers  also what became of every discount
  quote make(bool offers);

 private:
  void fail(diagnostic why) { made_.found.add(std::move(why)); }
  void price();
  void add_regular();
  void keep_lines();
  void add_offers();
  discount_note::outcome why_not(std::int32_t discount) const;
  std::int64_t granted_by(std::int32_t discount) const;

  std::shared_ptr<const facts> known_;
  const program& tariff_;
  quote_context with_;
  covered_periods of_;
  priced_ahead priced_;
  quote made_;
};

inline void quote_maker::price() {
  std::vector<std::int64_t> paid;
  for (std::int64_t k = 0; k < of_.count; ++k) paid.push_back(of_.first + k);
  ahead_pricer pricer(*known_, of_);
  const std::int64_t next = of_.first + of_.count;
  priced_ = pricer.price(paid, next, pricer.most_gifts(made_.asked.months), made_.asked.months, made_.asked.on);
  if (!priced_.ok()) return fail(priced_.faults.front());
  // Every month that is paid for must be the payer's to pay.
  const fee& rule = tariff_.fees[static_cast<std::size_t>(of_.fee)];
  const schedule& when = tariff_.schedules[static_cast<std::size_t>(rule.schedule)];
  for (const std::int64_t index : paid) {
    const civil_day period = make_period(when, *known_, of_.start, index).days.from;
    const bool there = std::any_of(priced_.lines.begin(), priced_.lines.end(), [&](const line& one) { return one.period == period; });
    if (!there) return fail(make_diagnostic("Q113", "", {{"account", made_.asked.account}, {"fee", rule.id}, {"unit", made_.asked.unit}, {"from", to_text(period)}}));
  }
}

// What the regular bills would ask: the run that would make them, with all that stands in them.
inline void quote_maker::add_regular() {
  bill_request asked;
  asked.days = made_.covered;
  for (const auto& one : priced_.rebates) asked.days.to = std::max(asked.days.to, one.of.period + 1);
  asked.select = selection::service;
  asked.account = made_.asked.account;
  asked.unit = made_.asked.unit;
  const billing plain = make_lines(known_, asked);
  for (std::size_t i = 0; i < priced_.lines.size(); ++i) {
    const line& one = priced_.lines[i];
    std::int64_t amount = one.amount + discounts_of(tariff_, one);
    for (const line& other : plain.lines)
      if (other.fee == one.fee && other.unit == one.unit && other.subscription == one.subscription && other.period == one.period && other.fault < 0) amount = other.amount;
    priced_.parts[i].regular = amount;
    made_.regular += amount;
  }
  for (auto& one : priced_.rebates) made_.regular += one.part.regular = one.amount;
}

// As a run of one bill, so that keys, documents and explanations are those of every bill.
inline void quote_maker::keep_lines() {
  billing& run = made_.made;
  run.known = known_;
  run.asked.days = made_.covered;
  run.asked.select = selection::service;
  run.asked.account = made_.asked.account;
  run.asked.unit = made_.asked.unit;
  for (const line& one : priced_.lines) run.lines.push_back(one);
  run.granted = priced_.granted;
  run.rates = priced_.rates;
  bill all{of_.account, made_.asked.on, made_.asked.on, 0, static_cast<std::uint32_t>(priced_.lines.size())};
  for (std::uint32_t i = 0; i < all.end; ++i) run.bill_lines.push_back(i);
  run.bills.push_back(all);
  made_.parts = priced_.parts;
  for (const auto& one : priced_.rebates) made_.rebates.push_back({one.of.period, one.of.issue, one.part.issue, one.part.due, one.discount, one.amount});
}

inline std::int64_t quote_maker::granted_by(std::int32_t discount) const {
  std::int64_t sum = 0;
  for (const granted_discount& one : priced_.granted)
    if (one.discount == discount) sum += one.amount;
  for (const auto& one : priced_.rebates)
    if (one.discount == discount) sum += one.amount;
  return sum;
}

// Of the first line that it might lower.
inline discount_note::outcome quote_maker::why_not(std::int32_t discount) const {
  const bool gift = tariff_.discounts[static_cast<std::size_t>(discount)].give.kind == gift_kind::free_months;
  for (std::size_t i = 0; i < priced_.offered.size(); ++i) {
    if (priced_.offered_ahead[i].gift != gift) continue;
    for (const discount_note& one : note_discounts(*known_, priced_.offered, priced_.rates, i, priced_.offered_ahead))
      if (one.discount == discount && one.what != discount_note::outcome::granted) return one.what;
    break;
  }
  return discount_note::outcome::nothing_left;
}

inline void quote_maker::add_offers() {
  const fee& rule = tariff_.fees[static_cast<std::size_t>(of_.fee)];
  const int each = tariff_.schedules[static_cast<std::size_t>(rule.schedule)].months;
  for (const std::int32_t place : rule.discounts) {
    const discount& one = tariff_.discounts[static_cast<std::size_t>(place)];
    quoted_offer& offer = made_.offers.emplace_back();
    offer.discount = place;
    offer.amount = granted_by(place);
    if (offer.amount != 0) continue;
    if (one.when.prepaid_months <= made_.asked.months) {
      offer.what = why_not(place);
      continue;
    }
    offer.what = discount_note::outcome::not_met;
    offer.months_needed = (one.when.prepaid_months + each - 1) / each * each;
    prepay_request more = made_.asked;
    more.months = offer.months_needed;
    quote_maker longer(known_, more, with_);
    const quote then = longer.make(false);
    if (!then.ok() || longer.granted_by(place) == 0) continue;
    offer.paid_then = then.paid;
    offer.saved_then = then.saved();
  }
}

inline quote quote_maker::make(bool offers) {
  if (!coverage_check(*known_, made_.asked, with_, made_.found).find(of_)) return std::move(made_);
  made_.fee = of_.fee;
  made_.policy = of_.policy;
  made_.asked.fee = tariff_.fees[static_cast<std::size_t>(of_.fee)].id;
  if (of_.subject != id_table::none) made_.asked.subscription = known_->subscriptions[of_.subject].id;
  price();
  if (!made_.ok()) return std::move(made_);
  const schedule& when = tariff_.schedules[static_cast<std::size_t>(tariff_.fees[static_cast<std::size_t>(of_.fee)].schedule)];
  made_.covered = {make_period(when, *known_, of_.start, of_.first).days.from, civil_day{}};
  made_.asked.from = made_.covered.from;
  if (made_.asked.expires == ledger_event::no_day) made_.asked.expires = made_.asked.on;
  made_.covered.to = make_period(when, *known_, of_.start, period_number(when, of_.start, priced_.lines.back().period)).days.to;
  for (const prepaid_part& one : priced_.parts)
    if (one.gift) made_.gift_months += one.months;
  for (const line& one : priced_.lines)
    if (add_overflows(made_.paid, one.amount, made_.paid)) fail(make_diagnostic("R104", tariff_.fees[static_cast<std::size_t>(of_.fee)].pointer, {{"fee", made_.asked.fee}, {"unit", made_.asked.unit}}));
  add_regular();
  keep_lines();
  made_.inputs = input_texts(*known_, of_, {std::min(made_.covered.from, made_.asked.on), made_.covered.to}).inputs();
  made_.id = quote_id(made_.asked, made_.inputs);
  if (offers) add_offers();
  return std::move(made_);
}

}  // namespace detail

quote make_quote(const std::shared_ptr<const facts>& known, const prepay_request& asked, const quote_context& with) {
  if (known == nullptr) throw std::invalid_argument("make_quote needs loaded facts");
  return detail::quote_maker(known, asked, with).make(true);
}

std::vector<quote> make_quotes(const std::shared_ptr<const facts>& known, const prepay_request& asked, std::span<const int> months, std::span<const civil_day> dates, const quote_context& with) {
  std::vector<quote> made;
  const civil_day as_asked[] = {asked.from};
  for (const civil_day from : dates.empty() ? std::span<const civil_day>(as_asked) : dates)
    for (const int count : months) {
      prepay_request one = asked;
      one.from = from;
      one.months = count;
      made.push_back(make_quote(known, one, with));
    }
  return made;
}

std::optional<std::size_t> cheapest(std::span<const quote> quotes) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < quotes.size(); ++i) {
    if (!quotes[i].ok()) continue;
    if (!best) {
      best = i;
      continue;
    }
    // paid / months, compared across: a month of one against a month of the other.
    const auto months = [](const quote& of) { return int128(of.asked.months + of.gift_months); };
    const int128 mine = int128(quotes[i].paid) * months(quotes[*best]);
    const int128 theirs = int128(quotes[*best].paid) * months(quotes[i]);
    if (mine < theirs || (mine == theirs && quotes[i].asked.months < quotes[*best].asked.months)) best = i;
  }
  return best;
}

quote bill_quote(const std::shared_ptr<const facts>& known, const quote& given, civil_day on, const quote_context& with) {
  quote made = make_quote(known, given.asked, with);
  const auto refuse = [&](std::string_view code, std::initializer_list<std::pair<std::string_view, std::string>> values) { made.found.add(make_diagnostic(code, "", values)); };
  if (on < given.asked.on || given.asked.expires < on) refuse("Q110", {{"id", given.id}, {"from", to_text(given.asked.on)}, {"to", to_text(given.asked.expires)}, {"on", to_text(on)}});
  if (made.ok()) {
    bool same = true;
    for (const quote_input& one : given.inputs) {
      if (std::find(made.inputs.begin(), made.inputs.end(), one) != made.inputs.end()) continue;
      same = false;
      refuse("Q111", {{"id", given.id}, {"what", one.what}});
    }
    const program& tariff = *known->tariff;
    const std::int32_t tax = tariff.fees[static_cast<std::size_t>(made.fee)].tax;
    if (tax >= 0) {
      const tax_rule& rule = tariff.taxes[static_cast<std::size_t>(tax)];
      if (rule.moment == tax_moment::issue && rate_on(tariff, rule, on) != rate_on(tariff, rule, given.asked.on)) refuse("Q111", {{"id", given.id}, {"what", "tax"}});
    }
    if (same && given.id != made.id) refuse("Q111", {{"id", given.id}, {"what", "id"}});
    if (same && given.paid != made.paid) refuse("Q112", {{"id", given.id}, {"was", amount_text(given.paid, tariff.minor_units)}, {"is", amount_text(made.paid, tariff.minor_units)}});
  }
  if (!made.ok()) {
    made.made = {};
    made.made.known = known;
    made.parts.clear();
    return made;
  }
  for (std::size_t i = 0; i < made.made.lines.size(); ++i) {
    line one = made.made.lines[i];
    one.issue = one.due = on;
    made.made.lines.set(i, one);
  }
  made.made.bills.front().issue = made.made.bills.front().due = on;
  made.billed_on = on;
  return made;
}

paid_ahead paid_ahead_by(const program& tariff, std::span<const ledger_event> events) {
  paid_ahead made;
  std::map<std::string_view, civil_day> taken_back;
  for (const ledger_event& one : events)
    if (one.kind == event_kind::reversal) taken_back.emplace(one.of, one.date);
  for (const ledger_event& one : events) {
    if (one.kind != event_kind::prepay) continue;
    const auto back = taken_back.find(one.id);
    for (const ahead_line& line : one.ahead.lines) {
      if (!line.rebate.empty() || (back != taken_back.end() && back->second < line.from)) continue;
      std::string key = detail::regular_charge(tariff, one, line).id;
      made.keys[one.account].insert(key.substr(0, key.rfind('/')));
    }
  }
  return made;
}

ledger_event prepay_of(const quote& billed, std::string id) {
  const program& tariff = *billed.made.known->tariff;
  const prepayment& policy = tariff.prepayments[static_cast<std::size_t>(billed.policy)];
  ledger_event made;
  made.kind = event_kind::prepay;
  made.id = std::move(id);
  made.account = billed.asked.account;
  made.unit = billed.asked.unit;
  made.fee = billed.asked.fee;
  made.subject = billed.asked.subscription.empty() ? "-" : billed.asked.subscription;
  made.date = made.recorded = billed.billed_on == ledger_event::no_day ? billed.asked.on : billed.billed_on;
  made.period = billed.covered.from;
  made.amount = billed.paid;
  made.reference = billed.id;
  made.ahead = {billed.asked.months, billed.covered, policy.price, policy.leaving_early, tariff.content_hash, {}};
  for (std::size_t i = 0; i < billed.made.lines.size(); ++i) {
    const line one = billed.made.lines[i];
    const prepaid_part& part = billed.parts[i];
    made.ahead.lines.push_back({one.period, one.from, one.to, part.issue, part.due, part.months, part.gift, one.gross, one.tax, one.amount, part.regular, {}});
  }
  for (const quoted_rebate& one : billed.rebates)
    made.ahead.lines.push_back({one.period, one.from, one.from + 1, one.issue, one.due, 1, true, one.amount, 0, one.amount, 0, tariff.discounts[static_cast<std::size_t>(one.discount)].id});
  return made;
}

DUES_END
