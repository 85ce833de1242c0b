// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/impl/adjust.hpp>
#include <dues/bill/impl/batch_worker.hpp>
#include <dues/bill/impl/escaped.hpp>
#include <dues/bill/impl/leave_out.hpp>
#include <dues/discount/lowering.hpp>
#include <dues/tariff/content_hash.hpp>

#include <algorithm>
#include <stdexcept>

DUES_BEGIN

namespace detail {

// What has several payers or none: unit by unit, then in the order of lines.
inline made_lines rate_apart(const run_plan& plan, const sole_payers& payers, const run_watch& watch) {
  constexpr std::size_t units_a_range = 1'024;
  const std::vector<std::uint32_t>& units = payers.apart();
  std::vector<made_lines> made(ranges_of(units.size(), units_a_range));
  in_ranges(units.size(), units_a_range, plan.asked().threads, [&] {
    return [&](std::size_t range, std::size_t first, std::size_t end) {
      row_worker worker(plan, made[range]);
      for (std::size_t i = first; i < end; ++i) worker.rate_apart(units[i], payers);
      return watch.go_on(0);  // they are counted where they come into their place
    };
  });
  made_lines all;
  for (made_lines& range : made) {
    const auto faults = static_cast<std::int32_t>(all.faults.size());
    std::vector<std::int32_t> rates;
    for (const tax_rate& rate : range.rates) rates.push_back(rate_finder::add(all.rates, rate));
    for (line& one : range.lines) {
      if (!plan.wants_account(one.account)) continue;
      if (one.rate >= 0) one.rate = rates[static_cast<std::size_t>(one.rate)];
      if (one.fault >= 0) one.fault += faults;
      all.lines.push_back(one);
    }
    std::move(range.faults.begin(), range.faults.end(), std::back_inserter(all.faults));
    range = {};
  }
  sort_lines(all.lines);
  return all;
}

// Rates in order of tax and rate, faults one after another: the numbers of a range become those of the run.
inline void join_references(std::vector<line_references>& ranges, billing& into) {
  for (const line_references& range : ranges)
    for (const tax_rate& rate : range.rates) rate_finder::add(into.rates, rate);
  std::sort(into.rates.begin(), into.rates.end(), [](const tax_rate& a, const tax_rate& b) {
    if (a.tax != b.tax) return a.tax < b.tax;
    if (!a.rate || !b.rate) return !a.rate && b.rate;
    return *a.rate < *b.rate;
  });
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    line_block& block = into.lines.blocks_to_write()[i];
    std::vector<std::int32_t> rates;
    bool same = true;
    for (const tax_rate& rate : ranges[i].rates) {
      rates.push_back(rate_finder::add(into.rates, rate));
      same = same && rates.back() == static_cast<std::int32_t>(rates.size()) - 1;
    }
    if (!same) block.rate.transform([&](std::int32_t rate) { return rate < 0 ? rate : rates[static_cast<std::size_t>(rate)]; });
    const auto faults = static_cast<std::int32_t>(into.faults.size());
    if (faults != 0 && !ranges[i].faults.empty()) block.fault.transform([&](std::int32_t fault) { return fault < 0 ? fault : fault + faults; });
    std::move(ranges[i].faults.begin(), ranges[i].faults.end(), std::back_inserter(into.faults));
  }
}

// Lines without an account, in a block of their own before all others.
inline void add_without_account(const made_lines& apart, line_block& out, line_references& refers) {
  for (const line& one : apart.lines) {
    if (one.account != id_table::none) break;
    out.add(adopted(one, apart, refers));
  }
}

// The first pair at or after a place that is the first of its account.
inline std::size_t first_of_account(std::span<const std::uint32_t> accounts, std::size_t at) {
  if (at == 0 || at >= accounts.size()) return at;
  return static_cast<std::size_t>(std::upper_bound(accounts.begin() + static_cast<std::ptrdiff_t>(at), accounts.end(), accounts[at - 1]) - accounts.begin());
}

// Rows of blocks become places in the run.
inline void join_granted(std::vector<std::vector<granted_discount>>& of_blocks, billing& into) {
  std::size_t all = 0;
  for (const auto& one : of_blocks) all += one.size();
  into.granted.reserve(all);
  std::size_t lines = 0;
  for (std::size_t i = 0; i < of_blocks.size(); ++i) {
    for (const granted_discount& each : of_blocks[i]) into.granted.push_back({static_cast<std::uint32_t>(lines) + each.line, each.discount, each.amount});
    lines += into.lines.blocks()[i].size();
    of_blocks[i] = {};
  }
}

/// Fills made.lines, in order. @returns false when it was told to stop
inline bool make_line_blocks(const run_plan& plan, const run_watch& watch, const paid_ahead* paid, billing& made) {
  const sole_payers payers(plan);
  const made_lines apart = rate_apart(plan, payers, watch);
  if (watch.stopped()) return false;
  constexpr std::size_t pairs_a_range = batch_rows;
  const std::size_t ranges = ranges_of(plan.pairs(), pairs_a_range);
  std::vector<line_block>& blocks = made.lines.blocks_to_write();
  blocks.resize(ranges + 1);
  std::vector<line_references> refers(ranges + 1);
  const bool lowered = made.asked.discounted && lowers_by_bill(*made.known->tariff);
  constexpr std::size_t many_pairs = 8;
  const auto discounts = lowered ? block_lowering::plan(*made.known, plan.days(), plan.pairs() >= many_pairs) : nullptr;
  std::vector<std::vector<granted_discount>> granted(lowered ? ranges + 1 : 0);
  blocks[0].clear();
  add_without_account(apart, blocks[0], refers[0]);
  watch.go_on(blocks[0].size());
  const batch_plan batches(plan, payers);
  in_ranges(plan.pairs(), pairs_a_range, plan.asked().threads, [&] {
    return [&, worker = std::make_unique<batch_worker>(plan, payers, batches, apart),
            lowering = lowered ? std::make_unique<block_lowering>(*made.known, discounts) : nullptr](std::size_t range, std::size_t first, std::size_t end) {
      if (lowered) {
        // A bill has all lines of its account: ranges begin and end where an account does.
        first = first_of_account(plan.pair_accounts(), first);
        end = first_of_account(plan.pair_accounts(), end);
        if (first == end) return true;
      }
      worker->make(first, end, blocks[range + 1], refers[range + 1]);
      if (paid != nullptr) leave_out(*paid, *made.known, blocks[range + 1]);
      if (lowered) lowering->lower(blocks[range + 1], refers[range + 1].rates, refers[range + 1].faults, granted[range + 1]);
      return watch.go_on(blocks[range + 1].size());
    };
  });
  if (watch.stopped()) return false;
  join_references(refers, made);
  made.lines.count_blocks();
  if (lowered) join_granted(granted, made);
  return true;
}

// Lines of one account, issue date and due date form one bill. Lines without a payer are in none.
inline void make_bill_groups(billing& made) {
  struct dated {
    civil_day issue, due;
    std::uint32_t place;
    bool operator<(const dated& other) const { return issue != other.issue ? issue < other.issue : due < other.due; }
  };
  made.bills.clear();
  made.bill_lines.clear();
  made.bill_lines.reserve(made.lines.size());
  std::vector<dated> of_account;
  std::uint32_t account = id_table::none;
  const auto finish = [&] {
    if (!std::is_sorted(of_account.begin(), of_account.end())) std::stable_sort(of_account.begin(), of_account.end());
    for (std::size_t i = 0; i < of_account.size(); ++i) {
      const auto at = static_cast<std::uint32_t>(made.bill_lines.size());
      if (i == 0 || of_account[i - 1] < of_account[i]) made.bills.push_back({account, of_account[i].issue, of_account[i].due, at, at});
      made.bill_lines.push_back(of_account[i].place);
      made.bills.back().end = at + 1;
    }
    of_account.clear();
  };
  std::uint32_t place = 0;
  for (const line_block& block : made.lines.blocks())
    for (std::size_t row = 0; row < block.size(); ++row, ++place) {
      if (block.account[row] == id_table::none) continue;
      if (block.account[row] != account) finish();
      account = block.account[row];
      of_account.push_back({block.issue[row], block.due[row], place});
    }
  finish();
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
        const line x = made.lines[a];
        const line y = made.lines[b];
        return std::tuple(x.fee, x.from, x.unit) < std::tuple(y.fee, y.from, y.unit);
      });
      std::vector<line> taxed;
      std::vector<std::int64_t> bases;
      for (const std::size_t at : members) {
        taxed.push_back(made.lines[at]);
        bases.push_back(taxed_gross(tariff, taxed.back(), granted_to(made, at)));
      }
      if (!spread_bill_tax(tariff, made.rates[r], taxed, bases)) {
        for (line& broken : taxed) {
          const fee& rule = tariff.fees[static_cast<std::size_t>(broken.fee)];
          broken.gross = broken.tax = broken.amount = 0;
          broken.rate = -1;
          broken.fault = static_cast<std::int32_t>(made.faults.size());
          made.faults.push_back(make_diagnostic("R104", rule.pointer, {{"fee", rule.id}, {"unit", std::string(made.known->units.at(broken.unit))}}));
        }
      }
      for (std::size_t i = 0; i < members.size(); ++i) made.lines.set(members[i], taxed[i]);
    }
  }
}

// Lines of other accounts and units were needed to compute those that were asked for.
inline void keep_wanted(const run_plan& plan, billing& made) {
  std::vector<line> wanted;
  std::vector<granted_discount> granted;
  std::size_t place = 0;
  for (const line& one : made.lines) {
    if (plan.wants(one)) {
      for (granted_discount each : granted_to(made, place)) {
        each.line = static_cast<std::uint32_t>(wanted.size());
        granted.push_back(each);
      }
      wanted.push_back(one);
    }
    ++place;
  }
  if (wanted.size() == made.lines.size()) return;
  made.lines.clear();
  for (const line& one : wanted) made.lines.push_back(one);
  made.granted = std::move(granted);
}

}  // namespace detail

billing make_lines(std::shared_ptr<const facts> known, const bill_request& asked, const billed_before* before, billing reused) {
  if (known == nullptr) throw std::invalid_argument("make_lines needs loaded facts");
  billing made = std::move(reused);
  made.known = std::move(known);
  made.asked = asked;
  made.asked.watch = nullptr;  // it may be gone when the result is read
  made.asked.paid = nullptr;
  made.lines.clear();
  made.granted.clear();
  made.rates.clear();
  made.faults.clear();
  made.bills.clear();
  made.bill_lines.clear();
  made.adjusted = before != nullptr;
  made.found = {};
  run_watch unwatched;
  const run_watch& watch = asked.watch != nullptr ? *asked.watch : unwatched;
  detail::run_plan plan(*made.known, made.asked);
  if (!plan.prepare(made.found)) return made;
  if (!detail::make_line_blocks(plan, watch, asked.paid, made)) {
    made.lines.clear();
    made.rates.clear();
    made.faults.clear();
    made.found.add(make_diagnostic("R117", "", {}));
    return made;
  }
  if (taxes_by_bill(*made.known->tariff)) {
    detail::make_bill_groups(made);
    detail::tax_bills(made);
    made.bills.clear();
    made.bill_lines.clear();
  }
  if (plan.narrowed()) detail::keep_wanted(plan, made);
  if (before != nullptr) detail::adjust(plan, *before, asked.paid, made);
  return made;
}

billing make_bills(std::shared_ptr<const facts> known, const bill_request& asked, const billed_before* before, billing reused) {
  if (known == nullptr) throw std::invalid_argument("make_bills needs loaded facts");
  billing made = make_lines(std::move(known), asked, before, std::move(reused));
  detail::make_bill_groups(made);
  return made;
}

std::vector<billing> make_bills(std::span<const std::shared_ptr<const facts>> known, const bill_request& asked) {
  const auto of_code = [](const billing& one, std::string_view code) {
    const auto found = one.found.all();
    return std::any_of(found.begin(), found.end(), [&](const diagnostic& each) { return each.code == code; });
  };
  // What all may make together is bounded before anything is made.
  std::vector<billing> made;
  int128 lines = 0;
  bool concerned = known.empty();  // whether anybody knows the account and the unit
  for (const auto& one : known) {
    if (one == nullptr) throw std::invalid_argument("make_bills needs loaded facts");
    billing& each = made.emplace_back();
    each.known = one;
    each.asked = asked;
    each.asked.watch = nullptr;
    each.asked.paid = nullptr;
    each.asked.most_lines = std::numeric_limits<std::int64_t>::max();
    detail::run_plan plan(*each.known, each.asked);
    if (plan.prepare(each.found)) lines += int128(plan.most_lines());
    concerned = concerned || !of_code(each, "R112");
    each.asked.most_lines = asked.most_lines;
  }
  const auto most = to_int64(lines).value_or(std::numeric_limits<std::int64_t>::max());
  for (billing& each : made) {
    if (most > asked.most_lines) each.found.add(make_diagnostic("R110", "", {{"is", std::to_string(most)}, {"limit", std::to_string(asked.most_lines)}}));
    if (concerned && of_code(each, "R112")) each.found = {};  // it concerns another community only
    else if (each.found.empty()) each = make_bills(each.known, asked);
  }
  return made;
}

std::int64_t discounts_of(const program& tariff, const line& one) {
  const std::int32_t tax = tariff.fees[static_cast<std::size_t>(one.fee)].tax;
  const bool on_top = tax >= 0 && !tariff.taxes[static_cast<std::size_t>(tax)].included;
  return one.gross - one.amount + (on_top ? one.tax : 0);
}

std::span<const granted_discount> granted_to(const billing& made, std::size_t place) {
  struct by_line {
    bool operator()(const granted_discount& a, std::size_t b) const { return a.line < b; }
    bool operator()(std::size_t a, const granted_discount& b) const { return a < b.line; }
  };
  const auto [first, end] = std::equal_range(made.granted.begin(), made.granted.end(), place, by_line{});
  return {first, end};
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

place_range lines_of(const billing& made, std::uint32_t account) {
  const std::uint32_t rank = account + 1;  // lines without an account come first
  const auto rank_of = [](const line& one) { return one.account + 1; };
  const auto first = std::ranges::lower_bound(made.lines.begin(), made.lines.end(), rank, {}, rank_of);
  const auto end = std::ranges::upper_bound(first, made.lines.end(), rank, {}, rank_of);
  return {static_cast<std::size_t>(first - made.lines.begin()), static_cast<std::size_t>(end - made.lines.begin())};
}

std::optional<std::size_t> find_line(const billing& made, std::string_view key) {
  // The account is the second part of a key, still escaped.
  const std::size_t begin = std::min(key.size(), key.find('/')) + 1;
  const std::string account = begin > key.size() ? std::string() : detail::unescaped(key.substr(begin, key.find('/', begin) - begin));
  const std::uint32_t rank = account.empty() ? id_table::none : made.known->accounts.find(account);
  if (rank == id_table::none && !account.empty()) return std::nullopt;
  const auto [first, end] = lines_of(made, rank);
  for (std::size_t i = first; i < end; ++i)
    if (line_key(*made.known, made.lines[i]) == key) return i;
  return std::nullopt;
}

DUES_END
