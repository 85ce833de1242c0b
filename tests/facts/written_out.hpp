// SPDX-License-Identifier: Apache-2.0
//
// Facts written out as one text, to compare what was loaded in two ways.
#pragma once

#include "facts/small_facts.hpp"

namespace dues_test {

// A cell as text: of a choice its place, of a date its day.
inline std::string cell_text(const dues::facts& known, const std::vector<dues::attribute>& declared, const dues::attribute_rows& rows, std::size_t column, std::size_t row) {
  const dues::attribute& what = declared[column];
  if (what.type == dues::value_type::number) return rows.numbers[column].has(row) ? rows.numbers[column].at(row).normalized().to_text() : "-";
  const dues::word_column& words = rows.words[column];
  if (!words.has(row)) return "-";
  if (what.type == dues::value_type::text) return std::string(known.texts.at(words.at(row)));
  if (what.type == dues::value_type::date) return dues::to_text(dues::civil_day{words.at(row)});
  return std::to_string(words.at(row));
}

// All that facts hold, but for the numbers of the rows in the document, which explanations show.
inline std::string all_of(const dues::facts& known) {
  std::string out;
  const auto put = [&](const auto&... parts) { ((out += parts, out += ' '), ...); };
  const auto text = [](auto n) { return std::to_string(n); };
  const auto rows = [&](const std::vector<dues::attribute>& declared, const dues::attribute_rows& held, std::size_t row) {
    for (std::size_t column = 0; column < declared.size(); ++column) put(cell_text(known, declared, held, column, row));
  };
  for (std::uint32_t unit = 0; unit < known.units.size(); ++unit) {
    put("\nunit", std::string(known.units.at(unit)), dues::to_text(known.first_tenure[unit]), text(known.unit_fault[unit]));
    for (std::uint32_t row = known.unit_rows.begin[unit]; row < known.unit_rows.begin[unit + 1]; ++row) {
      put("\n  row", dues::to_text(known.unit_rows.from[row]), dues::to_text(known.unit_rows.to[row]));
      rows(known.tariff->unit_attributes, known.unit_rows, row);
    }
    for (const dues::tenure& one : known.tenures_of(unit))
      put("\n  tenure", text(one.account), text(static_cast<int>(one.role)), dues::to_text(one.days.from), dues::to_text(one.days.to), one.share >= 0 ? known.shares[static_cast<std::size_t>(one.share)].normalized().to_text() : "-");
    for (const dues::subscription& one : known.subscriptions_of(unit)) {
      put("\n  subscription", one.id, text(one.fee), text(one.account), dues::to_text(one.days.from), dues::to_text(one.days.to));
      put(one.quantity ? one.quantity->to_text() : "-", one.price ? one.price->to_text() : "-");
      rows(known.tariff->subscription_attributes, known.subscription_rows, one.row);
    }
  }
  for (std::uint32_t account = 0; account < known.accounts.size(); ++account) {
    put("\naccount", std::string(known.accounts.at(account)));
    for (std::uint32_t row = known.account_rows.begin[account]; row < known.account_rows.begin[account + 1]; ++row) {
      put("\n  row", dues::to_text(known.account_rows.from[row]), dues::to_text(known.account_rows.to[row]));
      rows(known.tariff->account_attributes, known.account_rows, row);
    }
  }
  for (const dues::occupancy& one : known.occupancies)
    put("\noccupancy", text(one.unit), text(static_cast<int>(one.state)), dues::to_text(one.days.from), dues::to_text(one.days.to), one.approved ? dues::to_text(*one.approved) : "-");
  for (const auto& [id, calendar] : known.calendars) {
    put("\ncalendar", id, dues::to_text(calendar.covered().from));
    for (dues::civil_day at = *dues::parse_day("2026-01-01"); at < *dues::parse_day("2026-03-01"); at = at + 1) put(calendar.is_business_day(at).value_or(false) ? "1" : "0");
  }
  return out;
}

inline value portfolio(int units) {
  value made = dues_test::parsed(R"({"dues_facts": "1", "units": [], "accounts": [], "tenures": [], "subscriptions": [], "occupancy": [], "calendar_days": [],
                                     "calendars": [{"calendar": "cn", "weekend": ["sunday"]}, {"calendar": "sg", "from": "2026-01-01"}]})");
  const auto put = [&](const char* table, const std::string& row) { dues_test::find(made, std::string("/") + table)->members.push_back({"", dues_test::parsed(row)}); };
  for (int i = 0; i < units; ++i) {
    const std::string n = std::to_string(i);
    const std::string unit = "\"unit\": \"U-" + n + "\"";
    put("units", "{" + unit + ", \"from\": \"2026-01-01\", \"use\": \"flat\", \"area\": " + n + "." + n + "5, \"code\": \"C" + std::to_string(i % 7) + "\", \"floor\": " + (i % 5 == 0 ? "12345678901234567890.5" : "3") + "}");
    put("units", "{" + unit + ", \"from\": \"2026-04-01\", \"to\": \"2026-12-01\", \"use\": \"shop\"}");
    put("units", "{" + unit + ", \"from\": \"2026-06-01\", \"code\": \"D" + n + "\", \"lift\": false}");
    put("accounts", "{\"account\": \"A-" + n + "\", \"from\": \"2026-01-01\", \"class\": \"reduced\"}");
    put("accounts", "{\"account\": \"A-" + n + "\", \"from\": \"2026-02-01\"}");
    for (const char* role : {"owner", "tenant"}) {
      put("tenures", "{" + unit + ", \"account\": \"A-" + n + "\", \"role\": \"" + role + "\", \"from\": \"2026-01-01\", \"share\": \"40%\"}");
      put("tenures", "{" + unit + ", \"account\": \"B-" + n + "\", \"role\": \"" + role + "\", \"from\": \"2026-01-01\", \"share\": \"60%\"}");
    }
    put("subscriptions", "{\"subscription\": \"S-" + n + "\", " + unit + ", \"fee\": \"card\", \"from\": \"2026-01-01\", \"size\": \"large\", \"price\": \"" + n + ".5\", \"account\": \"C-" + n + "\"}");
    put("subscriptions", "{\"subscription\": \"T-" + n + "\", " + unit + ", \"fee\": \"card\", \"from\": \"2026-01-01\", \"quantity\": " + n + "}");
    put("occupancy", "{" + unit + ", \"from\": \"2026-01-01\", \"state\": \"vacant\"}");
    put("occupancy", "{" + unit + ", \"from\": \"2026-03-01\", \"state\": \"occupied\"}");
    put("calendar_days", "{\"calendar\": \"cn\", \"date\": \"2026-01-" + std::string(i < 9 ? "0" : "") + std::to_string(i % 28 + 1) + "\", \"is\": \"holiday\"}");
  }
  return made;
}

}  // namespace dues_test
