// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/line.hpp>

#include <array>

DUES_BEGIN

namespace detail {

// Everything but letters, digits, '-', '.', '_', '~', ':' is escaped byte by byte (RFC 3986).
inline void append_escaped(std::string& out, std::string_view part) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr auto plain = [] {
    std::array<bool, 256> made{};
    for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:")) made[static_cast<unsigned char>(c)] = true;
    return made;
  }();
  // Room for the longest, once: a run writes a million ids.
  const std::size_t begin = out.size();
  out.resize(begin + 3 * part.size());
  char* to = out.data() + begin;
  for (const char c : part) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain[byte]) {
      *to++ = c;
      continue;
    }
    *to++ = '%';
    *to++ = hex[byte >> 4];
    *to++ = hex[byte & 15U];
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

// The text that append_escaped wrote.
inline std::string unescaped(std::string_view part) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const std::size_t high = part[i] == '%' && i + 2 < part.size() ? hex.find(part[i + 1]) : std::string_view::npos;
    const std::size_t low = high == std::string_view::npos ? high : hex.find(part[i + 2]);
    if (low == std::string_view::npos) {
      out += part[i];
      continue;
    }
    out += static_cast<char>(high * hex.size() + low);
    i += 2;
  }
  return out;
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
