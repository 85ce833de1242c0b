// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/impl/csv_lines.hpp>
#include <dues/bill/impl/json_lines.hpp>

DUES_BEGIN

namespace detail {

inline void append_rate(json_writer& out, const billing& made, std::int32_t rate) {
  const tax_rate& one = made.rates[static_cast<std::size_t>(rate)];
  out.member("tax_id", made.known->tariff->taxes[static_cast<std::size_t>(one.tax)].id);
  if (one.rate) out.member("rate", percent_text(*one.rate));
}

// A line that could not be computed.
inline void append_fault(json_writer& out, const billing& made, const line& one) {
  const facts& known = *made.known;
  const program& tariff = *known.tariff;
  const fee& rule = tariff.fees[static_cast<std::size_t>(one.fee)];
  out.begin_object();
  out.member("key", line_key(known, one)).member("account", account_text(made, one.account)).member("unit", known.units.at(one.unit));
  out.member("fee", rule.id).member("subject", subject_text(known, one)).member("period", to_text(one.period));
  out.member("from", to_text(one.from)).member("to", to_text(one.to)).member("cause", cause_text(one));
  out.member("issue", to_text(one.issue)).member("due", to_text(one.due));
  out.key("diagnostic");
  append_diagnostic(out, made.faults[static_cast<std::size_t>(one.fault)]);
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

// Writes JSON as json_writer does, and hands on what stands there after each bill, line and diagnostic.
class json_results {
 public:
  json_results(const text_sink& to, bool indented) : chunks_(to), out_(text_, indented), indented_(indented) {}

  void begin_list() { out_.begin_array(); }
  void end_list() { out_.end_array(); }
  void add(const billing& made, std::size_t depth);
  void end() {
    if (indented_) text_ += '\n';
    pass();
    chunks_.hand_on();
  }

 private:
  void pass() {
    chunks_.append(text_);
    text_.clear();
  }

  chunk_writer chunks_;
  std::string text_;
  json_writer out_;
  bool indented_;
};

inline void json_results::add(const billing& made, std::size_t depth) {
  const program& tariff = *made.known->tariff;
  out_.begin_object();
  out_.member("dues_result", "1").member("tariff", tariff.id).member("edition", tariff.edition).member("tariff_hash", tariff.content_hash);
  out_.member("currency", tariff.currency_code).member("from", to_text(made.asked.days.from)).member("to", to_text(made.asked.days.to));
  out_.member("select", made.asked.select == selection::issue ? "issue" : "service");
  out_.key("bills").begin_array();
  for (const bill& one : made.bills) {
    append_bill(out_, made, one);
    pass();
  }
  out_.end_array();
  out_.key("lines").begin_array();
  json_lines lines(made, indented_, depth + 2);
  auto granted = made.granted.begin();
  std::uint32_t place = 0;
  for (const line& one : made.lines) {
    const auto first = granted;
    while (granted != made.granted.end() && granted->line == place) ++granted;
    ++place;
    if (one.fault >= 0) append_fault(out_, made, one);
    else out_.written({});  // the line itself goes straight to the chunks
    pass();
    if (one.fault < 0) lines.add(one, {first, granted}, chunks_);
  }
  out_.end_array();
  out_.key("diagnostics").begin_array();
  for (const diagnostic& one : made.found.all()) {
    append_diagnostic(out_, one);
    pass();
  }
  out_.end_array();
  out_.end_object();
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

void write_json(const billing& made, const text_sink& to, bool indented) {
  detail::json_results out(to, indented);
  out.add(made, 0);
  out.end();
}

void write_json(std::span<const billing> made, const text_sink& to, bool indented) {
  detail::json_results out(to, indented);
  out.begin_list();
  for (const billing& run : made) out.add(run, 1);
  out.end_list();
  out.end();
}

std::string to_json(const billing& made, bool indented) {
  std::string text;
  write_json(made, [&](std::string_view chunk) { text += chunk; }, indented);
  return text;
}

std::string to_csv(const billing& made) {
  std::string text;
  write_csv(made, [&](std::string_view chunk) { text += chunk; });
  return text;
}

DUES_END
