// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/output.hpp>

DUES_BEGIN

namespace detail {

inline std::string_view account_text(const billing& made, std::uint32_t account) {
  return account == id_table::none ? std::string_view() : made.known->accounts.at(account);
}

inline void append_rate(json_writer& out, const billing& made, std::int32_t rate) {
  const tax_rate& one = made.rates[static_cast<std::size_t>(rate)];
  out.member("tax_id", made.known->tariff->taxes[static_cast<std::size_t>(one.tax)].id);
  if (one.rate) out.member("rate", percent_text(*one.rate));
}

inline void append_line(json_writer& out, const billing& made, const line& one) {
  const facts& known = *made.known;
  const program& tariff = *known.tariff;
  const fee& rule = tariff.fees[static_cast<std::size_t>(one.fee)];
  const auto amount = [&](std::int64_t units) { return amount_text(units, tariff.minor_units); };
  out.begin_object();
  out.member("key", line_key(known, one)).member("account", account_text(made, one.account)).member("unit", known.units.at(one.unit));
  out.member("fee", rule.id).member("subject", subject_text(known, one)).member("period", to_text(one.period));
  out.member("from", to_text(one.from)).member("to", to_text(one.to)).member("cause", cause_text(one));
  out.member("issue", to_text(one.issue)).member("due", to_text(one.due));
  if (one.fault >= 0) {
    out.key("diagnostic");
    append_diagnostic(out, made.faults[static_cast<std::size_t>(one.fault)]);
  } else {
    if (one.quantity_scale >= 0) out.member("quantity", decimal::make(int128(one.quantity), one.quantity_scale)->to_text());
    if (one.price_scale >= 0) out.member("price", decimal::make(int128(one.price), one.price_scale)->to_text());
    out.member("gross", amount(one.gross)).member("discounts", amount(0));
    if (one.rate >= 0) append_rate(out, made, one.rate);
    out.member("taxed", amount(one.net())).member("tax", amount(one.tax)).member("net", amount(one.net())).member("amount", amount(one.amount));
  }
  if (!rule.fund.empty()) out.member("fund", rule.fund);
  out.member("edition", tariff.edition).member("tariff_hash", tariff.content_hash);
  out.end_object();
}

inline void append_bill(json_writer& out, const billing& made, const bill& one) {
  const program& tariff = *made.known->tariff;
  out.begin_object();
  out.member("key", bill_key(made, one)).member("id", bill_id(made, one)).member("account", account_text(made, one.account));
  out.member("issue", to_text(one.issue)).member("due", to_text(one.due)).member("total", amount_text(total_of(made, one), tariff.minor_units));
  out.key("rates").begin_array();
  for (const rate_total& total : totals_by_rate(made, one)) {
    out.begin_object();
    if (total.rate >= 0) append_rate(out, made, total.rate);
    out.member("net", amount_text(total.net, tariff.minor_units)).member("tax", amount_text(total.tax, tariff.minor_units));
    out.member("amount", amount_text(total.amount, tariff.minor_units));
    out.end_object();
  }
  out.end_array();
  out.key("lines").begin_array();
  for (std::uint32_t i = one.begin; i < one.end; ++i) out.text(line_key(*made.known, made.lines[made.bill_lines[i]]));
  out.end_array();
  out.end_object();
}

// RFC 4180: quoted where a comma, a quote or a line break stands.
inline void append_cell(std::string& out, std::string_view text, bool last = false) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
  } else {
    out += '"';
    for (const char c : text) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  out += last ? "\r\n" : ",";
}

}  // namespace detail

void append_diagnostic(json_writer& out, const diagnostic& one) {
  out.begin_object();
  out.member("code", one.code).member("severity", one.level == severity::error ? "error" : "warning").member("pointer", one.pointer);
  if (one.position >= 0) out.key("position").integer(one.position);
  out.key("values").begin_object();
  for (const auto& [name, value] : one.values) out.member(name, value);
  out.end_object();
  out.key("message").begin_object();
  out.member("en", message(one, language::english())).member("zh", message(one, language::chinese()));
  out.end_object();
  out.key("cure").begin_object();
  out.member("en", cure(one, language::english())).member("zh", cure(one, language::chinese()));
  out.end_object();
  out.end_object();
}

std::string to_json(std::span<const diagnostic> found, bool indented) {
  std::string text;
  json_writer out(text, indented);
  out.begin_array();
  for (const diagnostic& one : found) append_diagnostic(out, one);
  out.end_array();
  if (indented) text += '\n';
  return text;
}

std::string to_json(const billing& made, bool indented) {
  const program& tariff = *made.known->tariff;
  std::string text;
  json_writer out(text, indented);
  out.begin_object();
  out.member("dues_result", "1").member("tariff", tariff.id).member("edition", tariff.edition).member("tariff_hash", tariff.content_hash);
  out.member("currency", tariff.currency_code).member("from", to_text(made.asked.days.from)).member("to", to_text(made.asked.days.to));
  out.member("select", made.asked.select == selection::issue ? "issue" : "service");
  out.key("bills").begin_array();
  for (const bill& one : made.bills) detail::append_bill(out, made, one);
  out.end_array();
  out.key("lines").begin_array();
  for (const line& one : made.lines) detail::append_line(out, made, one);
  out.end_array();
  out.key("diagnostics").begin_array();
  for (const diagnostic& one : made.found.all()) append_diagnostic(out, one);
  out.end_array();
  out.end_object();
  if (indented) text += '\n';
  return text;
}

std::string to_csv(const billing& made) {
  const facts& known = *made.known;
  const program& tariff = *known.tariff;
  std::string out = "key,account,unit,fee,subject,period,from,to,cause,issue,due,quantity,price,gross,net,tax,amount,currency,tax_id,rate,fund,edition,tariff_hash,diagnostic\r\n";
  for (const line& one : made.lines) {
    const fee& rule = tariff.fees[static_cast<std::size_t>(one.fee)];
    const bool computed = one.fault < 0;
    const auto number = [&](std::int64_t value, int places) { return computed && places >= 0 ? decimal::make(int128(value), places)->to_text() : std::string(); };
    const tax_rate* rate = one.rate < 0 ? nullptr : &made.rates[static_cast<std::size_t>(one.rate)];
    for (const std::string& cell : {line_key(known, one), std::string(detail::account_text(made, one.account)), std::string(known.units.at(one.unit)), rule.id,
                                    std::string(subject_text(known, one)), to_text(one.period), to_text(one.from), to_text(one.to), cause_text(one),
                                    to_text(one.issue), to_text(one.due), number(one.quantity, one.quantity_scale), number(one.price, one.price_scale),
                                    number(one.gross, tariff.minor_units), number(one.net(), tariff.minor_units), number(one.tax, tariff.minor_units),
                                    number(one.amount, tariff.minor_units), tariff.currency_code,
                                    rate == nullptr ? std::string() : tariff.taxes[static_cast<std::size_t>(rate->tax)].id,
                                    rate == nullptr || !rate->rate ? std::string() : percent_text(*rate->rate), rule.fund, tariff.edition, tariff.content_hash})
      detail::append_cell(out, cell);
    detail::append_cell(out, computed ? std::string_view() : std::string_view(made.faults[static_cast<std::size_t>(one.fault)].code), true);
  }
  return out;
}

DUES_END
