// SPDX-License-Identifier: Apache-2.0
//
// Paying ahead, at the C boundary: what it would cost, and the event once it is paid.
#include <capi/impl/options.hpp>

using namespace dues::capi;

namespace {

// What a call works on, checked.
struct asked {
  const std::shared_ptr<const dues::facts>& known;
  dues::civil_day on;
  std::vector<dues::ledger_event> prepaid;
  dues::billed_before billed;
  dues::quote_context context;

  asked(const dues_facts* facts, const dues_quote_run* run) : known(checked(facts, "facts").facts) {
    check_options(run, "run");
    if (run->on == DUES_OPEN_END) refuse(DUES_OUT_OF_RANGE, {{"name", "run.on"}, {"is", "no day"}, {"range", "the years 1 to 9999"}});
    on = day_of(run->on, "run.on");
    if (run->ledger != nullptr) {
      const dues::ledger& kept = checked(run->ledger, "run.ledger").kept;
      need_tariff(kept.tariff(), *known->tariff, "run.ledger");
      if (const dues::account_book* const book = kept.find(id_of(run->account.data, run->account.size, "run.account"))) prepaid = book->events;
      context.prepaid = prepaid;
    }
    if (run->before_count != 0) {
      billed = read_before(run->before, run->before_count, "run.before", *known->tariff);
      context.billed = &billed;
    }
  }
};

std::string text_member(const dues_str& text, const char* name) { return std::string(id_of(text.data, text.size, name)); }

}  // namespace

int32_t dues_quote(const dues_facts* facts, const dues_quote_run* run, dues_text* out, dues_error* error) {
  if (out != nullptr) *out = {nullptr, 0};
  return guarded(error, [&] {
    need(out, "out");
    const asked of(facts, run);
    constexpr std::size_t most_quotes = 1'200;
    if (run->month_count == 0 || run->month_count > most_quotes) refuse(DUES_OUT_OF_RANGE, {{"name", "run.month_count"}, {"is", std::to_string(run->month_count)}, {"range", "1 to 1200"}});
    need(run->months, "run.months");
    if (run->quote.size != 0 || run->id.size != 0) refuse(DUES_WRONG_OPTION, {{"name", "run.quote, run.id"}, {"is", "given"}});
    dues::prepay_request request;
    request.account = text_member(run->account, "run.account");
    request.unit = text_member(run->unit, "run.unit");
    request.fee = text_member(run->fee, "run.fee");
    request.subscription = text_member(run->subscription, "run.subscription");
    request.on = of.on;
    if (run->from != DUES_OPEN_END) request.from = day_of(run->from, "run.from");
    if (run->expires != DUES_OPEN_END) request.expires = day_of(run->expires, "run.expires");
    const std::vector<int> months(run->months, run->months + run->month_count);
    const std::vector<dues::quote> made = dues::make_quotes(of.known, request, months, {}, of.context);
    std::string text;
    dues::json_writer json(text, false);
    json.begin_object().key("quotes").written(dues::to_json(std::span(made)));
    if (const auto best = dues::cheapest(made)) json.key("cheapest").integer(static_cast<std::int64_t>(*best));
    json.end_object();
    *out = text_of(text);
  });
}

int32_t dues_quote_bill(const dues_facts* facts, const dues_quote_run* run, dues_text* event, dues_error* error) {
  if (event != nullptr) *event = {nullptr, 0};
  return guarded(error, [&] {
    need(event, "event");
    const asked of(facts, run);
    const dues::program& tariff = *of.known->tariff;
    dues::diagnostics found;
    const auto given = dues::read_quote(tariff, view_of(run->quote.data, run->quote.size, "run.quote"), found);
    if (!given) refuse(DUES_BAD_QUOTE, found);
    std::string id = text_member(run->id, "run.id");
    if (id.empty()) need(nullptr, "run.id");
    const dues::quote billed = dues::bill_quote(of.known, *given, of.on, of.context);
    if (!billed.ok()) refuse(DUES_BAD_QUOTE, billed.found);
    *event = text_of(dues::to_json(tariff, dues::prepay_of(billed, std::move(id))));
  });
}
