// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/ledger/impl/prepay.hpp>
#include <dues/quote/impl/price_ahead.hpp>
#include <dues/quote/leaving.hpp>

#include <stdexcept>

DUES_BEGIN

namespace detail {

// What adjustments of a line, by its key without the cause, added and took; those that were taken back do not count.
struct ahead_adjustments {
  std::int64_t raised = 0, lowered = 0;
  int last = 0;
};

inline ahead_adjustments adjustments_of(std::string_view charge_id, std::span<const ledger_event> book) {
  ahead_adjustments made;
  const std::string base = std::string(charge_id.substr(0, charge_id.rfind('/') + 1)) + "adjustment:";
  for (const ledger_event& one : book) {
    if (one.kind != event_kind::charge || !one.id.starts_with(base)) continue;
    ++made.last;
    if (std::any_of(book.begin(), book.end(), [&](const ledger_event& other) { return other.kind == event_kind::reversal && other.of == one.id; })) continue;
    (one.amount > 0 ? made.raised : made.lowered) += one.amount;
  }
  return made;
}

/// A prepayment beside the facts as they are now.
class standing_ahead {
 public:
  standing_ahead(std::shared_ptr<const facts> known, const ledger_event& prepay, diagnostics& found) : known_(std::move(known)), tariff_(*known_->tariff), prepay_(prepay), found_(found) {}

  bool find();
  /// First day that is not the payer's any more; open_end when there is none.
  civil_day left() const;
  /// Prices the lines that begin before `end`, told so many months.
  priced_ahead price(civil_day end, int months);
  /// The tax in an amount, at the rate of the day of payment.
  std::int64_t tax_in(std::int64_t amount) const;
  const covered_periods& periods() const noexcept { return of_; }

 private:
  const fee& rule() const { return tariff_.fees[static_cast<std::size_t>(of_.fee)]; }

  std::shared_ptr<const facts> known_;
  const program& tariff_;
  const ledger_event& prepay_;
  diagnostics& found_;
  covered_periods of_;
};

inline bool standing_ahead::find() {
  const auto refuse = [&](std::string_view what, const std::string& is) {
    found_.add(make_diagnostic("R112", "", {{"what", std::string(what)}, {"is", is}}));
    return false;
  };
  of_.account = known_->accounts.find(prepay_.account);
  of_.unit = known_->units.find(prepay_.unit);
  of_.fee = tariff_.fee_index(prepay_.fee);
  if (of_.account == id_table::none) return refuse("account", prepay_.account);
  if (of_.unit == id_table::none) return refuse("unit", prepay_.unit);
  if (of_.fee < 0) {
    found_.add(make_diagnostic("L124", "", {{"is", prepay_.fee}, {"tariff", tariff_.id}}));
    return false;
  }
  if (prepay_.subject == "-") return true;
  for (const subscription& one : known_->subscriptions_of(of_.unit))
    if (one.id == prepay_.subject) {
      of_.subject = static_cast<std::uint32_t>(&one - known_->subscriptions.data());
      of_.start = one.days.from;
    }
  return of_.subject != id_table::none || refuse("subscription", prepay_.subject);
}

inline civil_day standing_ahead::left() const {
  if (of_.subject != id_table::none) return known_->subscriptions[of_.subject].days.to;
  civil_day last = first_day;
  for (const tenure& one : known_->tenures_of(of_.unit))
    if (one.account == of_.account && std::find(rule().payers.begin(), rule().payers.end(), one.role) != rule().payers.end()) last = std::max(last, one.days.to);
  return last;
}

inline priced_ahead standing_ahead::price(civil_day end, int months) {
  const schedule& when = tariff_.schedules[static_cast<std::size_t>(rule().schedule)];
  std::vector<std::int64_t> paid;
  std::int64_t gifts = 0, first_gift = 0;
  for (const ahead_line& one : prepay_.ahead.lines) {
    if (!one.rebate.empty() || end <= one.from) continue;
    const std::int64_t index = period_number(when, of_.start, one.period);
    if (!one.gift) paid.push_back(index);
    else if (gifts++ == 0) first_gift = index;
  }
  priced_ahead made = ahead_pricer(*known_, of_).price(paid, first_gift, gifts, months, prepay_.date);
  for (const diagnostic& one : made.faults) found_.add(one);
  return made;
}

inline std::int64_t standing_ahead::tax_in(std::int64_t amount) const {
  if (rule().tax < 0) return 0;
  tax_rule inside = tariff_.taxes[static_cast<std::size_t>(rule().tax)];
  inside.included = true;
  const auto rate = rate_on(tariff_, inside, prepay_.date);
  return rate ? tax_of(inside, *rate, amount, tariff_.minor_units).value_or(0) : 0;
}

// What is kept of the money, by the day and the policy.
class leaving_maker {
 public:
  leaving_maker(const std::shared_ptr<const facts>& known, const ledger_event& prepay, const leave_request& asked, std::span<const ledger_event> book)
      : tariff_(*known->tariff), prepay_(prepay), asked_(asked), book_(book), stands_(known, prepay, made_.found) {}

  leaving make();

 private:
  void keep_part(std::int64_t kept, std::span<const int128> weights);
  void pro_rata();
  void reprice();
  void add_events();
  /// Days of a line that were used, of all its days.
  int used_days(const ahead_line& one) const { return intersect({one.from, one.to}, {first_day, made_.left}).days(); }
  static int all_days(const ahead_line& one) { return one.to - one.from; }

  const program& tariff_;
  const ledger_event& prepay_;
  const leave_request& asked_;
  std::span<const ledger_event> book_;
  leaving made_;
  standing_ahead stands_;
  std::vector<const ahead_line*> covered_;
  std::int64_t cash_ = 0;            ///< for the lines, less what was given back of them
  std::vector<std::int64_t> raised_; ///< of each line what adjustments asked for on top: it is owed apart
};

// Spread over the lines by weight; of no weight at all nothing is kept.
inline void leaving_maker::keep_part(std::int64_t kept, std::span<const int128> weights) {
  std::vector<int128> parts(weights.size(), int128(0));
  if (kept != 0 && !split(int128(kept), weights, division::largest_remainder, 0, parts)) parts.assign(weights.size(), int128(0));
  for (std::size_t i = 0; i < parts.size(); ++i) made_.lines[i].is = static_cast<std::int64_t>(parts[i]);
}

// Cash x months left / months covered, rounded once. A month begun counts by its days.
inline void leaving_maker::pro_rata() {
  int128 parts_left = 0, days = 1, months = 0;
  for (const ahead_line* one : covered_)
    if (const int used = used_days(*one); used > 0 && used < all_days(*one)) days = all_days(*one);
  for (const ahead_line* one : covered_) {
    months += one->months;
    const int used = used_days(*one);
    if (used == 0) parts_left += one->months * days;
    else if (used < all_days(*one)) parts_left += int128(one->months) * (all_days(*one) - used);
  }
  made_.refund = static_cast<std::int64_t>(divide_rounded<int128>(int128(cash_) * parts_left, months * days, rounding_mode::half_up));
  std::vector<int128> weights;
  bool any = false;
  for (const ahead_line* one : covered_) {
    const int used = used_days(*one);
    weights.push_back(int128(one->gross) * (used == all_days(*one) ? days : int128(used)));
    any = any || weights.back() != 0;
  }
  if (!any)
    for (std::size_t i = 0; i < covered_.size(); ++i) weights[i] = used_days(*covered_[i]);
  keep_part(cash_ - made_.refund, weights);
}

// As if only the months used had been paid ahead; more than was paid is not asked for.
inline void leaving_maker::reprice() {
  const priced_ahead now = stands_.price(made_.left, made_.months_used);
  if (!made_.ok()) return;
  int128 total = 0;
  std::vector<int128> amounts;
  for (std::size_t i = 0; i < covered_.size(); ++i) {
    std::int64_t amount = 0;
    for (const line& priced : now.lines)
      if (priced.period == covered_[i]->period) amount = std::max<std::int64_t>(0, priced.amount - raised_[i]);
    amounts.emplace_back(amount);
    total += amount;
  }
  const std::int64_t kept = total < cash_ ? static_cast<std::int64_t>(total) : cash_;
  made_.refund = cash_ - kept;
  if (kept == total)
    for (std::size_t i = 0; i < amounts.size(); ++i) made_.lines[i].is = static_cast<std::int64_t>(amounts[i]);
  else keep_part(kept, amounts);
}

inline void leaving_maker::add_events() {
  const civil_day on = asked_.on.value_or(made_.left);
  ledger_event leave;
  leave.kind = event_kind::leave;
  leave.id = asked_.id;
  leave.account = prepay_.account;
  leave.date = leave.recorded = std::max(on, prepay_.date);
  leave.of = prepay_.id;
  leave.amount = made_.refund;
  for (const settled_line& one : made_.lines) {
    ahead_line& line = leave.ahead.lines.emplace_back();
    line.period = one.period;
    line.amount = one.is;
  }
  made_.events.push_back(leave);
  if (asked_.to.empty() || asked_.to == prepay_.account || made_.refund == 0) return;
  ledger_event out = leave, in = leave;
  out.kind = event_kind::refund;
  in.kind = event_kind::payment;
  out.of.clear();
  in.of.clear();
  out.ahead = in.ahead = {};
  out.id += "/to";
  in.id += "/from";
  in.account = asked_.to;
  in.sources = {{"transfer", made_.refund}};
  out.reference = in.reference = asked_.id;
  made_.events.push_back(out);
  made_.events.push_back(in);
}

inline leaving leaving_maker::make() {
  if (!stands_.find()) return std::move(made_);
  made_.left = stands_.left();
  made_.policy = asked_.by_manager ? early_leave::pro_rata : prepay_.ahead.leaving;
  if (made_.left == open_end) {
    made_.found.add(make_diagnostic("Q115", "", {{"account", prepay_.account}, {"fee", prepay_.fee}, {"unit", prepay_.unit}}));
    return std::move(made_);
  }
  for (const ahead_line& one : prepay_.ahead.lines) {
    if (!one.rebate.empty()) continue;
    covered_.push_back(&one);
    std::string key = regular_charge(tariff_, prepay_, one).id;
    const ahead_adjustments more = adjustments_of(key, book_);
    const std::int64_t was = one.amount + more.lowered;
    cash_ += was;
    raised_.push_back(more.raised);
    made_.lines.push_back({std::move(key), one.period, was, was, 0});
    if (!one.gift && one.to <= made_.left) made_.months_used += one.months;
  }
  const bool to_the_end = std::all_of(covered_.begin(), covered_.end(), [&](const ahead_line* one) { return one->to <= made_.left; });
  if (!to_the_end && made_.policy == early_leave::pro_rata) pro_rata();
  if (!to_the_end && made_.policy == early_leave::reprice) {
    if (prepay_.ahead.price == prepaid_price::locked && prepay_.ahead.tariff_hash != tariff_.content_hash) made_.found.add(make_diagnostic("Q114", "", {{"id", prepay_.id}, {"is", tariff_.content_hash}, {"wanted", prepay_.ahead.tariff_hash}}));
    else reprice();
  }
  if (!made_.ok()) {
    made_.lines.clear();
    return std::move(made_);
  }
  for (settled_line& one : made_.lines) one.tax = stands_.tax_in(one.is);
  const bool changed = std::any_of(made_.lines.begin(), made_.lines.end(), [](const settled_line& one) { return one.is != one.was; });
  if (changed) add_events();
  return std::move(made_);
}

}  // namespace detail

leaving settle_leaving(const std::shared_ptr<const facts>& known, const ledger_event& prepay, const leave_request& asked, std::span<const ledger_event> book) {
  if (known == nullptr || prepay.kind != event_kind::prepay) throw std::invalid_argument("settle_leaving needs loaded facts and a prepayment");
  return detail::leaving_maker(known, prepay, asked, book).make();
}

std::vector<ledger_event> changes_ahead(const std::shared_ptr<const facts>& known, const ledger_event& prepay, civil_day through, std::span<const ledger_event> book, diagnostics& found) {
  if (known == nullptr || prepay.kind != event_kind::prepay) throw std::invalid_argument("changes_ahead needs loaded facts and a prepayment");
  const program& tariff = *known->tariff;
  std::vector<ledger_event> made;
  detail::standing_ahead stands(known, prepay, found);
  if (!stands.find()) return made;
  if (prepay.ahead.price == prepaid_price::locked && prepay.ahead.tariff_hash != tariff.content_hash) {
    found.add(make_diagnostic("Q114", "", {{"id", prepay.id}, {"is", tariff.content_hash}, {"wanted", prepay.ahead.tariff_hash}}));
    return made;
  }
  const std::size_t before = found.errors();
  const detail::priced_ahead now = stands.price(open_end, prepay.ahead.months);
  if (found.errors() != before) return made;
  for (const ahead_line& one : prepay.ahead.lines) {
    if (!one.rebate.empty() || through < one.period) continue;
    const auto priced = std::find_if(now.lines.begin(), now.lines.end(), [&](const line& each) { return each.period == one.period; });
    if (priced == now.lines.end() || priced->from != one.from || priced->to != one.to) continue;
    ledger_event charge = detail::regular_charge(tariff, prepay, one);
    const detail::ahead_adjustments more = detail::adjustments_of(charge.id, book);
    const std::int64_t billed = one.amount + more.raised + more.lowered;
    if (priced->amount == billed) continue;
    charge.cause = "adjustment:" + std::to_string(more.last + 1);
    charge.amount = priced->amount - billed;
    charge.date = std::max(one.issue, prepay.date);
    charge.recorded = std::max(charge.date, through);
    charge.due = std::max(one.due, charge.date);
    charge.id = charge_key(tariff.id, charge);
    made.push_back(std::move(charge));
  }
  return made;
}

DUES_END
