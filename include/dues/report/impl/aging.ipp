// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/csv/writer.hpp>
#include <dues/json/writer.hpp>
#include <dues/report/aging.hpp>
#include <dues/report/impl/standing.hpp>
#include <dues/value/exact.hpp>

#include <algorithm>
#include <map>

DUES_BEGIN

namespace detail {

class aging_builder {
 public:
  aging_builder(const program& tariff, const aging_plan& plan, const aging_request& asked) : tariff_(tariff), plan_(plan), asked_(asked) { widen(total); }

  aging_row total;

  void add(const account_state& state) {
    for (const receivable& one : state.receivables) {
      const int128 open = one.open();
      const int128 penalties = open_penalties(one);
      if (open == 0 && penalties == 0) continue;
      for (aging_row* row : {&row_of(state.account, one), &total}) {
        place_of(*row, one) += open;
        row->penalties += penalties;
      }
    }
    const int128 credit = state.credit_total();
    if (credit == 0) return;
    total.credit += credit;
    if (asked_.by == aging_by::account) row_at(state.account).credit += credit;
  }

  std::vector<aging_row> rows() {
    std::vector<aging_row> made;
    for (auto& [key, row] : rows_) made.push_back(std::move(row));
    return made;
  }

 private:
  void widen(aging_row& row) const { row.overdue.resize(plan_.buckets.size()); }
  aging_row& row_at(const std::string& key) {
    const auto [at, fresh] = rows_.try_emplace(key);
    if (fresh) {
      at->second.key = key;
      widen(at->second);
    }
    return at->second;
  }
  aging_row& row_of(const std::string& account, const receivable& one) {
    switch (asked_.by) {
      case aging_by::total: return row_at("");
      case aging_by::account: return row_at(account);
      case aging_by::unit: return row_at(one.unit);
      case aging_by::fee: return row_at(one.fee < 0 ? std::string() : tariff_.fees[static_cast<std::size_t>(one.fee)].id);
      case aging_by::group: return row_at(asked_.group_of ? asked_.group_of(one.unit) : std::string());
    }
    return row_at("");
  }
  int128& place_of(aging_row& row, const receivable& one) const {
    const std::int64_t days = asked_.as_of - one.due;
    if (is_left_out(one, asked_.as_of, excluded_days::dispute)) return row.disputed;
    if (days <= 0) return row.not_due;
    std::size_t at = 0;
    while (at + 1 < plan_.buckets.size() && days > plan_.buckets[at].days_up_to) ++at;
    return row.overdue[at];
  }

  const program& tariff_;
  const aging_plan& plan_;
  const aging_request& asked_;
  std::map<std::string, aging_row, std::less<>> rows_;
};

// Exact over all buckets, rounded once: shares of rows do not add up to it, and are not asked for.
inline std::optional<int128> loss_of(const aging_plan& plan, const aging_row& total, int places) {
  if (!plan.has_losses()) return std::nullopt;
  exact256 sum;
  const auto add = [&](const std::optional<decimal>& loss, int128 amount) {
    if (loss) sum = sum + exact256(*loss) * exact256::scaled(int256(amount), places);
  };
  add(plan.not_due_loss, total.not_due);
  for (std::size_t i = 0; i < plan.buckets.size(); ++i) add(plan.buckets[i].loss, total.overdue[i]);
  int128 rounded;
  return sum.round(places, rounding_mode::half_up, rounded) ? std::optional(rounded) : std::nullopt;
}

}  // namespace detail

aging_plan aging_plan::usual() {
  aging_plan made;
  std::string before = "1";
  for (const int days : {30, 60, 90, 180, 365}) {
    aging_bucket& one = made.buckets.emplace_back();
    one.id = before + "-" + std::to_string(days);
    one.days_up_to = days;
    before = std::to_string(days + 1);
  }
  made.buckets.emplace_back().id = "over 365";
  return made;
}

bool aging_plan::has_losses() const noexcept {
  return not_due_loss || std::any_of(buckets.begin(), buckets.end(), [](const aging_bucket& one) { return one.loss.has_value(); });
}

int128 aging_row::overdue_total() const noexcept {
  int128 sum = 0;
  for (const int128& one : overdue) sum += one;
  return sum;
}

aging age(const ledger& of, const aging_plan& plan, const aging_request& asked) {
  DUES_ASSERT(!plan.buckets.empty());
  aging made;
  made.as_of = asked.as_of;
  made.by = asked.by;
  derive_options with;
  with.as_of = asked.as_of;
  with.known_at = asked.known_at;
  with.penalties = asked.penalties;
  detail::aging_builder builder(of.tariff(), plan, asked);
  for (const auto& [account, book] : of.books()) {
    const account_state state = of.state(account, with);
    for (const diagnostic& one : state.found.all()) made.found.add(one);
    builder.add(state);
  }
  made.rows = builder.rows();
  made.total = std::move(builder.total);
  made.allowance = detail::loss_of(plan, made.total, of.tariff().minor_units);
  return made;
}

std::string to_json(const program& tariff, const aging_plan& plan, const aging& made, bool indented) {
  std::string out;
  json_writer json(out, indented);
  const auto write = [&](const aging_row& row, bool keyed) {
    json.begin_object();
    if (keyed) json.member("key", row.key);
    json.member("not_due", amount_text(row.not_due, tariff.minor_units)).key("overdue").begin_object();
    for (std::size_t i = 0; i < plan.buckets.size(); ++i) json.member(plan.buckets[i].id, amount_text(row.overdue[i], tariff.minor_units));
    json.end_object();
    for (const auto& [name, amount] : {std::pair<std::string_view, int128>{"overdue_total", row.overdue_total()}, {"disputed", row.disputed}, {"principal", row.principal()},
                                       {"penalties", row.penalties}, {"credit", row.credit}, {"balance", row.balance()}})
      json.member(name, amount_text(amount, tariff.minor_units));
    json.end_object();
  };
  json.begin_object().member("as_of", to_text(made.as_of)).member("by", words::aging_by[static_cast<std::size_t>(made.by)]).member("currency", tariff.currency_code);
  json.key("rows").begin_array();
  for (const aging_row& one : made.rows) write(one, true);
  json.end_array().key("total");
  write(made.total, false);
  if (made.allowance) json.member("allowance", amount_text(*made.allowance, tariff.minor_units));
  json.end_object();
  return out;
}

std::string to_csv(const program& tariff, const aging_plan& plan, const aging& made) {
  std::string out = "key,not_due";
  const auto cell = [&out](std::string_view text) {
    out += ',';
    append_csv_cell_for_people(out, text);
  };
  for (const aging_bucket& one : plan.buckets) cell(one.id);
  out += ",disputed,principal,penalties,credit,balance\n";
  for (const aging_row& row : made.rows) {
    append_csv_cell_for_people(out, row.key);
    cell(amount_text(row.not_due, tariff.minor_units));
    for (const int128& one : row.overdue) cell(amount_text(one, tariff.minor_units));
    for (const int128& one : {row.disputed, row.principal(), row.penalties, row.credit, row.balance()}) cell(amount_text(one, tariff.minor_units));
    out += '\n';
  }
  return out;
}

DUES_END
