// SPDX-License-Identifier: Apache-2.0
//
// What a quote rests on, as texts that are hashed: the rows that its lines and their discounts read, cut to the
// days that they are read on, so that no other change breaks a promise. Not public.
#pragma once

#include <dues/quote/impl/covered.hpp>
#include <dues/tariff/content_hash.hpp>

DUES_BEGIN

namespace detail {

class input_texts {
 public:
  /// @param days  covered, and the day of the quote
  input_texts(const facts& known, const covered_periods& of, day_range days) : known_(known), tariff_(*known.tariff), of_(of), rule_(tariff_.fees[static_cast<std::size_t>(of.fee)]), days_(days) {
    add_columns(rule_.read);
    for (const std::int32_t each : rule_.discounts) add_columns(tariff_.discounts[static_cast<std::size_t>(each)].read);
    for (std::vector<std::int32_t>* columns : {&unit_columns_, &account_columns_}) {
      std::sort(columns->begin(), columns->end());
      columns->erase(std::unique(columns->begin(), columns->end()), columns->end());
    }
  }

  std::vector<quote_input> inputs() const {
    std::vector<quote_input> made{{"tariff", tariff_.content_hash}};
    const auto add = [&](std::string what, const std::string& text) { made.push_back({std::move(what), content_uuid(text)}); };
    add("unit", attributes(known_.unit_rows, of_.unit, unit_columns_, tariff_.unit_attributes));
    add("account", attributes(known_.account_rows, of_.account, account_columns_, tariff_.account_attributes));
    add("tenures", tenures());
    if (of_.subject != id_table::none) add("subscription", subscribed());
    add("occupancy", occupancy());
    return made;
  }

 private:
  void add_columns(const reads& read) {
    unit_columns_.insert(unit_columns_.end(), read.unit_columns.begin(), read.unit_columns.end());
    account_columns_.insert(account_columns_.end(), read.account_columns.begin(), read.account_columns.end());
  }
  std::string cut(day_range days) const {
    const day_range inside = intersect(days, days_);
    return to_text(inside.from) + ".." + to_text(inside.to);
  }
  std::string cell(const attribute_rows& rows, std::size_t row, std::int32_t at, const attribute& what) const {
    const auto column = static_cast<std::size_t>(at);
    if (rows.numbers[column].size() != 0) return rows.numbers[column].has(row) ? rows.numbers[column].at(row).normalized().to_text() : std::string();
    if (!rows.words[column].has(row)) return {};
    const std::int32_t word = rows.words[column].at(row);
    return what.type == value_type::text ? std::string(known_.texts.at(static_cast<std::uint32_t>(word))) : std::to_string(word);
  }
  std::string attributes(const attribute_rows& rows, std::uint32_t id, std::span<const std::int32_t> columns, const std::vector<attribute>& names) const {
    std::string out;
    for (std::uint32_t row = rows.begin[id]; row < rows.begin[id + 1]; ++row) {
      const civil_day to = row + 1 < rows.begin[id + 1] ? std::min(rows.to[row], rows.from[row + 1]) : rows.to[row];
      if (intersect({rows.from[row], to}, days_).empty()) continue;
      out += cut({rows.from[row], to});
      for (const std::int32_t column : columns) {
        const attribute& what = names[static_cast<std::size_t>(column)];
        out += "\t" + what.id + "=" + cell(rows, row, column, what);
      }
      out += "\n";
    }
    return out;
  }
  std::string tenures() const {
    std::string out;
    for (const tenure& one : known_.tenures_of(of_.unit)) {
      if (intersect(one.days, days_).empty() || std::find(rule_.payers.begin(), rule_.payers.end(), one.role) == rule_.payers.end()) continue;
      out += std::string(words::payer_role[static_cast<std::size_t>(one.role)]) + "\t" + std::string(known_.accounts.at(one.account)) + "\t" + cut(one.days) + "\t" +
             (one.share < 0 ? std::string() : known_.shares[static_cast<std::size_t>(one.share)].normalized().to_text()) + "\n";
    }
    return out;
  }
  std::string subscribed() const {
    const subscription& one = known_.subscriptions[of_.subject];
    std::string out = one.id + "\t" + (one.account == id_table::none ? std::string() : std::string(known_.accounts.at(one.account))) + "\t" + cut(one.days);
    for (const auto& number : {one.quantity, one.price}) out += "\t" + (number ? number->normalized().to_text() : std::string());
    for (std::size_t i = 0; i < tariff_.subscription_attributes.size(); ++i) out += "\t" + cell(known_.subscription_rows, one.row, static_cast<std::int32_t>(i), tariff_.subscription_attributes[i]);
    return out;
  }
  std::string occupancy() const {
    std::string out;
    for (const dues::occupancy& one : known_.occupancies) {
      if (one.unit != of_.unit || intersect(one.days, days_).empty()) continue;
      out += cut(one.days) + "\t" + std::to_string(static_cast<int>(one.state)) + "\t" + (one.approved ? to_text(*one.approved) : std::string()) + "\n";
    }
    return out;
  }

  const facts& known_;
  const program& tariff_;
  const covered_periods& of_;
  const fee& rule_;
  day_range days_;
  std::vector<std::int32_t> unit_columns_, account_columns_;
};

inline std::string quote_id(const prepay_request& asked, std::span<const quote_input> inputs) {
  std::string content = "quote\n";
  for (const std::string& text : {asked.account, asked.unit, asked.fee, asked.subscription, std::to_string(asked.months), to_text(asked.from), to_text(asked.on), to_text(asked.expires)})
    content += std::to_string(text.size()) + ":" + text + "\n";
  for (const quote_input& one : inputs) content += one.what + "=" + one.hash + "\n";
  return content_uuid(content);
}

}  // namespace detail

DUES_END
