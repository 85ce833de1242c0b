// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/before.hpp>
#include <dues/bill/line.hpp>
#include <dues/json/node.hpp>

#include <charconv>

DUES_BEGIN

namespace detail {

// Reads one line; false when a field is missing or no such value.
inline bool read_billed_line(const program& tariff, json_node node, billed_line& into, std::string& base) {
  const auto text = [&](std::string_view name, std::string& out) {
    const json_node field = node.find(name);
    if (!field || !field.is(node_kind::text)) return false;
    out = field.text();
    return true;
  };
  const auto day = [&](std::string_view name, civil_day& out) {
    std::string is;
    const auto found = text(name, is) ? parse_day(is) : std::nullopt;
    out = found.value_or(civil_day{});
    return found.has_value();
  };
  const auto amount = [&](std::string_view name, std::int64_t& out) {
    std::string is;
    const auto value = text(name, is) ? decimal::parse(is) : std::nullopt;
    if (!value || value->normalized().scale() > tariff.minor_units) return false;
    const auto minor = value->rescaled(tariff.minor_units, rounding_mode::half_up);
    const auto narrow = minor ? to_int64(minor->coefficient()) : std::nullopt;
    out = narrow.value_or(0);
    return narrow.has_value();
  };
  std::string key;
  std::string cause;
  if (!text("key", key) || !text("account", into.account) || !text("unit", into.unit) || !text("fee", into.fee) || !text("subject", into.subject) || !text("cause", cause)) return false;
  if (!day("period", into.period) || !day("from", into.from) || !day("to", into.to) || !day("issue", into.issue) || !day("due", into.due)) return false;
  if (!amount("gross", into.gross) || !amount("tax", into.tax) || !amount("amount", into.amount)) return false;
  const std::size_t end = key.rfind('/');
  if (end == std::string::npos || key.substr(end + 1) != cause) return false;
  base = key.substr(0, end);
  constexpr std::string_view adjustment = "adjustment:";
  if (cause == "charge") return true;
  if (!cause.starts_with(adjustment)) return false;
  const char* const last = cause.data() + cause.size();
  const auto [at, error] = std::from_chars(cause.data() + adjustment.size(), last, into.adjustments);
  return error == std::errc() && at == last && into.adjustments > 0;
}

}  // namespace detail

bool read_billed(const program& tariff, std::string_view result_json, billed_before& into, diagnostics& found) {
  // A line is some twenty values and a kilobyte of indented text.
  json_limits limits;
  limits.bytes = std::size_t{1} << 30;
  limits.nodes = 64'000'000;
  const auto document = read_json(result_json, found, limits);
  if (!document) return false;
  const json_node lines = document->root().find("lines");
  const auto wrong = [&](const std::string& pointer, std::string what) {
    found.add(make_diagnostic("R114", pointer, {{"what", std::move(what)}}));
    return false;
  };
  const json_node of = document->root().find("tariff");
  if (!of || of.text() != tariff.id) return wrong("/tariff", of ? std::string(of.text()) : std::string("no tariff"));
  if (!lines || !lines.is(node_kind::array)) return wrong("/lines", "no list of lines");
  for (json_node node = lines.first(); node; node = node.next()) {
    if (node.find("diagnostic")) continue;  // was not billed
    billed_line one;
    std::string base;
    if (!detail::read_billed_line(tariff, node, one, base)) return wrong(node.pointer(), "a field of the line is missing or has no such value");
    const auto [at, fresh] = into.lines.try_emplace(base, one);
    if (fresh) continue;
    billed_line& sum = at->second;
    if (add_overflows(sum.gross, one.gross, sum.gross) || add_overflows(sum.tax, one.tax, sum.tax) || add_overflows(sum.amount, one.amount, sum.amount))
      return wrong(node.pointer(), "the lines of this key add to more than a line can hold");
    sum.adjustments = std::max(sum.adjustments, one.adjustments);
  }
  return true;
}

DUES_END
