// SPDX-License-Identifier: Apache-2.0
//
// Results at the C boundary: line by line, bill by bill, and as texts.
#include <capi/impl/calls.hpp>

using namespace dues::capi;

namespace {

void need_index(std::size_t index, std::size_t count, const char* name) {
  if (index >= count) refuse(DUES_OUT_OF_RANGE, {{"name", name}, {"is", std::to_string(index)}, {"range", "below " + std::to_string(count)}});
}

std::string_view account_of(const dues::billing& made, std::uint32_t account) {
  return account == dues::id_table::none ? std::string_view() : made.known->accounts.at(account);
}

dues_line line_of(const dues_result& of, const dues::line& one) {
  const dues::billing& made = *of.made;
  const dues::facts& known = *made.known;
  const dues::program& tariff = *known.tariff;
  const dues::fee& fee = tariff.fees[static_cast<std::size_t>(one.fee)];
  dues_line out{};
  out.adjustment = one.adjustment;
  out.period = one.period.days;
  out.from = one.from.days;
  out.to = one.to.days;
  out.issue = one.issue.days;
  out.due = one.due.days;
  out.account = str_or_none(account_of(made, one.account));
  out.unit = str_of(known.units.at(one.unit));
  out.fee = str_of(fee.id);
  out.subject = str_of(dues::subject_text(known, one));
  out.fund = str_or_none(fee.fund);
  if (one.rate >= 0) {
    const auto rate = static_cast<std::size_t>(one.rate);
    out.tax_id = str_of(tariff.taxes[static_cast<std::size_t>(made.rates[rate].tax)].id);
    out.rate = str_or_none(of.rates[rate]);
  }
  if (one.fault >= 0) return out;
  const int places = tariff.minor_units;
  if (one.quantity_scale >= 0) out.quantity = decimal_of(one.quantity, one.quantity_scale);
  if (one.price_scale >= 0) out.price = decimal_of(one.price, one.price_scale);
  out.gross = decimal_of(one.gross, places);
  out.net = decimal_of(one.net(), places);
  out.tax = decimal_of(one.tax, places);
  out.amount = decimal_of(one.amount, places);
  return out;
}

[[noreturn]] void refuse_line(const dues::billing& made, const dues::line& one) {
  throw refusal{DUES_BAD_LINE, made.faults[static_cast<std::size_t>(one.fault)]};
}

// Between the caller's sink and the writers, which know exceptions alone.
struct sink_failed {};

void write_to(const dues::billing& made, std::int32_t form, const dues::text_sink& to) {
  if (form == DUES_CSV) dues::write_csv(made, to);
  else dues::write_json(made, to, form == DUES_JSON_INDENTED);
}

}  // namespace

int32_t dues_result_get(const dues_result* result, dues_result_info* out, dues_error* error) {
  return guarded(error, [&] {
    clear_struct(out, "out");
    const dues::billing& of = *checked(result, "result").made;
    const dues::program& tariff = *of.known->tariff;
    dues_result_info made{};
    made.minor_units = tariff.minor_units;
    made.lines = of.lines.size();
    made.bills = of.bills.size();
    dues::int128 amount = 0, tax = 0;
    for (const dues::line_block& block : of.lines.blocks())
      for (std::size_t i = 0; i < block.size(); ++i) {
        if (block.fault[i] >= 0) {
          ++made.bad_lines;
          continue;
        }
        amount += block.gross[i] + block.added[i];
        tax += block.tax[i];
      }
    made.amount = decimal_of(amount, tariff.minor_units);
    made.tax = decimal_of(tax, tariff.minor_units);
    made.tariff = str_of(tariff.id);
    made.edition = str_of(tariff.edition);
    made.tariff_hash = str_of(tariff.content_hash);
    made.currency = str_of(tariff.currency_code);
    put_struct(out, made, "out");
  });
}

int32_t dues_result_line(const dues_result* result, size_t index, dues_line* out, dues_error* error) {
  return guarded(error, [&] {
    clear_struct(out, "out");
    const dues_result& of = checked(result, "result");
    need_index(index, of.made->lines.size(), "index");
    const dues::line one = of.made->lines[index];
    put_struct(out, line_of(of, one), "out");
    if (one.fault >= 0) refuse_line(*of.made, one);
  });
}

int32_t dues_result_bill(const dues_result* result, size_t index, dues_bill_info* out, dues_error* error) {
  return guarded(error, [&] {
    clear_struct(out, "out");
    const dues::billing& of = *checked(result, "result").made;
    need_index(index, of.bills.size(), "index");
    const dues::bill& one = of.bills[index];
    dues_bill_info made{};
    made.issue = one.issue.days;
    made.due = one.due.days;
    made.account = str_or_none(account_of(of, one.account));
    made.total = decimal_of(dues::total_of(of, one), of.known->tariff->minor_units);
    made.lines = of.bill_lines.data() + one.begin;
    made.line_count = one.end - one.begin;
    put_struct(out, made, "out");
  });
}

int32_t dues_result_find(const dues_result* result, const char* key, size_t size, size_t* index, dues_error* error) {
  if (index != nullptr) *index = 0;
  return guarded(error, [&] {
    need(index, "index");
    const dues::billing& of = *checked(result, "result").made;
    const std::string_view wanted = id_of(key, size, "key");
    const auto found = dues::find_line(of, wanted);
    if (!found) throw refusal{DUES_NOT_FOUND, dues::make_diagnostic("R111", "", {{"is", std::string(wanted.substr(0, 200))}})};
    *index = *found;
  });
}

int32_t dues_result_text(const dues_result* result, int32_t form, size_t index, dues_text* out, dues_error* error) {
  if (out != nullptr) *out = {nullptr, 0};
  return guarded(error, [&] {
    need(out, "out");
    const dues::billing& of = *checked(result, "result").made;
    text_buffer text;
    switch (form) {
      case DUES_JSON:
      case DUES_JSON_INDENTED:
      case DUES_CSV:
        need_index(index, 1, "index");
        write_to(of, form, [&](std::string_view chunk) { text.add(chunk); });
        break;
      case DUES_LINE_KEY:
        need_index(index, of.lines.size(), "index");
        text.add(dues::line_key(*of.known, of.lines[index]));
        break;
      case DUES_BILL_KEY:
      case DUES_BILL_ID:
        need_index(index, of.bills.size(), "index");
        text.add(form == DUES_BILL_KEY ? dues::bill_key(of, of.bills[index]) : dues::bill_id(of, of.bills[index]));
        break;
      default: refuse(DUES_WRONG_OPTION, {{"name", "form"}, {"is", std::to_string(form)}});
    }
    *out = text.release();
  });
}

int32_t dues_result_write(const dues_result* result, int32_t form, dues_sink sink, void* context, dues_error* error) {
  return guarded(error, [&] {
    const dues::billing& of = *checked(result, "result").made;
    if (sink == nullptr) refuse(DUES_NULL_ARGUMENT, {{"name", "sink"}});
    if (form != DUES_JSON && form != DUES_JSON_INDENTED && form != DUES_CSV) refuse(DUES_WRONG_OPTION, {{"name", "form"}, {"is", std::to_string(form)}});
    try {
      write_to(of, form, [&](std::string_view chunk) {
        if (sink(context, chunk.data(), chunk.size()) != 0) throw sink_failed();
      });
    } catch (const sink_failed&) {
      refuse(DUES_SINK_FAILED, {});
    }
  });
}

void dues_result_free(dues_result* result) { free_handle(result); }

int32_t dues_explain(const dues_result* result, size_t line, dues_text* out, dues_error* error) {
  if (out != nullptr) *out = {nullptr, 0};
  return guarded(error, [&] {
    need(out, "out");
    const dues::billing& of = *checked(result, "result").made;
    need_index(line, of.lines.size(), "line");
    const dues::line one = of.lines[line];
    if (one.fault >= 0) refuse_line(of, one);
    const auto told = dues::explain_line(of, line);
    if (!told) refuse(DUES_INTERNAL, {});
    *out = text_of(dues::to_json(*told, *of.known->tariff, false));
  });
}
