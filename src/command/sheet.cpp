// SPDX-License-Identifier: Apache-2.0

#include "sheet.hpp"

#include "report.hpp"
#include "texts.hpp"

#include <dues/csv/writer.hpp>

namespace dues::command {

namespace {

class sheet_writer {
 public:
  sheet_writer(const language& words, const text_sink& to) : words_(words), to_(to) {}

  void titles() {
    out_ += "\xEF\xBB\xBF";  // else spreadsheets take the bytes for another encoding
    for (const std::string_view key : {"account", "unit", "fee", "subject", "cause", "from", "to", "issue", "due", "quantity", "price", "net", "tax", "amount", "currency", "rate", "problem"})
      text(say(words_, key));
    text(say(words_, "key"), true);
  }
  void add(const billing& made, const line& one);
  void end() {
    if (!out_.empty()) to_(out_);
    out_.clear();
  }

 private:
  static constexpr std::size_t chunk = std::size_t{1} << 17;

  // An id such as -2 or +1 is a text as well, and stays one.
  void text(std::string_view cell, bool last = false) {
    if (cell.starts_with('-') || cell.starts_with('+')) append_csv_cell(out_, "'" + std::string(cell));
    else append_csv_cell_for_people(out_, cell);
    out_ += last ? "\r\n" : ",";
  }
  // Digits of our own: a negative amount stays a number.
  void number(std::int64_t value, int places) {
    if (places >= 0) out_ += amount_text(value, places);
    out_ += ',';
  }

  const language& words_;
  const text_sink& to_;
  std::string out_;
};

void sheet_writer::add(const billing& made, const line& one) {
  const facts& known = *made.known;
  const program& tariff = *known.tariff;
  text(one.account == id_table::none ? std::string_view() : known.accounts.at(one.account));
  text(known.units.at(one.unit));
  text(fee_name(tariff, one.fee, words_));
  text(one.subscription == id_table::none ? std::string_view() : subject_text(known, one));
  text(cause_in(one, words_));
  for (const civil_day day : {one.from, one.to, one.issue, one.due}) text(to_text(day));
  const diagnostic* const fault = one.fault < 0 ? nullptr : &made.faults[static_cast<std::size_t>(one.fault)];
  if (fault == nullptr) {
    number(one.quantity, one.quantity_scale);
    number(one.price, one.price_scale);
    for (const std::int64_t units : {one.net(), one.tax, one.amount}) number(units, tariff.minor_units);
  } else {
    out_ += ",,,,,";
  }
  text(tariff.currency_code);
  const auto& rate = one.rate < 0 ? std::nullopt : made.rates[static_cast<std::size_t>(one.rate)].rate;
  out_ += (rate ? percent_text(*rate) : std::string()) + ",";
  text(fault == nullptr ? "" : fault->code + " " + message(*fault, words_));
  text(line_key(known, one), true);
  if (out_.size() >= chunk) end();
}

}  // namespace

void write_sheet(std::span<const billing> made, const language& words, const text_sink& to) {
  sheet_writer out(words, to);
  out.titles();
  for (const billing& run : made)
    for (const line& one : run.lines) out.add(run, one);
  out.end();
}

}  // namespace dues::command
