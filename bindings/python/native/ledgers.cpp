// SPDX-License-Identifier: Apache-2.0
//
// Ledgers, and what lateness costs. The lock of a ledger is taken without Python's, so that who waits for it lets
// other threads run.
#include "values.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <mutex>
#include <string>
#include <vector>

namespace dues_python {

namespace {

using texts = std::vector<nb::bytes>;
using maybe_text = std::optional<std::string_view>;

dues_str str_of(const nb::bytes& text) { return {text.c_str(), text.size()}; }
dues_str str_of(const std::optional<nb::bytes>& text) { return text ? str_of(*text) : dues_str{nullptr, 0}; }

std::vector<dues_str> all_of(const texts& from) {
  std::vector<dues_str> made;
  for (const nb::bytes& one : from) made.push_back(str_of(one));
  return made;
}

ledger open_ledger(const tariff& of, const std::optional<nb::bytes>& json, const texts& references) {
  const std::vector<dues_str> rates = all_of(references);
  dues_ledger_source source = DUES_LEDGER_SOURCE_INIT;
  source.json = str_of(json);
  source.references = rates.data();
  source.reference_count = static_cast<std::uint32_t>(rates.size());
  dues_ledger* made = nullptr;
  owned_text found;
  call_error error(of.language());
  const std::int32_t status = released([&] { return dues_ledger_open(of.get(), &source, &made, &found, &error); });
  owner<dues_ledger, dues_ledger_free> handle(made, of.language());
  check(status, error, found);
  return {std::move(handle), std::make_unique<std::shared_mutex>()};
}

// (recorded, repeated, entries, version, what was posted as JSON)
nb::tuple apply(const ledger& to, const result* charges, std::int32_t recorded, const std::optional<nb::bytes>& billed, const std::optional<nb::bytes>& events, std::int64_t version) {
  dues_apply what = DUES_APPLY_INIT;
  what.recorded = recorded;
  what.version = version;
  what.result = charges == nullptr ? nullptr : charges->get();
  what.billed = str_of(billed);
  what.events = str_of(events);
  dues_applied done{};
  done.struct_size = sizeof done;
  owned_text posted, found;
  call_error error(to.handle.language());
  const std::int32_t status = released([&] {
    const std::lock_guard<std::shared_mutex> changes(*to.lock);
    return dues_ledger_apply(to.handle.get(), &what, &done, &posted, &found, &error);
  });
  check(status, error, found);
  return nb::make_tuple(done.recorded, done.repeated, done.entries, done.version, posted.to_python());
}

// (version, accounts, open, penalties, credit, owed, to pay)
nb::tuple balances(const ledger& of, std::int32_t as_of, std::int32_t known_at, maybe_text account) {
  const ledger_view view(as_of, known_at, 0, account);
  dues_account_info info{};
  info.struct_size = sizeof info;
  call_error error(of.handle.language());
  check(released([&] {
          const std::shared_lock<std::shared_mutex> reads(*of.lock);
          return dues_ledger_get(of.handle.get(), &view, &info, &error);
        }),
        error);
  const values make;
  return nb::make_tuple(info.version, info.accounts, make.decimal(info.open), make.decimal(info.penalties), make.decimal(info.credit), make.decimal(info.owed), make.decimal(info.to_pay));
}

nb::object text(const ledger& of, std::int32_t form, std::int32_t as_of, std::int32_t known_at, bool why, maybe_text account) {
  const ledger_view view(as_of, known_at, why ? DUES_WHY : 0, account);
  owned_text made;
  call_error error(of.handle.language());
  check(released([&] {
          const std::shared_lock<std::shared_mutex> reads(*of.lock);
          return dues_ledger_text(of.handle.get(), &view, form, &made, &error);
        }),
        error);
  return made.to_python();
}

nb::object stream(const ledger& of, std::int32_t table, std::int32_t as_of, std::int32_t known_at, maybe_text account) {
  return table_capsule(of, ledger_view(as_of, known_at, 0, account), table);
}

nb::object penalties(const tariff& of, const nb::bytes& history, std::int32_t day, std::int32_t form, const texts& references, maybe_text account, const std::optional<nb::bytes>& posted) {
  const std::vector<dues_str> rates = all_of(references);
  dues_penalty_run run = DUES_PENALTY_RUN_INIT;
  run.day = day;
  run.form = form;
  run.history = str_of(history);
  run.references = rates.data();
  run.reference_count = static_cast<std::uint32_t>(rates.size());
  if (account) run.account = {account->data(), account->size()};
  run.posted = str_of(posted);
  owned_text made, found;
  call_error error(of.language());
  check(released([&] { return dues_penalties(of.get(), &run, &made, &found, &error); }), error, found);
  return made.to_python();
}

// What two calls need: strings that the run refers to are owned by the caller.
dues_quote_run quote_run(std::int32_t on, maybe_text account, const ledger* book, const std::vector<dues_str>& before) {
  dues_quote_run run = DUES_QUOTE_RUN_INIT;
  run.on = on;
  if (account) run.account = {account->data(), account->size()};
  run.ledger = book == nullptr ? nullptr : book->handle.get();
  run.before = before.data();
  run.before_count = before.size();
  return run;
}

// Calls while nobody changes the ledger.
template <class Call>
std::int32_t reading(const ledger* book, Call&& call) {
  return released([&] {
    std::shared_lock<std::shared_mutex> reads;
    if (book != nullptr) reads = std::shared_lock<std::shared_mutex>(*book->lock);
    return call();
  });
}

// @param days   on, from, expires
// @param names  account, unit, fee, subscription
nb::object quotes(const facts& of, const std::vector<std::int32_t>& days, const std::vector<std::int32_t>& months, const std::vector<std::string>& names, const ledger* book, const texts& before) {
  const std::vector<dues_str> earlier = all_of(before);
  dues_quote_run run = quote_run(days.at(0), std::string_view(names.at(0)), book, earlier);
  run.from = days.at(1);
  run.expires = days.at(2);
  run.months = months.data();
  run.month_count = months.size();
  run.unit = {names.at(1).data(), names[1].size()};
  run.fee = {names.at(2).data(), names[2].size()};
  run.subscription = {names.at(3).data(), names[3].size()};
  owned_text made;
  call_error error(of.language());
  check(reading(book, [&] { return dues_quote(of.get(), &run, &made, &error); }), error);
  return made.to_python();
}

nb::object bill_quote(const facts& of, const nb::bytes& quote, std::int32_t on, std::string_view account, std::string_view id, const ledger* book, const texts& before) {
  const std::vector<dues_str> earlier = all_of(before);
  dues_quote_run run = quote_run(on, account, book, earlier);
  run.quote = str_of(quote);
  run.id = {id.data(), id.size()};
  owned_text made;
  call_error error(of.language());
  check(reading(book, [&] { return dues_quote_bill(of.get(), &run, &made, &error); }), error);
  return made.to_python();
}

}  // namespace

void add_ledgers(nb::module_& to) {
  nb::class_<ledger>(to, "Ledger")
      .def("apply", &apply, nb::arg().none(), nb::arg(), nb::arg().none(), nb::arg().none(), nb::arg())
      .def("balances", &balances, nb::arg(), nb::arg(), nb::arg().none())
      .def("text", &text, nb::arg(), nb::arg(), nb::arg(), nb::arg(), nb::arg().none())
      .def("stream", &stream, nb::arg(), nb::arg(), nb::arg(), nb::arg().none());
  to.def("open_ledger", &open_ledger, nb::arg(), nb::arg().none(), nb::arg());
  to.def("penalties", &penalties, nb::arg(), nb::arg(), nb::arg(), nb::arg(), nb::arg(), nb::arg().none(), nb::arg().none());
  to.def("quotes", &quotes, nb::arg(), nb::arg(), nb::arg(), nb::arg(), nb::arg().none(), nb::arg());
  to.def("bill_quote", &bill_quote, nb::arg(), nb::arg(), nb::arg(), nb::arg(), nb::arg(), nb::arg().none(), nb::arg());
  to.attr("LEDGER_JSON") = int{DUES_LEDGER_JSON};
  to.attr("BALANCES_JSON") = int{DUES_BALANCES_JSON};
  to.attr("HISTORY_JSON") = int{DUES_HISTORY_JSON};
  to.attr("ENTRIES_CSV") = int{DUES_ENTRIES_CSV};
  to.attr("OPENINGS_JSON") = int{DUES_OPENINGS_JSON};
  to.attr("BALANCES") = int{DUES_BALANCES};
  to.attr("OPEN_ITEMS") = int{DUES_OPEN_ITEMS};
  to.attr("ENTRIES") = int{DUES_ENTRIES};
  to.attr("ACCRUALS_JSON") = int{DUES_ACCRUALS_JSON};
  to.attr("PAYOFFS_JSON") = int{DUES_PAYOFFS_JSON};
  to.attr("POSTINGS_JSON") = int{DUES_POSTINGS_JSON};
}

}  // namespace dues_python
