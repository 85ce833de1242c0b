// SPDX-License-Identifier: Apache-2.0
//
// Lines as CSV. What is the same for all lines of a fee or a rate is written once. Not public.
#pragma once

#include <dues/bill/impl/line_texts.hpp>
#include <dues/csv/writer.hpp>

DUES_BEGIN

namespace detail {

inline constexpr std::string_view csv_header =
    "key,account,unit,fee,subject,period,from,to,cause,issue,due,quantity,price,gross,discounts,net,tax,amount,currency,tax_id,rate,fund,edition,tariff_hash,diagnostic\r\n";

class csv_lines {
 public:
  csv_lines(const billing& made, chunk_writer& out) : made_(made), tariff_(*made.known->tariff), out_(out), texts_(made, append_csv_cell) {
    for (const fee& one : tariff_.fees) fee_tails_.push_back(tail_of(one));
    rates_.emplace_back(",,");
    for (const tax_rate& one : made.rates) rates_.push_back(rate_of(one));
    append_csv_cell(currency_, tariff_.currency_code);
    currency_ += ',';
  }

  void add(const line& one) {
    const line_ids ids = texts_.ids(one);
    const std::string& tail = fee_tails_[static_cast<std::size_t>(one.fee)];
    const std::string& rate = rates_[static_cast<std::size_t>(one.rate + 1)];
    const std::string_view fault = one.fault < 0 ? std::string_view() : std::string_view(made_.faults[static_cast<std::size_t>(one.fault)].code);
    out_.need(key_bytes(texts_, ids) + ids.cells() + tail.size() + rate.size() + currency_.size() + fault.size() + other_bytes);
    std::array<char, 24> room;
    const std::string_view cause = put_cause(one, room);
    put_key(out_, texts_, ids, texts_.day(one.period), cause);
    out_.put(',');
    for (const std::string_view cell : {std::string_view(ids.account.cell), std::string_view(ids.unit.cell), std::string_view(ids.fee.cell), std::string_view(ids.subject.cell)}) put(cell);
    put(texts_.day(one.period));
    put(texts_.day(one.from));
    put(texts_.day(one.to));
    put(cause);
    put(texts_.day(one.issue));
    put(texts_.day(one.due));
    if (one.fault < 0) {
      put_number_cell(one.quantity, one.quantity_scale);
      put_number_cell(one.price, one.price_scale);
      for (const std::int64_t units : {one.gross, discounts_of(tariff_, one), one.net(), one.tax, one.amount}) put_number_cell(units, tariff_.minor_units);
    } else {
      out_.put(",,,,,,,");
    }
    out_.put(currency_);
    out_.put(rate);
    out_.put(tail);
    out_.put(fault);
    out_.put("\r\n");
  }

 private:
  static constexpr std::size_t numbers = 7, days = 5, commas = 32, most_cause_bytes = 24;
  static constexpr std::size_t other_bytes = numbers * most_number_bytes + days * most_day_bytes + most_cause_bytes + commas;

  void put(std::string_view cell) noexcept {
    out_.put(cell);
    out_.put(',');
  }
  void put_number_cell(std::int64_t units, int places) noexcept {
    if (places >= 0) put_number(out_, units, places);
    out_.put(',');
  }
  std::string tail_of(const fee& one) const {
    std::string out;
    for (const std::string& cell : {one.fund, tariff_.edition, tariff_.content_hash}) {
      append_csv_cell(out, cell);
      out += ',';
    }
    return out;
  }
  std::string rate_of(const tax_rate& one) const {
    std::string out;
    append_csv_cell(out, tariff_.taxes[static_cast<std::size_t>(one.tax)].id);
    out += ',';
    if (one.rate) append_csv_cell(out, percent_text(*one.rate));
    return out + ',';
  }

  const billing& made_;
  const program& tariff_;
  chunk_writer& out_;
  line_texts texts_;
  std::vector<std::string> fee_tails_, rates_;
  std::string currency_;
};

}  // namespace detail

void write_csv(std::span<const billing> made, const text_sink& to) {
  detail::chunk_writer out(to);
  out.append(detail::csv_header);
  for (const billing& run : made) {
    detail::csv_lines lines(run, out);
    for (const line_block& block : run.lines.blocks())
      for (std::size_t row = 0; row < block.size(); ++row) lines.add(block.at(row));
  }
  out.hand_on();
}

DUES_END
