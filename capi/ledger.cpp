// SPDX-License-Identifier: Apache-2.0
//
// Ledgers at the C boundary: opened from a document, changed by events, all or none.
#include <capi/impl/options.hpp>

using namespace dues::capi;

namespace {

// Tells all that was found, and refuses with the first of it.
[[noreturn]] void refuse_told(std::int32_t status, dues_text* told, const dues::diagnostics& found) {
  put_diagnostics(told, found);
  refuse(status, found);
}

// The events of one call, in order, and how the place of each begins in a message.
struct events_of_call {
  std::vector<dues::ledger_event> events;
  std::vector<std::string> places;

  void add(std::vector<dues::ledger_event> more, std::string_view under, bool in_list) {
    for (std::size_t i = 0; i < more.size(); ++i) {
      places.push_back(std::string(under) + (in_list ? "/" + std::to_string(i) : ""));
      events.push_back(std::move(more[i]));
    }
  }
};

bool is_list(std::string_view json) {
  const std::size_t at = json.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && json[at] == '[';
}

events_of_call events_of(const dues_apply& what, const dues::program& tariff, dues_text* told) {
  events_of_call all;
  if (what.result != nullptr) {
    const dues::billing& made = *checked(what.result, "what.result").made;
    need_tariff(*made.known->tariff, tariff, "what.result");
    std::vector<dues::ledger_event> charges = dues::charges_of(made, day_of(what.recorded, "what.recorded"));
    if (what.recorded == DUES_OPEN_END)
      for (dues::ledger_event& one : charges) one.recorded = one.date;
    all.add(std::move(charges), "/result", true);
  }
  if (const std::string_view billed = view_of(what.billed.data, what.billed.size, "what.billed"); !billed.empty()) {
    dues::billed_before before;
    dues::diagnostics found;
    if (!dues::read_billed(tariff, billed, before, found)) refuse_told(DUES_BAD_RUN, told, found);
    all.add(dues::charges_of(tariff, before), "/billed", true);
  }
  if (const std::string_view events = view_of(what.events.data, what.events.size, "what.events"); !events.empty()) {
    dues::diagnostics found;
    auto read = dues::read_events(tariff, events, found);
    if (!read) refuse_told(DUES_BAD_LEDGER, told, found);
    all.add(std::move(*read), "", is_list(events));
  }
  return all;
}

// [{"account", "version", "entries"}] of all that a change has touched.
std::string posted_by(const dues::ledger_change& change, const dues::ledger& kept) {
  std::string out;
  dues::json_writer json(out, false);
  json.begin_array();
  for (const auto& [account, before] : change.touched()) {
    const dues::account_book* const book = account.empty() ? nullptr : kept.find(account);
    const std::uint64_t version = book == nullptr ? kept.common_version() : book->version();
    json.begin_object().member("account", account).key("version").integer(static_cast<std::int64_t>(version)).key("entries");
    json.written(dues::to_json(kept.tariff(), book == nullptr ? std::span<const dues::ledger_entry>() : std::span(book->entries).subspan(before.entries))).end_object();
  }
  json.end_array();
  return out;
}

}  // namespace

int32_t dues_ledger_open(const dues_tariff* tariff, const dues_ledger_source* source, dues_ledger** out, dues_text* diagnostics, dues_error* error) {
  if (out != nullptr) *out = nullptr;
  if (diagnostics != nullptr) *diagnostics = {nullptr, 0};
  return guarded(error, [&] {
    need(out, "out");
    dues::penalty_terms terms;
    terms.tariff = checked(tariff, "tariff").program;
    std::string_view document;
    dues::diagnostics found;
    if (source != nullptr) {
      check_options(source, "source");
      document = view_of(source->json.data, source->json.size, "source.json");
      read_references_of(source->references, source->reference_count, "source.references", terms, found);
      if (found.has_errors()) refuse_told(DUES_BAD_HISTORY, diagnostics, found);
    }
    auto made = std::make_unique<dues_ledger>(terms, dues::ledger(terms.tariff));
    if (!document.empty()) {
      std::optional<dues::ledger> read = dues::read_ledger(terms.tariff, document, found, {}, &made->penalties);
      if (!read) refuse_told(DUES_BAD_LEDGER, diagnostics, found);
      made->kept = std::move(*read);
    }
    put_diagnostics(diagnostics, found);
    *out = made.release();
  });
}

int32_t dues_ledger_apply(dues_ledger* ledger, const dues_apply* what, dues_applied* out, dues_text* posted, dues_text* diagnostics, dues_error* error) {
  for (dues_text* const text : {posted, diagnostics})
    if (text != nullptr) *text = {nullptr, 0};
  return guarded(error, [&] {
    if (out != nullptr) clear_struct(out, "out");
    dues_ledger& to = checked(ledger, "ledger");
    check_options(what, "what");
    if (what->version < -1) refuse(DUES_WRONG_OPTION, {{"name", "what.version"}, {"is", std::to_string(what->version)}});
    events_of_call all = events_of(*what, to.kept.tariff(), diagnostics);
    if (what->version >= 0)
      for (const dues::ledger_event& one : all.events)
        if (one.account != all.events.front().account)
          refuse(DUES_WRONG_OPTION, {{"name", "what.version"}, {"is", std::to_string(what->version) + ", with events of several accounts"}});

    dues::ledger_change change(to.kept);
    dues_applied made{};
    dues::apply_options with{std::nullopt, &to.penalties};
    if (what->version >= 0) with.version = static_cast<std::uint64_t>(what->version);
    dues::diagnostics found;
    for (std::size_t i = 0; i < all.events.size(); ++i) {
      const dues::applied done = change.apply(std::move(all.events[i]), with);
      for (dues::diagnostic one : done.found.all()) {
        one.pointer = all.places[i] + one.pointer;
        found.add(std::move(one));
      }
      if (!done.recorded) {
        change.undo();
        refuse_told(done.found.all()[0].code == "L111" ? DUES_STALE : DUES_BAD_LEDGER, diagnostics, found);
      }
      if (!done.repeated) with.version.reset();  // the first new one was held against it
      ++(done.repeated ? made.repeated : made.recorded);
      made.entries += done.entries.size();
      made.version = done.version;
    }
    owned_text told, entries;
    if (diagnostics != nullptr) put_diagnostics(&told, found);
    if (posted != nullptr) static_cast<dues_text&>(entries) = text_of(posted_by(change, to.kept));
    change.keep();  // nothing fails any more
    if (out != nullptr) put_struct(out, made, "out");
    told.give(diagnostics);
    entries.give(posted);
  });
}

void dues_ledger_free(dues_ledger* ledger) { free_handle(ledger); }
