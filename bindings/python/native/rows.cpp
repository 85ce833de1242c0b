// SPDX-License-Identifier: Apache-2.0
//
// Lines and bills as tuples, in the order of the fields of dues.Line and dues.Bill.
#include "values.hpp"

#include <nanobind/stl/string_view.h>

#include <string_view>

namespace dues_python {

namespace {

nb::object key_of(const result& of, std::int32_t form, std::size_t index) {
  owned_text key;
  call_error error(of.language());
  check(dues_result_text(of.get(), form, index, &key, &error), error);
  return key.to_python();
}

nb::tuple line(const result& of, std::size_t index, values& make) {
  dues_line is{};
  is.struct_size = sizeof is;
  call_error error(of.language());
  const std::int32_t status = dues_result_line(of.get(), index, &is, &error);
  if (status != DUES_BAD_LINE) check(status, error);
  const bool of_none = std::string_view(is.subject.data, is.subject.size) == "-";
  return nb::make_tuple(key_of(of, DUES_LINE_KEY, index), values::text(is.account), values::text(is.unit), values::text(is.fee),
                        of_none ? nb::object(nb::none()) : values::text(is.subject), make.day(is.period), make.day(is.from), make.day(is.to), is.adjustment, make.day(is.issue),
                        make.day(is.due), make.decimal(is.quantity), make.decimal(is.price), make.decimal(is.gross), make.decimal(is.net), make.decimal(is.tax),
                        make.decimal(is.amount), values::text(is.tax_id), values::text(is.rate), values::text(is.fund),
                        status == DUES_BAD_LINE ? nb::object(told_by(error)) : nb::object(nb::none()));
}

nb::list lines(const result& of, std::size_t begin, std::size_t end) {
  values make;
  nb::list rows;
  for (std::size_t i = begin; i < end; ++i) rows.append(line(of, i, make));
  return rows;
}

nb::tuple bill(const result& of, std::size_t index) {
  dues_bill_info is{};
  is.struct_size = sizeof is;
  call_error error(of.language());
  check(dues_result_bill(of.get(), index, &is, &error), error);
  nb::list places;
  for (std::size_t i = 0; i < is.line_count; ++i) places.append(is.lines[i]);
  values make;
  return nb::make_tuple(key_of(of, DUES_BILL_KEY, index), key_of(of, DUES_BILL_ID, index), values::text(is.account), make.day(is.issue), make.day(is.due), make.decimal(is.total),
                        nb::tuple(places));
}

std::size_t find(const result& of, std::string_view key) {
  std::size_t index = 0;
  call_error error(of.language());
  check(dues_result_find(of.get(), key.data(), key.size(), &index, &error), error);
  return index;
}

// (lines, bills, bad lines, amount, tax, tariff, edition, hash, currency)
nb::tuple info(const result& of) {
  dues_result_info is{};
  is.struct_size = sizeof is;
  call_error error(of.language());
  check(released([&] { return dues_result_get(of.get(), &is, &error); }), error);
  const values make;
  return nb::make_tuple(is.lines, is.bills, is.bad_lines, make.decimal(is.amount), make.decimal(is.tax), values::text(is.tariff), values::text(is.edition),
                        values::text(is.tariff_hash), values::text(is.currency));
}

}  // namespace

void add_rows(nb::class_<result>& to) { to.def("lines", &lines).def("bill", &bill).def("find", &find).def("info", &info); }

}  // namespace dues_python
