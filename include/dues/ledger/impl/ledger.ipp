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
  if (book != nullptr) {
    // What lies before an opening belongs to the book that came before.
    for (const ledger_event& one : book->events)
      if (one.kind == event_kind::opening && options.as_of < one.date && one.recorded <= options.known_at && made.found.all().empty())
        made.found.add(make_diagnostic("L138", "/as_of", {{"is", to_text(options.as_of)}, {"account", std::string(account)}, {"first", to_text(one.date)}}));
  }
  if (book != nullptr && !made.found.has_errors()) made = derive(*tariff_, order(), book->events, options, common_.events);
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
  // Room first: a copy that fails while a vector grows takes along what was posted before.
  const std::size_t needed = book.entries.size() + made.size();
  if (book.entries.capacity() < needed) book.entries.reserve(std::max(needed, 2 * book.entries.capacity()));
  book.entries.insert(book.entries.end(), made.begin(), made.end());
}

DUES_END
