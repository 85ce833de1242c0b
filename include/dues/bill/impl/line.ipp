// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/impl/escaped.hpp>
#include <dues/bill/line.hpp>

DUES_BEGIN

std::string_view subject_text(const facts& known, const line& one) {
  return one.subscription == id_table::none ? std::string_view("-") : std::string_view(known.subscriptions[one.subscription].id);
}

std::string cause_text(const line& one) { return one.adjustment == 0 ? "charge" : "adjustment:" + std::to_string(one.adjustment); }

std::string line_key_base(const facts& known, const line& one) {
  std::string out;
  const auto part = [&](std::string_view text) {
    detail::append_escaped(out, text);
    out += '/';
  };
  part(known.tariff->id);
  part(one.account == id_table::none ? std::string_view() : known.accounts.at(one.account));
  part(known.units.at(one.unit));
  part(known.tariff->fees[static_cast<std::size_t>(one.fee)].id);
  part(subject_text(known, one));
  part(to_text(one.period));
  out.pop_back();
  return out;
}

std::string line_key(const facts& known, const line& one) { return line_key_base(known, one) + "/" + cause_text(one); }

std::string percent_text(const exact128& rate) {
  const exact128 hundred(std::int64_t{100});
  const auto whole = (rate * hundred).to_decimal();
  return (whole ? whole->normalized().to_text() : (rate * hundred).to_text()) + "%";
}

std::string amount_text(int128 units, int places) {
  const auto made = decimal::make(units, places);
  DUES_ASSERT(made.has_value());  // sums of 63-bit amounts have fewer than 38 digits
  return made->to_text();
}

DUES_END
