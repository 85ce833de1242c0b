// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/impl/escaped.hpp>
#include <dues/ledger/impl/check.hpp>
#include <dues/ledger/ledger.hpp>

#include <stdexcept>

DUES_BEGIN

namespace detail {

/// What makes two movements the same thing, so that only their difference is posted.
struct posting_key {
  std::string_view cause, receivable, part, source;
  movement_kind kind;
  civil_day date;
  friend auto operator<=>(const posting_key&, const posting_key&) = default;
};

struct posting {
  posting_key key;
  int128 amount = 0;
  std::size_t times = 0;  // entries that stand under the key
  std::size_t order = 0;  // of the movement
};

// Adds up what has one key. What comes first gives the order.
inline void join_postings(std::vector<posting>& all) {
  std::stable_sort(all.begin(), all.end(), [](const posting& a, const posting& b) { return a.key < b.key; });
  std::size_t out = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (out != 0 && all[out - 1].key == all[i].key) {
      posting& sum = all[out - 1];
      sum.amount += all[i].amount;
      sum.times += all[i].times;
      sum.order = std::min(sum.order, all[i].order);
    } else {
      all[out++] = all[i];
    }
  }
  all.resize(out);
  std::erase_if(all, [](const posting& one) { return one.amount == 0; });
  std::sort(all.begin(), all.end(), [](const posting& a, const posting& b) { return std::tie(a.order, a.key) < std::tie(b.order, b.key); });
}

inline std::string entry_id(const posting& one) {
  std::string id;
  for (const std::string_view part : {one.key.cause, words::movement_kind[static_cast<std::size_t>(one.key.kind)], one.key.receivable, one.key.part, one.key.source}) {
    append_escaped(id, part);
    id += '/';
  }
  return id + to_text(one.key.date) + "/" + std::to_string(one.times + 1);
}

}  // namespace detail

ledger::ledger(std::shared_ptr<const program> tariff) : tariff_(std::move(tariff)) {
  if (tariff_ == nullptr) throw std::invalid_argument("a ledger needs a tariff");
  if (tariff_->payments) order_.emplace(tariff_);
}

const account_book* ledger::find(std::string_view account) const noexcept {
  const auto at = books_.find(account);
  return at == books_.end() ? nullptr : &at->second;
}

account_state ledger::state(std::string_view account, const derive_options& options) const {
  const account_book* book = find(account);
  account_state made;
  if (book != nullptr) made = derive(*tariff_, order(), book->events, options, common_.events);
  made.account = account;
  return made;
}

civil_day ledger::closed_through(std::string_view account, civil_day day) const {
  std::vector<const ledger_event*> closings;
  const auto add = [&](const account_book& book) {
    for (const ledger_event& event : book.events)
      if (event.kind == event_kind::close || event.kind == event_kind::reopen) closings.push_back(&event);
  };
  add(common_);
  if (const account_book* book = find(account)) add(*book);
  std::sort(closings.begin(), closings.end(), [](auto a, auto b) { return std::tie(a->recorded, a->date, a->kind, a->id) < std::tie(b->recorded, b->date, b->kind, b->id); });
  return detail::closed_through(closings, day);
}

// Posts the difference between what the replay gives and what was posted before.
void ledger::post(const ledger_event& event, const account_state& state, account_book& book, std::vector<ledger_entry>& made) const {
  std::vector<detail::posting> all;
  all.reserve(state.movements.size() + book.entries.size());
  std::size_t order = 0;
  for (const movement& one : state.movements) all.push_back({{one.cause, one.receivable, one.part, one.source, one.kind, one.date}, one.amount, 0, order++});
  for (const ledger_entry& one : book.entries) all.push_back({{one.cause, one.receivable, one.part, one.source, one.kind, one.date}, -int128(one.amount), 1, order++});
  detail::join_postings(all);
  civil_day recorded = event.recorded;
  if (!book.entries.empty()) recorded = std::max(recorded, book.entries.back().recorded);
  for (const detail::posting& one : all) {
    ledger_entry entry;
    entry.id = detail::entry_id(one);
    entry.kind = one.key.kind;
    entry.cause = one.key.cause;
    entry.receivable = one.key.receivable;
    entry.part = one.key.part;
    entry.source = one.key.source;
    entry.date = one.key.date;
    entry.recorded = recorded;
    entry.amount = static_cast<std::int64_t>(one.amount);
    entry.by = event.id;
    entry.reason = event.reason;
    entry.actor = event.actor;
    entry.reference = event.reference;
    made.push_back(std::move(entry));
  }
  book.entries.insert(book.entries.end(), made.begin(), made.end());
}

applied ledger::apply(ledger_event event, const apply_options& options) {
  applied made;
  const bool common = event.account.empty();
  account_book none;
  const auto at = common ? books_.end() : books_.find(event.account);
  const account_book& book = common ? common_ : at == books_.end() ? none : at->second;
  made.version = book.version();
  const auto refuse = [&](std::string_view code, std::string pointer, std::initializer_list<std::pair<std::string_view, std::string>> values) {
    made.found.add(make_diagnostic(code, std::move(pointer), values));
    return made;
  };

  // An id says what was recorded, so that a second call changes nothing.
  const auto same = std::find_if(book.events.begin(), book.events.end(), [&](const ledger_event& one) { return one.id == event.id; });
  const auto owner = account_of_.find(event.id);
  if (same != book.events.end() || owner != account_of_.end()) {
    ledger_event compared = event;
    if (same != book.events.end()) compared.recorded = same->recorded;
    if (same != book.events.end() && event.amount == 0 && event.share > decimal()) compared.amount = same->amount;  // fixed when it was recorded
    if (same == book.events.end() || !(compared == *same)) return refuse("L110", "/id", {{"is", event.id}, {"account", owner != account_of_.end() ? owner->second : event.account}});
    made.recorded = made.repeated = true;
    return made;
  }
  if (options.version && *options.version != book.version())
    return refuse("L111", "", {{"account", event.account}, {"is", std::to_string(book.version())}, {"known", std::to_string(*options.version)}});
  if (!check(event, book, made.found)) return made;

  account_book& into = common ? common_ : books_[event.account];
  into.events.push_back(event);
  account_state state;
  if (!common) {
    derive_options with;
    with.penalties = options.penalties;
    state = derive(*tariff_, order(), into.events, with, common_.events);
  }
  if (event.kind == event_kind::waiver && event.amount == 0) {
    int128 waived = 0;
    for (const movement& one : state.movements)
      if (one.kind == movement_kind::waiver && one.cause == event.id) waived += one.amount;
    event.amount = into.events.back().amount = to_int64(waived).value_or(0);
  }
  diagnostics wrong = state.found;
  detail::check_outcome(*tariff_, event, state, wrong);
  if (wrong.has_errors()) {
    into.events.pop_back();
    if (!common && into.events.empty()) books_.erase(event.account);
    made.found = std::move(wrong);
    return made;
  }
  if (!common) post(event, state, into, made.entries);
  if (event.kind != event_kind::charge) account_of_.emplace(event.id, event.account);
  made.recorded = true;
  made.version = into.version();
  return made;
}

DUES_END
