// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/line.hpp>

DUES_BEGIN

namespace detail {

// Everything but letters, digits, '-', '.', '_', '~', ':' is escaped byte by byte (RFC 3986).
inline void append_escaped(std::string& out, std::string_view part) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  for (const char c : part) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~' || c == ':';
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += hex[byte >> 4];
      out += hex[byte & 15U];
    }
  }
}

}  // namespace detail

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

std::string amount_text(std::int64_t units, int places) { return decimal::make(int128(units), places)->to_text(); }

DUES_END
