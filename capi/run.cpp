// SPDX-License-Identifier: Apache-2.0
//
// A run at the C boundary, and the watch by which another thread ends it.
#include <capi/impl/options.hpp>

using namespace dues::capi;

int32_t dues_watch_new(dues_watch** out, dues_error* error) {
  if (out != nullptr) *out = nullptr;
  return guarded(error, [&] {
    need(out, "out");
    *out = new dues_watch();
  });
}

int32_t dues_watch_stop(dues_watch* watch) {
  return guarded(nullptr, [&] { checked(watch, "watch").watch.stop.store(true, std::memory_order_relaxed); });
}

int32_t dues_watch_lines(const dues_watch* watch, uint64_t* lines) {
  if (lines != nullptr) *lines = 0;
  return guarded(nullptr, [&] {
    need(lines, "lines");
    *lines = checked(watch, "watch").watch.lines.load(std::memory_order_relaxed);
  });
}

void dues_watch_free(dues_watch* watch) { free_handle(watch); }

namespace {

[[noreturn]] void refuse_option(const char* name, std::int64_t is) { refuse(DUES_WRONG_OPTION, {{"name", name}, {"is", std::to_string(is)}}); }

dues::bill_request request_of(const dues_run* run) {
  check_options(run, "run");
  if (run->select != DUES_BY_ISSUE && run->select != DUES_BY_SERVICE) refuse_option("run.select", run->select);
  if ((run->flags & ~std::uint32_t{DUES_LINES_ONLY}) != 0) refuse_option("run.flags", run->flags);
  if (run->most_lines < 0) refuse_option("run.most_lines", run->most_lines);
  for (const std::int32_t day : {run->from, run->to})
    if (day < dues::first_day.days || day > dues::last_day.days + 1)
      refuse(DUES_OUT_OF_RANGE, {{"name", "run.from, run.to"}, {"is", std::to_string(day)}, {"range", "the years 1 to 9999"}});
  dues::bill_request made;
  made.days = {{run->from}, {run->to}};
  made.select = run->select == DUES_BY_ISSUE ? dues::selection::issue : dues::selection::service;
  made.account = id_of(run->account.data, run->account.size, "run.account");
  made.unit = id_of(run->unit.data, run->unit.size, "run.unit");
  made.threads = run->threads;
  if (run->most_lines != 0) made.most_lines = run->most_lines;
  if (run->watch != nullptr) made.watch = &checked(run->watch, "run.watch").watch;
  return made;
}

// What stands in the ledger as paid ahead.
dues::paid_ahead paid_in(const dues_ledger* ledger, const dues::program& tariff) {
  const dues::ledger& kept = checked(ledger, "run.ledger").kept;
  need_tariff(kept.tariff(), tariff, "run.ledger");
  dues::paid_ahead made;
  for (const auto& [account, book] : kept.books()) made.keys.merge(dues::paid_ahead_by(kept.tariff(), book.events).keys);
  return made;
}

}  // namespace

int32_t dues_bill(const dues_facts* facts, const dues_run* run, dues_result** out, dues_error* error) {
  if (out != nullptr) *out = nullptr;
  return guarded(error, [&] {
    need(out, "out");
    const std::shared_ptr<const dues::facts>& known = checked(facts, "facts").facts;
    dues::bill_request asked = request_of(run);
    dues::billed_before before;
    dues::paid_ahead paid;
    if (run->ledger != nullptr) {
      paid = paid_in(run->ledger, *known->tariff);
      asked.paid = &paid;
    }
    if (run->before_count != 0) before = read_before(run->before, run->before_count, "run.before", *known->tariff);
    const dues::billed_before* const billed = run->before_count != 0 ? &before : nullptr;
    dues::billing made = (run->flags & DUES_LINES_ONLY) != 0 ? dues::make_lines(known, asked, billed) : dues::make_bills(known, asked, billed);
    if (made.found.has_errors()) refuse(made.found.all()[0].code == "R117" ? DUES_STOPPED : DUES_BAD_RUN, made.found);
    auto result = std::make_unique<dues_result>();
    for (const dues::tax_rate& one : made.rates) result->rates.push_back(one.rate ? dues::percent_text(*one.rate) : std::string());
    result->made = std::make_shared<const dues::billing>(std::move(made));
    *out = result.release();
  });
}
