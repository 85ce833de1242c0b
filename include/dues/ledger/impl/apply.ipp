// SPDX-License-Identifier: Apache-2.0
//
// Recording one event: all that follows from it is posted, also in accounts that were handed something, or
// nothing is.
#pragma once

#include <dues/ledger/impl/check.hpp>
#include <dues/ledger/impl/ledger.ipp>

DUES_BEGIN

namespace detail {

// What an event left open is fixed when it is recorded: later news do not change what was agreed.
inline void fix_amounts(ledger_event& event, const account_state& state) {
  if (event.amount == 0 && (event.kind == event_kind::waiver || event.kind == event_kind::deposit)) {
    int128 sum = 0;
    for (const movement& one : state.movements) {
      const bool counts = event.kind == event_kind::waiver ? one.kind == movement_kind::waiver : one.kind == movement_kind::deposit;
      if (counts && one.cause == event.id) sum += event.kind == event_kind::waiver ? one.amount : int128(-one.amount);
    }
    event.amount = to_int64(sum).value_or(0);
  }
  if (event.kind != event_kind::plan) return;
  const auto made = std::find_if(state.plans.begin(), state.plans.end(), [&](const plan_state& one) { return one.id == event.id; });
  if (made == state.plans.end()) return;
  if (event.receivables.empty()) event.receivables = made->receivables;
  for (std::size_t i = 0; i < event.instalments.size(); ++i) event.instalments[i].amount = to_int64(made->parts[i].amount).value_or(0);
}

// The same event again may leave open what was fixed.
inline bool is_same(ledger_event given, const ledger_event& kept) {
  given.recorded = kept.recorded;
  const bool open = (kept.kind == event_kind::waiver && given.share > decimal()) || (kept.kind == event_kind::deposit && kept.step != deposit_step::hold);
  if (open && given.amount == 0) given.amount = kept.amount;
  if (kept.kind == event_kind::plan && given.receivables.empty()) given.receivables = kept.receivables;
  if (kept.kind == event_kind::plan && given.instalments.size() == kept.instalments.size())
    for (std::size_t i = 0; i < kept.instalments.size(); ++i)
      if (given.instalments[i].amount == 0) given.instalments[i].amount = kept.instalments[i].amount;
  return given == kept;
}

struct handed_over {
  int128 amount = 0, penalty = 0;
  const receivable* of = nullptr;
};

// What the other account takes over of each receivable by each transfer, less what it was told before.
inline std::vector<ledger_event> news_for_others(const program& tariff, std::span<const ledger_event> events, const account_state& state, const ledger::book_map& books) {
  std::vector<ledger_event> made;
  for (const ledger_event& transfer : events) {
    if (transfer.kind != event_kind::transfer) continue;
    std::map<std::string, handed_over, std::less<>> now;
    for (const movement& one : state.movements) {
      if (one.kind != movement_kind::transfer || one.cause != transfer.id) continue;
      handed_over& to = now[one.receivable];
      to.of = state.find(one.receivable);
      (one.part == words::claim_class[static_cast<std::size_t>(to.of->paid_as)] ? to.amount : to.penalty) += one.amount;
    }
    std::map<std::string, std::size_t, std::less<>> told;
    const auto other = books.find(transfer.other_account);
    if (other != books.end())
      for (const ledger_event& one : other->second.events) {
        if (one.kind != event_kind::received || one.of != transfer.id) continue;
        ++told[one.receivables.front()];
        handed_over& less = now[one.receivables.front()];
        less.amount -= one.amount;
        less.penalty -= one.penalty;
        if (less.of == nullptr) less.of = state.find(one.receivables.front());
      }
    for (const auto& [id, news] : now) {
      if (news.amount == 0 && news.penalty == 0) continue;
      ledger_event& one = made.emplace_back();
      one.kind = event_kind::received;
      append_escaped(one.id, transfer.id);
      one.id += "/" + id + "/" + std::to_string(told[id] + 1);
      one.account = transfer.other_account;
      one.other_account = transfer.account;
      one.of = transfer.id;
      one.receivables = {id};
      one.date = transfer.date;
      one.amount = to_int64(news.amount).value_or(0);
      one.penalty = to_int64(news.penalty).value_or(0);
      one.due = transfer.date;
      if (news.of == nullptr) continue;
      one.unit = news.of->unit;
      if (news.of->fee >= 0) one.fee = tariff.fees[static_cast<std::size_t>(news.of->fee)].id;
      one.due = news.of->due;
      one.paid_as = news.of->paid_as;
    }
  }
  return made;
}

}  // namespace detail

bool ledger::record(ledger_event event, const apply_options& options, std::vector<posted>& made, diagnostics& found) {
  account_book none;
  const bool common = event.account.empty();
  const auto at = common ? books_.end() : books_.find(event.account);
  if (!check(event, common ? common_ : at == books_.end() ? none : at->second, found)) return false;
  account_book& into = common ? common_ : books_[event.account];
  into.events.push_back(event);
  made.push_back({event.account, into.entries.size()});
  if (common) return true;
  derive_options with;
  with.penalties = options.penalties;
  const account_state state = derive(*tariff_, order(), into.events, with, common_.events);
  detail::fix_amounts(event, state);
  into.events.back() = event;
  for (const diagnostic& one : state.found.all()) found.add(one);
  detail::check_outcome(*tariff_, event, state, found);
  if (found.has_errors()) return false;
  std::vector<ledger_entry> entries;
  post(event, state, into, entries);
  if (std::none_of(into.events.begin(), into.events.end(), [](const ledger_event& one) { return one.kind == event_kind::transfer; })) return true;
  for (ledger_event& news : detail::news_for_others(*tariff_, into.events, state, books_)) {
    news.recorded = event.recorded;
    // Handing over in a circle on one day would never end.
    constexpr std::size_t most_accounts = 1'000;
    if (made.size() > most_accounts) {
      found.add(make_diagnostic("L137", "", {{"id", event.id}}));
      return false;
    }
    if (!record(std::move(news), options, made, found)) return false;
  }
  return true;
}

applied ledger::apply(ledger_event event, const apply_options& options) {
  applied made;
  account_book none;
  const auto at = event.account.empty() ? books_.end() : books_.find(event.account);
  const account_book& book = event.account.empty() ? common_ : at == books_.end() ? none : at->second;
  made.version = book.version();
  const auto refuse = [&](std::string_view code, std::string pointer, std::initializer_list<std::pair<std::string_view, std::string>> values) {
    made.found.add(make_diagnostic(code, std::move(pointer), values));
    return made;
  };

  // An id says what was recorded, so that a second call changes nothing.
  const auto same = std::find_if(book.events.begin(), book.events.end(), [&](const ledger_event& one) { return one.id == event.id; });
  const auto owner = account_of_.find(event.id);
  if (same != book.events.end() || owner != account_of_.end()) {
    if (same == book.events.end() || !detail::is_same(event, *same)) return refuse("L110", "/id", {{"is", event.id}, {"account", owner != account_of_.end() ? owner->second : event.account}});
    made.recorded = made.repeated = true;
    return made;
  }
  if (options.version && *options.version != book.version())
    return refuse("L111", "", {{"account", event.account}, {"is", std::to_string(book.version())}, {"known", std::to_string(*options.version)}});
  if (event.kind == event_kind::received) return refuse("L136", "/event", {{"id", event.id}});

  const std::string account = event.account, id = event.id;
  const bool named = event.kind != event_kind::charge;
  std::vector<posted> all;
  if (!record(std::move(event), options, all, made.found)) {
    // Nothing of it stays, in no account.
    for (std::size_t i = all.size(); i-- > 0;) {
      account_book& back = all[i].account.empty() ? common_ : books_.find(all[i].account)->second;
      back.events.pop_back();
      back.entries.resize(all[i].entries_before);
      if (!all[i].account.empty() && back.events.empty()) books_.erase(all[i].account);
    }
    return made;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const account_book& into = all[i].account.empty() ? common_ : books_.find(all[i].account)->second;
    // An account that comes twice has its entries cut where the next of it begin.
    std::size_t end = into.entries.size();
    for (std::size_t j = i + 1; j < all.size(); ++j)
      if (all[j].account == all[i].account) {
        end = all[j].entries_before;
        break;
      }
    const auto begin = into.entries.begin();
    std::vector<ledger_entry> entries(begin + static_cast<std::ptrdiff_t>(all[i].entries_before), begin + static_cast<std::ptrdiff_t>(end));
    if (i == 0) made.entries = std::move(entries);
    else made.others.push_back({all[i].account, std::move(entries)});
  }
  if (named) account_of_.emplace(id, account);
  made.recorded = true;
  made.version = (account.empty() ? common_ : books_.find(account)->second).version();
  return made;
}

DUES_END
