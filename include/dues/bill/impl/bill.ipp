// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/impl/adjust.hpp>
#include <dues/bill/impl/worker.hpp>
#include <dues/tariff/content_hash.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <numeric>
#include <stdexcept>
#include <thread>

DUES_BEGIN

namespace detail {

// Ranges of units, each made by whichever thread is free, joined in order.
inline std::vector<made_lines> make_in_ranges(const run_plan& plan) {
  constexpr std::size_t units_a_range = 2'048;
  const std::size_t ranges = (plan.units() + units_a_range - 1) / units_a_range;
  std::vector<made_lines> made(ranges);
  const std::size_t wanted = plan.asked().threads != 0 ? plan.asked().threads : std::max(1U, std::thread::hardware_concurrency());
  const std::size_t threads = std::min(wanted, std::max<std::size_t>(ranges, 1));
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> thrown(threads);
  const auto work = [&](std::size_t thread) {
    try {
      for (std::size_t range = next++; range < ranges; range = next++) {
        run_worker worker(plan, made[range]);
        const std::size_t end = std::min(plan.units(), (range + 1) * units_a_range);
        for (std::size_t i = range * units_a_range; i < end; ++i) worker.bill_unit(plan.unit(i));
      }
    } catch (...) {
      thrown[thread] = std::current_exception();
      next = ranges;
    }
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work, i);
  work(0);
  for (std::thread& one : others) one.join();
  for (const std::exception_ptr& one : thrown)
    if (one) std::rethrow_exception(one);
  return made;
}

// By account id; a line without an account has the empty id, and comes first.
inline bool before_in_output(const line& a, const line& b) {
  static_assert(static_cast<std::uint32_t>(id_table::none + 1) == 0);
  if (a.account != b.account) return a.account + 1 < b.account + 1;
  if (a.unit != b.unit) return a.unit < b.unit;
  if (a.fee != b.fee) return a.fee < b.fee;
  if (a.from != b.from) return a.from < b.from;
  if (a.period != b.period) return a.period < b.period;
  if (a.subscription != b.subscription) return a.subscription < b.subscription;  // places go by id
  return a.adjustment < b.adjustment;
}

// Rates get the places that they have in order of tax and rate; faults follow each other.
inline void join_references(std::vector<made_lines>& ranges, billing& into) {
  for (const made_lines& range : ranges)
    for (const tax_rate& rate : range.rates) rate_finder::add(into.rates, rate);
  std::sort(into.rates.begin(), into.rates.end(), [](const tax_rate& a, const tax_rate& b) {
    if (a.tax != b.tax) return a.tax < b.tax;
    if (!a.rate || !b.rate) return !a.rate && b.rate;
    return *a.rate < *b.rate;
  });
  for (made_lines& range : ranges) {
    const auto faults = static_cast<std::int32_t>(into.faults.size());
    std::vector<std::int32_t> places;
    for (const tax_rate& rate : range.rates) places.push_back(rate_finder::add(into.rates, rate));
    for (line& one : range.lines) {
      if (one.rate >= 0) one.rate = places[static_cast<std::size_t>(one.rate)];
      if (one.fault >= 0) one.fault += faults;
    }
    std::move(range.faults.begin(), range.faults.end(), std::back_inserter(into.faults));
  }
}

inline void sort_lines(std::vector<line>& lines) {
  if (!std::is_sorted(lines.begin(), lines.end(), before_in_output)) std::sort(lines.begin(), lines.end(), before_in_output);
}

// Lines are made by unit and go out by account. Counting accounts first puts each line into its place at
// once; what is then left to sort are several subscriptions of one unit. Ranges are freed as they are read.
inline void join(std::vector<made_lines>&& ranges, billing& into) {
  join_references(ranges, into);
  std::size_t lines = 0;
  for (const made_lines& range : ranges) lines += range.lines.size();
  const std::size_t accounts = into.known->accounts.size();
  if (lines < accounts) {
    into.lines.reserve(lines);
    for (const made_lines& range : ranges) into.lines.insert(into.lines.end(), range.lines.begin(), range.lines.end());
    return sort_lines(into.lines);
  }
  const auto rank = [](const line& one) { return static_cast<std::size_t>(static_cast<std::uint32_t>(one.account + 1)); };
  std::vector<std::size_t> next(accounts + 2, 0);
  for (const made_lines& range : ranges)
    for (const line& one : range.lines) ++next[rank(one) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  into.lines.resize(lines);
  for (made_lines& range : ranges) {
    for (const line& one : range.lines) into.lines[next[rank(one)]++] = one;
    range = {};
  }
  sort_lines(into.lines);
}

// Lines of one account, issue date and due date form one bill. Lines without a payer are in none.
inline void make_bill_groups(billing& made) {
  made.bills.clear();
  made.bill_lines.clear();
  made.bill_lines.reserve(made.lines.size());
  for (std::uint32_t i = 0; i < made.lines.size(); ++i)
    if (made.lines[i].account != id_table::none) made.bill_lines.push_back(i);
  const auto dates = [&](std::uint32_t i) {
    const line& one = made.lines[i];
    return std::tuple(one.account, one.issue, one.due);
  };
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return dates(a) < dates(b); };
  if (!std::is_sorted(made.bill_lines.begin(), made.bill_lines.end(), before)) std::stable_sort(made.bill_lines.begin(), made.bill_lines.end(), before);
  for (std::uint32_t i = 0; i < made.bill_lines.size(); ++i) {
    const line& one = made.lines[made.bill_lines[i]];
    if (made.bills.empty() || dates(made.bill_lines[made.bills.back().begin]) != dates(made.bill_lines[i])) made.bills.push_back({one.account, one.issue, one.due, i, i});
    made.bills.back().end = i + 1;
  }
}

// Taxes that are computed once for each bill and rate.
inline void tax_bills(billing& made) {
  const program& tariff = *made.known->tariff;
  std::vector<std::size_t> members;
  for (std::size_t r = 0; r < made.rates.size(); ++r) {
    if (tariff.taxes[static_cast<std::size_t>(made.rates[r].tax)].scope != tax_scope::per_bill) continue;
    for (const bill& one : made.bills) {
      members.clear();
      for (std::uint32_t i = one.begin; i < one.end; ++i)
        if (made.lines[made.bill_lines[i]].rate == static_cast<std::int32_t>(r)) members.push_back(made.bill_lines[i]);
      if (members.empty()) continue;
      // Ties go by the order of fees, then by date, then by unit: by the places of lines within one unit.
      std::stable_sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) {
        const line& x = made.lines[a];
        const line& y = made.lines[b];
        return std::tuple(x.fee, x.from, x.unit) < std::tuple(y.fee, y.from, y.unit);
      });
      if (spread_bill_tax(tariff, made.rates[r], members, made.lines)) continue;
      for (const std::size_t at : members) {
        line& broken = made.lines[at];
        const fee& rule = tariff.fees[static_cast<std::size_t>(broken.fee)];
        broken.gross = broken.tax = broken.amount = 0;
        broken.rate = -1;
        broken.fault = static_cast<std::int32_t>(made.faults.size());
        made.faults.push_back(make_diagnostic("R104", rule.pointer, {{"fee", rule.id}, {"unit", std::string(made.known->units.at(broken.unit))}}));
      }
    }
  }
}

}  // namespace detail

billing make_bills(std::shared_ptr<const facts> known, const bill_request& asked, const billed_before* before) {
  if (known == nullptr) throw std::invalid_argument("make_bills needs loaded facts");
  billing made;
  made.known = std::move(known);
  made.asked = asked;
  detail::run_plan plan(*made.known, made.asked);
  if (!plan.prepare(made.found)) return made;
  detail::join(detail::make_in_ranges(plan), made);
  const auto& taxes = made.known->tariff->taxes;
  if (std::any_of(taxes.begin(), taxes.end(), [](const tax_rule& tax) { return tax.scope == tax_scope::per_bill; })) {
    detail::make_bill_groups(made);
    detail::tax_bills(made);
  }
  if (plan.narrowed()) std::erase_if(made.lines, [&](const line& one) { return !plan.wants(one); });
  if (before != nullptr) {
    made.adjusted = true;
    detail::adjust(plan, *before, made);
    detail::sort_lines(made.lines);
  }
  detail::make_bill_groups(made);
  return made;
}

std::vector<rate_total> totals_by_rate(const billing& made, const bill& of) {
  std::vector<rate_total> totals;
  for (std::uint32_t i = of.begin; i < of.end; ++i) {
    const line& one = made.lines[made.bill_lines[i]];
    if (one.fault >= 0) continue;
    auto at = std::lower_bound(totals.begin(), totals.end(), one.rate, [](const rate_total& total, std::int32_t rate) { return total.rate < rate; });
    if (at == totals.end() || at->rate != one.rate) at = totals.insert(at, {one.rate, 0, 0, 0});
    at->net += one.net();
    at->tax += one.tax;
    at->amount += one.amount;
  }
  return totals;
}

int128 total_of(const billing& made, const bill& of) {
  int128 total = 0;
  for (std::uint32_t i = of.begin; i < of.end; ++i) total += made.lines[made.bill_lines[i]].amount;
  return total;
}

std::string bill_key(const billing& made, const bill& of) {
  std::string key;
  for (const std::string_view part : {std::string_view(made.known->tariff->id), made.known->accounts.at(of.account)}) {
    detail::append_escaped(key, part);
    key += '/';
  }
  return key + to_text(of.issue) + "/" + to_text(of.due);
}

std::string bill_id(const billing& made, const bill& of) {
  const program& tariff = *made.known->tariff;
  std::string content = bill_key(made, of) + "\n" + tariff.edition + "\n" + tariff.content_hash + "\n";
  for (std::uint32_t i = of.begin; i < of.end; ++i) {
    const line& one = made.lines[made.bill_lines[i]];
    content += line_key(*made.known, one) + "\t" + to_text(one.from) + "\t" + to_text(one.to) + "\t" + std::to_string(one.gross) + "\t" + std::to_string(one.tax) + "\t" + std::to_string(one.amount) + "\n";
  }
  return content_uuid(content);
}

std::optional<std::size_t> find_line(const billing& made, std::string_view key) {
  // The account is the second part of a key, still escaped.
  const std::size_t begin = std::min(key.size(), key.find('/')) + 1;
  const std::string account = begin > key.size() ? std::string() : detail::unescaped(key.substr(begin, key.find('/', begin) - begin));
  const auto id_of = [&](const line& one) { return one.account == id_table::none ? std::string_view() : made.known->accounts.at(one.account); };
  auto at = std::lower_bound(made.lines.begin(), made.lines.end(), account, [&](const line& one, const std::string& wanted) { return id_of(one) < wanted; });
  for (; at != made.lines.end() && id_of(*at) == account; ++at)
    if (line_key(*made.known, *at) == key) return static_cast<std::size_t>(at - made.lines.begin());
  return std::nullopt;
}

DUES_END
