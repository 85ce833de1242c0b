// SPDX-License-Identifier: Apache-2.0
//
// Random histories of an account, of 1 to 200 events: what must hold of every one of them.
#include "ledger/daily.hpp"

#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace {

using namespace dues_test;
using dues::civil_day;
using dues::event_kind;
using dues::int128;
using dues::ledger_event;
using dues::movement_kind;

constexpr std::string_view policies[] = {
    R"({"order": [{"class": "costs"}, {"class": "penalties"}, {"class": "principal"}], "across": "each_receivable_in_turn", "then": ["designated", "earliest_due"], "credit": {}})",
    R"({"order": [{"fees": ["water"]}, {"class": "principal"}], "then": ["earliest_due", "pro_rata"], "credit": {"bound_to": ["water"]}})",
    R"({"order": [{"age": "past_due"}, {"age": "due"}, {"age": "not_due"}], "then": ["heaviest_burden", "pro_rata"], "not_due": "in_order", "credit": {"settles_later_bills": false}, "cash_rounding": {"to": "0.10", "mode": "down"}})"};

const civil_day begin = *dues::parse_day("2025-01-01");

struct drawn_history {
  std::shared_ptr<const dues::program> tariff;
  bool late = false;
  std::vector<ledger_event> events;  ///< that were accepted, in the order of recording
};

const daily& late_policy() {
  static const daily made(7);
  return made;
}

// Plans, deposits, cases, admissions, and what goes to another account.
void draw_agreement(ledger_event& made, int what, const std::string& one) {
  const auto pick = [](int n) { return *rc::gen::inRange(0, n); };
  if (what == 20) {
    made.kind = event_kind::plan;
    made.plan = pick(2) == 0 ? "parts" : "dear";
    made.amount = 0;
    for (int i = 0, n = 1 + pick(5); i < n; ++i) made.instalments.push_back({made.date + 10 + 20 * i, 0});
    if (pick(2) == 0) made.receivables = {one};
  } else if (what < 23) {
    made.kind = event_kind::deposit;
    made.subscription = pick(2) == 0 ? "lease" : "garage";
    made.step = static_cast<dues::deposit_step>(what == 21 ? 0 : pick(4));
  } else if (what == 23) {
    made.kind = event_kind::legal_case;
    made.amount = 0;
    made.receivables = {one};
    made.to = made.date + 1 + pick(60);
  } else if (what == 24) {
    made.kind = event_kind::acknowledgement;
    made.amount = 0;
  } else {
    made.kind = event_kind::transfer;
    made.amount = 0;
    made.other_account = "B";
    made.receivables = {one};
  }
}

ledger_event draw_event(const dues::program& tariff, const std::vector<ledger_event>& before, int number, int day) {
  const auto pick = [](int n) { return *rc::gen::inRange(0, n); };
  ledger_event made;
  made.account = "A";
  made.id = "e" + std::to_string(number);
  made.date = begin + std::max(0, day - (pick(4) == 0 ? pick(60) : 0));
  made.recorded = begin + day;
  made.amount = 1 + pick(30'000);
  std::vector<const ledger_event*> owed, other;
  for (const ledger_event& one : before) {
    if (one.kind == event_kind::charge && one.amount > 0) owed.push_back(&one);
    if (one.kind != event_kind::reversal) other.push_back(&one);
  }
  const int what = pick(26);
  if (what < 7 || owed.empty()) {
    made.kind = event_kind::charge;
    made.unit = "U";
    made.fee = pick(2) == 0 ? "water" : "management";
    made.subject = "s" + std::to_string(number);
    made.cause = "charge";
    made.period = made.date;
    made.due = made.date + pick(40);
    if (pick(12) == 0) made.amount = -made.amount;
    if (pick(6) == 0 && !owed.empty()) {
      // An adjustment of what was billed before.
      const ledger_event& base = *owed[static_cast<std::size_t>(pick(static_cast<int>(owed.size())))];
      if (base.cause == "charge") {
        made.fee = base.fee;
        made.subject = base.subject;
        made.period = base.period;
        made.cause = "adjustment:" + std::to_string(number);
        if (pick(2) == 0) made.amount = -std::abs(made.amount) / 3 - 1;
      }
    }
    made.id = dues::charge_key(tariff.id, made);
    return made;
  }
  const std::string& one = owed[static_cast<std::size_t>(pick(static_cast<int>(owed.size())))]->id;
  if (what < 13) {
    made.kind = event_kind::payment;
    if (pick(4) == 0) made.receivables = {one};
    if (pick(3) == 0) made.sources = {{"cash", made.amount}};
  } else if (what < 15) {
    made.kind = event_kind::reversal;
    made.amount = 0;
    made.of = other[static_cast<std::size_t>(pick(static_cast<int>(other.size())))]->id;
  } else if (what == 15) {
    made.kind = event_kind::refund;
    made.amount = 1 + pick(2000);
  } else if (what == 16) {
    made.kind = event_kind::credit_use;
    made.amount = 1 + pick(2000);
  } else if (what >= 20) {
    draw_agreement(made, what, one);
  } else {
    made.kind = what == 17 ? event_kind::write_off : what == 18 ? event_kind::credit_note : event_kind::waiver;
    made.receivables = {one};
    made.amount = 1 + pick(3000);
  }
  return made;
}

drawn_history draw() {
  drawn_history made;
  made.tariff = tariff_with(policies[*rc::gen::inRange(0, 3)], R"(, "plans": [{"id": "parts", "at_most_instalments": 6}, {"id": "dear", "at_most_instalments": 6, "interest": {"percent": "9%", "per": "year"}}])");
  made.late = *rc::gen::arbitrary<bool>();
  dues::ledger kept(made.tariff);
  // Mostly short, so that many are tried; some as long as they come.
  const int events = *rc::gen::inRange(0, 12) == 0 ? *rc::gen::inRange(1, 201) : *rc::gen::inRange(1, 40);
  int day = 60;
  for (int i = 0; i < events; ++i) {
    day += *rc::gen::inRange(0, 12);
    ledger_event next = draw_event(*made.tariff, made.events, i, day);
    if (kept.apply(next, {std::nullopt, made.late ? &late_policy() : nullptr}).recorded) made.events.push_back(std::move(next));
  }
  return made;
}

dues::ledger recorded(const drawn_history& of) {
  dues::ledger kept(of.tariff);
  for (const ledger_event& one : of.events) {
    const dues::applied done = kept.apply(one, {std::nullopt, of.late ? &late_policy() : nullptr});
    RC_ASSERT(done.recorded && !done.repeated);
  }
  return kept;
}

dues::derive_options options(const drawn_history& of) {
  dues::derive_options made;
  made.penalties = of.late ? &late_policy() : nullptr;
  return made;
}

using amounts = std::map<std::tuple<std::string, std::string, std::string, std::string, movement_kind, civil_day>, int128>;

template <class List>
amounts summed(const List& list, civil_day known_at = dues::last_day) {
  amounts sums;
  for (const auto& one : list) {
    if constexpr (requires { one.recorded; }) {
      if (known_at < one.recorded) continue;
    }
    sums[{one.cause, one.receivable, one.part, one.source, one.kind, one.date}] += one.amount;
  }
  std::erase_if(sums, [](const auto& one) { return one.second == 0; });
  return sums;
}

RC_GTEST_PROP(ledger_histories, what_was_drawn_is_what_was_settled_and_what_is_left, ()) {
  const drawn_history of = draw();
  const dues::account_state state = recorded(of).state("A", options(of));
  std::map<std::string, int128> in, out;
  int128 credit = 0;
  for (const dues::movement& one : state.movements) {
    if (one.kind == movement_kind::payment || one.kind == movement_kind::rounding) in[one.cause] += one.amount;
    if (one.kind == movement_kind::allocation) out[one.cause] += one.amount;
    if (one.kind == movement_kind::credit) credit += one.amount;
  }
  for (const dues::movement& one : state.movements)
    if ((one.kind == movement_kind::credit || one.kind == movement_kind::deposit) && in.contains(one.cause)) out[one.cause] += one.amount;
  for (const auto& [cause, amount] : in) RC_ASSERT(amount == out[cause]);
  RC_ASSERT(credit == state.credit_total());
  int128 held = 0;
  for (const dues::movement& one : state.movements)
    if (one.kind == movement_kind::deposit) held += one.amount;
  RC_ASSERT(held == state.deposit_total());
  for (const dues::receivable& one : state.receivables) {
    RC_ASSERT(one.open() >= 0);
    RC_ASSERT(one.settled >= 0 && one.written_off >= 0 && one.corrected >= 0);
    int128 history = 0;
    for (const dues::open_change& change : one.history) history += change.amount;
    RC_ASSERT(history == one.open());
  }
}

RC_GTEST_PROP(ledger_histories, entries_alone_give_every_balance_as_it_was_known_on_every_day, ()) {
  const drawn_history of = draw();
  const dues::ledger kept = recorded(of);
  const std::vector<dues::ledger_entry>& entries = kept.find("A") ? kept.find("A")->entries : std::vector<dues::ledger_entry>();
  for (int i = 0; i < 5; ++i) {
    const civil_day known = begin + *rc::gen::inRange(0, 2500);
    dues::derive_options with = options(of);
    with.known_at = known;
    RC_ASSERT(summed(kept.state("A", with).movements) == summed(entries, known));
  }
  RC_ASSERT(summed(kept.state("A", options(of)).movements) == summed(entries));
  std::set<std::string> ids;
  for (const dues::ledger_entry& one : entries) RC_ASSERT(ids.insert(one.id).second);
}

RC_GTEST_PROP(ledger_histories, taking_an_event_back_restores_every_balance, ()) {
  drawn_history of = draw();
  RC_PRE(!of.events.empty());
  const civil_day end = begin + 3000;
  dues::derive_options with = options(of);
  with.as_of = end;
  // Any event that nothing after it was refused or accepted because of: the last one.
  const ledger_event& last = of.events.back();
  RC_PRE(last.kind != event_kind::reversal);
  dues::ledger kept = recorded(of);
  ledger_event back;
  back.kind = event_kind::reversal;
  back.account = "A";
  back.id = "back";
  back.of = last.id;
  back.date = back.recorded = end - 1;
  RC_ASSERT(kept.apply(back, {std::nullopt, with.penalties}).recorded);
  const std::string after = dues::to_json(*of.tariff, kept.state("A", with), end);
  of.events.pop_back();
  dues::ledger without = recorded(of);
  const dues::account_state before = without.state("A", with);
  // A refund that went too far is due when its money was taken back: what a reversal is meant to leave.
  RC_PRE(std::none_of(before.receivables.begin(), before.receivables.end(), [](const dues::receivable& one) { return one.id.front() == 'e'; }));
  RC_ASSERT(dues::to_json(*of.tariff, before, end) == after);
}

RC_GTEST_PROP(ledger_histories, the_order_of_recording_changes_nothing, ()) {
  const drawn_history of = draw();
  const std::optional<dues::payment_order> order(of.tariff);
  std::vector<ledger_event> shuffled = of.events;
  for (std::size_t i = shuffled.size(); i > 1; --i) std::swap(shuffled[i - 1], shuffled[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(i)))]);
  dues::derive_options with = options(of);
  with.as_of = begin + *rc::gen::inRange(0, 2500);
  with.explain = true;
  RC_ASSERT(dues::to_json(*of.tariff, dues::derive(*of.tariff, &*order, shuffled, with), with.as_of) == dues::to_json(*of.tariff, dues::derive(*of.tariff, &*order, of.events, with), with.as_of));
}

RC_GTEST_PROP(ledger_histories, a_second_run_adds_nothing_and_a_stored_ledger_is_the_same, ()) {
  const drawn_history of = draw();
  dues::ledger kept = recorded(of);
  const std::string stored = dues::to_json(kept);
  for (const ledger_event& one : of.events) {
    const dues::applied again = kept.apply(one, {std::nullopt, options(of).penalties});
    RC_ASSERT(again.repeated && again.entries.empty());
  }
  RC_ASSERT(dues::to_json(kept) == stored);
  dues::diagnostics found;
  const auto read = dues::read_ledger(of.tariff, stored, found, {}, options(of).penalties);
  RC_ASSERT(read.has_value());
  RC_ASSERT(dues::to_json(*read) == stored);
}

RC_GTEST_PROP(ledger_histories, a_book_that_was_migrated_goes_on_as_if_it_never_had_been, ()) {
  // Events that look back behind the migration belong to the old book, so they are left out of both.
  drawn_history of = draw();
  of.late = false;
  const std::optional<dues::payment_order> order(of.tariff);
  const civil_day on = begin + *rc::gen::inRange(30, 600);
  std::vector<ledger_event> old, later;
  std::set<std::string> known;
  for (const ledger_event& one : of.events) {
    // A plan is agreed anew in the new book.
    if (one.date <= on && one.kind == event_kind::plan) continue;
    if (one.date <= on) old.push_back(one);
    else if (one.kind != event_kind::reversal && one.kind != event_kind::credit_note && (one.kind != event_kind::charge || one.cause == "charge")) later.push_back(one);
  }
  // A negative line that is due later is neither open nor credit on the day.
  RC_PRE(std::none_of(old.begin(), old.end(), [&](const ledger_event& one) { return one.kind == event_kind::charge && one.amount < 0 && one.due > on; }));
  dues::derive_options with;
  with.as_of = on;
  dues::account_state state = dues::derive(*of.tariff, &*order, old, with);
  state.account = "A";
  std::vector<ledger_event> fresh = dues::openings_of(*of.tariff, state, on);
  fresh.insert(fresh.end(), later.begin(), later.end());
  old.insert(old.end(), later.begin(), later.end());
  for (int i = 0; i < 4; ++i) {
    with.as_of = on + *rc::gen::inRange(0, 800);
    const dues::account_state never = dues::derive(*of.tariff, &*order, old, with), migrated = dues::derive(*of.tariff, &*order, fresh, with);
    RC_ASSERT(never.open_principal() == migrated.open_principal());
    RC_ASSERT(never.credit_total() == migrated.credit_total());
    RC_ASSERT(never.deposit_total() == migrated.deposit_total());
    for (const dues::receivable& one : migrated.receivables) {
      const dues::receivable* before = never.find(one.id);
      RC_ASSERT(before != nullptr && before->open() == one.open());
    }
  }
}

RC_GTEST_PROP(ledger_histories, paying_more_or_earlier_never_leaves_more_owed, ()) {
  const auto tariff = tariff_with(policies[0]);
  const dues::payment_order order(tariff);
  const auto pick = [](int n) { return *rc::gen::inRange(0, n); };
  std::vector<ledger_event> events;
  // Bills fall due in the order in which they are issued: else early money may settle what is not the oldest, because
  // the oldest is not billed yet.
  const int term = pick(30);
  for (int i = 0, n = 1 + pick(5); i < n; ++i) {
    ledger_event made;
    made.kind = event_kind::charge;
    made.account = "A";
    made.unit = "U";
    made.fee = "water";
    made.subject = "s" + std::to_string(i);
    made.cause = "charge";
    made.date = made.period = made.recorded = begin + pick(100);
    made.due = made.date + term;
    made.amount = 1 + pick(50'000);
    made.id = dues::charge_key("t", made);
    events.push_back(made);
  }
  for (int i = 0, n = 1 + pick(5); i < n; ++i) {
    ledger_event made;
    made.kind = event_kind::payment;
    made.account = "A";
    made.id = "p" + std::to_string(i);
    made.date = made.recorded = begin + 30 + pick(300);
    made.amount = 1 + pick(40'000);
    events.push_back(made);
  }
  dues::derive_options with;
  with.penalties = &late_policy();
  with.as_of = begin + 500;
  const auto owed = [&] {
    const dues::account_state state = dues::derive(*tariff, &order, events, with);
    return int128(state.open_principal() + state.open_penalties() - state.credit_total());
  };
  const int128 before = owed();
  ledger_event& better = events[events.size() - 1];
  if (pick(2) == 0) better.amount += 1 + pick(20'000);
  else better.date = better.date - pick(better.date - begin + 1);
  RC_ASSERT(owed() <= before);
}

}  // namespace
